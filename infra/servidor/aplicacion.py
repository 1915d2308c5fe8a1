"""Reparte cada petición: funciones, documentos, correo, entrada del personal o páginas del portal."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from werkzeug.exceptions import ClientDisconnected
from werkzeug.wrappers import Request, Response

from servidor import correo, estaticos, paginas, plantilla
from servidor.ajustes import CLIENTE_OIDC, Ajustes
from servidor.credenciales import SinPermiso, reclamos
from servidor.deposito import Deposito
from servidor.ejecucion import invocar, registrar_falla
from servidor.evento import LIMITE, RespuestaImposible, evento_http, pesa_demasiado, respuesta_http
from servidor.oidc import ANFITRIONES, Oidc
from servidor.rutas import elegir

ARCHIVOS_BAJO_API = frozenset({"/api/openapi.json"})
# Lo que va en los huecos de la política de contenido: aquí documentos y entrada son del mismo origen.
VALORES_LOCALES = {"OrigenDocumentos": "", "OrigenPersonal": ""}


class Aplicacion:
    """CloudFront y API Gateway delante de las funciones, más lo que en la nube prestan S3, SES y Cognito."""

    def __init__(self, ajustes: Ajustes, definicion: dict[str, Any]) -> None:
        self._ajustes = ajustes
        self._rutas = plantilla.rutas(definicion)
        self._manejadores = plantilla.manejadores(definicion)
        self._cabeceras = plantilla.cabeceras_de_seguridad(definicion, VALORES_LOCALES)
        self.oidc = Oidc(ajustes.claves, ajustes.emisor)
        self._deposito = Deposito(ajustes)

    def __call__(self, solicitud: Request) -> Response:
        try:
            respuesta = self._atender(solicitud)
        except ClientDisconnected as error:
            raise ConnectionAbortedError from error
        except Exception as error:
            registrar_falla(f"{solicitud.method} {solicitud.path}", error)
            respuesta = paginas.aviso("Algo falló de nuestro lado", "Inténtalo otra vez en un minuto.", 500)
        for cabecera in self._cabeceras:
            respuesta.headers.setdefault(cabecera.nombre, cabecera.valor)
        return respuesta

    def _atender(self, solicitud: Request) -> Response:
        if solicitud.host.rsplit(":", 1)[0] not in ANFITRIONES:
            # Una página ajena que apunte su nombre a esta máquina no puede leer correos ni postulaciones.
            return paginas.aviso("Esta dirección no se sirve aquí", f"Entra por {self._ajustes.url}.", 421)
        camino = solicitud.path
        if camino == "/api" or (camino.startswith("/api/") and camino not in ARCHIVOS_BAJO_API):
            return self._funcion(solicitud)
        if camino == "/mesa/configuracion.json":
            return self.oidc.configuracion_de_la_mesa(solicitud)
        for prefijo, atender in self._propios().items():
            if camino == prefijo or camino.startswith(f"{prefijo}/"):
                return atender(solicitud)
        return estaticos.servir(solicitud, self._ajustes.salida)

    def _propios(self) -> dict[str, Callable[[Request], Response]]:
        return {
            "/deposito": self._deposito.atender,
            "/correo": lambda s: correo.atender(s, self._ajustes.correo, self._politica_de_contenido()),
            "/oidc": self.oidc.atender,
        }

    def _funcion(self, solicitud: Request) -> Response:
        elegida = elegir(self._rutas, solicitud.method, solicitud.environ["REQUEST_URI"].split("?")[0])
        if elegida is None:
            return paginas.json_('{"message":"Not Found"}', 404)
        ruta, parametros = elegida
        credencial = None
        if ruta.autorizador:
            try:
                credencial = self._credencial(solicitud)
            except SinPermiso:
                respuesta = paginas.json_('{"message":"Unauthorized"}', 401)
                respuesta.headers["WWW-Authenticate"] = "Bearer"
                return respuesta
        if (solicitud.content_length or 0) > LIMITE:
            return _demasiado(solicitud)
        cuerpo = solicitud.get_data(cache=False)
        evento = evento_http(solicitud, ruta, parametros, cuerpo, self.ahora(), credencial)
        if pesa_demasiado(evento):
            return _demasiado(solicitud)
        return self._invocar(ruta.funcion, evento)

    def _credencial(self, solicitud: Request) -> dict[str, str]:
        cabecera = solicitud.headers.get("Authorization")
        return reclamos(cabecera, self.oidc.publicas, self.oidc.emisor, CLIENTE_OIDC)

    def _invocar(self, funcion: str, evento: dict[str, Any]) -> Response:
        try:
            devuelto = invocar(self._manejadores[funcion], funcion, evento)
            respuesta = respuesta_http(devuelto)
            if len(json.dumps(devuelto)) > LIMITE:
                raise RespuestaImposible("pesa más de 6 MB")
        except Exception as error:
            registrar_falla(f"la función {funcion}", error)
            return paginas.json_('{"message":"Internal Server Error"}', 500)
        for cabecera in self._cabeceras:
            if cabecera.pisa:
                respuesta.headers.pop(cabecera.nombre, None)
        return respuesta

    def _politica_de_contenido(self) -> str:
        return next((c.valor for c in self._cabeceras if c.nombre == "Content-Security-Policy"), "default-src 'self'")

    def ahora(self) -> datetime:
        """La hora, adelantada si así se pidió para una demostración."""
        return datetime.now(UTC) + timedelta(seconds=self._ajustes.desfase)


def _demasiado(solicitud: Request) -> Response:
    return paginas.aviso_o_json(
        solicitud.headers.get("Accept", ""),
        "Lo que enviaste pesa demasiado",
        "Lo que enviaste pesa más de 6 MB. Envía menos texto, o sube el archivo desde la página de documentos.",
        413,
    )
