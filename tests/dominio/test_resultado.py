"""Lo que se publica de una selección: por folio, sin nombrar personas ni dejar ver quién debía qué."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funciones.dominio.acta import canonico
from funciones.dominio.acta_escrita import publica
from funciones.dominio.postulacion import Estado, Postulacion
from funciones.dominio.resultado import (
    MOTIVOS,
    OTROS,
    REQUISITOS,
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
    assert motivo_de(de(Estado.DESISTIDA)) == "desistida"
    assert motivo_de(de(Estado.NO_SELECCIONADA, hallazgos={"seleccion": "bajo_nota_minima"})) == "bajo_nota_minima"
    assert motivo_de(de(Estado.NO_ADMISIBLE, hallazgos={"ventas": "no_cumple", "deudas": "no_cumple"})) == "ventas"
    assert motivo_de(de(Estado.NO_ADMISIBLE, hallazgos={"deuda_alimentos": "no_cumple"})) == OTROS
    assert motivo_de(de(Estado.SELECCIONADA, hallazgos={"ventas": "no_cumple"})) == ""
    assert "deuda_alimentos" not in MOTIVOS


@given(cuentas=st.dictionaries(st.sampled_from([*REQUISITOS, "deuda_alimentos"]), st.integers(1, 30)))
def test_ningun_requisito_con_pocos_casos_se_muestra_y_la_suma_siempre_calza(cuentas: dict[str, int]) -> None:
    fila = [de(Estado.NO_ADMISIBLE, hallazgos={r: "no_cumple"}) for r, n in cuentas.items() for _ in range(n)]
    publicadas = {f["motivo"]: f["cuantas"] for f in filas_de_motivos(ejemplo(), fila, 11)}
    assert tuple(publicadas) == MOTIVOS
    for regla in REQUISITOS:
        assert publicadas[regla] == (str(cuentas[regla]) if cuentas.get(regla, 0) >= 11 else "")
    assert sum(int(n) for n in publicadas.values() if n) == len(fila)


def test_repetir_la_cuenta_corrige_la_que_paso_a_ser_chica() -> None:
    """Siempre salen todos los motivos: una celda que ya no se puede mostrar queda vacía, no como estaba."""
    once = [de(Estado.NO_ADMISIBLE, hallazgos={"ventas": "no_cumple"})] * 11
    antes, despues = ({f["motivo"]: f["cuantas"] for f in filas_de_motivos(ejemplo(), p, 11)} for p in (once, once[1:]))
    assert (antes["ventas"], antes[OTROS]) == ("11", "0")
    assert (despues["ventas"], despues[OTROS]) == ("", "10")
