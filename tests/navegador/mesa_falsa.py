"""Un servidor de mentira para la mesa: la página verdadera, respuestas fijas y una entrada con PKCE."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from tests.documentos import PDF
from tests.navegador.mesa_api import MesaApi, Rechazo
from tests.navegador.mesa_fichas import FOTO
from tests.navegador.mesa_pagina import RAIZ, pagina
from tests.politica import POLITICA

__all__ = ["Atencion", "MesaFalsa", "Rechazo"]

TIPOS = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


class MesaFalsa(MesaApi):
    """Lo que la prueba puede mirar y torcer: postulaciones, quién entra, y qué llegó."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.torcer: dict[str, str] = {}
        # Lo que entrega el depósito por cada documento.
        self.archivos: dict[str, bytes] = {}
        self.persona = {"sub": "evaluador-maule", "rol": "evaluador", "region": "07"}
        # Los permisos pedidos para subir, y lo que llegó con ellos.
        self.permisos: list[dict[str, str]] = []
        self.subidos: list[bytes] = []
        # Cada credencial entregada, y de quién es.
        self.vigentes: dict[str, dict[str, str]] = {}
        self.desafios: dict[str, dict[str, str]] = {}

    def vencer(self) -> None:
        """Desde ahora ninguna credencial entregada sirve."""
        self.vigentes.clear()

    def autorizar(self, pedido: dict[str, str]) -> str:
        codigo = f"codigo-{len(self.desafios)}"
        self.desafios[codigo] = pedido
        return f"{pedido['redirect_uri']}?{urlencode({'code': codigo, 'state': pedido['state']} | self.torcer)}"

    def entregar(self, pedido: dict[str, str]) -> dict[str, Any]:
        original = self.desafios.pop(pedido["code"])
        huella = hashlib.sha256(pedido["code_verifier"].encode()).digest()
        if _base64url(huella) != original["code_challenge"]:
            raise Rechazo(400, "invalid_grant", "PKCE")
        reclamos = {
            **self.persona,
            "nonce": self.torcer.get("nonce", original["nonce"]),
            "exp": int(time.time()) + 3600,
            "n": len(self.vigentes),
        }
        ficha = f"e30.{_base64url(json.dumps(reclamos).encode())}.firma-{pedido['code']}"
        self.vigentes[f"Bearer {ficha}"] = dict(self.persona)
        return {"id_token": ficha, "token_type": "Bearer", "expires_in": 3600}


class Atencion:
    """El servidor: siempre en la misma dirección, y detrás la mesa de la prueba que corre."""

    def __init__(self) -> None:
        self._servidor = ThreadingHTTPServer(("127.0.0.1", 0), _atendedor(self))
        self.mesa = self.de_nuevo()
        threading.Thread(target=self._servidor.serve_forever, args=(0.02,), daemon=True).start()

    def de_nuevo(self) -> MesaFalsa:
        """Una mesa como recién abierta, en lugar de la anterior."""
        self.mesa = MesaFalsa(f"http://127.0.0.1:{self._servidor.server_port}")
        return self.mesa

    def cerrar(self) -> None:
        self._servidor.shutdown()
        self._servidor.server_close()


def _base64url(crudo: bytes) -> str:
    return base64.urlsafe_b64encode(crudo).rstrip(b"=").decode()


def _atendedor(atencion: Atencion) -> type[BaseHTTPRequestHandler]:
    html = pagina().encode()

    class Atendedor(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            ruta = urlsplit(self.path)
            if ruta.path == "/mesa/":
                self._responder(200, html, "text/html; charset=utf-8")
            elif ruta.path == "/mesa/configuracion.json":
                self._json(
                    200,
                    {
                        "cliente": "mesa",
                        "autorizar": "/oidc/entrar",
                        "credencial": "/oidc/ficha",
                        "salir": "/oidc/salir",
                    },
                )
            elif ruta.path == "/oidc/entrar":
                self._mandar(atencion.mesa.autorizar({c: v[0] for c, v in parse_qs(ruta.query).items()}))
            elif ruta.path == "/oidc/salir":
                self._mandar("/mesa/")
            elif ruta.path.startswith("/tema/"):
                archivo = RAIZ / "site" / "tema" / ruta.path.removeprefix("/tema/")
                # Se guarda mientras dure el archivo de pruebas: cada página no lo vuelve a pedir.
                guardar = {"Cache-Control": "max-age=3600"}
                self._responder(200, archivo.read_bytes(), TIPOS[archivo.suffix], **guardar)
            elif ruta.path.startswith("/deposito/vitrinas/"):
                self._responder(200, FOTO, "application/octet-stream")
            elif ruta.path.startswith("/deposito/"):
                documento = ruta.path.rsplit("/", 1)[-1]
                self._responder(200, atencion.mesa.archivos.get(documento, PDF), "text/plain")
            else:
                self._api("GET", self.path, {})

        def do_POST(self) -> None:
            crudo = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/deposito/subir":
                atencion.mesa.subidos.append(crudo)
                return self._responder(204, b"", "text/plain")
            if self.path == "/api/adjuntar":
                atencion.mesa.permisos.append(json.loads(crudo))
                return self._json(200, {"url": "/deposito/subir", "campos": {"key": "cuarentena/x"}, "minutos": 60})
            if self.path == "/oidc/ficha":
                self._json(200, atencion.mesa.entregar({c: v[0] for c, v in parse_qs(crudo.decode()).items()}))
            else:
                self._api("POST", self.path, json.loads(crudo))

        def _api(self, metodo: str, camino: str, cuerpo: dict[str, Any]) -> None:
            if not camino.startswith("/api/mesa/"):
                return self._json(404, {})
            if self.headers["Authorization"] not in atencion.mesa.vigentes:
                return self._json(401, {"message": "Unauthorized"})
            try:
                quien = atencion.mesa.vigentes[self.headers["Authorization"]]
                ruta = urlsplit(camino)
                consulta = {c: v[0] for c, v in parse_qs(ruta.query).items()}
                pedido = unquote(ruta.path.removeprefix("/api/mesa/"))
                self._json(200, atencion.mesa.api(metodo, pedido, cuerpo | consulta, quien))
            except Rechazo as rechazo:
                self._json(rechazo.estado, rechazo.cuerpo)

        def _json(self, estado: int, valor: object) -> None:
            self._responder(estado, json.dumps(valor).encode(), "application/json")

        def _mandar(self, destino: str) -> None:
            self._responder(303, b"", "text/plain", Location=destino)

        def _responder(self, estado: int, cuerpo: bytes, tipo: str, **cabeceras: str) -> None:
            self.send_response(estado)
            for nombre, valor in {
                "Content-Type": tipo,
                "Content-Length": str(len(cuerpo)),
                "Content-Security-Policy": POLITICA,
                **cabeceras,
            }.items():
                self.send_header(nombre, valor)
            self.end_headers()
            self.wfile.write(cuerpo)

        def log_message(self, *_: object) -> None:
            """Callado: la prueba mira `recibido`."""

    return Atendedor
