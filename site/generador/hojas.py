"""Las hojas del índice: cada raíz con sus formas y en qué documentos está, ordenadas por cómo suenan y repartidas."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from generador.documento import Documento
from generador.raices import VACIAS, llano, palabras, raiz, sonido

# Letras con que se reparte: las palabras que empiezan igual van en la misma hoja, con sus derivadas y sus errores.
LETRAS = 3
# Caracteres de una hoja antes de empezar otra; comprimida queda en unos 2 kB.
LARGO_DE_HOJA = 3_200
CIFRAS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

Entrada = list[str]


class Lugar(IntEnum):
    """Dónde está la palabra, de lo que más pesa a lo que menos."""

    TITULO_ENTERO = 0
    TITULO = 1
    MARCAS = 2
    TEXTO = 3


class Hoja(NamedTuple):
    """Entradas de palabras que suenan desde esas letras hasta las de la hoja que sigue."""

    desde: str
    entradas: list[Entrada]


def hojas(documentos: list[Documento]) -> Iterator[Hoja]:
    """Las hojas en orden. Una entrada es [raíz, formas, y una lista codificada por cada Lugar]."""
    desde, entradas, largo = "", [], 0
    for inicio, grupo in sorted(_por_inicio(documentos).items()):
        suyo = sum(len(parte) for entrada in grupo for parte in entrada)
        if entradas and largo + suyo > LARGO_DE_HOJA:
            yield Hoja(desde, entradas)
            desde, entradas, largo = inicio, [], 0
        entradas.extend(grupo)
        largo += suyo
    yield Hoja(desde, entradas)


def codificar(numeros: Iterable[int]) -> str:
    """Números crecientes, como saltos de a cinco bits por letra; de la 33.ª letra en adelante el salto continúa."""
    letras, anterior = [], -1
    for numero in numeros:
        salto, anterior = numero - anterior - 1, numero
        while salto > 31:
            letras.append(CIFRAS[32 + (salto & 31)])
            salto >>= 5
        letras.append(CIFRAS[salto])
    return "".join(letras)


def _por_inicio(documentos: list[Documento]) -> dict[str, list[Entrada]]:
    """Las entradas por sus primeras letras; la que suena de dos maneras va en las dos partes."""
    formas: dict[str, set[str]] = defaultdict(set)
    lugares: dict[str, tuple[list[int], ...]] = defaultdict(lambda: tuple([] for _ in Lugar))
    for numero, documento in enumerate(documentos):
        for hallada, lugar in _del_documento(documento, formas).items():
            lugares[hallada][lugar].append(numero)
    grupos: dict[str, list[Entrada]] = defaultdict(list)
    for hallada in sorted(lugares):
        entrada = [hallada, _formas(hallada, formas[hallada]), *map(codificar, lugares[hallada])]
        for inicio in sorted({sonido(forma)[:LETRAS] for forma in formas[hallada]}):
            grupos[inicio].append(entrada)
    return grupos


def _del_documento(documento: Documento, formas: dict[str, set[str]]) -> dict[str, Lugar]:
    """Raíz → el mejor lugar donde está en ese documento."""
    vistas: dict[str, Lugar] = {}
    del_titulo = _raices(documento.titulo, formas)
    textos = (
        (Lugar.TITULO_ENTERO if len(del_titulo) == 1 else Lugar.TITULO, del_titulo),
        (Lugar.MARCAS, _raices(" ".join((*documento.marcas, documento.detalle)), formas)),
        (Lugar.TEXTO, _raices(f"{documento.texto} {documento.callado}", formas)),
    )
    for lugar, halladas in textos:
        for hallada in halladas:
            vistas.setdefault(hallada, lugar)
    return vistas


def _raices(texto: str, formas: dict[str, set[str]]) -> set[str]:
    halladas = set()
    for palabra in palabras(texto):
        plana = llano(palabra)
        if plana not in VACIAS:
            suya = raiz(palabra)
            formas[suya].add(plana)
            halladas.add(suya)
    return halladas


def _formas(suya: str, formas: set[str]) -> str:
    """Lo que cada forma agrega a la raíz; la que no empieza por ella va entera, con un igual."""
    colas = (f[len(suya) :] if f.startswith(suya) else f"={f}" for f in formas)
    return "|".join(sorted(colas))
