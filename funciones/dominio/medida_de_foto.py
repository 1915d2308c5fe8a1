"""Cuánto mide una foto JPG o PNG, leído de su cabecera: sin abrirla y sin bibliotecas de imágenes."""

from __future__ import annotations

from enum import StrEnum

# Lo que pide quien arma las páginas: nítida en un teléfono, y que se pueda abrir sin llenar la memoria.
LADO_MINIMO, PIXELES_MAXIMOS = 320, 50_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
# Los marcadores de JPEG que dicen el tamaño: todos los SOF, que no son tablas ni extensiones.
_TAMANO = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SIN_LARGO = frozenset({0x01, *range(0xD0, 0xD9)})


class ProblemaDeFoto(StrEnum):
    """Por qué una imagen, siendo JPG o PNG, no sirve."""

    DANADA = "danada"
    MUY_CHICA = "muy_chica"
    MUCHOS_PIXELES = "muchos_pixeles"


def defecto(datos: bytes) -> ProblemaDeFoto | None:
    """Lo que impide publicarla por su medida, o None."""
    lados = medida(datos)
    if lados is None:
        return ProblemaDeFoto.DANADA
    if min(lados) < LADO_MINIMO:
        return ProblemaDeFoto.MUY_CHICA
    return ProblemaDeFoto.MUCHOS_PIXELES if lados[0] * lados[1] > PIXELES_MAXIMOS else None


def medida(datos: bytes) -> tuple[int, int] | None:
    """Ancho y alto en píxeles; None si la cabecera está cortada o no es de JPG ni PNG."""
    if datos.startswith(_PNG):
        return _de_png(datos)
    return _de_jpeg(datos) if datos.startswith(b"\xff\xd8\xff") else None


def _de_png(datos: bytes) -> tuple[int, int] | None:
    if len(datos) < 24 or datos[12:16] != b"IHDR":
        return None
    return _positivos(int.from_bytes(datos[16:20]), int.from_bytes(datos[20:24]))


def _de_jpeg(datos: bytes) -> tuple[int, int] | None:
    lugar = 2
    while lugar + 4 <= len(datos) and datos[lugar] == 0xFF:
        marcador = datos[lugar + 1]
        if marcador == 0xFF or marcador in _SIN_LARGO:
            lugar += 1 if marcador == 0xFF else 2
            continue
        if marcador in _TAMANO:
            alto, ancho = datos[lugar + 5 : lugar + 7], datos[lugar + 7 : lugar + 9]
            return _positivos(int.from_bytes(ancho), int.from_bytes(alto)) if len(ancho) == 2 else None
        lugar += 2 + int.from_bytes(datos[lugar + 2 : lugar + 4])
    return None


def _positivos(ancho: int, alto: int) -> tuple[int, int] | None:
    return (ancho, alto) if ancho > 0 and alto > 0 else None
