"""El depósito embebido: una carpeta, con permisos para subir y enlaces para bajar firmados como los de S3."""

from __future__ import annotations

import base64
import errno
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from urllib.parse import quote, urlencode

from funciones.adaptadores.deposito import (
    LARGO_INICIO,
    DepositoNoResponde,
    Objeto,
    ObjetoAusente,
    ObjetoCambiado,
    Permiso,
    revisar_llave,
)
from funciones.adaptadores.disco import escribir_entero, escribir_si_falta
from funciones.dominio.antivirus import CON_AMENAZAS, SIN_AMENAZAS

RUTA = "/deposito/"
# El archivo EICAR, inofensivo, que todo antivirus delata. En dos trozos: entero, delataría a este archivo.
_DE_PRUEBA = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
# Con punto delante: ninguna llave empieza así, ni entrega el servidor nada que empiece así.
_TIPOS = ".tipos"
_TIPO_DESCONOCIDO = "application/octet-stream"
_FIRMAS = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


def firmar(clave: bytes, politica_b64: str) -> str:
    """La firma de una política de envío."""
    return hmac.new(clave, f"politica\x1f{politica_b64}".encode(), hashlib.sha256).hexdigest()


def firmar_enlace(clave: bytes, llave: str, expira: int) -> str:
    """La firma de un enlace para bajar; otro dominio que el de las políticas, para que una no valga por la otra."""
    return hmac.new(clave, f"enlace\x1f{llave}\x1f{expira}".encode(), hashlib.sha256).hexdigest()


def clave_de_firma(estado: Path) -> bytes:
    """La clave con que firma esta máquina: nace la primera vez que se pide y solo la lee su dueño."""
    archivo = estado / "claves" / "deposito"
    with _fallas_del_disco():
        if not archivo.exists():
            escribir_si_falta(archivo, secrets.token_hex(32).encode())
        return archivo.read_bytes()


class DepositoCarpeta:
    """Cumple el Protocol Deposito sobre `estado/documentos`; la versión de un objeto es su huella."""

    def __init__(self, estado: Path) -> None:
        self._estado, self._raiz = estado, estado / "documentos"

    def permiso(self, llave: str, tipo: str, tamano_maximo: int, vence: datetime, retorno: str | None) -> Permiso:
        campos = {"key": revisar_llave(llave), "Content-Type": tipo}
        condiciones: list[object] = [
            {"key": llave},
            ["eq", "$Content-Type", tipo],
            ["content-length-range", 1 if retorno is None else 0, tamano_maximo],
        ]
        if retorno is not None:
            condiciones.append({"success_action_redirect": retorno})
            campos["success_action_redirect"] = retorno
        vencimiento = vence.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        politica = json.dumps({"expiration": vencimiento, "conditions": condiciones})
        campos["policy"] = base64.b64encode(politica.encode()).decode()
        campos["x-amz-signature"] = firmar(clave_de_firma(self._estado), campos["policy"])
        return Permiso(RUTA, campos)

    def guardar(self, llave: str, datos: bytes, tipo: str) -> None:
        """Lo que hace S3 cuando llega un envío con permiso."""
        self.anotar_tipo(llave, tipo)
        with _fallas_del_disco():
            escribir_entero(self._archivo(llave), datos)

    def anotar_tipo(self, llave: str, tipo: str) -> None:
        """Anota el tipo declarado. Va antes que el archivo: es el archivo lo que hace existir al objeto."""
        with _fallas_del_disco():
            escribir_entero(self._archivo_del_tipo(llave), tipo.encode())

    def examinar(self, llave: str) -> Objeto | None:
        with _fallas_del_disco():
            try:
                abierto = self._archivo(llave).open("rb")
            except FileNotFoundError:
                return None
            with abierto:
                inicio, tamano = abierto.read(LARGO_INICIO), os.fstat(abierto.fileno()).st_size
                abierto.seek(0)
                huella = hashlib.file_digest(abierto, "sha256").hexdigest()
            return Objeto(llave, tamano, self._tipo(llave, inicio), inicio, huella, version=huella)

    def antivirus(self, llave: str) -> str | None:
        """Hace de antivirus en una sola máquina: reconoce el archivo de prueba que usan todos, y nada más."""
        return CON_AMENAZAS if _DE_PRUEBA in self.leer(llave) else SIN_AMENAZAS

    def leer(self, llave: str) -> bytes:
        with _fallas_del_disco():
            try:
                return self._archivo(llave).read_bytes()
            except FileNotFoundError:
                raise ObjetoAusente from None

    def copiar(self, de: str, a: str, version: str | None = None) -> None:
        datos = self.leer(de)
        if version is not None and hashlib.sha256(datos).hexdigest() != version:
            raise ObjetoCambiado
        self.guardar(a, datos, self._tipo(de, datos[:LARGO_INICIO]))

    def enlace(self, llave: str, vence: datetime, nombre: str) -> str:
        # El nombre no se firma: solo dice cómo se guarda en el equipo de quien ya podía bajarlo.
        expira = int(vence.timestamp())
        firma = firmar_enlace(clave_de_firma(self._estado), revisar_llave(llave), expira)
        return f"{RUTA}{quote(llave)}?" + urlencode({"expira": expira, "nombre": nombre, "firma": firma})

    def escribir(self, llave: str, datos: bytes, tipo: str) -> bool:
        with _fallas_del_disco():
            escribir_si_falta(self._archivo_del_tipo(llave), tipo.encode())
            return escribir_si_falta(self._archivo(llave), datos)

    def reemplazar(self, llave: str, datos: bytes, tipo: str) -> None:
        self.guardar(llave, datos, tipo)

    def borrar(self, llave: str) -> None:
        with _fallas_del_disco():
            self._archivo(llave).unlink(missing_ok=True)
            self._archivo_del_tipo(llave).unlink(missing_ok=True)

    def caducar(self, prefijo: str, antes_de: datetime) -> int:
        viejos = [llave for llave in self.listar(prefijo) if self._dejado(llave) < antes_de.timestamp()]
        for llave in viejos:
            self.borrar(llave)
        return len(viejos)

    def _dejado(self, llave: str) -> float:
        with _fallas_del_disco():
            try:
                return self._archivo(llave).stat().st_mtime
            except FileNotFoundError:
                # Otra barrida lo borró recién.
                return inf

    def listar(self, prefijo: str) -> tuple[str, ...]:
        carpeta = self._raiz / prefijo.rpartition("/")[0]
        with _fallas_del_disco():
            llaves = [a.relative_to(self._raiz).as_posix() for a in carpeta.rglob("*") if a.is_file()]
        return tuple(sorted(ll for ll in llaves if ll.startswith(prefijo) and "/." not in f"/{ll}"))

    def _archivo(self, llave: str) -> Path:
        return self._raiz / revisar_llave(llave)

    def _archivo_del_tipo(self, llave: str) -> Path:
        return self._raiz / _TIPOS / revisar_llave(llave)

    def _tipo(self, llave: str, inicio: bytes) -> str:
        with _fallas_del_disco():
            try:
                return self._archivo_del_tipo(llave).read_text(encoding="utf-8")
            except FileNotFoundError:
                # Si llegó sin su tipo declarado, vale por lo que muestran sus primeros bytes.
                return next((tipo for firma, tipo in _FIRMAS if inicio.startswith(firma)), _TIPO_DESCONOCIDO)


@contextmanager
def _fallas_del_disco() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        # Solo la clase de falla: el texto del sistema lleva la ruta, y la ruta lleva el folio.
        raise DepositoNoResponde(errno.errorcode.get(error.errno or 0, type(error).__name__)) from None
