"""Los mismos datos dan siempre los mismos bytes, con los tipos que esperan las funciones."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from funciones.adaptadores.horneado import Horneado
from funciones.dominio.admisibilidad import REGLAS, Reglamento, TipoPersona
from funciones.dominio.convocatoria import Grupo, Reserva
from generador.hornear import bytes_de, escribir, hornear
from generador.paquetes import leer
from generador.semantica_parametros import divisiones
from tests.datos.copia import DATOS, Copia

AHORA = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
MAULE = "2027-feria-maule-sabores-y-oficios"
RIOS = "2027-rueda-los-rios-mesa-del-sur"


@pytest.fixture(scope="module")
def horneado() -> dict[str, Any]:
    return json.loads(bytes_de(hornear(leer(DATOS), AHORA)))


def _huellas(copia: Copia) -> tuple[str, str, str]:
    hecho = hornear(leer(copia.carpeta), AHORA)
    return hecho["huella"], hecho["convocatorias"][MAULE]["huella"], hecho["convocatorias"][RIOS]["huella"]


def test_hornear_dos_veces_da_los_mismos_bytes(tmp_path: Path) -> None:
    for nombre in ("uno.json", "dos.json"):
        escribir(hornear(leer(DATOS), AHORA), tmp_path / "obra" / nombre)
    assert (tmp_path / "obra/uno.json").read_bytes() == (tmp_path / "obra/dos.json").read_bytes()
    assert sorted(p.name for p in (tmp_path / "obra").iterdir()) == ["dos.json", "uno.json"]


def test_el_horneado_trae_lo_convenido(horneado: dict[str, Any]) -> None:
    assert sorted(horneado) == [
        "actividades",
        "cambios_de_eventos",
        "comunas",
        "convocatorias",
        "divisiones",
        "feriados",
        "feriados_regionales",
        "formularios",
        "generado",
        "huella",
        "indicadores",
        "matriz",
        "oficinas",
        "parametros",
        "regiones",
        "resultados",
        "rubros",
        "secciones",
        "secciones_excepciones",
        "sedes",
        "uf",
        "version",
    ]
    assert (horneado["version"], horneado["generado"]) == (1, "2026-11-23T12:30:00Z")


def test_los_valores_llegan_con_su_tipo(horneado: dict[str, Any]) -> None:
    maule = horneado["convocatorias"][MAULE]
    assert (maule["componente"], maule["cupos"], maule["espera_maxima"]) == (1, 40, 20)
    assert (maule["nota_minima"], maule["cofinanciamiento_clp"], maule["demostracion"]) == ("4.0", None, True)
    assert maule["regiones_admitidas"] == []
    assert horneado["convocatorias"][RIOS]["regiones_admitidas"] == ["14", "10"]
    assert horneado["uf"]["2025-12-31"] == "39727.96"
    assert horneado["actividades"]["011101"] == ["A", "1"]
    assert horneado["comunas"]["07101"] == {"nombre": "Talca", "region": "07"}
    assert [r["region"] for r in horneado["regiones"]][:3] == ["15", "01", "02"]
    assert "2026-12-25" in horneado["feriados"]
    assert horneado["divisiones"]["55"] == "Actividades de alojamiento"


def test_cada_division_con_nombre_es_de_la_seccion_que_dice() -> None:
    parametros = leer(DATOS)["parametros"]
    de_la_seccion = {s["seccion"]: divisiones(s["divisiones"]) for s in parametros["secciones"]}
    assert parametros["divisiones"]
    for fila in parametros["divisiones"]:
        assert int(fila["division"]) in de_la_seccion[fila["seccion"]], fila


def test_no_hay_numeros_de_coma_flotante(horneado: dict[str, Any]) -> None:
    def flotantes(valor: Any) -> bool:
        if isinstance(valor, dict | list):
            return any(map(flotantes, valor.values() if isinstance(valor, dict) else valor))
        return isinstance(valor, float)

    assert not flotantes(horneado)


def test_las_horas_de_chile_pasan_a_utc_en_verano_y_en_invierno(horneado: dict[str, Any]) -> None:
    assert horneado["convocatorias"][MAULE]["cierre"] == "2026-12-07T18:00:00Z"  # 15:00 en verano, UTC-3
    invierno = horneado["convocatorias"]["2026-feria-magallanes-fin-del-invierno"]
    assert invierno["cierre"] == "2026-08-07T19:00:00Z"  # 15:00 en invierno, UTC-4


def test_las_preguntas_van_en_orden_con_sus_opciones(horneado: dict[str, Any]) -> None:
    postulacion = horneado["formularios"]["postulacion"]
    assert [p["orden"] for p in postulacion] == list(range(1, len(postulacion) + 1))
    assert [o["valor"] for o in postulacion[0]["opciones"]] == ["natural", "juridica", "cooperativa", "emprendedor"]
    (vinculacion,) = [p for p in horneado["formularios"]["encuesta"] if p["clave"] == "vinculacion"]
    assert [o["valor"] for o in vinculacion["opciones"]] == ["si", "no", "aun_no_se"]


def test_las_hijas_de_cada_convocatoria_viajan_con_ella(horneado: dict[str, Any]) -> None:
    maule = horneado["convocatorias"][MAULE]
    assert [d["documento"] for d in maule["documentos"]][:2] == ["carpeta-tributaria", "f30"]
    assert sum(c["ponderacion"] for c in maule["criterios"]) == 100
    assert [e["numero"] for e in maule["enmiendas"]] == [1, 2, 3]
    assert [h["hito"] for h in maule["hitos"]] == ["postulacion", "revision", "aviso", "actividad", "encuesta"]
    assert not any("convocatoria" in d for d in maule["documentos"])


def test_las_funciones_leen_todas_las_convocatorias(horneado: dict[str, Any]) -> None:
    leido = Horneado(horneado)
    for id_convocatoria in leido.ids():
        convocatoria = leido.convocatoria(id_convocatoria)
        assert convocatoria is not None
        assert leido.reglamento(convocatoria).uf_clp > 0
        assert leido.oficina(horneado["convocatorias"][id_convocatoria]["oficina"])["sitio"]


def test_el_reglamento_trae_la_matriz_de_su_componente(horneado: dict[str, Any]) -> None:
    leido = Horneado(horneado)
    del_1, del_2 = (_reglamento(leido, c).matriz for c in (MAULE, RIOS))
    assert set(del_1) == set(del_2) == {(tipo, regla) for tipo in TipoPersona for regla in REGLAS}
    assert del_1["emprendedor", "ventas"] == "con_inicio"
    assert {f["componente"] for f in leido.matriz} == {1, 2}
    for fila in leido.matriz:
        assert (del_1 if fila["componente"] == 1 else del_2)[fila["tipo_persona"], fila["regla"]] == fila["rige"]


def test_lo_que_dice_la_matriz_de_un_componente_no_rige_en_el_otro(copia: Copia) -> None:
    copia.celda("parametros/matriz.csv", "natural/2/deudas", "rige", "no")
    leido = Horneado(json.loads(bytes_de(hornear(leer(copia.carpeta), AHORA))))
    assert _reglamento(leido, MAULE).matriz["natural", "deudas"] == "si"
    assert _reglamento(leido, RIOS).matriz["natural", "deudas"] == "no"


def test_lo_que_estrecha_la_convocatoria_manda_sobre_el_programa(copia: Copia) -> None:
    for columna, valor in ESTRECHA.items():
        copia.celda("convocatorias/convocatorias.csv", MAULE, columna, valor)
    leido = Horneado(json.loads(bytes_de(hornear(leer(copia.carpeta), AHORA))))
    estrecho, ancho = _reglamento(leido, MAULE), _reglamento(leido, RIOS)
    assert (estrecho.ventas_minimas_uf, estrecho.ventas_maximas_uf) == (Decimal("400.5"), Decimal(1200))
    assert (ancho.ventas_minimas_uf, ancho.ventas_maximas_uf) == (Decimal(200), Decimal(2400))
    assert estrecho.ventas_cooperativa_maximas_uf == Decimal(2400)
    assert (estrecho.antiguedad_minima_anios, estrecho.antiguedad_maxima_anios) == (0, 5)
    assert estrecho.comunas_admitidas == {"07101", "07102"}
    assert estrecho.actividades_admitidas == {"C", "47", "561000"}
    assert (estrecho.perfil, estrecho.permite_repetir, estrecho.giro) == ("liderada_por_mujeres", True, "alguno")
    assert (estrecho.tipo_actividad, estrecho.objetivo) == ("feria", "vender_al_publico")
    assert estrecho.publicacion == date(2026, 10, 26)
    assert estrecho.participaciones_maximas == 2
    assert (ancho.permite_repetir, ancho.perfil, ancho.comunas_admitidas) == (False, "", frozenset())


def test_como_se_recibe_evalua_y_reserva_llega_a_la_convocatoria(copia: Copia) -> None:
    for columna, valor in {"postulaciones_maximas": "90", "evaluadores": "3", "a_ciegas": "si"}.items():
        copia.celda("convocatorias/convocatorias.csv", MAULE, columna, valor)
    fila = {"convocatoria": MAULE, "reserva": "r", "titulo": "Cooperativas", "cupos": "5", "grupo": "tipo_persona"}
    copia.agregar("convocatorias/reservas.csv", **fila, valor="cooperativa")
    leido = Horneado(json.loads(bytes_de(hornear(leer(copia.carpeta), AHORA))))
    maule, rios = leido.convocatoria(MAULE), leido.convocatoria(RIOS)
    assert maule
    assert rios
    assert (maule.postulaciones_maximas, maule.evaluadores, maule.a_ciegas) == (90, 3, True)
    assert maule.reservas == (Reserva("r", "Cooperativas", 5, Grupo.TIPO_PERSONA, "cooperativa"),)
    assert (rios.evaluadores, rios.a_ciegas, rios.reservas) == (1, False, ())
    notas = [[d.nota for d in criterio.descriptores] for criterio in maule.criterios]
    assert notas == [[Decimal(1), Decimal(4), Decimal(7)]] * 3


def test_las_reservas_y_los_casos_van_en_el_orden_en_que_se_escribieron(horneado: dict[str, Any]) -> None:
    antofagasta = horneado["convocatorias"]["2027-rueda-antofagasta-proveer-al-norte"]
    assert [r["reserva"] for r in antofagasta["reservas"]] == ["lideradas-por-mujeres", "de-antofagasta"]
    assert Horneado(horneado).casos(MAULE)[0]["caso"] == horneado["convocatorias"][MAULE]["casos"][0]["caso"]


def _reglamento(leido: Horneado, id_convocatoria: str) -> Reglamento:
    convocatoria = leido.convocatoria(id_convocatoria)
    assert convocatoria is not None
    return leido.reglamento(convocatoria)


ESTRECHA = {
    "comunas_admitidas": "07101|07102",
    "actividades_admitidas": "C|47|561000",
    "ventas_minimas_uf": "400.5",
    "ventas_maximas_uf": "1200",
    "antiguedad_minima_anios": "0",
    "antiguedad_maxima_anios": "5",
    "perfil": "liderada_por_mujeres",
    "permite_repetir": "si",
}
CAMBIOS = {
    "una fila de sus documentos": lambda c: c.celda(
        "convocatorias/documentos.csv", f"{MAULE}/f30", "vigencia_dias", "60"
    ),
    "una palabra de sus bases": lambda c: c.reescribir(
        f"convocatorias/bases/{MAULE}.md", lambda t: f"{t}\nOtra línea.\n"
    ),
    "una celda de su fila": lambda c: c.celda("convocatorias/convocatorias.csv", MAULE, "cupos", "41"),
}


@pytest.mark.parametrize("cambio", CAMBIOS)
def test_cambia_la_huella_de_lo_que_cambio_y_no_la_de_otra(copia: Copia, cambio: str) -> None:
    antes = _huellas(copia)
    CAMBIOS[cambio](copia)
    despues = _huellas(copia)
    assert antes[0] != despues[0]
    assert antes[1] != despues[1]
    assert antes[2] == despues[2]


def test_un_feriado_de_una_region_no_cuenta_en_todo_el_pais(copia: Copia) -> None:
    copia.agregar("parametros/feriados.csv", fecha="2027-06-15", nombre="Feriado de prueba", ambito="15")
    hecho = hornear(leer(copia.carpeta), AHORA)
    assert "2027-06-15" not in hecho["feriados"]
    leido = Horneado(hecho)
    assert date(2027, 6, 15) in leido.feriados_de("15")
    assert date(2027, 6, 15) not in leido.feriados_de("16") | leido.feriados_de("07") | leido.feriados
    assert all(leido.feriados < leido.feriados_de(region) for region in ("15", "16"))
    assert leido.feriados_de("07") == leido.feriados


def test_el_archivo_va_en_utf8_con_sus_claves_en_orden(horneado: dict[str, Any]) -> None:
    texto = bytes_de(hornear(leer(DATOS), AHORA)).decode("utf-8")
    assert "«Sabores y oficios»" in texto
    assert texto == json.dumps(horneado, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def test_hornear_de_nuevo_reemplaza_el_archivo_anterior(tmp_path: Path) -> None:
    ruta = tmp_path / "horneado.json"
    ruta.write_text("viejo", encoding="utf-8")
    escribir(hornear(leer(DATOS), AHORA), ruta)
    assert json.loads(ruta.read_bytes())["version"] == 1
