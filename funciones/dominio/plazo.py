"""Plazos: días hábiles y horas de Chile, con los feriados como argumento."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CHILE = ZoneInfo("America/Santiago")


def habil(dia: date, feriados: AbstractSet[date]) -> bool:
    """Ni sábado, ni domingo, ni feriado (Ley 19.880, art. 25)."""
    return dia.weekday() < 5 and dia not in feriados


def fecha_en_chile(instante: datetime) -> date:
    """La fecha del calendario en Chile continental para un instante con zona."""
    return instante.astimezone(CHILE).date()


def vence_en_dias_habiles(desde: datetime, dias: int, feriados: AbstractSet[date]) -> datetime:
    """El último segundo (UTC) del plazo de `dias` hábiles que empieza al día hábil siguiente de `desde`.

    Ley 19.880, art. 25: los plazos de días son de días hábiles y se cuentan desde el día siguiente.
    """
    if dias < 1:
        raise ValueError("un plazo tiene al menos un día")
    dia = fecha_en_chile(desde)
    faltan = dias
    while faltan:
        dia += timedelta(days=1)
        if habil(dia, feriados):
            faltan -= 1
    return fin_del_dia(dia)


# Ley 19.880, artículo 46: lo mandado se entiende notificado al tercer día hábil siguiente a que salió.
DIAS_HABILES_DE_NOTIFICACION = 3


def notificado_el(despacho: datetime, feriados: AbstractSet[date]) -> date:
    """Desde qué día cuenta como notificado lo que salió por correo o por carta en ese instante."""
    return fecha_en_chile(vence_en_dias_habiles(despacho, DIAS_HABILES_DE_NOTIFICACION, feriados))


def presentado_el(instante: datetime, feriados: AbstractSet[date]) -> datetime:
    """Cuándo cuenta lo presentado: si el día es inhábil, a la primera hora del hábil siguiente (Ley 19.880)."""
    dia = fecha_en_chile(instante)
    if habil(dia, feriados):
        return instante
    while not habil(dia, feriados):
        dia += timedelta(days=1)
    return inicio_del_dia(dia)


def vencio(hasta: datetime, ahora: datetime) -> bool:
    """Si ya pasó un plazo que termina en el segundo `hasta`: ese último segundo entra entero, con sus fracciones."""
    return ahora >= hasta + timedelta(seconds=1)


def fin_del_dia(dia: date) -> datetime:
    """Las 23:59:59 de ese día en Chile, en UTC. El día en que el reloj se atrasa hay dos: vale la segunda."""
    return datetime.combine(dia, time(23, 59, 59, fold=1), tzinfo=CHILE).astimezone(UTC)


def inicio_del_dia(dia: date) -> datetime:
    """Las 00:00 de ese día en Chile, en UTC. Si el cambio de hora se salta las 00:00, el primer instante que existe."""
    return datetime.combine(dia, time(0), tzinfo=CHILE).astimezone(UTC)
