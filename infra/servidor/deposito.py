"""Hace de S3 para los documentos: recibe envíos firmados y entrega por enlaces firmados."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote, urlencode

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.sansio.multipart import Data, Epilogue, Event, Field, File, MultipartDecoder, NeedData
from werkzeug.wrappers import Request, Response

from funciones.adaptadores.deposito import DepositoNoResponde, LlaveImposible
from funciones.adaptadores.deposito_carpeta import DepositoCarpeta, clave_de_firma, firmar, firmar_enlace
from servidor import paginas
from servidor.ajustes import Ajustes
from servidor.disco import carpeta_privada, dentro
from servidor.politica import VOLVER, Permitido, Rechazo, evaluar, pesa_de_mas, pesa_de_menos

TROZO = 64 * 1024
# Todos los campos juntos, sin el archivo; S3 acepta 20 kB.
CAMPOS_MAXIMO = 20 * 1024
FIRMAS_CONOCIDAS = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


@dataclass
class Recibido:
    """Un archivo guardado, con su llave y su huella."""

    llave: str
    etag: str
    campos: dict[str, str]


class Deposito:
    """La carpeta de documentos vista por HTTP, como una cubeta."""

    def __init__(self, ajustes: Ajustes) -> None:
        self._ajustes = ajustes
        # Fuera de la carpeta de documentos: un archivo a medias nunca parece un documento.
        self._parciales = ajustes.estado / "parciales"
        carpeta_privada(ajustes.estado)
        carpeta_privada(ajustes.documentos)
        for sobrante in carpeta_privada(self._parciales).iterdir():
            sobrante.unlink()

    def atender(self, solicitud: Request) -> Response:
        """Recibe en /deposito/ y entrega en /deposito/<llave>."""
        llave = solicitud.path.removeprefix("/deposito").removeprefix("/")
        try:
            if solicitud.method == "POST" and not llave:
                return self._respuesta(self._recibir(solicitud))
            if solicitud.method in {"GET", "HEAD"} and llave:
                return self._entregar(solicitud, llave)
        except Rechazo as rechazo:
            return paginas.aviso(rechazo.titulo, rechazo.explicacion, rechazo.estado)
        return paginas.aviso("No encontramos ese documento", "Entra a él desde la página de tu postulación.", 404)

    def _ahora(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self._ajustes.desfase)

    def _recibir(self, solicitud: Request) -> Recibido:
        campos: dict[str, str] = {}
        sucesos = _sucesos(solicitud)
        for suceso in sucesos:
            if isinstance(suceso, Field):
                campos[suceso.name.lower()] = _texto(sucesos)
            elif isinstance(suceso, File):
                permitido = self._autorizar(campos)
                return Recibido(campos["key"], self._guardar(campos, sucesos, permitido), campos)
        raise Rechazo("No elegiste ningún archivo", VOLVER, 400)

    def _autorizar(self, campos: dict[str, str]) -> Permitido:
        esperada = firmar(clave_de_firma(self._ajustes.estado), campos.get("policy", ""))
        if not hmac.compare_digest(esperada.encode(), campos.get("x-amz-signature", "").encode()):
            raise Rechazo("El permiso para subir no es de este portal", VOLVER)
        return evaluar(campos["policy"], campos, self._ahora())

    def _guardar(self, campos: dict[str, str], sucesos: Iterator[Event], permitido: Permitido) -> str:
        destino = dentro(self._ajustes.documentos, campos["key"])
        if destino is None or destino.is_dir():
            raise Rechazo("El envío no es el que autorizamos", VOLVER)
        provisorio = self._parciales / secrets.token_hex(16)
        try:
            with provisorio.open("xb") as archivo:
                etag = _copiar(sucesos, archivo, permitido)
                archivo.flush()
                os.fsync(archivo.fileno())
            DepositoCarpeta(self._ajustes.estado).anotar_tipo(campos["key"], campos.get("content-type", ""))
            carpeta_privada(destino.parent)
            os.replace(provisorio, destino)
        except LlaveImposible as error:
            raise Rechazo("El envío no es el que autorizamos", VOLVER) from error
        except (OSError, DepositoNoResponde) as error:
            raise _sin_disco() from error
        finally:
            provisorio.unlink(missing_ok=True)
        return etag

    def _respuesta(self, recibido: Recibido) -> Response:
        vuelta = recibido.campos.get("success_action_redirect")
        if not vuelta:
            return Response(status=204, headers={"ETag": f'"{recibido.etag}"'})
        union = "&" if "?" in vuelta else "?"
        consulta = urlencode({"bucket": "local", "key": recibido.llave, "etag": f'"{recibido.etag}"'})
        return Response(status=303, headers={"Location": f"{vuelta}{union}{consulta}"})

    def _entregar(self, solicitud: Request, llave: str) -> Response:
        expira = solicitud.args.get("expira", "")
        if not (expira.isascii() and expira.isdigit()):
            raise Rechazo("Este enlace no está completo", "Pide uno nuevo desde la mesa.")
        esperada = firmar_enlace(clave_de_firma(self._ajustes.estado), llave, int(expira))
        if not hmac.compare_digest(esperada.encode(), solicitud.args.get("firma", "").encode()):
            raise Rechazo("Este enlace no es de este portal", "Pide uno nuevo desde la mesa.")
        if int(expira) <= self._ahora().timestamp():
            raise Rechazo("Este enlace ya venció", "Pide uno nuevo desde la mesa.")
        archivo = dentro(self._ajustes.documentos, llave)
        if archivo is None or not archivo.is_file():
            raise Rechazo("Ese documento ya no está", "Puede que se haya borrado al cumplirse su plazo.", 404)
        return _adjunto(archivo, solicitud.args.get("nombre") or archivo.name)


def _sin_disco() -> Rechazo:
    return Rechazo("No queda espacio para guardar tu archivo", "Tu postulación sigue igual. Inténtalo más tarde.", 507)


def _sucesos(solicitud: Request) -> Iterator[Event]:
    """Las partes del formulario, a medida que llegan: el archivo nunca está entero en memoria."""
    frontera = solicitud.mimetype_params.get("boundary", "")
    if solicitud.mimetype != "multipart/form-data" or not frontera:
        raise Rechazo("No entendimos el envío", VOLVER, 400)
    # Sin tope propio: el del decodificador cuenta también los trozos del archivo.
    decodificador = MultipartDecoder(frontera.encode("latin-1"), max_parts=40)
    try:
        while True:
            suceso = decodificador.next_event()
            if isinstance(suceso, NeedData):
                if len(decodificador.buffer) > TROZO:
                    raise ValueError("cabeceras demasiado largas")
                decodificador.receive_data(solicitud.stream.read(TROZO) or None)
                continue
            yield suceso
            if isinstance(suceso, Epilogue):
                return
    except (ValueError, RequestEntityTooLarge) as error:
        raise Rechazo("El envío llegó incompleto", VOLVER, 400) from error


def _texto(sucesos: Iterator[Event]) -> str:
    partes = []
    for suceso in sucesos:
        if isinstance(suceso, Data):
            partes.append(suceso.data)
            if sum(map(len, partes)) > CAMPOS_MAXIMO:
                raise Rechazo("No entendimos el envío", VOLVER, 400)
            if not suceso.more_data:
                break
    return b"".join(partes).decode("utf-8", "replace")


def _copiar(sucesos: Iterator[Event], destino: BinaryIO, permitido: Permitido) -> str:
    huella, leidos = hashlib.md5(usedforsecurity=False), 0
    for suceso in sucesos:
        if not isinstance(suceso, Data):
            break
        leidos += len(suceso.data)
        if leidos > permitido.maximo:
            raise pesa_de_mas(permitido.maximo)
        huella.update(suceso.data)
        destino.write(suceso.data)
        if not suceso.more_data:
            break
    if leidos < permitido.minimo:
        raise pesa_de_menos()
    return huella.hexdigest()


def _adjunto(archivo: Path, nombre: str) -> Response:
    with archivo.open("rb") as abierto:
        inicio = abierto.read(16)
    tipo = next((t for firma, t in FIRMAS_CONOCIDAS if inicio.startswith(firma)), "application/octet-stream")
    respuesta = Response(archivo.read_bytes(), content_type=tipo)
    respuesta.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(nombre, safe='')}"
    respuesta.headers["X-Content-Type-Options"] = "nosniff"
    respuesta.headers["Cache-Control"] = "no-store"
    return respuesta
