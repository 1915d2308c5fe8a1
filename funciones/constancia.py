"""Lo que dicen los registros de Sercotec sobre quien postula: participaciones anteriores y rendiciones pendientes."""

from __future__ import annotations

from dataclasses import replace

from funciones.adaptadores.montaje import montaje
from funciones.dominio.admisibilidad import Constancia, Declaracion
from funciones.dominio.postulacion import PARTICIPARON, Postulacion
from funciones.respuestas import declaracion_de


def declaracion_con_registros(postulacion: Postulacion) -> Declaracion:
    """Lo declarado y lo que consta de su RUT. Con su participación ya anotada no hay repetición que mirar."""
    declarado = declaracion_de(postulacion.datos, montaje().horneado)
    if postulacion.estado in PARTICIPARON:
        return declarado
    almacen, huella = montaje().almacen, postulacion.huella_rut
    return replace(declarado, consta=Constancia(almacen.participaciones(huella), almacen.rendicion_pendiente(huella)))
