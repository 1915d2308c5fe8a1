"""El indicador cuenta cada Mipe una vez, deja aparte a los emprendedores y nunca confunde «no medido» con cero."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funciones.dominio import indicador
from funciones.dominio.encuesta import Respuesta
from funciones.dominio.indicador import (
    TODAS,
    TODOS,
    Cuenta,
    Definicion,
    Medicion,
    Participacion,
    Poblacion,
    Universo,
    ocultar_chicas,
    por_ciento,
)
from funciones.dominio.intervalo import wilson

ANIO = 2026
OFICIAL = Definicion(
    "acceso-vinculacion",
    "acceso-vinculacion/1",
    Cuenta.DECLARA,
    ("vinculacion",),
    frozenset({"si"}),
    Universo.PARTICIPAN,
    Poblacion.MIPES,
)


def medir(anio: int, participaciones: Iterable[Participacion], respuestas: Iterable[Respuesta]) -> tuple[Medicion, ...]:
    return indicador.medir(OFICIAL, anio, participaciones, respuestas)


def _convocatoria(componente: int, region: str) -> str:
    return f"feria-{componente}-{region}"


def participa(
    firma: str, componente: int = 1, region: str = "08", emprendedor: bool = False, **mas: dict[str, str]
) -> Participacion:
    return Participacion(firma, _convocatoria(componente, region), componente, region, emprendedor, **mas)


def responde(firma: str, vinculacion: str = "si", componente: int = 1, region: str = "08", **mas: str) -> Respuesta:
    return Respuesta(
        id=f"{firma}-{componente}-{region}-{vinculacion}",
        convocatoria=_convocatoria(componente, region),
        anio=ANIO,
        componente=componente,
        region=region,
        firma=firma,
        emprendedor=False,
        version_formulario=1,
        dia=date(ANIO, 12, 1),
        respuestas=({"vinculacion": vinculacion} if vinculacion else {}) | mas,
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
    assert Medicion(ANIO, "1", "08", 0, 0, 0, 0).valor is None
    assert Medicion(ANIO, "1", "08", 0, 0, 0, 0).tasa_respuesta is None


def test_si_nadie_declara_vinculacion_el_valor_es_cero_y_no_vacio() -> None:
    (total,) = [m for m in medir(ANIO, [participa("a")], []) if (m.componente, m.region) == (TODOS, TODAS)]
    assert (total.valor, total.tasa_respuesta) == (Decimal("0.00"), Decimal("0.00"))


def test_una_mipe_en_dos_actividades_cuenta_una_vez_en_cada_total() -> None:
    dos_veces = [participa("a"), participa("a"), participa("a", 2), participa("a", 1, "13")]
    assert celdas(dos_veces, [responde("a"), responde("a", "no", 2)]) == {
        ("1", "08"): (1, 1, 1),
        ("1", "13"): (0, 1, 0),
        ("1", TODAS): (1, 1, 1),
        ("2", "08"): (0, 1, 1),
        ("2", TODAS): (0, 1, 1),
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
    medicion = Medicion(ANIO, "1", "08", 0, participantes, participantes, respuestas)
    assert ocultar_chicas((medicion,), 11) == ({medicion} if esperado else set())


def test_dos_regiones_ocultas_que_juntas_son_pocas_arrastran_a_otra() -> None:
    regiones = {"07": 4, "08": 5, "13": 30, "15": 40, TODAS: 79}
    mediciones = tuple(Medicion(ANIO, "1", region, 0, cuantas, cuantas, 0) for region, cuantas in regiones.items())
    assert {m.region for m in ocultar_chicas(mediciones, 11)} == {"15", TODAS}


firmas, regiones = st.sampled_from("abcdef"), st.sampled_from(["08", "13"])
participaciones = st.lists(st.builds(participa, firmas, st.sampled_from([1, 2]), regiones, st.booleans()))
respuestas = st.lists(
    st.builds(responde, firmas, st.sampled_from(["si", "no", "aun_no_se", ""]), st.sampled_from([1, 2]), regiones)
)


@given(participaciones=participaciones, respuestas=respuestas, azar=st.randoms(use_true_random=False))
def test_el_orden_y_las_repeticiones_no_cambian_nada_y_las_cuentas_caben(
    participaciones: list[Participacion], respuestas: list[Respuesta], azar: object
) -> None:
    respuestas = list({(r.firma, r.convocatoria): r for r in respuestas}.values())
    participaciones = list({(p.firma, p.convocatoria): p for p in participaciones}.values())
    dada = medir(ANIO, participaciones, respuestas)
    azar.shuffle(participaciones)  # type: ignore[attr-defined]
    azar.shuffle(respuestas)  # type: ignore[attr-defined]
    assert medir(ANIO, participaciones * 2, respuestas * 2) == dada
    mipes = {p.firma for p in participaciones if not p.emprendedor}
    for m in dada:
        assert 0 <= m.numerador <= m.respuestas <= m.denominador <= len(mipes)
    if mipes:
        assert next(m.denominador for m in dada if (m.componente, m.region) == (TODOS, TODAS)) == len(mipes)


# Los demás indicadores: otra pregunta, otra población u otro universo, con la misma función


def definicion(cuenta: Cuenta, *preguntas: str, valores: str = "", universo: str = "responden") -> Definicion:
    return Definicion(
        "uno", "uno/1", cuenta, preguntas, frozenset(valores.split()), Universo(universo), Poblacion.MIPES
    )


def total(definida: Definicion, participaciones: Iterable[Participacion], respuestas: Iterable[Respuesta]) -> Medicion:
    mediciones = indicador.medir(definida, ANIO, participaciones, respuestas)
    return next(m for m in mediciones if m.llave == (TODOS, TODAS, TODOS, TODOS))


def test_entre_quienes_respondieron_el_silencio_queda_fuera_y_hay_intervalo() -> None:
    entre_respuestas = definicion(Cuenta.DECLARA, "vinculacion", valores="si")
    todas = [participa(f) for f in "abcd"]
    medida = total(entre_respuestas, todas, [responde("a"), responde("b", "aun_no_se"), responde("c", "")])
    assert (medida.numerador, medida.denominador, medida.respuestas, medida.participantes) == (1, 2, 3, 4)
    assert medida.intervalo == wilson(1, 2)
    assert total(entre_respuestas, todas, map(responde, "abcd")).intervalo is None
    assert total(OFICIAL, todas, [responde("a")]).intervalo is None


def test_una_nota_promedia_lo_puesto_en_todas_sus_preguntas() -> None:
    notas = definicion(Cuenta.NOTA, "organizacion", "lugar")
    respuestas = [responde("a", organizacion="7", lugar="6"), responde("b", organizacion="4", lugar="")]
    medida = total(notas, [participa("a"), participa("b"), participa("c")], respuestas)
    assert (medida.numerador, medida.denominador, medida.valor) == (17, 3, Decimal("5.67"))
    assert (medida.respuestas, medida.participantes, medida.intervalo) == (2, 3, None)


@pytest.mark.parametrize(
    ("antes", "despues", "cuenta"), [("3", "4", (1, 1)), ("3", "3", (0, 1)), ("9", "10", (1, 1)), ("", "4", (0, 0))]
)
def test_aumenta_quien_dijo_mas_que_al_postular(antes: str, despues: str, cuenta: tuple[int, int]) -> None:
    aumenta = definicion(Cuenta.AUMENTA, "base_clientes")
    quien = participa("a", base={"base_clientes": antes})
    medida = total(aumenta, [quien, participa("b")], [responde("a", base_clientes=despues), responde("b")])
    assert (medida.numerador, medida.denominador) == cuenta


def test_los_emprendedores_tienen_su_cifra_aparte() -> None:
    suyas = Definicion(*(getattr(OFICIAL, c) for c in OFICIAL.__slots__[:-1]), poblacion=Poblacion.EMPRENDEDORES)
    ambos = [participa("a"), participa("e", emprendedor=True)]
    assert total(suyas, ambos, [responde("e"), responde("a", "no")]).numerador == 1


def test_se_separa_por_categoria_solo_en_el_pais() -> None:
    quienes = [participa(f, categorias={"sexo": s}) for f, s in zip("abc", ("mujer", "mujer", ""), strict=True)]
    llaves = {m.llave: m.denominador for m in medir(ANIO, quienes, [])}
    assert llaves[TODOS, TODAS, "sexo", "mujer"] == 2
    assert llaves[TODOS, TODAS, TODOS, TODOS] == 3
    assert [llave for llave in llaves if llave[2] != TODOS and llave[1] != TODAS] == []


@given(st.dictionaries(st.sampled_from(["mujer", "hombre", "otro"]), st.integers(1, 40), min_size=2))
def test_ninguna_categoria_oculta_se_deduce_restando(cuantas: dict[str, int]) -> None:
    quienes = [participa(f"{s}{n}", categorias={"sexo": s}) for s, todas in cuantas.items() for n in range(todas)]
    mediciones = medir(ANIO, quienes, [])
    visibles = {m.llave for m in ocultar_chicas(mediciones, 11)}
    for componente in ("1", TODOS):
        ocultas = [n for s, n in cuantas.items() if (componente, TODAS, "sexo", s) not in visibles]
        if (componente, TODAS, TODOS, TODOS) in visibles and ocultas:
            assert len(ocultas) > 1
            assert sum(ocultas) >= 11


def test_con_todo_el_pais_y_todas_las_categorias_se_decide_que_ocultar_sin_demora() -> None:
    """Las celdas de un año entero: dieciséis regiones, dos componentes y treinta categorías desparejas."""
    azar = Random(8)
    quienes = [
        participa(
            f"m{n}",
            azar.choice((1, 2)),
            f"{1 + min(azar.randrange(16), azar.randrange(16)):02d}",
            categorias={
                "sexo": azar.choices(("mujer", "hombre", "otro", "prefiero_no"), (60, 36, 1, 3))[0],
                "nivel_educacional": azar.choice("abcdefg"),
                "seccion": chr(65 + min(azar.randrange(20), azar.randrange(20), azar.randrange(20))),
            },
        )
        for n in range(1145)
    ]
    mediciones = medir(ANIO, quienes, [])
    visibles = ocultar_chicas(mediciones, 11)
    assert 0 < len(visibles) < len(mediciones)
