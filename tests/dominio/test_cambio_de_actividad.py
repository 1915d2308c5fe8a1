"""Qué cambio de una actividad se le cuenta a quién, y cómo se resume."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from funciones.dominio.cambio_de_actividad import (
    ATRASO_DEL_EDITOR,
    Caso,
    Efecto,
    caso,
    efecto,
    le_concierne,
    por_decir,
    vigentes,
)
from funciones.dominio.estado import SIN_CONFIRMAR, Estado
from funciones.dominio.novedad import Enmienda
from funciones.dominio.plazo import CHILE, fin_del_dia
from tests.mundo import postulacion

EL_20 = date(2026, 11, 20)
AHORA = datetime(2026, 11, 21, 12, tzinfo=CHILE)


def enmienda(campo: str, despues: str = "b", antes: str = "a", numero: int = 1, *, mayor: bool = True) -> Enmienda:
    return Enmienda(numero, EL_20, campo, antes, despues, "Porque sí.", mayor)


def de_ella(*enmiendas: Enmienda) -> Efecto:
    return efecto(vigentes(enmiendas, (), AHORA))


@pytest.mark.parametrize("estado", Estado)
def test_solo_le_importa_a_quien_sigue_en_juego(estado: Estado) -> None:
    terminadas = {"no_admisible", "no_seleccionada", "desistida", "retirada", "declinada", "oferta_vencida"}
    pasadas = {"participo", "no_asistio", "egresada", "recurso_rechazado"}
    fuera = {str(e) for e in SIN_CONFIRMAR} | terminadas | pasadas
    assert (caso(estado) is None) is (str(estado) in fuera)


def test_con_cupo_con_oferta_en_espera_o_en_la_fila() -> None:
    assert caso(Estado.SELECCIONADA) is caso(Estado.CONFIRMADA) is Caso.CON_CUPO
    assert caso(Estado.OFRECIDA) is Caso.CON_OFERTA
    assert caso(Estado.LISTA_DE_ESPERA) is Caso.EN_ESPERA
    assert caso(Estado.RECURRIDA) is caso(Estado.RECIBIDA) is Caso.EN_LA_FILA


@pytest.mark.parametrize(
    ("campos", "resume"),
    [
        ([("actividad_inicio", "2027-01-02")], Efecto.FECHA),
        ([("sede", "otra"), ("situacion", "trasladado")], Efecto.LUGAR),
        ([("comuna", "07101"), ("termino", "x")], Efecto.FECHA_Y_LUGAR),
        ([("situacion", "pospuesto")], Efecto.FECHA),
        ([("actividad_inicio", "x"), ("situacion", "cancelada")], Efecto.CANCELADA),
        ([("situacion", "suspendida"), ("situacion", "vigente")], Efecto.SIGUE),
        ([("situacion", "suspendida"), ("situacion", "vigente"), ("sede", "x")], Efecto.LUGAR),
        ([("bases", "x"), ("resultados", "x")], Efecto.OTRO),
    ],
)
def test_en_una_palabra_lo_que_le_paso_a_la_actividad(campos: list[tuple[str, str]], resume: Efecto) -> None:
    assert de_ella(*(enmienda(campo, despues, numero=n) for n, (campo, despues) in enumerate(campos, 1))) is resume


def test_lo_menor_lo_que_aun_no_rige_y_lo_de_quien_va_a_postular_no_se_cuentan() -> None:
    no = [enmienda("sede", mayor=False), enmienda("cierre"), enmienda("apertura")]
    assert vigentes(no, (), AHORA) == ()
    assert vigentes([enmienda("sede")], (), AHORA - timedelta(days=2)) == ()
    assert [c.id for c in vigentes([enmienda("cupos")], [enmienda("sede")], AHORA)] == ["convocatoria-1", "evento-1"]


def test_lo_que_anotan_los_dos_se_dice_una_vez_y_gana_el_que_trae_la_hora() -> None:
    propias = [enmienda("actividad_inicio", "2027-01-02"), enmienda("situacion", "cancelada", numero=2)]
    del_evento = [enmienda("inicio", "2027-01-02T10:00"), enmienda("situacion", "cancelado", numero=2)]
    dichas = por_decir(vigentes(propias, del_evento, AHORA))
    assert [(e.campo, e.despues) for e in dichas] == [("situacion", "cancelada"), ("inicio", "2027-01-02T10:00")]
    movida = [enmienda("situacion", "trasladado"), enmienda("sede", numero=2)]
    assert [e.campo for e in por_decir(vigentes((), movida, AHORA))] == ["sede"]
    assert [e.despues for e in por_decir(vigentes((), movida[:1], AHORA))] == ["trasladado"]


def test_quien_postulo_despues_de_que_se_vio_ya_lo_leyo() -> None:
    (cambio,) = vigentes([enmienda("sede")], (), AHORA)
    fin = fin_del_dia(EL_20)
    ella = replace(postulacion(), estado=Estado.RECIBIDA)
    # El editor lo publicó con unos días de atraso: vale cuándo se vio.
    visto = fin + timedelta(days=3)
    assert le_concierne(cambio, replace(ella, llego=visto), visto)
    assert not le_concierne(cambio, replace(ella, llego=visto + timedelta(seconds=1)), visto)
    # El sistema es nuevo y lo ve meses después: vale la fecha.
    tarde = fin + ATRASO_DEL_EDITOR + timedelta(seconds=1)
    assert not le_concierne(cambio, replace(ella, llego=visto), tarde)
    assert le_concierne(cambio, replace(ella, llego=fin), tarde)
    assert not le_concierne(cambio, replace(ella, llego=fin, estado=Estado.RETIRADA), visto)
