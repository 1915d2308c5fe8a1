"""El enlace para entrar por internet: su forma, y que lo vea solo quien tiene su cupo."""

from __future__ import annotations

from dataclasses import replace

import pytest

from funciones.dominio.estado import Estado
from funciones.dominio.sala import LARGO_MAXIMO, lo_ve, sirve
from tests.mundo import convocatoria


@pytest.mark.parametrize("enlace", ["https://reunion.example/sala?clave=1#a", "https://a.example:8443/x"])
def test_sirve_una_direccion_segura(enlace: str) -> None:
    assert sirve(enlace)


@pytest.mark.parametrize(
    "enlace",
    [
        "http://reunion.example/a",
        "javascript:alert(1)",
        "https://reunion",
        "https://reunion.example/a b",
        'https://reunion.example/"onclick="x',
        "https://alguien@reunion.example/a",
        "https://reunion.example/<b>",
        "reunion.example/a",
        "https://reunion.example/" + "a" * LARGO_MAXIMO,
    ],
)
def test_no_sirve_lo_que_no_es_una_direccion_segura(enlace: str) -> None:
    assert not sirve(enlace)


@pytest.mark.parametrize("estado", list(Estado))
def test_lo_ve_solo_quien_tiene_su_cupo_y_hay_por_donde_entrar(estado: Estado) -> None:
    con_cupo = estado in {Estado.SELECCIONADA, Estado.CONFIRMADA}
    assert lo_ve(estado, replace(convocatoria(), modalidad="virtual")) is con_cupo
    assert lo_ve(estado, replace(convocatoria(), modalidad="mixta")) is con_cupo
    assert not lo_ve(estado, replace(convocatoria(), modalidad="presencial"))
