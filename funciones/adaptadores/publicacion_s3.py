"""La publicación en la nube: el CSV como objeto de S3, que el editor baja y guarda en el repositorio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from funciones.adaptadores.publicacion import RUTA, PublicacionNoResponde, combinar

INTENTOS = 5
_AUSENTE = "NoSuchKey"
# Otra medición escribió entre nuestra lectura y nuestra escritura: se vuelve a combinar sobre lo suyo.
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
        for _ in range(INTENTOS):
            try:
                actual, condicion = self._leer()
                nuevo = combinar(actual, filas, indicador, anio)
                if nuevo != actual:
                    self._escribir(nuevo, condicion)
                return f"s3://{self._cubeta}/{RUTA}"
            except ClientError as error:
                codigo = str(error.response.get("Error", {}).get("Code", ""))
                if codigo not in _CHOQUE:
                    raise PublicacionNoResponde(codigo) from None
            except BotoCoreError as error:
                raise PublicacionNoResponde(type(error).__name__) from None
        raise PublicacionNoResponde("otra medición escribe al mismo tiempo")

    def _leer(self) -> tuple[bytes | None, dict[str, str]]:
        try:
            respuesta = self._s3.get_object(Bucket=self._cubeta, Key=RUTA)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") != _AUSENTE:
                raise
            return None, {"IfNoneMatch": "*"}
        return respuesta["Body"].read(), {"IfMatch": respuesta["ETag"]}

    def _escribir(self, datos: bytes, condicion: Mapping[str, str]) -> None:
        self._s3.put_object(
            Bucket=self._cubeta, Key=RUTA, Body=datos, ContentType="text/csv; charset=utf-8", **condicion
        )
