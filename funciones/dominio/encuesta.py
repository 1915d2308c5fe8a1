"""La encuesta de cierre: una respuesta por participación, guardada aparte de quién usó qué enlace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Vinculacion(StrEnum):
    """«¿Mejoró tu capacidad de vinculación comercial?» Solo «sí» suma al numerador."""

    SI = "si"
    NO = "no"
    AUN_NO_SE = "aun_no_se"


@dataclass(frozen=True, slots=True)
class Respuesta:
    """Una respuesta. `id` es una huella con clave de la participación bajo otro dominio: no lleva al folio.

    `firma` es el seudónimo anual de la Mipe, para contarla una sola vez; `dia` es solo la fecha, sin hora.
    """

    id: str
    convocatoria: str
    anio: int
    componente: int
    region: str
    firma: str
    emprendedor: bool
    version_formulario: int
    dia: date
    respuestas: Mapping[str, str]

    @property
    def vinculacion(self) -> Vinculacion | None:
        """Lo declarado sobre la vinculación; None si no lo respondió."""
        valor = self.respuestas.get("vinculacion")
        return Vinculacion(valor) if valor else None
