"""El enlace para entrar por internet a una actividad: qué forma tiene y quién lo ve."""

from __future__ import annotations

import re

from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.postulacion import Estado

LARGO_MAXIMO = 300
# Con cupo: a quien espera, se retiró o ya terminó no le sirve, y quien lo tiene entra.
LO_VEN = frozenset({Estado.SELECCIONADA, Estado.CONFIRMADA})
_FORMA = re.compile(r"https://[^\s<>\"'\\@]+\.[^\s<>\"'\\@]+")


def tiene_sala(convocatoria: Convocatoria) -> bool:
    """Si parte o toda la actividad es por internet."""
    return convocatoria.modalidad != "presencial"


def sirve(enlace: str) -> bool:
    """Una dirección segura de la web, sin espacios ni usuario, que cabe en una línea."""
    return len(enlace) <= LARGO_MAXIMO and _FORMA.fullmatch(enlace) is not None


def lo_ve(estado: Estado, convocatoria: Convocatoria) -> bool:
    """Solo quien tiene su cupo, y solo si hay por dónde entrar."""
    return tiene_sala(convocatoria) and estado in LO_VEN
