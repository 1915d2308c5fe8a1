"""La tabla de estados está completa y nadie se salta a las personas; un paso dice todo lo que pasó."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from funciones.dominio.postulacion import (
    DENEGACIONES,
    OCUPAN_CUPO,
    OCUPAN_ESPERA,
    PARTICIPARON,
    SIN_AVISO,
    SIN_CONFIRMAR,
    TRANSICIONES,
    Actor,
    Estado,
    MotivoFaltante,
    Papel,
    TransicionImposible,
    nacimiento,
    transitar,
    turno_al_confirmar,
    variacion,
)
from tests.mundo import HORA, LLEGADA, PERSONAL, REGLA, paso, postulacion

FLECHAS = [
    (de, a, papel) for de, destinos in TRANSICIONES.items() for a, papeles in destinos.items() for papel in papeles
]


def alcanzables(desde: Estado, papeles: frozenset[Papel]) -> set[Estado]:
    """A dónde se llega moviendo solo esos papeles."""
    vistos, pendientes = {desde}, [desde]
    while pendientes:
        for a, quienes in TRANSICIONES[pendientes.pop()].items():
            if quienes & papeles and a not in vistos:
                vistos.add(a)
                pendientes.append(a)
    return vistos


# La tabla


def test_cada_estado_esta_en_la_tabla_y_se_llega_a_todos() -> None:
    assert set(TRANSICIONES) == set(Estado)
    assert alcanzables(Estado.POR_CONFIRMAR, frozenset(Papel)) == set(Estado)


def test_ninguna_flecha_queda_sin_quien_la_mueva() -> None:
    assert all(papeles for destinos in TRANSICIONES.values() for papeles in destinos.values())


def test_toda_denegacion_la_decide_solo_el_personal() -> None:
    negadas = [(de, a, papeles) for de, d in TRANSICIONES.items() for a, papeles in d.items() if a in DENEGACIONES]
    assert {a for _, a, _ in negadas} == DENEGACIONES
    assert all(papeles == {Papel.PERSONAL} for _, _, papeles in negadas)


@pytest.mark.parametrize("denegacion", sorted(DENEGACIONES))
def test_una_denegacion_solo_la_revierte_el_personal_y_vuelve_a_revision(denegacion: Estado) -> None:
    assert TRANSICIONES[denegacion] == {Estado.RECIBIDA: frozenset({Papel.PERSONAL})}
    assert alcanzables(denegacion, frozenset({Papel.SISTEMA, Papel.POSTULANTE})) == {denegacion}


def test_sin_una_persona_nadie_queda_denegado_admitido_ni_elegido() -> None:
    solos = alcanzables(Estado.POR_CONFIRMAR, frozenset({Papel.SISTEMA, Papel.POSTULANTE}))
    assert solos == {Estado.POR_CONFIRMAR, Estado.RECIBIDA, Estado.RETENIDA, Estado.CADUCADA, Estado.RETIRADA}


def test_quien_postula_se_puede_ir_mientras_no_participe() -> None:
    terminadas = {*DENEGACIONES, Estado.CADUCADA, Estado.DESISTIDA, Estado.DECLINADA, Estado.OFERTA_VENCIDA}
    terminadas |= {Estado.RETIRADA, Estado.PARTICIPO, Estado.NO_ASISTIO, Estado.EGRESADA}
    # La que no confirmó su correo no tiene de qué irse: se borra sola.
    for estado in set(Estado) - terminadas - {Estado.POR_CONFIRMAR}:
        salidas = {a for a, papeles in TRANSICIONES[estado].items() if Papel.POSTULANTE in papeles}
        assert salidas & {Estado.RETIRADA, Estado.DECLINADA}, estado


def test_quien_postula_solo_confirma_corrige_acepta_se_va_o_responde() -> None:
    movidas = {(de, a) for de, a, papel in FLECHAS if papel is Papel.POSTULANTE and a is not Estado.RETIRADA}
    assert movidas == {
        (Estado.POR_CONFIRMAR, Estado.RECIBIDA),
        (Estado.POR_CONFIRMAR, Estado.RETENIDA),
        (Estado.EN_CORRECCION, Estado.RECIBIDA),
        (Estado.SELECCIONADA, Estado.CONFIRMADA),
        (Estado.SELECCIONADA, Estado.DECLINADA),
        (Estado.OFRECIDA, Estado.CONFIRMADA),
        (Estado.OFRECIDA, Estado.DECLINADA),
        (Estado.PARTICIPO, Estado.EGRESADA),
    }


def test_el_sistema_solo_vence_plazos_ofrece_y_cierra() -> None:
    assert {(de, a) for de, a, papel in FLECHAS if papel is Papel.SISTEMA} == {
        (Estado.POR_CONFIRMAR, Estado.CADUCADA),
        (Estado.EN_CORRECCION, Estado.DESISTIDA),
        (Estado.LISTA_DE_ESPERA, Estado.OFRECIDA),
        (Estado.OFRECIDA, Estado.OFERTA_VENCIDA),
        (Estado.PARTICIPO, Estado.EGRESADA),
    }


def test_nadie_ocupa_un_puesto_y_un_lugar_en_la_espera_a_la_vez() -> None:
    assert not OCUPAN_CUPO & OCUPAN_ESPERA
    assert PARTICIPARON < OCUPAN_CUPO
    assert not OCUPAN_CUPO & SIN_CONFIRMAR


def test_toda_denegacion_y_toda_oferta_se_avisa() -> None:
    assert not SIN_AVISO & (DENEGACIONES | {Estado.OFRECIDA, Estado.SELECCIONADA, Estado.LISTA_DE_ESPERA})


# Un paso


@pytest.mark.parametrize("de", Estado)
@pytest.mark.parametrize("papel", Papel)
def test_se_pasa_justo_a_donde_dice_la_tabla(de: Estado, papel: Papel) -> None:
    antes = postulacion(estado=de)
    for a in Estado:
        if papel in TRANSICIONES[de].get(a, ()):
            dado = transitar(antes, a, Actor(papel, "x"), LLEGADA, motivo="porque sí", version_regla=REGLA)
            assert dado.despues.estado is a
        else:
            with pytest.raises(TransicionImposible):
                transitar(antes, a, Actor(papel, "x"), LLEGADA, motivo="porque sí", version_regla=REGLA)


def test_un_paso_sube_la_version_y_deja_escrito_quien_cuando_por_que_y_con_que_regla() -> None:
    antes = postulacion(estado=Estado.RECIBIDA, version=4)
    dado = transitar(
        antes, Estado.EN_CORRECCION, PERSONAL, LLEGADA + HORA, motivo="Falta el F30", version_regla="r/9", canal="otro"
    )
    assert dado.antes is antes
    assert dado.despues == replace(antes, estado=Estado.EN_CORRECCION, version=5, motivo="Falta el F30", canal="otro")
    escrita = dado.transicion
    assert (escrita.folio, escrita.version, escrita.de, escrita.a) == (
        antes.folio,
        5,
        Estado.RECIBIDA,
        Estado.EN_CORRECCION,
    )
    assert (escrita.cuando, escrita.actor) == (LLEGADA + HORA, PERSONAL)
    assert (escrita.motivo, escrita.version_regla) == ("Falta el F30", "r/9")
    assert dado.aviso is not None
    assert dado.aviso.id == f"{antes.folio}.en_correccion.5"


@pytest.mark.parametrize("motivo", ["", "   ", "\n\t"])
def test_el_personal_no_decide_sin_escribir_su_razon(motivo: str) -> None:
    with pytest.raises(MotivoFaltante):
        transitar(
            postulacion(estado=Estado.RECIBIDA), Estado.ADMISIBLE, PERSONAL, LLEGADA, motivo=motivo, version_regla="r"
        )


@pytest.mark.parametrize("estado", Estado)
def test_hay_aviso_salvo_en_los_cambios_internos(estado: Estado) -> None:
    for de, a, _ in FLECHAS:
        if a is estado:
            assert (paso(postulacion(estado=de), a).aviso is None) == (estado in SIN_AVISO)


def test_el_nacimiento_dice_cuando_llego_y_como_entro() -> None:
    nueva = postulacion(7)
    transicion, aviso = nacimiento(nueva, Actor(Papel.POSTULANTE, nueva.folio), REGLA)
    assert (transicion.version, transicion.de, transicion.a, transicion.cuando) == (
        1,
        None,
        Estado.POR_CONFIRMAR,
        nueva.llego,
    )
    assert (aviso.estado, aviso.version, aviso.creado) == (Estado.POR_CONFIRMAR, 1, nueva.llego)


# Las cuentas y el turno


@pytest.mark.parametrize(
    ("de", "a", "esperado"),
    [
        (Estado.ADMISIBLE, Estado.SELECCIONADA, (1, 0)),
        (Estado.ADMISIBLE, Estado.LISTA_DE_ESPERA, (0, 1)),
        (Estado.ADMISIBLE, Estado.NO_SELECCIONADA, (0, 0)),
        (Estado.LISTA_DE_ESPERA, Estado.OFRECIDA, (1, -1)),
        (Estado.OFRECIDA, Estado.CONFIRMADA, (0, 0)),
        (Estado.OFRECIDA, Estado.OFERTA_VENCIDA, (-1, 0)),
        (Estado.SELECCIONADA, Estado.DECLINADA, (-1, 0)),
        (Estado.CONFIRMADA, Estado.RETIRADA, (-1, 0)),
        (Estado.LISTA_DE_ESPERA, Estado.RETIRADA, (0, -1)),
        (Estado.CONFIRMADA, Estado.NO_ASISTIO, (0, 0)),
        (Estado.PARTICIPO, Estado.EGRESADA, (0, 0)),
    ],
)
def test_cada_paso_mueve_los_puestos_y_la_espera_lo_justo(de: Estado, a: Estado, esperado: tuple[int, int]) -> None:
    assert variacion((paso(postulacion(estado=de), a),)) == esperado


def test_retirarse_y_ofrecer_juntos_dejan_los_mismos_puestos_y_uno_menos_en_espera() -> None:
    sale = paso(postulacion(1, estado=Estado.CONFIRMADA), Estado.RETIRADA)
    entra = paso(postulacion(2, estado=Estado.LISTA_DE_ESPERA), Estado.OFRECIDA)
    assert variacion((sale, entra)) == (0, -1)


def test_dentro_de_la_gracia_se_conserva_la_hora_de_llegada_y_despues_no() -> None:
    gracia, milisegundo = timedelta(minutes=30), timedelta(milliseconds=1)
    assert turno_al_confirmar(LLEGADA, LLEGADA + gracia, gracia) == LLEGADA
    tarde = LLEGADA + gracia + milisegundo
    assert turno_al_confirmar(LLEGADA, tarde, gracia) == tarde
