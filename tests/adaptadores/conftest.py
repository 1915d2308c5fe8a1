"""Los tres almacenes de las pruebas: SQLite, DynamoDB imitado por moto y DynamoDB emulado por ministack."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import boto3
import moto.core.botocore_stubber as stubber
import pytest
from moto import mock_aws

from funciones.adaptadores import almacen_dynamodb, publicacion_s3
from funciones.adaptadores.almacen import Almacen
from funciones.adaptadores.almacen_dynamodb import AlmacenDynamodb
from funciones.adaptadores.almacen_sqlite import AlmacenSqlite
from funciones.adaptadores.publicacion import RUTA, Publicacion
from funciones.adaptadores.publicacion_carpeta import PublicacionCarpeta
from funciones.adaptadores.publicacion_s3 import PublicacionS3
from tests.adaptadores.tabla import crear_tabla
from tests.mundo import LLAVERO

RAIZ = Path(__file__).parents[2]
TABLA = "postulaciones"
CUBETA = "documentos"
ARCHIVO = "almacen.sqlite"
SEGUNDOS_DE_ARRANQUE = 30
ALMACENES = ("sqlite", "moto", "ministack")


@dataclass
class Bodega:
    """Un almacén vacío, con lo que la prueba necesita saber por debajo de él."""

    nombre: str
    almacen: Almacen
    # Otro proceso que llega a los mismos datos.
    reabrir: Callable[[], Almacen]
    # Todo lo guardado, tal como quedó escrito.
    crudo: Callable[[], bytes]
    cliente: Any = None

    def es(self, *nombres: str) -> bool:
        """Si es alguno de estos."""
        return self.nombre in nombres


@pytest.fixture(params=ALMACENES)
def bodega(request: pytest.FixtureRequest) -> Bodega:
    """El mismo contrato, en cada almacén."""
    return request.getfixturevalue(f"bodega_{request.param}")


@pytest.fixture
def almacen(bodega: Bodega) -> Almacen:
    return bodega.almacen


def abrir_sqlite(carpeta: Path) -> sqlite3.Connection:
    """El archivo de `bodega_sqlite`, abierto por debajo."""
    return sqlite3.connect(carpeta / ARCHIVO, isolation_level=None)


@pytest.fixture
def bodega_sqlite(tmp_path: Path) -> Bodega:
    ruta = tmp_path / ARCHIVO

    def crudo() -> bytes:
        return b"".join(archivo.read_bytes() for archivo in sorted(tmp_path.iterdir()))

    return Bodega("sqlite", AlmacenSqlite(ruta, LLAVERO), lambda: AlmacenSqlite(ruta, LLAVERO), crudo)


@pytest.fixture
def credenciales(monkeypatch: pytest.MonkeyPatch) -> None:
    """Credenciales de mentira: ninguna prueba puede llegar a una cuenta verdadera."""
    for nombre in [nombre for nombre in os.environ if nombre.startswith("AWS_")]:
        monkeypatch.delenv(nombre)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "prueba")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "prueba")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "sa-east-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture
def bodega_moto(credenciales: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bodega]:
    """moto no es atómico entre hilos: con un candado por llamada, sí."""
    candado, original = threading.RLock(), stubber.BotocoreStubber.__call__

    def con_candado(self: Any, *argumentos: Any, **nombrados: Any) -> Any:
        with candado:
            return original(self, *argumentos, **nombrados)

    monkeypatch.setattr(stubber.BotocoreStubber, "__call__", con_candado)
    with mock_aws():
        yield _bodega_dynamodb("moto", None)


@pytest.fixture
def bodega_ministack(credenciales: None, ministack: str) -> Bodega:
    _vaciar(ministack)
    return _bodega_dynamodb("ministack", ministack)


def _vaciar(ministack: str) -> None:
    with urlopen(Request(f"{ministack}/_ministack/reset", method="POST"), timeout=10) as respuesta:
        respuesta.read()


def _bodega_dynamodb(nombre: str, punto: str | None) -> Bodega:
    # Sin la memoria de `cliente`: cada prueba tiene el suyo.
    cliente = almacen_dynamodb.cliente.__wrapped__(punto)
    # Con los plazos de siempre, no con los del almacén: en una máquina ocupada crear una tabla tarda.
    crear_tabla(boto3.client("dynamodb", endpoint_url=punto), TABLA)

    def abrir() -> Almacen:
        return AlmacenDynamodb(cliente, TABLA, LLAVERO)

    def crudo() -> bytes:
        return repr(cliente.scan(TableName=TABLA, ConsistentRead=True)["Items"]).encode()

    return Bodega(nombre, abrir(), abrir, crudo, cliente)


@dataclass
class Imprenta:
    """Dónde se publica, y cómo poner y mirar un archivo por debajo."""

    publicacion: Publicacion
    poner: Callable[..., Any]
    mirar: Callable[..., bytes]
    otra: Callable[[], Publicacion]


@pytest.fixture(params=["carpeta", "moto", "ministack"])
def imprenta(request: pytest.FixtureRequest) -> Imprenta:
    """La misma publicación, en una carpeta y en S3."""
    return request.getfixturevalue(f"imprenta_{request.param}")


@pytest.fixture
def imprenta_carpeta(tmp_path: Path) -> Imprenta:
    datos = tmp_path / "datos"

    def poner(contenido: bytes, ruta: str = RUTA) -> None:
        (datos / ruta).parent.mkdir(parents=True)
        (datos / ruta).write_bytes(contenido)

    def mirar(ruta: str = RUTA) -> bytes:
        return (datos / ruta).read_bytes()

    return Imprenta(PublicacionCarpeta(datos), poner, mirar, lambda: PublicacionCarpeta(datos))


@pytest.fixture
def imprenta_moto(credenciales: None) -> Iterator[Imprenta]:
    with mock_aws():
        yield _imprenta_s3(None)


@pytest.fixture
def imprenta_ministack(credenciales: None, ministack: str) -> Imprenta:
    _vaciar(ministack)
    return _imprenta_s3(ministack)


def _imprenta_s3(punto: str | None) -> Imprenta:
    s3 = publicacion_s3.cliente.__wrapped__(punto)
    s3.create_bucket(Bucket=CUBETA, CreateBucketConfiguration={"LocationConstraint": "sa-east-1"})

    def poner(contenido: bytes, ruta: str = RUTA) -> None:
        s3.put_object(Bucket=CUBETA, Key=ruta, Body=contenido)

    def mirar(ruta: str = RUTA) -> bytes:
        return bytes(s3.get_object(Bucket=CUBETA, Key=ruta)["Body"].read())

    return Imprenta(PublicacionS3(s3, CUBETA), poner, mirar, lambda: PublicacionS3(s3, CUBETA))


@pytest.fixture(scope="session")
def ministack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """El emulador, en un puerto libre de esta máquina mientras duren las pruebas."""
    programa = RAIZ / ".entorno" / "ministack" / "bin" / "ministack"
    if not programa.exists():
        pytest.fail(f"Falta el emulador de la nube ({programa.relative_to(RAIZ)}): «make probar» lo instala.")
    carpeta = tmp_path_factory.mktemp("ministack")
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        puerto = enchufe.getsockname()[1]
    entorno = {nombre: valor for nombre, valor in os.environ.items() if not nombre.startswith("AWS_")}
    entorno |= {"BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(puerto), "TMPDIR": str(carpeta), "LOG_LEVEL": "WARNING"}
    salida = carpeta / "salida.txt"
    with salida.open("wb") as destino:
        proceso = subprocess.Popen([programa], env=entorno, cwd=carpeta, stdout=destino, stderr=subprocess.STDOUT)
    try:
        _esperar_puerto(puerto, proceso, salida)
        yield f"http://127.0.0.1:{puerto}"
    finally:
        proceso.kill()
        proceso.wait()


def _esperar_puerto(puerto: int, proceso: subprocess.Popen[bytes], salida: Path) -> None:
    limite = time.monotonic() + SEGUNDOS_DE_ARRANQUE
    while time.monotonic() < limite and proceso.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", puerto), timeout=1).close()
        except OSError:
            threading.Event().wait(0.05)
        else:
            return
    pytest.fail(f"El emulador de la nube no arrancó:\n{salida.read_text(errors='replace')[-2000:]}")
