"""El archivo SQLite: cómo se abre, y cómo se lee y se escribe en él sin que dos se pisen."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from funciones.adaptadores import sqlite_esquema
from funciones.adaptadores.almacen import AlmacenNoResponde
from funciones.adaptadores.llavero import Llavero

# Segundos que una escritura espera su turno.
_ESPERA = 30


class ArchivoSqlite:
    """Una conexión por hilo; las escrituras se turnan con BEGIN IMMEDIATE."""

    def __init__(self, ruta: Path, llavero: Llavero) -> None:
        self._ruta, self._llavero, self._hilo = ruta, llavero, threading.local()
        self._abriendo = threading.Lock()

    def _conexion(self) -> sqlite3.Connection:
        conexion: sqlite3.Connection | None = getattr(self._hilo, "conexion", None)
        if conexion is None:
            # De a una: pasar a WAL un archivo recién creado no espera su turno y fallaría con «locked».
            with self._abriendo:
                conexion = self._abrir()
            self._hilo.conexion = conexion
        return conexion

    def _abrir(self) -> sqlite3.Connection:
        conexion = sqlite3.connect(self._ruta, timeout=_ESPERA, isolation_level=None)
        conexion.row_factory = sqlite3.Row
        conexion.execute("PRAGMA journal_mode = WAL")
        conexion.execute("PRAGMA synchronous = FULL")
        # Lo borrado se sobrescribe: si no, sigue en el archivo hasta que otra fila use su lugar.
        conexion.execute("PRAGMA secure_delete = ON")
        sqlite_esquema.preparar(conexion)
        return conexion

    def _vaciar_el_diario(self) -> None:
        """Pasa el diario (WAL) al archivo y lo vacía: ahí también queda lo borrado. Si alguien lee, será otra vez."""
        with self._lectura() as conexion:
            # Sin esperar: mientras espera a quien lee, nadie podría escribir.
            conexion.execute("PRAGMA busy_timeout = 0")
            try:
                conexion.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                conexion.execute(f"PRAGMA busy_timeout = {_ESPERA * 1000}")

    @contextmanager
    def _lectura(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._conexion()
        except sqlite3.Error as error:
            raise AlmacenNoResponde(str(error)) from error

    @contextmanager
    def _escritura(self) -> Iterator[sqlite3.Connection]:
        with self._lectura() as conexion:
            conexion.execute("BEGIN IMMEDIATE")
            try:
                yield conexion
                conexion.execute("COMMIT")
            finally:
                if conexion.in_transaction:
                    conexion.execute("ROLLBACK")
