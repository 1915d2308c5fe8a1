"""Lo publicado que pide una solicitud, o el rechazo que explica por qué no está."""

from __future__ import annotations

from datetime import datetime

from funciones.adaptadores.horneado import Horneado
from funciones.dominio.convocatoria import Convocatoria, EstadoConvocatoria
from funciones.dominio.fechas import fecha_hora_larga
from funciones.entrada.errores import Rechazo

_POR_QUE_NO_RECIBE = {
    EstadoConvocatoria.PROXIMA: "convocatoria_no_abre",
    EstadoConvocatoria.SUSPENDIDA: "convocatoria_suspendida",
}


def convocatoria_pedida(publicado: Horneado, id_convocatoria: str) -> Convocatoria:
    """La convocatoria, o Rechazo 404."""
    convocatoria = publicado.convocatoria(id_convocatoria)
    if convocatoria is None:
        raise Rechazo("convocatoria_no_existe")
    return convocatoria


def exigir_abierta(convocatoria: Convocatoria, ahora: datetime) -> None:
    """Rechazo 409 con la hora exacta si en este instante no recibe postulaciones."""
    if convocatoria.recibe(ahora):
        return
    codigo = _POR_QUE_NO_RECIBE.get(convocatoria.estado(ahora), "convocatoria_cerrada")
    if codigo == "convocatoria_cerrada" and convocatoria.cierre <= ahora:
        mensaje = (
            f"Cerró el {fecha_hora_larga(convocatoria.cierre)}. No quedó guardado nada. "
            "Mira otras convocatorias abiertas en el portal."
        )
        raise Rechazo(codigo, mensaje=mensaje, convocatoria=convocatoria.id)
    if codigo == "convocatoria_no_abre":
        mensaje = f"Abre el {fecha_hora_larga(convocatoria.apertura)}. Mientras, junta tus documentos."
        raise Rechazo(codigo, mensaje=mensaje, convocatoria=convocatoria.id)
    raise Rechazo(codigo, convocatoria=convocatoria.id)
