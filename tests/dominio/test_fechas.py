"""Las fechas se dicen en español, con la hora que marca el reloj en Chile."""

from datetime import UTC, date, datetime

import pytest

from funciones.dominio.fechas import DIAS, MESES, fecha_hora_larga, fecha_larga, rango


def test_una_fecha_dice_su_dia_de_la_semana() -> None:
    assert fecha_larga(date(2026, 12, 7)) == "lunes 7 de diciembre de 2026"
    assert fecha_larga(date(2027, 1, 3)) == "domingo 3 de enero de 2027"
    assert fecha_larga(date(2027, 9, 1)) == "miércoles 1 de septiembre de 2027"


def test_los_dias_y_los_meses_estan_todos() -> None:
    assert [fecha_larga(date(2026, 11, 23 + n)).split()[0] for n in range(7)] == list(DIAS)
    assert [fecha_larga(date(2026, mes, 5)).split()[3] for mes in range(1, 13)] == list(MESES)


@pytest.mark.parametrize(
    ("instante", "esperado"),
    [
        (datetime(2026, 12, 7, 18, 0, tzinfo=UTC), "lunes 7 de diciembre de 2026 a las 15:00"),
        (datetime(2026, 7, 7, 18, 0, tzinfo=UTC), "martes 7 de julio de 2026 a las 14:00"),
        (datetime(2027, 1, 5, 2, 59, 59, tzinfo=UTC), "lunes 4 de enero de 2027 a las 23:59"),
        (datetime(2027, 1, 5, 12, 5, tzinfo=UTC), "martes 5 de enero de 2027 a las 9:05"),
        (datetime(2027, 1, 5, 4, 0, tzinfo=UTC), "martes 5 de enero de 2027 a la 1:00"),
    ],
)
def test_un_instante_se_dice_con_la_hora_de_chile(instante: datetime, esperado: str) -> None:
    assert fecha_hora_larga(instante) == esperado


def test_la_fecha_de_un_instante_es_la_de_chile() -> None:
    assert fecha_larga(datetime(2027, 1, 5, 2, 0, tzinfo=UTC)) == "lunes 4 de enero de 2027"


def test_un_instante_sin_zona_no_se_adivina() -> None:
    with pytest.raises(ValueError, match="zona"):
        fecha_hora_larga(datetime(2026, 12, 7, 18, 0))  # noqa: DTZ001
    with pytest.raises(ValueError, match="zona"):
        fecha_larga(datetime(2026, 12, 7, 18, 0))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("inicio", "termino", "esperado"),
    [
        (date(2027, 1, 15), date(2027, 1, 17), "15 al 17 de enero de 2027"),
        (date(2027, 1, 30), date(2027, 2, 2), "30 de enero al 2 de febrero de 2027"),
        (date(2026, 12, 30), date(2027, 1, 2), "30 de diciembre de 2026 al 2 de enero de 2027"),
        (date(2026, 1, 15), date(2027, 1, 17), "15 de enero de 2026 al 17 de enero de 2027"),
        (date(2027, 1, 20), date(2027, 1, 20), "20 de enero de 2027"),
        (date(2027, 1, 8), date(2027, 1, 9), "8 y 9 de enero de 2027"),
        (date(2027, 1, 31), date(2027, 2, 1), "31 de enero y 1 de febrero de 2027"),
    ],
)
def test_un_rango_no_repite_lo_que_comparten_sus_fechas(inicio: date, termino: date, esperado: str) -> None:
    assert rango(inicio, termino) == esperado


def test_un_rango_al_reves_es_un_error() -> None:
    with pytest.raises(ValueError, match="termina antes"):
        rango(date(2027, 1, 17), date(2027, 1, 15))
