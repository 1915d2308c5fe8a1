"""El relevo lleva a la cola cada aviso recién guardado, y devuelve los que no pudo."""

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from funciones import relevar
from funciones.adaptadores import cola_sqs, montaje
from funciones.adaptadores import dynamodb_filas as filas
from funciones.dominio.postulacion import Actor, Papel, nacimiento
from servidor.ejecucion import Contexto
from tests import mundo


@pytest.fixture
def cola(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for nombre in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(nombre, "prueba")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        url = boto3.client("sqs").create_queue(QueueName="avisos")["QueueUrl"]
        monkeypatch.setenv("COLA_AVISOS", url)
        montaje.montaje.cache_clear()
        cola_sqs.cliente.cache_clear()
        yield lambda: _leer(url)
    montaje.montaje.cache_clear()
    cola_sqs.cliente.cache_clear()


def _leer(url: str) -> list[str]:
    mensajes = boto3.client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    return sorted(json.loads(m["Body"])["aviso"] for m in mensajes)


def _cambio(numero: int, **fila: Any) -> dict[str, Any]:
    """Un registro como los que entrega DynamoDB por su registro de cambios."""
    nacida = mundo.postulacion(numero)
    transicion, aviso = nacimiento(nacida, Actor(Papel.POSTULANTE, nacida.folio), mundo.REGLA)
    escrita = filas.registro_y_aviso(transicion, aviso, mundo.LLAVERO) | fila
    return {
        "eventID": str(numero),
        "eventName": "INSERT",
        "eventSource": "aws:dynamodb",
        "dynamodb": {"SequenceNumber": str(numero), "NewImage": filas.a_atributos(escrita)},
    }


def _ids(*numeros: int) -> list[str]:
    return sorted(f"{mundo.postulacion(n).folio}.por_confirmar.1" for n in numeros)


def test_cada_aviso_nuevo_llega_a_la_cola(cola: Any) -> None:
    devuelto = relevar.handler({"Records": [_cambio(1), _cambio(2)]}, Contexto("relevar"))
    assert devuelto == {"batchItemFailures": []}
    assert cola() == _ids(1, 2)


def test_lo_que_no_trae_aviso_no_llega_a_la_cola(cola: Any) -> None:
    assert relevar.handler({"Records": [_cambio(1, PEND=None)]}, Contexto("relevar")) == {"batchItemFailures": []}
    assert cola() == []


def test_el_que_falla_se_devuelve_y_los_demas_pasan(cola: Any) -> None:
    roto = _cambio(2, aviso={})
    devuelto = relevar.handler({"Records": [_cambio(1), roto, _cambio(3)]}, Contexto("relevar"))
    assert devuelto == {"batchItemFailures": [{"itemIdentifier": "2"}]}
    assert cola() == _ids(1, 3)


def test_con_la_cola_caida_se_devuelven_todos(cola: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLA_AVISOS", "https://sqs.us-east-1.amazonaws.com/000000000000/no-existe")
    devuelto = relevar.handler({"Records": [_cambio(1), _cambio(2)]}, Contexto("relevar"))
    assert [f["itemIdentifier"] for f in devuelto["batchItemFailures"]] == ["1", "2"]
