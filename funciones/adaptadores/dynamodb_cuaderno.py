"""El cuaderno en DynamoDB: HOJA#clase#grupo / llave, fuera de los índices."""

from __future__ import annotations

from typing import Any

from funciones.adaptadores import cuaderno, registro
from funciones.adaptadores import dynamodb_filas as filas
from funciones.adaptadores.almacen import Conflicto
from funciones.adaptadores.cuaderno import Hoja
from funciones.adaptadores.dynamodb_llamada import CondicionFallida
from funciones.adaptadores.dynamodb_tabla import TablaDynamodb


class CuadernoDynamodb(TablaDynamodb):
    """Cumple el Protocol Cuaderno."""

    def hoja(self, clase: str, grupo: str, llave: str) -> Hoja | None:
        fila = self._leer(_pk(clase, grupo), llave)
        return None if fila is None else self._hoja_de_fila(fila)

    def hojas(self, clase: str, grupo: str) -> tuple[Hoja, ...]:
        leidas = self._consultar(
            KeyConditionExpression="PK = :pk",
            ExpressionAttributeValues=filas.a_atributos({":pk": _pk(clase, grupo)}),
            ConsistentRead=True,
        )
        return tuple(self._hoja_de_fila(fila) for fila in leidas)

    def _hoja_de_fila(self, fila: filas.Fila) -> Hoja:
        vence = fila.get("vence")
        expira = None if vence is None else registro.instante(int(vence))
        lugar = (fila["clase"], fila["grupo"], fila["SK"])
        return cuaderno.abrir(*lugar, int(fila["version"]), expira, fila["sellado"], self._llavero)

    def guardar_hoja(self, hoja: Hoja) -> None:
        condicion: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(PK)"}
        if hoja.version > 1:
            condicion = {
                "ConditionExpression": "#version = :antes",
                "ExpressionAttributeNames": {"#version": "version"},
                "ExpressionAttributeValues": filas.a_atributos({":antes": hoja.version - 1}),
            }
        try:
            self._llamar(
                "put_item",
                TableName=self._tabla,
                Item=filas.a_atributos(self._hoja_a_fila(hoja)),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
                **condicion,
            )
        except CondicionFallida as fallo:
            # Se perdió la respuesta y al repetir estaba la propia.
            if not fallo.fila or self._hoja_de_fila(filas.de_atributos(fallo.fila)) != hoja:
                raise Conflicto(hoja.llave) from fallo

    def _hoja_a_fila(self, hoja: Hoja) -> filas.Fila:
        return {
            "PK": _pk(hoja.clase, hoja.grupo),
            "SK": hoja.llave,
            "clase": hoja.clase,
            "grupo": hoja.grupo,
            "version": hoja.version,
            "vence": None if hoja.expira is None else registro.milisegundos(hoja.expira),
            "expira": None if hoja.expira is None else filas.segundos(hoja.expira),
            "sellado": cuaderno.sellar(hoja, self._llavero),
        }

    def borrar_hoja(self, clase: str, grupo: str, llave: str) -> None:
        self._llamar("delete_item", TableName=self._tabla, Key=filas.llave(_pk(clase, grupo), llave))


def _pk(clase: str, grupo: str) -> str:
    return f"HOJA#{clase}#{grupo}"
