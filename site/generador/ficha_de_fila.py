"""Lo común de las fichas que salen de una fila con región: sus columnas se leen como atributos."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generador.paquetes import Fila

if TYPE_CHECKING:
    from generador.fichas import Fichas


# Dos fichas son la misma solo si son el mismo objeto: compararlas por valor recorrería todos los datos.
@dataclass(frozen=True, eq=False)
class FichaDeFila:
    """Una fila y el conjunto de fichas donde busca lo que la rodea."""

    fila: Fila
    fichas: Fichas

    def __getattr__(self, nombre: str) -> Any:
        try:
            return self.fila[nombre]
        except KeyError:
            raise AttributeError(nombre) from None

    @property
    def lugar(self) -> str:
        """La comuna y la región, o «Por internet»."""
        return self.fichas.lugar(self.fila)

    @property
    def region_orden(self) -> int:
        """De norte a sur, 1 a 16: la franja del toldo."""
        return int(self.fichas.region[self.fila["region"]]["orden"])
