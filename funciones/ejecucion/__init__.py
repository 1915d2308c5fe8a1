"""El día de la actividad: asistencia, reemplazos, puestos, aportes y cierre."""
