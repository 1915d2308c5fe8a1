"""Qué texto sale en el catálogo: lo inocente pasa, el código y los RUT no, y lo de contacto se avisa."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cl import rut as stdnum_rut

from funciones.dominio import rut
from funciones.dominio.texto_publico import Aviso, Tropiezo, avisos, contacto_sirve, en_una_linea, tropiezo


@pytest.mark.parametrize(
    "texto",
    [
        "Oferta {{ 2x1 }}",
        "Gramos por 100 data: 3",
        "Sabor (onion=2)",
        "Talla a<b",
        "Pan con amor <3 y queso",
        "=1+1",
        "Llama al 9 8765 4321",
        "Llama al 987654321",
        "Desde 12.500 hasta 1.500.000 pesos",
        "Código 12345678901234",
        "Hecho el 23-11-2026",
    ],
)
def test_lo_inocente_pasa(texto: str) -> None:
    assert tropiezo(texto) is None


@pytest.mark.parametrize(
    "texto", ["Pan de <b>masa</b>", "Pan </script>", "< script", "<img src=x onerror=y>", "<SCRIPT", "<!-- nada -->"]
)
def test_las_etiquetas_no_pasan(texto: str) -> None:
    assert tropiezo(texto) is Tropiezo.ETIQUETA


@pytest.mark.parametrize(
    "texto",
    [
        "Mi RUT 12.345.678-5",
        "rut 123456785",
        "12345678 5",
        "12 345 678-5",
        "12.345.678\u20115",
        "12.345.678 \u2212 5",
        "１２３４５６７８-５",
        "12.345.\u200b678-5",
        "12345678-9",
        "7.654.321-6",
    ],
)
def test_un_rut_no_pasa_se_escriba_como_se_escriba(texto: str) -> None:
    assert tropiezo(texto) is Tropiezo.RUT


@given(st.integers(rut.MINIMO, 89_999_999))
def test_todo_rut_se_reconoce_junto_o_con_puntos(cuerpo: int) -> None:
    assert rut.digito(cuerpo) == stdnum_rut.calc_check_digit(str(cuerpo))
    for escrito in (f"{cuerpo}{rut.digito(cuerpo)}", rut.mostrar(f"{cuerpo}-{rut.digito(cuerpo)}")):
        assert tropiezo(f"Soy {escrito}.") is Tropiezo.RUT


@pytest.mark.parametrize(
    ("direccion", "sirve"),
    [
        ("https://instagram.com/panes", True),
        ("https://wa.me/56987654321", True),
        ("tel:+56200000000", True),
        ("https://instagram.com/12.345.678-5", False),
        ("https://instagram.com/12%2E345%2E678%2D5", False),
        ("javascript:alert(1)", False),
        ("https://" + "x" * 300, False),
    ],
)
def test_el_contacto_es_una_direccion_y_no_lleva_rut(direccion: str, sirve: bool) -> None:
    assert contacto_sirve(direccion) is sirve


@pytest.mark.parametrize(
    ("texto", "esperados"),
    [
        ("Escribe a ana@correo.cl", (Aviso.CORREO,)),
        ("Al +56 9 8765 4321", (Aviso.TELEFONO,)),
        ("Al 9\u20118765\u20114321 o a\u00a0yo@panes.cl", (Aviso.CORREO, Aviso.TELEFONO)),
        ("Pan a $4.500 el kilo", ()),
    ],
)
def test_lo_que_parece_contacto_se_avisa(texto: str, esperados: tuple[Aviso, ...]) -> None:
    assert avisos(texto) == esperados


@given(st.text())
def test_poner_en_una_linea_lo_ya_puesto_no_cambia_nada(texto: str) -> None:
    linea = en_una_linea(texto)
    assert en_una_linea(linea) == linea
    assert "\n" not in linea
