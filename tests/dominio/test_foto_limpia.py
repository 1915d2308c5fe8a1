"""Una foto limpia es la misma imagen sin dónde se tomó, sin comentarios y sin lo que viene pegado detrás."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps, PngImagePlugin

from funciones.dominio.foto_limpia import limpiar

CANARIO = b"canario-de-talca"
GPS, GIRO, DESCRIPCION = 0x8825, 0x0112, 0x010E


def _dibujo() -> Image.Image:
    imagen = Image.radial_gradient("L").resize((64, 48)).convert("RGB")
    imagen.paste((200, 0, 0), (0, 0, 20, 10))
    return imagen


def _de_telefono(giro: int = 1, **como: object) -> bytes:
    exif = Image.Exif()
    exif[DESCRIPCION] = CANARIO.decode()
    exif[GIRO] = giro
    exif.get_ifd(GPS)[1] = "S"
    exif.get_ifd(GPS)[2] = (35.0, 25.0, 36.0)
    salida = BytesIO()
    _dibujo().save(salida, "JPEG", exif=exif, comment=CANARIO, **como)
    return salida.getvalue()


def _pixeles(datos: bytes) -> bytes:
    return ImageOps.exif_transpose(Image.open(BytesIO(datos))).convert("RGB").tobytes()


@pytest.mark.parametrize("giro", range(1, 9))
@pytest.mark.parametrize("progresiva", [False, True])
def test_una_foto_de_telefono_queda_igual_y_sin_su_ubicacion(giro: int, progresiva: bool) -> None:
    datos = _de_telefono(giro, progressive=progresiva)
    assert Image.open(BytesIO(datos)).getexif().get_ifd(GPS)
    assert CANARIO in datos
    limpia = limpiar(datos)
    assert limpia is not None
    assert CANARIO not in limpia
    exif = Image.open(BytesIO(limpia)).getexif()
    assert dict(exif) == ({} if giro == 1 else {GIRO: giro})
    assert not exif.get_ifd(GPS)
    assert _pixeles(limpia) == _pixeles(datos)
    assert limpiar(limpia) == limpia


def test_el_video_pegado_detras_no_queda() -> None:
    datos = _de_telefono()
    assert limpiar(datos + b"\x00\x00\x00\x18ftypmp42" + CANARIO) == limpiar(datos)


def test_de_un_png_se_van_los_textos_y_no_la_imagen() -> None:
    texto = PngImagePlugin.PngInfo()
    texto.add_text("Author", CANARIO.decode())
    texto.add_itxt("Location", CANARIO.decode())
    salida = BytesIO()
    _dibujo().save(salida, "PNG", pnginfo=texto, exif=Image.open(BytesIO(_de_telefono())).getexif())
    datos = salida.getvalue()
    assert CANARIO in datos
    limpia = limpiar(datos + CANARIO)
    assert limpia is not None
    assert CANARIO not in limpia
    assert b"eXIf" not in limpia
    assert _pixeles(limpia) == _pixeles(datos)


def test_una_foto_cortada_no_pasa() -> None:
    salida = BytesIO()
    _dibujo().save(salida, "PNG")
    for datos in (_de_telefono(), salida.getvalue()):
        assert all(limpiar(datos[:n]) is None for n in range(0, len(datos), 7))


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe1\x00\x20Exif\x00\x00MM"]),
)
def test_ningun_archivo_la_hace_fallar(cola: bytes, inicio: bytes) -> None:
    limpia = limpiar(inicio + cola)
    assert limpia is None or limpiar(limpia) == limpia
