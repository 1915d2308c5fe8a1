"""Una página que sale de los datos: su dirección, su plantilla, su sección y lo que la plantilla necesita."""

from dataclasses import dataclass, field
from typing import Any

SECCION = {1: ("s-ferias", "ferias"), 2: ("s-encuentros", "encuentros")}


@dataclass(frozen=True)
class Pagina:
    """Una página que sale de los datos. `ruta` empieza y termina en barra."""

    ruta: str
    plantilla: str
    seccion: str
    nav: str = ""
    exacta: bool = False
    region_orden: int | None = None
    contexto: dict[str, Any] = field(default_factory=dict)
    guiones: tuple[str, ...] = ()
