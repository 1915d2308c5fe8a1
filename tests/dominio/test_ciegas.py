"""A ciegas: mientras se califica no se sabe de quién es, y quien ya lo supo no pone nota."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


AROMOS = {
    "nombre": "Comercial Los Aromos SpA",
    "representante": "María José Pérez Soto",
    "rut": "76086428-5",
    "correo": "contacto@aromos-vivos.cl",
    "telefono": "+56987654321",
}


@pytest.mark.parametrize(
    "rastro",
    [
        "Los Aromos",
        "LOS   AROMOS",
        "Los\nAromos",
        "Aromos",
        "Comercial Los Aromos",
        "comercial los aromos s.p.a",
        "Los-Aromos",
        "losaromos",
        "comerciallosaromos2024",
        "María José Pérez",
        "Maria Jose Perez Soto",
        "MARÍA  JOSÉ",
        "Mari\u0301a Jose\u0301 Pe\u0301rez",
        "Ma\u200bría José",
        "María Soto",
        "Pérez",
        "76.086.428",
        "76 086 428-5",
        "76,086,428",
        "76086428",
        "0760864285",
        "76.086.428 – 5",
        "98765-4321",
        "9-8765-4321",
        "8765 4321",
        "+56 9 8765 4321",
        "+56 (9) 8765.4321",
        "09 8765 4321",
        "contacto@aromos-vivos.cl",
        "contacto @ aromos-vivos . cl",
        "www.aromos-vivos.cl",
        "aromos-vivos.cl",
        "aromosvivos",
    ],
)
def test_lo_que_dice_de_quien_es_se_tapa_aunque_venga_a_medias(rastro: str) -> None:
    assert tapar(f"Somos {rastro}, y hacemos pan.", AROMOS) == f"Somos {OCULTO}, y hacemos pan."


@pytest.mark.parametrize(
    ("datos", "texto"),
    [
        ({"representante": "Ana Soto"}, "Anacardo, manzana, sotobosque y 15 mil unidades."),
        (AROMOS, "Una sociedad comercial: los aromas y las flores. Mantenemos contacto con clientes."),
        (AROMOS, "Vendimos 76.086 unidades, 428 cajas y 4.321 panes; en 2024, 98.765."),
        ({"nombre": "Panadería del Maule Ltda."}, "Una panadería de Talca, en el Maule, con otra en Los Ríos."),
        ({"nombre": "Artesanías 1987 SpA"}, "Artesanías desde 1987."),
        ({"correo": "ventas@gmail.com"}, "Las ventas llegan por gmail.com y por Instagram."),
        ({"nombre": "De la O", "telefono": "12"}, "De la huerta a la mesa, 12 meses."),
        ({"nombre": "Pan Miel"}, "Traigo pan (…) ¡Miel no!"),
        ({"nombre": "Artesanía"}, "Vendo artesanías."),
        (AROMOS, "El código 1760864285 y el 7608642851."),
        ({"nombre": "S.A.", "rut": "", "correo": "sin-arroba"}, "La sal de Cáhuil, S.A. de nada."),
    ],
)
def test_lo_que_cualquiera_diria_no_se_tapa(datos: dict[str, str], texto: str) -> None:
    assert tapar(texto, datos) == texto


@pytest.mark.parametrize(
    ("datos", "texto", "tapado"),
    [
        # Un nombre corriente se tapa entero, no palabra por palabra.
        ({"nombre": "Panadería del Maule Ltda."}, "Panaderia del Maule: una panadería.", "[oculto]: una panadería."),
        ({"nombre": "Artesanías 1987 SpA"}, "Artesanías 1987, artesanías.", "[oculto], artesanías."),
        # Escrito junto en una u otra parte, es el mismo nombre.
        ({"nombre": "PanDulce SpA"}, "Somos Pan Dulce.", "Somos [oculto]."),
        ({"nombre": "Pan Dulce SpA"}, "Síguenos en @tiendapandulce_chile.", "Síguenos en @[oculto]_chile."),
        ({"nombre": "Ñandú Ñuñoa"}, "Nandu y ÑANDÚ.", "[oculto] y [oculto]."),
        ({"rut": "76543210-K"}, "76.543.210-k, 765432100", "[oculto], 765432100"),
        ({"nombre": "Zutanez"}, "Z\u200bu\u200bt\u200ba\u200bn\u200be\u200bz.", "[oculto]."),
        ({"rut": "76543210-K"}, "Son 76543210 kilos", "Son [oculto] kilos"),
        ({"correo": "m.canario77@gmail.com"}, "Soy mcanario77 o m.canario77@gmail.com", "Soy [oculto] o [oculto]"),
        ({"telefono": "+56712345678"}, "Fono 71-2345678 o (71) 234 5678", "Fono [oculto] o [oculto]"),
        (
            {"telefono": "+34600123456"},
            "Fono 600 123 456 de España: +34 600123456",
            "Fono [oculto] de España: [oculto]",
        ),
        ({"representante": "Ana Rojas"}, "Hola\nAna\tRojas\u00a0Ana\u2028firma", "Hola\n[oculto]\u2028firma"),
        ({"telefono": "271234"}, "Fono 27-1234; el 1234 y el 12-34 no.", "Fono [oculto]; el 1234 y el 12-34 no."),
        # Cifras que no son las de siempre.
        ({"rut": "76543210-K"}, "７６．５４３．２１０", "[oculto]"),
    ],
)
def test_se_tapa_lo_justo(datos: dict[str, str], texto: str, tapado: str) -> None:
    assert tapar(texto, datos) == tapado


@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=30))
def test_con_cualquier_texto_lo_que_no_es_rastro_queda_letra_por_letra(antes: str, nombre: str, despues: str) -> None:
    """Y el nombre entero, si tiene con qué, nunca queda a la vista."""
    tapado = tapar(f"{antes} Zutanez Perengano {despues}", {**AROMOS, "nombre": nombre, "representante": "Zutanez"})
    assert "zutanez" not in tapado.lower()
    assert tapar(antes, {}) == antes
