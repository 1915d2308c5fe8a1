"""De lo que se publica no se deduce ninguna celda chica, por más que se sume y se reste."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funciones.dominio.secreto import Cuentas, Llave, Suma, publicables

MINIMO = 11
TODO = "todo"


def tabla(valores: dict[tuple[str, str], Cuentas]) -> tuple[dict[Llave, Cuentas], list[Suma]]:
    """Una tabla de filas y columnas con sus totales, y las sumas que la atan."""
    filas, columnas = sorted({f for f, _ in valores}), sorted({c for _, c in valores})
    celdas: dict[Llave, Cuentas] = dict(valores)
    for f, c in product([*filas, TODO], [*columnas, TODO]):
        suyas = [v for (fila, columna), v in valores.items() if f in (fila, TODO) and c in (columna, TODO)]
        if suyas:
            celdas[f, c] = tuple(map(sum, zip(*suyas, strict=True)))
    por_fila = [Suma((f, TODO), tuple((f, c) for c in columnas if (f, c) in celdas)) for f in [*filas, TODO]]
    por_columna = [Suma((TODO, c), tuple((f, c) for f in filas if (f, c) in celdas)) for c in [*columnas, TODO]]
    return celdas, por_fila + por_columna


def atacar(celdas: dict[Llave, Cuentas], sumas: list[Suma], visibles: frozenset[Llave]) -> list[frozenset[Llave]]:
    """A la fuerza: suma y resta las sumas publicadas en todas las combinaciones; lo que señala a alguien."""
    halladas = []
    for signos in product((-1, 0, 1), repeat=len(sumas)):
        pesos: dict[Llave, Fraction] = {}
        for signo, suma in zip(signos, sumas, strict=True):
            for llave, peso in [(suma.total, 1), *((parte, -1) for parte in suma.partes)]:
                pesos[llave] = pesos.get(llave, Fraction(0)) + signo * peso
        ocultas = {llave: peso for llave, peso in pesos.items() if peso and llave not in visibles}
        if not ocultas or len({peso > 0 for peso in ocultas.values()}) != 1:
            continue
        grupo = [sum(c) for c in zip(*(celdas[llave] for llave in ocultas), strict=True)]
        if len(ocultas) == 1 or any(0 < cuenta < MINIMO for cuenta in grupo):
            halladas.append(frozenset(ocultas))
    return halladas


def test_sin_celdas_chicas_sale_todo() -> None:
    celdas, sumas = tabla({("1", "07"): (11, 20), ("1", "08"): (30, 0), ("2", "07"): (12, 11)})
    assert publicables(celdas, sumas, MINIMO) == frozenset(celdas)


@pytest.mark.parametrize(("cuentas", "sale"), [((10,), False), ((11,), True), ((0,), True), ((50, 10), False)])
def test_diez_o_menos_no_sale_y_cero_no_senala_a_nadie(cuentas: Cuentas, sale: bool) -> None:
    assert (("a",) in publicables({("a",): cuentas}, [], MINIMO)) is sale


def test_una_sola_oculta_arrastra_a_la_mas_chica_de_su_fila() -> None:
    celdas = {("t",): (100,), ("a",): (5,), ("b",): (20,), ("c",): (75,)}
    assert publicables(celdas, [Suma(("t",), (("a",), ("b",), ("c",)))], MINIMO) == {("t",), ("c",)}


def test_dos_ocultas_que_juntas_no_llegan_al_minimo_arrastran_a_otra() -> None:
    celdas = {("t",): (105,), ("a",): (2,), ("b",): (3,), ("c",): (40,), ("d",): (60,)}
    sumas = [Suma(("t",), (("a",), ("b",), ("c",), ("d",)))]
    assert publicables(celdas, sumas, MINIMO) == {("t",), ("d",)}


def test_si_no_quedan_partes_se_oculta_el_total() -> None:
    celdas = {("t",): (14,), ("a",): (7,), ("b",): (7,)}
    assert publicables({**celdas, ("t",): (9,), ("b",): (2,)}, [Suma(("t",), (("a",), ("b",)))], MINIMO) == frozenset()
    assert publicables(celdas, [Suma(("t",), (("a",), ("b",)))], MINIMO) == {("t",)}


def test_un_total_oculto_no_se_recupera_sumando_sus_partes() -> None:
    celdas = {("t",): (24, 8), ("a",): (12, 0), ("b",): (12, 0)}
    assert publicables(celdas, [Suma(("t",), (("a",), ("b",)))], MINIMO) == {("b",)}


# Dos cuentas por celda y tablas con huecos: una región puede no tener un componente.
cuentas = st.tuples(st.integers(1, 40), st.integers(0, 40)).map(lambda c: (c[0], min(c)))
tablas = st.dictionaries(st.tuples(st.sampled_from("123"), st.sampled_from("xyz")), cuentas, min_size=1)


@settings(max_examples=60)
@given(valores=tablas)
def test_ninguna_combinacion_de_lo_publicado_senala_a_alguien(valores: dict[tuple[str, str], Cuentas]) -> None:
    celdas, sumas = tabla(valores)
    visibles = publicables(celdas, sumas, MINIMO)
    assert all(c == 0 or c >= MINIMO for llave in visibles for c in celdas[llave])
    assert atacar(celdas, sumas, visibles) == []


@settings(max_examples=30)
@given(valores=tablas)
def test_el_mismo_dato_publica_siempre_lo_mismo_venga_en_el_orden_que_venga(
    valores: dict[tuple[str, str], Cuentas],
) -> None:
    celdas, sumas = tabla(valores)
    alreves = dict(reversed(celdas.items()))
    assert publicables(alreves, sumas, MINIMO) == publicables(celdas, sumas, MINIMO)
