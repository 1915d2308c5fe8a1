"""Pone en una tabla chica una función de pocas respuestas: sin ejes que no cambian nada ni respuestas que dan igual."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

Respuestas = Mapping[str, str]


@dataclass(frozen=True)
class Eje:
    """Algo que se mira. `lee` dice al guion cómo leerlo; `muestras` trae una respuesta de ejemplo por cada índice."""

    lee: str
    muestras: Sequence[Respuestas]


def tabular(ejes: Sequence[Eje], mirar: Callable[[Respuestas], Hashable]) -> dict[str, Any]:
    """`{"ejes": [[lee, clase de cada índice]], "casos": [salida de cada combinación], "salidas": [...]}`.

    Dos índices de un eje que nunca cambian la salida caen en la misma clase; un eje de una sola clase desaparece.
    """
    vistas: dict[Hashable, int] = {}
    celdas = {
        indices: vistas.setdefault(mirar(_juntas(ejes, indices)), len(vistas))
        for indices in product(*(range(len(eje.muestras)) for eje in ejes))
    }
    clases = [_clases(celdas, posicion, len(eje.muestras)) for posicion, eje in enumerate(ejes)]
    primeros = [[propias.index(clase) for clase in range(max(propias) + 1)] for propias in clases]
    return {
        "ejes": [[eje.lee, propias] for eje, propias in zip(ejes, clases, strict=True) if max(propias)],
        "casos": [celdas[indices] for indices in product(*primeros)],
        "salidas": list(vistas),
    }


def _juntas(ejes: Sequence[Eje], indices: tuple[int, ...]) -> Respuestas:
    juntas: dict[str, str] = {}
    for eje, indice in zip(ejes, indices, strict=True):
        juntas |= eje.muestras[indice]
    return juntas


def _clases(celdas: Mapping[tuple[int, ...], int], posicion: int, largo: int) -> list[int]:
    """La clase de cada índice del eje: la misma si todo lo demás da siempre lo mismo."""
    columnas: list[list[int]] = [[] for _ in range(largo)]
    for indices, salida in celdas.items():
        columnas[indices[posicion]].append(salida)
    vistas: dict[tuple[int, ...], int] = {}
    return [vistas.setdefault(tuple(columna), len(vistas)) for columna in columnas]


def cortes(mirar: Callable[[int], Hashable], puntos: Sequence[int]) -> list[int]:
    """El primer entero de cada tramo nuevo, hallado por bisección entre puntos vecinos que no dan lo mismo."""
    return [corte for desde, hasta in pairwise(puntos) for corte in _entre(mirar, desde, hasta)]


def _entre(mirar: Callable[[int], Hashable], desde: int, hasta: int) -> list[int]:
    if mirar(desde) == mirar(hasta):
        return []
    if hasta - desde == 1:
        return [hasta]
    medio = (desde + hasta) // 2
    return _entre(mirar, desde, medio) + _entre(mirar, medio, hasta)


def crecientes(tope: int) -> list[int]:
    """De 0 a `tope`, cada punto un 5 % mayor que el anterior: dos cortes más juntos que eso no se distinguirían."""
    puntos = list(range(20))
    while puntos[-1] < tope:
        puntos.append(min(puntos[-1] * 21 // 20 + 1, tope))
    return puntos


def saltos(codigos: Sequence[str]) -> list[int]:
    """`011101 011102 011105` → `[11101, 1, 3]`: los códigos en orden ocupan la cuarta parte."""
    numeros = [0, *(int(codigo) for codigo in codigos)]
    return [despues - antes for antes, despues in pairwise(numeros)]


def por_prefijo(grupos: Mapping[str, int]) -> dict[str, int]:
    """Comuna → grupo, en corto: una entrada por comuna, por región entera, o «» para todas las que no se nombran."""
    comun = _mas_frecuente(grupos.values())
    regiones: dict[str, set[int]] = {}
    for comuna, grupo in grupos.items():
        regiones.setdefault(comuna[:2], set()).add(grupo)
    enteras = {region: min(vistos) for region, vistos in regiones.items() if len(vistos) == 1}
    sueltas = {comuna: grupo for comuna, grupo in grupos.items() if comuna[:2] not in enteras}
    return {"": comun} | {lugar: grupo for lugar, grupo in (enteras | sueltas).items() if grupo != comun}


def _mas_frecuente(valores: Iterable[int]) -> int:
    return Counter(valores).most_common(1)[0][0]
