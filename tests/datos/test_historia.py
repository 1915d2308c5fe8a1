"""La historia de los datos sale de git: celda por celda, con su fecha, y si no se puede leer lo dice."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from generador import historia
from generador.historia import Historia, Suceso
from generador.sucesos import sacar
from tests.datos.copia import DATOS, copiar
from tests.datos.repositorio import Repositorio, crear

CONVOCATORIAS = "convocatorias/convocatorias.csv"
VALPARAISO = "2027-feria-valparaiso-manos-de-mar"
CIERRE = ("cierre", "2026-12-02T15:00", "2026-12-04T15:00")


@pytest.fixture
def repositorio(tmp_path: Path) -> Repositorio:
    return crear(tmp_path / "repo")


def cambios(repositorio: Repositorio) -> list[Suceso]:
    """Sin las filas de anotaciones, de las que siempre se dice cuándo entraron."""
    sacada = sacar(repositorio.raiz / "datos")
    assert sacada.disponible, sacada.motivo
    return [s for s in sacada.sucesos if not s.tabla.endswith(("/enmiendas", "/cambios"))]


def test_dice_cada_celda_que_cambio_y_cuando(repositorio: Repositorio) -> None:
    repositorio.copia.celda(CONVOCATORIAS, VALPARAISO, "cierre", "2026-12-04T15:00")
    repositorio.copia.celda(CONVOCATORIAS, VALPARAISO, "cupos", "6")
    repositorio.guardar("2026-11-24T13:00:00Z")
    momento = datetime(2026, 11, 24, 13, tzinfo=UTC)
    comun = (momento, "convocatorias/convocatorias", VALPARAISO, "", "cambia")
    assert cambios(repositorio) == [Suceso(*comun, "cupos", "4", "6"), Suceso(*comun, *CIERRE)]


def test_de_las_bases_guarda_solo_las_frases_que_cambiaron(repositorio: Repositorio) -> None:
    bases = f"convocatorias/bases/{VALPARAISO}.md"
    nuevas = "\n- Trae tu **propia** mesa. Abre a las 9:00.\n"
    repositorio.copia.reescribir(bases, lambda t: t + nuevas)
    repositorio.guardar("2026-11-24T13:00:00Z")
    repositorio.copia.reescribir(bases, lambda t: "- Abre a las 9:00.\n\n" + t.replace(nuevas, ""))
    repositorio.guardar("2026-11-25T13:00:00Z")
    primero, segundo = cambios(repositorio)
    assert (primero.antes, primero.despues) == ("", "Trae tu propia mesa.\nAbre a las 9:00.")
    # La que solo cambió de lugar no se nombra.
    assert (segundo.antes, segundo.despues) == ("Trae tu propia mesa.", "")


def test_lo_que_no_se_ha_guardado_va_sin_fecha(repositorio: Repositorio) -> None:
    repositorio.copia.celda(CONVOCATORIAS, VALPARAISO, "cierre", "2026-12-04T15:00")
    assert [(s.momento, s.campo) for s in cambios(repositorio)] == [(None, "cierre")]


def test_agregar_quitar_o_mover_columnas_no_es_un_cambio(repositorio: Repositorio) -> None:
    entera = repositorio.copia.tabla(CONVOCATORIAS)
    sin_giro = [[c for i, c in enumerate(f) if entera[0][i] != "giro"] for f in entera]
    repositorio.copia.escribir(CONVOCATORIAS, [list(reversed(f)) for f in sin_giro])
    repositorio.guardar("2026-11-24T13:00:00Z")
    repositorio.copia.escribir(CONVOCATORIAS, [[*f, "nueva" if n == 0 else "algo"] for n, f in enumerate(entera)])
    repositorio.guardar("2026-11-25T13:00:00Z")
    assert cambios(repositorio) == []


def test_una_columna_que_vuelve_distinta_si_es_un_cambio(repositorio: Repositorio) -> None:
    entera = repositorio.copia.tabla(CONVOCATORIAS)
    repositorio.copia.escribir(CONVOCATORIAS, [f[:-1] for f in entera])
    repositorio.guardar("2026-11-24T13:00:00Z")
    repositorio.copia.escribir(CONVOCATORIAS, entera)
    repositorio.copia.celda(CONVOCATORIAS, VALPARAISO, "demostracion", "no")
    repositorio.guardar("2026-11-25T13:00:00Z")
    assert [(s.campo, s.antes, s.despues) for s in cambios(repositorio)] == [("demostracion", "si", "no")]


def test_reordenar_filas_o_guardar_desde_una_planilla_no_es_un_cambio(repositorio: Repositorio) -> None:
    encabezado, *filas = repositorio.copia.tabla(CONVOCATORIAS)
    repositorio.copia.escribir(CONVOCATORIAS, [encabezado, *reversed(filas)])
    repositorio.copia.reescribir("convocatorias/criterios.csv", lambda t: ("\ufeff" + t.replace("\n", "\r\n")).encode())
    repositorio.copia.reescribir("convocatorias/bases/" + VALPARAISO + ".md", lambda t: t.replace("\n", " \r\n"))
    repositorio.guardar("2026-11-24T13:00:00Z")
    assert cambios(repositorio) == []


def test_sigue_un_archivo_que_cambio_de_nombre_o_de_carpeta(repositorio: Repositorio) -> None:
    # Aunque quien edita haya pedido a git que no los busque.
    repositorio.git("config", "diff.renames", "false")
    repositorio.git("mv", "datos", "tablas")
    repositorio.guardar("2026-10-02T12:00:00Z")
    repositorio.git("mv", "tablas/convocatorias/convocatorias.csv", "tablas/convocatorias/llamados.csv")
    repositorio.guardar("2026-10-03T12:00:00Z")
    vieja = repositorio.raiz / "tablas" / "convocatorias" / "llamados.csv"
    vieja.write_text(vieja.read_text("utf-8").replace("2026-12-02T15:00", "2026-12-04T15:00"), encoding="utf-8")
    repositorio.guardar("2026-11-24T13:00:00Z")
    repositorio.git("mv", "tablas", "datos")
    repositorio.git("mv", "datos/convocatorias/llamados.csv", "datos/convocatorias/convocatorias.csv")
    repositorio.guardar("2026-11-25T12:00:00Z")
    assert [(s.momento and s.momento.day, s.campo, s.antes, s.despues) for s in cambios(repositorio)] == [(24, *CIERRE)]


def test_lo_de_otra_rama_cuenta_cuando_se_junta(repositorio: Repositorio) -> None:
    repositorio.git("checkout", "-q", "-b", "otra")
    repositorio.copia.celda(CONVOCATORIAS, VALPARAISO, "cierre", "2026-12-03T15:00")
    repositorio.guardar("2026-11-20T13:00:00Z")
    repositorio.copia.celda(CONVOCATORIAS, VALPARAISO, "cierre", "2026-12-04T15:00")
    repositorio.guardar("2026-11-21T13:00:00Z")
    repositorio.git("checkout", "-q", "main")
    repositorio.git("merge", "-q", "--no-ff", "-m", "junta", "otra", momento="2026-11-24T13:00:00Z")
    assert [(s.momento and s.momento.day, s.campo, s.antes, s.despues) for s in cambios(repositorio)] == [(24, *CIERRE)]


def test_una_version_que_no_se_puede_leer_se_salta(repositorio: Repositorio) -> None:
    buena = repositorio.copia.tabla(CONVOCATORIAS)
    repositorio.copia.reescribir(CONVOCATORIAS, lambda _: b"PK\x03\x04 una planilla")
    repositorio.guardar("2026-11-20T13:00:00Z")
    repositorio.copia.ruta(CONVOCATORIAS).unlink()
    repositorio.guardar("2026-11-21T13:00:00Z")
    repositorio.copia.escribir(CONVOCATORIAS, buena)
    repositorio.copia.celda(CONVOCATORIAS, VALPARAISO, "cierre", "2026-12-04T15:00")
    repositorio.guardar("2026-11-24T13:00:00Z")
    assert [(s.campo, s.antes, s.despues) for s in cambios(repositorio)] == [CIERRE]


def test_lo_que_se_agrega_y_se_quita_se_dice_por_su_nombre(repositorio: Repositorio) -> None:
    documentos = "convocatorias/documentos.csv"
    quitado = repositorio.copia.tabla(documentos)[-1]
    repositorio.copia.quitar(documentos, "documento", quitado[1])
    repositorio.copia.agregar(documentos, convocatoria=VALPARAISO, documento="permiso", titulo="Permiso del municipio")
    repositorio.guardar("2026-11-24T13:00:00Z")
    dichos = {(s.accion, s.parte, s.antes, s.despues) for s in cambios(repositorio)}
    assert ("agrega", "permiso", "", "Permiso del municipio") in dichos
    assert ("quita", quitado[1], quitado[2], "") in dichos


def test_no_guarda_quien_hizo_el_cambio_ni_empresas(repositorio: Repositorio, tmp_path: Path) -> None:
    repositorio.copia.celda(CONVOCATORIAS, VALPARAISO, "cupos", "6")
    repositorio.copia.quitar("eventos/participantes.csv", "empresa", "maderas-de-lenga")
    repositorio.guardar("2026-11-24T13:00:00Z")
    historia.escribir(sacar(repositorio.raiz / "datos"), tmp_path / "historia.json")
    texto = (tmp_path / "historia.json").read_text(encoding="utf-8")
    assert '"cupos"' in texto
    assert "Pruebas" not in texto
    assert "pruebas@" not in texto
    assert "maderas-de-lenga" not in texto


def test_una_copia_con_solo_lo_ultimo_no_tiene_historial(repositorio: Repositorio, tmp_path: Path) -> None:
    repositorio.guardar("2026-11-24T13:00:00Z")
    repositorio.git("clone", "-q", "--depth", "1", repositorio.raiz.as_uri(), str(tmp_path / "corta"))
    assert sacar(tmp_path / "corta" / "datos") == Historia(
        motivo="la copia del repositorio trae solo los últimos cambios"
    )


def test_sin_git_o_fuera_de_git_no_hay_historial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    copiar(tmp_path / "datos")
    sin_repositorio = sacar(tmp_path / "datos")
    monkeypatch.setenv("PATH", str(tmp_path))
    sin_git = sacar(tmp_path / "datos")
    assert (
        sin_repositorio == sin_git == Historia(motivo="los datos no están en un repositorio de git que se pueda leer")
    )


def test_un_gancho_de_git_no_desvia_la_lectura(repositorio: Repositorio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", str(DATOS))
    monkeypatch.setenv("GIT_INDEX_FILE", str(DATOS / "no-existe"))
    repositorio.copia.celda(CONVOCATORIAS, VALPARAISO, "cupos", "6")
    assert [s.campo for s in cambios(repositorio)] == ["cupos"]


def test_datos_que_git_no_guarda_no_tienen_historial(tmp_path: Path) -> None:
    repositorio = Repositorio(tmp_path / "repo")
    copiar(repositorio.raiz / "datos")
    repositorio.git("init", "-q")
    repositorio.git("commit", "-q", "--allow-empty", "-m", "vacío")
    assert sacar(repositorio.raiz / "datos") == Historia(motivo="los datos no están guardados en git")


def test_el_archivo_va_y_vuelve_igual(tmp_path: Path) -> None:
    momento = datetime(2026, 11, 24, 13, tzinfo=UTC)
    guardada = Historia(
        (
            Suceso(momento, "convocatorias/convocatorias", "una", "", "cambia", "cupos", "4", "6"),
            Suceso(None, "convocatorias/documentos", "una", "f30", "quita", "", "F30", ""),
        )
    )
    archivo = tmp_path / "obra" / "historia.json"
    historia.escribir(guardada, archivo)
    assert historia.leer(archivo) == guardada


@pytest.mark.parametrize(
    "escrito", ["", "{", "[]", '{"version": 2}', '{"version": 1, "motivo": "", "sucesos": [{"momento": "ayer"}]}']
)
def test_un_archivo_que_no_se_entiende_es_como_no_tenerlo(tmp_path: Path, escrito: str) -> None:
    archivo = tmp_path / "historia.json"
    archivo.write_text(escrito, encoding="utf-8")
    assert historia.leer(archivo) == Historia(motivo="el archivo de historia no se entiende")
    assert not historia.leer(tmp_path / "no-existe.json").disponible
