"""Una imagen se da por buena si está completa; una cortada, cambiada o hecha para hacer daño, no."""

from __future__ import annotations

import io
import random
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from funciones.dominio.imagen_entera import entera

CABEZA = b"\x89PNG\r\n\x1a\n"
INFLADOR = zlib.decompressobj


def hecha(formato: str, modo: str = "RGB", **opciones: object) -> bytes:
    salida = io.BytesIO()
    Image.effect_noise((33, 21), 60).convert(modo).save(salida, formato, **opciones)
    return salida.getvalue()


def trozo(tipo: bytes, cuerpo: bytes) -> bytes:
    return len(cuerpo).to_bytes(4) + tipo + cuerpo + zlib.crc32(tipo + cuerpo).to_bytes(4)


def png(ancho: int, alto: int, filas: bytes, *, color: int = 2, entrelazada: int = 0, profundidad: int = 8) -> bytes:
    cabecera = ancho.to_bytes(4) + alto.to_bytes(4) + bytes((profundidad, color, 0, 0, entrelazada))
    return CABEZA + trozo(b"IHDR", cabecera) + trozo(b"IDAT", zlib.compress(filas)) + trozo(b"IEND", b"")


@pytest.mark.parametrize("modo", ["1", "L", "P", "LA", "RGB", "RGBA", "I;16"])
def test_un_png_completo_de_cualquier_color_sirve(modo: str) -> None:
    assert entera(hecha("PNG", modo))


@pytest.mark.parametrize("opciones", [{}, {"progressive": True}, {"optimize": True}, {"exif": b"Exif\x00\x00MM\x00*"}])
def test_un_jpg_completo_sirve(opciones: dict[str, object]) -> None:
    assert entera(hecha("JPEG", **opciones))


@pytest.mark.parametrize("datos", [hecha("PNG"), hecha("JPEG")], ids=["png", "jpg"])
def test_cortada_en_cualquier_parte_no_sirve(datos: bytes) -> None:
    # La última suma de un PNG no se alcanza a leer; de un JPG, su marca de fin.
    assert [largo for largo in range(len(datos)) if entera(datos[:largo])] == []


def test_un_bit_cambiado_en_un_png_se_nota() -> None:
    datos = bytearray(hecha("PNG"))
    datos[len(datos) // 2] ^= 1
    assert not entera(bytes(datos))


@pytest.mark.parametrize(("ancho", "alto", "largo"), [(1, 1, 4), (5, 3, 52), (33, 17, 1717)])
def test_a_un_png_entrelazado_no_le_puede_faltar_un_byte(ancho: int, alto: int, largo: int) -> None:
    """Los largos son los que pide la biblioteca de imágenes para dibujarlo."""
    Image.open(io.BytesIO(png(ancho, alto, bytes(largo), entrelazada=1))).load()
    assert entera(png(ancho, alto, bytes(largo), entrelazada=1))
    assert not entera(png(ancho, alto, bytes(largo - 1), entrelazada=1))


def test_sin_todas_sus_filas_no_sirve_aunque_sus_sumas_calcen() -> None:
    assert entera(png(10, 10, bytes(310)))
    assert not entera(png(10, 10, bytes(309)))


@pytest.mark.parametrize(("color", "profundidad", "entrelazada"), [(1, 8, 0), (2, 3, 0), (2, 8, 2)])
def test_una_cabecera_imposible_no_sirve(color: int, profundidad: int, entrelazada: int) -> None:
    assert not entera(png(1, 1, bytes(64), color=color, profundidad=profundidad, entrelazada=entrelazada))


def test_una_de_mas_de_cincuenta_millones_de_pixeles_no_se_intenta_abrir() -> None:
    assert not entera(png(10_000, 5_001, b""))


def test_lo_que_sobra_comprimido_no_se_descomprime() -> None:
    """Cien megas de ceros en cien kilos: se leen solo los bytes que la imagen dice tener."""
    assert entera(png(10, 10, bytes(100_000_000)))


def test_lo_comprimido_entra_de_a_trozos(monkeypatch: pytest.MonkeyPatch) -> None:
    """Si entrara todo junto, lo que sobra se copiaría en cada vuelta: un archivo hecho para eso ocupa medio minuto."""
    entradas: list[int] = []

    class Inflador:
        def __init__(self) -> None:
            self._dentro = INFLADOR()

        def decompress(self, datos: bytes, tope: int) -> bytes:
            entradas.append(len(datos))
            return self._dentro.decompress(datos, tope)

        def __getattr__(self, nombre: str) -> object:
            return getattr(self._dentro, nombre)

    monkeypatch.setattr(zlib, "decompressobj", Inflador)
    assert entera(png(400, 400, random.Random(1).randbytes(400 * 1201)))
    assert len(entradas) > 7
    assert max(entradas) <= 64 * 1024


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([hecha("PNG"), hecha("JPEG"), CABEZA, b"\xff\xd8\xff"]), st.data())
def test_con_cualquier_basura_contesta_sin_caerse(base: bytes, datos: st.DataObject) -> None:
    corte = datos.draw(st.integers(0, len(base)))
    assert entera(base[:corte] + datos.draw(st.binary(max_size=200)) + base[corte:]) in {True, False}
