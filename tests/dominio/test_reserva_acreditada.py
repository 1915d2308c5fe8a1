"""Un cupo asegurado es de quien lo acredita: declarar el grupo no basta si la mesa vio que no."""

from __future__ import annotations

import pytest

from funciones.dominio.candidata import candidatas, clave_de_reserva
from funciones.dominio.convocatoria import Grupo, Reserva
from tests.mundo import LLEGADA, convocatoria, postulacion

MUJERES = Reserva("mujeres", "Lideradas por mujeres", 3, Grupo.LIDERADA_POR_MUJERES)


@pytest.mark.parametrize(("marca", "cuenta"), [(None, True), ("cumple", True), ("no_cumple", False)])
def test_el_grupo_que_la_mesa_no_acredito_no_cuenta(marca: str | None, cuenta: bool) -> None:
    marcas = {"ventas": "no_cumple"} | ({clave_de_reserva("mujeres"): marca} if marca else {})
    una = postulacion(1, turno=LLEGADA, datos={"liderada_por_mujeres": "si"}, hallazgos=marcas)
    (candidata,) = candidatas(convocatoria(reservas=(MUJERES,)), [una])
    assert candidata.reservas == ({"mujeres"} if cuenta else set())
