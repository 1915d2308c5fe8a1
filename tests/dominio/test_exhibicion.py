"""Los pasos de una vitrina: nadie publica sin permiso ni sin que una persona la mire, y retirarse siempre se puede."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funciones.dominio.actor import Actor, DenegacionSinPersona
from funciones.dominio.estado import Estado, Papel
from funciones.dominio.exhibicion import (
    EXHIBEN,
    a_la_vista,
    bajar,
    editar,
    enviar,
    nueva,
    observar,
    publicar,
    puede_exhibir,
    retirar,
)
from funciones.dominio.postulacion import MotivoFaltante
from funciones.dominio.vitrina import (
    SE_AVISAN,
    Contenido,
    EstadoVitrina,
    Foto,
    Producto,
    Vitrina,
    VitrinaImposible,
    VitrinaIncompleta,
)

AHORA = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTO = timedelta(minutes=1)
PERSONA = Actor(Papel.PERSONAL, "evaluador-maule", "Dirección Regional del Maule", "evaluador")
PAN = Producto("p1", "Pan", "De campo", "alimentos")
LLENO = Contenido("Panes", "alimentos", "Pan de campo", "", (PAN,))


def _llena(folio: str = "K7M4PR9X", publica: str = "v-1", ahora: datetime = AHORA) -> Vitrina:
    return editar(nueva(folio, "feria", publica, "", ahora), LLENO, ahora)


def _publicada(folio: str = "K7M4PR9X", publica: str = "v-1", ahora: datetime = AHORA) -> Vitrina:
    return publicar(enviar(_llena(folio, publica, ahora), ahora, 1), PERSONA, ahora)


@pytest.mark.parametrize("estado", list(Estado))
def test_solo_exhibe_quien_tiene_un_puesto_o_participo_en_el_componente_1(estado: Estado) -> None:
    assert puede_exhibir(estado, 1) == (estado in EXHIBEN)
    assert not puede_exhibir(estado, 2)


@pytest.mark.parametrize(
    ("contenido", "faltan"),
    [
        (replace(LLENO, nombre=" \u200b"), ("nombre",)),
        (replace(LLENO, rubro=""), ("rubro",)),
        (replace(LLENO, descripcion=""), ("descripcion",)),
        (replace(LLENO, productos=()), ("productos",)),
        (replace(LLENO, productos=(replace(PAN, foto=Foto("a" * 64, "image/png", 1)),)), ("foto_alt:p1",)),
    ],
)
def test_lo_incompleto_no_se_envia_y_dice_que_falta(contenido: Contenido, faltan: tuple[str, ...]) -> None:
    with pytest.raises(VitrinaIncompleta) as falta:
        enviar(editar(_llena(), contenido, AHORA), AHORA, 1)
    assert falta.value.faltan == faltan


def test_cada_envio_deja_escrito_cuando_y_que_permiso_se_dio() -> None:
    publicada = _publicada()
    otra = enviar(editar(publicada, replace(LLENO, nombre="Otro"), AHORA + MINUTO), AHORA + 2 * MINUTO, 2)
    assert [(h.permiso, h.cuando) for h in otra.historia if h.permiso] == [(1, AHORA), (2, AHORA + 2 * MINUTO)]
    assert otra.permiso is not None
    assert (otra.permiso.version, otra.permiso.cuando) == (2, AHORA + 2 * MINUTO)


@pytest.mark.parametrize("paso", [publicar, observar, bajar])
def test_la_maquina_no_decide_por_una_persona(paso: object) -> None:
    enviada = replace(enviar(_llena(), AHORA, 1), publicado=LLENO)
    for actor in (Actor(Papel.SISTEMA, "exponer"), replace(PERSONA, oficina=""), replace(PERSONA, id=" ")):
        with pytest.raises(DenegacionSinPersona):
            paso(enviada, actor, AHORA, "razón")  # type: ignore[operator]


@pytest.mark.parametrize("paso", [observar, bajar])
def test_devolver_o_bajar_sin_razon_no_se_puede(paso: object) -> None:
    enviada = replace(enviar(_llena(), AHORA, 1), publicado=LLENO)
    with pytest.raises(MotivoFaltante):
        paso(enviada, PERSONA, AHORA, " \u200b ")  # type: ignore[operator]


def test_lo_que_no_esta_en_revision_no_se_publica_ni_se_devuelve() -> None:
    for vitrina in (_llena(), _publicada(), retirar(_publicada(), AHORA)):
        for paso in (publicar, observar):
            with pytest.raises(VitrinaImposible):
                paso(vitrina, PERSONA, AHORA, "razón")
    with pytest.raises(VitrinaImposible):
        bajar(_llena(), PERSONA, AHORA, "razón")
    with pytest.raises(VitrinaImposible):
        retirar(_llena(), AHORA)


def test_quien_se_retira_no_deja_ni_lo_publicado_ni_el_permiso() -> None:
    retirada = retirar(_publicada(), AHORA)
    assert (retirada.publicado, retirada.permiso) == (None, None)
    # Y si algo quedara publicado sin permiso, tampoco se muestra.
    assert a_la_vista([replace(_publicada(), permiso=None)]) == ()


def test_solo_cuenta_el_correo_del_ultimo_cambio() -> None:
    publicada = _publicada()
    assert publicada.por_avisar == publicada.version
    assert editar(publicada, replace(LLENO, nombre="Otro"), AHORA).por_avisar == publicada.version
    retirada = retirar(publicada, AHORA)
    assert retirada.por_avisar == retirada.version
    assert enviar(editar(retirada, LLENO, AHORA), AHORA, 1).por_avisar is None
    assert {EstadoVitrina.BORRADOR, EstadoVitrina.EN_REVISION} == set(EstadoVitrina) - SE_AVISAN


def test_de_un_mismo_rut_se_ve_la_ultima_y_quien_se_retira_sale_entero() -> None:
    vieja = _publicada("AAAA1111", "v-1", AHORA)
    nueva_ = _publicada("BBBB2222", "v-1", AHORA + MINUTO)
    ajena = _publicada("CCCC3333", "v-2", AHORA)
    assert a_la_vista([ajena, nueva_, vieja]) == (nueva_, ajena)
    # Escribir un borrador en la vieja no la vuelve la última; retirar el permiso sí.
    editada = editar(vieja, replace(LLENO, nombre="Otro"), AHORA + 5 * MINUTO)
    assert a_la_vista([editada, nueva_]) == (nueva_,)
    assert a_la_vista([retirar(editada, AHORA + 6 * MINUTO), nueva_]) == ()
    assert a_la_vista([vieja, bajar(nueva_, PERSONA, AHORA + 9 * MINUTO, "razón")]) == ()


_PASOS = ("editar", "enviar", "publicar", "observar", "bajar", "retirar")


@given(st.lists(st.sampled_from(_PASOS), max_size=25))
def test_en_cualquier_orden_lo_visible_fue_enviado_con_permiso_y_aprobado_por_una_persona(pasos: list[str]) -> None:
    vitrina, aprobados, ahora = _llena(), set(), AHORA
    for numero, paso in enumerate(pasos):
        ahora += MINUTO
        try:
            match paso:
                case "editar":
                    vitrina = editar(vitrina, replace(LLENO, nombre=f"Nombre {numero}"), ahora)
                case "enviar":
                    vitrina = enviar(vitrina, ahora, 1)
                case "publicar":
                    vitrina = publicar(vitrina, PERSONA, ahora)
                    aprobados.add(vitrina.borrador.nombre)
                case "observar":
                    vitrina = observar(vitrina, PERSONA, ahora, "razón")
                case "bajar":
                    vitrina = bajar(vitrina, PERSONA, ahora, "razón")
                case "retirar":
                    vitrina = retirar(vitrina, ahora)
        except VitrinaImposible:
            continue
        if paso in {"bajar", "retirar"}:
            assert a_la_vista([vitrina]) == ()
        for vista in a_la_vista([vitrina]):
            assert vista.permiso is not None
            assert vista.publicado is not None
            assert vista.publicado.nombre in aprobados
        assert [h.version for h in vitrina.historia] == sorted({h.version for h in vitrina.historia})


def test_un_permiso_anterior_al_retiro_del_mismo_rut_no_vale_y_no_tapa_al_que_vale() -> None:
    esperando = enviar(_llena("H2PN7XKB"), AHORA, 1)
    retirada = retirar(_publicada(), AHORA + MINUTO)
    de_nuevo = publicar(enviar(retirada, AHORA + 2 * MINUTO, 1), PERSONA, AHORA + 3 * MINUTO)
    tarde = publicar(esperando, PERSONA, AHORA + 4 * MINUTO)
    assert a_la_vista([retirada, tarde]) == ()
    assert a_la_vista([tarde], [retirada]) == ()
    assert a_la_vista([de_nuevo, tarde]) == (de_nuevo,)
    # Lo que saca la mesa no es un retiro del permiso.
    bajada = bajar(_publicada(), PERSONA, AHORA + MINUTO, "La foto es de otra persona")
    assert a_la_vista([bajada, tarde]) == (tarde,)
