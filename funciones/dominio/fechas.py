"""Las fechas en palabras, en español y con la hora de Chile."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from funciones.dominio.plazo import CHILE

DIAS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
MESES = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)


def fecha_larga(dia: date) -> str:
    """«lunes 7 de diciembre de 2026»; de un instante con zona, su día en Chile."""
    if isinstance(dia, datetime):
        dia = _en_chile(dia).date()
    return f"{DIAS[dia.weekday()]} {_dia_y_mes(dia)} de {dia.year}"


def fecha_hora_larga(instante: datetime) -> str:
    """«lunes 7 de diciembre de 2026 a las 15:00»; «a la 1:00» para la única hora en singular."""
    local = _en_chile(instante)
    articulo = "a la" if local.hour == 1 else "a las"
    return f"{fecha_larga(local.date())} {articulo} {local.hour}:{local.minute:02d}"


def rango(inicio: date, termino: date) -> str:
    """«15 al 17 de enero de 2027»: lo que se repite entre las dos fechas se dice una sola vez."""
    if termino < inicio:
        raise ValueError("el rango termina antes de empezar")
    fin = f"{_dia_y_mes(termino)} de {termino.year}"
    if inicio == termino:
        return fin
    if inicio.year != termino.year:
        return f"{_dia_y_mes(inicio)} de {inicio.year} al {fin}"
    # Dos días seguidos son «8 y 9 de enero»: con «al» parecen más.
    hasta = "y" if termino - inicio == timedelta(days=1) else "al"
    return f"{inicio.day if inicio.month == termino.month else _dia_y_mes(inicio)} {hasta} {fin}"


def _dia_y_mes(dia: date) -> str:
    return f"{dia.day} de {MESES[dia.month - 1]}"


def _en_chile(instante: datetime) -> datetime:
    if instante.tzinfo is None:
        raise ValueError("el instante no dice su zona horaria")
    return instante.astimezone(CHILE)
