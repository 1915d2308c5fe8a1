"""Las vitrinas en DynamoDB: una fila por postulación, y en la cola por cuándo cambiaron.

| fila    | PK / SK           | índice                          |
|---------|-------------------|---------------------------------|
| vitrina | VITR#folio / A    | cola, bajo VITR, por su cambio  |
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from funciones.adaptadores import dynamodb_filas as filas
from funciones.adaptadores import registro
from funciones.adaptadores.almacen import Conflicto
from funciones.adaptadores.dynamodb_llamada import CondicionFallida
from funciones.adaptadores.dynamodb_tabla import TablaDynamodb
from funciones.adaptadores.llavero import Llavero
from funciones.adaptadores.vitrinas import (
    Ilegible,
    abrir_cada_una,
    es_la_misma,
    vitrina_a_registro,
    vitrina_de_registro,
)
from funciones.dominio.vitrina import Vitrina

_PREFIJO = "VITR"


class VitrinasDynamodb(TablaDynamodb):
    """La parte del Protocol Almacen que guarda las vitrinas."""

    def vitrina(self, folio: str) -> Vitrina | None:
        fila = self._leer(pk_vitrina(folio))
        return None if fila is None else vitrina_de_registro(fila, self._llavero)

    def vitrinas(self, ilegible: Ilegible | None = None) -> Iterator[Vitrina]:
        yield from abrir_cada_una(self._de_la_cola(_PREFIJO), self._llavero, ilegible)

    def guardar_vitrina(self, vitrina: Vitrina) -> None:
        item = filas.a_atributos(_fila(vitrina, self._llavero))
        if vitrina.version == 1:
            condicion: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(PK)"}
        else:
            condicion = {
                "ConditionExpression": "#version = :anterior",
                "ExpressionAttributeNames": {"#version": "version"},
                "ExpressionAttributeValues": filas.a_atributos({":anterior": vitrina.version - 1}),
            }
        try:
            self._llamar(
                "put_item",
                TableName=self._tabla,
                Item=item,
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
                **condicion,
            )
        except CondicionFallida as fallo:
            previa = vitrina_de_registro(filas.de_atributos(fallo.fila), self._llavero) if fallo.fila else None
            if not es_la_misma(previa, vitrina):
                raise Conflicto(vitrina.folio) from fallo

    def tomar_correo_de_vitrina(self, vitrina: Vitrina, ahora: datetime, hasta: datetime) -> bool:
        partes = filas.actualizacion({"arriendo": registro.milisegundos(hasta)})
        partes["ExpressionAttributeNames"]["#por_avisar"] = "por_avisar"
        partes["ExpressionAttributeValues"] |= filas.a_atributos(
            {":cual": vitrina.por_avisar, ":ahora": registro.milisegundos(ahora)}
        )
        try:
            self._llamar(
                "update_item",
                TableName=self._tabla,
                Key=filas.llave(pk_vitrina(vitrina.folio)),
                ConditionExpression="#por_avisar = :cual AND (attribute_not_exists(#arriendo) OR #arriendo <= :ahora)",
                **partes,
            )
        except CondicionFallida:
            return False
        return True

    def correo_de_vitrina_enviado(self, vitrina: Vitrina) -> None:
        try:
            self._llamar(
                "update_item",
                TableName=self._tabla,
                Key=filas.llave(pk_vitrina(vitrina.folio)),
                UpdateExpression="REMOVE #por_avisar, #arriendo",
                ConditionExpression="#por_avisar = :cual",
                ExpressionAttributeNames={"#por_avisar": "por_avisar", "#arriendo": "arriendo"},
                ExpressionAttributeValues=filas.a_atributos({":cual": vitrina.por_avisar}),
            )
        except CondicionFallida:
            # Ya estaba anotado, o hay un cambio más nuevo por avisar.
            return


def pk_vitrina(folio: str) -> str:
    """La vitrina de esa postulación."""
    return f"VITR#{folio}"


def _fila(vitrina: Vitrina, llavero: Llavero) -> filas.Fila:
    cambio = registro.milisegundos(vitrina.cambio)
    return {
        **vitrina_a_registro(vitrina, llavero),
        "PK": pk_vitrina(vitrina.folio),
        "SK": filas.POSTULACION,
        "BAND": f"{_PREFIJO}#{filas.parte(vitrina.folio)}",
        "ORDEN": f"{cambio:015}#{vitrina.folio}",
    }
