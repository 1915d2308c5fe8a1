"""Lo que dicen los registros de Sercotec sobre quien postula: participaciones anteriores y rendiciones pendientes."""

from __future__ import annotations

from dataclasses import replace

from funciones.adaptadores.montaje import montaje
from funciones.dominio.admisibilidad import Constancia, Declaracion, ParticipacionAnterior
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.plazo import fin_del_dia, vencio
from funciones.dominio.postulacion import PARTICIPARON, Estado, Postulacion
from funciones.tramite.respuestas import declaracion_de


def declaracion_con_registros(postulacion: Postulacion) -> Declaracion:
    """Lo declarado y lo que consta de su RUT."""
    declarado = declaracion_de(postulacion.datos, montaje().horneado)
    pendiente = montaje().almacen.rendicion_pendiente(postulacion.huella_rut)
    anteriores = _anteriores(postulacion)
    if montaje().almacen.participaciones_al() is None:
        return replace(declarado, consta=Constancia(None, pendiente, anotadas=anteriores))
    return replace(declarado, consta=Constancia(anteriores, pendiente))


def _anteriores(postulacion: Postulacion) -> tuple[ParticipacionAnterior, ...]:
    """Las de otras convocatorias: participar en esta no es repetirla."""
    todas = montaje().almacen.participaciones(postulacion.huella_rut)
    return tuple(p for p in todas if p.referencia != postulacion.convocatoria)


def anotar_participacion(postulacion: Postulacion, convocatoria: Convocatoria) -> None:
    """Escribe en el registro que esta empresa participó; repetirlo no agrega nada."""
    montaje().almacen.anotar_participaciones([(postulacion.huella_rut, _participacion_en(convocatoria))])


def corregir_participacion(postulacion: Postulacion, convocatoria: Convocatoria) -> None:
    """La borra del registro si se había anotado que participó y no fue así."""
    transiciones = montaje().almacen.transiciones(postulacion.folio)
    if any(transicion.a is Estado.PARTICIPO for transicion in transiciones):
        montaje().almacen.olvidar_participacion(postulacion.huella_rut, _participacion_en(convocatoria))


def repasar_participaciones(convocatoria: Convocatoria) -> int:
    """Anota las que falten de quienes participaron, mientras dura la convocatoria: cuántas eran."""
    ahora = montaje().ahora()
    if not convocatoria.empezo(ahora) or vencio(fin_del_dia(convocatoria.encuesta_cierre), ahora):
        return 0
    participacion = _participacion_en(convocatoria)
    faltan = [
        (p.huella_rut, participacion)
        for p in montaje().almacen.cola(convocatoria.id)
        if p.estado in PARTICIPARON and participacion not in montaje().almacen.participaciones(p.huella_rut)
    ]
    montaje().almacen.anotar_participaciones(faltan)
    return len(faltan)


def _participacion_en(convocatoria: Convocatoria) -> ParticipacionAnterior:
    return ParticipacionAnterior(
        convocatoria.componente,
        convocatoria.tipo_actividad,
        convocatoria.objetivo,
        convocatoria.actividad_inicio.year,
        convocatoria.id,
    )
