"""El indicador cuenta cada Mipe una vez, deja aparte a los emprendedores y nunca confunde «no medido» con cero."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funciones.dominio.encuesta import Respuesta
from funciones.dominio.indicador import TODAS, TODOS, Medicion, Participacion, medir, ocultar_chicas, por_ciento

ANIO = 2026


def participa(firma: str, componente: int = 1, region: str = "08", emprendedor: bool = False) -> Participacion:
    return Participacion(firma, componente, region, emprendedor)


def responde(firma: str, vinculacion: str = "si", componente: int = 1, region: str = "08") -> Respuesta:
    return Respuesta(
        id=f"{firma}-{componente}-{region}-{vinculacion}",
        convocatoria="c",
        anio=ANIO,
        componente=componente,
        region=region,
        firma=firma,
        emprendedor=False,
        version_formulario=1,
        dia=date(ANIO, 12, 1),
        respuestas={"vinculacion": vinculacion} if vinculacion else {},
    )


def celdas(
    participaciones: Iterable[Participacion], respuestas: Iterable[Respuesta] = ()
) -> dict[tuple[str, str], tuple[int, int, int]]:
    return {
        (m.componente, m.region): (m.numerador, m.denominador, m.respuestas)
        for m in medir(ANIO, participaciones, respuestas)
    }


def test_si_nadie_participo_no_hay_medicion() -> None:
    assert medir(ANIO, [], [responde("a")]) == ()
    assert Medicion(ANIO, "1", "08", 0, 0, 0).valor is None
    assert Medicion(ANIO, "1", "08", 0, 0, 0).tasa_respuesta is None


def test_si_nadie_declara_vinculacion_el_valor_es_cero_y_no_vacio() -> None:
    (total,) = [m for m in medir(ANIO, [participa("a")], []) if (m.componente, m.region) == (TODOS, TODAS)]
    assert (total.valor, total.tasa_respuesta) == (Decimal("0.00"), Decimal("0.00"))


def test_una_mipe_en_dos_actividades_cuenta_una_vez_en_cada_total() -> None:
    dos_veces = [participa("a"), participa("a"), participa("a", 2), participa("a", 1, "13")]
    assert celdas(dos_veces, [responde("a"), responde("a", "no")]) == {
        ("1", "08"): (1, 1, 1),
        ("1", "13"): (0, 1, 0),
        ("1", TODAS): (1, 1, 1),
        ("2", "08"): (0, 1, 0),
        ("2", TODAS): (0, 1, 0),
        (TODOS, "08"): (1, 1, 1),
        (TODOS, "13"): (0, 1, 0),
        (TODOS, TODAS): (1, 1, 1),
    }


@pytest.mark.parametrize(("dicho", "cuenta"), [("si", 1), ("no", 0), ("aun_no_se", 0), ("", 0)])
def test_solo_el_si_suma_y_responder_cualquier_cosa_es_responder(dicho: str, cuenta: int) -> None:
    assert celdas([participa("a"), participa("b")], [responde("a", dicho)])[TODOS, TODAS] == (cuenta, 2, 1)


def test_el_denominador_son_todas_las_que_participan_y_no_las_que_respondieron() -> None:
    mediciones = medir(ANIO, [participa(f) for f in "abc"], [responde("a")])
    assert {m.valor for m in mediciones} == {Decimal("33.33")}
    assert {m.tasa_respuesta for m in mediciones} == {Decimal("33.33")}


def test_los_emprendedores_no_suman_ni_arriba_ni_abajo() -> None:
    con_emprendedor = [participa("a"), participa("e", emprendedor=True)]
    assert celdas(con_emprendedor, [responde("e"), responde("a", "no")])[TODOS, TODAS] == (0, 1, 1)
    assert medir(ANIO, [participa("e", emprendedor=True)], [responde("e")]) == ()


def test_la_respuesta_de_quien_no_participo_no_cuenta() -> None:
    assert celdas([participa("a")], [responde("otra")])[TODOS, TODAS] == (0, 1, 0)


@pytest.mark.parametrize(
    ("parte", "todo", "esperado"),
    [
        (0, 0, None),
        (1, 3, "33.33"),
        (2, 3, "66.67"),
        (1, 800, "0.13"),
        (3, 800, "0.38"),
        (7, 7, "100.00"),
        (0, 5, "0.00"),
    ],
)
def test_el_por_ciento_lleva_dos_decimales_y_la_mitad_va_hacia_arriba(
    parte: int, todo: int, esperado: str | None
) -> None:
    dado = por_ciento(parte, todo)
    assert (None if dado is None else str(dado)) == esperado


@pytest.mark.parametrize(
    ("participantes", "respuestas", "esperado"), [(10, 0, False), (11, 0, True), (40, 10, False), (40, 11, True)]
)
def test_no_se_publica_si_participaron_o_respondieron_menos_del_minimo(
    participantes: int, respuestas: int, esperado: bool
) -> None:
    medicion = Medicion(ANIO, "1", "08", 0, participantes, respuestas)
    assert ocultar_chicas((medicion,), 11) == ({medicion} if esperado else set())


def test_dos_regiones_ocultas_que_juntas_son_pocas_arrastran_a_otra() -> None:
    regiones = {"07": 4, "08": 5, "13": 30, "15": 40, TODAS: 79}
    mediciones = tuple(Medicion(ANIO, "1", region, 0, cuantas, 0) for region, cuantas in regiones.items())
    assert {m.region for m in ocultar_chicas(mediciones, 11)} == {"15", TODAS}


firmas, regiones = st.sampled_from("abcdef"), st.sampled_from(["08", "13"])
participaciones = st.lists(st.builds(Participacion, firmas, st.sampled_from([1, 2]), regiones, st.booleans()))
respuestas = st.lists(
    st.builds(responde, firmas, st.sampled_from(["si", "no", "aun_no_se", ""]), st.sampled_from([1, 2]), regiones)
)


@given(participaciones=participaciones, respuestas=respuestas, azar=st.randoms(use_true_random=False))
def test_el_orden_y_las_repeticiones_no_cambian_nada_y_las_cuentas_caben(
    participaciones: list[Participacion], respuestas: list[Respuesta], azar: object
) -> None:
    dada = medir(ANIO, participaciones, respuestas)
    azar.shuffle(participaciones)  # type: ignore[attr-defined]
    azar.shuffle(respuestas)  # type: ignore[attr-defined]
    assert medir(ANIO, participaciones * 2, respuestas * 2) == dada
    mipes = {p.firma for p in participaciones if not p.emprendedor}
    for m in dada:
        assert 0 <= m.numerador <= m.respuestas <= m.denominador <= len(mipes)
    if mipes:
        assert next(m.denominador for m in dada if (m.componente, m.region) == (TODOS, TODAS)) == len(mipes)
