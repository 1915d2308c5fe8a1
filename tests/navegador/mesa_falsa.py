"""Un servidor de mentira para la mesa: la página verdadera, respuestas fijas y una entrada con PKCE."""

import base64
import csv
import hashlib
import json
import threading
import time
from copy import deepcopy
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.navegador import mesa_datos as datos

RAIZ = Path(__file__).parents[2]
TIPOS = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
POLITICA = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
MARCO = """<!doctype html>
<html lang="es-CL"><head>{cabeza}{propia}</head>
<body class="s-tramite"><a class="saltar" href="#contenido">Saltar al contenido</a>
<header>{techo}{toldo}</header><main id="contenido">{contenido}</main>{pie}</body></html>
"""


class Rechazo(Exception):
    """Una respuesta de error con la forma de las funciones."""

    def __init__(self, estado: int, codigo: str, titulo: str, **extra: Any) -> None:
        super().__init__(codigo)
        self.estado = estado
        self.cuerpo = {"error": codigo, "titulo": titulo, "mensaje": "Mira qué pasó.", "campos": {}, **extra}


class MesaFalsa:
    """Lo que la prueba puede mirar y torcer: postulaciones, quién entra, y qué llegó."""

    def __init__(self) -> None:
        self.convocatorias = deepcopy(datos.CONVOCATORIAS)
        self.postulaciones = {p["folio"]: p for p in deepcopy(datos.POSTULACIONES)}
        self.torcer: dict[str, str] = {}
        self.persona = {"sub": "evaluador-maule", "rol": "evaluador", "region": "07"}
        self.vigentes: set[str] = set()
        self.desafios: dict[str, dict[str, str]] = {}
        self.recibido: list[tuple[str, dict[str, Any]]] = []
        self.rechazos: list[Rechazo] = []
        self._servidor = ThreadingHTTPServer(("127.0.0.1", 0), _atendedor(self))
        self.url = f"http://127.0.0.1:{self._servidor.server_port}"
        threading.Thread(target=self._servidor.serve_forever, args=(0.02,), daemon=True).start()

    def cerrar(self) -> None:
        self._servidor.shutdown()
        self._servidor.server_close()

    def vencer(self) -> None:
        """Desde ahora ninguna credencial entregada sirve."""
        self.vigentes.clear()

    def cambiar(self, folio: str, **cambios: Any) -> None:
        """Lo que hace otra persona mientras tanto."""
        self.postulaciones[folio].update(cambios, version=self.postulaciones[folio]["version"] + 1)

    def ultimo(self) -> dict[str, Any]:
        return self.recibido[-1][1]

    def api(self, metodo: str, camino: str, cuerpo: dict[str, Any]) -> dict[str, Any]:
        if metodo == "POST":
            self.recibido.append((camino, cuerpo))
            if self.rechazos:
                raise self.rechazos.pop(0)
        match [metodo, *camino.split("/")]:
            case ["GET", "postulaciones"]:
                return {"convocatorias": self.convocatorias, "conteo": {}, "postulaciones": self._renglones()}
            case ["GET", "postulaciones", folio]:
                return datos.expediente(self._una(folio))
            case ["POST", "postulaciones", folio, "evaluacion"]:
                return self._evaluar(self._una(folio), cuerpo)
            case ["GET", "documentos", folio, documento]:
                return {"enlace": f"/deposito/{folio}/{documento}?firma=abc", "nombre": f"{documento}.pdf"}
            case ["POST", "seleccion"]:
                return datos.seleccion(cuerpo["accion"] == "ejecutar")
            case ["POST", "asistencia"]:
                return self._asistir(self._una(cuerpo["folio"]), cuerpo)
            case ["POST", "medicion"]:
                return {"anio": cuerpo["anio"], "filas": datos.MEDICION}
        raise Rechazo(404, "no_existe", "No existe")

    def _renglones(self) -> list[dict[str, Any]]:
        return [{c: p[c] for c in datos.COLUMNAS} for p in self.postulaciones.values()]

    def _una(self, folio: str) -> dict[str, Any]:
        if folio not in self.postulaciones:
            raise Rechazo(404, "no_existe", "No encontramos esa postulación")
        return self.postulaciones[folio]

    def _exigir_version(self, postulacion: dict[str, Any], cuerpo: dict[str, Any]) -> None:
        if cuerpo["version"] != postulacion["version"]:
            raise Rechazo(409, "cambio_entre_medio", "Alguien la cambió mientras la mirabas")

    def _evaluar(self, postulacion: dict[str, Any], cuerpo: dict[str, Any]) -> dict[str, Any]:
        self._exigir_version(postulacion, cuerpo)
        postulacion.update(
            estado=cuerpo["decision"],
            version=postulacion["version"] + 1,
            motivo=cuerpo["motivo"],
            revisados={**postulacion["revisados"], **cuerpo.get("hallazgos", {})},
            notas=cuerpo.get("notas", {}),
            puntaje="6.15" if cuerpo.get("notas") else None,
        )
        return datos.expediente(postulacion)

    def _asistir(self, postulacion: dict[str, Any], cuerpo: dict[str, Any]) -> dict[str, Any]:
        self._exigir_version(postulacion, cuerpo)
        estado = "participo" if cuerpo["asistio"] == "si" else "no_asistio"
        postulacion.update(estado=estado, version=postulacion["version"] + 1)
        return {c: postulacion[c] for c in ("folio", "estado", "estado_texto", "version")}

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
            "n": len(self.recibido),
        }
        ficha = f"e30.{_base64url(json.dumps(reclamos).encode())}.firma-{pedido['code']}"
        self.vigentes.add(f"Bearer {ficha}")
        return {"id_token": ficha, "token_type": "Bearer", "expires_in": 3600}


@cache
def pagina() -> str:
    """La mesa dentro de las partes del portal."""
    entorno = Environment(loader=FileSystemLoader(RAIZ / "plantillas"), autoescape=True, undefined=StrictUndefined)
    with (RAIZ / "datos/parametros/regiones.csv").open(encoding="utf-8") as archivo:
        regiones = sorted(csv.DictReader(archivo), key=lambda fila: int(fila["orden"]))
    plantilla = entorno.get_template("portal/mesa.html.j2")
    contexto = plantilla.new_context({"fichas": SimpleNamespace(regiones=regiones)})
    parte = {
        nombre: entorno.get_template(f"partes/{nombre}.html").render(
            titulo="La mesa", descripcion="La mesa", seccion="s-tramite", nav_actual="", region_orden=None
        )
        for nombre in ("cabeza", "techo", "toldo", "pie")
    }
    propios = {nombre: "".join(plantilla.blocks[nombre](contexto)) for nombre in ("cabeza", "contenido")}
    return MARCO.format(**{**parte, "propia": propios["cabeza"], "contenido": propios["contenido"]})


def _base64url(crudo: bytes) -> str:
    return base64.urlsafe_b64encode(crudo).rstrip(b"=").decode()


def _atendedor(mesa: MesaFalsa) -> type[BaseHTTPRequestHandler]:
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
                self._mandar(mesa.autorizar({c: v[0] for c, v in parse_qs(ruta.query).items()}))
            elif ruta.path == "/oidc/salir":
                self._mandar("/mesa/")
            elif ruta.path.startswith("/tema/"):
                archivo = RAIZ / "site" / "tema" / ruta.path.removeprefix("/tema/")
                self._responder(200, archivo.read_bytes(), TIPOS[archivo.suffix])
            elif ruta.path.startswith("/deposito/"):
                self._responder(200, b"%PDF-1.4", "text/plain")
            else:
                self._api("GET", ruta.path, {})

        def do_POST(self) -> None:
            crudo = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/oidc/ficha":
                self._json(200, mesa.entregar({c: v[0] for c, v in parse_qs(crudo.decode()).items()}))
            else:
                self._api("POST", self.path, json.loads(crudo))

        def _api(self, metodo: str, camino: str, cuerpo: dict[str, Any]) -> None:
            if not camino.startswith("/api/mesa/"):
                return self._json(404, {})
            if self.headers["Authorization"] not in mesa.vigentes:
                return self._json(401, {"message": "Unauthorized"})
            try:
                self._json(200, mesa.api(metodo, unquote(camino.removeprefix("/api/mesa/")), cuerpo))
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
