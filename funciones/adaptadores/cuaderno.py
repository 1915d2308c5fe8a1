"""El cuaderno: la parte del almacén que guarda hojas sueltas y selladas, una clase por cada cosa que se anota."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from funciones.adaptadores import registro
from funciones.adaptadores.llavero import Llavero


@dataclass(frozen=True, slots=True)
class Hoja:
    """Una anotación. `clase`, `grupo` y `llave` van a la vista: nunca llevan un dato personal; `cuerpo`, sellado.

    `cuerpo` es JSON llano. `version` empieza en 1 y sube de a una. Después de `expira` se borra sola; mientras no se
    borra todavía se lee, y quien la usa compara la hora.
    """

    clase: str
    grupo: str
    llave: str
    cuerpo: Mapping[str, Any] = field(default_factory=dict)
    version: int = 1
    expira: datetime | None = None


class Cuaderno(Protocol):
    """Toda operación puede levantar AlmacenNoResponde."""

    def hoja(self, clase: str, grupo: str, llave: str) -> Hoja | None:
        """La hoja, o None."""

    def hojas(self, clase: str, grupo: str) -> tuple[Hoja, ...]:
        """Las de esa clase y ese grupo, por llave."""

    def guardar_hoja(self, hoja: Hoja) -> None:
        """La guarda si nadie la cambió desde la versión anterior; guardar otra vez lo mismo no hace nada.

        Error: Conflicto, o si la versión es 1, que ya exista otra.
        """

    def borrar_hoja(self, clase: str, grupo: str, llave: str) -> None:
        """La borra; no pasa nada si no estaba."""


def sellar(hoja: Hoja, llavero: Llavero) -> str:
    """El cuerpo cifrado y atado a su lugar: copiado a otra hoja, no abre."""
    return registro.sellar({"cuerpo": json.dumps(hoja.cuerpo, ensure_ascii=False)}, _atado(hoja), llavero)


def abrir(
    clase: str, grupo: str, llave: str, version: int, expira: datetime | None, sellado: str, llavero: Llavero
) -> Hoja:
    """Lo contrario de `sellar`."""
    cerrada = Hoja(clase, grupo, llave, {}, version, expira)
    cuerpo = json.loads(registro.abrir(sellado, _atado(cerrada), llavero)["cuerpo"])
    return Hoja(clase, grupo, llave, cuerpo, version, expira)


def _atado(hoja: Hoja) -> str:
    return f"hoja#{hoja.clase}#{hoja.grupo}#{hoja.llave}"
