"""Anotar en el libro dentro de una transacción de SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from funciones.dominio import libro
from funciones.dominio.libro import Anotado, Cabeza


def cabeza(conexion: sqlite3.Connection, convocatoria: str) -> Cabeza:
    """La cabeza que dice la fila de los puestos."""
    fila = conexion.execute(
        "SELECT numero, CAST(cabeza AS BLOB) AS cabeza FROM cupos WHERE convocatoria = ?", (convocatoria,)
    ).fetchone()
    if fila is None or (fila["numero"] == 0 and not fila["cabeza"]):
        return libro.sin_asientos(convocatoria)
    return Cabeza(fila["numero"], fila["cabeza"].decode(errors="replace"))


def asentar(conexion: sqlite3.Connection, convocatoria: str, anotados: Sequence[Anotado]) -> None:
    """Agrega el asiento que sigue y mueve la cabeza; nada si no hay qué anotar."""
    if not anotados:
        return
    asiento = libro.asentar(convocatoria, cabeza(conexion, convocatoria), anotados)
    nueva = asiento.cabeza
    conexion.execute("INSERT INTO libro VALUES (?, ?, ?, ?)", (convocatoria, nueva.numero, asiento.texto, nueva.huella))
    conexion.execute(
        "INSERT INTO cupos (convocatoria, asignados, espera, numero, cabeza) VALUES (?, 0, 0, ?, ?) "
        "ON CONFLICT (convocatoria) DO UPDATE SET numero = excluded.numero, cabeza = excluded.cabeza",
        (convocatoria, nueva.numero, nueva.huella),
    )


def escritas(conexion: sqlite3.Connection, folio: str, antes_de: int | None = None) -> list[tuple[dict[str, Any], str]]:
    """Los registros de un folio con sus huellas, todos o los anteriores a una versión."""
    filas = conexion.execute(
        "SELECT cuerpo FROM transiciones WHERE folio = ? AND (?2 IS NULL OR version < ?2) ORDER BY version",
        (folio, antes_de),
    ).fetchall()
    return [(json.loads(fila["cuerpo"]), libro.huella(fila["cuerpo"])) for fila in filas]
