"""Los registros de Sercotec en SQLite: quién ya participó y quién tiene rendiciones pendientes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from funciones.adaptadores import registro
from funciones.adaptadores.sqlite_archivo import ArchivoSqlite
from funciones.dominio.admisibilidad import ParticipacionAnterior

_RENDICIONES = "rendiciones"


class RegistrosSqlite(ArchivoSqlite):
    """La parte del Protocol Almacen que guarda los registros, siempre bajo la huella del RUT."""

    def anotar_participaciones(self, participaciones: Iterable[tuple[str, ParticipacionAnterior]]) -> None:
        filas = [(huella, p.componente, p.tipo_actividad, p.objetivo, p.anio) for huella, p in participaciones]
        with self._escritura() as conexion:
            conexion.executemany("INSERT OR IGNORE INTO participaciones VALUES (?, ?, ?, ?, ?)", filas)

    def participaciones(self, huella_rut: str) -> tuple[ParticipacionAnterior, ...]:
        with self._lectura() as conexion:
            filas = conexion.execute(
                "SELECT componente, tipo_actividad, objetivo, anio FROM participaciones WHERE huella_rut = ? "
                "ORDER BY anio, componente, tipo_actividad, objetivo",
                (huella_rut,),
            ).fetchall()
        return tuple(ParticipacionAnterior(*fila) for fila in filas)

    def olvidar_participacion(self, huella_rut: str, participacion: ParticipacionAnterior) -> None:
        p = participacion
        with self._escritura() as conexion:
            conexion.execute(
                "DELETE FROM participaciones "
                "WHERE huella_rut = ? AND componente = ? AND tipo_actividad = ? AND objetivo = ? AND anio = ?",
                (huella_rut, p.componente, p.tipo_actividad, p.objetivo, p.anio),
            )

    def cargar_rendiciones(self, huellas: Collection[str], corte: datetime) -> None:
        with self._escritura() as conexion:
            conexion.execute("DELETE FROM rendiciones")
            conexion.executemany("INSERT OR IGNORE INTO rendiciones VALUES (?)", [(huella,) for huella in huellas])
            conexion.execute(
                "INSERT INTO cortes VALUES (?, ?) ON CONFLICT (nomina) DO UPDATE SET corte = excluded.corte",
                (_RENDICIONES, registro.milisegundos(corte)),
            )

    def rendicion_pendiente(self, huella_rut: str) -> bool | None:
        with self._lectura() as conexion:
            fila = conexion.execute(
                "SELECT EXISTS (SELECT 1 FROM rendiciones WHERE huella_rut = ?) AS pendiente "
                "FROM cortes WHERE nomina = ?",
                (huella_rut, _RENDICIONES),
            ).fetchone()
        return None if fila is None else bool(fila["pendiente"])

    def corte_rendiciones(self) -> datetime | None:
        with self._lectura() as conexion:
            fila = conexion.execute("SELECT corte FROM cortes WHERE nomina = ?", (_RENDICIONES,)).fetchone()
        return None if fila is None else registro.instante(fila["corte"])
