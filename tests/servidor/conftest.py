"""El mundo de estas pruebas: un servidor de verdad con funciones que devuelven el evento que recibieron."""

import http.client
import json
import shutil
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from servidor import plantilla
from servidor.ajustes import RAIZ, Ajustes
from servidor.aplicacion import Aplicacion
from servidor.escucha import Servidor
from servidor.llaves import clave_oidc

ECO = """
import json
ULTIMO = []
def handler(event, context):
    ULTIMO.append(context)
    modo = event["headers"].get("x-modo", "eco")
    if modo == "falla":
        raise ValueError("dato personal 76086428-5")
    if modo == "enorme":
        return {"statusCode": 200, "body": "a" * (6 * 1024 * 1024)}
    if modo != "eco":
        return json.loads(modo)
    return {"statusCode": 200, "headers": {"content-type": "application/json"}, "body": json.dumps(event)}
"""


@dataclass
class Respuesta:
    """Lo que llegó por la red."""

    estado: int
    cabeceras: http.client.HTTPMessage
    cuerpo: bytes

    @property
    def texto(self) -> str:
        return self.cuerpo.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.cuerpo)


@dataclass
class Mundo:
    """Un servidor escuchando, sus carpetas y la forma de pedirle cosas."""

    ajustes: Ajustes
    aplicacion: Aplicacion
    puerto: int
    _conexiones: list[http.client.HTTPConnection] = field(default_factory=list)

    def conexion(self) -> http.client.HTTPConnection:
        nueva = http.client.HTTPConnection("localhost", self.puerto, timeout=30)
        self._conexiones.append(nueva)
        return nueva

    def pedir(
        self, metodo: str, ruta: str, cuerpo: bytes | str | None = None, cabeceras: dict[str, str] | None = None
    ) -> Respuesta:
        conexion = self.conexion()
        conexion.request(metodo, ruta, cuerpo.encode() if isinstance(cuerpo, str) else cuerpo, cabeceras or {})
        llegada = conexion.getresponse()
        return Respuesta(llegada.status, llegada.headers, llegada.read())

    def ver(self, ruta: str, **cabeceras: str) -> Respuesta:
        return self.pedir("GET", ruta, cabeceras={n.replace("_", "-"): v for n, v in cabeceras.items()})

    def cerrar(self) -> None:
        for conexion in self._conexiones:
            conexion.close()


@pytest.fixture(scope="session")
def definicion(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """La plantilla verdadera, con todas sus funciones reemplazadas por un eco."""
    carpeta = tmp_path_factory.mktemp("verbos")
    (carpeta / "eco_de_prueba.py").write_text(ECO, encoding="utf-8")
    sys.path.insert(0, str(carpeta))
    leida = plantilla.leer(RAIZ / "template.yaml")
    for recurso in plantilla.recursos(leida, plantilla.FUNCION).values():
        recurso["Properties"]["Handler"] = "eco_de_prueba.handler"
    return leida


@pytest.fixture(scope="session")
def llave_rsa(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Una llave para todas las pruebas: hacer una por prueba es lo que más tarda."""
    claves = tmp_path_factory.mktemp("llave")
    clave_oidc(claves)
    return claves / "oidc.pem"


@pytest.fixture
def ajustes(tmp_path: Path, llave_rsa: Path) -> Ajustes:
    claves = tmp_path / "estado" / "claves"
    claves.mkdir(parents=True)
    shutil.copy(llave_rsa, claves)
    salida = tmp_path / "salida"
    salida.mkdir()
    (salida / "index.html").write_text("<!doctype html><title>Portada</title>", encoding="utf-8")
    (salida / "404.html").write_text("<!doctype html><title>No está</title>", encoding="utf-8")
    return Ajustes(salida=salida, estado=tmp_path / "estado", puerto=8000)


@pytest.fixture
def mundo(ajustes: Ajustes, definicion: dict[str, Any]) -> Iterator[Mundo]:
    aplicacion = Aplicacion(ajustes, definicion)
    servidor = Servidor(0, aplicacion)
    hilo = threading.Thread(target=servidor.serve_forever, args=(0.02,), daemon=True)
    hilo.start()
    abierto = Mundo(ajustes, aplicacion, servidor.puerto)
    yield abierto
    abierto.cerrar()
    servidor.shutdown()
    servidor.server_close()
    hilo.join()
