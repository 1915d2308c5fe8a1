"""El montaje: qué versión de cada adaptador usa este entorno, construida recién cuando hace falta."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path

from funciones.adaptadores import horneado, reloj
from funciones.adaptadores.almacen import Almacen
from funciones.adaptadores.claves import llavero_de_archivo, llavero_de_secreto
from funciones.adaptadores.cola import Cola
from funciones.adaptadores.correo import Correo
from funciones.adaptadores.deposito import Deposito
from funciones.adaptadores.llavero import Llavero
from funciones.adaptadores.publicacion import Publicacion


class Montaje:
    """Los adaptadores de un entorno. boto3 se importa solo si el adaptador que se pide es de la nube."""

    def __init__(self, entorno: Mapping[str, str]) -> None:
        self.entorno = entorno

    def ahora(self) -> datetime:
        """El instante actual en UTC."""
        return reloj.ahora(self.entorno)

    @property
    def horneado(self) -> horneado.Horneado:
        """Lo publicado, releído si cambió."""
        return horneado.leer(Path(self.entorno.get("HORNEADO", ".obra/horneado.json")))

    @property
    def plantillas(self) -> Path:
        """La carpeta de los textos con huecos."""
        return Path(self.entorno.get("PLANTILLAS", "plantillas"))

    @property
    def url_portal(self) -> str:
        """La dirección pública, sin barra final."""
        return self.entorno.get("URL_PORTAL", "http://localhost:8000").rstrip("/")

    @property
    def estado_local(self) -> Path:
        """La carpeta de los datos embebidos."""
        return Path(self.entorno.get("ESTADO_LOCAL", ".local"))

    @cached_property
    def llavero(self) -> Llavero:
        """Las claves del entorno."""
        arn = self.entorno.get("CLAVE_MAESTRA_ARN")
        return llavero_de_secreto(arn) if arn else llavero_de_archivo(self.estado_local)

    @cached_property
    def almacen(self) -> Almacen:
        """Postulaciones, puestos, avisos y respuestas."""
        if self.entorno.get("ALMACEN") == "dynamodb":
            from funciones.adaptadores.almacen_dynamodb import AlmacenDynamodb, cliente

            return AlmacenDynamodb(cliente(), self.entorno["TABLA"], self.llavero)
        from funciones.adaptadores.almacen_sqlite import AlmacenSqlite

        return AlmacenSqlite(self.estado_local / "almacen.sqlite", self.llavero)

    @cached_property
    def deposito(self) -> Deposito:
        """Los archivos que se suben."""
        if self.entorno.get("DEPOSITO") == "s3":
            from funciones.adaptadores.deposito_s3 import DepositoS3, cliente

            return DepositoS3(cliente(), self.entorno["CUBETA"])
        from funciones.adaptadores.deposito_carpeta import DepositoCarpeta

        return DepositoCarpeta(self.estado_local)

    @cached_property
    def correo(self) -> Correo:
        """Quién lleva los correos."""
        if self.entorno.get("CORREO") == "ses":
            from funciones.adaptadores.correo_ses import CorreoSes, cliente

            return CorreoSes(cliente(), self.entorno["REMITENTE"], self.entorno.get("CONFIGURACION_CORREO", ""))
        from funciones.adaptadores.correo_maildir import CorreoMaildir

        return CorreoMaildir(self.estado_local / "correo")

    @cached_property
    def publicacion(self) -> Publicacion:
        """Dónde se dejan las mediciones para que un editor las publique."""
        if self.entorno.get("PUBLICACION") == "s3":
            from funciones.adaptadores.publicacion_s3 import PublicacionS3, cliente

            return PublicacionS3(cliente(), self.entorno["CUBETA"])
        from funciones.adaptadores.publicacion_carpeta import PublicacionCarpeta

        return PublicacionCarpeta(Path(self.entorno.get("DATOS", "datos")))

    @cached_property
    def cola(self) -> Cola:
        """Por dónde se vuelve a pedir el envío de un aviso atrasado."""
        if url := self.entorno.get("COLA_AVISOS"):
            from funciones.adaptadores.cola_sqs import ColaSqs, cliente

            return ColaSqs(cliente(), url)
        from funciones.adaptadores.cola_embebida import ColaEmbebida

        return ColaEmbebida()


@lru_cache(maxsize=1)
def montaje() -> Montaje:
    """El montaje de este proceso, con su entorno."""
    return Montaje(os.environ)
