"""Qué dice el antivirus de un archivo: de sus cinco resultados, uno solo deja abrirlo."""

from __future__ import annotations

from enum import StrEnum

SIN_AMENAZAS, CON_AMENAZAS = "NO_THREATS_FOUND", "THREATS_FOUND"


class Antivirus(StrEnum):
    """En qué va la revisión de un archivo. Solo el limpio se abre."""

    LIMPIO = "limpio"
    REVISANDO = "revisando"
    INFECTADO = "infectado"
    NO_REVISADO = "no_revisado"


def segun(resultado: str | None) -> Antivirus:
    """Lo que significa el resultado que dejó el antivirus; None es que todavía no lo mira.

    Lo que no conocemos cuenta como no revisado: un resultado nuevo nunca abre un archivo por su cuenta.
    """
    if resultado is None:
        return Antivirus.REVISANDO
    return {SIN_AMENAZAS: Antivirus.LIMPIO, CON_AMENAZAS: Antivirus.INFECTADO}.get(resultado, Antivirus.NO_REVISADO)
