"""El día de la actividad: qué hace una marca de asistencia, qué lugar tiene cada quien y qué falta para cerrar."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.estado import PARTICIPARON, Estado
from funciones.dominio.postulacion import Postulacion

# Tienen su puesto y nadie ha anotado si llegaron.
SIN_MARCAR = frozenset({Estado.SELECCIONADA, Estado.CONFIRMADA})
EN_LA_LISTA = SIN_MARCAR | PARTICIPARON | {Estado.NO_ASISTIO}
_LUGAR = re.compile(r"[0-9A-ZÁÉÍÓÚÑ][0-9A-ZÁÉÍÓÚÑ .-]{0,11}")
APORTE_MAXIMO = Decimal(100_000_000)


@dataclass(frozen=True, slots=True)
class Marca:
    """Lo que alguien anotó en la puerta. `hora`: cuándo llegó; `version`: la que tenía a la vista, si la sabe."""

    folio: str
    asistio: bool
    hora: datetime | None = None
    version: int | None = None


class Efecto(StrEnum):
    """Qué se hace con una marca."""

    APLICA = "aplica"
    YA_ESTABA = "ya_estaba"
    CHOCA = "choca"
    SIN_PUESTO = "sin_puesto"


def efecto(postulacion: Postulacion, marca: Marca) -> Efecto:
    """Una marca nueva entra; la repetida no hace nada; la contraria a otra ya puesta choca y la mira una persona.

    Quien dice la versión que tenía a la vista sabe lo que corrige: esa entra aunque diga lo contrario.
    """
    estado = postulacion.estado
    if estado not in EN_LA_LISTA:
        return Efecto.SIN_PUESTO
    if estado in SIN_MARCAR:
        return Efecto.APLICA
    if (estado in PARTICIPARON) == marca.asistio:
        return Efecto.YA_ESTABA
    corrige = estado is not Estado.EGRESADA and marca.version == postulacion.version
    return Efecto.APLICA if corrige else Efecto.CHOCA


def lugar(escrito: str) -> str | None:
    """El número o nombre de un puesto o una mesa en su forma canónica; vacío si no tiene, None si no sirve."""
    limpio = " ".join(escrito.upper().split())
    return limpio if not limpio or _LUGAR.fullmatch(limpio) else None


def lugares_repetidos(lugares: Mapping[str, str], ocupan: Collection[str]) -> frozenset[str]:
    """Los que tendrían dos a la vez. `ocupan`: los folios que hoy tienen su puesto; el de quien faltó queda libre."""
    cuenta = Counter(cual for folio, cual in lugares.items() if cual and folio in ocupan)
    return frozenset(cual for cual, veces in cuenta.items() if veces > 1)


def pesos(escrito: str) -> Decimal | None:
    """`$ 1.250.000` o `1250000` → pesos exactos; None si no es un monto entero, mayor que cero y de este mundo."""
    limpio = re.sub(r"[\s$]", "", escrito)
    if not re.fullmatch(r"[0-9]{1,9}|[0-9]{1,3}(\.[0-9]{3}){1,2}", limpio):
        return None
    monto = Decimal(limpio.replace(".", ""))
    return monto if 0 < monto <= APORTE_MAXIMO else None


def se_cofinancia(convocatoria: Convocatoria) -> bool:
    """Si la empresa puede comprometer un aporte: solo en el componente 1 y si la convocatoria lo dice."""
    return convocatoria.componente == 1 and convocatoria.financiamiento == "cofinanciado"


@dataclass(frozen=True, slots=True)
class Balance:
    """Cómo va la actividad."""

    asistieron: int
    no_asistieron: int
    sin_marcar: int
    sin_encuesta: int


def balance(postulaciones: Iterable[Postulacion]) -> Balance:
    """Las cuentas de quienes tuvieron un puesto."""
    cuenta = Counter(p.estado for p in postulaciones)
    return Balance(
        asistieron=sum(cuenta[e] for e in PARTICIPARON),
        no_asistieron=cuenta[Estado.NO_ASISTIO],
        sin_marcar=sum(cuenta[e] for e in SIN_MARCAR),
        sin_encuesta=cuenta[Estado.PARTICIPO],
    )
