"""SES recibe el mensaje ya escrito, y cada error suyo es reintentable o definitivo, sin repetir direcciones."""

from __future__ import annotations

import email
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError
from moto import mock_aws
from moto.ses.models import ses_backends

from funciones.adaptadores import correo_ses
from funciones.adaptadores.correo import CorreoNoResponde, DireccionRechazada
from funciones.adaptadores.correo_ses import CorreoSes
from tests.adaptadores.test_correo import ASUNTO, BAJA, cuerpo, mensaje

DESDE = "avisos@portal.example"


@pytest.fixture
def ses(credenciales: None) -> Iterator[Any]:
    with mock_aws():
        yield correo_ses.cliente.__wrapped__()


def enviados() -> list[EmailMessage]:
    """Lo que SES tiene por despachado."""
    cuenta = ses_backends["123456789012"]["sa-east-1"]
    return [email.message_from_string(m.raw_data, policy=default) for m in cuenta.sent_messages]  # type: ignore[misc]


def test_ses_despacha_el_mensaje_entero(ses: Any) -> None:
    ses.create_email_identity(EmailIdentity="portal.example")
    referencia = CorreoSes(ses, DESDE).enviar(mensaje(para="ventas@ñandu.cl"))
    assert referencia
    (leido,) = enviados()
    assert leido["Subject"] == ASUNTO
    assert leido["Message-ID"] == "<K7M4PR9X.no_seleccionada.5@portal.example>"
    assert leido["To"].addresses[0].addr_spec == "ventas@xn--andu-fqa.cl"
    assert cuerpo(leido, "plain").splitlines() == mensaje().texto.splitlines()
    assert cuerpo(leido, "html").splitlines() == mensaje().html.splitlines()


def test_ses_lleva_la_baja_de_un_toque(ses: Any) -> None:
    ses.create_email_identity(EmailIdentity="portal.example")
    CorreoSes(ses, DESDE).enviar(mensaje(baja=BAJA))
    (leido,) = enviados()
    assert (leido["List-Unsubscribe"], leido["List-Unsubscribe-Post"]) == (f"<{BAJA}>", "List-Unsubscribe=One-Click")


def test_si_falta_verificar_el_remitente_el_aviso_espera(ses: Any) -> None:
    with pytest.raises(CorreoNoResponde):
        CorreoSes(ses, DESDE).enviar(mensaje())


def test_una_direccion_imposible_ni_se_intenta(ses: Any) -> None:
    ses.create_email_identity(EmailIdentity="portal.example")
    with pytest.raises(DireccionRechazada):
        CorreoSes(ses, DESDE).enviar(mensaje(para="nadie"))
    assert enviados() == []


class SesEnfermo:
    """Un SES que falla siempre igual, y cuyo texto nombra a quien recibe."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def send_email(self, **_: object) -> Any:
        raise self._error


def de_ses(codigo: str, texto: str) -> ClientError:
    return ClientError({"Error": {"Code": codigo, "Message": texto}}, "SendEmail")


@pytest.mark.parametrize(
    "error",
    [
        de_ses("TooManyRequestsException", "Maximum sending rate exceeded."),
        de_ses("LimitExceededException", "Daily message quota exceeded."),
        de_ses("SendingPausedException", "Email sending is disabled."),
        de_ses("AccountSuspendedException", "Account suspended."),
        de_ses("MailFromDomainNotVerifiedException", "Domain contains unverified records"),
        de_ses("MessageRejected", "Email address is not verified: mipe@correo.example"),
        de_ses("BadRequestException", "Configuration set portal does not exist"),
        de_ses("InternalFailure", "mipe@correo.example"),
        ReadTimeoutError(endpoint_url="https://email.sa-east-1.amazonaws.com/mipe@correo.example"),
    ],
)
def test_lo_que_no_es_culpa_de_la_direccion_se_reintenta(error: Exception) -> None:
    with pytest.raises(CorreoNoResponde) as falla:
        CorreoSes(SesEnfermo(error), DESDE).enviar(mensaje())
    assert "mipe" not in str(falla.value)
    assert falla.value.__suppress_context__


@pytest.mark.parametrize(
    "texto",
    [
        "Missing final '@domain'",
        "Domain contains control or whitespace",
        "Local address contains control or whitespace",
        "Illegal address mipe@correo.example",
        "Domain starts with dot",
    ],
)
def test_una_direccion_que_ses_no_acepta_no_se_reintenta(texto: str) -> None:
    with pytest.raises(DireccionRechazada) as rechazo:
        CorreoSes(SesEnfermo(de_ses("BadRequestException", texto)), DESDE).enviar(mensaje())
    assert str(rechazo.value) == ""
    assert rechazo.value.__suppress_context__


def test_un_remitente_malo_se_sabe_al_encender() -> None:
    with pytest.raises(ValueError, match="remitente"):
        CorreoSes(None, "portal")


def test_cada_correo_lleva_la_marca_de_su_aviso_para_reconocerlo_si_vuelve(ses: Any) -> None:
    ses.create_email_identity(EmailIdentity="portal.example")
    pedidos: list[dict[str, Any]] = []
    ses.meta.events.register("provide-client-params.sesv2.SendEmail", lambda params, **_: pedidos.append(params))
    CorreoSes(ses, DESDE).enviar(mensaje())
    CorreoSes(ses, DESDE, "correos-demo").enviar(mensaje())
    sin, con = pedidos
    assert "ConfigurationSetName" not in sin
    assert con["ConfigurationSetName"] == "correos-demo"
    assert con["EmailTags"] == [{"Name": "aviso", "Value": "K7M4PR9X-no_seleccionada-5"}]
