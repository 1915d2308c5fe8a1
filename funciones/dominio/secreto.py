"""El secreto estadístico: qué celdas se publican para que nadie quede señalado, ni a la vista ni restando.

Criterio: el SII no publica celdas de diez informantes o menos. Aquí tampoco sale una cifra de la que se deduzca, por
sumas y restas de lo publicado, una celda oculta o un grupo tan chico como las que se ocultan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

# El nombre de una celda, como `("1", "08")`.
Llave = tuple[str, ...]
# Cuántas empresas o personas hay detrás de una celda, en cada cuenta que se publica de ella.
Cuentas = tuple[int, ...]
_CERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Suma:
    """Un total y las partes que lo suman: las regiones de un componente, los sexos de un total."""

    total: Llave
    partes: tuple[Llave, ...]


@dataclass(frozen=True, slots=True)
class _Deduccion:
    """Una cifra que se calcula con lo publicado: cuánto pesa en ella cada celda oculta, y de qué sumas salió."""

    pesos: Mapping[Llave, Fraction]
    sumas: frozenset[int]

    def mas(self, otra: _Deduccion, veces: Fraction | int) -> _Deduccion:
        """Esta más `veces` la otra, sin las celdas que se anulan."""
        juntas = {
            llave: self.pesos.get(llave, _CERO) + veces * otra.pesos.get(llave, _CERO)
            for llave in {**self.pesos, **otra.pesos}
        }
        return _Deduccion({llave: peso for llave, peso in juntas.items() if peso}, self.sumas | otra.sumas)

    def senala(self, celdas: Mapping[Llave, Cuentas], minimo: int) -> bool:
        """Si da una sola celda, o un grupo que no llega al mínimo. Con signos mezclados no acota a ninguna."""
        if len({peso > 0 for peso in self.pesos.values()}) != 1:
            return False
        if len(self.pesos) == 1:
            return True
        cuentas = zip(*(celdas[llave] for llave in self.pesos), strict=True)
        return any(0 < sum(cuenta) < minimo for cuenta in cuentas)


def publicables(celdas: Mapping[Llave, Cuentas], sumas: Sequence[Suma], minimo: int) -> frozenset[Llave]:
    """Las celdas que salen. Una cuenta se muestra si es cero o llega al mínimo; una celda, si todas las suyas.

    Después se ocultan otras, la más chica primero, hasta que de lo publicado no se deduzca ninguna. `celdas` trae
    también los totales; una celda sin nadie no va, ni entre las celdas ni entre las partes.
    """
    visibles = {llave for llave, cuentas in celdas.items() if not any(0 < c < minimo for c in cuentas)}
    while (delatora := _la_que_delata(celdas, sumas, visibles, minimo)) is not None:
        visibles.discard(_la_que_lo_impide(celdas, [sumas[numero] for numero in delatora.sumas], visibles))
    return frozenset(visibles)


def _la_que_delata(
    celdas: Mapping[Llave, Cuentas], sumas: Sequence[Suma], visibles: set[Llave], minimo: int
) -> _Deduccion | None:
    deducciones = _deducciones(_de_las_sumas(sumas, visibles))
    return next((deduccion for deduccion in deducciones if deduccion.senala(celdas, minimo)), None)


def _la_que_lo_impide(celdas: Mapping[Llave, Cuentas], sumas: Sequence[Suma], visibles: set[Llave]) -> Llave:
    """La visible más chica de esas sumas; antes una parte que un total."""
    partes = {parte for suma in sumas for parte in suma.partes} & visibles
    totales = {suma.total for suma in sumas} & visibles
    return min(partes or totales, key=lambda llave: (celdas[llave], llave))


def _de_las_sumas(sumas: Sequence[Suma], visibles: set[Llave]) -> list[_Deduccion]:
    """Lo que dice cada suma de sus celdas ocultas: el total pesa uno y cada parte, menos uno."""
    deducciones = []
    for numero, suma in enumerate(sumas):
        pesos = {suma.total: Fraction(1)} | dict.fromkeys(suma.partes, Fraction(-1))
        ocultas = {llave: peso for llave, peso in pesos.items() if llave not in visibles}
        if ocultas:
            deducciones.append(_Deduccion(ocultas, frozenset({numero})))
    return deducciones


def _deducciones(sumas: list[_Deduccion]) -> Iterator[_Deduccion]:
    """Las sumas, lo que queda al despejar unas con otras, y cada par de ellas sumado y restado."""
    yield from sumas
    despejadas = _despejar(sumas)
    yield from despejadas
    for una, otra in combinations([*sumas, *despejadas], 2):
        if una.pesos.keys() & otra.pesos.keys():
            yield from (una.mas(otra, signo) for signo in (1, -1))


def _despejar(sumas: list[_Deduccion]) -> list[_Deduccion]:
    """Eliminación exacta de Gauss y Jordan: en cada una queda despejada una celda distinta."""
    pendientes, despejadas = list(sumas), list[_Deduccion]()
    while pendientes:
        una = pendientes.pop()
        if not una.pesos:
            continue
        pivote = min(una.pesos)
        divisor = una.pesos[pivote]
        una = _Deduccion({llave: peso / divisor for llave, peso in una.pesos.items()}, una.sumas)
        pendientes = [_sin(pivote, otra, una) for otra in pendientes]
        despejadas = [*(_sin(pivote, otra, una) for otra in despejadas), una]
    return despejadas


def _sin(pivote: Llave, otra: _Deduccion, una: _Deduccion) -> _Deduccion:
    """La otra sin esa celda, que `una` tiene despejada con peso uno."""
    return otra.mas(una, -otra.pesos[pivote]) if pivote in otra.pesos else otra
