"""Lo que todo almacén cumple con las hojas del cuaderno: selladas, con versión, y borradas cuando expiran."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest

from funciones.adaptadores.almacen import Almacen, AlmacenNoResponde, Conflicto
from funciones.adaptadores.cuaderno import Hoja
from tests.adaptadores.conftest import Bodega
from tests.adaptadores.test_almacen_respuestas_perdidas import Perdedora, perdedora
from tests.mundo import HORA, LLEGADA, a_la_vez

__all__ = ["perdedora"]

HOJA = Hoja("llamada", "07", "b", {"quien": "una persona de prueba", "veces": 2, "dia": None}, 1, LLEGADA + HORA)


def test_se_lee_igual_que_como_se_guardo_y_cada_una_en_su_lugar(bodega: Bodega) -> None:
    otras = (replace(HOJA, llave="a", expira=None), replace(HOJA, grupo="16"), replace(HOJA, clase="carta"))
    for hoja in (HOJA, *otras):
        bodega.almacen.guardar_hoja(hoja)
    leido = bodega.reabrir()
    assert leido.hoja("llamada", "07", "b") == HOJA
    assert leido.hojas("llamada", "07") == (otras[0], HOJA)
    assert leido.hojas("llamada", "08") == ()
    assert leido.hoja("llamada", "07", "c") is None


def test_no_se_guarda_sobre_una_version_que_no_es_la_anterior(almacen: Almacen) -> None:
    segunda = replace(HOJA, version=2, cuerpo={"veces": 3})
    for nueva in (HOJA, HOJA, segunda, segunda):
        almacen.guardar_hoja(nueva)
    for mala in (replace(HOJA, cuerpo={}), replace(segunda, cuerpo={}), replace(segunda, version=4)):
        with pytest.raises(Conflicto):
            almacen.guardar_hoja(mala)
    with pytest.raises(Conflicto):
        almacen.guardar_hoja(replace(segunda, llave="nueva"))
    assert almacen.hojas("llamada", "07") == (segunda,)


def test_de_muchas_que_escriben_a_la_vez_gana_una(almacen: Almacen) -> None:
    almacen.guardar_hoja(HOJA)
    nuevas = [replace(HOJA, version=2, cuerpo={"quien": numero}) for numero in range(6)]
    dados = a_la_vez(almacen.guardar_hoja, nuevas, 6)
    assert dados.count(None) == 1
    assert [type(dado) for dado in dados].count(Conflicto) == 5
    guardada = almacen.hoja("llamada", "07", "b")
    assert guardada == nuevas[dados.index(None)]


def test_una_respuesta_perdida_no_es_un_conflicto(perdedora: Perdedora) -> None:
    perdedora.perder(1)
    with suppress(AlmacenNoResponde):
        perdedora.almacen.guardar_hoja(HOJA)
    perdedora.almacen.guardar_hoja(HOJA)
    assert perdedora.almacen.hoja("llamada", "07", "b") == HOJA


def test_borrarla_no_deja_nada_y_se_puede_repetir(almacen: Almacen) -> None:
    almacen.guardar_hoja(HOJA)
    for _ in range(2):
        almacen.borrar_hoja("llamada", "07", "b")
    assert almacen.hoja("llamada", "07", "b") is None
    almacen.guardar_hoja(HOJA)


def test_lo_expirado_se_borra_y_lo_demas_queda(bodega: Bodega) -> None:
    eterna = replace(HOJA, llave="a", expira=None)
    for hoja in (HOJA, eterna):
        bodega.almacen.guardar_hoja(hoja)
    bodega.almacen.purgar(LLEGADA, LLEGADA)
    assert bodega.almacen.hojas("llamada", "07") == (eterna, HOJA)
    bodega.almacen.purgar(LLEGADA + HORA, LLEGADA)
    quedan = (eterna,) if bodega.es("sqlite") else (eterna, HOJA)
    assert bodega.almacen.hojas("llamada", "07") == quedan


def test_lo_escrito_no_se_lee_por_debajo(bodega: Bodega) -> None:
    bodega.almacen.guardar_hoja(HOJA)
    assert b"una persona" not in bodega.crudo()
