"""Ningún error llega en inglés ni como traza, sea cual sea la celda que alguien escriba."""

import re
from collections.abc import Iterator
from pathlib import Path

import frictionless.errors
import pytest
from frictionless import Error
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generador import sugerencias
from generador.esquemas import RESTRICCIONES, TIPOS, leer_esquemas
from generador.mensajes import AJENOS, LECTURAS, TRADUCCIONES
from generador.mensajes import RESTRICCIONES as MENSAJES_POR_RESTRICCION
from generador.validar import problemas_de
from tests.datos.copia import DATOS, Copia, copiar

ESQUEMAS = leer_esquemas(DATOS)
TABLAS = [r for e in ESQUEMAS.values() for r in e.recursos.values() if r.nombre not in ("comunas", "actividades")]
TRAMPAS = """
0 -1 1e9 NaN 2,5 01-03-2026 2026-13-01 2026-03-01 2026-09-06T00:30 si no Sí | a|b 1|2|3 =1+1 <b> {{x}} { 07 99 todas
todos puntaje llegada cancelada medido virtual 999999999999999999999999999999 0000-00-00 9999-12-31 24:00 % "
cofinanciado
"""
RARAS = st.one_of(
    st.sampled_from(["", " ", *TRAMPAS.split()]),
    st.text(max_size=20),
    st.integers().map(str),
    st.dates().map(str),
)
INGLES = re.compile(r"\b(the|is|not|row|field|value|constraint|type|error|position|expected|must)\b", re.IGNORECASE)


def _errores_de_frictionless() -> Iterator[str]:
    pendientes = [Error]
    while pendientes:
        clase = pendientes.pop()
        yield clase.type
        pendientes += clase.__subclasses__()


def test_cada_error_de_frictionless_tiene_mensaje_o_no_puede_aparecer() -> None:
    assert frictionless.errors
    assert set(_errores_de_frictionless()) == set(TRADUCCIONES) | AJENOS
    assert not set(TRADUCCIONES) & AJENOS


def test_cada_tipo_y_cada_restriccion_que_admite_un_esquema_tiene_mensaje() -> None:
    assert set(LECTURAS) == TIPOS
    assert set(MENSAJES_POR_RESTRICCION) == set(RESTRICCIONES)


@pytest.fixture(scope="module")
def taller(tmp_path_factory: pytest.TempPathFactory) -> Copia:
    return copiar(tmp_path_factory.mktemp("taller") / "datos")


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_ninguna_celda_hace_caer_la_validacion_ni_habla_en_ingles(taller: Copia, data: st.DataObject) -> None:
    recurso = data.draw(st.sampled_from(TABLAS))
    original = taller.ruta(recurso.archivo).read_bytes()
    filas = taller.tabla(recurso.archivo)
    if len(filas) == 1:  # Las tablas que todavía no tienen nada también se pueden escribir mal.
        filas.append([""] * len(filas[0]))
    for _ in range(data.draw(st.integers(1, 3))):
        fila = data.draw(st.integers(1, len(filas) - 1))
        columna = data.draw(st.integers(0, len(filas[0]) - 1))
        filas[fila][columna] = data.draw(RARAS).replace("\x00", "")
    try:
        taller.escribir(recurso.archivo, filas)
        problemas = problemas_de(taller.carpeta)
    finally:
        taller.ruta(recurso.archivo).write_bytes(original)
    for problema in problemas:
        assert problema.que
        assert problema.como
        sin_citas = re.sub(r"«.*?»", "", f"{problema.que} {problema.como}", flags=re.DOTALL)
        assert not INGLES.search(sin_citas), problema


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_ningun_archivo_hace_caer_la_validacion(taller: Copia, contenido: bytes) -> None:
    archivo = "eventos/sedes.csv"
    original = taller.ruta(archivo).read_bytes()
    try:
        taller.ruta(archivo).write_bytes(contenido)
        assert problemas_de(taller.carpeta)
    finally:
        taller.ruta(archivo).write_bytes(original)


@pytest.mark.parametrize(
    ("propuesta", "escrito", "esperado"),
    [
        (sugerencias.fecha, "01-03-2026", "2026-03-01"),
        (sugerencias.fecha, "1/3/26", "2026-03-01"),
        (sugerencias.fecha, "7 dic 2026", "2026-12-07"),
        (sugerencias.fecha, "2026/3/1", "2026-03-01"),
        (sugerencias.fecha, "31-02-2026", None),
        (sugerencias.fecha, "mañana", None),
        (sugerencias.fecha_y_hora, "07-12-2026 9:30", "2026-12-07T09:30"),
        (sugerencias.fecha_y_hora, "2026-12-07 15:00:00", "2026-12-07T15:00"),
        (sugerencias.fecha_y_hora, "2026-12-07 25:00", None),
        (sugerencias.decimal, "2,5", "2.5"),
        (sugerencias.decimal, "39.727,96", "39727.96"),
        (sugerencias.decimal, "70,00 %", "70.00"),
        (sugerencias.decimal, "mucho", None),
        (sugerencias.entero, "24.500.000", "24500000"),
        (sugerencias.entero, "40,0", "40"),
        (sugerencias.entero, "$ 1.000", "1000"),
        (sugerencias.si_o_no, "VERDADERO", "si"),
        (sugerencias.si_o_no, "No", "no"),
        (sugerencias.identificador, "Feria del Ñandú 2027", "feria-del-nandu-2027"),
        (sugerencias.identificador, "¡!", None),
        (sugerencias.con_ceros, "7", None),
        (sugerencias.direccion, "www.sii.cl", "https://www.sii.cl"),
        (sugerencias.direccion, "mailto:a", None),
    ],
)
def test_la_propuesta_es_la_forma_correcta_o_ninguna(propuesta: object, escrito: str, esperado: str | None) -> None:
    argumentos = (escrito, 1) if propuesta is sugerencias.con_ceros else (escrito,)
    assert propuesta(*argumentos) == esperado  # type: ignore[operator]


def test_la_carpeta_de_prueba_queda_como_estaba(taller: Copia) -> None:
    assert Path(taller.carpeta).is_dir()
    assert problemas_de(taller.carpeta) == []
