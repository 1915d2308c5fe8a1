"""Quién hace cada cosa, y lo que hace falta para decir que no: una persona que responda y un recurso abierto."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import category

from funciones.dominio.estado import Papel

# Espacios, controles, formato y tildes sueltas: por sí solos no dejan nada a la vista.
_SIN_TINTA = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"})
# Los rellenos del coreano y el braille en blanco, que Unicode cuenta como letras y símbolos.
_RELLENOS = frozenset("\u115f\u1160\u3164\uffa0\u2800")


class DenegacionSinPersona(Exception):
    """A nadie se le dice que no sin una persona que responda y un recurso abierto (Ley 19.628, art. 8 bis)."""


def se_ve(texto: str) -> bool:
    """Si el texto muestra algo: lo hecho solo de espacios y caracteres invisibles está en blanco."""
    return any(category(letra) not in _SIN_TINTA and letra not in _RELLENOS for letra in texto)


@dataclass(frozen=True, slots=True)
class Actor:
    """Quién hace algo. `id` nunca es un RUT ni un correo: el folio, el código del funcionario o el proceso."""

    papel: Papel
    id: str
    oficina: str = ""
    rol: str = ""

    @property
    def responde(self) -> bool:
        """Si es del personal y se sabe quién es, con qué rol y de qué oficina."""
        return self.papel is Papel.PERSONAL and all(se_ve(dato) for dato in (self.id, self.rol, self.oficina))


@dataclass(frozen=True, slots=True)
class Persona:
    """Quien puede decir que no: su código, su rol y su oficina. Error: DenegacionSinPersona si falta alguno."""

    id: str
    rol: str
    oficina: str

    def __post_init__(self) -> None:
        if not self.actor.responde:
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
        if not se_ve(self.canal) or self.dias_habiles < 1:
            raise ValueError("un recurso tiene canal y al menos un día hábil")
