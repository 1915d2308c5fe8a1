"""Mil puestos dibujados, y llenos los que corresponden al porcentaje: para ver una parte muy chica de un todo."""

from dataclasses import dataclass
from decimal import Decimal

from generador.serie import Dato, Serie

FILAS, POR_FILA = 20, 50
ANCHO_PUESTO, ALTO_PUESTO = 6.72, 5.0
MARGEN = 12
ARRIBA = 26
ALTO = int(ARRIBA + FILAS * ALTO_PUESTO + 26)


@dataclass(frozen=True)
class Lleno:
    """Un trozo de fila lleno."""

    x: float
    y: float
    ancho: float


@dataclass(frozen=True)
class Recinto:
    """Mil puestos y los llenos; `y` es donde empieza su rótulo."""

    dato: Dato
    y: int
    llenos: tuple[Lleno, ...]
    texto: str
    por_mil: Decimal | None


@dataclass(frozen=True)
class Puestos:
    """El dibujo entero: un recinto por dato."""

    serie: Serie
    alto: int
    recintos: tuple[Recinto, ...]


def puestos(serie: Serie) -> Puestos:
    """Un recinto por dato, uno bajo el otro. Los valores son porcentajes de 0 a 100."""
    recintos = tuple(
        Recinto(d, i * ALTO, _llenos(d.valor, i * ALTO + ARRIBA), serie.escrito(d), d.valor and d.valor * 10)
        for i, d in enumerate(serie.datos)
    )
    return Puestos(serie, len(recintos) * ALTO, recintos)


def _llenos(valor: Decimal | None, y: int) -> tuple[Lleno, ...]:
    quedan, llenos = (valor or Decimal(0)) * FILAS * POR_FILA / 100, []
    for fila in range(FILAS):
        aqui = min(quedan, Decimal(POR_FILA))
        if aqui <= 0:
            break
        llenos.append(Lleno(MARGEN, y + fila * ALTO_PUESTO, round(float(aqui) * ANCHO_PUESTO, 2)))
        quedan -= aqui
    return tuple(llenos)
