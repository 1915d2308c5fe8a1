"""El evento que reciben las funciones es el que documenta API Gateway para el formato 2.0."""

import base64
import json
import sys
from datetime import UTC, datetime

import pytest

from servidor.evento import LIMITE, evento_de_cola, evento_de_reloj, hora_de_api
from servidor.plantilla import Ruta
from servidor.rutas import elegir
from tests.servidor.conftest import Mundo


def test_el_evento_tiene_la_forma_documentada(mundo: Mundo) -> None:
    evento = mundo.pedir(
        "POST",
        "/api/verificar?parametro1=valor1&parametro1=valor2&parametro2=valor&vac%C3%ADo=",
        json.dumps({"hola": "ñandú"}, ensure_ascii=False),
        {
            "Content-Type": "application/json",
            "Cookie": "galleta1=a; galleta2=b",
            "Header1": "value1",
            "User-Agent": "agente",
            "Accept": "application/json",
        },
    ).json
    contexto = evento.pop("requestContext")
    cabeceras = evento.pop("headers")
    assert evento == {
        "version": "2.0",
        "routeKey": "POST /api/verificar",
        "rawPath": "/api/verificar",
        "rawQueryString": "parametro1=valor1&parametro1=valor2&parametro2=valor&vac%C3%ADo=",
        "cookies": ["galleta1=a", "galleta2=b"],
        "queryStringParameters": {"parametro1": "valor1,valor2", "parametro2": "valor", "vacío": ""},
        "body": '{"hola": "ñandú"}',
        "isBase64Encoded": False,
    }
    cuando = datetime.fromtimestamp(contexto.pop("timeEpoch") / 1000, UTC)
    assert contexto.pop("time") == hora_de_api(cuando)
    assert len(contexto.pop("requestId")) >= 16
    assert contexto == {
        "accountId": "000000000000",
        "apiId": "local",
        "domainName": f"localhost:{mundo.puerto}",
        "domainPrefix": "localhost",
        "http": {
            "method": "POST",
            "path": "/api/verificar",
            "protocol": "HTTP/1.1",
            "sourceIp": "127.0.0.1",
            "userAgent": "agente",
        },
        "routeKey": "POST /api/verificar",
        "stage": "$default",
    }
    assert cabeceras["header1"] == "value1"
    assert cabeceras["content-length"] == str(len(evento["body"].encode()))
    assert {"x-forwarded-for", "x-forwarded-port", "x-forwarded-proto", "x-amzn-trace-id", "host"} <= set(cabeceras)
    assert "cookie" not in cabeceras
    assert all(nombre == nombre.lower() for nombre in cabeceras)


def test_lo_que_no_viene_no_aparece(mundo: Mundo) -> None:
    evento = mundo.ver("/api/verificar").json
    assert {"cookies", "queryStringParameters", "pathParameters", "body", "stageVariables"}.isdisjoint(evento)
    assert evento["rawQueryString"] == ""
    assert evento["isBase64Encoded"] is False
    assert "authorizer" not in evento["requestContext"]


def test_los_huecos_del_camino_llegan_sin_codificar(mundo: Mundo) -> None:
    evento = mundo.ver("/api/convocatorias/feria%20%C3%B1/cupos").json
    assert evento["pathParameters"] == {"id": "feria ñ"}
    assert evento["rawPath"] == "/api/convocatorias/feria ñ/cupos"
    assert evento["routeKey"] == "GET /api/convocatorias/{id}/cupos"


def test_las_cabeceras_repetidas_llegan_unidas_con_coma(mundo: Mundo) -> None:
    conexion = mundo.conexion()
    conexion.putrequest("GET", "/api/verificar")
    conexion.putheader("X-Varias", "una")
    conexion.putheader("X-Varias", "otra")
    conexion.endheaders()
    assert json.loads(conexion.getresponse().read())["headers"]["x-varias"] == "una,otra"


@pytest.mark.parametrize(
    ("tipo", "en_base64"),
    [
        ("text/plain", False),
        ("text/html; charset=utf-8", False),
        ("application/json", False),
        ("application/json; charset=utf-8", False),
        ("application/xml", False),
        ("application/javascript", False),
        ("application/x-www-form-urlencoded", True),
        ("multipart/form-data; boundary=x", True),
        ("application/octet-stream", True),
        ("image/png", True),
        ("application/pdf", True),
        ("", True),
    ],
)
def test_solo_texto_json_xml_y_javascript_llegan_como_texto(mundo: Mundo, tipo: str, en_base64: bool) -> None:
    evento = mundo.pedir("POST", "/api/verificar", "a=1&b=ñ", {"Content-Type": tipo}).json
    assert evento["isBase64Encoded"] is en_base64
    crudo = base64.b64decode(evento["body"]) if en_base64 else evento["body"].encode()
    assert crudo == "a=1&b=ñ".encode()


def test_un_texto_que_no_es_utf8_llega_en_base64(mundo: Mundo) -> None:
    evento = mundo.pedir("POST", "/api/verificar", b"\xff\xfe", {"Content-Type": "text/plain"}).json
    assert base64.b64decode(evento["body"]) == b"\xff\xfe"


@pytest.mark.parametrize(
    ("metodo", "ruta"),
    [
        ("GET", "/api/no-existe"),
        ("GET", "/api"),
        ("GET", "/api/"),
        ("GET", "/api/verificar/"),
        ("PUT", "/api/verificar"),
        ("DELETE", "/api/postular"),
        ("OPTIONS", "/api/verificar"),
        ("GET", "/api/responder"),
        ("GET", "/api/convocatorias//cupos"),
        ("GET", "/api/convocatorias/a/b/cupos"),
    ],
)
def test_lo_que_no_esta_en_la_plantilla_responde_como_api_gateway(mundo: Mundo, metodo: str, ruta: str) -> None:
    respuesta = mundo.pedir(metodo, ruta)
    assert (respuesta.estado, respuesta.json) == (404, {"message": "Not Found"})


def test_gana_la_ruta_mas_exacta() -> None:
    con_hueco, exacta = Ruta("GET", "/api/{x}", "A"), Ruta("GET", "/api/fijo", "B")
    cualquiera = Ruta("ANY", "/api/fijo", "C")
    for orden in ([con_hueco, exacta, cualquiera], [cualquiera, exacta, con_hueco]):
        assert elegir(orden, "GET", "/api/fijo") == (exacta, {})
        assert elegir(orden, "POST", "/api/fijo") == (cualquiera, {})
        assert elegir(orden, "GET", "/api/otro") == (con_hueco, {"x": "otro"})


@pytest.mark.parametrize(
    ("bytes_", "tipo", "estado"),
    [
        (LIMITE - 20_000, "text/plain", 200),
        (LIMITE, "text/plain", 413),
        (LIMITE + 1, "text/plain", 413),
        # En base64 crece un tercio: cabe mucho menos.
        (LIMITE * 3 // 4, "application/octet-stream", 413),
        (LIMITE * 3 // 4 - 20_000, "application/octet-stream", 200),
    ],
)
def test_el_tope_de_seis_megas_es_del_evento(mundo: Mundo, bytes_: int, tipo: str, estado: int) -> None:
    breve = json.dumps({"statusCode": 200, "body": "ok"})
    respuesta = mundo.pedir("POST", "/api/verificar", b"a" * bytes_, {"Content-Type": tipo, "X-Modo": breve})
    assert respuesta.estado == estado


def test_lo_demasiado_grande_se_explica_en_espanol_en_pagina_y_en_json(mundo: Mundo) -> None:
    grande = b"a" * (LIMITE + 1)
    pagina = mundo.pedir("POST", "/api/postular", grande, {"Accept": "text/html"})
    assert "pesa demasiado" in pagina.texto
    assert pagina.cabeceras["Content-Type"].startswith("text/html")
    assert "pesa más de 6 MB" in mundo.pedir("POST", "/api/postular", grande).json["message"]


def _devolver(mundo: Mundo, devuelto: object) -> tuple[int, str]:
    respuesta = mundo.ver("/api/verificar", X_Modo=json.dumps(devuelto))
    return respuesta.estado, respuesta.texto


def test_una_respuesta_sin_estado_es_un_json_con_200(mundo: Mundo) -> None:
    assert _devolver(mundo, {"a": 1}) == (200, '{"a": 1}')
    assert _devolver(mundo, "hola") == (200, '"hola"')


def test_una_respuesta_en_base64_sale_como_bytes(mundo: Mundo) -> None:
    crudo = base64.b64encode("ñ".encode()).decode()
    assert _devolver(mundo, {"statusCode": 201, "body": crudo, "isBase64Encoded": True}) == (201, "ñ")


def test_las_galletas_salen_cada_una_en_su_cabecera(mundo: Mundo) -> None:
    modo = json.dumps({"statusCode": 303, "cookies": ["a=1; HttpOnly", "b=2"], "headers": {"location": "/x"}})
    respuesta = mundo.ver("/api/verificar", X_Modo=modo)
    assert respuesta.cabeceras.get_all("Set-Cookie") == ["a=1; HttpOnly", "b=2"]
    assert respuesta.cabeceras["Location"] == "/x"


@pytest.mark.parametrize(
    "modo",
    [
        '{"statusCode": "doscientos"}',
        '{"statusCode": 200, "body": {"no": "texto"}}',
        '{"statusCode": 200, "body": "no es base64 !", "isBase64Encoded": true}',
        '{"statusCode": 200, "headers": {"x-mala": "a\\r\\nSet-Cookie: b=1"}}',
        "enorme",
    ],
)
def test_una_respuesta_imposible_es_un_500(mundo: Mundo, modo: str) -> None:
    respuesta = mundo.ver("/api/verificar", X_Modo=modo)
    assert (respuesta.estado, respuesta.json) == (500, {"message": "Internal Server Error"})
    assert "Set-Cookie" not in respuesta.cabeceras


def test_una_funcion_que_se_cae_no_muestra_ni_registra_lo_que_decia(
    mundo: Mundo, capfd: pytest.CaptureFixture[str]
) -> None:
    respuesta = mundo.ver("/api/verificar?rut=76086428-5", X_Modo="falla", Accept="text/html")
    assert (respuesta.estado, respuesta.json) == (500, {"message": "Internal Server Error"})
    salida = capfd.readouterr()
    assert "ValueError" in salida.err
    assert "76086428" not in salida.out + salida.err
    assert "GET /api/verificar 500" in salida.out


def test_el_contexto_trae_lo_que_trae_el_de_lambda(mundo: Mundo) -> None:
    mundo.ver("/api/verificar")
    contexto = sys.modules["eco_de_prueba"].ULTIMO[-1]
    assert contexto.function_name == "Verificar"
    assert contexto.invoked_function_arn.endswith(":function:Verificar")
    assert contexto.aws_request_id
    assert contexto.memory_limit_in_mb > 0
    assert contexto.get_remaining_time_in_millis() > 0


def test_el_mes_va_en_ingles_como_en_la_documentacion() -> None:
    assert hora_de_api(datetime(2020, 3, 12, 19, 3, 58, tzinfo=UTC)) == "12/Mar/2020:19:03:58 +0000"


def test_el_evento_de_la_cola_es_como_el_de_sqs() -> None:
    ahora = datetime(2026, 11, 23, 12, tzinfo=UTC)
    registro = evento_de_cola([("K7M4PR9X.recibida.2", 3)], ahora)["Records"][0]
    assert json.loads(registro["body"]) == {"aviso": "K7M4PR9X.recibida.2"}
    assert registro["eventSource"] == "aws:sqs"
    assert registro["attributes"]["ApproximateReceiveCount"] == "4"
    assert registro["attributes"]["SentTimestamp"] == "1795435200000"
    assert {"messageId", "receiptHandle", "messageAttributes", "eventSourceARN", "awsRegion"} <= set(registro)


def test_el_evento_del_reloj_es_como_el_de_eventbridge() -> None:
    evento = evento_de_reloj("barrer", datetime(2026, 11, 23, 12, tzinfo=UTC))
    assert len(evento.pop("id")) == 36
    assert evento == {
        "version": "0",
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "000000000000",
        "time": "2026-11-23T12:00:00Z",
        "region": "us-east-1",
        "resources": ["arn:aws:events:us-east-1:000000000000:rule/barrer"],
        "detail": {},
    }
