"""El mapa de teselas: dieciséis regiones de norte a sur, cada una con su color según la meta."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

# Dónde va cada región en el mapa de teselas, de norte a sur.
LUGARES = {
    "15": (86, 8),
    "01": (86, 45),
    "02": (86, 82),
    "03": (86, 119),
    "04": (86, 156),
    "05": (8, 193),
    "13": (86, 193),
    "06": (86, 230),
    "07": (47, 267),
    "16": (86, 304),
    "08": (8, 304),
    "09": (47, 341),
    "14": (47, 378),
    "10": (47, 415),
    "11": (86, 452),
    "12": (86, 489),
}


@dataclass(frozen=True)
class Tesela:
    """Una región del mapa: su lugar, su valor si se publica, y la clase de color."""

    region: str
    abreviatura: str
    nombre: str
    x: int
    y: int
    valor: Decimal | None
    estado: str
    clase: str
    texto: str

    @property
    def entero(self) -> int | None:
        """El valor sin decimales, truncado: redondear 69,6 diría 70 en el color de quien no llega."""
        return None if self.valor is None else int(self.valor)


def teselas(
    regiones: Sequence[Mapping[str, Any]], mediciones: Mapping[str, Mapping[str, Any]], meta: Decimal | None
) -> list[Tesela]:
    """Las dieciséis regiones, con lo medido o con lo que falta."""
    return [_tesela(r, mediciones.get(r["region"]), meta) for r in sorted(regiones, key=lambda r: r["orden"])]


def _tesela(region: Mapping[str, Any], medicion: Mapping[str, Any] | None, meta: Decimal | None) -> Tesela:
    valor = medicion["valor"] if medicion else None
    estado = medicion["estado"] if medicion else "no_medido"
    clase, texto = _color(valor, meta) if valor is not None else ("q0" if estado == "no_se_publica" else "qn", "")
    x, y = LUGARES[region["region"]]
    return Tesela(region["region"], region["abreviatura"], region["nombre"], x, y, valor, estado, clase, texto)


def _color(valor: Decimal, meta: Decimal | None) -> tuple[str, str]:
    """La clase de la tesela y la de su texto; sin meta, todas del mismo color."""
    if meta is None:
        return "q2", "tq"
    if valor >= meta + 5:
        return "q4", "tb"
    if valor >= meta:
        return "q3", "tb"
    return ("q2", "tq") if valor >= meta - 10 else ("q1", "tq")
