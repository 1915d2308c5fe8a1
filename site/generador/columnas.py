"""La geometría del resultado de cada año frente a su meta: una columna por año."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Columna:
    """El resultado de un año frente a su meta; sin valor, la columna se dibuja con trama y palabra."""

    anio: int
    centro: float
    x: float
    ancho: float
    valor: Decimal | None
    y: float
    meta: Decimal | None
    y_meta: float
    estado: str


def columnas(mediciones: Sequence[Mapping[str, Any]], metas: Mapping[int, Decimal]) -> list[Columna]:
    """Una columna por año, del más antiguo al más nuevo."""
    paso = 314 / max(len(mediciones), 1)
    ancho = min(80.0, paso * 0.75)
    return [
        Columna(
            anio=m["anio"],
            centro=round(34 + paso * (i + 0.5), 1),
            x=round(34 + paso * (i + 0.5) - ancho / 2, 1),
            ancho=round(ancho, 1),
            valor=m["valor"],
            y=_y(m["valor"]),
            meta=metas.get(m["anio"]),
            y_meta=_y(metas.get(m["anio"])),
            estado=m["estado"],
        )
        for i, m in enumerate(sorted(mediciones, key=lambda m: m["anio"]))
    ]


def _y(valor: Decimal | None) -> float:
    return 30.0 if valor is None else round(230 - 2 * float(valor), 1)
