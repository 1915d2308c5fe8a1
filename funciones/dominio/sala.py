"""El enlace para entrar por internet a una actividad: qué forma tiene y quién lo ve."""

from __future__ import annotations

import re
from datetime import datetime

from funciones.dominio.convocatoria import Convocatoria, Situacion
from funciones.dominio.plazo import fin_del_dia, vencio
from funciones.dominio.postulacion import Estado

LARGO_MAXIMO = 300
# Con cupo: a quien espera, se retiró o ya terminó no le sirve, y quien lo tiene entra.
LO_VEN = frozenset({Estado.SELECCIONADA, Estado.CONFIRMADA})
# Solo letras y signos que se ven, y un dominio de verdad: nada escondido que cambie a dónde parece ir.
_FORMA = re.compile(
    r"https://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?::[0-9]{1,5})?(?:[/?#](?:(?![<>\"'\\@])[!-~])*)?",
    re.IGNORECASE,
)


def tiene_sala(convocatoria: Convocatoria) -> bool:
    """Si parte o toda la actividad es por internet."""
    return convocatoria.modalidad != "presencial"


def sirve(enlace: str) -> bool:
    """Una dirección segura de la web, sin espacios, usuario ni letras escondidas, que cabe en una línea."""
    return len(enlace) <= LARGO_MAXIMO and _FORMA.fullmatch(enlace) is not None


def lo_ve(estado: Estado, convocatoria: Convocatoria, ahora: datetime) -> bool:
    """Solo quien tiene su cupo, si hay por dónde entrar y la actividad sigue en pie y no ha terminado."""
    en_pie = convocatoria.situacion is Situacion.VIGENTE
    termino = vencio(fin_del_dia(convocatoria.actividad_termino), ahora)
    return tiene_sala(convocatoria) and estado in LO_VEN and en_pie and not termino
