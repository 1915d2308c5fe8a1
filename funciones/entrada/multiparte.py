"""Un formulario enviado en partes: la baja de un toque (RFC 8058) y el archivo de un avance.

Se corta aquí y no con la biblioteca de correo: con cabeceras hechas a mano para dañar, ella tarda minutos. De la
biblioteca se usa solo lo que lee las cabeceras de una parte, ya cortas.
"""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

# El único campo que puede traer un archivo; los documentos van directo al depósito.
DE_ARCHIVO = "archivo"
# Las cabeceras de una parte llevan dos o tres renglones; la frontera, lo que dice el estándar (RFC 2046).
LARGO_DE_CABECERAS = 1000
LARGO_DE_FRONTERA = 70
# Un navegador manda los bytes tal cual (RFC 7578, 4.7).
SIN_CODIFICAR = frozenset({"binary", "8bit", "7bit"})


def es_multiparte(tipo: str) -> bool:
    """Si ese «content-type» es el de un formulario en partes."""
    return tipo.lower().startswith("multipart/form-data")


def partes(crudo: bytes, tipo: str, maximo: int) -> tuple[list[tuple[str, str]], dict[str, bytes]]:
    """Nombre y valor de cada campo, en su orden, y aparte el archivo. ValueError si no se entiende o pasan de `maximo`.

    `tipo` es el «content-type» tal como llegó: su frontera distingue mayúsculas.
    """
    pares: list[tuple[str, str]] = []
    archivos: dict[str, bytes] = {}
    for cruda in _cortar(crudo, _frontera(tipo), maximo):
        nombre, contenido, es_archivo = _parte(cruda)
        if not es_archivo:
            pares.append((nombre, contenido.decode()))
        elif nombre != DE_ARCHIVO or archivos:
            raise ValueError("un archivo que nadie pidió")
        else:
            archivos[nombre] = contenido
    return pares, archivos


def _frontera(tipo: str) -> bytes:
    if not tipo.isprintable() or len(tipo) > LARGO_DE_CABECERAS:
        raise ValueError("tipo ilegible")
    frontera = message_from_bytes(f"content-type: {tipo}\r\n\r\n".encode()).get_boundary() or ""
    if not 0 < len(frontera) <= LARGO_DE_FRONTERA:
        raise ValueError("sin frontera")
    return b"\r\n--" + frontera.encode()


def _cortar(crudo: bytes, frontera: bytes, maximo: int) -> list[bytes]:
    """Cada parte con sus cabeceras. Si pasan de `maximo`, la frontera que sobra queda en el final y se nota."""
    antes, *medio, final = (b"\r\n" + crudo).split(frontera, maximo + 1)
    enteras = all(parte.startswith(b"\r\n") for parte in medio)
    if antes.strip() or not medio or not enteras or not final.startswith(b"--") or frontera in final:
        raise ValueError("partes que no se entienden")
    return [parte.removeprefix(b"\r\n") for parte in medio]


def _parte(cruda: bytes) -> tuple[str, bytes, bool]:
    """Su nombre, lo que trae y si es un archivo: sin elegir ninguno, el navegador manda uno vacío y sin nombre."""
    cabeceras, separador, contenido = cruda.partition(b"\r\n\r\n")
    if not separador or len(cabeceras) > LARGO_DE_CABECERAS:
        raise ValueError("una parte sin cabeceras, o con demasiadas")
    # Con la política antigua de la biblioteca: la nueva se cae con algunas cabeceras mal escritas.
    leida: Message = message_from_bytes(cabeceras + separador)
    nombre = leida.get_param("name", header="content-disposition")
    es_archivo = leida.get_param("filename", header="content-disposition") is not None
    if not isinstance(nombre, str) or leida.get("content-transfer-encoding", "binary").lower() not in SIN_CODIFICAR:
        raise ValueError("una parte que no es un campo")
    return nombre, contenido, es_archivo
