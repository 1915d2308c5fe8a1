"""Las tablas del archivo SQLite, y cómo se ponen al día las de un archivo hecho por una versión anterior."""

from __future__ import annotations

import sqlite3

from funciones.adaptadores import asientos, sqlite_asientos
from funciones.dominio import libro
from funciones.dominio.libro import Anotado

_PARTICIPACIONES = """
CREATE TABLE IF NOT EXISTS participaciones (
  huella_rut TEXT NOT NULL, componente INTEGER NOT NULL, tipo_actividad TEXT NOT NULL, objetivo TEXT NOT NULL,
  anio INTEGER NOT NULL, referencia TEXT NOT NULL,
  PRIMARY KEY (huella_rut, componente, tipo_actividad, objetivo, anio, referencia)) STRICT, WITHOUT ROWID"""
ESQUEMA = f"""
CREATE TABLE IF NOT EXISTS postulaciones (
  folio TEXT PRIMARY KEY, convocatoria TEXT NOT NULL, estado TEXT NOT NULL, version INTEGER NOT NULL,
  llego INTEGER NOT NULL, turno INTEGER, cuerpo TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS cola ON postulaciones (convocatoria, turno, folio) WHERE turno IS NOT NULL;
CREATE INDEX IF NOT EXISTS por_confirmar ON postulaciones (llego) WHERE estado IN ('por_confirmar');
CREATE TABLE IF NOT EXISTS ruts (
  convocatoria TEXT NOT NULL, huella_rut TEXT NOT NULL, folio TEXT NOT NULL,
  PRIMARY KEY (convocatoria, huella_rut)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS cupos (
  convocatoria TEXT PRIMARY KEY, asignados INTEGER NOT NULL, espera INTEGER NOT NULL,
  numero INTEGER NOT NULL DEFAULT 0, cabeza TEXT NOT NULL DEFAULT '') STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS libro (
  convocatoria TEXT NOT NULL, numero INTEGER NOT NULL, texto TEXT NOT NULL, huella TEXT NOT NULL,
  PRIMARY KEY (convocatoria, numero)) STRICT, WITHOUT ROWID;
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
{_PARTICIPACIONES};
CREATE TABLE IF NOT EXISTS rendiciones (huella_rut TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS vitrinas (
  folio TEXT PRIMARY KEY, version INTEGER NOT NULL, cambio INTEGER NOT NULL, por_avisar INTEGER,
  arriendo INTEGER NOT NULL DEFAULT 0, cuerpo TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS suscripciones (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, expira INTEGER, cuerpo TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS presupuestos (
  cuenta TEXT PRIMARY KEY, usado INTEGER NOT NULL, expira INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS salas (convocatoria TEXT PRIMARY KEY, sellado TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS hojas (
  clase TEXT NOT NULL, grupo TEXT NOT NULL, llave TEXT NOT NULL, version INTEGER NOT NULL, expira INTEGER,
  sellado TEXT NOT NULL, PRIMARY KEY (clase, grupo, llave)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS cortes (nomina TEXT PRIMARY KEY, corte INTEGER NOT NULL) STRICT, WITHOUT ROWID;
"""
# Sube con cada cambio que no se hace solo con crear lo que falta.
_CON_LIBRO, _CON_REFERENCIA = 1, 2
_VERSION = _CON_REFERENCIA
# Quien participó tiene anotada esa participación: si es la única, su referencia es esa convocatoria. Con más no se
# adivina cuál es, y quedan sin referencia, como las que se cargaron.
_DE_SU_CONVOCATORIA = """
UPDATE participaciones SET referencia = (
  SELECT MIN(r.convocatoria) FROM ruts r JOIN postulaciones p ON p.folio = r.folio
  WHERE r.huella_rut = participaciones.huella_rut AND p.estado IN ('participo', 'egresada'))
WHERE huella_rut IN (SELECT huella_rut FROM participaciones GROUP BY huella_rut HAVING COUNT(*) = 1)
  AND huella_rut IN (
    SELECT r.huella_rut FROM ruts r JOIN postulaciones p ON p.folio = r.folio
    WHERE p.estado IN ('participo', 'egresada') GROUP BY r.huella_rut HAVING COUNT(*) = 1)
"""


def preparar(conexion: sqlite3.Connection) -> None:
    """Crea lo que falte y pone al día lo que haya, sin perder nada."""
    conexion.executescript(ESQUEMA)
    if _version(conexion) == _VERSION:
        return
    conexion.execute("BEGIN IMMEDIATE")
    try:
        # Otro proceso pudo hacerlo mientras se esperaba el turno.
        anterior = _version(conexion)
        if anterior < _CON_LIBRO:
            _dar_libro(conexion)
        if anterior < _CON_REFERENCIA:
            _dar_referencia(conexion)
        if anterior < _VERSION:
            conexion.execute(f"PRAGMA user_version = {_VERSION}")
        conexion.execute("COMMIT")
    finally:
        if conexion.in_transaction:
            conexion.execute("ROLLBACK")


def _version(conexion: sqlite3.Connection) -> int:
    return int(conexion.execute("PRAGMA user_version").fetchone()[0])


def _dar_libro(conexion: sqlite3.Connection) -> None:
    """El libro no existía: la cabeza va con los puestos, y lo decidido hasta ahora entra en un primer asiento."""
    columnas = {fila["name"] for fila in conexion.execute("PRAGMA table_info (cupos)")}
    for nombre, tipo in (("numero", "INTEGER NOT NULL DEFAULT 0"), ("cabeza", "TEXT NOT NULL DEFAULT ''")):
        if nombre not in columnas:
            conexion.execute(f"ALTER TABLE cupos ADD COLUMN {nombre} {tipo}")
    for (convocatoria,) in conexion.execute("SELECT DISTINCT convocatoria FROM postulaciones").fetchall():
        sqlite_asientos.asentar(conexion, convocatoria, _decidido(conexion, convocatoria))


def _dar_referencia(conexion: sqlite3.Connection) -> None:
    """Dos participaciones iguales del mismo año eran una: ahora la referencia también es parte de la llave."""
    if any(fila["name"] == "referencia" for fila in conexion.execute("PRAGMA table_info (participaciones)")):
        return
    conexion.execute("ALTER TABLE participaciones RENAME TO sin_referencia")
    conexion.execute(_PARTICIPACIONES)
    conexion.execute(
        "INSERT INTO participaciones "
        "SELECT huella_rut, componente, tipo_actividad, objetivo, anio, '' FROM sin_referencia"
    )
    conexion.execute("DROP TABLE sin_referencia")
    conexion.execute(_DE_SU_CONVOCATORIA)


def _decidido(conexion: sqlite3.Connection, convocatoria: str) -> list[Anotado]:
    """La historia entera de cada postulación sobre la que ya se decidió algo."""
    anotados: list[Anotado] = []
    filas = conexion.execute(
        "SELECT folio, version, cuerpo FROM postulaciones WHERE convocatoria = ? ORDER BY llego, folio", (convocatoria,)
    ).fetchall()
    for folio, version, cuerpo in filas:
        historia = sqlite_asientos.escritas(conexion, folio)
        if historia and not libro.es_entrada(historia[-1][0]["de"]):
            propios = [asientos.anotado(r, huella) for r, huella in historia]
            propios[-1] = Anotado(folio, version, propios[-1].transicion, libro.huella(cuerpo))
            anotados += propios
    return anotados
