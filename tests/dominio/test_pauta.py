"""La pauta: el puntaje es exacto, cada nota lleva su razón y ninguna se sale de la escala de la convocatoria."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funciones.dominio.convocatoria import Convocatoria, Criterio
from funciones.dominio.pauta import (
    JustificacionFaltante,
    NotaFueraDeEscala,
    PautaCompleta,
    calificar,
    comprobar,
    puntaje,
    resumir,
    vigentes,
)
from funciones.dominio.postulacion import Evaluacion
from tests.mundo import LLEGADA, convocatoria

nota = st.decimals(Decimal(1), Decimal(7), places=1)


def criterio(nombre: str, ponderacion: int) -> Criterio:
    return Criterio(nombre, nombre, ponderacion, Decimal(1), Decimal(7), desempate=1)


DOS = (criterio("oferta", 60), criterio("motivacion", 40))


def notas(oferta: str, motivacion: str) -> dict[str, Decimal]:
    return {"oferta": Decimal(oferta), "motivacion": Decimal(motivacion)}


def evaluacion(persona: str, dadas: Mapping[str, Decimal], **razones: str) -> Evaluacion:
    """Con una razón por nota, salvo que se digan otras."""
    return Evaluacion(persona, LLEGADA, dadas, razones or dict.fromkeys(dadas, "Se ve en la muestra."))


def con_pauta(evaluadores: int, criterios: tuple[Criterio, ...] = DOS) -> Convocatoria:
    return convocatoria(criterios=criterios, evaluadores=evaluadores)


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


def test_lo_que_no_alcanza_a_la_mitad_no_sube() -> None:
    # 4,0449… → 4,04: ni un decimal de más.
    assert puntaje(DOS, notas("4.0748", "4")) == Decimal("4.04")


@st.composite
def criterios_al_azar(draw: st.DrawFn) -> tuple[Criterio, ...]:
    cortes = sorted(draw(st.sets(st.integers(1, 99), min_size=1, max_size=5)))
    pesos = [b - a for a, b in zip([0, *cortes], [*cortes, 100], strict=True)]
    return tuple(criterio(f"c{n}", peso) for n, peso in enumerate(pesos))


@given(criterios_al_azar(), st.data())
def test_el_puntaje_es_la_suma_exacta_con_un_solo_redondeo(
    criterios: tuple[Criterio, ...], datos: st.DataObject
) -> None:
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
        ({**notas("5", "5"), "simpatia": Decimal(7), "zeta": Decimal(7)}, "simpatia"),
        ({}, "oferta"),
    ],
)
def test_si_falta_sobra_o_se_sale_una_nota_se_dice_cual(dadas: dict[str, Decimal], culpable: str) -> None:
    for intento in (lambda: puntaje(DOS, dadas), lambda: comprobar(DOS, evaluacion("eva-1", dadas, oferta="x"))):
        with pytest.raises(NotaFueraDeEscala) as visto:
            intento()
        assert visto.value.criterio == culpable
        assert str(visto.value) == culpable


@pytest.mark.parametrize("borde", ["1", "7"])
def test_los_bordes_de_la_escala_valen(borde: str) -> None:
    assert puntaje(DOS, notas(borde, borde)) == Decimal(borde)


@pytest.mark.parametrize(
    ("razones", "culpable"),
    [
        ({"oferta": "Pan propio."}, "motivacion"),
        ({"oferta": "  \n", "motivacion": "Ya tiene compradores."}, "oferta"),
        ({"oferta": "Pan.", "motivacion": "Sí.", "simpatia": "Mucha.", "zeta": "Z"}, "simpatia"),
    ],
)
def test_toda_nota_lleva_su_razon(razones: dict[str, str], culpable: str) -> None:
    with pytest.raises(JustificacionFaltante) as visto:
        calificar(con_pauta(1), (), evaluacion("eva-1", notas("5", "6"), **razones))
    assert visto.value.criterio == culpable
    assert str(visto.value) == culpable


def test_una_nota_con_su_razon_en_cada_criterio_se_acepta() -> None:
    comprobar(DOS, evaluacion("eva-1", notas("5", "6"), oferta="Pan propio.", motivacion="Ya tiene compradores."))


def test_mientras_falte_un_evaluador_no_hay_puntaje() -> None:
    parcial = calificar(con_pauta(2), (), evaluacion("eva-1", notas("5", "6")))
    assert not parcial.completa
    assert (parcial.notas, parcial.puntaje) == ({}, None)
    assert [e.evaluador for e in parcial.evaluaciones] == ["eva-1"]
    entera = calificar(con_pauta(2), parcial.evaluaciones, evaluacion("eva-2", notas("6", "7")))
    assert entera.completa
    assert [e.evaluador for e in entera.evaluaciones] == ["eva-1", "eva-2"]


def test_el_puntaje_es_el_promedio_y_se_redondea_una_sola_vez() -> None:
    # Cada persona por separado daría 4,01, 4,01 y 4,00 si se redondeara antes; juntas son 4,004 → 4,00.
    tres = tuple(evaluacion(f"p{n}", notas(oferta, "4")) for n, oferta in enumerate(("4.01", "4.01", "4")))
    calificacion = resumir(con_pauta(3), tres)
    assert calificacion.puntaje == Decimal("4.00")
    assert calificacion.notas == {"oferta": Decimal("4.01"), "motivacion": Decimal("4.00")}


def test_la_nota_con_que_se_desempata_es_el_promedio_a_dos_decimales() -> None:
    tres = tuple(evaluacion(f"p{n}", notas(oferta, "6.5")) for n, oferta in enumerate(("5", "5", "6")))
    assert {c: str(n) for c, n in resumir(con_pauta(3), tres).notas.items()} == {"oferta": "5.33", "motivacion": "6.50"}
    dos = tuple(evaluacion(f"p{n}", notas(oferta, "4")) for n, oferta in enumerate(("5.01", "5.02")))
    assert resumir(con_pauta(2), dos).notas["oferta"] == Decimal("5.02")


def test_quien_ya_puso_su_nota_la_corrige_en_su_lugar() -> None:
    dos = (evaluacion("eva-1", notas("1", "1")), evaluacion("eva-2", notas("7", "7")))
    corregida = calificar(con_pauta(2), dos, evaluacion("eva-1", notas("7", "7")))
    assert [(e.evaluador, e.notas["oferta"]) for e in corregida.evaluaciones] == [("eva-1", 7), ("eva-2", 7)]
    assert corregida.puntaje == Decimal(7)


def test_completa_la_pauta_nadie_nuevo_puede_mover_el_puntaje() -> None:
    dos = (evaluacion("eva-1", notas("5", "5")), evaluacion("eva-2", notas("6", "6")))
    with pytest.raises(PautaCompleta):
        calificar(con_pauta(2), dos, evaluacion("eva-3", notas("7", "7")))
    with pytest.raises(PautaCompleta):
        calificar(con_pauta(1), dos, evaluacion("eva-3", notas("7", "7")))


def test_si_una_enmienda_cambia_la_pauta_las_notas_de_antes_ya_no_cuentan() -> None:
    vieja = evaluacion("eva-1", {"oferta": Decimal(5)})
    fuera_de_escala = evaluacion("eva-2", notas("5", "8"))
    al_dia = evaluacion("eva-3", notas("5", "5"))
    assert vigentes(con_pauta(1), (vieja, al_dia, fuera_de_escala)) == (al_dia,)
    assert resumir(con_pauta(1), (vieja, fuera_de_escala)).puntaje is None
    nueva = calificar(con_pauta(1), (vieja, fuera_de_escala), evaluacion("eva-1", notas("6", "6")))
    assert (nueva.puntaje, [e.evaluador for e in nueva.evaluaciones]) == (Decimal(6), ["eva-1"])
    assert calificar(con_pauta(2), (vieja, al_dia), evaluacion("eva-4", notas("6", "6"))).completa


@st.composite
def evaluadas(draw: st.DrawFn) -> tuple[Convocatoria, tuple[Evaluacion, ...]]:
    criterios = draw(criterios_al_azar())
    cuantas = draw(st.integers(1, 6))
    dadas = [evaluacion(f"p{n}", {c.criterio: draw(nota) for c in criterios}) for n in range(cuantas)]
    return con_pauta(cuantas, criterios), tuple(dadas)


@given(evaluadas(), st.randoms())
def test_el_promedio_es_exacto_y_no_depende_de_quien_califico_primero(
    caso: tuple[Convocatoria, tuple[Evaluacion, ...]], azar: object
) -> None:
    conv, dadas = caso
    exacto = sum(Fraction(e.notas[c.criterio]) * c.ponderacion for e in dadas for c in conv.criterios) / (
        100 * len(dadas)
    )
    esperado = Decimal(int(exacto * 100 + Fraction(1, 2))) / 100
    barajadas = list(dadas)
    azar.shuffle(barajadas)  # type: ignore[attr-defined]
    acumulada: tuple[Evaluacion, ...] = ()
    for una in barajadas:
        ultima = calificar(conv, acumulada, una)
        acumulada = ultima.evaluaciones
        assert ultima.completa is (len(acumulada) == len(dadas))
    assert ultima.puntaje == esperado
    assert ultima.notas == resumir(conv, dadas).notas


@given(evaluadas(), st.data())
def test_subir_una_nota_nunca_baja_el_puntaje(
    caso: tuple[Convocatoria, tuple[Evaluacion, ...]], datos: st.DataObject
) -> None:
    conv, dadas = caso
    una = datos.draw(st.sampled_from(dadas))
    donde = datos.draw(st.sampled_from(conv.criterios)).criterio
    mejor = replace(una, notas={**una.notas, donde: Decimal(7)})
    antes, despues = resumir(conv, dadas).puntaje, calificar(conv, dadas, mejor).puntaje
    assert antes is not None
    assert despues is not None
    assert despues >= antes
