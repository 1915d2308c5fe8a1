"""La publicación en la nube: objetos de S3, que el editor baja y guarda en el repositorio."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from funciones.adaptadores.publicacion import RUTA, TIPOS, PublicacionNoResponde, YaPublicado, combinar, revisar_ruta
from funciones.adaptadores.publicacion_csv import anexar, filas_de

INTENTOS = 5
_AUSENTE = "NoSuchKey"
# Otro proceso escribió entre nuestra lectura y nuestra escritura: se vuelve a combinar sobre lo suyo.
_CHOQUE = frozenset({"PreconditionFailed", "ConditionalRequestConflict"})


@lru_cache(maxsize=1)
def cliente(punto: str | None = None) -> Any:
    """El cliente de S3, uno por proceso."""
    ajustes = Config(
        s3={"addressing_style": "path" if punto else "virtual"},
        connect_timeout=2,
        read_timeout=5,
        retries={"total_max_attempts": 3, "mode": "standard"},
    )
    return boto3.client("s3", endpoint_url=punto, config=ajustes)


class PublicacionS3:
    """Cumple el Protocol Publicacion: escribe solo si nadie escribió desde que leyó."""

    def __init__(self, s3: Any, cubeta: str) -> None:
        self._s3, self._cubeta = s3, cubeta

    def publicar(self, filas: Sequence[Mapping[str, str]], indicador: str, anio: int) -> str:
        return self._reescribir(RUTA, lambda actual: combinar(actual, filas, indicador, anio))

    def anexar(self, tabla: str, filas: Sequence[Mapping[str, str]], clave: Sequence[str]) -> str:
        revisar_ruta(tabla)
        if not filas:
            return f"s3://{self._cubeta}/{tabla}"
        return self._reescribir(tabla, lambda actual: anexar(actual, filas, clave))

    def leer(self, tabla: str) -> tuple[dict[str, str], ...]:
        try:
            actual, _ = self._leer(revisar_ruta(tabla))
        except ClientError as error:
            raise PublicacionNoResponde(str(error.response.get("Error", {}).get("Code", ""))) from None
        except BotoCoreError as error:
            raise PublicacionNoResponde(type(error).__name__) from None
        return filas_de(actual)

    def guardar(self, ruta: str, contenido: bytes) -> str:
        revisar_ruta(ruta)

        def una_vez(actual: bytes | None) -> bytes:
            if actual is not None and actual != contenido:
                raise YaPublicado(ruta)
            return contenido

        return self._reescribir(ruta, una_vez)

    def _reescribir(self, ruta: str, cambiar: Callable[[bytes | None], bytes]) -> str:
        for _ in range(INTENTOS):
            try:
                actual, condicion = self._leer(ruta)
                nuevo = cambiar(actual)
                if nuevo != actual:
                    self._escribir(ruta, nuevo, condicion)
                return f"s3://{self._cubeta}/{ruta}"
            except ClientError as error:
                codigo = str(error.response.get("Error", {}).get("Code", ""))
                if codigo not in _CHOQUE:
                    raise PublicacionNoResponde(codigo) from None
            except BotoCoreError as error:
                raise PublicacionNoResponde(type(error).__name__) from None
        raise PublicacionNoResponde("otro proceso escribe al mismo tiempo")

    def _leer(self, ruta: str) -> tuple[bytes | None, dict[str, str]]:
        try:
            respuesta = self._s3.get_object(Bucket=self._cubeta, Key=ruta)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") != _AUSENTE:
                raise
            return None, {"IfNoneMatch": "*"}
        return respuesta["Body"].read(), {"IfMatch": respuesta["ETag"]}

    def _escribir(self, ruta: str, datos: bytes, condicion: Mapping[str, str]) -> None:
        tipo = TIPOS[ruta.rpartition(".")[2]]
        self._s3.put_object(Bucket=self._cubeta, Key=ruta, Body=datos, ContentType=tipo, **condicion)
