"""Los plazos del trámite: hasta cuándo se corrige, hasta cuándo se recurre y desde cuándo cuenta lo presentado."""

from __future__ import annotations

from datetime import datetime

from funciones import recurso
from funciones.adaptadores.horneado import Horneado
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.plazo import fecha_en_chile, presentado_el, vence_en_dias_habiles
from funciones.dominio.postulacion import SE_RECURREN, Estado, Transicion


def cuenta_desde(cuando: datetime, convocatoria: Convocatoria, publicado: Horneado) -> datetime:
    """Lo hecho en un día inhábil de la región cuenta a la primera hora del hábil siguiente."""
    return presentado_el(cuando, publicado.feriados_de(convocatoria.region))


def corregir_hasta(
    transiciones: tuple[Transicion, ...], convocatoria: Convocatoria, publicado: Horneado
) -> datetime | None:
    """El último segundo para corregir lo que se pidió; None si no hay nada pedido (Ley 19.880, art. 31)."""
    if not transiciones or transiciones[-1].a is not Estado.EN_CORRECCION:
        return None
    pedida = transiciones[-1].cuando
    return _vence(pedida, int(publicado.parametro("dias_subsanar", fecha_en_chile(pedida))), convocatoria, publicado)


def recurrir_hasta(
    transiciones: tuple[Transicion, ...], convocatoria: Convocatoria, publicado: Horneado
) -> datetime | None:
    """El último segundo para pedir otra revisión; None si no hay nada que recurrir, o nadie definió el plazo."""
    if not transiciones or transiciones[-1].a not in SE_RECURREN:
        return None
    return reclamar_hasta(transiciones[-1], convocatoria, publicado)


def reclamar_hasta(decision: Transicion, convocatoria: Convocatoria, publicado: Horneado) -> datetime | None:
    """El último segundo del recurso que rige para esa decisión; None si el día en que se tomó no había ninguno."""
    via = recurso.vigente(publicado, decision.cuando)
    return None if via is None else _vence(decision.cuando, via.dias_habiles, convocatoria, publicado)


def _vence(desde: datetime, dias: int, convocatoria: Convocatoria, publicado: Horneado) -> datetime:
    feriados = publicado.feriados_de(convocatoria.region)
    return vence_en_dias_habiles(presentado_el(desde, feriados), dias, feriados)
