"""Subsanar: hasta cuándo se puede corregir, qué se volvió a subir y el paso que la devuelve a revisión."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from funciones.adaptadores.almacen import AlmacenNoResponde, Borrador
from funciones.adaptadores.deposito import DepositoNoResponde
from funciones.adaptadores.montaje import montaje
from funciones.dominio.admisibilidad import Resultado, recomendar
from funciones.dominio.archivo import ProblemaDeArchivo
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.postulacion import Actor, Adjunto, Estado, Papel, Paso, Postulacion, transitar
from funciones.entrada.errores import Rechazo
from funciones.tramite import expediente, pedidos, plazos
from funciones.tramite.respuestas import declaracion_de

# Lo escrito al corregir espera lo mismo que un borrador.
DURA_LO_ESCRITO = timedelta(hours=24)
# Diez veces lo que admite la nota: lo pegado de más vuelve entero para acortarlo.
LARGO_ESCRITO = 10_000
LARGO_NOTA = 1000
# Lo que la mesa dejó así es justo lo que se corrige.
SE_MIRAN_DE_NUEVO = frozenset({Resultado.NO_CUMPLE, Resultado.FALTA_DATO})


def vencida(postulacion: Postulacion, convocatoria: Convocatoria, ahora: datetime) -> bool:
    """Si se le pidió corregir y ya pasó su plazo."""
    if postulacion.estado is not Estado.EN_CORRECCION:
        return False
    transiciones = montaje().almacen.transiciones(postulacion.folio)
    return plazos.paso_el_de_corregir(transiciones, convocatoria, montaje().horneado, ahora)


def enviada(postulacion: Postulacion) -> bool:
    """Si lo último que pasó es que la empresa mandó su corrección: repetir el envío no tiene nada más que hacer."""
    if postulacion.estado is not Estado.RECIBIDA:
        return False
    # Quien se abstiene queda en la historia sin moverla.
    ultima = [t for t in montaje().almacen.transiciones(postulacion.folio) if t.de is not t.a][-1]
    return ultima.de is Estado.EN_CORRECCION and ultima.actor.papel is Papel.POSTULANTE


def llave(postulacion: Postulacion, documento: str) -> str:
    """Dónde se deja lo que se vuelve a subir para este pedido: lo que sobró de otro anterior no cuenta."""
    de_este_pedido = f"{postulacion.folio}.{postulacion.version}"
    return expediente.llave_cuarentena(montaje().llavero.huella_borrador(de_este_pedido), documento)


def subidos(postulacion: Postulacion, convocatoria: Convocatoria) -> dict[str, Adjunto]:
    """Los documentos pedidos que se volvieron a subir y sirven."""
    tope = expediente.tope_bytes(montaje().horneado, convocatoria)
    vistos = {
        uno.documento: expediente.revisar(montaje().deposito, llave(postulacion, uno.documento), uno, tope)
        for uno in pedidos.documentos(postulacion, convocatoria)
    }
    return {documento: visto for documento, visto in vistos.items() if not isinstance(visto, ProblemaDeArchivo)}


def paso(
    postulacion: Postulacion, convocatoria: Convocatoria, nota: str, escritas: Mapping[str, Any], ahora: datetime
) -> Paso:
    """El paso que la devuelve a revisión con documentos y respuestas nuevas, y lo que la empresa explica en `nota`.

    Errores: Rechazo 409 si pasó el plazo o ya no se corrige; 422 si una respuesta no sirve o, sin nota, falta algo.
    """
    if vencida(postulacion, convocatoria, ahora):
        raise Rechazo("correccion_vencida")
    if postulacion.estado is not Estado.EN_CORRECCION:
        raise Rechazo("accion_imposible")
    publicado = montaje().horneado
    nuevos = subidos(postulacion, convocatoria)
    preguntadas = pedidos.preguntas(postulacion, convocatoria, publicado)
    respuestas, malas = pedidos.respondidas(postulacion, preguntadas, escritas, publicado)
    if malas:
        raise Rechazo("respuestas_por_corregir", campos=malas)
    if not nota and (faltan := _faltan(postulacion, nuevos, respuestas)):
        raise Rechazo("correccion_vacia", campos=faltan)
    datos = {**postulacion.datos, **respuestas}
    archivados = expediente.archivar(montaje().deposito, postulacion.folio, nuevos)
    return transitar(
        postulacion,
        Estado.RECIBIDA,
        Actor(Papel.POSTULANTE, postulacion.folio),
        ahora,
        motivo=nota or "La empresa mandó lo que se le pidió",
        version_regla=publicado.reglamento(convocatoria).version,
        adjuntos=(*(a for a in postulacion.adjuntos if a.documento not in nuevos), *archivados),
        datos=datos,
        correcciones=(),
        hallazgos=_siguen(postulacion, datos, convocatoria),
    )


def _faltan(postulacion: Postulacion, nuevos: Mapping[str, Adjunto], respuestas: Mapping[str, str]) -> dict[str, str]:
    """Lo pedido que no vino, por campo; sin nada nombrado, basta un documento."""
    if not postulacion.correcciones:
        return {} if nuevos else {"nota": "Sube un documento o explica qué corregiste."}
    traido = {f"{pedidos.DOCUMENTO}{d}" for d in nuevos} | {f"{pedidos.RESPUESTA}{clave}" for clave in respuestas}
    return {_campo(c.que): _FALTA[c.que.partition(":")[0]] for c in postulacion.correcciones if c.que not in traido}


_FALTA = {
    "documento": "Sube este documento, o explica abajo por qué no puedes.",
    "respuesta": "Cambia esta respuesta, o explica abajo por qué está bien así.",
}


def _campo(que: str) -> str:
    """`respuesta:ventas` → `ventas`, el campo del formulario; `documento:f30` → `documento-f30`."""
    return que.removeprefix(pedidos.RESPUESTA).replace(":", "-")


def _siguen(postulacion: Postulacion, datos: Mapping[str, str], convocatoria: Convocatoria) -> dict[str, str]:
    """Lo que la mesa marcó y esta corrección no toca; lo que faltaba, no cumplía o cambió se mira de nuevo."""
    reglamento = montaje().horneado.reglamento(convocatoria)
    antes, ahora = (
        {h.regla: h for h in recomendar(declaracion_de(respuestas, montaje().horneado), reglamento)}
        for respuestas in (postulacion.datos, datos)
    )
    return {
        regla: resultado
        for regla, resultado in postulacion.hallazgos.items()
        if resultado not in SE_MIRAN_DE_NUEVO and antes.get(regla) == ahora.get(regla)
    }


def guardar_escritas(postulacion: Postulacion, escritas: Mapping[str, str], ahora: datetime) -> None:
    """Guarda lo que se llevaba escrito al salir a subir un documento, sellado como un borrador y por un día."""
    recortadas = {campo: texto[:LARGO_ESCRITO] for campo, texto in escritas.items()}
    guardado = Borrador(_llave_de_escritas(postulacion), postulacion.convocatoria, recortadas, ahora + DURA_LO_ESCRITO)
    montaje().almacen.guardar_borrador(guardado)


def escritas(postulacion: Postulacion, ahora: datetime) -> dict[str, str]:
    """Lo que se llevaba escrito para esta corrección; vacío si no se corrige o no se escribió nada."""
    if postulacion.estado is not Estado.EN_CORRECCION:
        return {}
    guardado = montaje().almacen.borrador(_llave_de_escritas(postulacion), ahora)
    return dict(guardado.respuestas) if guardado else {}


def _llave_de_escritas(postulacion: Postulacion) -> str:
    return montaje().llavero.huella_borrador(f"corregir.{postulacion.folio}.{postulacion.version}")


def limpiar(postulacion: Postulacion, convocatoria: Convocatoria) -> None:
    """Vacía lo que se dejó para corregir, ya archivado; si alguien no responde, todo eso caduca solo."""
    with suppress(AlmacenNoResponde):
        montaje().almacen.borrar_borrador(_llave_de_escritas(postulacion))
    with suppress(DepositoNoResponde):
        for uno in pedidos.documentos(postulacion, convocatoria):
            montaje().deposito.borrar(llave(postulacion, uno.documento))
