"""El correo en la nube: SES, con el mensaje ya escrito."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from funciones.adaptadores.correo import CorreoNoResponde, DireccionRechazada, Mensaje, escribir, remitente

# SES no separa con un código la dirección imposible de los demás pedidos malos; lo dice solo en inglés.
_DIRECCION_IMPOSIBLE = re.compile(
    r"final '@domain'|local address|illegal (address|character)|domain (contains|starts|ends|name)|user name",
    re.IGNORECASE,
)
# Letras, números y dos signos: el punto del id de un aviso se vuelve guion.
_NO_CABE_EN_UNA_MARCA = re.compile(r"[^A-Za-z0-9_-]")


@lru_cache(maxsize=1)
def cliente(punto: str | None = None) -> Any:
    """El cliente de SES, uno por proceso."""
    # Un solo reintento: si la primera respuesta se perdió, el segundo envío es un correo repetido.
    ajustes = Config(connect_timeout=2, read_timeout=5, retries={"total_max_attempts": 2, "mode": "standard"})
    return boto3.client("sesv2", endpoint_url=punto, config=ajustes)


class CorreoSes:
    """Cumple el Protocol Correo; la referencia es el MessageId de SES, con que se buscan rebotes y reclamos.

    `configuracion` es el conjunto de SES que avisa lo que vuelve; vacío, nadie avisa.
    """

    def __init__(self, ses: Any, desde: str, configuracion: str = "") -> None:
        self._ses, self._desde, self._configuracion = ses, remitente(desde), configuracion

    def enviar(self, mensaje: Mensaje) -> str:
        escrito = escribir(mensaje, self._desde)
        try:
            respuesta = self._ses.send_email(
                FromEmailAddress=str(self._desde),
                Destination={"ToAddresses": [escrito["To"].addresses[0].addr_spec]},
                Content={"Raw": {"Data": escrito.as_bytes()}},
                **self._marcas(mensaje),
            )
        except ClientError as error:
            # Los textos de SES repiten la dirección: solo sale el código, y la causa no se encadena.
            codigo = error.response["Error"]["Code"]
            if codigo == "BadRequestException" and _DIRECCION_IMPOSIBLE.search(error.response["Error"]["Message"]):
                raise DireccionRechazada from None
            # MessageRejected también llega cuando falta verificar el remitente: no es culpa de quien recibe.
            raise CorreoNoResponde(codigo) from None
        except BotoCoreError as error:
            raise CorreoNoResponde(type(error).__name__) from None
        return str(respuesta["MessageId"])

    def _marcas(self, mensaje: Mensaje) -> dict[str, Any]:
        """Con qué aviso volvería: SES cambia el Message-ID, pero devuelve sus marcas. No llevan datos de nadie."""
        if not self._configuracion:
            return {}
        aviso = _NO_CABE_EN_UNA_MARCA.sub("-", mensaje.id_mensaje.partition("@")[0])
        return {
            "ConfigurationSetName": self._configuracion,
            "EmailTags": [{"Name": "aviso", "Value": aviso}],
        }
