"""Barras acostadas: una por dato, con su nombre y su número encima, y la meta como una línea que las cruza."""

from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap

from generador.serie import Dato, Serie

ANCHO = 360
MARGEN = 12
LARGO = ANCHO - 2 * MARGEN
ALTO_FILA = 48
ALTO_BARRA = 16
# Un nombre más largo que esto chocaría con su número: sigue abajo.
LETRAS, ALTO_RENGLON = 34, 18


@dataclass(frozen=True)
class Barra:
    """Un dato dibujado; sin valor ocupa todo el largo, con trama."""

    dato: Dato
    y: float
    largo: float
    texto: str
    renglones: tuple[str, ...]
    y_barra: float


@dataclass(frozen=True)
class Barras:
    """El dibujo entero, con la meta si la serie la tiene."""

    serie: Serie
    alto: int
    barras: tuple[Barra, ...]
    x_meta: float | None
    meta: Decimal | None


def barras(serie: Serie, maximo: Decimal | None = None, meta: Decimal | None = None) -> Barras:
    """Largos proporcionales al valor; el mayor, o `maximo`, llega al borde. Nunca bajo un punto: se ve que existe."""
    tope = maximo or max((d.valor for d in serie.datos if d.valor is not None), default=Decimal(1)) or Decimal(1)
    y = 34 if meta is not None else 12
    dibujadas = []
    for dato in serie.datos:
        renglones = tuple(wrap(dato.nombre, LETRAS)) or ("",)
        y_barra = y + 22 + (len(renglones) - 1) * ALTO_RENGLON
        dibujadas.append(Barra(dato, y, _largo(dato.valor, tope), serie.en_corto(dato), renglones, y_barra))
        y = y_barra + ALTO_FILA - 22
    x_meta = None if meta is None else round(MARGEN + _largo(meta, tope), 1)
    return Barras(serie, y, tuple(dibujadas), x_meta, meta)


def _largo(valor: Decimal | None, tope: Decimal) -> float:
    return float(LARGO) if valor is None else max(round(float(valor / tope * LARGO), 1), 1.0)
