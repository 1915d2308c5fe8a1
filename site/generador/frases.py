"""Qué frases se quitaron y se agregaron de un texto en Markdown, para decir qué cambió sin mostrarlo entero."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

# Un título, un punto de lista o una celda se leen aparte aunque no terminen en punto.
COMIENZA = re.compile(r"\s*(?:#{1,6}\s|[-*+]\s|\d+[.)]\s|>|\|)")
ADORNO = re.compile(r"^\s*(?:#{1,6}\s+|[-*+]\s+|\d+[.)]\s+|>\s*)+")
RAYA_DE_TABLA = re.compile(r"[\s|:-]+")
ENLACE = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
ENFASIS = re.compile(r"(\*\*|__|\*|`)")
# Corta donde se lee un punto, no en «Art. 3» ni en «1.200 UF».
CORTE = re.compile(r"(?<=[.?!:])\s+(?=[«¿¡(\"]?[A-ZÁÉÍÓÚÑ])")


def frases_de(texto: str) -> list[str]:
    """Las frases del texto como se leen, sin las marcas del Markdown."""
    return [frase for parrafo in _parrafos(texto) for frase in CORTE.split(parrafo)]


def comparar(antes: str, despues: str) -> tuple[list[str], list[str]]:
    """Las frases que se quitaron y las que se agregaron, en su orden. La que solo cambió de lugar no se nombra."""
    viejas, nuevas = frases_de(antes), frases_de(despues)
    quitadas: list[str] = []
    agregadas: list[str] = []
    for _, a1, a2, b1, b2 in SequenceMatcher(a=viejas, b=nuevas, autojunk=False).get_opcodes():
        if viejas[a1:a2] != nuevas[b1:b2]:
            quitadas += viejas[a1:a2]
            agregadas += nuevas[b1:b2]
    return sin(quitadas, agregadas), sin(agregadas, quitadas)


def sin(frases: Iterable[str], otras: Iterable[str]) -> list[str]:
    """Las frases que no están entre las otras; si una está dos veces en un lado y una en el otro, queda una."""
    sobran = Counter(otras)
    quedan = []
    for frase in frases:
        if sobran[frase]:
            sobran[frase] -= 1
        else:
            quedan.append(frase)
    return quedan


def _parrafos(texto: str) -> Iterator[str]:
    junto: list[str] = []
    for linea in [*texto.splitlines(), ""]:
        if junto and (not linea.strip() or COMIENZA.match(linea)):
            yield " ".join(" ".join(junto).split())
            junto = []
        leida = _leida(linea)
        if leida:
            junto.append(leida)


def _leida(linea: str) -> str:
    if linea.lstrip().startswith("|"):
        celdas = [] if RAYA_DE_TABLA.fullmatch(linea) else [c.strip() for c in linea.strip().strip("|").split("|")]
        linea = " · ".join(celdas)
    return ENFASIS.sub("", ENLACE.sub(r"\1", ADORNO.sub("", linea))).strip()
