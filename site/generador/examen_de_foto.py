"""Mira si una foto sirve para el catálogo: que sea una foto, entera, de buen tamaño y sin decir dónde se tomó."""

import io
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from generador.fotos import TECHO_PIXELES

TECHO_BYTES = 7 * 1024 * 1024
ANCHO_MINIMO = 320
UBICACION = 0x8825
# Se valida cada vez que alguien guarda: una foto que no cambió no se vuelve a abrir.
_YA_VISTAS: dict[str, tuple[tuple[str, str], ...]] = {}


def examinar(ruta: Path) -> Iterator[tuple[str, str]]:
    """Qué está mal y cómo se arregla; nada si la foto sirve."""
    tamano = ruta.stat().st_size
    if tamano > TECHO_BYTES:
        megas = f"{tamano / 1024 / 1024:.1f}".replace(".", ",")
        yield f"la foto pesa {megas} MB y el tope es 7", "guárdala más chica, por ejemplo de 1.600 píxeles de ancho"
        return
    contenido = ruta.read_bytes()
    huella = sha256(contenido).hexdigest()
    if huella not in _YA_VISTAS:
        _YA_VISTAS[huella] = _examinar(contenido)
    yield from _YA_VISTAS[huella]


def _examinar(contenido: bytes) -> tuple[tuple[str, str], ...]:
    try:
        with Image.open(io.BytesIO(contenido), formats=("JPEG", "PNG")) as imagen:
            return tuple(_de_la_imagen(imagen))
    except UnidentifiedImageError:
        return (("el archivo no es una foto JPG ni PNG", "guárdala como JPG y súbela de nuevo"),)
    except Image.DecompressionBombError:
        return ((_muchos_pixeles(), "guárdala más chica, por ejemplo de 1.600 píxeles de ancho"),)
    except (OSError, SyntaxError, ValueError):
        return (("la foto está dañada o llegó a medias", "ábrela, vuelve a guardarla y súbela de nuevo"),)


def _de_la_imagen(imagen: Image.Image) -> Iterator[tuple[str, str]]:
    ancho, alto = imagen.size
    if ancho * alto > TECHO_PIXELES:
        yield _muchos_pixeles(), "guárdala más chica, por ejemplo de 1.600 píxeles de ancho"
        return
    if min(ancho, alto) < ANCHO_MINIMO:
        yield f"la foto mide {ancho} × {alto} píxeles", f"sube una de {ANCHO_MINIMO} píxeles o más por lado"
    if imagen.getexif().get_ifd(UBICACION):
        yield "la foto guarda la ubicación donde se tomó", "guárdala de nuevo sin la ubicación antes de subirla"
    # Leerla a un octavo la recorre entera, y así se nota si está cortada, sin ocupar su tamaño en memoria.
    imagen.draft("RGB", (ancho // 8, alto // 8))
    imagen.load()


def _muchos_pixeles() -> str:
    return f"la foto tiene más de {TECHO_PIXELES // 1_000_000} millones de píxeles"
