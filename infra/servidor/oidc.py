"""Hace de Cognito en esta máquina: el personal de demostración entra con código y PKCE, sin contraseña."""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from markupsafe import Markup
from werkzeug.wrappers import Request, Response

from servidor import paginas
from servidor.ajustes import CLIENTE_OIDC
from servidor.llaves import clave_oidc, identificador

DURACION_CREDENCIAL = 8 * 3600
DURACION_CODIGO = 60
ANFITRIONES = frozenset({"localhost", "127.0.0.1"})


@dataclass(frozen=True)
class Usuario:
    """Un cargo de demostración; nunca una persona."""

    id: str
    nombre: str
    rol: str
    region: str
    # Solo quien opera: los ids de las convocatorias que le encargaron, separados por espacios.
    convocatorias: str = ""


USUARIOS = (
    Usuario("evaluador-maule", "Evaluador demostración Maule", "evaluador", "07"),
    Usuario("evaluador-biobio", "Evaluador demostración Biobío", "evaluador", "08"),
    Usuario("operador-maule", "Operador demostración Maule", "operador", "07", "2027-feria-maule-sabores-y-oficios"),
    Usuario("nacional", "Nivel nacional demostración", "nacional", "todas"),
    Usuario("administrador", "Administrador demostración", "administrador", "todas"),
)


@dataclass(frozen=True)
class Permiso:
    """Lo que vale un código de un solo uso mientras no vence."""

    usuario: Usuario
    destino: str
    desafio: str
    nonce: str
    vence: float


class Oidc:
    """Emisor de credenciales RS256 con la forma de las de Cognito."""

    def __init__(self, claves: Path, emisor: str) -> None:
        self.emisor = emisor
        self._clave = clave_oidc(claves)
        self._kid = identificador(self._clave)
        self._permisos: dict[str, Permiso] = {}
        self._candado = threading.Lock()

    @property
    def publicas(self) -> dict[str, RSAPublicKey]:
        return {self._kid: self._clave.public_key()}

    def atender(self, solicitud: Request) -> Response:
        """La parte de /oidc/ que corresponde a la dirección."""
        match solicitud.method, solicitud.path.removeprefix("/oidc"):
            case "GET", "/.well-known/openid-configuration":
                return _json(self.descripcion(solicitud))
            case "GET", "/.well-known/jwks.json":
                return _json(self._jwks())
            case "GET", "/oauth2/authorize":
                return self._elegir(solicitud)
            case "POST", "/oauth2/authorize":
                return self._autorizar(solicitud)
            case "POST", "/oauth2/token":
                return self._entregar(solicitud)
            case "GET", "/logout":
                return Response(status=303, headers={"Location": "/mesa/"})
        return paginas.aviso("No encontramos esa página", "Entra a la mesa desde /mesa/.", 404)

    def descripcion(self, solicitud: Request) -> dict[str, object]:
        """El documento de descubrimiento; las direcciones usan el nombre con que llegó el navegador."""
        base = f"http://{solicitud.host}/oidc"
        return {
            "issuer": self.emisor,
            "authorization_endpoint": f"{base}/oauth2/authorize",
            "token_endpoint": f"{base}/oauth2/token",
            "jwks_uri": f"{base}/.well-known/jwks.json",
            "end_session_endpoint": f"{base}/logout",
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "profile"],
        }

    def configuracion_de_la_mesa(self, solicitud: Request) -> Response:
        """Lo que en la nube escribe el despliegue: con qué emisor entra el personal."""
        base = f"http://{solicitud.host}/oidc"
        return _json(
            {
                "emisor": self.emisor,
                "cliente": CLIENTE_OIDC,
                "autorizar": f"{base}/oauth2/authorize",
                "credencial": f"{base}/oauth2/token",
                "salir": f"{base}/logout",
                "alcances": "openid profile",
            }
        )

    def credencial(self, usuario: Usuario, uso: str, nonce: str = "") -> str:
        """Una credencial firmada: «id» lleva el destinatario en aud, «access» en client_id, como Cognito."""
        ahora = int(time.time())
        afirmado: dict[str, object] = {
            "iss": self.emisor,
            "sub": usuario.id,
            "rol": usuario.rol,
            "region": usuario.region,
            "convocatorias": usuario.convocatorias,
            "name": usuario.nombre,
            "token_use": uso,
            "auth_time": ahora,
            "iat": ahora,
            "exp": ahora + DURACION_CREDENCIAL,
        }
        afirmado["aud" if uso == "id" else "client_id"] = CLIENTE_OIDC
        if nonce and uso == "id":
            afirmado["nonce"] = nonce
        return jwt.encode(afirmado, self._clave, algorithm="RS256", headers={"kid": self._kid})

    def _jwks(self) -> dict[str, object]:
        publica = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self._clave.public_key()))
        return {"keys": [publica | {"kid": self._kid, "alg": "RS256", "use": "sig"}]}

    def _elegir(self, solicitud: Request) -> Response:
        pedido = solicitud.args.to_dict()
        if falta := _problema(pedido):
            return paginas.aviso("No se puede entrar desde aquí", falta, 400)
        ocultos = Markup("").join(
            Markup('<input type="hidden" name="{}" value="{}">').format(nombre, valor)
            for nombre, valor in pedido.items()
        )
        botones = Markup("\n").join(
            Markup('<p><button class="boton b2" name="usuario" value="{}">{}</button></p>').format(u.id, u.nombre)
            for u in USUARIOS
        )
        cuerpo = Markup(
            '<p class="guia">Elige con qué cargo de demostración entras a la mesa.</p>'
            '<p class="chico">Solo existe en esta máquina: aquí no hay contraseñas ni personas.</p>'
            '<form method="post" action="/oidc/oauth2/authorize">{}{}</form>'
        ).format(ocultos, botones)
        return paginas.pagina("Entrar a la mesa", cuerpo)

    def _autorizar(self, solicitud: Request) -> Response:
        pedido = solicitud.form.to_dict()
        usuario = next((u for u in USUARIOS if u.id == pedido.get("usuario")), None)
        falta = _problema(pedido)
        if falta or usuario is None:
            return paginas.aviso("No se puede entrar desde aquí", falta or "Elige un cargo de la lista.", 400)
        codigo = secrets.token_urlsafe(32)
        permiso = Permiso(
            usuario,
            pedido["redirect_uri"],
            pedido["code_challenge"],
            pedido.get("nonce", ""),
            time.monotonic() + DURACION_CODIGO,
        )
        with self._candado:
            self._permisos = {c: p for c, p in self._permisos.items() if p.vence > time.monotonic()}
            self._permisos[codigo] = permiso
        consulta = urlencode({"code": codigo, "state": pedido.get("state", "")})
        return Response(status=303, headers={"Location": f"{permiso.destino}?{consulta}"})

    def _entregar(self, solicitud: Request) -> Response:
        pedido = solicitud.form
        with self._candado:
            permiso = self._permisos.pop(pedido.get("code", ""), None)
        if (
            permiso is None
            or permiso.vence < time.monotonic()
            or pedido.get("grant_type") != "authorization_code"
            or pedido.get("client_id") != CLIENTE_OIDC
            or pedido.get("redirect_uri") != permiso.destino
            or not hmac.compare_digest(_desafio(pedido.get("code_verifier", "")), permiso.desafio.encode())
        ):
            return _json({"error": "invalid_grant"}, 400)
        return _json(
            {
                "id_token": self.credencial(permiso.usuario, "id", permiso.nonce),
                "access_token": self.credencial(permiso.usuario, "access"),
                "token_type": "Bearer",
                "expires_in": DURACION_CREDENCIAL,
            }
        )


def _problema(pedido: dict[str, str]) -> str | None:
    destino = urlsplit(pedido.get("redirect_uri", ""))
    if pedido.get("client_id") != CLIENTE_OIDC:
        return "El programa que pide entrar no es la mesa."
    if destino.scheme != "http" or destino.hostname not in ANFITRIONES or not destino.path.startswith("/mesa/"):
        return "La dirección de vuelta no es la mesa de esta máquina."
    if destino.query or destino.fragment:
        return "La dirección de vuelta lleva datos de más."
    if pedido.get("response_type") != "code":
        return "Solo se entra con código."
    if pedido.get("code_challenge_method") != "S256" or not 43 <= len(pedido.get("code_challenge", "")) <= 128:
        return "Falta la prueba PKCE con S256."
    return None


def _desafio(verificador: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(verificador.encode()).digest()).rstrip(b"=")


def _json(valor: object, estado: int = 200) -> Response:
    respuesta = Response(json.dumps(valor, ensure_ascii=False), status=estado, mimetype="application/json")
    respuesta.headers["Cache-Control"] = "no-store"
    return respuesta
