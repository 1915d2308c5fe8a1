"""Habla HTTP/1.1 con el navegador y entrega cada petición a la aplicación."""

import socket
import sys
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from werkzeug.http import http_date
from werkzeug.wrappers import Request, Response
from werkzeug.wsgi import LimitedStream

from servidor import paginas

Aplicacion = Callable[[Request], Response]
# Lo que se lee y se descarta para que el navegador alcance a mostrar por qué no se le aceptó un envío.
DESCARTE_MAXIMO = 256 * 1024 * 1024


class PuertoOcupado(Exception):
    """Otro programa ya usa ese puerto."""


class Servidor(ThreadingHTTPServer):
    """Un hilo por conexión, solo para esta máquina."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, puerto: int, aplicacion: Aplicacion) -> None:
        self.aplicacion = aplicacion
        try:
            super().__init__(("127.0.0.1", puerto), Conexion)
        except OSError as error:
            raise PuertoOcupado(puerto) from error

    @property
    def puerto(self) -> int:
        return int(self.server_address[1])

    def server_bind(self) -> None:
        # Sin la consulta de nombres que hace HTTPServer: puede tardar y aquí no sirve.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "localhost", self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        error = sys.exc_info()[1]
        if not isinstance(error, ConnectionError | TimeoutError):
            print(f"  Se cortó una conexión: {type(error).__name__}", file=sys.stderr, flush=True)


class Conexion(BaseHTTPRequestHandler):
    """Una conexión del navegador, que se mantiene abierta entre peticiones."""

    server: Servidor
    protocol_version = "HTTP/1.1"
    timeout = 30
    disable_nagle_algorithm = True
    wbufsize = 64 * 1024

    def handle_one_request(self) -> None:
        try:
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline:
                self.close_connection = True
            elif len(self.raw_requestline) > 65536:
                self.requestline = self.request_version = self.command = ""
                self.send_error(414)
            elif self.parse_request():
                self._atender()
        except TimeoutError:
            self.close_connection = True

    def _atender(self) -> None:
        inicio = time.monotonic()
        largo = self._largo()
        if largo is None:
            self.send_error(411 if "Transfer-Encoding" in self.headers else 400)
            return
        cuerpo = LimitedStream(self.rfile, largo)
        solicitud = Request(self._environ(cuerpo, largo))
        respuesta = self.server.aplicacion(solicitud)
        self._descartar(cuerpo)
        self._anotar(respuesta.status_code, inicio)
        self._responder(solicitud, respuesta)

    def _largo(self) -> int | None:
        if "Transfer-Encoding" in self.headers:
            return None
        largos = self.headers.get_all("Content-Length", ["0"])
        return int(largos[0]) if len(set(largos)) == 1 and largos[0].isascii() and largos[0].isdigit() else None

    def _environ(self, cuerpo: LimitedStream, largo: int) -> dict[str, Any]:
        destino = self.path
        if not destino.startswith("/"):
            partes = urlsplit(destino)
            destino = (partes.path or "/") + (f"?{partes.query}" if partes.query else "")
        camino, _, consulta = destino.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(camino.encode("latin-1")).decode("latin-1"),
            "QUERY_STRING": consulta,
            "REQUEST_URI": destino,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": str(self.server.puerto),
            "SERVER_PROTOCOL": self.request_version,
            "REMOTE_ADDR": self.client_address[0],
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(largo),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": cuerpo,
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            # La lista original: el evento de API Gateway une con coma las cabeceras repetidas.
            "servidor.cabeceras": list(self.headers.items()),
        }
        for nombre, valor in self.headers.items():
            clave = "HTTP_" + nombre.upper().replace("-", "_")
            if clave not in {"HTTP_CONTENT_TYPE", "HTTP_CONTENT_LENGTH"}:
                environ[clave] = f"{environ[clave]},{valor}" if clave in environ else valor
        return environ

    def _descartar(self, cuerpo: LimitedStream) -> None:
        """Lee lo que la aplicación no leyó: sin eso la petición siguiente empezaría en medio de esta."""
        pendiente = (cuerpo.limit or 0) - cuerpo.tell()
        if pendiente > DESCARTE_MAXIMO:
            self.close_connection = True
            return
        while pendiente > 0:
            leido = len(self.rfile.read(min(pendiente, 1024 * 1024)))
            if not leido:
                self.close_connection = True
                return
            pendiente -= leido

    def _responder(self, solicitud: Request, respuesta: Response) -> None:
        sin_cuerpo = respuesta.status_code in {204, 304}
        contenido = b"" if sin_cuerpo else respuesta.get_data()
        self.send_response_only(respuesta.status_code, paginas.frase(respuesta.status_code))
        self.send_header("Date", http_date())
        for nombre, valor in respuesta.headers.items():
            if nombre.lower() not in {"content-length", "connection", "date"}:
                self.send_header(nombre, valor)
        if not sin_cuerpo:
            self.send_header("Content-Length", str(len(contenido)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if solicitud.method != "HEAD":
            self.wfile.write(contenido)
        self.wfile.flush()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Lo que no alcanza a ser una petición también recibe respuesta, y la conexión se cierra."""
        self.close_connection = True
        respuesta = paginas.aviso("No entendimos la petición", "Vuelve al inicio e inténtalo otra vez.", int(code))
        # Con la versión sin leer, la biblioteca respondería como en HTTP 0.9: sin línea de estado.
        self.request_version = "HTTP/1.1"
        self._responder(Request({"REQUEST_METHOD": self.command or "GET"}), respuesta)

    def _anotar(self, estado: int, inicio: float) -> None:
        """Solo el camino: la consulta y las cabeceras pueden traer datos de una persona."""
        camino = "".join(c if c.isprintable() else "?" for c in self.path.split("?")[0])
        milisegundos = (time.monotonic() - inicio) * 1000
        print(f"  {time.strftime('%H:%M:%S')} {self.command} {camino} {estado} {milisegundos:.0f} ms", flush=True)
