"""Una llamada a DynamoDB: qué se reintenta y cuánto se espera, y en qué se convierte cada error."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError, IncompleteReadError

from funciones.adaptadores.almacen import AlmacenNoResponde

INTENTOS = 8
# Cuántas veces se repite lo que quizá ya se guardó: cada una puede gastar entero el tiempo de lectura.
INTENTOS_DUDOSOS = 2
ESPERA_BASE, ESPERA_TOPE = 0.025, 1.0

_TRANSITORIOS = frozenset(
    {
        "InternalServerError",
        "ProvisionedThroughputExceeded",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "ThrottlingError",
        "ThrottlingException",
        "TransactionConflict",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)
_DUDOSOS = frozenset({"InternalServerError", "ServiceUnavailable"})
_CONDICION = "ConditionalCheckFailed"


class CondicionFallida(Exception):
    """La condición no se cumplió; `fila` es lo que había, si se pidió; si no, vacía."""

    def __init__(self, fila: Mapping[str, Any]) -> None:
        super().__init__()
        self.fila = fila


class TransaccionCancelada(Exception):
    """Fallaron las condiciones en las posiciones `fallidas`.

    `dudosa`: antes se perdió una respuesta de la misma transacción, que quizá fue la que se guardó.
    """

    def __init__(self, fallidas: tuple[int, ...], dudosa: bool) -> None:
        super().__init__()
        self.fallidas, self.dudosa = fallidas, dudosa


class Llamador:
    """Llama y reintenta con espera al azar. Botocore nunca reintenta TransactionConflict: lo hacemos aquí."""

    def __init__(self, cliente: Any, dormir: Callable[[float], None]) -> None:
        self._cliente, self._dormir = cliente, dormir

    def __call__(self, operacion: str, **argumentos: Any) -> dict[str, Any]:
        dudas = 0
        for intento in range(INTENTOS):
            if intento:
                self.esperar(intento - 1)
            try:
                respuesta: dict[str, Any] = getattr(self._cliente, operacion)(**argumentos)
                return respuesta
            except ClientError as error:
                dudas += _clasificar(error, dudas) in _DUDOSOS
            except (HTTPClientError, IncompleteReadError):
                # Salió y se perdió la respuesta; una conexión que no se abrió (ConnectionError) no llegó a nadie.
                dudas += 1
            except BotoCoreError as error:
                raise AlmacenNoResponde(type(error).__name__) from error
            if dudas >= INTENTOS_DUDOSOS:
                break
        raise AlmacenNoResponde(operacion)

    def esperar(self, intento: int) -> None:
        """Entre cero y un tope que se duplica con cada intento."""
        self._dormir(random.uniform(0, min(ESPERA_TOPE, ESPERA_BASE * 2**intento)))


def _clasificar(error: ClientError, dudas: int) -> str:
    """El código, si vale la pena reintentar; si no, levanta lo que corresponda."""
    codigo = error.response["Error"]["Code"]
    if codigo == "ConditionalCheckFailedException":
        raise CondicionFallida(error.response.get("Item", {})) from error
    if codigo == "TransactionCanceledException":
        razones = [razon.get("Code", "None") for razon in error.response.get("CancellationReasons", [])]
        fallidas = tuple(n for n, razon in enumerate(razones) if razon == _CONDICION)
        if fallidas:
            raise TransaccionCancelada(fallidas, dudosa=dudas > 0) from error
        codigo = next((razon for razon in razones if razon != "None"), codigo)
    if codigo not in _TRANSITORIOS:
        # Solo el código: el texto del error puede traer lo que se quiso guardar.
        raise AlmacenNoResponde(codigo) from error
    return str(codigo)
