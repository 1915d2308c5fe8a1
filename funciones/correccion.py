"""Subsanar: hasta cuándo se puede corregir, qué se volvió a subir y el paso que la devuelve a revisión."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from funciones import expediente, plazos
from funciones.adaptadores.deposito import DepositoNoResponde
from funciones.adaptadores.montaje import montaje
from funciones.dominio.archivo import ProblemaDeArchivo
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.postulacion import Actor, Adjunto, Estado, Papel, Paso, Postulacion, transitar
from funciones.errores import Rechazo


def vencida(postulacion: Postulacion, convocatoria: Convocatoria, ahora: datetime) -> bool:
    """Si se le pidió corregir y ya pasó su plazo."""
    if postulacion.estado is not Estado.EN_CORRECCION:
        return False
    hasta = plazos.corregir_hasta(montaje().almacen.transiciones(postulacion.folio), convocatoria, montaje().horneado)
    return hasta is not None and ahora > hasta


def enviada(postulacion: Postulacion) -> bool:
    """Si lo último que pasó es que la empresa mandó su corrección: repetir el envío no tiene nada más que hacer."""
    if postulacion.estado is not Estado.RECIBIDA:
        return False
    ultima = montaje().almacen.transiciones(postulacion.folio)[-1]
    return ultima.de is Estado.EN_CORRECCION and ultima.actor.papel is Papel.POSTULANTE


def llave(postulacion: Postulacion, documento: str) -> str:
    """Dónde se deja lo que se vuelve a subir para este pedido: lo que sobró de otro anterior no cuenta."""
    pedido = f"{postulacion.folio}.{postulacion.version}"
    return expediente.llave_cuarentena(montaje().llavero.huella_borrador(pedido), documento)


def subidos(postulacion: Postulacion, convocatoria: Convocatoria) -> dict[str, Adjunto]:
    """Los documentos que se volvieron a subir y sirven."""
    tope = expediente.tope_bytes(montaje().horneado, convocatoria)
    vistos = {
        pedido.documento: expediente.revisar(montaje().deposito, llave(postulacion, pedido.documento), pedido, tope)
        for pedido in convocatoria.documentos_de(postulacion.datos["tipo_persona"])
    }
    return {documento: visto for documento, visto in vistos.items() if not isinstance(visto, ProblemaDeArchivo)}


def paso(postulacion: Postulacion, convocatoria: Convocatoria, nota: str, ahora: datetime) -> Paso:
    """El paso que devuelve la postulación a revisión, con los documentos nuevos y lo que la empresa explica.

    Errores: Rechazo si pasó el plazo, o si no trae ni un documento ni una explicación.
    """
    if vencida(postulacion, convocatoria, ahora):
        raise Rechazo("correccion_vencida")
    nuevos = subidos(postulacion, convocatoria) if postulacion.estado is Estado.EN_CORRECCION else {}
    if not nuevos and not nota:
        raise Rechazo("correccion_vacia", campos={"nota": "Sube un documento o explica qué corregiste."})
    archivados = expediente.archivar(montaje().deposito, postulacion.folio, nuevos)
    quedan = tuple(a for a in postulacion.adjuntos if a.documento not in nuevos)
    return transitar(
        postulacion,
        Estado.RECIBIDA,
        Actor(Papel.POSTULANTE, postulacion.folio),
        ahora,
        motivo=nota or "La empresa subió lo que faltaba",
        version_regla=montaje().horneado.reglamento(convocatoria).version,
        adjuntos=(*quedan, *archivados),
    )


def limpiar(postulacion: Postulacion, convocatoria: Convocatoria) -> None:
    """Vacía lo que se dejó para corregir, ya archivado; si el depósito no responde, la cuarentena caduca sola."""
    with suppress(DepositoNoResponde):
        for pedido in convocatoria.documentos_de(postulacion.datos["tipo_persona"]):
            montaje().deposito.borrar(llave(postulacion, pedido.documento))
