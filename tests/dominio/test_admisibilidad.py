"""Las reglas del programa: sus bordes exactos, sus cuatro resultados y un caso que rompe cada una."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funciones.dominio.admisibilidad import (
    REGLAS,
    Declaracion,
    Hallazgo,
    Reglamento,
    Resultado,
    TipoPersona,
    en_uf,
    mostrar_uf,
    recomendar,
    resumen,
)

# La UF del 31 de diciembre de 2025: con ella, 200 y 2.400 UF son pesos enteros.
UF = Decimal("39727.96")
MINIMO, MAXIMO = 7_945_592, 95_347_104
REGLAMENTO = Reglamento(
    version="prueba/1",
    componente=1,
    ventas_minimas_uf=Decimal(200),
    ventas_maximas_uf=Decimal(2400),
    ventas_cooperativa_maximas_uf=Decimal(2400),
    uf_clp=UF,
    sectores={"10": "si", "46": "no", "47": "revisa"},
    actividades={"101010": ("C", "1"), "461000": ("G", "1"), "471000": ("G", "1"), "990000": ("U", "1")},
    regiones_admitidas=frozenset({"08", "16"}),
)
ENCUENTROS = replace(REGLAMENTO, componente=2)

JURIDICA = Declaracion(
    tipo_persona=TipoPersona.JURIDICA,
    inicio="primera",
    actividad="101010",
    ventas_clp=50_000_000,
    region="08",
    deudas=False,
    condena_antisindical=False,
    rendiciones_pendientes=False,
)
NATURAL = replace(JURIDICA, tipo_persona=TipoPersona.NATURAL, deuda_alimentos=False)
COOPERATIVA = replace(JURIDICA, tipo_persona=TipoPersona.COOPERATIVA, ventas_clp=3 * MAXIMO - 1, asociados=3)
EMPRENDEDOR = replace(NATURAL, tipo_persona=TipoPersona.EMPRENDEDOR, inicio="no", actividad=None, ventas_clp=None)
BUENAS = {"natural": NATURAL, "juridica": JURIDICA, "cooperativa": COOPERATIVA, "emprendedor": EMPRENDEDOR}

# Cada regla y lo que la rompe, por sí solo.
ROMPE: dict[str, dict[str, object]] = {
    "inicio_actividades": {"inicio": "segunda"},
    "ventas": {"ventas_clp": MAXIMO + 1},
    "ventas_cooperativa": {"ventas_clp": 3 * MAXIMO},
    "sector": {"actividad": "461000"},
    "territorio": {"region": "13"},
    "deudas": {"deudas": True},
    "practicas_antisindicales": {"condena_antisindical": True},
    "rendiciones": {"rendiciones_pendientes": True},
    "deuda_alimentos": {"deuda_alimentos": True},
}
# No depende de lo que se declara: la mira siempre una persona.
SIEMPRE_UNA_PERSONA = {"no_repetir"}


def hallado(regla: str, declaracion: Declaracion, reglamento: Reglamento = REGLAMENTO) -> Hallazgo:
    return next(h for h in recomendar(declaracion, reglamento) if h.regla == regla)


def resultado(regla: str, declaracion: Declaracion, reglamento: Reglamento = REGLAMENTO) -> Resultado:
    return hallado(regla, declaracion, reglamento).resultado


# Que estén todas


def test_cada_regla_tiene_un_caso_que_la_rompe() -> None:
    assert set(ROMPE) | SIEMPRE_UNA_PERSONA == set(REGLAS)


@pytest.mark.parametrize("tipo", BUENAS)
@pytest.mark.parametrize("regla", ROMPE)
def test_lo_que_rompe_una_regla_rompe_solo_esa(tipo: str, regla: str) -> None:
    reglamento = ENCUENTROS if tipo == "emprendedor" else REGLAMENTO
    buena = BUENAS[tipo]
    antes = {h.regla: h.resultado for h in recomendar(buena, reglamento)}
    assert Resultado.NO_CUMPLE not in antes.values()
    if regla not in antes or (tipo, regla) == ("emprendedor", "inicio_actividades"):
        return
    despues = {h.regla: h.resultado for h in recomendar(replace(buena, **ROMPE[regla]), reglamento)}  # type: ignore[arg-type]
    assert despues == {**antes, regla: Resultado.NO_CUMPLE}


@pytest.mark.parametrize(
    ("tipo", "no_rigen"),
    [
        ("natural", {"ventas_cooperativa"}),
        ("juridica", {"ventas_cooperativa", "deuda_alimentos"}),
        ("cooperativa", {"ventas", "deuda_alimentos"}),
        ("emprendedor", {"ventas", "ventas_cooperativa"}),
    ],
)
def test_a_cada_tipo_de_persona_se_le_aplican_las_suyas_en_su_orden(tipo: str, no_rigen: set[str]) -> None:
    vistas = [h.regla for h in recomendar(BUENAS[tipo], ENCUENTROS)]
    assert vistas == [regla for regla in REGLAS if regla not in no_rigen]


def test_sin_decir_nada_falta_todo_dato() -> None:
    dados = {h.regla: h.resultado for h in recomendar(Declaracion(), REGLAMENTO)}
    assert dados.pop("no_repetir") is Resultado.LO_REVISA_UNA_PERSONA
    assert set(dados.values()) == {Resultado.FALTA_DATO}


@pytest.mark.parametrize("campo", [campo.name for campo in fields(Declaracion) if campo.name != "tipo_persona"])
@pytest.mark.parametrize("tipo", ["natural", "juridica", "cooperativa"])
def test_callar_un_dato_nunca_hace_cumplir_ni_incumplir(tipo: str, campo: str) -> None:
    antes = {h.regla: h.resultado for h in recomendar(BUENAS[tipo], REGLAMENTO)}
    callada = {h.regla: h.resultado for h in recomendar(replace(BUENAS[tipo], **{campo: None}), REGLAMENTO)}
    cambiadas = {regla: callada[regla] for regla in antes if antes[regla] is not callada[regla]}
    assert set(cambiadas.values()) <= {Resultado.FALTA_DATO}


# Ventas


@pytest.mark.parametrize(
    ("pesos", "esperado"),
    [
        (0, Resultado.NO_CUMPLE),
        (MINIMO - 1, Resultado.NO_CUMPLE),
        (MINIMO, Resultado.CUMPLE),
        (MAXIMO, Resultado.CUMPLE),
        (MAXIMO + 1, Resultado.NO_CUMPLE),
    ],
)
@pytest.mark.parametrize("tipo", [TipoPersona.NATURAL, TipoPersona.JURIDICA, TipoPersona.EMPRENDEDOR])
def test_las_ventas_valen_justo_en_los_dos_bordes(pesos: int, esperado: Resultado, tipo: TipoPersona) -> None:
    assert en_uf(MINIMO, UF) == 200
    assert en_uf(MAXIMO, UF) == 2400
    assert resultado("ventas", replace(NATURAL, tipo_persona=tipo, ventas_clp=pesos)) is esperado


@pytest.mark.parametrize(
    ("pesos", "esperado"),
    [
        (0, Resultado.CUMPLE),
        (7 * MAXIMO - 1, Resultado.CUMPLE),
        (7 * MAXIMO, Resultado.NO_CUMPLE),
        (7 * MAXIMO + 1, Resultado.NO_CUMPLE),
    ],
)
def test_la_cooperativa_va_estrictamente_bajo_el_maximo_por_asociado(pesos: int, esperado: Resultado) -> None:
    siete = replace(COOPERATIVA, ventas_clp=pesos, asociados=7)
    assert resultado("ventas_cooperativa", siete) is esperado


@pytest.mark.parametrize("asociados", [None, 0])
def test_sin_asociados_no_hay_promedio(asociados: int | None) -> None:
    assert resultado("ventas_cooperativa", replace(COOPERATIVA, asociados=asociados)) is Resultado.FALTA_DATO


def test_los_numeros_salen_del_reglamento() -> None:
    otro = replace(REGLAMENTO, ventas_minimas_uf=Decimal(1), ventas_maximas_uf=Decimal(2), uf_clp=Decimal(1000))
    dados = [resultado("ventas", replace(NATURAL, ventas_clp=pesos), otro) for pesos in (999, 1000, 2000, 2001)]
    assert [r is Resultado.CUMPLE for r in dados] == [False, True, True, False]
    bajo = replace(REGLAMENTO, ventas_cooperativa_maximas_uf=Decimal(2), uf_clp=Decimal(1000))
    assert resultado("ventas_cooperativa", replace(COOPERATIVA, ventas_clp=5999), bajo) is Resultado.CUMPLE
    assert resultado("ventas_cooperativa", replace(COOPERATIVA, ventas_clp=6000), bajo) is Resultado.NO_CUMPLE


@given(pesos=st.integers(0, 2 * MAXIMO))
def test_se_cumple_exactamente_entre_los_bordes(pesos: int) -> None:
    cumple = resultado("ventas", replace(NATURAL, ventas_clp=pesos)) is Resultado.CUMPLE
    assert cumple == (MINIMO <= pesos <= MAXIMO)


# Inicio de actividades


@pytest.mark.parametrize(
    ("componente", "tipo", "inicio", "esperado"),
    [
        (1, "natural", "primera", Resultado.CUMPLE),
        (1, "natural", "segunda", Resultado.NO_CUMPLE),
        (1, "natural", "no", Resultado.NO_CUMPLE),
        (1, "emprendedor", "no", Resultado.NO_CUMPLE),
        (2, "natural", "primera", Resultado.CUMPLE),
        (2, "natural", "segunda", Resultado.LO_REVISA_UNA_PERSONA),
        (2, "natural", "no", Resultado.NO_CUMPLE),
        (2, "juridica", "no", Resultado.NO_CUMPLE),
        (2, "emprendedor", "no", Resultado.CUMPLE),
        (2, "emprendedor", "segunda", Resultado.LO_REVISA_UNA_PERSONA),
        (2, "emprendedor", "primera", Resultado.CUMPLE),
    ],
)
def test_el_inicio_de_actividades_segun_componente_y_tipo(
    componente: int, tipo: str, inicio: str, esperado: Resultado
) -> None:
    declaracion = replace(BUENAS[tipo], inicio=inicio)
    assert resultado("inicio_actividades", declaracion, replace(REGLAMENTO, componente=componente)) is esperado


def test_al_emprendedor_con_inicio_se_le_miran_las_ventas_y_sin_inicio_no() -> None:
    assert "ventas" not in {h.regla for h in recomendar(EMPRENDEDOR, ENCUENTROS)}
    con_inicio = replace(EMPRENDEDOR, inicio="primera", ventas_clp=MAXIMO + 1)
    assert resultado("ventas", con_inicio, ENCUENTROS) is Resultado.NO_CUMPLE


# Sector, territorio y declaraciones


@pytest.mark.parametrize(
    ("actividad", "esperado"),
    [
        ("101010", Resultado.CUMPLE),
        ("461000", Resultado.NO_CUMPLE),
        ("471000", Resultado.LO_REVISA_UNA_PERSONA),
        # Existe, pero nadie dijo qué hacer con su división.
        ("990000", Resultado.LO_REVISA_UNA_PERSONA),
        # Empieza como uno atendido, pero ese código no existe.
        ("109999", Resultado.LO_REVISA_UNA_PERSONA),
        (None, Resultado.FALTA_DATO),
    ],
)
def test_el_sector_lo_dice_la_division_del_codigo(actividad: str | None, esperado: Resultado) -> None:
    assert resultado("sector", replace(JURIDICA, actividad=actividad)) is esperado


def test_al_emprendedor_sin_codigo_le_mira_el_rubro_una_persona() -> None:
    assert resultado("sector", EMPRENDEDOR, ENCUENTROS) is Resultado.LO_REVISA_UNA_PERSONA


def test_sin_regiones_declaradas_se_admite_todo_el_pais() -> None:
    todo_el_pais = replace(REGLAMENTO, regiones_admitidas=frozenset())
    assert resultado("territorio", replace(JURIDICA, region="13"), todo_el_pais) is Resultado.CUMPLE
    assert resultado("territorio", replace(JURIDICA, region="16")) is Resultado.CUMPLE


# El resumen y lo que se muestra


@pytest.mark.parametrize(
    ("resultados", "esperado"),
    [
        ((), Resultado.CUMPLE),
        ((Resultado.CUMPLE,), Resultado.CUMPLE),
        ((Resultado.CUMPLE, Resultado.LO_REVISA_UNA_PERSONA), Resultado.LO_REVISA_UNA_PERSONA),
        ((Resultado.LO_REVISA_UNA_PERSONA, Resultado.FALTA_DATO), Resultado.FALTA_DATO),
        (tuple(Resultado), Resultado.NO_CUMPLE),
    ],
)
def test_el_resumen_es_lo_mas_grave(resultados: tuple[Resultado, ...], esperado: Resultado) -> None:
    hallazgos = tuple(Hallazgo("r", uno) for uno in resultados)
    assert resumen(hallazgos) is resumen(hallazgos[::-1]) is esperado


@pytest.mark.parametrize(
    ("monto", "esperado"),
    [
        ("0", "0,00 UF"),
        ("199.999999", "199,99 UF"),
        ("2400", "2.400,00 UF"),
        ("2400.00002", "2.400,00 UF"),
        ("1234567.891", "1.234.567,89 UF"),
    ],
)
def test_lo_mostrado_nunca_sube_hasta_un_borde_que_no_se_alcanzo(monto: str, esperado: str) -> None:
    assert mostrar_uf(Decimal(monto)) == esperado


def test_lo_declarado_se_repite_en_palabras_cortas() -> None:
    assert hallado("ventas", replace(NATURAL, ventas_clp=MINIMO - 1)).declarado == "199,99 UF"
    assert hallado("ventas_cooperativa", COOPERATIVA).declarado == "2.399,99 UF por asociado"
    assert hallado("sector", JURIDICA).declarado == "código 101010"
    assert hallado("deudas", replace(JURIDICA, deudas=True)).declarado == "sí"
    assert hallado("inicio_actividades", replace(NATURAL, inicio="segunda")).declarado == "solo segunda categoría"
