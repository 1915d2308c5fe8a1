"""Lo que dice quien postula y lo que dicen de su RUT los registros de Sercotec."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TipoPersona(StrEnum):
    """Quién postula. El emprendedor no ha iniciado actividades en primera categoría."""

    NATURAL = "natural"
    JURIDICA = "juridica"
    COOPERATIVA = "cooperativa"
    EMPRENDEDOR = "emprendedor"


# El componente 1 exige inicio de actividades; solo el 2 admite a quien emprende sin él (formulario, sección 5.2).
ADMITE = {1: (TipoPersona.NATURAL, TipoPersona.JURIDICA, TipoPersona.COOPERATIVA), 2: tuple(TipoPersona)}


@dataclass(frozen=True, slots=True)
class ParticipacionAnterior:
    """Una vez que la Mipe ya participó. `referencia` distingue dos actividades iguales del mismo año.

    En las que anota el portal es su convocatoria; en las cargadas, el nombre corto que traiga el archivo, o vacía.
    """

    componente: int
    tipo_actividad: str
    objetivo: str
    anio: int
    referencia: str = ""


@dataclass(frozen=True, slots=True)
class Constancia:
    """Lo que dicen los registros de Sercotec sobre un RUT; None en el que nadie ha cargado.

    `anotadas`: las participaciones que conoce el portal cuando nadie ha cargado el registro.
    """

    participaciones: tuple[ParticipacionAnterior, ...] | None = None
    rendicion_pendiente: bool | None = None
    anotadas: tuple[ParticipacionAnterior, ...] = ()


@dataclass(frozen=True, slots=True)
class Declaracion:
    """Lo que dice quien postula; None donde no lo ha dicho. Ventas netas del año en pesos enteros.

    `otras_actividades` None: no se le ha preguntado; vacía: no tiene otras. `consta` None: no se miró ningún registro.
    """

    tipo_persona: TipoPersona | None = None
    inicio: str | None = None
    actividad: str | None = None
    ventas_clp: int | None = None
    asociados: int | None = None
    region: str | None = None
    comuna: str | None = None
    otras_actividades: tuple[str, ...] | None = None
    inicio_fecha: date | None = None
    liderada_por_mujeres: bool | None = None
    deudas: bool | None = None
    condena_antisindical: bool | None = None
    rendiciones_pendientes: bool | None = None
    deuda_alimentos: bool | None = None
    consta: Constancia | None = None

    @property
    def emprende_sin_inicio(self) -> bool:
        """Si postula como emprendedor y dice que no ha iniciado actividades en primera categoría."""
        return self.tipo_persona is TipoPersona.EMPRENDEDOR and self.inicio in {"segunda", "no"}
