"""Cuánto se guarda lo que se anota de una postulación o de su actividad: un solo plazo, publicado con su fecha."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from funciones.adaptadores.montaje import montaje
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.plazo import fin_del_dia


def plazo(el: date) -> timedelta:
    """El que rige ese día."""
    return timedelta(days=int(montaje().horneado.parametro("dias_conservar", el)))


def conservar_hasta(convocatoria: Convocatoria) -> datetime:
    """Hasta cuándo se guarda lo suyo: el plazo que regía al publicarla, desde que termina la encuesta."""
    return fin_del_dia(convocatoria.encuesta_cierre) + plazo(convocatoria.publicacion)


def mientras_confirma(convocatoria: Convocatoria) -> datetime:
    """Hasta cuándo se guarda lo de una postulación que todavía no entra a la fila: lo que dura su enlace."""
    horas = int(montaje().horneado.parametro("horas_enlace_confirmacion", convocatoria.publicacion))
    return montaje().ahora() + timedelta(hours=horas)
