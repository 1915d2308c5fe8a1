"""La tabla de DynamoDB: cómo se le lee una fila, muchas, o las de un índice en su orden."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from heapq import merge
from itertools import islice
from typing import Any

from funciones.adaptadores import dynamodb_filas as filas
from funciones.adaptadores.almacen import AlmacenNoResponde
from funciones.adaptadores.dynamodb_filas import Fila
from funciones.adaptadores.dynamodb_llamada import Llamador
from funciones.adaptadores.llavero import Llavero

# Lo más que DynamoDB entrega en una lectura por lote, y lo más que recibe en una escritura por lote.
_LOTE, _LOTE_ESCRITO = 100, 25
_INTENTOS_LOTE = 8


class TablaDynamodb:
    """Las lecturas y escrituras que se hacen igual para todo lo que hay en la tabla."""

    def __init__(
        self,
        cliente: Any,
        tabla: str,
        llavero: Llavero,
        *,
        sin_confirmar: timedelta = timedelta(hours=48),
        dormir: Callable[[float], None] = time.sleep,
    ) -> None:
        """`sin_confirmar`: después de cuánto DynamoDB borra una postulación que no confirmó su correo."""
        self._tabla, self._llavero, self._sin_confirmar = tabla, llavero, sin_confirmar
        self._llamar = Llamador(cliente, dormir)

    def _leer(self, pk: str, sk: str = filas.POSTULACION) -> Fila | None:
        respuesta = self._llamar("get_item", TableName=self._tabla, Key=filas.llave(pk, sk), ConsistentRead=True)
        return filas.de_atributos(respuesta["Item"]) if "Item" in respuesta else None

    def _parte(
        self, indice: str, atributo: str, prefijo: str, numero: int, limite: int | None = None
    ) -> Iterator[Fila]:
        tope = {} if limite is None else {"Limit": limite}
        return self._consultar(
            IndexName=indice,
            KeyConditionExpression=f"{atributo} = :parte",
            ExpressionAttributeValues=filas.a_atributos({":parte": f"{prefijo}#{numero:02}"}),
            **tope,
        )

    def _consultar(self, **argumentos: Any) -> Iterator[Fila]:
        for pagina in self._paginas(**argumentos):
            yield from (filas.de_atributos(atributos) for atributos in pagina["Items"])

    def _paginas(self, **argumentos: Any) -> Iterator[dict[str, Any]]:
        """Página por página, solo mientras alguien pida más."""
        siguiente: dict[str, Any] = {}
        while True:
            pagina = self._llamar("query", TableName=self._tabla, **argumentos, **siguiente)
            yield pagina
            if "LastEvaluatedKey" not in pagina:
                return
            siguiente = {"ExclusiveStartKey": pagina["LastEvaluatedKey"]}

    def _contar(self, prefijo: str) -> int:
        """Cuántas filas hay en todas las partes de la cola, sin traerlas."""
        paginas = (
            pagina
            for numero in range(filas.PARTES)
            for pagina in self._paginas(
                IndexName=filas.COLA,
                Select="COUNT",
                KeyConditionExpression="BAND = :parte",
                ExpressionAttributeValues=filas.a_atributos({":parte": f"{prefijo}#{numero:02}"}),
            )
        )
        return sum(pagina["Count"] for pagina in paginas)

    def _de_la_cola(self, prefijo: str) -> Iterator[Fila]:
        """Las filas enteras de todas las partes de un índice, en su orden."""
        partes = [self._parte(filas.COLA, "BAND", prefijo, numero) for numero in range(filas.PARTES)]
        ordenadas = merge(*partes, key=lambda fila: fila["ORDEN"])
        while lote := [(fila["PK"], fila["SK"]) for fila in islice(ordenadas, _LOTE)]:
            leidas = self._leer_lote(lote)
            yield from (leidas[llave] for llave in lote if llave in leidas)

    def _leer_lote(self, llaves: list[tuple[str, str]]) -> dict[tuple[str, str], Fila]:
        leidas: dict[tuple[str, str], Fila] = {}
        pedido: dict[str, Any] = {
            self._tabla: {"Keys": [filas.llave(pk, sk) for pk, sk in llaves], "ConsistentRead": True}
        }
        for intento in range(_INTENTOS_LOTE):
            respuesta = self._llamar("batch_get_item", RequestItems=pedido)
            for atributos in respuesta["Responses"].get(self._tabla, []):
                fila = filas.de_atributos(atributos)
                leidas[fila["PK"], fila["SK"]] = fila
            # DynamoDB puede entregar solo una parte cuando el lote pesa mucho o está ocupado.
            pedido = respuesta.get("UnprocessedKeys") or {}
            if not pedido:
                return leidas
            self._llamar.esperar(intento)
        raise AlmacenNoResponde("batch_get_item")

    def _escribir_lotes(self, pedidos: Sequence[dict[str, Any]]) -> None:
        """Pone o borra filas sin condición, de a veinticinco; se puede cortar y repetir."""
        for desde in range(0, len(pedidos), _LOTE_ESCRITO):
            self._escribir_lote({self._tabla: list(pedidos[desde : desde + _LOTE_ESCRITO])})

    def _escribir_lote(self, pedido: dict[str, Any]) -> None:
        for intento in range(_INTENTOS_LOTE):
            pedido = self._llamar("batch_write_item", RequestItems=pedido).get("UnprocessedItems") or {}
            if not pedido:
                return
            self._llamar.esperar(intento)
        raise AlmacenNoResponde("batch_write_item")
