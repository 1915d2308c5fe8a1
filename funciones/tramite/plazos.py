"""Los plazos del trámite: hasta cuándo se corrige, hasta cuándo se recurre y desde cuándo cuenta lo presentado."""

from __future__ import annotations

from datetime import datetime

from funciones.adaptadores.horneado import Horneado
from funciones.dominio import espera
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.plazo import presentado_el, vence_en_dias_habiles, vencio
from funciones.dominio.postulacion import SE_RECURREN, Estado, Postulacion, Transicion
from funciones.entrada import recurso


def cuenta_desde(cuando: datetime, convocatoria: Convocatoria, publicado: Horneado) -> datetime:
    """Lo hecho en un día inhábil de la región cuenta a la primera hora del hábil siguiente."""
    return presentado_el(cuando, publicado.feriados_de(convocatoria.region))


def corregir_hasta(
    transiciones: tuple[Transicion, ...], convocatoria: Convocatoria, publicado: Horneado
) -> datetime | None:
    """El último segundo para corregir lo que se pidió; None si no hay nada pedido (Ley 19.880, art. 31).

    Los días son los que regían al publicarse la convocatoria: una enmienda no se los cambia a quien ya postuló.
    """
    if not transiciones or transiciones[-1].a is not Estado.EN_CORRECCION:
        return None
    dias = int(publicado.parametro("dias_subsanar", convocatoria.publicacion))
    return _vence(transiciones[-1].cuando, dias, convocatoria, publicado)


def paso_el_de_corregir(
    transiciones: tuple[Transicion, ...], convocatoria: Convocatoria, publicado: Horneado, ahora: datetime
) -> bool:
    """Si había algo que corregir y su plazo terminó."""
    hasta = corregir_hasta(transiciones, convocatoria, publicado)
    return hasta is not None and vencio(hasta, ahora)


def recurrir_hasta(
    transiciones: tuple[Transicion, ...], convocatoria: Convocatoria, publicado: Horneado
) -> datetime | None:
    """El último segundo para pedir otra revisión; None si no hay nada que recurrir, o nadie definió el plazo."""
    if not transiciones or transiciones[-1].a not in SE_RECURREN:
        return None
    return reclamar_hasta(transiciones[-1], convocatoria, publicado)


def paso_el_de_recurrir(
    transiciones: tuple[Transicion, ...], convocatoria: Convocatoria, publicado: Horneado, ahora: datetime
) -> bool:
    """Si el plazo para pedir otra revisión terminó. Sin plazo definido no corre ninguno."""
    hasta = recurrir_hasta(transiciones, convocatoria, publicado)
    return hasta is not None and vencio(hasta, ahora)


def reclamar_hasta(decision: Transicion, convocatoria: Convocatoria, publicado: Horneado) -> datetime | None:
    """El último segundo del recurso que rige para esa decisión; None si el día en que se tomó no había ninguno."""
    via = recurso.vigente(publicado, decision.cuando)
    return None if via is None else _vence(decision.cuando, via.dias_habiles, convocatoria, publicado)


def oferta_hasta(postulacion: Postulacion, convocatoria: Convocatoria, publicado: Horneado) -> datetime | None:
    """Hasta cuándo se responde la oferta; None si no tiene, o si la convocatoria está detenida y el plazo no corre."""
    if postulacion.estado is not Estado.OFRECIDA:
        return None
    enmiendas = (p.enmiendas for p in publicado.publicadas() if p.convocatoria.id == convocatoria.id)
    return espera.responder_hasta(postulacion, convocatoria, next(enmiendas, ()))


def oferta_vencida(postulacion: Postulacion, convocatoria: Convocatoria, publicado: Horneado, ahora: datetime) -> bool:
    """Si la oferta ya pasó su hora. Se compara; no se espera a que algo la borre."""
    hasta = oferta_hasta(postulacion, convocatoria, publicado)
    return hasta is not None and ahora >= hasta


def _vence(desde: datetime, dias: int, convocatoria: Convocatoria, publicado: Horneado) -> datetime:
    feriados = publicado.feriados_de(convocatoria.region)
    return vence_en_dias_habiles(presentado_el(desde, feriados), dias, feriados)
