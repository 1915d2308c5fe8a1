"""El intervalo de Wilson contra valores conocidos, y siempre entre 0 y 100 con el por ciento adentro."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funciones.dominio.indicador import por_ciento
from funciones.dominio.intervalo import wilson


@pytest.mark.parametrize(
    ("exitos", "total", "esperado"),
    [
        # Los cuatro primeros, de Newcombe (1998), tabla I, método 3: redondeados hacia afuera.
        (81, 263, ("25.52", "36.63")),
        (15, 148, ("6.23", "16.05")),
        (0, 20, ("0.00", "16.12")),
        (1, 29, ("0.61", "17.18")),
        (29, 29, ("88.30", "100.00")),
    ],
)
def test_da_los_bordes_conocidos(exitos: int, total: int, esperado: tuple[str, str]) -> None:
    assert tuple(str(borde) for borde in wilson(exitos, total)) == esperado


@given(st.integers(1, 100_000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_contiene_el_por_ciento_y_no_se_sale(par: tuple[int, int]) -> None:
    desde, hasta = wilson(*par)
    valor = por_ciento(*par)
    assert valor is not None
    assert Decimal(0) <= desde <= valor <= hasta <= Decimal(100)


@given(st.integers(1, 5_000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_es_simetrico_y_con_mas_respuestas_se_estrecha(par: tuple[int, int]) -> None:
    exitos, total = par
    desde, hasta = wilson(exitos, total)
    assert wilson(total - exitos, total) == (100 - hasta, 100 - desde)
    mas_desde, mas_hasta = wilson(exitos * 4, total * 4)
    assert mas_hasta - mas_desde < hasta - desde


@pytest.mark.parametrize(("exitos", "total"), [(0, 0), (3, 2), (-1, 5)])
def test_lo_que_no_es_proporcion_se_rechaza(exitos: int, total: int) -> None:
    with pytest.raises(ValueError, match="no es una proporción"):
        wilson(exitos, total)
