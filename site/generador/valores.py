"""Convierte el texto de una celda en el valor que dice su esquema: fecha, hora, número, sí o no, lista."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from generador.esquemas import Campo

CHILE = ZoneInfo("America/Santiago")
ENTERO = re.compile(r"-?(0|[1-9][0-9]*)")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
FECHA = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
HORA = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")


def convertir(texto: str, campo: Campo) -> Any:
    """El valor de la celda; ValueError si no se puede leer. Vacía: None, o lista vacía."""
    if campo.separador:
        return [_elemento(parte.strip(), campo.elementos) for parte in texto.split(campo.separador) if parte.strip()]
    if not texto:
        return None
    match campo.tipo:
        case "integer":
            return int(_calza(ENTERO, texto))
        case "number":
            return Decimal(_calza(DECIMAL, texto))
        case "boolean":
            return {"si": True, "no": False}[texto] if texto in ("si", "no") else _no_se_lee(texto)
        case "date":
            return date.fromisoformat(_calza(FECHA, texto))
        case "datetime":
            return instante(hora_local(texto))
    return texto


def hora_local(texto: str) -> datetime:
    """La hora de reloj de pared que escribió quien edita, sin zona."""
    return datetime.fromisoformat(_calza(HORA, texto))


def instante(local: datetime) -> datetime:
    """El momento, en UTC, de esa hora de Chile continental."""
    return local.replace(tzinfo=CHILE).astimezone(UTC)


def rareza_horaria(local: datetime) -> str | None:
    """«no existe» o «ocurre dos veces» cuando esa hora cae en un cambio de hora."""
    antes, despues = (local.replace(tzinfo=CHILE, fold=pliegue) for pliegue in (0, 1))
    if antes.utcoffset() == despues.utcoffset():
        return None
    de_vuelta = antes.astimezone(UTC).astimezone(CHILE).replace(tzinfo=None)
    return "ocurre dos veces" if de_vuelta == local else "no existe"


def _elemento(texto: str, elementos: str) -> Any:
    if elementos == "integer":
        return int(_calza(ENTERO, texto))
    if elementos == "par":
        valor, _, etiqueta = texto.partition("=")
        return {"valor": valor, "texto": etiqueta}
    return texto


def _calza(patron: re.Pattern[str], texto: str) -> str:
    return texto if patron.fullmatch(texto) else _no_se_lee(texto)


def _no_se_lee(texto: str) -> Any:
    raise ValueError(texto)
