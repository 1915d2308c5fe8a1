"""Los campos de un formulario enviado en partes: así manda un lector de correo la baja de un toque (RFC 8058)."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import HTTP
from typing import cast


def es_multiparte(tipo: str) -> bool:
    """Si ese «content-type» es el de un formulario en partes."""
    return tipo.lower().startswith("multipart/form-data")


def pares(texto: str, tipo: str, maximo: int) -> list[tuple[str, str]]:
    """Nombre y valor de cada campo, en su orden. ValueError si no se entiende, trae un archivo o pasan de `maximo`.

    `tipo` es el «content-type» tal como llegó: su frontera distingue mayúsculas.
    """
    if not tipo.isprintable():
        raise ValueError("tipo ilegible")
    leido = cast(EmailMessage, message_from_bytes(f"content-type: {tipo}\r\n\r\n{texto}".encode(), policy=HTTP))
    partes = list(leido.iter_parts()) if leido.is_multipart() else []
    if not partes or leido.defects or len(partes) > maximo:
        raise ValueError("partes que no se entienden")
    return [_par(cast(EmailMessage, parte)) for parte in partes]


def _par(parte: EmailMessage) -> tuple[str, str]:
    nombre = parte.get_param("name", header="content-disposition")
    contenido = parte.get_payload(decode=True)
    if not isinstance(nombre, str) or parte.get_filename() is not None or not isinstance(contenido, bytes):
        raise ValueError("una parte que no es un campo")
    return nombre, contenido.decode()
