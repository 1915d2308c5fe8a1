"""El mensaje que sale es el que se escribió: tildes, identidad y ninguna cabecera ajena."""

from __future__ import annotations

import email
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funciones.adaptadores.correo import DireccionRechazada, Mensaje, direccion, escribir, remitente

DESDE = remitente("avisos@portal.example")
ASUNTO = "Tu postulación no fue seleccionada: por qué y qué puedes hacer mañana en Ñuble"


def mensaje(**cambios: str) -> Mensaje:
    base = {
        "para": "mipe@correo.example",
        "asunto": ASUNTO,
        "texto": "Corrígelo: ¿qué sigue? «Ñandú» — año 2027.\n" + "Una línea larga con tildes áéíóú. " * 40,
        "html": "<!doctype html><html><body><p>¡Hola, Ñandú! áéíóú ü</p></body></html>\n",
        "id_mensaje": "K7M4PR9X.no_seleccionada.5",
    }
    return Mensaje(**{**base, **cambios})


def releido(escrito: EmailMessage) -> EmailMessage:
    """Lo que entiende quien lo recibe."""
    return email.message_from_bytes(escrito.as_bytes(), policy=default)  # type: ignore[return-value]


def cuerpo(leido: EmailMessage, forma: str) -> str:
    parte = leido.get_body((forma,))
    assert parte is not None
    return str(parte.get_content())


def test_tildes_y_enies_llegan_iguales_en_las_dos_versiones() -> None:
    leido = releido(escribir(mensaje(), DESDE))
    assert leido["Subject"] == ASUNTO
    assert cuerpo(leido, "plain").splitlines() == mensaje().texto.splitlines()
    assert cuerpo(leido, "html").splitlines() == mensaje().html.splitlines()
    assert str(leido["From"]) == "Ferias y Redes <avisos@portal.example>"
    assert leido["Content-Language"] == "es-CL"


def test_viaja_por_servidores_que_solo_entienden_ascii_y_lineas_cortas() -> None:
    crudo = escribir(mensaje(), DESDE).as_bytes()
    assert crudo.isascii()
    assert max(map(len, crudo.split(b"\r\n"))) <= 998
    assert b"\n" not in crudo.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    ("id_mensaje", "cabecera"),
    [
        ("K7M4PR9X.lista_de_espera.12", "<K7M4PR9X.lista_de_espera.12@portal.example>"),
        ("K7M4PR9X.seleccionada.5@avisos", "<K7M4PR9X.seleccionada.5@avisos>"),
    ],
)
def test_el_reenvio_lleva_el_mismo_id(id_mensaje: str, cabecera: str) -> None:
    primero, segundo = (releido(escribir(mensaje(id_mensaje=id_mensaje), DESDE)) for _ in range(2))
    assert primero["Message-ID"] == segundo["Message-ID"] == cabecera


def test_pide_que_no_lo_contesten_las_maquinas() -> None:
    assert escribir(mensaje(), DESDE)["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("salto", ["\n", "\r\n", "\r"])
def test_un_asunto_con_saltos_no_agrega_cabeceras(salto: str) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        escribir(mensaje(asunto=f"Hola{salto}Bcc: otra@correo.example"), DESDE)


@pytest.mark.parametrize(
    ("escrita", "limpia"),
    [
        ("mipe@correo.example", "mipe@correo.example"),
        (" Mipe.Sur+feria@correo.example ", "Mipe.Sur+feria@correo.example"),
        ("ventas@ñandu.cl", "ventas@xn--andu-fqa.cl"),
        ("portal@localhost", "portal@localhost"),
    ],
)
def test_una_direccion_posible_se_escribe_en_ascii(escrita: str, limpia: str) -> None:
    assert direccion(escrita).addr_spec == limpia
    assert releido(escribir(mensaje(para=escrita), DESDE))["To"].addresses[0].addr_spec == limpia


@pytest.mark.parametrize(
    "escrita",
    [
        "",
        "@",
        "mipe",
        "mipe@",
        "@correo.example",
        "mipe@correo",
        "mipe@correo..example",
        "mipe@@correo.example",
        "mi pe@correo.example",
        "ñandú@correo.example",
        "mipe(nota)@correo.example",
        '"mi pe"@correo.example',
        "Mipe <mipe@correo.example>",
        "mipe@correo.example, otra@correo.example",
        "mipe@correo.example\nBcc: otra@correo.example",
        "mipe@correo.example\r\nBcc: otra@correo.example",
        "mipe\n@correo.example",
        "mipe@correo.example\0",
        "m" * 65 + "@correo.example",
    ],
)
def test_una_direccion_imposible_se_rechaza_sin_repetirla(escrita: str) -> None:
    with pytest.raises(DireccionRechazada) as rechazo:
        escribir(mensaje(para=escrita), DESDE)
    assert str(rechazo.value) == ""
    assert rechazo.value.__suppress_context__ or rechazo.value.__context__ is None


@given(st.text())
def test_cualquier_texto_es_una_direccion_o_un_rechazo(escrita: str) -> None:
    try:
        leido = releido(escribir(mensaje(para=escrita), DESDE))
    except DireccionRechazada:
        return
    assert len(leido["To"].addresses) == 1
    assert "Bcc" not in leido


def test_un_remitente_malo_es_error_del_entorno_y_no_de_quien_recibe() -> None:
    with pytest.raises(ValueError, match="remitente"):
        remitente("Ferias y Redes <avisos@portal.example>")


BAJA = f"https://ferias.ejemplo.cl/api/suscripcion?codigo={'a2b3' * 26}"


def test_el_correo_de_una_suscripcion_se_deja_con_un_toque_y_la_direccion_llega_sin_partirse() -> None:
    crudo = escribir(mensaje(baja=BAJA), DESDE).as_bytes()
    # RFC 8058: las dos cabeceras, y la dirección legible tal cual: un lector de correo no la decodifica.
    assert f"\r\nList-Unsubscribe: <{BAJA}>\r\n".encode() in crudo
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in crudo


def test_el_correo_de_un_tramite_no_ofrece_una_baja_que_no_existe() -> None:
    assert b"List-Unsubscribe" not in escribir(mensaje(), DESDE).as_bytes()


@pytest.mark.parametrize("salto", ["\n", "\r\n", "\r"])
def test_una_baja_con_saltos_no_agrega_cabeceras(salto: str) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        escribir(mensaje(baja=f"{BAJA}{salto}Bcc: otra@correo.example"), DESDE)


def test_lo_que_se_responde_llega_a_la_oficina_si_se_sabe_su_casilla() -> None:
    leido = releido(escribir(mensaje(responder_a="maule@oficina.example"), DESDE))
    assert [a.addr_spec for a in leido["Reply-To"].addresses] == ["maule@oficina.example"]
    assert releido(escribir(mensaje(), DESDE))["Reply-To"] is None


@pytest.mark.parametrize("mala", ["maule", "maule@oficina.example\r\nBcc: otra@correo.example", "a@b@c"])
def test_una_casilla_mal_escrita_de_la_oficina_no_detiene_el_correo_ni_agrega_cabeceras(mala: str) -> None:
    leido = releido(escribir(mensaje(responder_a=mala), DESDE))
    assert (leido["Reply-To"], leido["Bcc"]) == (None, None)
