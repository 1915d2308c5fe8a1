"""El recordatorio del cierre: cuándo se ofrece, cuándo toca mandarlo y hasta cuándo se guarda."""

from __future__ import annotations

from datetime import datetime, timedelta

from funciones.dominio.convocatoria import Convocatoria

ANTES_DEL_CIERRE = timedelta(hours=48)
# Quien lo toma para escribir lo tiene este rato; si se corta, otra pasada insiste.
ARRIENDO = timedelta(minutes=15)
# Una enmienda puede correr el cierre: pasado él, la dirección se guarda solo un día más.
DESPUES_DEL_CIERRE = timedelta(days=1)


def ofrece_recordar(convocatoria: Convocatoria, ahora: datetime) -> bool:
    """Si todavía alcanza a avisarse con dos días: recibe postulaciones y falta más que eso para el cierre."""
    return convocatoria.recibe(ahora) and ahora < convocatoria.cierre - ANTES_DEL_CIERRE


def toca_recordar(convocatoria: Convocatoria, ahora: datetime) -> bool:
    """Si ya faltan dos días o menos y todavía se puede postular."""
    return convocatoria.recibe(ahora) and ahora >= convocatoria.cierre - ANTES_DEL_CIERRE


def expira(convocatoria: Convocatoria) -> datetime:
    """Hasta cuándo se guarda, con el cierre que rige hoy."""
    return convocatoria.cierre + DESPUES_DEL_CIERRE
