"""Lo que mira la selección: a qué reserva pertenece cada una, en qué lugar llegó y qué declara la convocatoria."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from funciones.dominio.candidata import Condiciones, candidatas, condiciones_de, reservas_de
from funciones.dominio.convocatoria import Grupo, ModoSeleccion, Reserva
from funciones.dominio.postulacion import Estado
from tests.mundo import CRITERIOS, LLEGADA, convocatoria, postulacion

MUJERES = Reserva("mujeres", "Lideradas por mujeres", 3, Grupo.LIDERADA_POR_MUJERES)
COOPERATIVAS = Reserva("coop", "Cooperativas", 1, Grupo.TIPO_PERSONA, "cooperativa")
DEL_MAULE = Reserva("maule", "Del Maule", 2, Grupo.REGION, "07")
DE_TALCA = Reserva("talca", "De Talca", 2, Grupo.COMUNA, "07101")


@pytest.mark.parametrize(
    ("reserva", "datos", "pertenece"),
    [
        (MUJERES, {"liderada_por_mujeres": "si"}, True),
        (MUJERES, {"liderada_por_mujeres": "no"}, False),
        (MUJERES, {}, False),
        (COOPERATIVAS, {"tipo_persona": "cooperativa"}, True),
        (COOPERATIVAS, {"tipo_persona": "natural"}, False),
        (COOPERATIVAS, {}, False),
        (DEL_MAULE, {"comuna": "07101"}, True),
        (DEL_MAULE, {"comuna": "07201"}, True),
        (DEL_MAULE, {"comuna": "08101"}, False),
        (DEL_MAULE, {"comuna": "10701"}, False),
        (DEL_MAULE, {}, False),
        (DE_TALCA, {"comuna": "07101"}, True),
        (DE_TALCA, {"comuna": "07102"}, False),
        (DE_TALCA, {}, False),
    ],
)
def test_a_que_reserva_pertenece(reserva: Reserva, datos: dict[str, str], pertenece: bool) -> None:
    # Como llegan del almacén: textos iguales que no son el mismo objeto.
    leidos = {clave: "".join(list(valor)) for clave, valor in datos.items()}
    assert reservas_de(convocatoria(reservas=(reserva,)), leidos) == ({reserva.reserva} if pertenece else set())


def test_se_puede_pertenecer_a_varias() -> None:
    todas = convocatoria(reservas=(MUJERES, COOPERATIVAS, DEL_MAULE, DE_TALCA))
    datos = {"liderada_por_mujeres": "si", "tipo_persona": "natural", "comuna": "07101"}
    assert reservas_de(todas, datos) == {"mujeres", "maule", "talca"}


def test_la_llegada_cuenta_desde_uno_entre_todas_las_que_tienen_turno() -> None:
    fila = [
        postulacion(1, turno=LLEGADA + timedelta(minutes=2), estado=Estado.ADMISIBLE),
        postulacion(2, turno=None),
        postulacion(3, turno=LLEGADA, estado=Estado.RETIRADA),
        postulacion(4, turno=LLEGADA + timedelta(minutes=1), estado=Estado.NO_ADMISIBLE),
    ]
    vistas = candidatas(convocatoria(), fila)
    assert [(c.folio, c.llegada) for c in vistas] == [(fila[2].folio, 1), (fila[3].folio, 2), (fila[0].folio, 3)]


def test_las_condiciones_son_las_que_declara_la_convocatoria() -> None:
    sin_nada = condiciones_de(convocatoria())
    assert (sin_nada.con_puntaje, sin_nada.nota_minima, sin_nada.desempate) == (False, Decimal(0), ())
    assert Condiciones(ModoSeleccion.PUNTAJE).nota_minima == 0
    assert (sin_nada.reservas, sin_nada.postulaciones_maximas) == ((), None)
    con_todo = condiciones_de(
        convocatoria(
            modo_seleccion=ModoSeleccion.PUNTAJE,
            criterios=CRITERIOS,
            nota_minima=Decimal("4.5"),
            reservas=(MUJERES, COOPERATIVAS),
            postulaciones_maximas=40,
        )
    )
    assert (con_todo.con_puntaje, con_todo.nota_minima) == (True, Decimal("4.5"))
    # «motivacion» desempata antes que «oferta», aunque pese menos y vaya después en la lista.
    assert con_todo.desempate == ("motivacion", "oferta")
    assert con_todo.reservas == (("mujeres", 3), ("coop", 1))
    assert con_todo.postulaciones_maximas == 40
