"""Las suscripciones en DynamoDB.

| fila                          | PK / SK          | índice |
|-------------------------------|------------------|--------|
| suscripción                   | SUSC#id / A      | cola   |
| cuántos correos van en la hora | CUENTA#nombre / A |        |
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from funciones.adaptadores import dynamodb_filas as filas
from funciones.adaptadores.almacen import Conflicto
from funciones.adaptadores.dynamodb_llamada import CondicionFallida
from funciones.adaptadores.dynamodb_tabla import TablaDynamodb
from funciones.adaptadores.suscripciones import SiNoSeLee, a_registro, de_registro, expira, legibles
from funciones.dominio.suscripcion import Suscripcion

_BANDA = "SUSC"


class SuscripcionesDynamodb(TablaDynamodb):
    """Cumple el Protocol Suscripciones."""

    def suscripcion(self, id_suscripcion: str) -> Suscripcion | None:
        fila = self._leer(_pk(id_suscripcion))
        return None if fila is None else de_registro(fila, self._llavero)

    def suscripciones(self, si_no_se_lee: SiNoSeLee | None = None) -> Iterator[Suscripcion]:
        return legibles(self._de_la_cola(_BANDA), self._llavero, si_no_se_lee)

    def guardar_suscripcion(self, nueva: Suscripcion) -> None:
        fila = self._fila(nueva)
        condicion: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(PK)"}
        if nueva.version > 1:
            valores = filas.a_atributos({":antes": nueva.version - 1, ":nacida": nueva.nacida})
            condicion = {
                "ConditionExpression": "version = :antes AND nacida = :nacida",
                "ExpressionAttributeValues": valores,
            }
        try:
            self._llamar(
                "put_item",
                TableName=self._tabla,
                Item=filas.a_atributos(fila),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
                **condicion,
            )
        except CondicionFallida as fallo:
            # Se perdió la respuesta y al repetir estaba la propia: el sello lleva azar y no hay dos iguales.
            if filas.de_atributos(fallo.fila).get("sellado") != fila["sellado"]:
                raise Conflicto(nueva.id) from fallo

    def _fila(self, s: Suscripcion) -> filas.Fila:
        sobra = expira(s)
        return {
            **a_registro(s, self._llavero),
            "PK": _pk(s.id),
            "SK": filas.POSTULACION,
            "BAND": f"{_BANDA}#{filas.parte(s.id)}",
            "ORDEN": s.id,
            "expira": None if sobra is None else filas.segundos(sobra),
        }

    def borrar_suscripcion(self, id_suscripcion: str) -> None:
        self._llamar("delete_item", TableName=self._tabla, Key=filas.llave(_pk(id_suscripcion)))

    def contar_en(self, cuenta: str, tope: int, expira: datetime) -> bool:
        try:
            self._llamar(
                "update_item",
                TableName=self._tabla,
                Key=filas.llave(f"CUENTA#{cuenta}"),
                UpdateExpression="SET #usado = if_not_exists(#usado, :cero) + :uno, #expira = :expira",
                ConditionExpression="attribute_not_exists(#usado) OR #usado < :tope",
                ExpressionAttributeNames={"#usado": "usado", "#expira": "expira"},
                ExpressionAttributeValues=filas.a_atributos(
                    {":cero": 0, ":uno": 1, ":tope": tope, ":expira": filas.segundos(expira)}
                ),
            )
        except CondicionFallida:
            return False
        return True

    def devolver_a(self, cuenta: str) -> None:
        with suppress(CondicionFallida):
            self._llamar(
                "update_item",
                TableName=self._tabla,
                Key=filas.llave(f"CUENTA#{cuenta}"),
                UpdateExpression="SET #usado = #usado - :uno",
                ConditionExpression="#usado > :cero",
                ExpressionAttributeNames={"#usado": "usado"},
                ExpressionAttributeValues=filas.a_atributos({":cero": 0, ":uno": 1}),
            )

    def purgar_suscripciones(self, ahora: datetime) -> int:
        """DynamoDB borra solo lo que pasó su `expira`; lo leído antes de eso se compara con la hora."""
        return 0


def _pk(id_suscripcion: str) -> str:
    return f"SUSC#{id_suscripcion}"
