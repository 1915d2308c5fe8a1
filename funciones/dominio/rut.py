"""El RUT ya verificado: forma canónica, forma que se muestra y rangos posibles."""

from __future__ import annotations

MINIMO = 1_000_000
MAXIMO = 99_999_999


def numero(canonico: str) -> int:
    """`76086428-5` → 76086428."""
    return int(canonico.split("-")[0])


def posible(canonico: str) -> bool:
    """Si el número puede estar asignado: ni bajo un millón ni de una sola cifra repetida (11.111.111-1)."""
    valor = numero(canonico)
    return MINIMO <= valor <= MAXIMO and len(set(str(valor))) > 1


def mostrar(canonico: str) -> str:
    """`76086428-5` → `76.086.428-5`."""
    cuerpo, digito = canonico.split("-")
    return f"{int(cuerpo):,}".replace(",", ".") + f"-{digito}"


def digito(cuerpo: int) -> str:
    """El dígito verificador de ese número, por módulo 11: 76086428 → `5`."""
    suma = sum(int(cifra) * (2 + lugar % 6) for lugar, cifra in enumerate(reversed(str(cuerpo))))
    return "0123456789K"[-suma % 11]
