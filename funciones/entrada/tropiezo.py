"""Qué se anota de un error inesperado: de qué tipo fue y dónde pasó, nunca su texto, que puede llevar datos."""

from pathlib import Path
from traceback import extract_tb


def tropiezo(error: Exception) -> dict[str, str]:
    """`tipo` del error y `lugar`, como «archivo.py:12»; el lugar va vacío si el error nunca se levantó."""
    pasos = extract_tb(error.__traceback__)
    lugar = f"{Path(pasos[-1].filename).name}:{pasos[-1].lineno}" if pasos else ""
    return {"tipo": type(error).__name__, "lugar": lugar}
