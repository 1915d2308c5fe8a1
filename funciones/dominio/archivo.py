"""Qué archivos se aceptan, mirando su tamaño y sus primeros bytes: el nombre y la extensión no prueban nada."""

from __future__ import annotations

from enum import StrEnum

_FIRMAS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
# Lo que de verdad llega disfrazado de documento: programas de Windows y Linux, y archivos comprimidos.
_DISFRACES = (b"MZ", b"\x7fELF", b"#!", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf")
EXTENSIONES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


class ProblemaDeArchivo(StrEnum):
    """Por qué un archivo no sirve; cada uno tiene sus propias palabras."""

    FALTA = "falta"
    VACIO = "vacio"
    MUY_GRANDE = "muy_grande"
    OTRO_TIPO = "otro_tipo"
    DISFRAZADO = "disfrazado"
    DANADO = "danado"
    CON_CONTRASENA = "con_contrasena"
    INFECTADO = "infectado"


def tipo_real(inicio: bytes) -> str | None:
    """El tipo según los primeros bytes; None si no es PDF, JPG ni PNG."""
    return next((tipo for firma, tipo in _FIRMAS if inicio.startswith(firma)), None)


def problema(tamano: int, inicio: bytes, tope: int) -> ProblemaDeArchivo | None:
    """Lo que impide aceptarlo sin abrirlo, o None. `tamano` y `tope` en bytes; `inicio`, al menos los 8 primeros."""
    if tamano == 0:
        return ProblemaDeArchivo.VACIO
    if tamano > tope:
        return ProblemaDeArchivo.MUY_GRANDE
    if tipo_real(inicio) is None:
        disfrazado = inicio.startswith(_DISFRACES)
        return ProblemaDeArchivo.DISFRAZADO if disfrazado else ProblemaDeArchivo.OTRO_TIPO
    return None
