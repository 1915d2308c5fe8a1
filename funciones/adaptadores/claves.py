"""La clave maestra: un archivo de la máquina, o un secreto de la nube."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from funciones.adaptadores.llavero import LARGO_MAESTRA, Llavero


def llavero_de_archivo(estado: Path) -> Llavero:
    """Lee `claves/maestra` de la carpeta de estado; la primera vez la crea, legible solo por su dueño."""
    ruta = estado / "claves" / "maestra"
    ruta.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not ruta.exists():
        _crear(ruta, secrets.token_bytes(LARGO_MAESTRA).hex())
    return Llavero(bytes.fromhex(ruta.read_text(encoding="ascii")))


def _crear(ruta: Path, contenido: str) -> None:
    """Aparece entera o no aparece; si dos procesos la crean a la vez, queda la del primero."""
    descriptor, provisional = tempfile.mkstemp(dir=ruta.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as archivo:
            archivo.write(contenido)
            archivo.flush()
            os.fsync(archivo.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(provisional, ruta)
    finally:
        os.unlink(provisional)


def llavero_de_secreto(arn: str) -> Llavero:
    """Lee el secreto (32 bytes en hexadecimal) que la plantilla creó para el entorno."""
    import boto3

    secreto = boto3.client("secretsmanager").get_secret_value(SecretId=arn)["SecretString"]
    return Llavero(bytes.fromhex(secreto))
