"""La lista de espera: quién sigue, en qué lugar va cada una y hasta cuándo dura una oferta."""

from datetime import timedelta
from decimal import Decimal

import pytest

from funciones.dominio import espera
from funciones.dominio.convocatoria import ModoSeleccion
from funciones.dominio.postulacion import Estado, Papel
from tests.mundo import CRITERIOS, HORA, LLEGADA, REGLA, convocatoria, postulacion

POR_LLEGADA = convocatoria(horas_oferta=48)


def esperando(numero: int, minuto: int, **cambios: object):  # type: ignore[no-untyped-def]
    turno = LLEGADA + timedelta(minutes=minuto)
    return postulacion(numero, **{"estado": Estado.LISTA_DE_ESPERA, "turno": turno, **cambios})


def test_sigue_la_que_llego_antes_y_la_oferta_vence_en_las_horas_declaradas() -> None:
    fila = [esperando(1, 5), esperando(2, 3), esperando(3, 9), esperando(4, 1, estado=Estado.RETIRADA)]
    dado = espera.promover(POR_LLEGADA, fila, 1, LLEGADA + HORA, REGLA)
    assert dado is not None
    assert dado.antes == fila[1]
    assert (dado.despues.estado, dado.despues.oferta_vence) == (Estado.OFRECIDA, LLEGADA + 49 * HORA)
    assert dado.transicion.actor.papel is Papel.SISTEMA
    assert dado.aviso is not None


def test_si_nadie_espera_no_hay_a_quien_ofrecer() -> None:
    assert espera.promover(POR_LLEGADA, [esperando(1, 1, estado=Estado.SELECCIONADA)], 1, LLEGADA, REGLA) is None
    assert espera.promover(POR_LLEGADA, [], 1, LLEGADA, REGLA) is None


def test_con_puntaje_sigue_la_de_mejor_nota_aunque_haya_llegado_despues() -> None:
    con_puntaje = convocatoria(modo_seleccion=ModoSeleccion.PUNTAJE, criterios=CRITERIOS)
    notas = {"oferta": Decimal(5), "motivacion": Decimal(5)}
    fila = [
        esperando(1, 1, puntaje=Decimal("5.00"), notas=notas),
        esperando(2, 9, puntaje=Decimal("5.01"), notas=notas),
        esperando(3, 0, puntaje=Decimal("5.00"), notas=notas),
    ]
    assert espera.en_orden(con_puntaje, fila) == (fila[1], fila[2], fila[0])
    assert espera.en_orden(POR_LLEGADA, fila) == (fila[2], fila[0], fila[1])


def test_el_lugar_empieza_en_uno_y_no_lo_tiene_quien_no_espera() -> None:
    fila = [esperando(1, 5), esperando(2, 3), esperando(3, 1, estado=Estado.OFRECIDA)]
    assert [espera.lugar(POR_LLEGADA, fila, p.folio) for p in fila] == [2, 1, None]
    assert espera.lugar(POR_LLEGADA, fila, "K7M4PR9X") is None


@pytest.mark.parametrize(("milisegundos", "esperado"), [(-1, False), (0, True), (1, True)])
def test_la_oferta_vence_en_su_instante(milisegundos: int, esperado: bool) -> None:
    ofrecida = esperando(1, 1, estado=Estado.OFRECIDA, oferta_vence=LLEGADA + HORA)
    assert espera.vencida(ofrecida, LLEGADA + HORA + timedelta(milliseconds=milisegundos)) is esperado


def test_solo_vence_lo_ofrecido() -> None:
    aceptada = esperando(1, 1, estado=Estado.CONFIRMADA, oferta_vence=LLEGADA)
    sin_plazo = esperando(2, 1, estado=Estado.OFRECIDA)
    assert not espera.vencida(aceptada, LLEGADA + HORA)
    assert not espera.vencida(sin_plazo, LLEGADA + HORA)
