"""Cambia el portal viejo por el nuevo de una vez, para que nadie vea uno a medias."""

import ctypes
import os
import shutil
from pathlib import Path

# renameat2 de Linux: intercambia dos carpetas en un solo paso.
AQUI, INTERCAMBIAR = -100, 2


def reemplazar(nuevo: Path, salida: Path) -> None:
    """Deja `nuevo` en el lugar de `salida` y borra lo que había."""
    if not salida.exists():
        salida.parent.mkdir(parents=True, exist_ok=True)
        nuevo.rename(salida)
        return
    if _intercambiar(nuevo, salida):
        shutil.rmtree(nuevo)
        return
    viejo = nuevo.with_name(f"{nuevo.name}.viejo")
    shutil.rmtree(viejo, ignore_errors=True)
    salida.rename(viejo)
    nuevo.rename(salida)
    shutil.rmtree(viejo)


def _intercambiar(uno: Path, otro: Path) -> bool:
    """Falso donde el sistema no sabe hacerlo: ahí quedan dos pasos, casi seguidos."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    return renameat2(AQUI, os.fsencode(uno.resolve()), AQUI, os.fsencode(otro.resolve()), INTERCAMBIAR) == 0
