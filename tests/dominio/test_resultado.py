"""Lo que se publica de una selección: por folio, sin nombrar personas ni dejar ver quién debía qué."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funciones.dominio.acta import canonico
from funciones.dominio.acta_escrita import publica
from funciones.dominio.postulacion import Estado, Postulacion
from funciones.dominio.resultado import (
    DE_LA_REVISION,
    DE_LA_SELECCION,
    MOTIVOS,
    OTROS,
    filas_de_motivos,
    filas_de_resultados,
    motivo_de,
    razon_social,
)
from tests.dominio.test_acta import ejemplo
from tests.mundo import postulacion

NOMBRE = "Nombre que no se publica"


def de(estado: Estado, **cambios: object) -> Postulacion:
    return replace(postulacion(1), estado=estado, **cambios)  # type: ignore[arg-type]


def con_datos(folio: str, tipo: str, rut: str) -> Postulacion:
    datos = {"tipo_persona": tipo, "rut": rut, "nombre": NOMBRE}
    return de(Estado.EVALUADA, folio=folio, datos=datos)


def test_salen_las_seleccionadas_y_las_que_esperan_y_nadie_mas() -> None:
    filas = filas_de_resultados(ejemplo(), [])
    vistas = [(f["folio"], f["resultado"], f["orden"], f["puntaje"], f["reserva"]) for f in filas]
    assert vistas == [
        ("FOLIO001", "seleccionada", "1", "7.00", ""),
        ("FOLIO003", "seleccionada", "2", "5.00", "a"),
        ("FOLIO002", "lista_de_espera", "1", "6.00", ""),
    ]
    # Lo mismo que dice el acta pública, y los puntajes de las demás en ninguna parte.
    salidas = json.loads(canonico(publica(ejemplo())))["salidas"]
    assert [s["folio"] for s in salidas["seleccionadas"]] + salidas["espera"] == [f["folio"] for f in filas]
    assert not {"4.50", "3.21"} & {f["puntaje"] for f in filas}


@pytest.mark.parametrize(
    ("tipo", "rut", "esperado"),
    [
        ("juridica", "76086428-5", NOMBRE),
        ("cooperativa", "76086428-5", NOMBRE),
        ("natural", "12345678-5", ""),
        ("emprendedor", "12345678-5", ""),
        ("natural", "76086428-5", ""),
        ("juridica", "12345678-5", ""),  # se equivocó de tipo: el RUT es de una persona
    ],
)
def test_el_nombre_se_publica_solo_si_es_de_una_persona_juridica(tipo: str, rut: str, esperado: str) -> None:
    p = con_datos("FOLIO001", tipo, rut)
    assert razon_social(p) == esperado
    assert filas_de_resultados(ejemplo(), [p])[0]["razon_social"] == esperado


def test_cada_no_tiene_su_motivo_y_la_deuda_de_alimentos_nunca_se_nombra() -> None:
    assert motivo_de(Estado.DESISTIDA, {}) == "desistida"
    assert motivo_de(Estado.NO_SELECCIONADA, {"seleccion": "bajo_nota_minima"}) == "bajo_nota_minima"
    assert motivo_de(Estado.NO_ADMISIBLE, {"ventas": "no_cumple", "deudas": "no_cumple"}) == "ventas"
    assert motivo_de(Estado.NO_ADMISIBLE, {"deuda_alimentos": "no_cumple"}) == OTROS
    assert motivo_de(Estado.SELECCIONADA, {"ventas": "no_cumple"}) == ""
    assert "deuda_alimentos" not in MOTIVOS


MINIMA = 11
# Pocas, en el borde y muchas, que es donde se decide qué se muestra.
CUENTAS = st.dictionaries(st.sampled_from(MOTIVOS), st.sampled_from([1, 2, 5, 9, 10, 11, 12, 20, 21, 30]), max_size=8)


def publicadas(cuenta: Mapping[str, int]) -> dict[str, str]:
    filas = filas_de_motivos(ejemplo(), cuenta, MINIMA)
    assert tuple(f["motivo"] for f in filas) == MOTIVOS
    return {f["motivo"]: f["cuantas"] for f in filas}


@given(cuenta=CUENTAS)
def test_ninguna_cuenta_chica_se_publica_ni_sale_de_restar_al_total_lo_publicado(cuenta: dict[str, int]) -> None:
    vistas = publicadas(cuenta)
    assert all(int(n) >= MINIMA for n in vistas.values() if n)
    for grupo in (DE_LA_SELECCION, (*DE_LA_REVISION, OTROS)):
        visibles = sum(int(vistas[m]) for m in grupo if vistas[m])
        resto = sum(cuenta.get(m, 0) for m in grupo) - visibles
        assert not visibles or resto == 0 or resto >= MINIMA, (cuenta, vistas)


@given(cuenta=CUENTAS)
def test_quien_conoce_los_totales_y_la_regla_no_da_con_ninguna_cuenta_chica(cuenta: dict[str, int]) -> None:
    """Por cada cuenta chica hay otra repartición, con los mismos totales, que publica exactamente lo mismo."""
    vistas = publicadas(cuenta)
    for grupo in (DE_LA_SELECCION, (*DE_LA_REVISION, OTROS)):
        for chica in (m for m in grupo if 0 < cuenta.get(m, 0) < MINIMA):
            otras = (
                {**cuenta, chica: cuenta[chica] - n, otra: cuenta.get(otra, 0) + n}
                for otra in grupo
                for n in (-1, 1, -2, 2)
                if otra != chica and cuenta[chica] >= n and cuenta.get(otra, 0) >= -n
            )
            assert any(publicadas(mundo) == vistas for mundo in otras), (chica, cuenta, vistas)


@pytest.mark.parametrize(
    ("cuenta", "se_ven"),
    [
        ({"ventas": 13}, {"ventas": "13"}),
        ({"ventas": 13, "deudas": 12}, {"ventas": "13", "deudas": "12"}),
        ({"ventas": 13, OTROS: 5}, {OTROS: "18"}),
        ({"ventas": 13, "desistida": 1}, {OTROS: "14"}),
        ({"ventas": 13, "sector": 12, "deudas": 1}, {"ventas": "13", OTROS: "13"}),
        ({"bajo_nota_minima": 5, "sin_cupo_ni_espera": 20}, {}),
        ({"bajo_nota_minima": 10, "sobre_el_tope": 10, "sin_cupo_ni_espera": 20}, {}),
        ({"bajo_nota_minima": 7, "sobre_el_tope": 8, "sin_cupo_ni_espera": 20}, {"sin_cupo_ni_espera": "20"}),
        ({OTROS: 10}, {}),
    ],
)
def test_lo_que_se_publica_de_cada_cuenta(cuenta: dict[str, int], se_ven: dict[str, str]) -> None:
    assert {motivo: n for motivo, n in publicadas(cuenta).items() if n} == se_ven


def test_el_dia_es_el_de_chile() -> None:
    de_noche = replace(ejemplo(), cuando=datetime(2026, 11, 14, 1, 30, tzinfo=UTC))
    assert {f["al"] for f in filas_de_motivos(de_noche, {}, MINIMA)} == {"2026-11-13"}
