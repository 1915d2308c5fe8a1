"""El permiso de S3 deja subir un solo archivo: esa llave, ese tipo, ese tamaño y hasta esa hora."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener, urlopen

import boto3
import pytest

from funciones.adaptadores import deposito_s3
from funciones.adaptadores.deposito import Permiso
from funciones.adaptadores.deposito_s3 import DepositoS3

CUBETA = "documentos"
AHORA = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
RETORNO = "https://portal.example/api/adjuntar?documento=f30"
LLAVE = "cuarentena/a1/f30"


class _SinSeguir(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def subir(permiso: Permiso, datos: bytes, cambios: Mapping[str, str | None] | None = None) -> tuple[int, str]:
    """El formulario que manda un navegador: los campos del permiso y, al final, el archivo."""
    frontera = secrets.token_hex(8)
    campos = {**permiso.campos, **(cambios or {})}
    partes = [
        f'--{frontera}\r\nContent-Disposition: form-data; name="{nombre}"\r\n\r\n{valor}\r\n'.encode()
        for nombre, valor in campos.items()
        if valor is not None
    ]
    archivo = f'--{frontera}\r\nContent-Disposition: form-data; name="file"; filename="f30.pdf"\r\n'.encode()
    cuerpo = b"".join(
        [*partes, archivo, b"Content-Type: application/pdf\r\n\r\n", datos, f"\r\n--{frontera}--\r\n".encode()]
    )
    pedido = Request(permiso.url, cuerpo, {"Content-Type": f"multipart/form-data; boundary={frontera}"})
    try:
        with build_opener(_SinSeguir).open(pedido, timeout=10) as respuesta:
            return respuesta.status, respuesta.headers.get("Location", "")
    except HTTPError as error:
        with error:
            return error.code, error.headers.get("Location", "")


@pytest.fixture
def s3(credenciales: None, ministack: str) -> Any:
    with urlopen(Request(f"{ministack}/_ministack/reset", method="POST"), timeout=10) as respuesta:
        respuesta.read()
    s3 = deposito_s3.cliente.__wrapped__(ministack)
    s3.create_bucket(Bucket=CUBETA, CreateBucketConfiguration={"LocationConstraint": "sa-east-1"})
    return s3


@pytest.fixture
def deposito(s3: Any) -> DepositoS3:
    return DepositoS3(s3, CUBETA)


@pytest.fixture
def en_la_nube(credenciales: None) -> DepositoS3:
    """Con las direcciones de verdad: firmar no necesita red."""
    return DepositoS3(deposito_s3.cliente.__wrapped__(), CUBETA, lambda: AHORA)


@pytest.mark.parametrize("retorno", [RETORNO, None])
def test_la_politica_no_deja_nada_abierto(en_la_nube: DepositoS3, retorno: str | None) -> None:
    permiso = en_la_nube.permiso(LLAVE, "application/pdf", 7_340_032, AHORA + timedelta(minutes=5), retorno)
    politica = json.loads(base64.b64decode(permiso.campos["policy"]))
    condiciones = politica["conditions"]
    assert {"bucket": CUBETA} in condiciones
    assert {"key": LLAVE} in condiciones
    assert ["eq", "$Content-Type", "application/pdf"] in condiciones
    # El vacío que vuelve a una página lo explica esa página.
    assert ["content-length-range", 0 if retorno else 1, 7_340_032] in condiciones
    assert ({"success_action_redirect": retorno} in condiciones) is (retorno is not None)
    assert not [c for c in condiciones if isinstance(c, list) and c[0] == "starts-with"]
    assert permiso.campos["key"] == LLAVE
    assert permiso.campos["Content-Type"] == "application/pdf"


def test_el_permiso_vence_a_la_hora_pedida(credenciales: None) -> None:
    ahora = datetime.now(UTC)
    deposito = DepositoS3(deposito_s3.cliente.__wrapped__(), CUBETA, lambda: ahora)
    permiso = deposito.permiso(LLAVE, "application/pdf", 10, ahora + timedelta(minutes=60), None)
    vence = datetime.fromisoformat(json.loads(base64.b64decode(permiso.campos["policy"]))["expiration"])
    assert abs(vence - (ahora + timedelta(minutes=60))) < timedelta(minutes=1)


def test_el_formulario_va_a_la_direccion_de_la_region(en_la_nube: DepositoS3) -> None:
    permiso = en_la_nube.permiso(LLAVE, "application/pdf", 10, AHORA + timedelta(minutes=5), None)
    assert permiso.url == "https://documentos.s3.sa-east-1.amazonaws.com/"


def test_el_enlace_baja_un_adjunto_y_vence(en_la_nube: DepositoS3) -> None:
    enlace = urlsplit(en_la_nube.enlace("expedientes/f30", AHORA + timedelta(minutes=5), "carpeta año.pdf"))
    consulta = {clave: valor[0] for clave, valor in parse_qs(enlace.query).items()}
    assert enlace.path == "/expedientes/f30"
    assert consulta["X-Amz-Expires"] == "300"
    assert consulta["response-content-disposition"] == "attachment; filename*=UTF-8''carpeta%20a%C3%B1o.pdf"
    assert consulta["response-content-type"] == "application/octet-stream"


def test_con_el_permiso_se_sube_y_se_vuelve_al_portal(deposito: DepositoS3) -> None:
    permiso = deposito.permiso(LLAVE, "application/pdf", 1000, datetime.now(UTC) + timedelta(minutes=5), RETORNO)
    estado, destino = subir(permiso, b"%PDF-1.7 hola")
    assert estado == 303
    assert destino.startswith(RETORNO)
    objeto = deposito.examinar(LLAVE)
    assert objeto is not None
    assert (objeto.tamano, objeto.tipo) == (13, "application/pdf")


def test_sin_retorno_no_lleva_a_ninguna_parte(deposito: DepositoS3) -> None:
    permiso = deposito.permiso(LLAVE, "application/pdf", 1000, datetime.now(UTC) + timedelta(minutes=5), None)
    assert subir(permiso, b"%PDF-1.7 hola")[0] == 204


@pytest.mark.parametrize(
    "cambios",
    [
        {"key": "expedientes/k7m4pr9x/f30"},
        {"Content-Type": "text/html"},
        {"Content-Type": None},
        {"success_action_redirect": "https://malo.example/"},
        {"acl": "public-read"},
        {"x-amz-meta-de": "otro"},
    ],
)
def test_cambiar_el_formulario_lo_deja_sin_permiso(deposito: DepositoS3, cambios: dict[str, str | None]) -> None:
    permiso = deposito.permiso(LLAVE, "application/pdf", 1000, datetime.now(UTC) + timedelta(minutes=5), RETORNO)
    assert subir(permiso, b"%PDF-1.7 hola", cambios)[0] == 403
    assert deposito.listar("") == ()


def test_un_permiso_vencido_no_sirve(deposito: DepositoS3) -> None:
    permiso = deposito.permiso(LLAVE, "application/pdf", 1000, datetime.now(UTC) - timedelta(seconds=5), None)
    assert subir(permiso, b"%PDF-1.7 hola")[0] == 403
    assert deposito.listar("") == ()


@pytest.mark.parametrize("tamano", [0, 1001])
def test_un_archivo_fuera_de_tamano_no_entra(deposito: DepositoS3, tamano: int) -> None:
    permiso = deposito.permiso(LLAVE, "application/pdf", 1000, datetime.now(UTC) + timedelta(minutes=5), None)
    estado, _ = subir(permiso, bytes(tamano))
    assert estado == 400
    assert deposito.examinar(LLAVE) is None


@pytest.mark.parametrize("tamano", [1, 1000])
def test_los_bordes_del_tamano_entran(deposito: DepositoS3, tamano: int) -> None:
    permiso = deposito.permiso(LLAVE, "application/pdf", 1000, datetime.now(UTC) + timedelta(minutes=5), None)
    assert subir(permiso, bytes(tamano))[0] == 204


def test_el_enlace_entrega_ese_archivo_y_ningun_otro(s3: Any, ministack: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for nombre in ("f30", "otro"):
        s3.put_object(Bucket=CUBETA, Key=f"expedientes/{nombre}", Body=nombre.encode(), ContentType="application/pdf")
    # El emulador solo comprueba la firma de un enlace con una clave que conoce.
    iam = boto3.client("iam", endpoint_url=ministack)
    iam.create_user(UserName="lector")
    clave = iam.create_access_key(UserName="lector")["AccessKey"]
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", clave["AccessKeyId"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", clave["SecretAccessKey"])
    # boto3 recuerda las credenciales de su primera sesión.
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    deposito = DepositoS3(deposito_s3.cliente.__wrapped__(ministack), CUBETA)
    enlace = deposito.enlace("expedientes/f30", datetime.now(UTC) + timedelta(minutes=5), "año.pdf")
    with urlopen(enlace, timeout=10) as respuesta:
        assert respuesta.read() == b"f30"
        assert respuesta.headers["Content-Disposition"] == "attachment; filename*=UTF-8''a%C3%B1o.pdf"
        assert respuesta.headers["Content-Type"] == "application/octet-stream"
    for malo in (enlace.replace("expedientes/f30", "expedientes/otro"), enlace.replace("a%25C3%25B1o", "x")):
        assert malo != enlace
        with pytest.raises(HTTPError, match="403"):
            urlopen(malo, timeout=10)
