"""Qué se anota en el libro de cada transición, a partir de los registros tal como quedan escritos."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from cryptography.exceptions import InvalidTag

from funciones.adaptadores import registro
from funciones.adaptadores.llavero import Llavero
from funciones.dominio import libro
from funciones.dominio.libro import Anotado, TransicionGuardada
from funciones.dominio.postulacion import VERSION_INICIAL, Estado, Paso

T = TypeVar("T")

# Nacer y confirmar: después de la segunda versión ya todo está anotado.
ULTIMA_VERSION_DE_ENTRADA = VERSION_INICIAL + 1
# Lo que puede pasar al leer algo que alguien cambió a mano.
_ILEGIBLE = (ArithmeticError, AttributeError, InvalidTag, KeyError, TypeError, ValueError)


def es_decision(paso: Paso) -> bool:
    """Si el paso va al libro; la entrada no, para que enviar y confirmar no toquen ninguna fila común."""
    return paso.antes.estado is not Estado.POR_CONFIRMAR


def falta_su_entrada(paso: Paso) -> bool:
    """Si puede ser la primera decisión sobre esa postulación, y entonces anota también cómo entró."""
    return es_decision(paso) and paso.antes.version <= ULTIMA_VERSION_DE_ENTRADA


def entrada(escritas: Sequence[tuple[Mapping[str, Any], str]]) -> tuple[Anotado, ...]:
    """Los registros de una postulación con sus huellas → los que son de la entrada, si aún no hay una decisión."""
    if not escritas or not libro.es_entrada(escritas[-1][0]["de"]):
        return ()
    return tuple(anotado(r, huella) for r, huella in escritas)


def anotado(escrito: Mapping[str, Any], huella: str) -> Anotado:
    """Lo que se anota de un registro ya escrito, sin saber cómo quedó entonces la postulación."""
    return Anotado(escrito["folio"], int(escrito["version"]), huella)


def transicion_guardada(version: int, texto: str, llavero: Llavero) -> TransicionGuardada:
    """Lo que se puede saber de una transición escrita así, esté sana o no."""
    leida = legible(lambda: registro.transicion_de_registro(json.loads(texto), llavero))
    return TransicionGuardada(version, libro.huella(texto), leida)


def legible(leer: Callable[[], T]) -> T | None:
    """Lo leído; None si lo que está escrito no se puede leer."""
    try:
        return leer()
    except _ILEGIBLE:
        return None
