"""Los registros de Sercotec en SQLite: quién ya participó y quién tiene rendiciones pendientes."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from datetime import datetime

from funciones.adaptadores import registro
from funciones.adaptadores.sqlite_archivo import ArchivoSqlite
from funciones.dominio.admisibilidad import ParticipacionAnterior

_PARTICIPACIONES, _RENDICIONES = "participaciones", "rendiciones"


class RegistrosSqlite(ArchivoSqlite):
    """La parte del Protocol Almacen que guarda los registros, siempre bajo la huella del RUT."""

    def anotar_participaciones(
        self, participaciones: Iterable[tuple[str, ParticipacionAnterior]], cargadas: datetime | None = None
    ) -> None:
        filas = [_fila(huella, participacion) for huella, participacion in participaciones]
        with self._escritura() as conexion:
            conexion.executemany("INSERT OR IGNORE INTO participaciones VALUES (?, ?, ?, ?, ?, ?)", filas)
            if cargadas is not None:
                _anotar_corte(conexion, _PARTICIPACIONES, cargadas)

    def participaciones(self, huella_rut: str) -> tuple[ParticipacionAnterior, ...]:
        with self._lectura() as conexion:
            filas = conexion.execute(
                "SELECT componente, tipo_actividad, objetivo, anio, referencia FROM participaciones "
                "WHERE huella_rut = ? ORDER BY anio, componente, tipo_actividad, objetivo, referencia",
                (huella_rut,),
            ).fetchall()
        return tuple(ParticipacionAnterior(*fila) for fila in filas)

    def participaciones_al(self) -> datetime | None:
        return self._corte(_PARTICIPACIONES)

    def olvidar_participacion(self, huella_rut: str, participacion: ParticipacionAnterior) -> None:
        with self._escritura() as conexion:
            conexion.execute(
                "DELETE FROM participaciones "
                "WHERE (huella_rut, componente, tipo_actividad, objetivo, anio, referencia) = (?, ?, ?, ?, ?, ?)",
                _fila(huella_rut, participacion),
            )

    def cargar_rendiciones(self, huellas: Collection[str], corte: datetime) -> None:
        with self._escritura() as conexion:
            conexion.execute("DELETE FROM rendiciones")
            conexion.executemany("INSERT OR IGNORE INTO rendiciones VALUES (?)", [(huella,) for huella in huellas])
            _anotar_corte(conexion, _RENDICIONES, corte)

    def rendicion_pendiente(self, huella_rut: str) -> bool | None:
        with self._lectura() as conexion:
            fila = conexion.execute(
                "SELECT EXISTS (SELECT 1 FROM rendiciones WHERE huella_rut = ?) AS pendiente "
                "FROM cortes WHERE nomina = ?",
                (huella_rut, _RENDICIONES),
            ).fetchone()
        return None if fila is None else bool(fila["pendiente"])

    def corte_rendiciones(self) -> datetime | None:
        return self._corte(_RENDICIONES)

    def _corte(self, nomina: str) -> datetime | None:
        with self._lectura() as conexion:
            fila = conexion.execute("SELECT corte FROM cortes WHERE nomina = ?", (nomina,)).fetchone()
        return None if fila is None else registro.instante(fila["corte"])


def _fila(huella: str, p: ParticipacionAnterior) -> tuple[str, int, str, str, int, str]:
    return (huella, p.componente, p.tipo_actividad, p.objetivo, p.anio, p.referencia)


def _anotar_corte(conexion: sqlite3.Connection, nomina: str, corte: datetime) -> None:
    conexion.execute(
        "INSERT INTO cortes VALUES (?, ?) ON CONFLICT (nomina) DO UPDATE SET corte = excluded.corte",
        (nomina, registro.milisegundos(corte)),
    )
