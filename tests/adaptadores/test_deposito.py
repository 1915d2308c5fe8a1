"""El contrato del depósito: una carpeta, S3 imitado y S3 emulado responden lo mismo."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError
from botocore.response import StreamingBody
from moto import mock_aws

from funciones.adaptadores import deposito_s3
from funciones.adaptadores.deposito import (
    LARGO_LLAVE,
    Deposito,
    DepositoNoResponde,
    LlaveImposible,
    ObjetoAusente,
    ObjetoCambiado,
)
from funciones.adaptadores.deposito_carpeta import DepositoCarpeta
from funciones.adaptadores.deposito_s3 import DepositoS3
from tests.mundo import a_la_vez

CUBETA = "documentos"
AHORA = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n" + "contenido con eñe".encode() * 1000
JPG = b"\xff\xd8\xff\xe0" + bytes(range(256))


@dataclass
class Bodega:
    """Un depósito vacío y la manera de dejar en él un archivo, como lo haría quien tiene un permiso."""

    deposito: Deposito
    dejar: Callable[[str, bytes, str], Any]


@pytest.fixture(params=["carpeta", "moto", "ministack"])
def bodega(request: pytest.FixtureRequest) -> Bodega:
    return request.getfixturevalue(f"deposito_{request.param}")


@pytest.fixture
def deposito_carpeta(tmp_path: Path) -> Bodega:
    carpeta = DepositoCarpeta(tmp_path / "estado")
    return Bodega(carpeta, carpeta.guardar)


@pytest.fixture
def deposito_moto(credenciales: None) -> Iterator[Bodega]:
    with mock_aws():
        yield _bodega_s3(None)


@pytest.fixture
def deposito_ministack(credenciales: None, ministack: str) -> Bodega:
    with urlopen(Request(f"{ministack}/_ministack/reset", method="POST"), timeout=10) as respuesta:
        respuesta.read()
    return _bodega_s3(ministack)


def _bodega_s3(punto: str | None) -> Bodega:
    s3 = deposito_s3.cliente.__wrapped__(punto)
    s3.create_bucket(Bucket=CUBETA, CreateBucketConfiguration={"LocationConstraint": "sa-east-1"})
    s3.put_bucket_versioning(Bucket=CUBETA, VersioningConfiguration={"Status": "Enabled"})

    def dejar(llave: str, datos: bytes, tipo: str) -> None:
        s3.put_object(Bucket=CUBETA, Key=llave, Body=datos, ContentType=tipo)

    return Bodega(DepositoS3(s3, CUBETA), dejar)


def test_lo_que_se_examina_es_lo_que_se_dejo(bodega: Bodega) -> None:
    bodega.dejar("cuarentena/a1/f30", PDF, "application/pdf")
    objeto = bodega.deposito.examinar("cuarentena/a1/f30")
    assert objeto is not None
    assert (objeto.llave, objeto.tamano, objeto.tipo) == ("cuarentena/a1/f30", len(PDF), "application/pdf")
    assert objeto.inicio == PDF[:16]
    assert objeto.huella == hashlib.sha256(PDF).hexdigest()
    assert bodega.deposito.leer("cuarentena/a1/f30") == PDF


def test_el_tipo_que_se_guarda_es_el_declarado_aunque_mienta(bodega: Bodega) -> None:
    bodega.dejar("a/f30", JPG, "application/pdf")
    objeto = bodega.deposito.examinar("a/f30")
    assert objeto is not None
    assert objeto.tipo == "application/pdf"
    assert objeto.inicio.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("datos", [b"", b"a", b"x" * 16, b"x" * 17, bytes(700_000)])
def test_todo_tamano_se_examina_entero(bodega: Bodega, datos: bytes) -> None:
    bodega.dejar("a/f30", datos, "image/png")
    objeto = bodega.deposito.examinar("a/f30")
    assert objeto is not None
    assert (objeto.tamano, objeto.inicio) == (len(datos), datos[:16])
    assert objeto.huella == hashlib.sha256(datos).hexdigest()


def test_lo_que_no_esta_se_dice(bodega: Bodega) -> None:
    assert bodega.deposito.examinar("a/nada") is None
    with pytest.raises(ObjetoAusente) as falta:
        bodega.deposito.leer("a/nada")
    assert (str(falta.value), falta.value.__suppress_context__) == ("", True)
    with pytest.raises(ObjetoAusente):
        bodega.deposito.copiar("a/nada", "b/nada")
    bodega.deposito.borrar("a/nada")


def test_la_copia_lleva_contenido_y_tipo(bodega: Bodega) -> None:
    bodega.dejar("cuarentena/f30", PDF, "application/pdf")
    revisado = bodega.deposito.examinar("cuarentena/f30")
    assert revisado is not None
    bodega.deposito.copiar("cuarentena/f30", "expedientes/k7m4pr9x/f30", revisado.version)
    copia = bodega.deposito.examinar("expedientes/k7m4pr9x/f30")
    assert copia is not None
    assert (copia.tipo, copia.huella) == ("application/pdf", revisado.huella)
    assert bodega.deposito.leer("cuarentena/f30") == PDF


def test_un_archivo_cambiado_despues_de_revisarlo_nunca_se_copia(bodega: Bodega) -> None:
    bodega.dejar("cuarentena/f30", PDF, "application/pdf")
    revisado = bodega.deposito.examinar("cuarentena/f30")
    assert revisado is not None
    bodega.dejar("cuarentena/f30", b"%PDF-1.7 otro", "application/pdf")
    try:
        bodega.deposito.copiar("cuarentena/f30", "limpio/f30", revisado.version)
    except ObjetoCambiado:
        assert bodega.deposito.examinar("limpio/f30") is None
    else:
        assert bodega.deposito.leer("limpio/f30") == PDF


# El archivo de prueba de los antivirus, en dos trozos para que no delaten a este.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def _mira_el_antivirus(bodega: Bodega, llave: str, resultado: str) -> None:
    if isinstance(bodega.deposito, DepositoS3):
        etiquetas = {"TagSet": [{"Key": "GuardDutyMalwareScanStatus", "Value": resultado}]}
        bodega.deposito._s3.put_object_tagging(Bucket=CUBETA, Key=llave, Tagging=etiquetas)


@pytest.mark.parametrize(("datos", "dicho"), [(PDF, "NO_THREATS_FOUND"), (PDF + EICAR, "THREATS_FOUND")])
def test_se_sabe_lo_que_dijo_el_antivirus(bodega: Bodega, datos: bytes, dicho: str) -> None:
    bodega.dejar("cuarentena/a1/f30", datos, "application/pdf")
    _mira_el_antivirus(bodega, "cuarentena/a1/f30", dicho)
    assert bodega.deposito.antivirus("cuarentena/a1/f30") == dicho
    with pytest.raises(ObjetoAusente):
        bodega.deposito.antivirus("cuarentena/a1/otro")


def test_la_copia_no_hereda_lo_que_dijo_el_antivirus(deposito_moto: Bodega) -> None:
    deposito_moto.dejar("cuarentena/f30", PDF, "application/pdf")
    assert deposito_moto.deposito.antivirus("cuarentena/f30") is None
    _mira_el_antivirus(deposito_moto, "cuarentena/f30", "NO_THREATS_FOUND")
    deposito_moto.deposito.copiar("cuarentena/f30", "expedientes/f30")
    assert deposito_moto.deposito.antivirus("expedientes/f30") is None


def test_lo_borrado_no_vuelve(bodega: Bodega) -> None:
    for veces in range(3):
        bodega.dejar("a/f30", PDF + bytes([veces]), "application/pdf")
    bodega.dejar("a/f30-otro", PDF, "application/pdf")
    revisado = bodega.deposito.examinar("a/f30")
    assert revisado is not None
    bodega.deposito.borrar("a/f30")
    assert bodega.deposito.examinar("a/f30") is None
    assert bodega.deposito.listar("") == ("a/f30-otro",)
    with pytest.raises((ObjetoAusente, ObjetoCambiado)):
        bodega.deposito.copiar("a/f30", "b/f30", revisado.version)


def test_se_listan_las_llaves_de_un_prefijo_en_orden(bodega: Bodega) -> None:
    for llave in ("b/2", "b/1", "a/1", "b/1.pdf"):
        bodega.dejar(llave, PDF, "application/pdf")
    assert bodega.deposito.listar("b/") == ("b/1", "b/1.pdf", "b/2")
    assert bodega.deposito.listar("b/1") == ("b/1", "b/1.pdf")
    assert bodega.deposito.listar("c") == ()


def test_se_escribe_una_sola_vez(bodega: Bodega) -> None:
    assert bodega.deposito.escribir("actas/feria/001.json", b'{"a": 1}', "application/json")
    assert not bodega.deposito.escribir("actas/feria/001.json", b'{"a": 2}', "application/pdf")
    assert bodega.deposito.leer("actas/feria/001.json") == b'{"a": 1}'
    objeto = bodega.deposito.examinar("actas/feria/001.json")
    assert objeto is not None
    assert objeto.tipo == "application/json"
    assert bodega.deposito.escribir("actas/feria/002.json", b"{}", "application/json")
    assert bodega.deposito.listar("actas/feria/") == ("actas/feria/001.json", "actas/feria/002.json")


def test_se_reemplaza_entero_haya_algo_o_no(bodega: Bodega) -> None:
    llave = "exposicion/vitrinas.json"
    for datos in (b'{"vitrinas": [1, 2, 3]}', b'{"vitrinas": []}'):
        bodega.deposito.reemplazar(llave, datos, "application/json")
        assert bodega.deposito.leer(llave) == datos
    objeto = bodega.deposito.examinar(llave)
    assert objeto is not None
    assert objeto.tipo == "application/json"


def test_si_veinte_escriben_a_la_vez_queda_lo_de_uno_solo(bodega: Bodega) -> None:
    def escribir(numero: int) -> bool:
        return bodega.deposito.escribir("actas/feria/001.json", f"{numero}".encode(), "application/json")

    dados = a_la_vez(escribir, range(20))
    assert [dado for dado in dados if isinstance(dado, Exception)] == []
    assert bodega.deposito.leer("actas/feria/001.json") == f"{dados.index(True)}".encode()
    assert dados.count(True) == 1


@pytest.mark.parametrize(
    "llave",
    [
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        "../a",
        "a/../b",
        "a/..",
        "a..b",
        "..",
        ".",
        "a/./b",
        ".tipos/a",
        "a/.oculto",
        "A/b",
        "a b",
        "año",
        "a\n",
        "a\\b",
        "a%2fb",
        "${filename}",
        "a/${filename}",
        "a\0b",
        "a" * (LARGO_LLAVE + 1),
    ],
)
def test_una_llave_que_no_es_nuestra_no_llega_a_ninguna_parte(deposito_carpeta: Bodega, llave: str) -> None:
    # La revisión es la misma función en los dos: aquí se comprueba que toda operación la llama.
    s3 = DepositoS3(S3Enfermo(AssertionError("la llave llegó a S3")), CUBETA)
    for deposito in (deposito_carpeta.deposito, s3):
        for operacion in (
            lambda d=deposito: d.permiso(llave, "application/pdf", 1, AHORA, None),
            lambda d=deposito: d.examinar(llave),
            lambda d=deposito: d.leer(llave),
            lambda d=deposito: d.copiar(llave, "a/b"),
            lambda d=deposito: d.enlace(llave, AHORA, "f30.pdf"),
            lambda d=deposito: d.escribir(llave, b"a", "application/pdf"),
            lambda d=deposito: d.reemplazar(llave, b"a", "application/pdf"),
            lambda d=deposito: d.borrar(llave),
        ):
            with pytest.raises(LlaveImposible):
                operacion()


def test_no_se_copia_a_una_llave_imposible(bodega: Bodega) -> None:
    bodega.dejar("a/f30", PDF, "application/pdf")
    with pytest.raises(LlaveImposible):
        bodega.deposito.copiar("a/f30", "../fuera")


class S3Enfermo:
    """Un S3 al que toda llamada le falla igual, con la llave en el texto del error."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, _: str) -> Any:
        def fallar(*_: object, **__: object) -> Any:
            raise self._error

        return fallar


class S3AGotas:
    """Un S3 que entrega el archivo de a tres bytes, como una red lenta."""

    def get_object(self, **_: object) -> Any:
        class Goteo(io.BytesIO):
            def read(self, _: int | None = -1) -> bytes:
                return super().read(3)

        return {"Body": StreamingBody(Goteo(PDF), len(PDF)), "ContentType": "application/pdf", "ETag": '"a"'}


def test_los_primeros_bytes_estan_completos_aunque_lleguen_de_a_poco() -> None:
    objeto = DepositoS3(S3AGotas(), CUBETA).examinar("a/f30")
    assert objeto is not None
    assert (objeto.inicio, objeto.tamano, objeto.version) == (PDF[:16], len(PDF), '"a"')
    assert objeto.huella == hashlib.sha256(PDF).hexdigest()


@pytest.mark.parametrize(
    "error",
    [
        ClientError({"Error": {"Code": "AccessDenied", "Message": "a/rosa-76086428-5 prohibido"}}, "GetObject"),
        ClientError({"Error": {"Code": "SlowDown", "Message": "a/rosa-76086428-5"}}, "GetObject"),
        ConnectTimeoutError(endpoint_url="https://documentos/a/rosa-76086428-5"),
    ],
)
def test_una_falla_de_s3_no_cuenta_a_nadie_que_archivo_era(error: Exception) -> None:
    deposito = DepositoS3(S3Enfermo(error), CUBETA)
    for operacion in (
        lambda: deposito.examinar("a/b"),
        lambda: deposito.leer("a/b"),
        lambda: deposito.copiar("a/b", "a/c"),
        lambda: deposito.escribir("a/b", b"a", "application/pdf"),
        lambda: deposito.reemplazar("a/b", b"a", "application/pdf"),
        lambda: deposito.borrar("a/b"),
        lambda: deposito.listar("a/"),
        lambda: deposito.permiso("a/b", "application/pdf", 1, AHORA, None),
        lambda: deposito.enlace("a/b", AHORA, "f30.pdf"),
    ):
        with pytest.raises(DepositoNoResponde) as falla:
            operacion()
        assert "rosa" not in str(falla.value)
        assert falla.value.__suppress_context__
