"""Un formulario enviado en partes: la baja de un toque (RFC 8058) y el archivo de un avance."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

# El único campo que puede traer un archivo; los documentos van directo al depósito.
DE_ARCHIVO = "archivo"


def es_multiparte(tipo: str) -> bool:
    """Si ese «content-type» es el de un formulario en partes."""
    return tipo.lower().startswith("multipart/form-data")


def partes(crudo: bytes, tipo: str, maximo: int) -> tuple[list[tuple[str, str]], dict[str, bytes]]:
    """Nombre y valor de cada campo, en su orden, y aparte el archivo. ValueError si no se entiende o pasan de `maximo`.

    `tipo` es el «content-type» tal como llegó: su frontera distingue mayúsculas.
    """
    if not tipo.isprintable():
        raise ValueError("tipo ilegible")
    # Con la política antigua de la biblioteca: la nueva se cae con algunas cabeceras mal escritas.
    leido = message_from_bytes(f"content-type: {tipo}\r\n\r\n".encode() + crudo)
    escritas = leido.get_payload()
    if not isinstance(escritas, list) or leido.defects or len(escritas) > maximo:
        raise ValueError("partes que no se entienden")
    pares: list[tuple[str, str]] = []
    archivos: dict[str, bytes] = {}
    for parte in (p for p in escritas if isinstance(p, Message)):
        nombre, contenido, es_archivo = _parte(parte)
        if not es_archivo:
            pares.append((nombre, contenido.decode()))
        elif nombre != DE_ARCHIVO or archivos:
            raise ValueError("un archivo que nadie pidió")
        else:
            archivos[nombre] = contenido
    return pares, archivos


def _parte(parte: Message) -> tuple[str, bytes, bool]:
    """Su nombre, lo que trae y si es un archivo: sin elegir ninguno, el navegador manda uno vacío y sin nombre."""
    nombre = parte.get_param("name", header="content-disposition")
    contenido = parte.get_payload(decode=True)
    es_archivo = parte.get_param("filename", header="content-disposition") is not None
    if not isinstance(nombre, str) or not isinstance(contenido, bytes):
        raise ValueError("una parte que no es un campo")
    return nombre, contenido, es_archivo
