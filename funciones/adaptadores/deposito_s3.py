"""El depósito en la nube: S3, con permisos de subida de una sola llave y versiones fijas."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from funciones.adaptadores.deposito import (
    LARGO_INICIO,
    DepositoNoResponde,
    Objeto,
    ObjetoAusente,
    ObjetoCambiado,
    Permiso,
    revisar_llave,
)

# Donde GuardDuty deja su resultado. La política de la cubeta no deja que la escriba nadie más.
ETIQUETA = "GuardDutyMalwareScanStatus"
_TROZO = 256 * 1024
_POR_BORRADO = 1000
_AUSENTE = "NoSuchKey"
# El último, si otro proceso escribe la misma llave en este instante.
_CAMBIADO = frozenset({"PreconditionFailed", "NoSuchVersion", "ConditionalRequestConflict"})


@lru_cache(maxsize=1)
def cliente(punto: str | None = None) -> Any:
    """El cliente de S3, uno por proceso."""
    ajustes = Config(
        signature_version="s3v4",
        # La dirección de la región: la global redirige, y un formulario redirigido pierde su archivo.
        s3={"addressing_style": "path" if punto else "virtual"},
        connect_timeout=2,
        read_timeout=5,
        retries={"total_max_attempts": 3, "mode": "standard"},
    )
    return boto3.client("s3", endpoint_url=punto, config=ajustes)


def _ahora() -> datetime:
    return datetime.now(UTC)


class DepositoS3:
    """Cumple el Protocol Deposito. La versión de un objeto es su VersionId, o su ETag si la cubeta no las guarda."""

    def __init__(self, s3: Any, cubeta: str, ahora: Callable[[], datetime] = _ahora) -> None:
        self._s3, self._cubeta, self._ahora = s3, cubeta, ahora

    def permiso(self, llave: str, tipo: str, tamano_maximo: int, vence: datetime, retorno: str | None) -> Permiso:
        campos = {"Content-Type": tipo}
        tamanos = ["content-length-range", 1 if retorno is None else 0, tamano_maximo]
        condiciones: list[object] = [["eq", "$Content-Type", tipo], tamanos]
        if retorno is not None:
            campos["success_action_redirect"] = retorno
            condiciones.append({"success_action_redirect": retorno})
        with _fallas():
            firmado = self._s3.generate_presigned_post(
                self._cubeta, revisar_llave(llave), campos, condiciones, self._segundos_hasta(vence)
            )
        return Permiso(firmado["url"], firmado["fields"])

    def examinar(self, llave: str) -> Objeto | None:
        revisar_llave(llave)
        with _fallas():
            try:
                # Una sola lectura: tamaño, tipo, huella y versión son del mismo objeto aunque lo cambien entretanto.
                respuesta = self._s3.get_object(Bucket=self._cubeta, Key=llave)
            except ClientError as error:
                if _codigo(error) == _AUSENTE:
                    return None
                raise
            inicio, huella, tamano = b"", hashlib.sha256(), 0
            for trozo in respuesta["Body"].iter_chunks(_TROZO):
                inicio = inicio if len(inicio) == LARGO_INICIO else (inicio + trozo)[:LARGO_INICIO]
                huella.update(trozo)
                tamano += len(trozo)
        version = respuesta.get("VersionId") or respuesta["ETag"]
        return Objeto(llave, tamano, respuesta["ContentType"], inicio, huella.hexdigest(), version)

    def antivirus(self, llave: str) -> str | None:
        with _fallas():
            puestas = self._s3.get_object_tagging(Bucket=self._cubeta, Key=revisar_llave(llave))["TagSet"]
        return next((str(etiqueta["Value"]) for etiqueta in puestas if etiqueta["Key"] == ETIQUETA), None)

    def leer(self, llave: str) -> bytes:
        with _fallas():
            return bytes(self._s3.get_object(Bucket=self._cubeta, Key=revisar_llave(llave))["Body"].read())

    def copiar(self, de: str, a: str, version: str | None = None) -> None:
        origen = {"Bucket": self._cubeta, "Key": revisar_llave(de)}
        condicion: dict[str, str] = {}
        if version is not None and version.startswith('"'):
            condicion["CopySourceIfMatch"] = version
        elif version is not None:
            origen["VersionId"] = version
        with _fallas():
            # Sin sus etiquetas: la copia se gana la suya cuando el antivirus la mira.
            self._s3.copy_object(
                Bucket=self._cubeta,
                Key=revisar_llave(a),
                CopySource=origen,
                TaggingDirective="REPLACE",
                **condicion,
            )

    def enlace(self, llave: str, vence: datetime, nombre: str) -> str:
        pedido = {
            "Bucket": self._cubeta,
            "Key": revisar_llave(llave),
            # Siempre como adjunto y sin tipo: el navegador no lo abre dentro de ninguna página.
            "ResponseContentDisposition": f"attachment; filename*=UTF-8''{quote(nombre, safe='')}",
            "ResponseContentType": "application/octet-stream",
        }
        with _fallas():
            return str(self._s3.generate_presigned_url("get_object", pedido, self._segundos_hasta(vence)))

    def escribir(self, llave: str, datos: bytes, tipo: str) -> bool:
        try:
            with _fallas():
                self._s3.put_object(
                    Bucket=self._cubeta, Key=revisar_llave(llave), Body=datos, ContentType=tipo, IfNoneMatch="*"
                )
        except ObjetoCambiado:
            return False
        return True

    def reemplazar(self, llave: str, datos: bytes, tipo: str) -> None:
        with _fallas():
            self._s3.put_object(Bucket=self._cubeta, Key=revisar_llave(llave), Body=datos, ContentType=tipo)

    def borrar(self, llave: str) -> None:
        revisar_llave(llave)
        with _fallas():
            versiones = [
                {"Key": llave, "VersionId": version["VersionId"]}
                for pagina in self._s3.get_paginator("list_object_versions").paginate(Bucket=self._cubeta, Prefix=llave)
                for version in (*pagina.get("Versions", ()), *pagina.get("DeleteMarkers", ()))
                if version["Key"] == llave
            ]
            for desde in range(0, len(versiones), _POR_BORRADO):
                tanda = {"Objects": versiones[desde : desde + _POR_BORRADO], "Quiet": True}
                fallidas = self._s3.delete_objects(Bucket=self._cubeta, Delete=tanda).get("Errors", [])
                if fallidas:
                    raise DepositoNoResponde(fallidas[0].get("Code", "delete_objects"))

    def caducar(self, prefijo: str, antes_de: datetime) -> int:
        # Lo borra la cubeta, con las reglas de su plantilla.
        return 0

    def listar(self, prefijo: str) -> tuple[str, ...]:
        with _fallas():
            paginas = self._s3.get_paginator("list_objects_v2").paginate(Bucket=self._cubeta, Prefix=prefijo)
            return tuple(sorted(objeto["Key"] for pagina in paginas for objeto in pagina.get("Contents", ())))

    def _segundos_hasta(self, vence: datetime) -> int:
        return int((vence - self._ahora()).total_seconds())


def _codigo(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


@contextmanager
def _fallas() -> Iterator[None]:
    # Solo el código, sin encadenar: los textos del servicio pueden traer la llave, y la llave trae el folio.
    try:
        yield
    except ClientError as error:
        if _codigo(error) == _AUSENTE:
            raise ObjetoAusente from None
        if _codigo(error) in _CAMBIADO:
            raise ObjetoCambiado from None
        raise DepositoNoResponde(_codigo(error)) from None
    except BotoCoreError as error:
        raise DepositoNoResponde(type(error).__name__) from None
