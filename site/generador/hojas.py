"""Las hojas del índice: cada palabra con su raíz y en qué documentos está, ordenadas por cómo suenan y repartidas."""

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
    CALLADO = 4


class Hoja(NamedTuple):
    """Entradas de palabras que suenan desde esas letras hasta las de la hoja que sigue."""

    desde: str
    entradas: list[Entrada]


def hojas(documentos: list[Documento]) -> Iterator[Hoja]:
    """Las hojas en orden. Una entrada es [raíz, cola, y una lista codificada por cada Lugar]."""
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
    """Una entrada por palabra, agrupadas por sus primeras letras."""
    raices: dict[str, str] = {}
    lugares: dict[str, tuple[list[int], ...]] = defaultdict(lambda: tuple([] for _ in Lugar))
    for numero, documento in enumerate(documentos):
        for plana, lugar in _del_documento(documento, raices).items():
            lugares[plana][lugar].append(numero)
    grupos: dict[str, list[Entrada]] = defaultdict(list)
    for plana in sorted(lugares):
        entrada = [raices[plana], _cola(plana, raices[plana]), *map(codificar, lugares[plana])]
        grupos[sonido(plana)[:LETRAS]].append(entrada)
    return grupos


def _del_documento(documento: Documento, raices: dict[str, str]) -> dict[str, Lugar]:
    """Palabra → el mejor lugar donde está en ese documento."""
    vistas: dict[str, Lugar] = {}
    del_titulo = _planas(documento.titulo, raices)
    textos = (
        (Lugar.TITULO_ENTERO if len(del_titulo) == 1 else Lugar.TITULO, del_titulo),
        (Lugar.MARCAS, _planas(" ".join((*documento.marcas, documento.detalle)), raices)),
        (Lugar.TEXTO, _planas(documento.texto, raices)),
        (Lugar.CALLADO, _planas(documento.callado, raices)),
    )
    for lugar, halladas in textos:
        for plana in halladas:
            vistas.setdefault(plana, lugar)
    return vistas


def _planas(texto: str, raices: dict[str, str]) -> set[str]:
    """Las palabras sin tilde; anota la raíz de cada una. La primera vez que se ve escrita manda."""
    halladas = set()
    for palabra in palabras(texto):
        plana = llano(palabra)
        if plana not in VACIAS:
            raices.setdefault(plana, raiz(palabra))
            halladas.add(plana)
    return halladas


def _cola(plana: str, suya: str) -> str:
    """Lo que la palabra agrega a su raíz; la que no empieza por ella va entera, con un igual."""
    return plana[len(suya) :] if plana.startswith(suya) else f"={plana}"
