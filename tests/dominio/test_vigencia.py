"""Un certificado sirve hasta el último de sus días, y se avisa si no alcanza al cierre."""

from datetime import date, timedelta

import pytest

from funciones.dominio.vigencia import Vigencia, ultimo_dia, vigencia

HOY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("hace", "cierra_en", "esperada"),
    [
        (-1, 0, Vigencia.DEL_FUTURO),
        (0, 30, Vigencia.SIRVE),
        (0, 31, Vigencia.VENCE_ANTES),
        (30, 0, Vigencia.SIRVE),
        (30, 1, Vigencia.VENCE_ANTES),
        (31, 0, Vigencia.VENCIDO),
    ],
)
def test_cada_borde_cae_donde_corresponde(hace: int, cierra_en: int, esperada: Vigencia) -> None:
    assert vigencia(HOY - timedelta(days=hace), 30, HOY, HOY + timedelta(days=cierra_en)) is esperada


def test_el_ultimo_dia_cruza_el_anio() -> None:
    assert ultimo_dia(date(2026, 12, 15), 30) == date(2027, 1, 14)
