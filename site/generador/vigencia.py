"""Si el programa sigue vigente o cerró, según el parámetro `programa_estado` que rige ese día."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from generador.fichas import Fichas
from generador.filtros import dia_en_chile

CLAVE = "programa_estado"
CERRADO = "cerrado"


@dataclass(frozen=True)
class Vigencia:
    """El estado del programa, desde cuándo y lo que hay que decir de él."""

    cerrado: bool
    desde: date
    nota: str


def vigencia(fichas: Fichas) -> Vigencia:
    """La del día de la publicación, en Chile; sin la fila, el programa está vigente."""
    hoy = dia_en_chile(fichas.ahora)
    filas = [f for f in fichas.datos["parametros"]["parametros"] if f["clave"] == CLAVE and _rige(f, hoy)]
    if not filas:
        return Vigencia(False, hoy, "")
    fila = max(filas, key=lambda f: f["vigente_desde"])
    return Vigencia(fila["valor"] == CERRADO, fila["vigente_desde"], fila["descripcion"])


def _rige(fila: dict[str, Any], dia: date) -> bool:
    return bool(fila["vigente_desde"] <= dia and (fila["vigente_hasta"] is None or dia <= fila["vigente_hasta"]))
