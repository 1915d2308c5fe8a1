"""A ciegas: mientras se califica no se sabe de quién es, y quien ya lo supo no pone nota."""

from __future__ import annotations

import pytest

from funciones.dominio.ciegas import OCULTO, a_ciegas, tapar, vio_el_nombre
from funciones.dominio.postulacion import Actor, Estado, Papel, Transicion
from tests.mundo import LLEGADA, convocatoria, postulacion

A_CIEGAS = convocatoria(a_ciegas=True)


@pytest.mark.parametrize("estado", list(Estado))
def test_solo_se_oculta_mientras_se_califica_y_si_la_convocatoria_lo_dice(estado: Estado) -> None:
    se_califica = estado in {Estado.ADMISIBLE, Estado.EVALUADA}
    assert a_ciegas(A_CIEGAS, postulacion(estado=estado)) is se_califica
    assert not a_ciegas(convocatoria(), postulacion(estado=estado))


def movida(de: Estado | None, a: Estado, quien: str = "evaluador-1", papel: Papel = Papel.PERSONAL) -> Transicion:
    return Transicion("K7M4PR9X", 2, de, a, LLEGADA, Actor(papel, quien), "Motivo", "prueba/1")


@pytest.mark.parametrize(
    ("transicion", "vio"),
    [
        (movida(Estado.RECIBIDA, Estado.ADMISIBLE), True),
        (movida(Estado.RECIBIDA, Estado.EN_CORRECCION), True),
        (movida(Estado.RETENIDA, Estado.RECIBIDA), True),
        (movida(Estado.ADMISIBLE, Estado.NO_ADMISIBLE), True),
        (movida(Estado.ADMISIBLE, Estado.ADMISIBLE), False),
        (movida(Estado.ADMISIBLE, Estado.EVALUADA), False),
        (movida(Estado.EVALUADA, Estado.EVALUADA), False),
        (movida(Estado.RECIBIDA, Estado.ADMISIBLE, quien="evaluador-2"), False),
        (movida(Estado.POR_CONFIRMAR, Estado.RECIBIDA, papel=Papel.POSTULANTE), False),
    ],
)
def test_vio_el_nombre_quien_la_movio_cuando_estaba_a_la_vista(transicion: Transicion, vio: bool) -> None:
    sin_nada = movida(Estado.ADMISIBLE, Estado.ADMISIBLE)
    assert vio_el_nombre((sin_nada, transicion), "evaluador-1") is vio


def test_quien_no_la_ha_movido_no_la_ha_visto() -> None:
    assert not vio_el_nombre((), "evaluador-1")


DATOS = {
    "nombre": "Panes del Maule SpA",
    "representante": "Representante de Ejemplo",
    "rut": "77654321-6",
    "correo": "panes@ejemplo.cl",
    "telefono": "+56987654321",
}


@pytest.mark.parametrize(
    "rastro",
    [
        "Panes del Maule SpA",
        "PANES DEL MAULE SPA",
        "Representante de Ejemplo",
        "77654321-6",
        "77.654.321-6",
        "776543216",
        "77654321",
        "panes@ejemplo.cl",
        "+56987654321",
        "987654321",
        "9 8765 4321",
        "9 87654321",
    ],
)
def test_lo_que_la_persona_escribio_de_si_misma_se_tapa(rastro: str) -> None:
    assert tapar(f"Somos {rastro}: hacemos pan.", DATOS) == f"Somos {OCULTO}: hacemos pan."


def test_lo_demas_queda_igual() -> None:
    texto = "Hacemos pan (amasado) en el Maule desde 1987."
    assert tapar(texto, DATOS) == texto
    assert tapar(texto, {}) == texto
    # Un nombre de dos letras no puede tapar medio texto.
    assert tapar(texto, {"nombre": "en", "telefono": ""}) == texto
    assert tapar("Somos Pan.", {"nombre": "Pan"}) == "Somos [oculto]."
