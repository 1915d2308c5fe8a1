"""Lo que todo almacén cumple con el enlace para entrar por internet: uno por convocatoria, y nunca a la vista."""

from __future__ import annotations

from tests.adaptadores.conftest import Bodega

ENLACE, OTRO = "https://reunion.example/sala-del-sur", "https://reunion.example/otra-sala"


def test_el_enlace_se_guarda_por_convocatoria_y_guardarlo_otra_vez_lo_cambia(bodega: Bodega) -> None:
    assert bodega.almacen.sala("rueda") is None
    for enlace in (OTRO, ENLACE, ENLACE):
        bodega.almacen.guardar_sala("rueda", enlace)
    assert bodega.reabrir().sala("rueda") == ENLACE
    assert bodega.almacen.sala("otra-rueda") is None


def test_vacio_lo_borra_y_borrar_lo_que_no_hay_no_falla(bodega: Bodega) -> None:
    bodega.almacen.guardar_sala("rueda", ENLACE)
    for _ in range(2):
        bodega.almacen.guardar_sala("rueda", "")
    assert bodega.almacen.sala("rueda") is None


def test_el_enlace_no_se_lee_por_debajo(bodega: Bodega) -> None:
    bodega.almacen.guardar_sala("rueda", ENLACE)
    assert b"sala-del-sur" not in bodega.crudo()
