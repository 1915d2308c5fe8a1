"""Escribe archivos que aparecen enteros o no aparecen, en carpetas que solo abre quien corre el programa."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def carpeta_privada(carpeta: Path) -> Path:
    """La carpeta, creada con 0700 si falta, ella y las que la contienen."""
    if not carpeta.is_dir():
        if carpeta.parent != carpeta:
            carpeta_privada(carpeta.parent)
        carpeta.mkdir(mode=0o700, exist_ok=True)
    return carpeta


def escribir_entero(archivo: Path, datos: bytes, modo: int = 0o600) -> None:
    """Reemplaza el archivo de una vez: quien lo lee ve el anterior o el nuevo, también si se corta la luz."""
    carpeta = carpeta_privada(archivo.parent)
    provisorio = carpeta / f".{secrets.token_hex(8)}"
    try:
        _escribir(provisorio, datos, modo)
        os.replace(provisorio, archivo)
    finally:
        provisorio.unlink(missing_ok=True)
    _asentar(carpeta)


def escribir_si_falta(archivo: Path, datos: bytes, modo: int = 0o600) -> bool:
    """Escribe solo si no existe; si dos llegan a la vez queda el primero. Devuelve si fue este."""
    carpeta = carpeta_privada(archivo.parent)
    provisorio = carpeta / f".{secrets.token_hex(8)}"
    try:
        _escribir(provisorio, datos, modo)
        os.link(provisorio, archivo)
    except FileExistsError:
        return False
    finally:
        provisorio.unlink(missing_ok=True)
    _asentar(carpeta)
    return True


def _escribir(archivo: Path, datos: bytes, modo: int) -> None:
    descriptor = os.open(archivo, os.O_WRONLY | os.O_CREAT | os.O_EXCL, modo)
    with os.fdopen(descriptor, "wb") as abierto:
        abierto.write(datos)
        abierto.flush()
        os.fsync(abierto.fileno())


def _asentar(carpeta: Path) -> None:
    # El cambio de nombre vive en la carpeta: sin esto puede perderse aunque el contenido esté a salvo.
    descriptor = os.open(carpeta, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
