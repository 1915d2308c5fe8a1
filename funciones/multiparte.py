"""Los campos de un formulario enviado en partes: así manda un lector de correo la baja de un toque (RFC 8058)."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message


def es_multiparte(tipo: str) -> bool:
    """Si ese «content-type» es el de un formulario en partes."""
    return tipo.lower().startswith("multipart/form-data")


def pares(texto: str, tipo: str, maximo: int) -> list[tuple[str, str]]:
    """Nombre y valor de cada campo, en su orden. ValueError si no se entiende, trae un archivo o pasan de `maximo`.

    `tipo` es el «content-type» tal como llegó: su frontera distingue mayúsculas.
    """
    if not tipo.isprintable():
        raise ValueError("tipo ilegible")
    # Con la política antigua de la biblioteca: la nueva se cae con algunas cabeceras mal escritas.
    leido = message_from_bytes(f"content-type: {tipo}\r\n\r\n{texto}".encode())
    partes = leido.get_payload()
    if not isinstance(partes, list) or leido.defects or len(partes) > maximo:
        raise ValueError("partes que no se entienden")
    return [_par(parte) for parte in partes if isinstance(parte, Message)]


def _par(parte: Message) -> tuple[str, str]:
    nombre = parte.get_param("name", header="content-disposition")
    contenido = parte.get_payload(decode=True)
    archivo = parte.get_param("filename", header="content-disposition")
    if not isinstance(nombre, str) or archivo is not None or not isinstance(contenido, bytes):
        raise ValueError("una parte que no es un campo")
    return nombre, contenido.decode()
