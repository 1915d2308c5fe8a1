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
    SE_RECURREN,
    SIN_AVISO,
    SIN_CONFIRMAR,
    TRANSICIONES,
    Actor,
    DenegacionSinPersona,
    Estado,
    MotivoFaltante,
    Papel,
    Paso,
    Persona,
    Postulacion,
    Recurso,
    TransicionImposible,
    denegar,
    es_denegacion,
    nacimiento,
    transitar,
    turno_al_confirmar,
    variacion,
)
from tests.mundo import HORA, LLEGADA, PERSONA, PERSONAL, REGLA, SISTEMA, VIA, paso, postulacion

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


@pytest.mark.parametrize("cerrada", sorted(SE_RECURREN))
def test_lo_cerrado_lo_reabre_solo_el_personal_y_quien_postula_puede_pedir_otra_revision(cerrada: Estado) -> None:
    assert TRANSICIONES[cerrada] == {
        Estado.RECIBIDA: frozenset({Papel.PERSONAL}),
        Estado.RECURRIDA: frozenset({Papel.POSTULANTE}),
    }
    solos = alcanzables(cerrada, frozenset({Papel.SISTEMA, Papel.POSTULANTE}))
    assert solos == {cerrada, Estado.RECURRIDA, Estado.RETIRADA}


def test_toda_denegacion_se_recurre_una_vez_y_el_recurso_lo_resuelve_una_persona() -> None:
    assert {Estado.RECURSO_RECHAZADO} == DENEGACIONES - SE_RECURREN
    assert {Estado.DESISTIDA} == SE_RECURREN - DENEGACIONES
    assert TRANSICIONES[Estado.RECURSO_RECHAZADO] == {}
    resuelven = {a for a, papeles in TRANSICIONES[Estado.RECURRIDA].items() if Papel.PERSONAL in papeles}
    assert resuelven == {Estado.RECIBIDA, Estado.RECURSO_RECHAZADO}


def test_quien_tiene_un_cupo_o_lo_espera_sale_solo_por_una_persona() -> None:
    for estado in (Estado.SELECCIONADA, Estado.OFRECIDA, Estado.CONFIRMADA, Estado.LISTA_DE_ESPERA):
        assert TRANSICIONES[estado][Estado.NO_ADMISIBLE] == {Papel.PERSONAL}


def test_sin_una_persona_nadie_queda_denegado_admitido_ni_elegido() -> None:
    solos = alcanzables(Estado.POR_CONFIRMAR, frozenset({Papel.SISTEMA, Papel.POSTULANTE}))
    assert solos == {Estado.POR_CONFIRMAR, Estado.RECIBIDA, Estado.RETENIDA, Estado.RETIRADA}


def test_quien_postula_se_puede_ir_mientras_no_participe() -> None:
    terminadas = {*DENEGACIONES, Estado.DESISTIDA, Estado.DECLINADA, Estado.OFERTA_VENCIDA}
    terminadas |= {Estado.RETIRADA, Estado.PARTICIPO, Estado.NO_ASISTIO, Estado.EGRESADA}
    assert Estado.RECURRIDA not in terminadas
    # La que no confirmó su correo no tiene de qué irse: se borra sola.
    for estado in set(Estado) - terminadas - {Estado.POR_CONFIRMAR}:
        salidas = {a for a, papeles in TRANSICIONES[estado].items() if Papel.POSTULANTE in papeles}
        assert salidas & {Estado.RETIRADA, Estado.DECLINADA}, estado


def test_quien_postula_solo_confirma_corrige_acepta_recurre_se_va_o_responde() -> None:
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
        *((cerrada, Estado.RECURRIDA) for cerrada in SE_RECURREN),
    }


def test_el_sistema_solo_vence_plazos_ofrece_y_cierra() -> None:
    assert {(de, a) for de, a, papel in FLECHAS if papel is Papel.SISTEMA} == {
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
            assert mover(antes, a, papel).despues.estado is a
        else:
            with pytest.raises(TransicionImposible):
                mover(antes, a, papel)


def mover(antes: Postulacion, a: Estado, papel: Papel) -> Paso:
    """El paso que da ese papel; el personal, con su nombre."""
    if es_denegacion(a) and papel is Papel.PERSONAL:
        return denegar(antes, a, PERSONA, LLEGADA, motivo="porque sí", version_regla=REGLA, via=VIA)
    return transitar(antes, a, Actor(papel, "x"), LLEGADA, motivo="porque sí", version_regla=REGLA)


@pytest.mark.parametrize("de", Estado)
@pytest.mark.parametrize("papel", Papel)
def test_nadie_deniega_por_la_puerta_de_todos(de: Estado, papel: Papel) -> None:
    for a in DENEGACIONES & set(TRANSICIONES[de]):
        with pytest.raises((DenegacionSinPersona, TransicionImposible)):
            transitar(postulacion(estado=de), a, Actor(papel, "x", "y", "z"), LLEGADA, motivo="m", version_regla=REGLA)


def test_no_se_deniega_desde_donde_la_tabla_no_deja_ni_sin_razon() -> None:
    with pytest.raises(TransicionImposible):
        negar(postulacion(estado=Estado.PARTICIPO), motivo="porque sí")
    with pytest.raises(MotivoFaltante):
        negar(postulacion(estado=Estado.RECIBIDA), motivo=" ")


def negar(antes: Postulacion, motivo: str) -> Paso:
    return denegar(antes, Estado.NO_ADMISIBLE, PERSONA, LLEGADA, motivo=motivo, version_regla=REGLA, via=VIA)


# Lo que no se ve: espacios, anchos cero, guiones blandos, rellenos y marcas de dirección.
INVISIBLES = [
    "\u200b",
    " \u200b\u2060 ",
    "\u00a0\u3000",
    "\u00ad",
    "\ufeff",
    "\u3164",
    "\u2800",
    "\u202e\u202c",
    "\x00",
]
INVISIBLES += ["\ufe0f", "\u034f", "\U000e0041", "\u180e", "\u115f\u1160", "\uffa0"]


@pytest.mark.parametrize(
    ("id_persona", "rol", "oficina"), [("", "evaluador", "Maule"), ("f-7", "", "Maule"), ("f-7", "evaluador", " ")]
)
def test_una_persona_sin_codigo_sin_rol_o_sin_oficina_no_puede_denegar(id_persona: str, rol: str, oficina: str) -> None:
    with pytest.raises(DenegacionSinPersona):
        Persona(id_persona, rol, oficina)


@pytest.mark.parametrize("nada", INVISIBLES)
def test_lo_que_no_se_ve_no_nombra_a_nadie_ni_da_una_razon(nada: str) -> None:
    for falta in ((nada, "evaluador", "Maule"), ("f-7", nada, "Maule"), ("f-7", "evaluador", nada)):
        with pytest.raises(DenegacionSinPersona):
            Persona(*falta)
        bueno = negar(postulacion(estado=Estado.RECIBIDA), motivo="porque sí")
        actor = Actor(Papel.PERSONAL, falta[0], falta[2], falta[1])
        with pytest.raises(DenegacionSinPersona):
            replace(bueno, transicion=replace(bueno.transicion, actor=actor))
    with pytest.raises(ValueError, match="canal"):
        Recurso(nada, 5)
    recibida = postulacion(estado=Estado.RECIBIDA)
    with pytest.raises(MotivoFaltante):
        negar(recibida, motivo=nada)
    with pytest.raises(MotivoFaltante):
        transitar(recibida, Estado.ADMISIBLE, PERSONAL, LLEGADA, motivo=nada, version_regla=REGLA)


@pytest.mark.parametrize("algo", ["ok", " \u200bf-7", "ñ", "No", "\u2014"])
def test_lo_que_se_ve_basta(algo: str) -> None:
    assert Persona(algo, algo, algo).actor.id == algo
    assert negar(postulacion(estado=Estado.RECIBIDA), motivo=algo).transicion.motivo == algo


@pytest.mark.parametrize(("canal", "dias"), [("", 5), ("  ", 5), ("Responde este correo.", 0)])
def test_un_recurso_sin_canal_o_sin_plazo_no_es_un_recurso(canal: str, dias: int) -> None:
    with pytest.raises(ValueError, match="canal"):
        Recurso(canal, dias)


@pytest.mark.parametrize(
    ("actor", "error"),
    [
        (Actor(Papel.SISTEMA, "x", "y", "z"), TransicionImposible),
        (Actor(Papel.PERSONAL, "x"), DenegacionSinPersona),
        (PERSONAL, DenegacionSinPersona),
    ],
)
def test_ni_a_mano_se_arma_un_paso_que_deniegue_sin_persona_o_sin_recurso(actor: Actor, error: type[Exception]) -> None:
    bueno = negar(postulacion(estado=Estado.RECIBIDA), motivo="porque sí")
    sin_via = None if actor is PERSONAL else VIA
    with pytest.raises(error):
        replace(bueno, transicion=replace(bueno.transicion, actor=actor), via=sin_via)


def test_ni_a_mano_se_arma_un_paso_cuyo_registro_cuenta_otra_cosa() -> None:
    bueno = paso(postulacion(estado=Estado.RECIBIDA), Estado.ADMISIBLE)
    escrita, antes, despues = bueno.transicion, bueno.antes, bueno.despues
    torcidos: list[dict[str, object]] = [
        {"transicion": replace(escrita, a=Estado.NO_ADMISIBLE)},
        {"transicion": replace(escrita, a=Estado.NO_ADMISIBLE), "despues": replace(despues, estado=Estado.RECIBIDA)},
        {"transicion": replace(escrita, de=Estado.RETENIDA)},
        {"transicion": replace(escrita, version=9)},
        {"transicion": replace(escrita, folio="OTRO")},
        {"despues": replace(despues, folio="OTRO")},
        {"despues": replace(despues, convocatoria="otra")},
        {"despues": replace(despues, version=9), "transicion": replace(escrita, version=9)},
        {"antes": replace(antes, estado=Estado.RETENIDA)},
    ]
    for torcido in torcidos:
        with pytest.raises(ValueError, match="registro"):
            replace(bueno, **torcido)  # type: ignore[arg-type]


def test_ni_a_mano_se_arma_un_paso_que_la_tabla_no_deja_o_sin_razon() -> None:
    bueno = paso(postulacion(estado=Estado.RECIBIDA), Estado.ADMISIBLE)
    with pytest.raises(TransicionImposible):
        replace(bueno, transicion=replace(bueno.transicion, actor=SISTEMA))
    with pytest.raises(MotivoFaltante):
        replace(bueno, transicion=replace(bueno.transicion, motivo=" "))


def test_la_denegacion_deja_escrita_a_la_persona_y_lleva_su_recurso() -> None:
    dado = negar(postulacion(estado=Estado.CONFIRMADA), motivo="Tiene una rendición pendiente")
    assert dado.transicion.actor == Actor(Papel.PERSONAL, "funcionario-7", "biobio", "evaluador")
    assert dado.via == VIA
    assert variacion((dado,)) == (-1, 0)


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


@pytest.mark.parametrize("estado", sorted(set(Estado) - {Estado.POR_CONFIRMAR}))
def test_nada_nace_ya_decidido_ni_en_la_fila(estado: Estado) -> None:
    with pytest.raises(ValueError, match="por confirmar"):
        nacimiento(postulacion(estado=estado), Actor(Papel.POSTULANTE, "x"), REGLA)


@pytest.mark.parametrize("papel", [Papel.SISTEMA, Papel.PERSONAL])
def test_nadie_postula_por_otro(papel: Papel) -> None:
    with pytest.raises(ValueError, match="quien postula"):
        nacimiento(postulacion(), Actor(papel, "x", "y", "z"), REGLA)


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
        (Estado.CONFIRMADA, Estado.NO_ASISTIO, (-1, 0)),
        (Estado.NO_ASISTIO, Estado.PARTICIPO, (1, 0)),
        (Estado.LISTA_DE_ESPERA, Estado.PARTICIPO, (1, -1)),
        (Estado.PARTICIPO, Estado.EGRESADA, (0, 0)),
        (Estado.SELECCIONADA, Estado.NO_ADMISIBLE, (-1, 0)),
        (Estado.LISTA_DE_ESPERA, Estado.NO_ADMISIBLE, (0, -1)),
        (Estado.OFERTA_VENCIDA, Estado.LISTA_DE_ESPERA, (0, 1)),
        (Estado.DECLINADA, Estado.LISTA_DE_ESPERA, (0, 1)),
        (Estado.NO_SELECCIONADA, Estado.RECURRIDA, (0, 0)),
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
