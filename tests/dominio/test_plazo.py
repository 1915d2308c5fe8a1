"""Los plazos: días hábiles de Chile, con sus feriados y los dos cambios de hora."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funciones.dominio.plazo import (
    fecha_en_chile,
    fin_del_dia,
    habil,
    inicio_del_dia,
    presentado_el,
    vence_en_dias_habiles,
    vencio,
)

CHILE = ZoneInfo("America/Santiago")
SEGUNDO = timedelta(seconds=1)
# En 2026 el reloj se atrasa al terminar el 4 de abril y se adelanta al terminar el 5 de septiembre.
ATRASO, ADELANTO = date(2026, 4, 4), date(2026, 9, 5)
NAVIDAD = frozenset({date(2026, 12, 25), date(2027, 1, 1)})
# Feriado solo en la región de Arica y Parinacota; en 2027 cae lunes.
MORRO = frozenset({date(2027, 6, 7)})
dias = st.dates(date(2025, 1, 1), date(2027, 12, 31))
instantes = st.integers(0, 94_000_000).map(lambda segundos: utc(2025, 1, 1) + timedelta(seconds=segundos))
calendarios = st.frozensets(dias, max_size=40)


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


# El último segundo


@pytest.mark.parametrize(
    ("milisegundos", "tarde"), [(-1000, False), (0, False), (1, False), (500, False), (999, False), (1000, True)]
)
def test_el_ultimo_segundo_de_un_plazo_entra_entero(milisegundos: int, tarde: bool) -> None:
    hasta = fin_del_dia(date(2026, 11, 30))
    assert vencio(hasta, hasta + timedelta(milliseconds=milisegundos)) is tarde


@given(dia=dias, microsegundos=st.integers(-2_000_000, 2_000_000))
def test_llega_tarde_solo_lo_del_dia_siguiente(dia: date, microsegundos: int) -> None:
    ahora = fin_del_dia(dia) + timedelta(microseconds=microsegundos)
    assert vencio(fin_del_dia(dia), ahora) == (fecha_en_chile(ahora) > dia)


# Lo presentado en día inhábil


@pytest.mark.parametrize(
    ("cuando", "feriados", "cuenta"),
    [
        # Hábil: cuenta en su instante exacto, del primero al último del día.
        (datetime(2026, 11, 27, 0, 0, tzinfo=CHILE), NAVIDAD, datetime(2026, 11, 27, 0, 0, tzinfo=CHILE)),
        (datetime(2026, 11, 27, 23, 59, 59, tzinfo=CHILE), NAVIDAD, datetime(2026, 11, 27, 23, 59, 59, tzinfo=CHILE)),
        # Sábado y domingo enteros: a la primera hora del lunes.
        (datetime(2026, 11, 28, 0, 0, tzinfo=CHILE), NAVIDAD, datetime(2026, 11, 30, tzinfo=CHILE)),
        (datetime(2026, 11, 29, 23, 59, 59, tzinfo=CHILE), NAVIDAD, datetime(2026, 11, 30, tzinfo=CHILE)),
        # Navidad en viernes: pasa el feriado y el fin de semana.
        (datetime(2026, 12, 25, 12, 0, tzinfo=CHILE), NAVIDAD, datetime(2026, 12, 28, tzinfo=CHILE)),
        # El jueves 24 a las 23:30 en Chile ya es 25 en UTC, y todavía es hábil.
        (datetime(2026, 12, 24, 23, 30, tzinfo=CHILE), NAVIDAD, datetime(2026, 12, 24, 23, 30, tzinfo=CHILE)),
        # Un feriado de una región no mueve a las demás.
        (datetime(2027, 6, 7, 10, 0, tzinfo=CHILE), MORRO, datetime(2027, 6, 8, tzinfo=CHILE)),
        (datetime(2027, 6, 7, 10, 0, tzinfo=CHILE), NAVIDAD, datetime(2027, 6, 7, 10, 0, tzinfo=CHILE)),
        # El sábado en que el reloj se atrasa tiene dos veces las 23:30: las dos son del sábado.
        (datetime(2026, 4, 4, 23, 30, tzinfo=CHILE, fold=0), NAVIDAD, datetime(2026, 4, 6, tzinfo=CHILE)),
        (datetime(2026, 4, 4, 23, 30, tzinfo=CHILE, fold=1), NAVIDAD, datetime(2026, 4, 6, tzinfo=CHILE)),
        # El domingo en que se adelanta empieza a la 1:00.
        (datetime(2026, 9, 6, 1, 0, tzinfo=CHILE), NAVIDAD, datetime(2026, 9, 7, tzinfo=CHILE)),
    ],
)
def test_lo_inhabil_cuenta_a_la_primera_hora_del_habil_siguiente(
    cuando: datetime, feriados: frozenset[date], cuenta: datetime
) -> None:
    assert presentado_el(cuando, feriados) == cuenta


def test_si_el_habil_siguiente_empieza_a_la_una_esa_es_su_primera_hora() -> None:
    # Como si el domingo 6 fuera hábil y el sábado, feriado: la medianoche de ese domingo no existe.
    sabado = datetime(2026, 9, 5, 12, tzinfo=CHILE)
    lunes = presentado_el(sabado, frozenset())
    assert fecha_en_chile(lunes) == date(2026, 9, 7)
    assert inicio_del_dia(date(2026, 9, 6)) == datetime(2026, 9, 6, 1, 0, tzinfo=CHILE).astimezone(UTC)


@given(cuando=instantes, feriados=calendarios)
def test_lo_presentado_cuenta_siempre_en_habil_nunca_antes_y_en_el_primero_que_hay(
    cuando: datetime, feriados: frozenset[date]
) -> None:
    cuenta = presentado_el(cuando, feriados)
    primero, ultimo = fecha_en_chile(cuando), fecha_en_chile(cuenta)
    assert habil(ultimo, feriados)
    assert cuenta >= cuando
    assert not any(habil(primero + timedelta(n), feriados) for n in range((ultimo - primero).days))
    assert cuenta == (cuando if primero == ultimo else inicio_del_dia(ultimo))
    assert presentado_el(cuenta, feriados) == cuenta


@given(uno=instantes, otro=instantes, feriados=calendarios)
def test_quien_llega_antes_no_cuenta_despues(uno: datetime, otro: datetime, feriados: frozenset[date]) -> None:
    antes, despues = sorted((uno, otro))
    assert presentado_el(antes, feriados) <= presentado_el(despues, feriados)


@given(cuando=instantes, plazo=st.integers(1, 25), feriados=calendarios)
def test_quien_cumple_por_el_reloj_cumple_tambien_por_el_calendario(
    cuando: datetime, plazo: int, feriados: frozenset[date]
) -> None:
    """En los dos bordes: presentado en el último segundo entra; en el siguiente, ya no, sea hábil o no."""
    vence = vence_en_dias_habiles(presentado_el(cuando, feriados), plazo, feriados)
    assert presentado_el(vence, feriados) == vence
    assert presentado_el(vence + SEGUNDO, feriados) > vence


@given(cuando=instantes, plazo=st.integers(1, 25), feriados=calendarios, otro=dias)
def test_un_feriado_mas_nunca_acorta_el_plazo(
    cuando: datetime, plazo: int, feriados: frozenset[date], otro: date
) -> None:
    def vence(calendario: frozenset[date]) -> datetime:
        return vence_en_dias_habiles(presentado_el(cuando, calendario), plazo, calendario)

    assert vence(feriados) <= vence(feriados | {otro})
    # De lo pedido a lo vencido hay siempre, enteros, los días hábiles que se prometen.
    primero = fecha_en_chile(cuando)
    enteros = [primero + timedelta(n) for n in range(1, (fecha_en_chile(vence(feriados)) - primero).days + 1)]
    assert sum(habil(dia, feriados) for dia in enteros) >= plazo
