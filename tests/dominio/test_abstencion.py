"""Abstenerse: queda escrito, retira la nota propia y no le llega a quien postuló."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from funciones.dominio.abstencion import SE_ABSTUVO, SE_REVISA, abstenerse, se_abstuvo
from funciones.dominio.postulacion import (
    Actor,
    Aviso,
    Estado,
    Evaluacion,
    MotivoFaltante,
    Papel,
    Paso,
    TransicionImposible,
    como_quedo,
)
from tests.mundo import CRITERIOS, HORA, LLEGADA, convocatoria, postulacion

EVALUADORA = Actor(Papel.PERSONAL, "evaluador-1", "Dirección Regional", "evaluador")


def evaluacion(quien: str, nota: int) -> Evaluacion:
    criterios = [c.criterio for c in CRITERIOS]
    return Evaluacion(quien, LLEGADA, dict.fromkeys(criterios, Decimal(nota)), dict.fromkeys(criterios, "Se ve."))


def tras_abstenerse(
    estado: Estado, *evaluaciones: Evaluacion, evaluadores: int = 2, motivo: str = "Es pariente"
) -> Paso:
    antes = postulacion(
        estado=estado, version=4, motivo="Lo que lee la empresa", evaluaciones=evaluaciones, puntaje=Decimal(6)
    )
    return abstenerse(
        antes,
        convocatoria(criterios=CRITERIOS, evaluadores=evaluadores),
        EVALUADORA,
        LLEGADA + HORA,
        motivo=motivo,
        version_regla="prueba/1",
    )


@pytest.mark.parametrize("estado", sorted(SE_REVISA - {Estado.EVALUADA}))
def test_queda_escrita_y_la_postulacion_sigue_donde_estaba(estado: Estado) -> None:
    paso = tras_abstenerse(estado)
    assert se_abstuvo(paso.despues, "evaluador-1")
    assert not se_abstuvo(paso.despues, "evaluador-2")
    assert not se_abstuvo(paso.antes, "evaluador-1")
    assert (paso.despues.estado, paso.despues.version) == (estado, 5)
    escrita = paso.transicion
    assert (escrita.de, escrita.a, escrita.version, escrita.motivo) == (estado, estado, 5, SE_ABSTUVO)
    assert (escrita.actor, escrita.cuando, escrita.version_regla) == (EVALUADORA, LLEGADA + HORA, "prueba/1")
    abstencion = paso.despues.abstenciones[-1]
    assert (abstencion.evaluador, abstencion.cuando, abstencion.motivo) == (
        "evaluador-1",
        LLEGADA + HORA,
        "Es pariente",
    )


def test_la_segunda_persona_que_se_abstiene_no_borra_a_la_primera() -> None:
    primera = tras_abstenerse(Estado.RECIBIDA).despues
    otra = Actor(Papel.PERSONAL, "evaluador-2", "Dirección Regional", "evaluador")
    segunda = abstenerse(primera, convocatoria(), otra, LLEGADA, motivo="Trabajé ahí", version_regla="prueba/1").despues
    assert [a.evaluador for a in segunda.abstenciones] == ["evaluador-1", "evaluador-2"]
    assert segunda.version == primera.version + 1


@pytest.mark.parametrize("estado", sorted(SE_REVISA))
def test_el_conflicto_lo_lee_la_mesa_y_no_quien_postulo(estado: Estado) -> None:
    paso = tras_abstenerse(estado, evaluacion("evaluador-1", 7))
    assert paso.aviso is None
    assert paso.despues.motivo == paso.transicion.motivo == "Una persona de la mesa declaró un conflicto de interés"
    # Lo guardado es lo que la última transición dice: así lo comprueba la auditoría.
    assert como_quedo(paso.despues, paso.transicion) == paso.despues


def test_la_nota_que_ya_habia_puesto_se_retira() -> None:
    paso = tras_abstenerse(Estado.ADMISIBLE, evaluacion("evaluador-1", 7))
    assert paso.despues.evaluaciones == ()
    paso = tras_abstenerse(Estado.ADMISIBLE, evaluacion("evaluador-2", 5))
    assert [e.evaluador for e in paso.despues.evaluaciones] == ["evaluador-2"]


def test_si_con_eso_falta_una_nota_vuelve_a_calificarse() -> None:
    paso = tras_abstenerse(Estado.EVALUADA, evaluacion("evaluador-1", 7), evaluacion("evaluador-2", 5))
    assert (paso.despues.estado, paso.despues.puntaje, paso.despues.notas) == (Estado.ADMISIBLE, None, {})
    assert (paso.transicion.de, paso.transicion.a, paso.transicion.puntaje) == (Estado.EVALUADA, Estado.ADMISIBLE, None)
    assert paso.aviso is None


def test_si_las_notas_alcanzan_sin_la_suya_el_puntaje_sigue() -> None:
    paso = tras_abstenerse(Estado.EVALUADA, evaluacion("evaluador-2", 5), evaluadores=1)
    assert (paso.despues.estado, paso.despues.puntaje) == (Estado.EVALUADA, Decimal(5))
    assert paso.transicion.puntaje == Decimal(5)


def test_al_resolver_un_recurso_las_notas_quedan_como_se_decidieron() -> None:
    # Faltaría una nota, y la suya se retiraría: pero eso ya se decidió, y es lo que se revisa.
    paso = tras_abstenerse(Estado.RECURRIDA, evaluacion("evaluador-1", 7))
    assert [e.evaluador for e in paso.despues.evaluaciones] == ["evaluador-1"]
    assert (paso.despues.estado, paso.despues.puntaje) == (Estado.RECURRIDA, Decimal(6))
    assert (paso.transicion.puntaje, paso.aviso) == (Decimal(6), None)
    assert se_abstuvo(paso.despues, "evaluador-1")


@pytest.mark.parametrize("estado", sorted(set(Estado) - SE_REVISA))
def test_despues_de_revisar_y_calificar_ya_no_hay_de_que_abstenerse(estado: Estado) -> None:
    with pytest.raises(TransicionImposible):
        tras_abstenerse(estado)


@pytest.mark.parametrize("estado", [Estado.RECIBIDA, Estado.EVALUADA])
def test_sin_razon_no_hay_abstencion(estado: Estado) -> None:
    with pytest.raises(MotivoFaltante):
        tras_abstenerse(estado, motivo="  ")


def test_fuera_de_la_tabla_solo_se_queda_donde_esta_quien_declara_su_propio_conflicto() -> None:
    paso = tras_abstenerse(Estado.RECIBIDA)
    aviso = Aviso(paso.antes.folio, paso.antes.convocatoria, Estado.RECIBIDA, paso.despues.version, LLEGADA)
    de_otra = replace(paso.despues.abstenciones[0], evaluador="evaluador-2")
    for cambios in (
        {"despues": replace(paso.despues, abstenciones=())},
        {"despues": replace(paso.despues, abstenciones=(de_otra,))},
        {"despues": replace(paso.despues, abstenciones=(*paso.despues.abstenciones, de_otra))},
        {"aviso": aviso},
    ):
        with pytest.raises(TransicionImposible):
            replace(paso, **cambios)
    with pytest.raises(TransicionImposible):
        replace(
            paso,
            despues=replace(paso.despues, estado=Estado.SELECCIONADA),
            transicion=replace(paso.transicion, a=Estado.SELECCIONADA),
        )
