"""La pauta: el puntaje es exacto y ninguna nota se sale de la escala que declara la convocatoria."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funciones.dominio.convocatoria import Criterio
from funciones.dominio.pauta import NotaFueraDeEscala, puntaje

nota = st.decimals(Decimal(1), Decimal(7), places=1)


def criterio(nombre: str, ponderacion: int) -> Criterio:
    return Criterio(nombre, nombre, ponderacion, Decimal(1), Decimal(7), desempate=1)


DOS = (criterio("oferta", 60), criterio("motivacion", 40))


def notas(oferta: str, motivacion: str) -> dict[str, Decimal]:
    return {"oferta": Decimal(oferta), "motivacion": Decimal(motivacion)}


@pytest.mark.parametrize(
    ("oferta", "motivacion", "esperado"),
    [
        ("7", "7", "7.00"),
        ("1", "1", "1.00"),
        ("6.5", "5", "5.90"),
        ("5", "6.5", "5.60"),
        ("4.1", "4.4", "4.22"),
    ],
)
def test_cada_nota_pesa_lo_que_dice_la_convocatoria(oferta: str, motivacion: str, esperado: str) -> None:
    assert str(puntaje(DOS, notas(oferta, motivacion))) == esperado


def test_la_mitad_de_un_centesimo_va_hacia_arriba() -> None:
    tres = (criterio("a", 35), criterio("b", 15), criterio("c", 50))
    # 4,1 × 35 + 4,0 × 15 + 4,0 × 50 = 403,5 → 4,035 → 4,04; al par más cercano daría lo mismo, así que también 4,045.
    assert puntaje(tres, {"a": Decimal("4.1"), "b": Decimal(4), "c": Decimal(4)}) == Decimal("4.04")
    assert puntaje(tres, {"a": Decimal("4.1"), "b": Decimal("4.4"), "c": Decimal("3.9")}) == Decimal("4.05")
    assert puntaje(tres, {"a": Decimal("4.1"), "b": Decimal("4.0"), "c": Decimal("4.02")}) == Decimal("4.05")


@given(st.data())
def test_el_puntaje_es_la_suma_exacta_con_un_solo_redondeo(datos: st.DataObject) -> None:
    cortes = sorted(datos.draw(st.sets(st.integers(1, 99), min_size=1, max_size=5)))
    pesos = [b - a for a, b in zip([0, *cortes], [*cortes, 100], strict=True)]
    criterios = tuple(criterio(f"c{n}", peso) for n, peso in enumerate(pesos))
    dadas = {c.criterio: datos.draw(nota) for c in criterios}
    exacto = sum(Fraction(dadas[c.criterio]) * c.ponderacion for c in criterios) / 100
    dado = puntaje(criterios, dadas)
    assert dado == Decimal(int(exacto * 100 + Fraction(1, 2))) / 100
    assert dado.as_tuple().exponent == -2
    assert min(dadas.values()) <= dado <= max(dadas.values())


@pytest.mark.parametrize(
    ("dadas", "culpable"),
    [
        (notas("0.9", "5"), "oferta"),
        (notas("5", "7.1"), "motivacion"),
        ({"oferta": Decimal(5)}, "motivacion"),
        ({**notas("5", "5"), "simpatia": Decimal(7)}, "simpatia"),
        ({}, "oferta"),
    ],
)
def test_si_falta_sobra_o_se_sale_una_nota_se_dice_cual(dadas: dict[str, Decimal], culpable: str) -> None:
    with pytest.raises(NotaFueraDeEscala) as visto:
        puntaje(DOS, dadas)
    assert visto.value.criterio == culpable


@pytest.mark.parametrize("borde", ["1", "7"])
def test_los_bordes_de_la_escala_valen(borde: str) -> None:
    assert puntaje(DOS, notas(borde, borde)) == Decimal(borde)
