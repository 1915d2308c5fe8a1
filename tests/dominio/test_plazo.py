"""Los plazos: días hábiles de Chile, con sus feriados y los dos cambios de hora."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funciones.dominio.plazo import fecha_en_chile, fin_del_dia, habil, inicio_del_dia, vence_en_dias_habiles

CHILE = ZoneInfo("America/Santiago")
SEGUNDO = timedelta(seconds=1)
# En 2026 el reloj se atrasa al terminar el 4 de abril y se adelanta al terminar el 5 de septiembre.
ATRASO, ADELANTO = date(2026, 4, 4), date(2026, 9, 5)
NAVIDAD = frozenset({date(2026, 12, 25), date(2027, 1, 1)})
dias = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def utc(*partes: int) -> datetime:
    return datetime(*partes, tzinfo=UTC)  # type: ignore[arg-type]


def test_la_zona_tiene_los_dos_cambios_de_hora_que_se_prueban() -> None:
    desfases = {
        dia: datetime(dia.year, dia.month, dia.day, 12, tzinfo=CHILE).utcoffset()
        for dia in (ATRASO, ATRASO + timedelta(1), ADELANTO, ADELANTO + timedelta(1))
    }
    assert list(desfases.values()) == [timedelta(hours=h) for h in (-3, -4, -4, -3)]


@pytest.mark.parametrize(
    ("dia", "esperado"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 27), True),
        (date(2026, 11, 28), False),
        (date(2026, 11, 29), False),
        (date(2026, 12, 25), False),
        (date(2026, 12, 24), True),
    ],
)
def test_es_habil_de_lunes_a_viernes_salvo_feriado(dia: date, esperado: bool) -> None:
    assert habil(dia, NAVIDAD) is esperado


@pytest.mark.parametrize(
    ("desde", "plazo", "ultimo"),
    [
        # Lunes: cinco días hábiles terminan el lunes siguiente, porque el primero es el martes.
        (utc(2026, 11, 23, 15), 5, date(2026, 11, 30)),
        (utc(2026, 11, 27, 15), 1, date(2026, 11, 30)),
        (utc(2026, 11, 28, 15), 1, date(2026, 11, 30)),
        # El jueves 24 a las 23:30 en Chile ya es 25 en UTC: manda la fecha de Chile.
        (utc(2026, 12, 25, 2, 30), 1, date(2026, 12, 28)),
        (utc(2026, 12, 25, 3, 30), 1, date(2026, 12, 28)),
        (utc(2026, 12, 24, 2, 30), 1, date(2026, 12, 24)),
        # Navidad y Año Nuevo en viernes: cinco hábiles desde el 23 saltan dos feriados y dos fines de semana.
        (utc(2026, 12, 23, 15), 5, date(2026, 12, 31)),
        (utc(2026, 12, 23, 15), 6, date(2027, 1, 4)),
        # Sobre los cambios de hora.
        (utc(2026, 4, 3, 15), 1, date(2026, 4, 6)),
        (utc(2026, 9, 4, 15), 1, date(2026, 9, 7)),
    ],
)
def test_el_plazo_empieza_el_dia_habil_siguiente_y_vence_al_terminar_el_ultimo(
    desde: datetime, plazo: int, ultimo: date
) -> None:
    vence = vence_en_dias_habiles(desde, plazo, NAVIDAD)
    assert vence.tzinfo is UTC
    assert vence.astimezone(CHILE).isoformat()[:19] == f"{ultimo}T23:59:59"


@pytest.mark.parametrize("plazo", [0, -1])
def test_no_hay_plazo_sin_dias(plazo: int) -> None:
    with pytest.raises(ValueError, match="al menos un día"):
        vence_en_dias_habiles(utc(2026, 11, 23), plazo, frozenset())


@given(
    desde=st.integers(0, 1_500_000).map(lambda minutos: utc(2025, 1, 1) + timedelta(minutes=minutos)),
    plazo=st.integers(1, 25),
    feriados=st.frozensets(dias, max_size=30),
)
def test_dentro_del_plazo_hay_justo_esos_dias_habiles(desde: datetime, plazo: int, feriados: frozenset[date]) -> None:
    primero, ultimo = fecha_en_chile(desde), fecha_en_chile(vence_en_dias_habiles(desde, plazo, feriados))
    contados = [primero + timedelta(n) for n in range(1, (ultimo - primero).days + 1)]
    assert sum(habil(dia, feriados) for dia in contados) == plazo
    assert habil(ultimo, feriados)


@given(dia=dias)
def test_el_fin_de_un_dia_y_el_inicio_del_siguiente_se_tocan(dia: date) -> None:
    assert fin_del_dia(dia) + SEGUNDO == inicio_del_dia(dia + timedelta(1))
    assert fecha_en_chile(inicio_del_dia(dia)) == dia == fecha_en_chile(fin_del_dia(dia))
    assert fecha_en_chile(inicio_del_dia(dia) - SEGUNDO) == dia - timedelta(1)


@pytest.mark.parametrize(
    ("dia", "horas"), [(ATRASO, 25), (ADELANTO, 24), (ADELANTO + timedelta(1), 23), (date(2026, 11, 23), 24)]
)
def test_el_dia_del_cambio_de_hora_dura_lo_que_dura(dia: date, horas: int) -> None:
    assert fin_del_dia(dia) + SEGUNDO - inicio_del_dia(dia) == timedelta(hours=horas)
