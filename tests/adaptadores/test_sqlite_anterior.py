"""Un archivo hecho por una versión anterior se abre, no pierde nada, y lo ya decidido entra al libro."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from funciones.adaptadores.almacen_sqlite import AlmacenSqlite
from funciones.dominio.admisibilidad import ParticipacionAnterior
from funciones.dominio.postulacion import Estado, Postulacion
from tests.adaptadores.conftest import ARCHIVO, abrir_sqlite
from tests.adaptadores.libreta import con_de_todo, fallas
from tests.mundo import FERIA, LLAVERO, a_la_vez, admisible, avanzar, foto

# Las tablas tal como eran antes de que existiera el libro.
ANTES = """
DROP TABLE libro;
DROP TABLE participaciones;
DROP TABLE rendiciones;
DROP TABLE cortes;
CREATE TABLE viejos (
  convocatoria TEXT PRIMARY KEY, asignados INTEGER NOT NULL, espera INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO viejos SELECT convocatoria, asignados, espera FROM cupos;
DROP TABLE cupos;
ALTER TABLE viejos RENAME TO cupos;
PRAGMA user_version = 0;
"""

# Las participaciones tal como eran antes de tener referencia, con lo que se había anotado y cargado.
SIN_REFERENCIA = """
DROP TABLE participaciones;
CREATE TABLE participaciones (
  huella_rut TEXT NOT NULL, componente INTEGER NOT NULL, tipo_actividad TEXT NOT NULL, objetivo TEXT NOT NULL,
  anio INTEGER NOT NULL, PRIMARY KEY (huella_rut, componente, tipo_actividad, objetivo, anio)) STRICT, WITHOUT ROWID;
PRAGMA user_version = 1;
"""


@pytest.fixture
def cosas(tmp_path: Path) -> dict[str, Postulacion]:
    """Un archivo de antes, con de todo; sus registros van escritos como se escribían entonces."""
    cosas = con_de_todo(AlmacenSqlite(tmp_path / ARCHIVO, LLAVERO))
    conexion = abrir_sqlite(tmp_path)
    conexion.executescript(ANTES)
    for folio, version, cuerpo in conexion.execute("SELECT folio, version, cuerpo FROM transiciones").fetchall():
        viejo = json.dumps(json.loads(cuerpo))
        conexion.execute("UPDATE transiciones SET cuerpo = ? WHERE (folio, version) = (?, ?)", (viejo, folio, version))
    conexion.close()
    return cosas


def test_el_archivo_anterior_se_abre_sin_perder_nada(tmp_path: Path, cosas: dict[str, Postulacion]) -> None:
    de_antes = con_de_todo(AlmacenSqlite(tmp_path / "otro.sqlite", LLAVERO))
    folios = [p.folio for p in cosas.values()]
    abierto = AlmacenSqlite(tmp_path / ARCHIVO, LLAVERO)
    assert foto(abierto, *folios) == foto(AlmacenSqlite(tmp_path / "otro.sqlite", LLAVERO), *folios)
    assert cosas == de_antes
    assert abierto.rendicion_pendiente("x") is None


def test_las_participaciones_sin_referencia_siguen_todas_y_la_del_portal_queda_con_su_convocatoria(
    tmp_path: Path,
) -> None:
    vieja, propia = (ParticipacionAnterior(1, "feria", "vender_al_publico", anio) for anio in (2024, 2027))
    almacen = AlmacenSqlite(tmp_path / ARCHIVO, LLAVERO)
    una, otra, ajena = (avanzar(almacen, admisible(almacen, n), Estado.SELECCIONADA) for n in (1, 2, 3))
    for quien in (una, otra):
        avanzar(almacen, quien, Estado.PARTICIPO)
    conexion = abrir_sqlite(tmp_path)
    conexion.executescript(SIN_REFERENCIA)
    for p, de in ((una, propia), (otra, vieja), (otra, propia), (ajena, vieja)):
        fila = (p.huella_rut, de.componente, de.tipo_actividad, de.objetivo, de.anio)
        conexion.execute("INSERT INTO participaciones VALUES (?, ?, ?, ?, ?)", fila)
    conexion.close()
    abiertos = a_la_vez(lambda _: AlmacenSqlite(tmp_path / ARCHIVO, LLAVERO), range(4), 4)
    for abierto in abiertos:
        # Con una sola anotada y habiendo participado, es la del portal; si hay más, no se adivina cuál.
        assert abierto.participaciones(una.huella_rut) == (replace(propia, referencia=FERIA),)
        assert abierto.participaciones(otra.huella_rut) == (vieja, propia)
        assert abierto.participaciones(ajena.huella_rut) == (vieja,)
        assert abierto.participaciones_al() is None
    abiertos[0].anotar_participaciones([(ajena.huella_rut, replace(vieja, referencia="otra"))])
    assert len(abiertos[1].participaciones(ajena.huella_rut)) == 2


def test_lo_decidido_antes_entra_junto_en_el_primer_asiento(tmp_path: Path, cosas: dict[str, Postulacion]) -> None:
    abierto = AlmacenSqlite(tmp_path / ARCHIVO, LLAVERO)
    assert abierto.cabeza(FERIA).numero == 1
    assert abierto.cabeza("otra").numero == 0
    assert fallas(abierto) == ()
    avanzar(abierto, cosas["recibida"], Estado.ADMISIBLE)
    assert abierto.cabeza(FERIA).numero == 2
    assert fallas(abierto) == ()


def test_abrirlo_muchos_a_la_vez_lo_pone_al_dia_una_sola_vez(tmp_path: Path, cosas: dict[str, Postulacion]) -> None:
    numeros = a_la_vez(lambda _: AlmacenSqlite(tmp_path / ARCHIVO, LLAVERO).cabeza(FERIA).numero, range(8), 8)
    assert numeros == [1] * 8
    assert fallas(AlmacenSqlite(tmp_path / ARCHIVO, LLAVERO)) == ()


def test_si_se_corta_al_ponerlo_al_dia_la_proxima_vez_se_hace_entero(
    tmp_path: Path, cosas: dict[str, Postulacion]
) -> None:
    conexion = abrir_sqlite(tmp_path)
    # Un asiento que ya está ahí hace fallar el primer intento a la mitad.
    conexion.execute("CREATE TABLE libro (convocatoria TEXT, numero INTEGER, texto TEXT, huella TEXT CHECK (0))")
    with pytest.raises(sqlite3.IntegrityError):
        conexion.execute("INSERT INTO libro VALUES ('x', 1, '', '')")
    with pytest.raises(Exception, match="constraint"):
        AlmacenSqlite(tmp_path / ARCHIVO, LLAVERO).cabeza(FERIA)
    assert [fila[1] for fila in conexion.execute("PRAGMA table_info (cupos)")] == [
        "convocatoria",
        "asignados",
        "espera",
    ]
    conexion.execute("DROP TABLE libro")
    conexion.close()
    assert fallas(AlmacenSqlite(tmp_path / ARCHIVO, LLAVERO)) == ()
