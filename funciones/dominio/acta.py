"""El acta de una selección: con qué se eligió, qué salió y las huellas para que cualquiera compruebe que no cambió.

La entera se queda en la mesa: nombra por folio a todas y guarda la sal. La pública muestra a las seleccionadas y a las
que esperan; de las demás, solo un compromiso: quien tenga su dato y su sal comprueba que estaba, y nadie más lo sabe.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from funciones.dominio.candidata import Candidata, Condiciones
from funciones.dominio.convocatoria import Cupo
from funciones.dominio.postulacion import Actor, Estado
from funciones.dominio.seleccion import Seleccion, elegir

ENTERA, PUBLICA = "acta-entera/1", "acta-publica/1"
Llano = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Version:
    """Qué versión de algo se usó y el SHA-256 en hexadecimal de su contenido."""

    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Entrada:
    """Una postulación tal como la vio la selección, con la hora de su turno y la versión que tenía."""

    candidata: Candidata
    turno: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Acta:
    """Todo lo de una corrida. `sal`: hexadecimal secreto que impide adivinar, probando, lo que no se publica."""

    convocatoria: str
    numero: int
    cuando: datetime
    quien: Actor
    motivo: str
    demostracion: bool
    regla: Version
    parametros: Version
    sal: str
    condiciones: Condiciones
    cupo: Cupo
    cerrada: bool
    entradas: tuple[Entrada, ...]
    seleccion: Seleccion

    @property
    def id(self) -> str:
        """`2026-feria-maule-001`"""
        return f"{self.convocatoria}-{self.numero:03d}"

    @property
    def decisiones(self) -> tuple[tuple[str, Estado, str], ...]:
        """Folio, destino y código del motivo: primero los cupos, después la espera y al final los no."""
        return (
            *((folio, Estado.SELECCIONADA, "") for folio in self.seleccion.seleccionadas),
            *((folio, Estado.LISTA_DE_ESPERA, "") for folio in self.seleccion.espera),
            *((folio, Estado.NO_SELECCIONADA, str(motivo)) for folio, motivo in self.seleccion.no_seleccionadas),
        )


def repetir(acta: Acta) -> Seleccion:
    """Lo que da hoy la misma regla con las mismas entradas."""
    return elegir(acta.condiciones, (e.candidata for e in acta.entradas), acta.cupo, cerrada=acta.cerrada)


def canonico(valor: Any) -> bytes:
    """El JSON con una sola forma posible: claves en orden, sangría de uno, UTF-8 y un salto de línea al final."""
    return (json.dumps(valor, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def sha256(contenido: bytes) -> str:
    """SHA-256 en hexadecimal."""
    return hashlib.sha256(contenido).hexdigest()


def con_sal(sal: str, valor: Any) -> str:
    """La huella de un valor junto a la sal: sin ella no se puede probar a adivinar qué decía."""
    return sha256(canonico({"sal": sal, "valor": valor}))


def sal_de(sal: str, folio: str) -> str:
    """La sal de una sola postulación: se le puede entregar a su dueña sin abrir las de las demás."""
    return hmac.new(bytes.fromhex(sal), folio.encode(), hashlib.sha256).hexdigest()


def cerrar(resto: Llano, huellas: dict[str, str]) -> Llano:
    """El documento con sus huellas; «contenido» es la de todo lo demás, para ver cualquier letra cambiada."""
    contenido = sha256(canonico(resto | {"sha256": huellas}))
    return resto | {"sha256": huellas | {"contenido": contenido}}
