"""El correo que sale: qué se manda y cómo se escribe, igual para una carpeta y para SES."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address, HeaderRegistry, UniqueUnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from typing import Protocol

LARGO_USUARIO = 64
NOMBRE = "Ferias y Redes"


class CorreoNoResponde(Exception):
    """Quien lleva el correo está caído, lleno o pide esperar: se puede reintentar."""


class DireccionRechazada(Exception):
    """A esa dirección no se puede escribir: reintentar no sirve."""


@dataclass(frozen=True, slots=True)
class Mensaje:
    """Un correo por mandar. `id_mensaje` es el id del aviso: el reenvío lleva el mismo Message-ID.

    `baja`: dónde se deja de recibir con un solo toque (RFC 8058); vacía si no es de una suscripción. `responder_a`: la
    casilla de la oficina que organiza; vacía si no se conoce, y se responde al remitente.
    """

    para: str
    asunto: str
    texto: str
    html: str
    id_mensaje: str
    baja: str = ""
    responder_a: str = ""


class Correo(Protocol):
    """Quien lleva el correo."""

    def enviar(self, mensaje: Mensaje) -> str:
        """Lo manda y devuelve la referencia de quien lo llevó. Errores: CorreoNoResponde, DireccionRechazada."""


class _DeUnaPieza(UniqueUnstructuredHeader):
    """Una cabecera en ASCII que no se parte: de una dirección larga y sin espacios saldría una ilegible."""

    def fold(self, *, policy: EmailPolicy) -> str:
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined]


_CABECERAS = HeaderRegistry()
_CABECERAS.map_to_type("list-unsubscribe", _DeUnaPieza)
_POLITICA = SMTP.clone(header_factory=_CABECERAS)


def direccion(escrita: str) -> Address:
    """La dirección lista para una cabecera, con el dominio en ASCII. Error: DireccionRechazada."""
    usuario, _, dominio = escrita.strip().rpartition("@")
    try:
        # El usuario con tildes no lo acepta casi ningún correo; un dominio con eñe sí se puede escribir en ASCII.
        limpia = Address(addr_spec=f"{usuario}@{dominio.encode('idna').decode('ascii')}")
        limpia.addr_spec.encode("ascii")
    except (ValueError, IndexError, HeaderParseError):
        raise DireccionRechazada from None
    alcanzable = "." in limpia.domain or limpia.domain == "localhost"
    # Si al leerla cambió, traía comentarios o comillas: nadie escribe así su correo a propósito.
    if limpia.username != usuario or len(usuario) > LARGO_USUARIO or not alcanzable:
        raise DireccionRechazada
    return limpia


def remitente(escrito: str) -> Address:
    """Desde dónde salen los correos. ValueError si está mal: es culpa del entorno, no de quien recibe."""
    try:
        limpia = direccion(escrito)
    except DireccionRechazada:
        raise ValueError("el remitente no es una dirección de correo") from None
    return Address(NOMBRE, limpia.username, limpia.domain)


def escribir(mensaje: Mensaje, desde: Address) -> EmailMessage:
    """El mensaje con sus dos versiones, listo para guardar o despachar. Error: DireccionRechazada."""
    escrito = EmailMessage(policy=_POLITICA)
    escrito["From"] = desde
    escrito["To"] = direccion(mensaje.para)
    if mensaje.responder_a:
        # Si estuviera mal escrita, el correo sale igual: la culpa no es de quien lo recibe.
        with suppress(DireccionRechazada):
            escrito["Reply-To"] = direccion(mensaje.responder_a)
    escrito["Subject"] = mensaje.asunto
    escrito["Message-ID"] = f"<{mensaje.id_mensaje}{'' if '@' in mensaje.id_mensaje else '@' + desde.domain}>"
    # Nadie espera respuesta automática a un aviso (RFC 3834).
    escrito["Auto-Submitted"] = "auto-generated"
    if mensaje.baja:
        # De una lista, no de un trámite: los lectores ofrecen filtrarla y dejarla (RFC 2919).
        escrito["List-Id"] = f"Avisos de convocatorias <avisos.{desde.domain}>"
        escrito["List-Unsubscribe"] = f"<{mensaje.baja}>"
        escrito["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    escrito.set_content(mensaje.texto, cte="quoted-printable")
    escrito.add_alternative(mensaje.html, subtype="html", cte="quoted-printable")
    escrito["Content-Language"] = "es-CL"
    return escrito
