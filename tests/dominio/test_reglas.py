"""Las reglas una por una: sus bordes exactos y lo que dicen haber visto."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funciones.dominio.admisibilidad import Declaracion, Hallazgo, Reglamento, Resultado, TipoPersona, en_uf, mostrar_uf
from funciones.dominio.reglas import anios_cumplidos
from tests.reglamento import (
    BUENAS,
    COOPERATIVA,
    EMPRENDEDOR,
    ENCUENTROS,
    JURIDICA,
    MAXIMO,
    MINIMO,
    NATURAL,
    REGLAMENTO,
    UF,
    hallado,
    leida,
    resultado,
)

CUMPLE, NO_CUMPLE, FALTA, REVISA = (
    Resultado.CUMPLE,
    Resultado.NO_CUMPLE,
    Resultado.FALTA_DATO,
    Resultado.LO_REVISA_UNA_PERSONA,
)

# Ventas


@pytest.mark.parametrize(
    ("pesos", "esperado", "porque", "declarado"),
    [
        (0, NO_CUMPLE, "bajo", "0,00 UF"),
        (MINIMO - 1, NO_CUMPLE, "bajo", "199,99 UF"),
        (MINIMO, CUMPLE, "", "200,00 UF"),
        (MINIMO + 1, CUMPLE, "", "200,00 UF"),
        (MAXIMO - 1, CUMPLE, "", "2.399,99 UF"),
        (MAXIMO, CUMPLE, "", "2.400,00 UF"),
        (MAXIMO + 1, NO_CUMPLE, "sobre", "2.400,00 UF"),
    ],
)
@pytest.mark.parametrize("tipo", [TipoPersona.NATURAL, TipoPersona.JURIDICA, TipoPersona.EMPRENDEDOR])
def test_las_ventas_valen_justo_en_los_dos_bordes(
    pesos: int, esperado: Resultado, porque: str, declarado: str, tipo: TipoPersona
) -> None:
    assert (en_uf(MINIMO, UF), en_uf(MAXIMO, UF)) == (200, 2400)
    visto = hallado("ventas", replace(NATURAL, tipo_persona=tipo, ventas_clp=pesos))
    assert visto == Hallazgo("ventas", esperado, declarado, porque)


@pytest.mark.parametrize(
    ("pesos", "esperado", "declarado"),
    [
        (0, CUMPLE, "0,00 UF por asociado"),
        (7 * MAXIMO - 1, CUMPLE, "2.399,99 UF por asociado"),
        (7 * MAXIMO, NO_CUMPLE, "2.400,00 UF por asociado"),
        (7 * MAXIMO + 1, NO_CUMPLE, "2.400,00 UF por asociado"),
    ],
)
def test_la_cooperativa_va_estrictamente_bajo_el_maximo_por_asociado(
    pesos: int, esperado: Resultado, declarado: str
) -> None:
    siete = replace(COOPERATIVA, ventas_clp=pesos, asociados=7)
    assert hallado("ventas_cooperativa", siete) == Hallazgo("ventas_cooperativa", esperado, declarado)


@pytest.mark.parametrize("cambio", [{"asociados": None}, {"asociados": 0}, {"ventas_clp": None}])
def test_sin_ventas_o_sin_asociados_no_hay_promedio(cambio: dict[str, None]) -> None:
    assert hallado("ventas_cooperativa", replace(COOPERATIVA, **cambio)) == Hallazgo("ventas_cooperativa", FALTA)


def test_una_cooperativa_de_un_solo_asociado_se_mide_igual() -> None:
    assert resultado("ventas_cooperativa", replace(COOPERATIVA, asociados=1, ventas_clp=MAXIMO - 1)) is CUMPLE
    assert resultado("ventas_cooperativa", replace(COOPERATIVA, asociados=1, ventas_clp=MAXIMO)) is NO_CUMPLE


def test_sin_ventas_no_hay_como_saber() -> None:
    assert hallado("ventas", replace(NATURAL, ventas_clp=None)) == Hallazgo("ventas", FALTA)


def test_los_numeros_salen_del_reglamento() -> None:
    otro = replace(REGLAMENTO, ventas_minimas_uf=Decimal("1.5"), ventas_maximas_uf=Decimal(2), uf_clp=Decimal(1000))
    dados = [resultado("ventas", replace(NATURAL, ventas_clp=pesos), otro) for pesos in (1499, 1500, 2000, 2001)]
    assert [r is CUMPLE for r in dados] == [False, True, True, False]
    bajo = replace(REGLAMENTO, ventas_cooperativa_maximas_uf=Decimal(2), uf_clp=Decimal(1000))
    assert resultado("ventas_cooperativa", replace(COOPERATIVA, ventas_clp=5999), bajo) is CUMPLE
    assert resultado("ventas_cooperativa", replace(COOPERATIVA, ventas_clp=6000), bajo) is NO_CUMPLE


@pytest.mark.parametrize(
    ("pesos", "porque"),
    [
        (MINIMO - 1, "bajo"),
        (MINIMO, "bajo_convocatoria"),
        (2 * MINIMO - 1, "bajo_convocatoria"),
        (2 * MINIMO, ""),
        (6 * MINIMO, ""),
        (6 * MINIMO + 1, "sobre_convocatoria"),
        (MAXIMO, "sobre_convocatoria"),
        (MAXIMO + 1, "sobre"),
    ],
)
def test_lo_que_el_programa_admite_y_la_convocatoria_no_se_distingue(pesos: int, porque: str) -> None:
    estrecho = replace(
        REGLAMENTO,
        ventas_minimas_uf=Decimal(400),
        ventas_maximas_uf=Decimal(1200),
        ventas_minimas_programa_uf=Decimal(200),
        ventas_maximas_programa_uf=Decimal(2400),
    )
    visto = hallado("ventas", replace(NATURAL, ventas_clp=pesos), estrecho)
    assert (visto.resultado is CUMPLE, visto.porque) == (not porque, porque)


def test_a_la_cooperativa_no_la_toca_el_tramo_de_ventas_de_la_convocatoria() -> None:
    estrecho = replace(REGLAMENTO, ventas_minimas_uf=Decimal(1000), ventas_maximas_uf=Decimal(1001))
    assert resultado("ventas_cooperativa", COOPERATIVA, estrecho) is CUMPLE


@given(pesos=st.integers(0, 2 * MAXIMO))
def test_se_cumple_exactamente_entre_los_bordes(pesos: int) -> None:
    assert (resultado("ventas", replace(NATURAL, ventas_clp=pesos)) is CUMPLE) == (MINIMO <= pesos <= MAXIMO)


@given(
    centavos=st.integers(1_000_000, 9_999_999), asociados=st.integers(1, 9_999_999), resto=st.sampled_from((-1, 0, 1))
)
def test_el_borde_de_la_cooperativa_es_exacto_con_cualquier_uf_y_cualquier_numero_de_asociados(
    centavos: int, asociados: int, resto: int
) -> None:
    # 2.400 UF de centavos son siempre pesos enteros: 24 pesos por centavo y por asociado.
    ventas = 24 * centavos * asociados + resto
    reglamento = replace(REGLAMENTO, uf_clp=Decimal(centavos).scaleb(-2))
    declarada = replace(COOPERATIVA, ventas_clp=ventas, asociados=asociados)
    assert (resultado("ventas_cooperativa", declarada, reglamento) is CUMPLE) == (resto < 0)


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


# Inicio de actividades


@pytest.mark.parametrize(
    ("componente", "tipo", "inicio", "esperado", "porque"),
    [
        (1, "natural", "primera", CUMPLE, ""),
        (1, "natural", "segunda", NO_CUMPLE, "segunda"),
        (1, "natural", "no", NO_CUMPLE, "sin_inicio"),
        (1, "emprendedor", "segunda", NO_CUMPLE, "segunda"),
        (1, "emprendedor", "no", NO_CUMPLE, "sin_inicio"),
        (1, "emprendedor", "primera", NO_CUMPLE, "emprendedor"),
        (1, "juridica", "primera", CUMPLE, ""),
        (1, "cooperativa", "primera", CUMPLE, ""),
        (2, "natural", "primera", CUMPLE, ""),
        (2, "natural", "segunda", REVISA, "segunda"),
        (2, "natural", "no", NO_CUMPLE, "sin_inicio"),
        (2, "juridica", "no", NO_CUMPLE, "sin_inicio"),
        (2, "cooperativa", "no", NO_CUMPLE, "sin_inicio"),
        (2, "emprendedor", "no", CUMPLE, "sin_inicio"),
        (2, "emprendedor", "segunda", REVISA, "segunda"),
        (2, "emprendedor", "primera", REVISA, "emprendedor"),
    ],
)
def test_el_inicio_de_actividades_segun_componente_y_tipo(
    componente: int, tipo: str, inicio: str, esperado: Resultado, porque: str
) -> None:
    palabras = {
        "primera": "primera categoría",
        "segunda": "solo segunda categoría",
        "no": "sin inicio de actividades",
    }
    visto = hallado("inicio_actividades", replace(BUENAS[tipo], inicio=leida(inicio)), _en(componente))
    assert visto == Hallazgo("inicio_actividades", esperado, palabras[inicio], porque)


def _en(componente: int) -> Reglamento:
    return {1: REGLAMENTO, 2: ENCUENTROS}[componente]


@pytest.mark.parametrize("componente", [1, 2])
def test_sin_decir_si_inicio_actividades_falta_el_dato(componente: int) -> None:
    visto = hallado("inicio_actividades", replace(EMPRENDEDOR, inicio=None), _en(componente))
    assert visto == Hallazgo("inicio_actividades", FALTA)


# Territorio

COMUNAS = replace(REGLAMENTO, comunas_admitidas=frozenset({"08101", "16101"}))


@pytest.mark.parametrize(
    ("lugar", "reglamento", "esperado", "declarado", "porque"),
    [
        ({"region": "08", "comuna": "08101"}, REGLAMENTO, CUMPLE, "08101", ""),
        ({"region": "16", "comuna": None}, REGLAMENTO, CUMPLE, "16", ""),
        ({"region": "13", "comuna": "13101"}, REGLAMENTO, NO_CUMPLE, "13101", "region"),
        ({"region": None, "comuna": None}, REGLAMENTO, FALTA, "", ""),
        ({"region": "16", "comuna": "16101"}, COMUNAS, CUMPLE, "16101", ""),
        ({"region": "08", "comuna": "08102"}, COMUNAS, NO_CUMPLE, "08102", "comuna"),
        ({"region": "13", "comuna": "13101"}, COMUNAS, NO_CUMPLE, "13101", "region"),
        ({"region": "08", "comuna": None}, COMUNAS, FALTA, "", ""),
    ],
)
def test_el_territorio_son_las_regiones_y_si_las_nombra_las_comunas(
    lugar: dict[str, str | None], reglamento: Reglamento, esperado: Resultado, declarado: str, porque: str
) -> None:
    visto = hallado("territorio", replace(JURIDICA, **lugar), reglamento)
    assert visto == Hallazgo("territorio", esperado, declarado, porque)


def test_sin_regiones_declaradas_se_admite_todo_el_pais() -> None:
    todo_el_pais = replace(REGLAMENTO, regiones_admitidas=frozenset())
    assert resultado("territorio", replace(JURIDICA, region="13", comuna="13101"), todo_el_pais) is CUMPLE
    solo_comunas = replace(COMUNAS, regiones_admitidas=frozenset())
    assert resultado("territorio", replace(JURIDICA, region="13", comuna="13101"), solo_comunas) is NO_CUMPLE
    assert resultado("territorio", JURIDICA, solo_comunas) is CUMPLE


# Antigüedad: la convocatoria se publica el 2 de noviembre de 2026

ENTRE_2_Y_5 = replace(REGLAMENTO, antiguedad_minima_anios=2, antiguedad_maxima_anios=5)


@pytest.mark.parametrize(
    ("inicio_fecha", "esperado", "declarado", "porque"),
    [
        (date(2026, 11, 3), NO_CUMPLE, "0 años cumplidos", "poca"),
        (date(2025, 11, 2), NO_CUMPLE, "1 año cumplido", "poca"),
        (date(2024, 11, 3), NO_CUMPLE, "1 año cumplido", "poca"),
        (date(2024, 11, 2), CUMPLE, "2 años cumplidos", ""),
        (date(2024, 11, 1), CUMPLE, "2 años cumplidos", ""),
        (date(2020, 11, 3), CUMPLE, "5 años cumplidos", ""),
        (date(2020, 11, 2), NO_CUMPLE, "6 años cumplidos", "mucha"),
        (date(2020, 11, 1), NO_CUMPLE, "6 años cumplidos", "mucha"),
    ],
)
def test_los_anios_se_cuentan_cumplidos_al_dia_de_la_publicacion_y_los_dos_bordes_cuentan(
    inicio_fecha: date, esperado: Resultado, declarado: str, porque: str
) -> None:
    visto = hallado("antiguedad", replace(JURIDICA, inicio_fecha=inicio_fecha), ENTRE_2_Y_5)
    assert visto == Hallazgo("antiguedad", esperado, declarado, porque)


@pytest.mark.parametrize("inicio", ["no", "segunda"])
def test_emprender_sin_inicio_son_cero_anios(inicio: str) -> None:
    emprende = replace(EMPRENDEDOR, inicio=leida(inicio))
    hasta_cinco = replace(ENTRE_2_Y_5, antiguedad_minima_anios=None)
    assert hallado("antiguedad", emprende, hasta_cinco) == Hallazgo("antiguedad", CUMPLE, "sin inicio de actividades")
    for minima in (1, 2):
        desde = replace(ENTRE_2_Y_5, antiguedad_minima_anios=minima)
        assert hallado("antiguedad", emprende, desde) == Hallazgo(
            "antiguedad", NO_CUMPLE, "sin inicio de actividades", "poca"
        )
    assert resultado("antiguedad", emprende, replace(hasta_cinco, antiguedad_minima_anios=0)) is CUMPLE


@pytest.mark.parametrize(
    "declaracion",
    [
        replace(JURIDICA, inicio_fecha=None),
        replace(JURIDICA, inicio="no", inicio_fecha=None),
        replace(EMPRENDEDOR, inicio_fecha=None),
        replace(EMPRENDEDOR, inicio=None, inicio_fecha=None),
    ],
)
def test_sin_fecha_de_inicio_falta_el_dato_salvo_a_quien_emprende_sin_inicio(declaracion: Declaracion) -> None:
    assert hallado("antiguedad", declaracion, ENTRE_2_Y_5) == Hallazgo("antiguedad", FALTA)


def test_un_solo_borde_de_antiguedad_deja_libre_el_otro() -> None:
    vieja, nueva = replace(JURIDICA, inicio_fecha=date(1990, 1, 1)), replace(JURIDICA, inicio_fecha=date(2026, 10, 1))
    desde_dos = replace(ENTRE_2_Y_5, antiguedad_maxima_anios=None)
    hasta_cinco = replace(ENTRE_2_Y_5, antiguedad_minima_anios=None)
    assert (resultado("antiguedad", vieja, desde_dos), resultado("antiguedad", nueva, desde_dos)) == (CUMPLE, NO_CUMPLE)
    assert (resultado("antiguedad", vieja, hasta_cinco), resultado("antiguedad", nueva, hasta_cinco)) == (
        NO_CUMPLE,
        CUMPLE,
    )


@pytest.mark.parametrize(
    ("desde", "hasta", "anios"),
    [
        (date(2024, 2, 29), date(2025, 2, 27), 0),
        (date(2024, 2, 29), date(2025, 2, 28), 1),
        (date(2024, 2, 29), date(2028, 2, 28), 3),
        (date(2024, 2, 29), date(2028, 2, 29), 4),
        (date(1896, 2, 29), date(1900, 2, 28), 4),
        (date(1996, 2, 29), date(2000, 2, 28), 3),
        (date(2024, 2, 28), date(2025, 2, 28), 1),
        (date(2024, 3, 29), date(2025, 3, 28), 0),
        (date(2024, 3, 1), date(2025, 2, 28), 0),
        (date(2024, 2, 10), date(2025, 2, 9), 0),
        (date(2024, 2, 10), date(2025, 2, 10), 1),
        (date(2024, 1, 29), date(2025, 1, 29), 1),
        (date(2024, 1, 30), date(2025, 1, 29), 0),
        (date(2024, 1, 10), date(2025, 1, 10), 1),
        (date(2020, 12, 31), date(2021, 1, 1), 0),
        (date(2027, 1, 1), date(2026, 11, 2), 0),
        (date(2026, 11, 2), date(2026, 11, 2), 0),
    ],
)
def test_los_anios_se_cumplen_el_mismo_dia_y_el_29_de_febrero_el_28(desde: date, hasta: date, anios: int) -> None:
    assert anios_cumplidos(desde, hasta) == anios


# Perfil y declaraciones


@pytest.mark.parametrize(
    ("declara", "esperado", "declarado"), [(True, CUMPLE, "sí"), (False, NO_CUMPLE, "no"), (None, FALTA, "")]
)
def test_el_perfil_es_ser_liderada_por_mujeres(declara: bool | None, esperado: Resultado, declarado: str) -> None:
    visto = hallado("perfil", replace(JURIDICA, liderada_por_mujeres=declara))
    assert visto == Hallazgo("perfil", esperado, declarado)


def test_un_perfil_que_nadie_conoce_no_se_adivina() -> None:
    with pytest.raises(KeyError):
        hallado("perfil", JURIDICA, replace(REGLAMENTO, perfil="exportadora"))


@pytest.mark.parametrize(
    ("regla", "campo"),
    [
        ("deudas", "deudas"),
        ("practicas_antisindicales", "condena_antisindical"),
        ("deuda_alimentos", "deuda_alimentos"),
    ],
)
@pytest.mark.parametrize(
    ("declara", "esperado", "declarado"), [(True, NO_CUMPLE, "sí"), (False, CUMPLE, "no"), (None, FALTA, "")]
)
def test_lo_que_no_se_debe_tener_se_declara_con_un_no(
    regla: str, campo: str, declara: bool | None, esperado: Resultado, declarado: str
) -> None:
    assert hallado(regla, replace(NATURAL, **{campo: declara})) == Hallazgo(regla, esperado, declarado)
