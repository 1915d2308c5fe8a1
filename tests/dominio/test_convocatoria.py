"""R6: la convocatoria recibe hasta el último instante del plazo, también en los dos cambios de hora."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from funciones.dominio.convocatoria import Cupo, DocumentoPedido, EstadoConvocatoria, Situacion
from funciones.dominio.plazo import CHILE, fin_del_dia, inicio_del_dia
from tests.mundo import HORA, convocatoria

SEGUNDO = timedelta(seconds=1)


def chile(texto: str, fold: int = 0) -> datetime:
    """Una hora de pared en Chile, en UTC; `fold=1` es la segunda vez que el reloj la marca."""
    return datetime.fromisoformat(texto).replace(tzinfo=CHILE, fold=fold).astimezone(UTC)


CIERRES = {
    "un día cualquiera": chile("2026-12-02T15:00"),
    "antes de atrasar el reloj": chile("2026-04-04T22:59:59"),
    "la primera vez de la hora repetida": chile("2026-04-04T23:30"),
    "la segunda vez de la hora repetida": chile("2026-04-04T23:30", fold=1),
    "al empezar el día en que se atrasó": chile("2026-04-05T00:00"),
    "al terminar el día en que se adelanta": chile("2026-09-05T23:59:59"),
    "al adelantar el reloj": chile("2026-09-06T01:00"),
    "el día después de adelantarlo": chile("2026-09-06T15:00"),
}


def test_los_cierres_son_instantes_distintos_y_la_hora_repetida_dura_una_hora() -> None:
    assert len(set(CIERRES.values())) == len(CIERRES)
    primera, segunda = (CIERRES[f"la {vez} vez de la hora repetida"] for vez in ("primera", "segunda"))
    assert segunda - primera == HORA
    assert CIERRES["al adelantar el reloj"] - CIERRES["al terminar el día en que se adelanta"] == SEGUNDO


@pytest.mark.parametrize("cierre", CIERRES.values(), ids=CIERRES.keys())
def test_un_segundo_antes_del_cierre_se_recibe_y_al_cierre_ya_no(cierre: datetime) -> None:
    abierta = convocatoria(apertura=cierre - timedelta(days=20), cierre=cierre)
    assert abierta.recibe(cierre - SEGUNDO)
    assert not abierta.recibe(cierre)
    assert not abierta.recibe(cierre + SEGUNDO)


@pytest.mark.parametrize("apertura", CIERRES.values(), ids=CIERRES.keys())
def test_un_segundo_antes_de_la_apertura_no_se_recibe_y_desde_ella_si(apertura: datetime) -> None:
    abierta = convocatoria(apertura=apertura, cierre=apertura + timedelta(days=20))
    assert not abierta.recibe(apertura - SEGUNDO)
    assert abierta.recibe(apertura)


@pytest.mark.parametrize("situacion", [Situacion.SUSPENDIDA, Situacion.CANCELADA])
def test_suspendida_o_cancelada_no_recibe_aunque_este_en_plazo(situacion: Situacion) -> None:
    suya = convocatoria(situacion=situacion)
    assert not suya.recibe(suya.apertura + HORA)
    assert suya.estado(suya.apertura + HORA) == situacion.value


BASE = convocatoria(resultados=date(2026, 12, 10), encuesta_cierre=date(2027, 4, 3))


@pytest.mark.parametrize(
    ("ahora", "esperado"),
    [
        (BASE.apertura - SEGUNDO, EstadoConvocatoria.PROXIMA),
        (BASE.apertura, EstadoConvocatoria.ABIERTA),
        (BASE.cierre - SEGUNDO, EstadoConvocatoria.ABIERTA),
        (BASE.cierre, EstadoConvocatoria.EN_EVALUACION),
        (inicio_del_dia(BASE.resultados) - SEGUNDO, EstadoConvocatoria.EN_EVALUACION),
        (inicio_del_dia(BASE.resultados), EstadoConvocatoria.RESULTADOS),
        (fin_del_dia(BASE.encuesta_cierre), EstadoConvocatoria.RESULTADOS),
        (fin_del_dia(BASE.encuesta_cierre) + SEGUNDO / 2, EstadoConvocatoria.RESULTADOS),
        (fin_del_dia(BASE.encuesta_cierre) + SEGUNDO, EstadoConvocatoria.CERRADA),
    ],
)
def test_el_estado_cambia_en_su_instante(ahora: datetime, esperado: EstadoConvocatoria) -> None:
    assert BASE.estado(ahora) is esperado


def test_el_dia_en_que_se_atrasa_el_reloj_dura_hasta_su_segunda_medianoche() -> None:
    suya = convocatoria(
        apertura=chile("2026-03-02T09:00"),
        cierre=chile("2026-03-30T15:00"),
        resultados=date(2026, 4, 1),
        encuesta_cierre=date(2026, 4, 4),
    )
    medianoche = chile("2026-04-05T00:00")
    assert suya.estado(medianoche - SEGUNDO) is EstadoConvocatoria.RESULTADOS
    assert suya.estado(medianoche) is EstadoConvocatoria.CERRADA


@pytest.mark.parametrize(
    ("cupo", "esperado"),
    [
        (None, EstadoConvocatoria.ABIERTA),
        (Cupo(10, 9), EstadoConvocatoria.ABIERTA),
        (Cupo(10, 10), EstadoConvocatoria.CON_LISTA_DE_ESPERA),
        (Cupo(10, 10, 4, 5), EstadoConvocatoria.CON_LISTA_DE_ESPERA),
        (Cupo(10, 10, 5, 5), EstadoConvocatoria.CERRADA),
        (Cupo(10, 12, 6, 5), EstadoConvocatoria.CERRADA),
        (Cupo(10, 10, 0, 0), EstadoConvocatoria.CERRADA),
        (Cupo(10, 9, 5, 5), EstadoConvocatoria.ABIERTA),
    ],
)
def test_con_los_puestos_completos_se_dice_si_queda_lista_de_espera(
    cupo: Cupo | None, esperado: EstadoConvocatoria
) -> None:
    assert BASE.estado(BASE.apertura, cupo) is esperado


def test_los_puestos_libres_nunca_son_menos_que_cero() -> None:
    assert (Cupo(3, 1).libres, Cupo(3, 3).libres, Cupo(3, 5).libres) == (2, 0, 0)


def test_se_piden_los_documentos_que_rigen_para_cada_tipo_de_persona_en_su_orden() -> None:
    todos = DocumentoPedido("f30", "F30", obligatorio=True)
    cooperativas = DocumentoPedido("acta", "Acta", obligatorio=True, tipos_persona=("cooperativa",))
    suya = convocatoria(documentos=(cooperativas, todos))
    assert suya.documentos_de("cooperativa") == (cooperativas, todos)
    assert suya.documentos_de("natural") == (todos,)


def test_la_oferta_vence_a_las_horas_declaradas_aunque_cambie_la_hora() -> None:
    antes_del_cambio = chile("2026-09-05T20:00")
    assert convocatoria(horas_oferta=24).vencimiento_oferta(antes_del_cambio) - antes_del_cambio == 24 * HORA


@pytest.mark.parametrize(
    ("tope", "recibidas", "llena"), [(None, 999, False), (3, 2, False), (3, 3, True), (3, 4, True)]
)
def test_esta_llena_cuando_llegaron_todas_las_que_recibe(tope: int | None, recibidas: int, llena: bool) -> None:
    assert convocatoria(postulaciones_maximas=tope).llena(recibidas) is llena
