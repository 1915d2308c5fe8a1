"""Un solo byte cambiado en el libro, o en lo que el libro anotó, se nota siempre y se dice dónde."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funciones.adaptadores.almacen import Almacen
from funciones.adaptadores.almacen_sqlite import AlmacenSqlite
from funciones.dominio import auditoria
from tests.adaptadores.conftest import ARCHIVO, abrir_sqlite
from tests.adaptadores.libreta import con_de_todo, fallas
from tests.mundo import FERIA, LLAVERO

Lugar = tuple[str, str, tuple[Any, ...], str]


@pytest.fixture(scope="module")
def carpeta(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Un almacén con de todo, que cada ejemplo deja como estaba."""
    carpeta = tmp_path_factory.mktemp("libro")
    con_de_todo(AlmacenSqlite(carpeta / ARCHIVO, LLAVERO))
    return carpeta


@pytest.fixture(scope="module")
def lugares(carpeta: Path) -> list[Lugar]:
    """Cada celda que el libro protege, con lo que debe decir quien audita si cambia."""
    return list(_lugares(AlmacenSqlite(carpeta / ARCHIVO, LLAVERO)))


def _lugares(almacen: Almacen) -> Iterator[Lugar]:
    for asiento in almacen.libro(FERIA):
        llave = (FERIA, asiento.numero)
        for columna in ("texto", "huella"):
            yield "libro", columna, ("convocatoria = ? AND numero = ?", *llave), f"asiento {asiento.numero}"
    for folio, versiones in auditoria.por_folio(almacen.libro(FERIA)).items():
        for version in versiones:
            donde = ("folio = ? AND version = ?", folio, version)
            yield "transiciones", "cuerpo", donde, f"{folio}, versión {version}"
        yield "postulaciones", "cuerpo", ("folio = ?", folio), folio
    yield "cupos", "cabeza", ("convocatoria = ?", FERIA), "la cabeza del libro"


@settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(cual=st.integers(0, 10**6), posicion=st.integers(0, 10**6), otro=st.integers(0, 255))
def test_un_byte_cambiado_se_nota_y_se_dice_donde(
    carpeta: Path, lugares: list[Lugar], cual: int, posicion: int, otro: int
) -> None:
    tabla, columna, (donde, *llave), esperado = lugares[cual % len(lugares)]
    conexion = abrir_sqlite(carpeta)
    (sano,) = conexion.execute(f"SELECT CAST({columna} AS BLOB) FROM {tabla} WHERE {donde}", llave).fetchone()
    danado = bytearray(sano)
    danado[posicion % len(danado)] = otro
    try:
        _poner(conexion, tabla, columna, bytes(danado), donde, llave)
        halladas = {falla.donde for falla in fallas(AlmacenSqlite(carpeta / ARCHIVO, LLAVERO))}
    finally:
        _poner(conexion, tabla, columna, sano, donde, llave)
        conexion.close()
    assert (esperado in halladas) == (bytes(danado) != sano)


def _poner(conexion: sqlite3.Connection, tabla: str, columna: str, que: bytes, donde: str, llave: list[Any]) -> None:
    conexion.execute(f"UPDATE {tabla} SET {columna} = CAST(? AS TEXT) WHERE {donde}", (que, *llave))
