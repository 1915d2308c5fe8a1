"""La postulación en papel: la ingresa alguien de la oficina, entra sin confirmar correo y nadie más toma ese atajo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from funciones.dominio.plazo import CHILE, notificado_el
from funciones.dominio.postulacion import (
    EN_MANO,
    PRESENCIAL,
    SIN_CORREO,
    Actor,
    Aviso,
    Estado,
    MotivoFaltante,
    Papel,
    TransicionImposible,
    nacimiento,
    nacimiento_presencial,
    transitar,
)
from tests.mundo import HORA, LLEGADA, PERSONA, PERSONAL, REGLA, postulacion

EN_PAPEL = postulacion(1, canal=PRESENCIAL)


def test_nace_firmada_por_quien_la_ingresa_y_dice_como_llego() -> None:
    nacida = nacimiento_presencial(EN_PAPEL, PERSONA, REGLA, "Papel recibido hoy")
    assert (nacida.de, nacida.a, nacida.actor, nacida.motivo) == (
        None,
        Estado.POR_CONFIRMAR,
        PERSONAL,
        "Papel recibido hoy",
    )


def test_sin_decir_como_llego_no_nace() -> None:
    with pytest.raises(MotivoFaltante):
        nacimiento_presencial(EN_PAPEL, PERSONA, REGLA, " \u200b")


def test_cada_canal_tiene_su_nacimiento() -> None:
    with pytest.raises(ValueError, match="en papel"):
        nacimiento_presencial(postulacion(1), PERSONA, REGLA, "Papel recibido hoy")
    with pytest.raises(ValueError, match="quien postula"):
        nacimiento(EN_PAPEL, Actor(Papel.POSTULANTE, EN_PAPEL.folio), REGLA)


def test_no_nace_ya_decidida() -> None:
    with pytest.raises(ValueError, match="por confirmar"):
        nacimiento_presencial(replace(EN_PAPEL, estado=Estado.RECIBIDA), PERSONA, REGLA, "Papel recibido hoy")


@pytest.mark.parametrize("destino", [Estado.RECIBIDA, Estado.RETENIDA])
def test_la_oficina_pone_en_la_fila_lo_que_recibio_en_papel(destino: Estado) -> None:
    paso = transitar(EN_PAPEL, destino, PERSONAL, LLEGADA, motivo="Se ingresó", version_regla=REGLA, turno=LLEGADA)
    assert (paso.despues.estado, paso.despues.turno, paso.despues.canal) == (destino, LLEGADA, PRESENCIAL)


def test_la_oficina_no_confirma_por_quien_postulo_en_linea() -> None:
    with pytest.raises(TransicionImposible):
        transitar(postulacion(1), Estado.RECIBIDA, PERSONAL, LLEGADA, motivo="Se ingresó", version_regla=REGLA)


def test_el_atajo_del_papel_es_solo_de_la_entrada() -> None:
    sistema = Actor(Papel.SISTEMA, "prueba")
    with pytest.raises(TransicionImposible):
        transitar(EN_PAPEL, Estado.RECIBIDA, sistema, LLEGADA, motivo="Se ingresó", version_regla=REGLA)
    with pytest.raises(TransicionImposible):
        transitar(EN_PAPEL, Estado.SELECCIONADA, PERSONAL, LLEGADA, motivo="Se ingresó", version_regla=REGLA)
    dentro = replace(EN_PAPEL, estado=Estado.ADMISIBLE)
    with pytest.raises(TransicionImposible):
        transitar(dentro, Estado.RECIBIDA, PERSONAL, LLEGADA, motivo="Se ingresó", version_regla=REGLA)


@pytest.mark.parametrize(("referencia", "rechazado", "en_mano"), [(SIN_CORREO, True, False), (EN_MANO, False, True)])
def test_un_aviso_dice_si_falta_contactar_o_si_se_entrego(referencia: str, rechazado: bool, en_mano: bool) -> None:
    aviso = Aviso("K7M4PR9X", "feria", Estado.RECIBIDA, 2, LLEGADA, LLEGADA + HORA, referencia)
    assert (aviso.rechazado, aviso.en_mano) == (rechazado, en_mano)


@pytest.mark.parametrize(
    ("salio", "cuenta"),
    [
        (datetime(2026, 11, 23, 10, tzinfo=CHILE), date(2026, 11, 26)),
        # Un viernes: ni el fin de semana ni el feriado del martes 8 cuentan.
        (datetime(2026, 12, 4, 23, 59, tzinfo=CHILE), date(2026, 12, 10)),
        (datetime(2026, 12, 6, 9, tzinfo=CHILE), date(2026, 12, 10)),
    ],
)
def test_lo_que_sale_se_entiende_notificado_al_tercer_dia_habil(salio: datetime, cuenta: date) -> None:
    assert notificado_el(salio, {date(2026, 12, 8)}) == cuenta
