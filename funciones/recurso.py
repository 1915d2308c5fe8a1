"""El recurso de toda denegación: su canal y su plazo, que son un parámetro con fecha, y hasta cuándo se presenta."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date, datetime

from funciones.adaptadores.horneado import Horneado
from funciones.dominio.plazo import fecha_en_chile, presentado_el, vence_en_dias_habiles
from funciones.dominio.postulacion import Recurso
from funciones.errores import Rechazo


def vigente(publicado: Horneado, cuando: datetime) -> Recurso | None:
    """La vía de recurso que rige ese día; None si nadie la definió: entonces no se le dice que no a nadie."""
    el = fecha_en_chile(cuando)
    try:
        canal, dias = publicado.parametro("recurso_canal", el), publicado.parametro("recurso_plazo_dias_habiles", el)
        return Recurso(canal, int(dias))
    except (KeyError, ValueError):
        return None


def exigir(publicado: Horneado, cuando: datetime) -> Recurso:
    """La vía de recurso que rige ese día. Error: Rechazo 409 si nadie la definió."""
    via = vigente(publicado, cuando)
    if via is None:
        raise Rechazo("recurso_sin_definir")
    return via


def vence(via: Recurso, decidido: datetime, feriados: AbstractSet[date]) -> datetime:
    """El último segundo para presentarlo. Lo decidido en día inhábil cuenta desde el hábil siguiente."""
    return vence_en_dias_habiles(presentado_el(decidido, feriados), via.dias_habiles, feriados)
