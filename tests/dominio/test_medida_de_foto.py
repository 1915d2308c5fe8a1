"""La medida sale de la cabecera y es la misma que ve una biblioteca de imágenes; cortada o ajena, no hay medida."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from funciones.dominio.medida_de_foto import medida


def _imagen(formato: str, ancho: int, alto: int, **como: object) -> bytes:
    salida = BytesIO()
    Image.new("RGB", (ancho, alto), (200, 140, 70)).save(salida, formato, **como)
    return salida.getvalue()


@pytest.mark.parametrize(("formato", "como"), [("PNG", {}), ("JPEG", {}), ("JPEG", {"progressive": True})])
def test_dice_lo_mismo_que_la_biblioteca(formato: str, como: dict[str, object]) -> None:
    for ancho, alto in ((1, 1), (320, 640), (1601, 97)):
        assert medida(_imagen(formato, ancho, alto, **como)) == (ancho, alto)


def test_salta_lo_que_trae_antes_la_camara() -> None:
    exif = Image.Exif()
    exif[0x010E] = "x" * 60_000
    datos = _imagen("JPEG", 640, 480, exif=exif)
    assert medida(datos) == (640, 480)
    assert medida(datos[:2] + b"\xff\xff" + datos[2:]) == (640, 480)
    # Una tabla que viene antes del tamaño no es el tamaño.
    assert medida(datos[:2] + b"\xff\xc4\x00\x09" + bytes(range(7)) + datos[2:]) == (640, 480)


@pytest.mark.parametrize("formato", ["PNG", "JPEG"])
def test_la_cabecera_cortada_no_tiene_medida(formato: str) -> None:
    datos = _imagen(formato, 640, 480)
    entera = next(n for n in range(len(datos)) if medida(datos[:n]) is not None)
    assert all(medida(datos[:n]) is None for n in range(entera))
    assert all(medida(datos[:n]) == (640, 480) for n in range(entera, len(datos), 97))


@given(st.binary(max_size=200), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-"]))
def test_ningun_archivo_la_hace_fallar(cola: bytes, inicio: bytes) -> None:
    hallada = medida(inicio + cola)
    assert hallada is None or min(hallada) > 0
