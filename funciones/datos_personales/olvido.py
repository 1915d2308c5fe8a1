"""Olvidar: pasado el plazo se borra todo lo de una postulación; en el libro quedan su folio y sus huellas."""

from __future__ import annotations

from datetime import datetime

from funciones.adaptadores.montaje import montaje
from funciones.datos_personales import derechos_guardados
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.postulacion import Estado, Postulacion
from funciones.tramite import expediente
from funciones.tramite.conservacion import conservar_hasta
from funciones.vitrinas import foto

# Cada una borra sus archivos uno por uno: las demás esperan a la pasada siguiente, cinco minutos después.
POR_PASADA = 50


def vencido(convocatoria: Convocatoria, ahora: datetime) -> bool:
    """Si ya pasó el plazo de guardar lo de esa convocatoria."""
    return ahora >= conservar_hasta(convocatoria)


def olvidar(convocatoria: Convocatoria) -> int:
    """Cuántas olvidó en esta pasada. Se puede cortar y repetir: una postulación a medias sigue en la cola.

    Primero los archivos y al final la fila: sin ella ya nadie sabría cuáles eran. La que falla no detiene a las demás.
    Error: el de la primera que no se pudo, después de intentarlo con las otras.
    """
    if not vencido(convocatoria, montaje().ahora()):
        return 0
    olvidadas, fallas = 0, list[Exception]()
    for postulacion in montaje().almacen.cola(convocatoria.id):
        if olvidadas + len(fallas) == POR_PASADA:
            break
        try:
            olvidadas += _olvidar(postulacion, convocatoria)
        except Exception as falla:
            fallas.append(falla)
    if fallas:
        raise fallas[0]
    return olvidadas


def _detenida(postulacion: Postulacion, convocatoria: Convocatoria) -> bool:
    """Nada se borra mientras alguien espera que le respondan: un recurso, o un pedido sobre sus datos."""
    pedidos, _ = derechos_guardados.leer(convocatoria.region, postulacion.folio)
    return postulacion.estado is Estado.RECURRIDA or any(pedido.resuelto is None for pedido in pedidos)


def _olvidar(postulacion: Postulacion, convocatoria: Convocatoria) -> int:
    if _detenida(postulacion, convocatoria):
        return 0
    expediente.destruir(montaje().deposito, postulacion.folio)
    foto.destruir(postulacion.folio)
    montaje().almacen.olvidar(postulacion)
    return 1
