"""Llama a las puertas con eventos genuinos de API Gateway, en el mismo proceso y con la hora que haga falta."""

from __future__ import annotations

import base64
import importlib
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from funciones.adaptadores.montaje import Montaje, montaje
from funciones.dominio.postulacion import Estado, Postulacion
from funciones.oficina import chequeo
from tests.funciones import contrato
from tests.recorridos.mundo import CONVOCATORIA, DOCUMENTOS, PDF, respuestas_de

EVALUADOR = {"sub": "evaluador-maule", "rol": "evaluador", "region": "07"}
DE_OTRA_REGION = {"sub": "evaluador-biobio", "rol": "evaluador", "region": "08"}
NACIONAL = {"sub": "nacional", "rol": "nacional", "region": "todas"}

# Una página por cada forma distinta que mostró alguna puerta en esta corrida; al final pasan el revisor de HTML.
PAGINAS: dict[tuple[str, ...], str] = {}


def _forma(html: str) -> tuple[str, ...]:
    """Los elementos que usa, sin repetir: dos páginas con los mismos no enseñan nada distinto al revisor."""
    return tuple(sorted(set(re.findall(r"<[a-z][^\s>]*(?:\s[a-z-]+(?==))*", html))))


class Contexto:
    """Lo que Lambda entrega junto al evento."""

    function_name = "prueba"
    memory_limit_in_mb = 256
    invoked_function_arn = "arn:aws:lambda:sa-east-1:000000000000:function:prueba"
    aws_request_id = "prueba"


@dataclass
class Puerta:
    """Un entorno embebido recién nacido; `entorno` es el diccionario que leen las funciones."""

    entorno: dict[str, str]
    galletas: list[str] = field(default_factory=list)

    @property
    def montaje(self) -> Montaje:
        return montaje()

    def poner_la_hora(self, cuando: datetime) -> None:
        """Las funciones creen que es `cuando` (con zona)."""
        desfase = cuando.astimezone(UTC) - datetime.now(UTC)
        self.entorno["RELOJ_DESFASE_SEGUNDOS"] = str(desfase.total_seconds())

    def pasar(self, cuanto: timedelta) -> None:
        """Avanza la hora."""
        self.poner_la_hora(self.montaje.ahora() + cuanto)

    def evento(
        self,
        metodo: str,
        ruta: str,
        *,
        formulario: Mapping[str, str] | None = None,
        cuerpo: Any = None,
        consulta: Mapping[str, str] | None = None,
        funcionario: Mapping[str, str] | None = None,
        camino: Mapping[str, str] | None = None,
        html: bool = False,
    ) -> dict[str, Any]:
        """Un evento HTTP API v2, con el base64 que pone API Gateway a lo que no es texto ni JSON."""
        evento: dict[str, Any] = {
            "version": "2.0",
            "routeKey": f"{metodo} {ruta}",
            "rawPath": ruta,
            "headers": {"accept": "text/html" if html else "application/json"},
            "queryStringParameters": dict(consulta or {}),
            "pathParameters": dict(camino or {}),
            "cookies": list(self.galletas),
            "requestContext": {"authorizer": {"jwt": {"claims": dict(funcionario)}}} if funcionario else {},
            "isBase64Encoded": False,
        }
        if formulario is not None:
            evento["headers"]["content-type"] = "application/x-www-form-urlencoded"
            evento["body"] = base64.b64encode(urlencode(formulario).encode()).decode()
            evento["isBase64Encoded"] = True
        elif cuerpo is not None:
            evento["headers"]["content-type"] = "application/json"
            evento["body"] = cuerpo if isinstance(cuerpo, str) else json.dumps(cuerpo)
        return evento

    def llamar(self, verbo: str, metodo: str, ruta: str, **lo_demas: Any) -> dict[str, Any]:
        """La respuesta tal como la recibe API Gateway; si es un 303, la de la página a la que lleva."""
        respuesta: dict[str, Any] = importlib.import_module(f"funciones.{verbo}").handler(
            self.evento(metodo, ruta, **lo_demas), Contexto()
        )
        self.galletas = [g.split(";")[0] for g in respuesta.get("cookies", ())] or self.galletas
        if respuesta.get("headers", {}).get("content-type", "").startswith("text/html"):
            PAGINAS.setdefault(_forma(respuesta["body"]), respuesta["body"])
        return self._seguir(verbo, respuesta) if respuesta["statusCode"] == 303 else respuesta

    def _seguir(self, verbo: str, respuesta: Mapping[str, Any]) -> dict[str, Any]:
        destino = urlsplit(respuesta["headers"]["location"])
        pagina = self.llamar(verbo, "GET", destino.path, consulta=dict(parse_qsl(destino.query)), html=True)
        return {"cookies": respuesta.get("cookies", []), **pagina}

    def json(self, verbo: str, metodo: str, ruta: str, **lo_demas: Any) -> tuple[int, dict[str, Any]]:
        """Estado HTTP y cuerpo JSON, comprobados contra la descripción OpenAPI."""
        respuesta = self.llamar(verbo, metodo, ruta, **lo_demas)
        estado, cuerpo = respuesta["statusCode"], json.loads(respuesta["body"])
        contrato.comprobar(Path(self.entorno["HORNEADO"]), metodo, ruta, estado, cuerpo)
        return estado, cuerpo

    # Atajos de quien postula

    def subir(self, clave: str, documentos: Sequence[str] = DOCUMENTOS, contenido: bytes = PDF) -> None:
        """Deja los archivos en la cuarentena como lo hace el depósito."""
        llave = self.montaje.llavero.huella_borrador(clave)
        for documento in documentos:
            ruta = Path(self.entorno["ESTADO_LOCAL"]) / "documentos" / "cuarentena" / llave / documento
            ruta.parent.mkdir(parents=True, exist_ok=True)
            ruta.write_bytes(contenido)

    def postular(self, rut: str, *, clave: str = "", nombre: str = "Panes del Maule", **cambios: Any) -> Any:
        """Envía una postulación completa por JSON: (estado, cuerpo)."""
        clave = clave or secrets.token_urlsafe(24)
        self.subir(clave)
        cuerpo = {
            "convocatoria": CONVOCATORIA,
            "clave": clave,
            "respuestas": respuestas_de(nombre, rut) | cambios,
            "documentos": list(DOCUMENTOS),
        }
        return self.json("postular", "POST", "/api/postular", cuerpo=cuerpo)

    def confirmar(self, folio: str) -> tuple[int, dict[str, Any]]:
        """Confirma el correo con su código."""
        codigo = self.montaje.llavero.codigo_confirmacion(folio)
        return self.json("confirmar", "POST", "/api/confirmar", cuerpo={"folio": folio, "codigo": codigo})

    def recibida(self, rut: str, **cambios: Any) -> tuple[str, str]:
        """Una postulación ya en la fila: folio y código."""
        estado, cuerpo = self.postular(rut, **cambios)
        assert estado == 200, cuerpo
        estado, confirmada = self.confirmar(cuerpo["folio"])
        assert estado == 200, confirmada
        return cuerpo["folio"], cuerpo["codigo"]

    def mesa(self, metodo: str, ruta: str, funcionario: Mapping[str, str] = EVALUADOR, **lo_demas: Any) -> Any:
        """Una llamada a evaluar: (estado, cuerpo)."""
        return self.json("evaluar", metodo, f"/api/mesa{ruta}", funcionario=funcionario, **lo_demas)

    def decidir(self, folio: str, decision: str, funcionario: Mapping[str, str] = EVALUADOR, **campos: Any) -> Any:
        """Decide sobre la versión guardada: (estado, cuerpo)."""
        postulacion = self.montaje.almacen.postulacion(folio)
        assert postulacion is not None
        if decision == "evaluada":
            campos = {"justificaciones": dict.fromkeys(campos.get("notas", ()), "Se ve en lo que cuenta.")} | campos
        if decision == "admisible" and postulacion.estado is Estado.RECIBIDA:
            campos |= {"hallazgos": self._lo_que_hay_que_mirar(postulacion) | campos.get("hallazgos", {})}
        cuerpo = {"version": postulacion.version, "decision": decision, "motivo": "Revisado"} | campos
        ruta = "/postulaciones/{folio}/evaluacion"
        return self.mesa("POST", ruta, funcionario, camino={"folio": folio}, cuerpo=cuerpo)

    def _lo_que_hay_que_mirar(self, postulacion: Postulacion) -> dict[str, str]:
        """Lo que el sistema no da por cumplido, marcado como que cumple."""
        convocatoria = self.montaje.horneado.convocatoria(postulacion.convocatoria)
        assert convocatoria is not None
        return dict.fromkeys(chequeo.por_marcar(postulacion, convocatoria), "cumple")

    def seleccionar(self, accion: str, **campos: Any) -> tuple[int, dict[str, Any]]:
        """Simula o ejecuta la selección."""
        cuerpo = {"convocatoria": CONVOCATORIA, "accion": accion, "motivo": "Cerró el plazo"} | campos
        return self.json("seleccionar", "POST", "/api/mesa/seleccion", funcionario=EVALUADOR, cuerpo=cuerpo)
