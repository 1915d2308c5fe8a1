"""Lo que se junta en una postulación: archivos, correcciones pedidas, evaluaciones y abstenciones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Adjunto:
    """Un archivo ya recibido y revisado: `llave` en el depósito, tamaño en bytes y su SHA-256."""

    documento: str
    llave: str
    nombre: str
    tipo: str
    tamano: int
    huella: str


@dataclass(frozen=True, slots=True)
class Correccion:
    """Algo que se pide corregir. `que` es `documento:<documento>` o `respuesta:<clave>`; `texto`, qué hacer."""

    que: str
    texto: str


@dataclass(frozen=True, slots=True)
class Evaluacion:
    """Las notas de una persona, cada una con su razón. `evaluador` es su código, nunca su RUT ni su correo."""

    evaluador: str
    cuando: datetime
    notas: Mapping[str, Decimal]
    justificaciones: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Abstencion:
    """Quien declaró un conflicto de interés: no pone nota ni decide sobre esta postulación (Ley 19.880, art. 12)."""

    evaluador: str
    cuando: datetime
    motivo: str
