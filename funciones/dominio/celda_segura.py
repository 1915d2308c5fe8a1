"""Neutraliza la celda que una planilla ejecutaría al abrir un CSV, publicado o bajado de la mesa."""

from __future__ import annotations

# Una planilla trata como fórmula lo que empieza así, aunque antes tenga espacios o saltos de línea.
INICIOS_DE_FORMULA = ("=", "+", "-", "@")
CARACTERES_QUE_CORTAN = ("\t", "\r")


def celda_segura(texto: str) -> str:
    """El mismo texto, con un apóstrofo delante si una planilla lo tomaría por una fórmula."""
    peligrosa = texto.startswith(CARACTERES_QUE_CORTAN) or texto.lstrip().startswith(INICIOS_DE_FORMULA)
    return f"'{texto}" if peligrosa else texto
