"""Desde que abre, una convocatoria no cambia sin su enmienda; ni un evento publicado, sin su fila."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from generador.__main__ import main
from generador.historia import Historia, Suceso
from generador.problemas import Problema
from generador.validar import problemas_de
from tests.datos.copia import Copia
from tests.datos.repositorio import crear

AHORA = datetime(2026, 11, 24, 15, tzinfo=UTC)
CONVOCATORIAS, ENMIENDAS = "convocatorias/convocatorias.csv", "convocatorias/enmiendas.csv"
VALPARAISO = "2027-feria-valparaiso-manos-de-mar"  # abre el 9 de noviembre de 2026, sin enmiendas
ARICA = "2027-encuentro-arica-sabores-del-desierto"  # abre el 14 de diciembre
EVENTO = "feria-manos-de-mar-2027"
ABIERTA = datetime(2026, 11, 20, 12, tzinfo=UTC)


def cambio(campo: str, antes: str, despues: str, cuando: datetime | None = ABIERTA, de: str = VALPARAISO) -> Suceso:
    tabla = "eventos/eventos" if de == EVENTO else "convocatorias/convocatorias"
    return Suceso(cuando, tabla, de, "", "cambia", campo, antes, despues)


def hallados(copia: Copia, *sucesos: Suceso) -> list[Problema]:
    return problemas_de(copia.carpeta, Historia(sucesos), AHORA)


def test_un_campo_de_una_convocatoria_abierta_pide_su_enmienda_y_dice_como_escribirla(copia: Copia) -> None:
    fila = copia.celda(CONVOCATORIAS, VALPARAISO, "cupos", "6")
    que = "cambió de «4» a «6» con la convocatoria abierta y nadie lo anotó"
    nueva = f"{VALPARAISO},1,2026-11-24,cupos,4,6,por qué,mayor"
    como = f"agrega en enmiendas.csv la fila «{nueva}»"
    assert hallados(copia, cambio("cupos", "4", "6")) == [Problema(CONVOCATORIAS, fila, "cupos", que, como)]
    copia.reescribir(ENMIENDAS, lambda texto: f"{texto}{nueva}\n")
    assert hallados(copia, cambio("cupos", "4", "6")) == []


def test_lo_que_aun_no_se_guarda_en_git_tambien_se_mira(copia: Copia) -> None:
    copia.celda(CONVOCATORIAS, VALPARAISO, "cupos", "6")
    assert [p.columna for p in hallados(copia, cambio("cupos", "4", "6", None))] == ["cupos"]


def test_antes_de_abrir_se_cambia_sin_enmienda(copia: Copia) -> None:
    copia.celda(CONVOCATORIAS, ARICA, "cupos", "31")
    assert hallados(copia, cambio("cupos", "30", "31", None, ARICA)) == []


def test_correr_la_apertura_no_vuelve_a_abrir_las_reglas(copia: Copia) -> None:
    copia.celda(CONVOCATORIAS, VALPARAISO, "cupos", "6")
    despues = datetime(2026, 11, 21, tzinfo=UTC)
    corrida = cambio("apertura", "2026-11-09T09:00", "2026-11-30T09:00")
    assert "cupos" in {p.columna for p in hallados(copia, corrida, cambio("cupos", "4", "6", despues))}


def test_volver_a_lo_que_decia_no_pide_enmienda(copia: Copia) -> None:
    ida, vuelta = cambio("cupos", "4", "6"), cambio("cupos", "6", "4", datetime(2026, 11, 21, tzinfo=UTC))
    assert hallados(copia, ida, vuelta) == []


def test_una_enmienda_puede_juntar_varios_pasos(copia: Copia) -> None:
    copia.celda(CONVOCATORIAS, VALPARAISO, "cupos", "6")
    copia.reescribir(ENMIENDAS, lambda t: f"{t}{VALPARAISO},1,2026-11-21,cupos,4,6,Hay más lugar.,mayor\n")
    pasos = cambio("cupos", "4", "5"), cambio("cupos", "5", "6", datetime(2026, 11, 21, tzinfo=UTC))
    assert hallados(copia, *pasos) == []


def test_una_enmienda_de_otro_punto_de_partida_no_sirve(copia: Copia) -> None:
    copia.celda(CONVOCATORIAS, VALPARAISO, "cupos", "6")
    copia.reescribir(ENMIENDAS, lambda t: f"{t}{VALPARAISO},1,2026-11-21,cupos,5,6,Hay más lugar.,mayor\n")
    assert [(p.columna, p.que[:23]) for p in hallados(copia, cambio("cupos", "4", "6"))] == [
        ("cupos", "cambió de «4» a «6» con")
    ]


def test_una_celda_que_estaba_vacia_se_anota_sin_dato(copia: Copia) -> None:
    copia.celda(CONVOCATORIAS, VALPARAISO, "postulaciones_maximas", "90")
    suceso = cambio("postulaciones_maximas", "", "90")
    (problema,) = hallados(copia, suceso)
    assert "cambió de «sin dato» a «90»" in problema.que
    nueva = problema.como.partition("«")[2].removesuffix("»")
    assert ",sin dato,90," in nueva
    copia.reescribir(ENMIENDAS, lambda texto: f"{texto}{nueva}\n")
    assert hallados(copia, suceso) == []


def test_las_bases_de_una_convocatoria_abierta_piden_una_enmienda_de_ese_cambio(copia: Copia) -> None:
    bases = Suceso(ABIERTA, "convocatorias/bases", VALPARAISO, "", "cambia", "bases")
    (problema,) = hallados(copia, bases)
    assert problema.archivo == f"convocatorias/bases/{VALPARAISO}.md"
    nueva = problema.como.partition("«")[2].removesuffix("»")
    copia.reescribir(ENMIENDAS, lambda texto: f"{texto}{nueva}\n")
    assert hallados(copia, bases) == []
    vieja = Suceso(datetime(2026, 11, 15, tzinfo=UTC), "convocatorias/enmiendas", VALPARAISO, "1", "agrega")
    assert len(hallados(copia, vieja, bases)) == 1


@pytest.mark.parametrize(
    ("tabla", "accion", "campo", "cuantos"),
    [
        ("documentos", "agrega", "", 1),
        ("documentos", "cambia", "obligatorio", 1),
        ("documentos", "cambia", "donde_obtener", 0),
        ("documentos", "cambia", "titulo", 1),
        ("criterios", "cambia", "ponderacion", 1),
        ("criterios", "cambia", "descripcion", 1),
        ("criterios", "cambia", "titulo", 1),
        ("descriptores", "cambia", "texto", 1),
        ("reservas", "cambia", "titulo", 1),
        ("reservas", "quita", "", 1),
        ("preguntas_propias", "agrega", "", 1),
        ("preguntas_propias", "cambia", "titulo", 1),
        ("preguntas_propias", "cambia", "obligatoria", 1),
        ("preguntas_propias", "cambia", "ayuda", 0),
        ("hitos", "cambia", "detalle", 0),
    ],
)
def test_lo_que_cuelga_de_la_convocatoria_tambien_es_regla(
    copia: Copia, tabla: str, accion: str, campo: str, cuantos: int
) -> None:
    suceso = Suceso(ABIERTA, f"convocatorias/{tabla}", VALPARAISO, "algo", accion, campo, "a", "b")
    problemas = hallados(copia, suceso)
    assert [p.archivo for p in problemas] == [f"convocatorias/{tabla}.csv"] * cuantos


def test_la_fecha_o_el_lugar_de_un_evento_piden_su_fila(copia: Copia) -> None:
    fila = copia.celda("eventos/eventos.csv", EVENTO, "termino", "2027-01-09T22:00")
    suceso = cambio("termino", "2027-01-09T21:00", "2027-01-09T22:00", None, EVENTO)
    nueva = f"{EVENTO},1,2026-11-24,termino,2027-01-09T21:00,2027-01-09T22:00,por qué,mayor"
    que = "cambió de «2027-01-09T21:00» a «2027-01-09T22:00» después de publicarse y nadie lo anotó"
    como = f"agrega en cambios.csv la fila «{nueva}»"
    assert hallados(copia, suceso) == [Problema("eventos/eventos.csv", fila, "termino", que, como)]
    copia.reescribir("eventos/cambios.csv", lambda texto: f"{texto}{nueva}\n")
    assert hallados(copia, suceso) == []


def test_el_resumen_de_un_evento_se_corrige_sin_fila(copia: Copia) -> None:
    assert hallados(copia, cambio("resumen", "a", "b", None, EVENTO)) == []


def test_lo_publicado_no_se_borra_y_la_demostracion_si(copia: Copia) -> None:
    def quitada(campo: str = "", dia: str = "2026-11-01") -> Suceso:
        return Suceso(None, "convocatorias/convocatorias", "2026-una-feria", "", "quita", campo, "Una feria", dia)

    (problema,) = hallados(copia, quitada())
    assert (problema.archivo, problema.que) == (
        CONVOCATORIAS,
        "«2026-una-feria» ya estaba publicada y su fila se borró",
    )
    assert hallados(copia, quitada(dia="2027-01-01")) == []
    assert hallados(copia, quitada("demostracion")) == []


def test_la_orden_saca_la_historia_y_no_deja_publicar(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repositorio = crear(tmp_path / "repo")
    orden = [
        "validar",
        "--datos",
        str(repositorio.raiz / "datos"),
        "--sacar-historia",
        "--ahora",
        "2026-11-24T15:00:00Z",
    ]
    orden += ["--historia", str(tmp_path / "historia.json")]
    assert main(orden) == 0
    assert capsys.readouterr().out.endswith("\nNada de una convocatoria abierta cambió sin su enmienda.\n")
    repositorio.copia.celda(CONVOCATORIAS, VALPARAISO, "cupos", "6")
    assert main(orden) == 1
    assert f"{VALPARAISO},1,2026-11-24,cupos,4,6,por qué,mayor" in capsys.readouterr().err
