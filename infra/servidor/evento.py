"""Traduce entre HTTP y el formato 2.0 de las HTTP API de API Gateway, en los dos sentidos."""

import base64
import binascii
import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, unquote
from uuid import uuid4

from werkzeug.datastructures import Headers
from werkzeug.wrappers import Request, Response

from servidor.plantilla import Ruta

CUENTA = "000000000000"
API = "local"
LIMITE = 6 * 1024 * 1024
MESES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
COMO_TEXTO = frozenset({"application/json", "application/xml", "application/javascript"})


class RespuestaImposible(Exception):
    """La función devolvió algo que API Gateway no sabe convertir en una respuesta."""


def evento_http(
    solicitud: Request,
    ruta: Ruta,
    parametros: dict[str, str],
    cuerpo: bytes,
    ahora: datetime,
    credencial: dict[str, str] | None = None,
) -> dict[str, Any]:
    """El evento que recibiría la función en Lambda por esa petición."""
    camino = unquote(str(solicitud.environ["REQUEST_URI"]).split("?")[0])
    evento: dict[str, Any] = {
        "version": "2.0",
        "routeKey": ruta.clave,
        "rawPath": camino,
        "rawQueryString": solicitud.query_string.decode("latin-1"),
    }
    if solicitud.headers.get("Cookie"):
        evento["cookies"] = [trozo.strip() for trozo in solicitud.headers["Cookie"].split(";") if trozo.strip()]
    evento["headers"] = _cabeceras(solicitud)
    if evento["rawQueryString"]:
        evento["queryStringParameters"] = _consulta(evento["rawQueryString"])
    evento["requestContext"] = _contexto(solicitud, ruta, camino, ahora, credencial)
    if parametros:
        evento["pathParameters"] = parametros
    evento.update(_cuerpo(solicitud.mimetype, cuerpo))
    return evento


def pesa_demasiado(evento: dict[str, Any]) -> bool:
    """Lambda no acepta un evento de más de 6 MB, contados después de pasarlo a base64."""
    return len(json.dumps(evento)) > LIMITE


def respuesta_http(devuelto: Any) -> Response:
    """La respuesta HTTP que API Gateway arma con lo que devolvió la función."""
    if not isinstance(devuelto, dict) or "statusCode" not in devuelto:
        return Response(json.dumps(devuelto), mimetype="application/json")
    cabeceras = Headers()
    for nombre, valor in (devuelto.get("headers") or {}).items():
        if nombre.lower() not in {"content-length", "connection", "transfer-encoding"}:
            cabeceras[str(nombre)] = valor if isinstance(valor, str) else json.dumps(valor)
    for galleta in devuelto.get("cookies") or []:
        cabeceras.add("Set-Cookie", galleta)
    cabeceras.setdefault("Content-Type", "text/plain;charset=UTF-8")
    try:
        return Response(_bytes(devuelto), status=int(devuelto["statusCode"]), headers=cabeceras)
    except (TypeError, ValueError, binascii.Error) as error:
        raise RespuestaImposible(type(error).__name__) from error


def _bytes(devuelto: dict[str, Any]) -> bytes:
    cuerpo = devuelto.get("body") or ""
    if not isinstance(cuerpo, str):
        raise TypeError("el cuerpo debe ser texto")
    return base64.b64decode(cuerpo, validate=True) if devuelto.get("isBase64Encoded") else cuerpo.encode("utf-8")


def _cabeceras(solicitud: Request) -> dict[str, str]:
    """Nombres en minúscula y valores repetidos unidos con coma; las galletas van aparte."""
    juntas: dict[str, str] = {}
    for nombre, valor in solicitud.environ["servidor.cabeceras"]:
        clave = nombre.lower()
        if clave in {"cookie", "connection", "expect"}:
            continue
        juntas[clave] = f"{juntas[clave]},{valor}" if clave in juntas else valor
    juntas.setdefault("content-length", "0")
    juntas["x-forwarded-for"] = solicitud.remote_addr or "127.0.0.1"
    juntas["x-forwarded-port"] = str(solicitud.environ["SERVER_PORT"])
    juntas["x-forwarded-proto"] = solicitud.scheme
    juntas["x-amzn-trace-id"] = f"Root=1-{uuid4().hex[:8]}-{uuid4().hex[:24]}"
    return dict(sorted(juntas.items()))


def _consulta(cruda: str) -> dict[str, str]:
    juntas: dict[str, str] = {}
    for nombre, valor in parse_qsl(cruda, keep_blank_values=True, errors="replace"):
        juntas[nombre] = f"{juntas[nombre]},{valor}" if nombre in juntas else valor
    return juntas


def _contexto(
    solicitud: Request, ruta: Ruta, camino: str, ahora: datetime, credencial: dict[str, str] | None
) -> dict[str, Any]:
    contexto: dict[str, Any] = {"accountId": CUENTA, "apiId": API}
    if credencial is not None:
        contexto["authorizer"] = {"jwt": {"claims": credencial, "scopes": None}}
    return contexto | {
        "domainName": solicitud.host,
        "domainPrefix": solicitud.host.split(".")[0].split(":")[0],
        "http": {
            "method": solicitud.method,
            "path": camino,
            "protocol": "HTTP/1.1",
            "sourceIp": solicitud.remote_addr or "127.0.0.1",
            "userAgent": solicitud.headers.get("User-Agent", ""),
        },
        "requestId": str(uuid4()),
        "routeKey": ruta.clave,
        "stage": "$default",
        "time": hora_de_api(ahora),
        "timeEpoch": int(ahora.timestamp() * 1000),
    }


def hora_de_api(ahora: datetime) -> str:
    """12/Mar/2020:19:03:58 +0000: el mes va en inglés aunque la máquina esté en español."""
    u = ahora.astimezone(UTC)
    return f"{u.day:02}/{MESES[u.month - 1]}/{u.year}:{u:%H:%M:%S} +0000"


def _cuerpo(tipo: str, cuerpo: bytes) -> dict[str, Any]:
    if not cuerpo:
        return {"isBase64Encoded": False}
    if tipo.startswith("text/") or tipo in COMO_TEXTO:
        try:
            return {"body": cuerpo.decode("utf-8"), "isBase64Encoded": False}
        except UnicodeDecodeError:
            pass
    return {"body": base64.b64encode(cuerpo).decode("ascii"), "isBase64Encoded": True}


def evento_de_cola(avisos: list[tuple[str, int]], ahora: datetime) -> dict[str, Any]:
    """El evento con que SQS entrega avisos; cada uno con las veces que ya se intentó."""
    milisegundos = str(int(ahora.timestamp() * 1000))
    return {
        "Records": [
            {
                "messageId": str(uuid4()),
                "receiptHandle": str(uuid4()),
                "body": json.dumps({"aviso": aviso}),
                "attributes": {
                    "ApproximateReceiveCount": str(intentos + 1),
                    "SentTimestamp": milisegundos,
                    "SenderId": CUENTA,
                    "ApproximateFirstReceiveTimestamp": milisegundos,
                },
                "messageAttributes": {},
                "md5OfBody": "",
                "eventSource": "aws:sqs",
                "eventSourceARN": f"arn:aws:sqs:us-east-1:{CUENTA}:avisos",
                "awsRegion": "us-east-1",
            }
            for aviso, intentos in avisos
        ]
    }


def evento_de_reloj(regla: str, ahora: datetime) -> dict[str, Any]:
    """El evento con que EventBridge avisa que llegó la hora."""
    return {
        "version": "0",
        "id": str(uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": CUENTA,
        "time": f"{ahora.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "region": "us-east-1",
        "resources": [f"arn:aws:events:us-east-1:{CUENTA}:rule/{regla}"],
        "detail": {},
    }
