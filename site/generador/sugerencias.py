"""Propone cómo escribir lo que vino mal: la fecha al derecho, el decimal con punto, la palabra más parecida."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, time
from difflib import get_close_matches

INICIALES_DE_MES = "ene feb mar abr may jun jul ago sep oct nov dic"
MESES = {nombre: numero for numero, nombre in enumerate(INICIALES_DE_MES.split(), 1)}
FECHA_CHILENA = re.compile(r"(\d{1,2})[-/. ](\d{1,2}|[a-záéíóú]{3,10})[-/. ](\d{4}|\d{2})(?!\d)", re.IGNORECASE)
FECHA_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
HORA_DE_EJEMPLO = "15:00"
RELOJ = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?")


def fecha(texto: str) -> str | None:
    """La fecha en la forma 2026-03-01, si se entiende cuál es."""
    if calce := FECHA_ISO.match(texto):
        return _fecha(*calce.groups())
    if calce := FECHA_CHILENA.match(texto):
        dia, mes, anio = calce.groups()
        return _fecha(anio if len(anio) == 4 else f"20{anio}", str(MESES.get(mes[:3].lower(), mes)), dia)
    return None


def fecha_y_hora(texto: str) -> str | None:
    """El día y la hora en la forma 2026-12-07T15:00, si se entiende cuáles son."""
    dia = fecha(texto)
    if not dia:
        return None
    reloj = RELOJ.search(texto, _fin_de_fecha(texto))
    if not reloj:
        return f"{dia}T{HORA_DE_EJEMPLO}"
    try:
        return f"{dia}T{time(int(reloj[1]), int(reloj[2])):%H:%M}"
    except ValueError:
        return None


def decimal(texto: str) -> str | None:
    """El número con punto para los decimales y sin puntos de miles."""
    limpio = re.sub(r"[\s$%]|UF", "", texto)
    if "," in limpio:
        limpio = limpio.replace(".", "").replace(",", ".")
    return limpio if re.fullmatch(r"-?\d+(\.\d+)?", limpio) else None


def entero(texto: str) -> str | None:
    """El número sin puntos de miles ni decimales en cero."""
    limpio = re.sub(r"[\s$]|(?<=\d)[.,_](?=\d{3})|[.,]0{1,2}$", "", texto)
    return str(int(limpio)) if re.fullmatch(r"-?[0-9]+", limpio) else None


def si_o_no(texto: str) -> str | None:
    """«si» o «no» para lo que suelen escribir las planillas."""
    llano = sin_tildes(texto).lower()
    if llano in {"si", "s", "x", "1", "true", "verdadero", "yes"}:
        return "si"
    return "no" if llano in {"no", "n", "0", "false", "falso"} else None


def identificador(texto: str) -> str | None:
    """El texto en minúsculas, sin tildes y con guiones."""
    return re.sub(r"[^a-z0-9]+", "-", sin_tildes(texto).lower()).strip("-") or None


def direccion(texto: str) -> str | None:
    """La dirección web con https, si parece una."""
    if texto.startswith("http://"):
        return texto.replace("http://", "https://", 1)
    return f"https://{texto}" if "." in texto and not re.search(r"[:@\s]", texto) else None


def con_ceros(texto: str, largo: int) -> str | None:
    """El código con los ceros iniciales que se comen las planillas."""
    return texto.zfill(largo) if re.fullmatch(r"[0-9]+", texto) and len(texto) < largo else None


def parecido(texto: str, posibles: Iterable[str]) -> str | None:
    """La palabra permitida más parecida, sin mirar tildes ni mayúsculas."""
    llanos = {sin_tildes(p).lower(): p for p in posibles}
    cerca = get_close_matches(sin_tildes(texto).lower(), llanos, 1, 0.6)
    return llanos[cerca[0]] if cerca else None


def contenido(texto: str, posibles: Iterable[str]) -> str | None:
    """La única palabra permitida que trae entera la que se escribió: «mujeres», «liderada_por_mujeres»."""
    llano = sin_tildes(texto).lower().strip()
    traen = [posible for posible in posibles if llano in sin_tildes(posible).lower().split("_")]
    return traen[0] if len(traen) == 1 else None


def sin_tildes(texto: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", texto) if not unicodedata.combining(c))


def _fecha(anio: str, mes: str, dia: str) -> str | None:
    try:
        return date(int(anio), int(mes), int(dia)).isoformat()
    except ValueError:
        return None


def _fin_de_fecha(texto: str) -> int:
    calce = FECHA_ISO.match(texto) or FECHA_CHILENA.match(texto)
    return calce.end() if calce else 0
