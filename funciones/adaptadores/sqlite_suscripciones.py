"""Las suscripciones en SQLite."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from funciones.adaptadores import registro
from funciones.adaptadores.almacen import Conflicto
from funciones.adaptadores.sqlite_archivo import ArchivoSqlite
from funciones.adaptadores.suscripciones import SiNoSeLee, a_registro, de_registro, expira, legibles
from funciones.dominio.suscripcion import Suscripcion


class SuscripcionesSqlite(ArchivoSqlite):
    """Cumple el Protocol Suscripciones."""

    def suscripcion(self, id_suscripcion: str) -> Suscripcion | None:
        with self._lectura() as conexion:
            fila = conexion.execute("SELECT cuerpo FROM suscripciones WHERE id = ?", (id_suscripcion,)).fetchone()
        return None if fila is None else de_registro(json.loads(fila["cuerpo"]), self._llavero)

    def suscripciones(self, si_no_se_lee: SiNoSeLee | None = None) -> Iterator[Suscripcion]:
        with self._lectura() as conexion:
            filas = conexion.execute("SELECT cuerpo FROM suscripciones ORDER BY id").fetchall()
        return legibles((json.loads(fila["cuerpo"]) for fila in filas), self._llavero, si_no_se_lee)

    def guardar_suscripcion(self, nueva: Suscripcion) -> None:
        sobra = expira(nueva)
        vence = None if sobra is None else registro.milisegundos(sobra)
        cuerpo = json.dumps(a_registro(nueva, self._llavero))
        with self._escritura() as conexion:
            if nueva.version == 1:
                orden, valores = (
                    "INSERT OR IGNORE INTO suscripciones (version, expira, cuerpo, id) VALUES (?, ?, ?, ?)",
                    (),
                )
            else:
                orden, valores = (
                    "UPDATE suscripciones SET version = ?, expira = ?, cuerpo = ? "
                    "WHERE id = ? AND version = ? AND json_extract(cuerpo, '$.nacida') = ?",
                    (nueva.version - 1, nueva.nacida),
                )
            guardada = conexion.execute(orden, (nueva.version, vence, cuerpo, nueva.id, *valores))
            if guardada.rowcount != 1:
                raise Conflicto(nueva.id)

    def borrar_suscripcion(self, id_suscripcion: str) -> None:
        with self._escritura() as conexion:
            conexion.execute("DELETE FROM suscripciones WHERE id = ?", (id_suscripcion,))

    def contar_en(self, cuenta: str, tope: int, expira: datetime) -> bool:
        with self._escritura() as conexion:
            sumada = conexion.execute(
                "INSERT INTO presupuestos VALUES (?1, 1, ?2) "
                "ON CONFLICT (cuenta) DO UPDATE SET usado = usado + 1 WHERE usado < ?3",
                (cuenta, registro.milisegundos(expira), tope),
            )
        return sumada.rowcount == 1

    def devolver_a(self, cuenta: str) -> None:
        with self._escritura() as conexion:
            conexion.execute("UPDATE presupuestos SET usado = usado - 1 WHERE cuenta = ? AND usado > 0", (cuenta,))

    def purgar_suscripciones(self, ahora: datetime) -> int:
        limite = (registro.milisegundos(ahora),)
        with self._escritura() as conexion:
            borradas = conexion.execute("DELETE FROM suscripciones WHERE expira <= ?", limite).rowcount
            borradas += conexion.execute("DELETE FROM presupuestos WHERE expira <= ?", limite).rowcount
        return borradas
