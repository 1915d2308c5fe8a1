"""Evalúa la política de un envío de archivo con las mismas reglas que S3."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# Lo que acompaña a la política y por eso no tiene que estar escrito dentro de ella.
FUERA_DE_LA_POLITICA = frozenset({"policy", "x-amz-signature", "file"})


class Rechazo(Exception):
    """El envío no cumple la política: qué pasó, qué hacer y con qué estado se responde."""

    def __init__(self, titulo: str, explicacion: str, estado: int = 403) -> None:
        super().__init__(titulo)
        self.titulo, self.explicacion, self.estado = titulo, explicacion, estado


@dataclass(frozen=True)
class Permitido:
    """Entre cuántos bytes puede medir el archivo."""

    minimo: int
    maximo: int


VOLVER = "Vuelve a la página de documentos y elige el archivo otra vez."


def evaluar(codificada: str, campos: dict[str, str], ahora: datetime) -> Permitido:
    """Comprueba todo lo que se puede saber antes de leer el archivo; Rechazo si algo no calza."""
    politica = _leer(codificada)
    if _fecha(politica) <= ahora:
        raise Rechazo("Pasó el tiempo para subir este archivo", VOLVER)
    cubiertos, permitido = set(), None
    for condicion in politica["conditions"]:
        operador, nombre, valor = _condicion(condicion)
        if operador == "content-length-range":
            permitido = Permitido(int(nombre), int(valor))
            continue
        cubiertos.add(nombre)
        _comprobar(operador, nombre, str(valor), campos.get(nombre))
    sobran = {c for c in campos if c not in FUERA_DE_LA_POLITICA and not c.startswith("x-ignore-")} - cubiertos
    if sobran:
        raise Rechazo("El envío trae datos que no esperábamos", VOLVER)
    if permitido is None:
        raise Rechazo("El permiso no dice cuánto puede pesar el archivo", VOLVER, 400)
    return permitido


def pesa_de_mas(maximo: int) -> Rechazo:
    """El rechazo de un archivo que supera el máximo."""
    return Rechazo(
        f"El archivo pesa más de {_tamano(maximo)}",
        "Guárdalo con menos calidad o sepáralo en dos, y vuelve a la página de documentos para elegirlo otra vez.",
        400,
    )


def pesa_de_menos() -> Rechazo:
    """El rechazo de un archivo vacío o demasiado corto."""
    return Rechazo("El archivo está vacío", f"Revisa que se abra bien en tu equipo. {VOLVER}", 400)


def _leer(codificada: str) -> dict[str, Any]:
    try:
        politica = json.loads(base64.b64decode(codificada, validate=True))
        if isinstance(politica["conditions"], list) and isinstance(politica["expiration"], str):
            return dict(politica)
    except (binascii.Error, ValueError, KeyError, TypeError):
        pass
    raise Rechazo("No entendimos el permiso para subir", VOLVER, 400)


def _fecha(politica: dict[str, Any]) -> datetime:
    try:
        fecha = datetime.fromisoformat(politica["expiration"].replace("Z", "+00:00"))
    except ValueError as error:
        raise Rechazo("No entendimos el permiso para subir", VOLVER, 400) from error
    if fecha.tzinfo is None:
        raise Rechazo("No entendimos el permiso para subir", VOLVER, 400)
    return fecha


def _condicion(condicion: Any) -> tuple[str, str, Any]:
    """Las dos formas de S3: {campo: valor} y [operador, "$campo", valor]."""
    if isinstance(condicion, dict) and len(condicion) == 1:
        nombre, valor = next(iter(condicion.items()))
        return "eq", nombre.lower(), valor
    if isinstance(condicion, list) and len(condicion) == 3:
        operador, nombre, valor = condicion
        operador = str(operador).lower()
        if operador == "content-length-range":
            return operador, str(nombre), valor
        if operador in {"eq", "starts-with"} and str(nombre).startswith("$"):
            return operador, str(nombre)[1:].lower(), valor
    raise Rechazo("No entendimos el permiso para subir", VOLVER, 400)


def _comprobar(operador: str, nombre: str, esperado: str, recibido: str | None) -> None:
    if nombre == "bucket" and recibido is None:
        return
    calza = recibido is not None and (
        recibido.startswith(esperado) if operador == "starts-with" else recibido == esperado
    )
    if calza:
        return
    if nombre == "content-type":
        raise Rechazo(
            "Ese tipo de archivo no se puede subir aquí",
            f"Sirven archivos PDF, JPG y PNG. {VOLVER}",
        )
    raise Rechazo("El envío no es el que autorizamos", VOLVER)


def _tamano(bytes_: int) -> str:
    megas = bytes_ / (1024 * 1024)
    if megas >= 1:
        return f"{megas:.1f} MB".replace(".0 MB", " MB").replace(".", ",")
    return f"{bytes_ // 1024} kB" if bytes_ >= 1024 else f"{bytes_} bytes"
