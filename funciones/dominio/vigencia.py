"""Hasta cuándo sirve un certificado que se pide con no más de tantos días de emitido."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class Vigencia(StrEnum):
    """Cómo está un certificado según el día que muestra."""

    SIRVE = "sirve"
    VENCE_ANTES = "vence_antes"
    VENCIDO = "vencido"
    DEL_FUTURO = "del_futuro"


def ultimo_dia(emitido: date, dias: int) -> date:
    """El último día en que todavía no es «mayor a» esos días."""
    return emitido + timedelta(days=dias)


def vigencia(emitido: date, dias: int, hoy: date, cierre: date) -> Vigencia:
    """Si sirve hoy, y si va a seguir sirviendo el día del cierre. Fechas del calendario de Chile."""
    if emitido > hoy:
        return Vigencia.DEL_FUTURO
    ultimo = ultimo_dia(emitido, dias)
    if ultimo < hoy:
        return Vigencia.VENCIDO
    return Vigencia.VENCE_ANTES if ultimo < cierre else Vigencia.SIRVE
