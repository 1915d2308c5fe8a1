"""El archivo SQLite: cómo se abre, y cómo se lee y se escribe en él sin que dos se pisen."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from funciones.adaptadores.almacen import AlmacenNoResponde
from funciones.adaptadores.llavero import Llavero

_ESQUEMA = """
CREATE TABLE IF NOT EXISTS postulaciones (
  folio TEXT PRIMARY KEY, convocatoria TEXT NOT NULL, estado TEXT NOT NULL, version INTEGER NOT NULL,
  llego INTEGER NOT NULL, turno INTEGER, cuerpo TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS cola ON postulaciones (convocatoria, turno, folio) WHERE turno IS NOT NULL;
CREATE INDEX IF NOT EXISTS sin_confirmar ON postulaciones (llego) WHERE estado IN ('por_confirmar', 'caducada');
CREATE TABLE IF NOT EXISTS ruts (
  convocatoria TEXT NOT NULL, huella_rut TEXT NOT NULL, folio TEXT NOT NULL,
  PRIMARY KEY (convocatoria, huella_rut)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS cupos (
  convocatoria TEXT PRIMARY KEY, asignados INTEGER NOT NULL, espera INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS transiciones (
  folio TEXT NOT NULL, version INTEGER NOT NULL, cuerpo TEXT NOT NULL,
  PRIMARY KEY (folio, version)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS avisos (
  id TEXT PRIMARY KEY, folio TEXT NOT NULL, creado INTEGER NOT NULL, arriendo INTEGER NOT NULL DEFAULT 0,
  enviado INTEGER, cuerpo TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS pendientes ON avisos (creado) WHERE enviado IS NULL;
CREATE INDEX IF NOT EXISTS avisos_por_folio ON avisos (folio, creado);
CREATE TABLE IF NOT EXISTS borradores (
  llave TEXT PRIMARY KEY, expira INTEGER NOT NULL, cuerpo TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS respuestas (
  id TEXT PRIMARY KEY, anio INTEGER NOT NULL, cuerpo TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS respuestas_por_anio ON respuestas (anio);
CREATE TABLE IF NOT EXISTS participaciones (
  huella_rut TEXT NOT NULL, componente INTEGER NOT NULL, tipo_actividad TEXT NOT NULL, objetivo TEXT NOT NULL,
  anio INTEGER NOT NULL, PRIMARY KEY (huella_rut, componente, tipo_actividad, objetivo, anio)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rendiciones (huella_rut TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS cortes (nomina TEXT PRIMARY KEY, corte INTEGER NOT NULL) STRICT, WITHOUT ROWID;
"""


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
        conexion = sqlite3.connect(self._ruta, timeout=30, isolation_level=None)
        conexion.row_factory = sqlite3.Row
        conexion.execute("PRAGMA journal_mode = WAL")
        conexion.execute("PRAGMA synchronous = FULL")
        conexion.executescript(_ESQUEMA)
        return conexion

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
