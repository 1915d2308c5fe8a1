"""El cuaderno en SQLite."""

from __future__ import annotations

import sqlite3

from funciones.adaptadores import cuaderno, registro
from funciones.adaptadores.almacen import Conflicto
from funciones.adaptadores.cuaderno import Hoja
from funciones.adaptadores.sqlite_archivo import ArchivoSqlite


class CuadernoSqlite(ArchivoSqlite):
    """Cumple el Protocol Cuaderno."""

    def hoja(self, clase: str, grupo: str, llave: str) -> Hoja | None:
        with self._lectura() as conexion:
            fila = conexion.execute(
                "SELECT * FROM hojas WHERE clase = ? AND grupo = ? AND llave = ?", (clase, grupo, llave)
            ).fetchone()
        return None if fila is None else self._hoja_de_fila(fila)

    def hojas(self, clase: str, grupo: str) -> tuple[Hoja, ...]:
        with self._lectura() as conexion:
            filas = conexion.execute(
                "SELECT * FROM hojas WHERE clase = ? AND grupo = ? ORDER BY llave", (clase, grupo)
            ).fetchall()
        return tuple(self._hoja_de_fila(fila) for fila in filas)

    def _hoja_de_fila(self, fila: sqlite3.Row) -> Hoja:
        expira = None if fila["expira"] is None else registro.instante(fila["expira"])
        lugar = (fila["clase"], fila["grupo"], fila["llave"])
        return cuaderno.abrir(*lugar, fila["version"], expira, fila["sellado"], self._llavero)

    def guardar_hoja(self, hoja: Hoja) -> None:
        expira = None if hoja.expira is None else registro.milisegundos(hoja.expira)
        valores = (hoja.version, expira, cuaderno.sellar(hoja, self._llavero), hoja.clase, hoja.grupo, hoja.llave)
        with self._escritura() as conexion:
            if hoja.version == 1:
                guardada = conexion.execute(
                    "INSERT OR IGNORE INTO hojas (version, expira, sellado, clase, grupo, llave) "
                    "VALUES (?, ?, ?, ?, ?, ?)",
                    valores,
                )
            else:
                guardada = conexion.execute(
                    "UPDATE hojas SET version = ?, expira = ?, sellado = ? "
                    "WHERE clase = ? AND grupo = ? AND llave = ? AND version = ?",
                    (*valores, hoja.version - 1),
                )
        if guardada.rowcount != 1 and self.hoja(hoja.clase, hoja.grupo, hoja.llave) != hoja:
            raise Conflicto(hoja.llave)

    def borrar_hoja(self, clase: str, grupo: str, llave: str) -> None:
        with self._escritura() as conexion:
            conexion.execute("DELETE FROM hojas WHERE clase = ? AND grupo = ? AND llave = ?", (clase, grupo, llave))
