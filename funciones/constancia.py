"""Lo que dicen los registros de Sercotec sobre quien postula: participaciones anteriores y rendiciones pendientes."""

from __future__ import annotations

from dataclasses import replace

from funciones.adaptadores.montaje import montaje
from funciones.dominio.admisibilidad import Constancia, Declaracion, ParticipacionAnterior
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.plazo import fin_del_dia
from funciones.dominio.postulacion import PARTICIPARON, Estado, Postulacion
from funciones.respuestas import declaracion_de


def declaracion_con_registros(postulacion: Postulacion) -> Declaracion:
    """Lo declarado y lo que consta de su RUT. Con su participación ya anotada no hay repetición que mirar."""
    declarado = declaracion_de(postulacion.datos, montaje().horneado)
    if postulacion.estado in PARTICIPARON:
        return declarado
    consta = Constancia(
        montaje().almacen.participaciones(postulacion.huella_rut),
        montaje().almacen.rendicion_pendiente(postulacion.huella_rut),
    )
    return replace(declarado, consta=consta)


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
    if not convocatoria.empezo(ahora) or ahora > fin_del_dia(convocatoria.encuesta_cierre):
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
    )
