"""El folio se dicta por teléfono sin confundirse y se reconoce como sea que lo escriban."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funciones.dominio.folio import ALFABETO, LARGO, derivar, mostrar, normalizar

folios = st.text(ALFABETO, min_size=LARGO, max_size=LARGO)


def test_el_alfabeto_no_tiene_letras_que_se_confundan() -> None:
    assert len(set(ALFABETO)) == len(ALFABETO) == 30
    # De cada grupo que se confunde a la vista, a lo más una: la otra no se usa.
    for grupo in ("0O", "1IL", "UV"):
        assert sum(letra in ALFABETO for letra in grupo) <= 1
    assert all(letra.isascii() and (letra.isdigit() or letra.isupper()) for letra in ALFABETO)


@given(folio=folios)
def test_lo_mostrado_se_vuelve_a_leer(folio: str) -> None:
    assert normalizar(mostrar(folio)) == folio
    assert mostrar(folio).replace(" ", "") == folio


@given(folio=folios, signo=st.sampled_from(" -–."), lugares=st.sets(st.integers(0, LARGO)))
def test_se_reconoce_en_minusculas_y_con_espacios_guiones_o_puntos(folio: str, signo: str, lugares: set[int]) -> None:
    letras = list(folio.lower())
    for lugar in sorted(lugares, reverse=True):
        letras.insert(lugar, signo)
    assert normalizar("".join(letras)) == folio


@pytest.mark.parametrize("escrito", ["", "K7M4PR9", "K7M4PR9XX", "K7M4PR9O", "K7M4PR91", "K7M4PR9Ñ", "K7M4/R9X"])
def test_lo_que_no_puede_ser_un_folio_no_se_adivina(escrito: str) -> None:
    assert normalizar(escrito) is None


@given(escrito=st.text(max_size=20))
def test_lo_que_se_reconoce_es_siempre_un_folio(escrito: str) -> None:
    folio = normalizar(escrito)
    assert folio is None or (len(folio) == LARGO and set(folio) <= set(ALFABETO))


@given(digesto=st.binary(min_size=16, max_size=64))
def test_la_misma_huella_da_el_mismo_folio(digesto: bytes) -> None:
    folio = derivar(digesto)
    assert derivar(digesto) == folio == normalizar(folio)


def test_una_huella_corta_no_da_folio() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        derivar(b"x" * 15)


def test_los_folios_se_reparten_por_todo_el_alfabeto_en_cada_posicion() -> None:
    dados = [derivar(hashlib.sha256(str(n).encode()).digest()) for n in range(3000)]
    assert len(set(dados)) == len(dados)
    for posicion in range(LARGO):
        veces = [sum(folio[posicion] == letra for folio in dados) for letra in ALFABETO]
        assert min(veces) > 50
        assert max(veces) < 160
