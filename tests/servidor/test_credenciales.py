"""La mesa se abre solo con una credencial firmada por el emisor, para la mesa y vigente."""

import base64
import json
import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from servidor.llaves import clave_oidc, identificador
from servidor.oidc import USUARIOS
from tests.servidor.conftest import Mundo, Respuesta

RUTA = "/api/mesa/postulaciones"
AJENA = generate_private_key(public_exponent=65537, key_size=2048)


def _clave(mundo: Mundo) -> RSAPrivateKey:
    return clave_oidc(mundo.ajustes.claves)


def _afirmado(mundo: Mundo, **cambios: Any) -> dict[str, Any]:
    ahora = int(time.time())
    return {
        "iss": mundo.aplicacion.oidc.emisor,
        "aud": "mesa-local",
        "sub": "evaluador-maule",
        "rol": "evaluador",
        "region": "07",
        "iat": ahora - 10,
        "exp": ahora + 3600,
    } | cambios


def _firmada(mundo: Mundo, clave: Any = None, alg: str = "RS256", kid: str | None = None, **cambios: Any) -> str:
    propia = _clave(mundo)
    return jwt.encode(
        {n: v for n, v in _afirmado(mundo, **cambios).items() if v is not None},
        propia if clave is None else clave,
        algorithm=alg,
        headers={"kid": identificador(propia) if kid is None else kid},
    )


def _entrar(mundo: Mundo, ficha: str) -> Respuesta:
    return mundo.ver(RUTA, Authorization=f"Bearer {ficha}")


@pytest.mark.parametrize("uso", ["id", "access"])
def test_la_credencial_del_emisor_abre_y_llega_a_la_funcion_como_texto(mundo: Mundo, uso: str) -> None:
    ficha = mundo.aplicacion.oidc.credencial(USUARIOS[0], uso)
    evento = _entrar(mundo, ficha).json
    reclamos = evento["requestContext"]["authorizer"]["jwt"]["claims"]
    assert evento["requestContext"]["authorizer"]["jwt"]["scopes"] is None
    assert (reclamos["sub"], reclamos["rol"], reclamos["region"]) == ("evaluador-maule", "evaluador", "07")
    assert all(isinstance(valor, str) for valor in reclamos.values())
    assert reclamos["exp"].isdigit()


def test_las_listas_llegan_entre_corchetes_como_en_api_gateway(mundo: Mundo) -> None:
    evento = _entrar(mundo, _firmada(mundo, grupos=["a", "b"], activo=True)).json
    reclamos = evento["requestContext"]["authorizer"]["jwt"]["claims"]
    assert (reclamos["grupos"], reclamos["activo"]) == ("[a b]", "true")


def _con_el_secreto_publico(mundo: Mundo) -> str:
    """La firma HS256 hecha con la clave pública como si fuera un secreto."""
    publica = (
        _clave(mundo)
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    cabeza = {"alg": "HS256", "typ": "JWT", "kid": identificador(_clave(mundo))}
    trozos = [base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=") for p in (cabeza, _afirmado(mundo))]
    firma = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(b".".join(trozos), publica)
    return b".".join([*trozos, base64.urlsafe_b64encode(firma).rstrip(b"=")]).decode()


def _retocada(mundo: Mundo) -> str:
    cabeza, _, firma = _firmada(mundo).split(".")
    otro = base64.urlsafe_b64encode(json.dumps(_afirmado(mundo, rol="administrador")).encode()).rstrip(b"=")
    return f"{cabeza}.{otro.decode()}.{firma}"


MALAS: dict[str, Callable[[Mundo], str]] = {
    "vacía": lambda m: "",
    "no es una credencial": lambda m: "abc.def",
    "vencida": lambda m: _firmada(m, exp=int(time.time()) - 1),
    "sin vencimiento": lambda m: _firmada(m, exp=None),
    "todavía no vale": lambda m: _firmada(m, nbf=int(time.time()) + 600),
    "emitida en el futuro": lambda m: _firmada(m, iat=int(time.time()) + 600),
    "de otro emisor": lambda m: _firmada(m, iss="https://otro.cl/oidc"),
    "sin emisor": lambda m: _firmada(m, iss=None),
    "para otro programa": lambda m: _firmada(m, aud="otra"),
    "sin destinatario": lambda m: _firmada(m, aud=None),
    "destinatario ajeno aunque el cliente calce": lambda m: _firmada(m, aud="otra", client_id="mesa-local"),
    "firmada con otra llave": lambda m: _firmada(m, clave=AJENA),
    "con otro nombre de llave": lambda m: _firmada(m, kid="otra"),
    "sin firma": lambda m: jwt.encode(_afirmado(m), None, algorithm="none", headers={"kid": identificador(_clave(m))}),
    "otro algoritmo RSA": lambda m: _firmada(m, alg="RS512"),
    "HS256 con la clave pública": _con_el_secreto_publico,
    "retocada": _retocada,
}


@pytest.mark.parametrize("mala", MALAS)
def test_una_credencial_mala_no_abre_ni_llega_a_la_funcion(mundo: Mundo, mala: str) -> None:
    respuesta = _entrar(mundo, MALAS[mala](mundo))
    assert (respuesta.estado, respuesta.json) == (401, {"message": "Unauthorized"})


def test_sin_cabecera_no_abre(mundo: Mundo) -> None:
    assert mundo.ver(RUTA).estado == 401


@pytest.mark.parametrize(
    ("metodo", "ruta"),
    [
        ("GET", "/api/mesa/postulaciones/K7M4PR9X"),
        ("POST", "/api/mesa/postulaciones/K7M4PR9X/evaluacion"),
        ("GET", "/api/mesa/documentos/K7M4PR9X/f30"),
        ("POST", "/api/mesa/seleccion"),
        ("POST", "/api/mesa/asistencia"),
        ("POST", "/api/mesa/medicion"),
    ],
)
def test_toda_la_mesa_pide_credencial(mundo: Mundo, metodo: str, ruta: str) -> None:
    assert mundo.pedir(metodo, ruta).estado == 401
    ficha = mundo.aplicacion.oidc.credencial(USUARIOS[0], "id")
    assert mundo.pedir(metodo, ruta, cabeceras={"Authorization": f"Bearer {ficha}"}).estado == 200


def test_una_ruta_publica_no_mira_la_credencial(mundo: Mundo) -> None:
    evento = mundo.ver("/api/verificar", Authorization="Bearer basura").json
    assert "authorizer" not in evento["requestContext"]
