"""Toca el disco con cuidado: carpetas privadas, archivos que aparecen enteros y rutas que no se escapan."""

import os
import secrets
from pathlib import Path


def carpeta_privada(carpeta: Path) -> Path:
    """La carpeta, creada si falta, que solo puede abrir quien enciende el servidor."""
    carpeta.mkdir(parents=True, exist_ok=True, mode=0o700)
    carpeta.chmod(0o700)
    return carpeta


def escribir_privado(archivo: Path, contenido: bytes) -> None:
    """Escribe un secreto de una vez: nadie lo ve a medias ni con permisos abiertos."""
    provisorio = archivo.with_name(f".{archivo.name}.{secrets.token_hex(4)}")
    descriptor = os.open(provisorio, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as destino:
        destino.write(contenido)
        destino.flush()
        os.fsync(destino.fileno())
    os.replace(provisorio, archivo)


def dentro(base: Path, camino: str) -> Path | None:
    """El archivo de ese camino relativo, o nada si el camino intenta salir de la base."""
    partes = [parte for parte in camino.split("/") if parte]
    if any(p.startswith(".") or "\\" in p or "\0" in p or len(p.encode()) > 255 for p in partes):
        return None
    raiz = base.resolve()
    archivo = raiz.joinpath(*partes).resolve()
    return archivo if archivo == raiz or raiz in archivo.parents else None
