"""El enlace para entrar por internet: su forma, y que lo vea solo quien tiene su cupo."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from funciones.dominio.convocatoria import Situacion
from funciones.dominio.estado import Estado
from funciones.dominio.plazo import fin_del_dia
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
        "https://-.-",
        "https://reunion.example/\u202emoc.live",
        "https://reunion.example/\u200b",
        "https://reunion.example/\x00",
        "https://reunión.example/a",
        "https://reunion.example/" + "a" * LARGO_MAXIMO,
    ],
)
def test_no_sirve_lo_que_no_es_una_direccion_segura(enlace: str) -> None:
    assert not sirve(enlace)


@pytest.mark.parametrize("estado", list(Estado))
def test_lo_ve_solo_quien_tiene_su_cupo_y_hay_por_donde_entrar(estado: Estado) -> None:
    con_cupo = estado in {Estado.SELECCIONADA, Estado.CONFIRMADA}
    ahora = convocatoria().cierre
    assert lo_ve(estado, replace(convocatoria(), modalidad="virtual"), ahora) is con_cupo
    assert lo_ve(estado, replace(convocatoria(), modalidad="mixta"), ahora) is con_cupo
    assert not lo_ve(estado, replace(convocatoria(), modalidad="presencial"), ahora)


@pytest.mark.parametrize("situacion", [Situacion.SUSPENDIDA, Situacion.CANCELADA])
def test_nadie_lo_ve_si_la_convocatoria_esta_detenida(situacion: Situacion) -> None:
    detenida = replace(convocatoria(), modalidad="virtual", situacion=situacion)
    assert not lo_ve(Estado.CONFIRMADA, detenida, detenida.cierre)


def test_se_ve_hasta_el_ultimo_minuto_de_la_actividad_y_despues_ya_no() -> None:
    por_internet = replace(convocatoria(), modalidad="virtual")
    termina = fin_del_dia(por_internet.actividad_termino)
    assert lo_ve(Estado.CONFIRMADA, por_internet, termina - timedelta(minutes=1))
    assert not lo_ve(Estado.CONFIRMADA, por_internet, termina + timedelta(minutes=1))
