"""Hace de autorizador JWT de API Gateway: firma RS256, emisor, destinatario y plazo."""

import json
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey


class SinPermiso(Exception):
    """La credencial falta o no sirve; API Gateway responde 401 sin decir por qué."""


def reclamos(cabecera: str | None, claves: dict[str, RSAPublicKey], emisor: str, cliente: str) -> dict[str, str]:
    """Lo que afirma la credencial, con cada valor como texto, o SinPermiso."""
    try:
        return _como_texto(_comprobar(_ficha(cabecera), claves, emisor, cliente))
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise SinPermiso from error


def _ficha(cabecera: str | None) -> str:
    if not cabecera:
        raise SinPermiso
    esquema, _, ficha = cabecera.partition(" ")
    return ficha.strip() if esquema.lower() == "bearer" and ficha else cabecera


def _comprobar(ficha: str, claves: dict[str, RSAPublicKey], emisor: str, cliente: str) -> dict[str, Any]:
    clave = claves.get(jwt.get_unverified_header(ficha).get("kid", ""))
    if clave is None:
        raise SinPermiso
    # Solo RS256: aceptar lo que diga la ficha permitiría firmarla con la clave pública como secreto.
    afirmado = jwt.decode(
        ficha,
        clave,
        algorithms=["RS256"],
        issuer=emisor,
        options={"require": ["exp", "iss"], "verify_aud": False},
    )
    destinos = afirmado.get("aud", afirmado.get("client_id"))
    if cliente not in (destinos if isinstance(destinos, list) else [destinos]):
        raise SinPermiso
    return afirmado


def _como_texto(afirmado: dict[str, Any]) -> dict[str, str]:
    return {nombre: _texto(valor) for nombre, valor in afirmado.items()}


def _texto(valor: Any) -> str:
    if isinstance(valor, str):
        return valor
    if isinstance(valor, list):
        return "[" + " ".join(map(str, valor)) + "]"
    return json.dumps(valor)
