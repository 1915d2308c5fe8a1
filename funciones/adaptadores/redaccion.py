"""Llena los textos con huecos de `plantillas/`: los correos, uno por estado, y las páginas de las funciones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from funciones.dominio import folio, rut
from funciones.dominio.fechas import fecha_hora_larga, fecha_larga
from funciones.dominio.postulacion import Estado

LARGO_ASUNTO = 78
LARGO_NOMBRE = 80
_PREFIJO = "Asunto: "
# Lo escribe quien postula, quizá con la dirección de otra persona: no puede traer un enlace a su correo.
_DE_QUIEN_POSTULA = frozenset({"nombre", "representante"})
# Sin «http» también es un enlace: los correos vuelven tocable todo «palabra.cl/algo» y toda dirección numérica.
_ENLACE = re.compile(
    r"(?:\w+:/|www\.)\S*|\S+[.\u3002\uff0e\uff61][^\W\d_]{2,}\S*|\S*\d\.\d+\.\d+\.\d\S*", re.IGNORECASE
)
# «Cía.Ltda.» escrito junto no es un enlace: se separa y queda.
_FORMA_PEGADA = re.compile(r"(?<=\w\.)(?=(?:ltda|c[ií]a|spa|eirl)\.?(?:\s|$))", re.IGNORECASE)
# Lo escribe quien decide, y puede tener varios párrafos.
_CON_PARRAFOS = frozenset({"motivo"})
# Un control separa palabras; un formato (ancho cero, sentido de lectura) o medio carácter, no.
_INVISIBLES = {"Cc": " ", "Cf": "", "Cs": ""}
_KILO = 1024


def redactar(estado: Estado, contexto: Mapping[str, object], plantillas: Path) -> tuple[str, str, str]:
    """El asunto, el texto y el HTML del aviso de ese estado."""
    return carta(f"correo/{estado}", contexto, plantillas)


def carta(nombre: str, contexto: Mapping[str, object], plantillas: Path) -> tuple[str, str, str]:
    """El asunto, el texto y el HTML de `plantillas/<nombre>`. Un hueco sin dato es un error, no un silencio."""
    entorno = _entorno(plantillas)
    limpio = {clave: _limpiar(valor, clave) for clave, valor in contexto.items()}
    primera, _, resto = entorno.get_template(f"{nombre}.txt.j2").render(limpio).partition("\n")
    asunto = recortar(en_una_linea(primera.removeprefix(_PREFIJO)), LARGO_ASUNTO)
    html = entorno.get_template(f"{nombre}.html.j2").render(limpio, asunto=asunto)
    return asunto, _sin_huecos_verticales(resto), html


def llano(nombre: str, contexto: Mapping[str, object], plantillas: Path) -> str:
    """El texto de `plantillas/<nombre>.txt.j2`, que no es un correo: sin asunto ni HTML."""
    limpio = {clave: _limpiar(valor, clave) for clave, valor in contexto.items()}
    return _sin_huecos_verticales(_entorno(plantillas).get_template(f"{nombre}.txt.j2").render(limpio))


def pagina(nombre: str, contexto: Mapping[str, object], plantillas: Path) -> str:
    """La página `plantillas/<nombre>.html.j2`; un nombre sin carpeta es de `formulario/`."""
    ruta = nombre if "/" in nombre else f"formulario/{nombre}"
    return _entorno(plantillas).get_template(f"{ruta}.html.j2").render(contexto)


def en_una_linea(texto: str) -> str:
    """Sin saltos, sin caracteres de control y sin los que cambian el sentido de lectura."""
    return " ".join("".join(_INVISIBLES.get(unicodedata.category(letra), letra) for letra in texto).split())


def recortar(texto: str, largo: int) -> str:
    """El texto en a lo más `largo` caracteres, cortado entre palabras y con «…»."""
    if len(texto) <= largo:
        return texto
    cabe = texto[: largo - 1]
    entero = cabe.rpartition(" ")[0] if texto[largo - 1] != " " else cabe
    return (entero or cabe).rstrip(" ,.:;") + "…"


# Filtros


def tamano(octetos: int) -> str:
    """`1258291` → `1,2 MB`."""
    if octetos < _KILO:
        return f"{octetos} bytes"
    unidad, divisor = ("MB", _KILO * _KILO) if octetos >= _KILO * _KILO else ("kB", _KILO)
    medida = (Decimal(octetos) / divisor).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{medida.normalize():f}".replace(".", ",") + f" {unidad}"


def fecha(dia: date) -> str:
    """`lunes 7 de diciembre de 2026`."""
    return fecha_larga(dia)


def fecha_hora(instante: datetime) -> str:
    """`lunes 7 de diciembre de 2026 a las 15:00`."""
    return fecha_hora_larga(instante)


FILTROS: Mapping[str, Callable[..., str]] = {
    "fecha": fecha,
    "fecha_hora": fecha_hora,
    "tamano": tamano,
    "rut": rut.mostrar,
    "folio": folio.mostrar,
}


@lru_cache(maxsize=4)
def _entorno(plantillas: Path) -> Environment:
    entorno = Environment(
        loader=FileSystemLoader(plantillas),
        undefined=StrictUndefined,
        # Se escapa todo lo que no sea, a propósito, texto llano.
        autoescape=lambda nombre: nombre is None or not nombre.endswith(".txt.j2"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    entorno.filters.update(FILTROS)
    return entorno


def _limpiar(valor: object, clave: str) -> object:
    if isinstance(valor, Mapping):
        return {k: _limpiar(v, str(k)) for k, v in valor.items()}
    if isinstance(valor, list | tuple):
        return [_limpiar(v, clave) for v in valor]
    if not isinstance(valor, str):
        return valor
    if clave in _CON_PARRAFOS:
        return "\n".join(filter(None, map(en_una_linea, valor.splitlines())))
    linea = en_una_linea(valor)
    if clave in _DE_QUIEN_POSTULA:
        return recortar(en_una_linea(_ENLACE.sub(" ", _FORMA_PEGADA.sub(" ", linea))), LARGO_NOMBRE) or "quien postula"
    return linea


def _sin_huecos_verticales(texto: str) -> str:
    lineas = "\n".join(linea.rstrip() for linea in texto.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lineas).strip() + "\n"
