"""Los enlaces para entrar por internet en SQLite."""

from __future__ import annotations

from funciones.adaptadores.salas import abrir, sellar
from funciones.adaptadores.sqlite_archivo import ArchivoSqlite


class SalasSqlite(ArchivoSqlite):
    """Cumple el Protocol Salas."""

    def sala(self, convocatoria: str) -> str | None:
        with self._lectura() as conexion:
            fila = conexion.execute("SELECT sellado FROM salas WHERE convocatoria = ?", (convocatoria,)).fetchone()
        return None if fila is None else abrir(convocatoria, fila["sellado"], self._llavero)

    def guardar_sala(self, convocatoria: str, enlace: str) -> None:
        with self._escritura() as conexion:
            conexion.execute("DELETE FROM salas WHERE convocatoria = ?", (convocatoria,))
            if enlace:
                sellado = sellar(convocatoria, enlace, self._llavero)
                conexion.execute("INSERT INTO salas VALUES (?, ?)", (convocatoria, sellado))
