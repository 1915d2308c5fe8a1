"""Los plazos de los derechos sobre los datos: treinta días corridos, una prórroga, y dos hábiles para el bloqueo."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funciones.dominio import derecho
from funciones.dominio.derecho import Derecho, Pedido, ProrrogaImposible, Suceso, YaResuelto
from funciones.dominio.estado import Papel
from funciones.dominio.plazo import CHILE, fecha_en_chile, fin_del_dia, habil
from funciones.dominio.postulacion import Actor, MotivoFaltante

LUNES = datetime(2026, 11, 23, 10, 0, tzinfo=CHILE)
QUIEN = Actor(Papel.POSTULANTE, "K7M4PR9X")
OFICINA = Actor(Papel.PERSONAL, "evaluador-7", "Oficina del Maule", "evaluador")
FERIADO = frozenset({date(2026, 11, 24)})
SIN_FERIADOS: frozenset[date] = frozenset()


def pedido(
    cual: Derecho = Derecho.ACCESO, cuando: datetime = LUNES, feriados: frozenset[date] = SIN_FERIADOS
) -> Pedido:
    return derecho.pedir(1, cual, "Quiero saber.", QUIEN, cuando, feriados)


@pytest.mark.parametrize("cual", sorted(set(Derecho) - {Derecho.BLOQUEO}))
def test_se_responde_en_treinta_dias_corridos_contados_desde_el_siguiente(cual: Derecho) -> None:
    assert fecha_en_chile(pedido(cual, feriados=FERIADO).vence) == date(2026, 12, 23)


@pytest.mark.parametrize(
    ("cuando", "feriados", "dia"),
    [
        (LUNES, SIN_FERIADOS, date(2026, 11, 25)),
        (LUNES, FERIADO, date(2026, 11, 26)),
        (datetime(2026, 11, 27, 18, tzinfo=CHILE), SIN_FERIADOS, date(2026, 12, 1)),
        # El sábado cuenta desde el lunes.
        (datetime(2026, 11, 28, 9, tzinfo=CHILE), SIN_FERIADOS, date(2026, 12, 2)),
    ],
)
def test_el_bloqueo_se_resuelve_en_dos_dias_habiles(cuando: datetime, feriados: frozenset[date], dia: date) -> None:
    assert pedido(Derecho.BLOQUEO, cuando, feriados).vence == fin_del_dia(dia)


INSTANTES = st.timedeltas(timedelta(), timedelta(days=1500)).map(lambda cuanto: LUNES.astimezone(UTC) + cuanto)


@given(INSTANTES, st.sampled_from(Derecho))
def test_ningun_plazo_vence_antes_de_lo_debido(cuando: datetime, cual: Derecho) -> None:
    vence = pedido(cual, cuando).vence
    if cual is Derecho.BLOQUEO:
        dias = (fecha_en_chile(cuando) + timedelta(days=n) for n in range(1, 10))
        assert sum(habil(dia, SIN_FERIADOS) for dia in dias if dia <= fecha_en_chile(vence)) >= 2
    else:
        assert fecha_en_chile(vence) - fecha_en_chile(cuando) == timedelta(days=30)


def test_se_alarga_una_sola_vez_con_su_razon_y_antes_de_que_venza() -> None:
    uno = pedido()
    alargado = derecho.prorrogar(uno, OFICINA, LUNES, "Hay que pedir un archivo.")
    assert fecha_en_chile(alargado.vence) == date(2027, 1, 22)
    assert [h.que for h in alargado.hechos] == [Suceso.PEDIDO, Suceso.PRORROGADO]
    with pytest.raises(ProrrogaImposible):
        derecho.prorrogar(alargado, OFICINA, LUNES, "Otra vez.")
    with pytest.raises(ProrrogaImposible):
        derecho.prorrogar(uno, OFICINA, uno.vence + timedelta(seconds=1), "Tarde.")
    with pytest.raises(ProrrogaImposible):
        derecho.prorrogar(pedido(Derecho.BLOQUEO), OFICINA, LUNES, "Nunca.")


@pytest.mark.parametrize("que", sorted(derecho.RESUELVEN))
def test_se_responde_una_vez_y_tambien_fuera_de_plazo(que: Suceso) -> None:
    uno = pedido()
    tarde = uno.vence + timedelta(days=1)
    assert uno.atrasado(tarde)
    resuelto = derecho.resolver(uno, que, OFICINA, tarde, "Por esto.")
    assert resuelto.resuelto is not None
    assert (resuelto.resuelto.que, resuelto.atrasado(tarde)) == (que, False)
    with pytest.raises(YaResuelto):
        derecho.resolver(resuelto, que, OFICINA, tarde, "Otra vez.")
    with pytest.raises(YaResuelto):
        derecho.prorrogar(resuelto, OFICINA, tarde, "Otra vez.")


def test_sin_razon_no_se_pide_ni_se_responde() -> None:
    with pytest.raises(MotivoFaltante):
        derecho.pedir(1, Derecho.ACCESO, " \u200b ", QUIEN, LUNES, SIN_FERIADOS)
    with pytest.raises(MotivoFaltante):
        derecho.resolver(pedido(), Suceso.RECHAZADO, OFICINA, LUNES, "\n")
    with pytest.raises(ValueError, match="no resuelve"):
        derecho.resolver(pedido(), Suceso.PEDIDO, OFICINA, LUNES, "Por esto.")
