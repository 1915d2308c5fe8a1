"""Los enlaces para entrar por internet en DynamoDB: una fila por convocatoria, SALA#id / A, fuera de los índices."""

from __future__ import annotations

from funciones.adaptadores import dynamodb_filas as filas
from funciones.adaptadores.dynamodb_tabla import TablaDynamodb
from funciones.adaptadores.salas import abrir, sellar


class SalasDynamodb(TablaDynamodb):
    """Cumple el Protocol Salas."""

    def sala(self, convocatoria: str) -> str | None:
        fila = self._leer(_pk(convocatoria))
        return None if fila is None else abrir(convocatoria, fila["sellado"], self._llavero)

    def guardar_sala(self, convocatoria: str, enlace: str) -> None:
        if not enlace:
            self._llamar("delete_item", TableName=self._tabla, Key=filas.llave(_pk(convocatoria)))
            return
        sellado = sellar(convocatoria, enlace, self._llavero)
        fila = {"PK": _pk(convocatoria), "SK": filas.POSTULACION, "sellado": sellado}
        self._llamar("put_item", TableName=self._tabla, Item=filas.a_atributos(fila))


def _pk(convocatoria: str) -> str:
    return f"SALA#{convocatoria}"
