"""La foto sin lo que el teléfono anota en ella: dónde y cuándo se tomó, con qué, y el video que a veces lleva pegado.

De lo anotado queda solo cómo se gira. La imagen no se vuelve a comprimir: sus bytes son los mismos.
"""

from __future__ import annotations

from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
# Lo que un PNG dice además de la imagen: textos, fechas y lo que anota una cámara.
_SOBRAN_EN_PNG = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
# De las extensiones de JPEG quedan la básica, el perfil de color y la de Adobe, que dice cómo leer los colores.
_QUEDAN_EN_JPEG = frozenset({0xE0, 0xE2, 0xEE})
_COMENTARIO, _IMAGEN, _FIN = 0xFE, 0xDA, 0xD9
_GIRO, _GIRO_NORMAL = 0x0112, 1


def limpiar(datos: bytes) -> bytes | None:
    """La misma imagen sin lo anotado; None si está cortada o no es JPG ni PNG."""
    try:
        if datos.startswith(_PNG):
            return _PNG + b"".join(_trozos_de_png(datos))
        return b"".join([_JPEG, _exif(_giro(datos)), *_tramos_de_jpeg(datos)]) if datos.startswith(_JPEG) else None
    except (IndexError, EOFError):
        return None


def _trozos_de_png(datos: bytes) -> Iterator[bytes]:
    lugar, tipo = len(_PNG), b""
    while tipo != b"IEND":
        termina = lugar + 12 + int.from_bytes(_entero(datos, lugar, 4))
        tipo = _entero(datos, lugar + 4, 4)
        if tipo not in _SOBRAN_EN_PNG:
            yield _entero(datos, lugar, termina - lugar)
        lugar = termina


def _tramos_de_jpeg(datos: bytes) -> Iterator[bytes]:
    """Los tramos que quedan, hasta el fin de la imagen: lo que venga después no es de ella."""
    lugar = len(_JPEG)
    while (marcador := _marcador(datos, lugar)) != _FIN:
        termina = lugar + 2 + int.from_bytes(_entero(datos, lugar + 2, 2))
        if marcador == _IMAGEN:
            termina = _siguiente_marcador(datos, termina)
        es_extension = 0xE0 <= marcador <= 0xEF
        if marcador != _COMENTARIO and (not es_extension or marcador in _QUEDAN_EN_JPEG):
            yield _entero(datos, lugar, termina - lugar)
        lugar = termina
    yield bytes((0xFF, _FIN))


def _marcador(datos: bytes, lugar: int) -> int:
    if datos[lugar] != 0xFF:
        raise EOFError
    return datos[lugar + 1]


def _siguiente_marcador(datos: bytes, desde: int) -> int:
    """Dónde termina lo comprimido: un FF seguido de algo que no sea relleno ni reinicio."""
    lugar = datos.find(b"\xff", desde)
    while lugar >= 0 and (datos[lugar + 1] == 0x00 or 0xD0 <= datos[lugar + 1] <= 0xD7 or datos[lugar + 1] == 0xFF):
        lugar = datos.find(b"\xff", lugar + (1 if datos[lugar + 1] == 0xFF else 2))
    if lugar < 0:
        raise EOFError
    return lugar


def _entero(datos: bytes, desde: int, largo: int) -> bytes:
    """Esos bytes, todos. Error: EOFError si no están."""
    if largo < 0 or desde + largo > len(datos):
        raise EOFError
    return datos[desde : desde + largo]


def _giro(datos: bytes) -> int:
    """Cómo se gira al mostrarla (1 a 8), según lo anotado; 1 si no se entiende."""
    desde = datos.find(b"Exif\x00\x00", 0, 65_536)
    if desde < 0:
        return _GIRO_NORMAL
    tiff = datos[desde + 6 : desde + 65_536]
    orden = {b"II": "little", b"MM": "big"}.get(tiff[:2])
    if orden is None:
        return _GIRO_NORMAL

    def numero(lugar: int, largo: int) -> int:
        return int.from_bytes(tiff[lugar : lugar + largo], orden)  # type: ignore[arg-type]

    tabla = numero(4, 4)
    for entrada in range(tabla + 2, tabla + 2 + 12 * numero(tabla, 2), 12):
        if numero(entrada, 2) == _GIRO:
            return giro if 1 <= (giro := numero(entrada + 8, 2)) <= 8 else _GIRO_NORMAL
    return _GIRO_NORMAL


def _exif(giro: int) -> bytes:
    """El tramo mínimo que dice solo el giro; vacío si es el normal."""
    if giro == _GIRO_NORMAL:
        return b""
    entrada = _GIRO.to_bytes(2) + (3).to_bytes(2) + (1).to_bytes(4) + giro.to_bytes(2) + b"\x00\x00"
    tiff = b"MM\x00\x2a" + (8).to_bytes(4) + (1).to_bytes(2) + entrada + (0).to_bytes(4)
    cuerpo = b"Exif\x00\x00" + tiff
    return b"\xff\xe1" + (len(cuerpo) + 2).to_bytes(2) + cuerpo
