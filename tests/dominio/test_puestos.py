"""Los puestos: lo reservado se asegura, cada quien ocupa uno solo, y lo que sobra se suelta al final."""

from __future__ import annotations

import pytest

from funciones.dominio.candidata import Candidata, Condiciones
from funciones.dominio.convocatoria import ModoSeleccion
from funciones.dominio.postulacion import Estado
from funciones.dominio.puestos import GENERAL, Puestos

MUJERES, RURALES = "mujeres", "rurales"


def condiciones(mujeres: int = 0, rurales: int = 0) -> Condiciones:
    return Condiciones(ModoSeleccion.LLEGADA, reservas=((MUJERES, mujeres), (RURALES, rurales)))


def quien(llegada: int, *reservas: str) -> Candidata:
    return Candidata(f"F{llegada}", Estado.ADMISIBLE, llegada, reservas=frozenset(reservas))


def test_sin_reservas_cada_puesto_es_de_cualquiera_hasta_que_se_acaban() -> None:
    puestos = Puestos(condiciones(), 2, [])
    assert [puestos.tomar(quien(n)) for n in range(3)] == [GENERAL, GENERAL, None]
    assert (puestos.libres, puestos.guardados) == (0, {})


def test_lo_reservado_no_lo_toma_quien_no_es_del_grupo() -> None:
    puestos = Puestos(condiciones(mujeres=1), 2, [])
    assert [puestos.tomar(quien(1)), puestos.tomar(quien(2)), puestos.tomar(quien(3, MUJERES))] == [
        GENERAL,
        None,
        MUJERES,
    ]


def test_quien_es_de_dos_grupos_ocupa_un_solo_puesto_el_que_se_declaro_antes() -> None:
    puestos = Puestos(condiciones(1, 1), 3, [])
    assert puestos.tomar(quien(1, RURALES, MUJERES)) == MUJERES
    assert puestos.guardados == {RURALES: 1}
    assert puestos.tomar(quien(2, RURALES, MUJERES)) == RURALES
    assert puestos.tomar(quien(3, RURALES, MUJERES)) == GENERAL


def test_quienes_ya_estan_dentro_cuentan_para_su_reserva() -> None:
    dentro = [quien(2, MUJERES), quien(1, MUJERES, RURALES), quien(3)]
    puestos = Puestos(condiciones(1, 2), 4, dentro)
    # La que llegó primero cuenta para «mujeres»; la segunda ya no tiene reserva que llenar.
    assert puestos.guardados == {RURALES: 2}
    assert puestos.libres == 4


def test_una_reserva_ya_cumplida_no_guarda_nada_aunque_haya_de_mas() -> None:
    assert Puestos(condiciones(1), 2, [quien(n, MUJERES) for n in range(3)]).guardados == {}


def test_si_no_alcanza_para_todas_se_asegura_la_que_se_declaro_antes() -> None:
    puestos = Puestos(condiciones(2, 2), 3, [])
    assert puestos.guardados == {MUJERES: 2, RURALES: 1}
    assert Puestos(condiciones(2, 2), 1, []).guardados == {MUJERES: 1}


def test_lo_que_sobra_de_una_reserva_se_suelta_para_cualquiera() -> None:
    puestos = Puestos(condiciones(mujeres=2), 2, [])
    assert puestos.tomar(quien(1)) is None
    puestos.soltar()
    assert (puestos.tomar(quien(1)), puestos.tomar(quien(2)), puestos.tomar(quien(3))) == (GENERAL, GENERAL, None)


@pytest.mark.parametrize(("cuantos", "quedan"), [(0, 3), (1, 2), (2, 1), (3, 1), (-4, 3)])
def test_descontar_no_toca_lo_reservado_ni_agrega(cuantos: int, quedan: int) -> None:
    puestos = Puestos(condiciones(mujeres=1), 3, [])
    puestos.descontar(cuantos)
    assert (puestos.libres, puestos.guardados) == (quedan, {MUJERES: 1})


def test_descontar_de_mas_deja_justo_lo_reservado() -> None:
    puestos = Puestos(condiciones(mujeres=3), 5, [])
    puestos.descontar(9)
    assert (puestos.libres, puestos.guardados) == (3, {MUJERES: 3})


def test_con_mas_asignados_que_cupos_no_hay_puestos_ni_deudas() -> None:
    puestos = Puestos(condiciones(mujeres=1), -2, [])
    assert (puestos.libres, puestos.guardados, puestos.tomar(quien(1, MUJERES))) == (0, {}, None)
