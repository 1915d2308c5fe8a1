"""La pauta: notas por criterio, dentro de su escala, y el puntaje ponderado que sale de ellas."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from funciones.dominio.convocatoria import Criterio

CENTESIMA = Decimal("0.01")


class NotaFueraDeEscala(Exception):
    """Falta la nota de un criterio, sobra una, o se sale de la escala que declara la convocatoria."""

    def __init__(self, criterio: str) -> None:
        super().__init__(criterio)
        self.criterio = criterio


def puntaje(criterios: tuple[Criterio, ...], notas: Mapping[str, Decimal]) -> Decimal:
    """Suma de nota × ponderación ÷ 100, a dos decimales (mitad hacia arriba).

    Errores: NotaFueraDeEscala con el criterio que falta, sobra o se sale de su escala.
    """
    sobran = set(notas) - {criterio.criterio for criterio in criterios}
    if sobran:
        raise NotaFueraDeEscala(min(sobran))
    total = sum((_nota(criterio, notas) * criterio.ponderacion for criterio in criterios), Decimal(0))
    return (total / 100).quantize(CENTESIMA, rounding=ROUND_HALF_UP)


def _nota(criterio: Criterio, notas: Mapping[str, Decimal]) -> Decimal:
    nota = notas.get(criterio.criterio)
    if nota is None or not criterio.escala_minima <= nota <= criterio.escala_maxima:
        raise NotaFueraDeEscala(criterio.criterio)
    return nota
