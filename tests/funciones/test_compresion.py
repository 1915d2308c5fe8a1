"""Lo que contestan las puertas viaja comprimido a quien lo acepta, y es lo mismo que sin comprimir."""

import base64
import gzip
import importlib
from typing import Any

import pytest

from funciones.entrada.compresion import MINIMO, comprimida
from tests.funciones.puerta import Contexto, Puerta
from tests.recorridos.mundo import CONVOCATORIA


def pedir(puerta: Puerta, aceptadas: str, ruta: str = "postular", **consulta: str) -> dict[str, Any]:
    evento = puerta.evento("GET", f"/api/{ruta}", consulta=consulta, html=True)
    evento["headers"]["accept-encoding"] = aceptadas
    respuesta: dict[str, Any] = importlib.import_module(f"funciones.{ruta}").handler(evento, Contexto())
    return respuesta


def test_una_pagina_baja_menos_de_la_mitad_y_dice_lo_mismo(puerta: Puerta) -> None:
    entera = pedir(puerta, "", "suscribir")
    liviana = pedir(puerta, "gzip, deflate, br", "suscribir")
    crudo = base64.b64decode(liviana["body"], validate=True)
    assert gzip.decompress(crudo).decode() == entera["body"]
    assert len(crudo) * 2 < len(entera["body"].encode())
    assert (liviana["isBase64Encoded"], liviana["headers"]["content-encoding"]) == (True, "gzip")
    # Quien guarde una copia no se la da a quien no la puede leer.
    assert liviana["headers"]["vary"] == "accept-encoding"
    assert {k: v for k, v in liviana["headers"].items() if k not in {"content-encoding", "vary"}} == entera["headers"]


def test_un_rechazo_y_las_galletas_tambien_llegan(puerta: Puerta) -> None:
    perdida = pedir(puerta, "gzip", convocatoria="no-existe")
    assert perdida["statusCode"] == 404
    assert "<h1>" in gzip.decompress(base64.b64decode(perdida["body"])).decode()
    entera, liviana = (pedir(puerta, aceptadas, convocatoria=CONVOCATORIA) for aceptadas in ("", "gzip"))
    assert len(liviana.get("cookies", ())) == len(entera.get("cookies", ()))


@pytest.mark.parametrize("aceptadas", ["", "br", "identity", "gzip;q=0", "gzip; q=0.0", "x-gzip-raro"])
def test_quien_no_lo_acepta_la_recibe_entera(aceptadas: str) -> None:
    salida = {"headers": {}, "body": "a" * MINIMO, "isBase64Encoded": False}
    assert comprimida(salida, aceptadas) is salida


@pytest.mark.parametrize("aceptadas", ["gzip", "GZIP", "br;q=1.0, gzip;q=0.8", "gzip;q=1"])
def test_quien_lo_acepta_de_cualquier_manera_la_recibe_comprimida(aceptadas: str) -> None:
    salida = {"headers": {}, "body": "a" * MINIMO, "isBase64Encoded": False}
    assert comprimida(salida, aceptadas)["isBase64Encoded"] is True


def test_lo_corto_y_lo_que_ya_viene_en_bytes_no_se_toca() -> None:
    corta = {"headers": {}, "body": "a" * (MINIMO - 1), "isBase64Encoded": False}
    en_bytes = {"headers": {}, "body": "YQ==" * MINIMO, "isBase64Encoded": True}
    assert comprimida(corta, "gzip") is corta
    assert comprimida(en_bytes, "gzip") is en_bytes
