"""La lista de espera: quién sigue, en qué lugar va cada una y hasta cuándo dura una oferta."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from funciones.dominio import espera
from funciones.dominio.convocatoria import Convocatoria, Grupo, ModoSeleccion, Reserva, Situacion
from funciones.dominio.novedad import Enmienda
from funciones.dominio.postulacion import Estado, Papel, Postulacion
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
    assert espera.lugar(POR_LLEGADA, fila, "".join(list(fila[1].folio))) == 1
    assert espera.lugar(POR_LLEGADA, fila, "K7M4PR9X") is None


def test_se_responde_hasta_la_hora_de_la_oferta_y_solo_lo_ofrecido() -> None:
    ofrecida = esperando(1, 1, estado=Estado.OFRECIDA, oferta_vence=LLEGADA + HORA)
    assert espera.responder_hasta(ofrecida, POR_LLEGADA) == LLEGADA + HORA
    aceptada = esperando(1, 1, estado=Estado.CONFIRMADA, oferta_vence=LLEGADA)
    sin_plazo = esperando(2, 1, estado=Estado.OFRECIDA)
    participo = esperando(3, 1, estado=Estado.PARTICIPO, oferta_vence=LLEGADA)
    assert [espera.responder_hasta(p, POR_LLEGADA) for p in (aceptada, participo, sin_plazo)] == [None] * 3


def test_con_la_convocatoria_detenida_el_plazo_de_la_oferta_no_corre() -> None:
    ofrecida = esperando(1, 1, estado=Estado.OFRECIDA, oferta_vence=LLEGADA + HORA)
    for situacion in (Situacion.SUSPENDIDA, Situacion.CANCELADA):
        assert espera.responder_hasta(ofrecida, replace(POR_LLEGADA, situacion=situacion)) is None


def test_al_levantar_la_suspension_la_oferta_tiene_otra_vez_sus_horas() -> None:
    vence = LLEGADA + 48 * HORA
    ofrecida = esperando(1, 1, estado=Estado.OFRECIDA, oferta_vence=vence)
    para, sigue = cambio(1, date(2026, 11, 24), "suspendida"), cambio(2, date(2026, 11, 30), "vigente")
    # Termina el 30 en Chile y desde ahí corren 48 horas.
    esperado = datetime(2026, 12, 1, 3, tzinfo=UTC) + 48 * HORA
    assert abs(espera.responder_hasta(ofrecida, POR_LLEGADA, (para, sigue)) - esperado) <= timedelta(seconds=1)
    # Una suspensión posterior a su hora no revive la oferta; una enmienda de otra cosa no la alarga.
    tarde = replace(para, fecha=date(2026, 11, 29))
    assert espera.responder_hasta(ofrecida, POR_LLEGADA, (tarde, sigue)) == vence
    assert espera.responder_hasta(ofrecida, POR_LLEGADA, (replace(para, campo="cierre"), sigue)) == vence
    # Tampoco la revive si antes de la oferta hubo otra suspensión, ya levantada.
    vieja, levantada = cambio(1, date(2026, 11, 1), "suspendida"), cambio(2, date(2026, 11, 3), "vigente")
    otra_vez = (vieja, levantada, replace(tarde, numero=3), replace(sigue, numero=4))
    assert espera.responder_hasta(ofrecida, POR_LLEGADA, otra_vez) == vence
    # Y dos seguidas dentro de su plazo cuentan las dos, en el orden que sea que vengan escritas.
    segunda, fin = cambio(3, date(2026, 12, 1), "suspendida"), cambio(4, date(2026, 12, 4), "vigente")
    hasta = espera.responder_hasta(ofrecida, POR_LLEGADA, (fin, segunda, sigue, para))
    assert hasta is not None
    assert abs(hasta - datetime(2026, 12, 5, 3, tzinfo=UTC) - 48 * HORA) <= timedelta(seconds=1)


def cambio(numero: int, fecha: date, despues: str) -> Enmienda:
    return Enmienda(numero, fecha, "situacion", "", despues, "Prueba", mayor=True)


def test_el_dia_de_la_actividad_entra_la_primera_que_esta_presente() -> None:
    fila = [esperando(1, 1), esperando(2, 2), esperando(3, 3)]
    folios = [p.folio for p in fila]
    assert espera.quien_entra(POR_LLEGADA, fila, 1, ()) == fila[0]
    assert espera.quien_entra(POR_LLEGADA, fila, 1, folios[:2]) == fila[2]
    assert espera.quien_entra(POR_LLEGADA, fila, 1, folios) is None
    assert espera.quien_entra(POR_LLEGADA, fila, 0, ()) is None


# Con cupos reservados

MUJERES = Reserva("mujeres", "Lideradas por mujeres", 1, Grupo.LIDERADA_POR_MUJERES)
CON_RESERVA = convocatoria(cupos=3, reservas=(MUJERES,))


def suya(**cambios: object) -> dict[str, object]:
    return {"datos": {"liderada_por_mujeres": "si"}, **cambios}


def sigue(fila: list[Postulacion], libres: int = 1, *, cerrada: bool = False, de: Convocatoria = CON_RESERVA) -> str:
    dado = espera.siguiente(de, fila, libres, cerrada=cerrada)
    return "" if dado is None else dado.folio


def test_el_puesto_reservado_es_de_la_primera_de_su_grupo_aunque_no_sea_la_primera_de_la_lista() -> None:
    fila = [esperando(1, 1), esperando(2, 2, **suya()), esperando(3, 3, **suya())]
    assert sigue(fila) == fila[1].folio


def test_con_el_grupo_ya_cumplido_sigue_la_primera_de_la_lista() -> None:
    fila = [esperando(1, 1), esperando(2, 2, **suya()), esperando(3, 3, **suya(estado=Estado.CONFIRMADA))]
    assert sigue(fila) == fila[0].folio


def test_con_un_puesto_general_y_uno_reservado_sigue_la_primera_de_la_lista() -> None:
    fila = [esperando(1, 1), esperando(2, 2, **suya())]
    assert sigue(fila, libres=2) == fila[0].folio


def test_con_la_fila_abierta_el_puesto_reservado_no_se_ofrece_a_otra() -> None:
    fila = [esperando(1, 1)]
    assert sigue(fila) == ""
    assert espera.promover(CON_RESERVA, fila, 1, LLEGADA, REGLA) is None
    assert sigue(fila, cerrada=True) == fila[0].folio
    dado = espera.promover(CON_RESERVA, fila, 1, LLEGADA, REGLA, cerrada=True)
    assert dado is not None
    assert dado.antes == fila[0]


@pytest.mark.parametrize(
    ("estado", "pertenece", "se_ofrece"),
    [
        (Estado.RECIBIDA, True, False),
        (Estado.EN_CORRECCION, True, False),
        (Estado.ADMISIBLE, True, False),
        (Estado.EVALUADA, True, False),
        (Estado.RETIRADA, True, True),
        (Estado.NO_ADMISIBLE, True, True),
        (Estado.RECIBIDA, False, True),
    ],
)
def test_cerrada_la_fila_se_espera_solo_a_quien_del_grupo_aun_puede_ser_elegida(
    estado: Estado, pertenece: bool, se_ofrece: bool
) -> None:
    otra = esperando(9, 9, estado=estado, **(suya() if pertenece else {}))
    assert bool(sigue([esperando(1, 1), otra], cerrada=True)) is se_ofrece


def test_si_sobran_mas_puestos_que_gente_del_grupo_el_que_sobra_se_ofrece() -> None:
    fila = [esperando(1, 1), esperando(9, 9, **suya(estado=Estado.RECIBIDA))]
    con_dos = convocatoria(cupos=3, reservas=(replace(MUJERES, cupos=2),))
    assert sigue(fila, libres=1, cerrada=True, de=con_dos) == ""
    assert sigue(fila, libres=2, cerrada=True, de=con_dos) == fila[0].folio


def test_con_el_tope_completo_la_fila_esta_cerrada_y_quien_sobra_no_pide_puesto() -> None:
    fila = [esperando(1, 1), esperando(2, 2, estado=Estado.RETIRADA), esperando(3, 3, **suya(estado=Estado.RECIBIDA))]
    assert sigue(fila, de=replace(CON_RESERVA, postulaciones_maximas=2)) == fila[0].folio
    assert sigue(fila, de=replace(CON_RESERVA, postulaciones_maximas=3)) == ""
    assert sigue(fila, de=replace(CON_RESERVA, postulaciones_maximas=4)) == ""


def test_con_puntaje_lo_reservado_sin_nadie_del_grupo_es_de_la_mejor() -> None:
    con_puntaje = replace(CON_RESERVA, modo_seleccion=ModoSeleccion.PUNTAJE, criterios=CRITERIOS)
    notas = {"oferta": Decimal(5), "motivacion": Decimal(5)}
    fila = [esperando(1, 1, puntaje=Decimal(5), notas=notas), esperando(2, 2, puntaje=Decimal(6), notas=notas)]
    assert sigue(fila, de=con_puntaje) == fila[1].folio
    mujer = esperando(3, 3, **suya(puntaje=Decimal(4), notas=notas))
    assert sigue([*fila, mujer], de=con_puntaje) == mujer.folio


def test_sin_puestos_libres_no_se_ofrece_nada() -> None:
    assert sigue([esperando(1, 1), esperando(2, 2, **suya())], libres=0, cerrada=True) == ""


def test_la_oferta_dice_quien_la_hace_por_que_y_con_que_regla() -> None:
    dado = espera.promover(POR_LLEGADA, [esperando(1, 1)], 1, LLEGADA, REGLA)
    assert dado is not None
    assert (dado.transicion.actor, dado.transicion.version_regla) == (espera.PROMOTOR, REGLA)
    assert (espera.PROMOTOR.papel, espera.PROMOTOR.id) == (Papel.SISTEMA, "lista-de-espera")
    assert dado.transicion.motivo == "Se liberó un puesto y sigue en la lista de espera"
