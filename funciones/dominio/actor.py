"""Quién hace cada cosa, y lo que hace falta para decir que no: una persona que responda y un recurso abierto."""

from __future__ import annotations

from dataclasses import dataclass

from funciones.dominio.estado import Papel


class DenegacionSinPersona(Exception):
    """A nadie se le dice que no sin una persona que responda y un recurso abierto (Ley 19.628, art. 8 bis)."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Quién hace algo. `id` nunca es un RUT ni un correo: el folio, el código del funcionario o el proceso."""

    papel: Papel
    id: str
    oficina: str = ""
    rol: str = ""


@dataclass(frozen=True, slots=True)
class Persona:
    """Quien puede decir que no: su código, su rol y su oficina. Error: DenegacionSinPersona si falta alguno."""

    id: str
    rol: str
    oficina: str

    def __post_init__(self) -> None:
        if not all(dato.strip() for dato in (self.id, self.rol, self.oficina)):
            raise DenegacionSinPersona

    @property
    def actor(self) -> Actor:
        """Cómo queda escrita en el registro."""
        return Actor(Papel.PERSONAL, self.id, self.oficina, self.rol)


@dataclass(frozen=True, slots=True)
class Recurso:
    """Cómo y en cuántos días hábiles se puede pedir que otra persona revise. Error: ValueError si falta algo."""

    canal: str
    dias_habiles: int

    def __post_init__(self) -> None:
        if not self.canal.strip() or self.dias_habiles < 1:
            raise ValueError("un recurso tiene canal y al menos un día hábil")
