"""Adjuntar un documento: dar permiso para subirlo directo al depósito y decir cómo llegó."""

from __future__ import annotations

from typing import Any

from funciones import expediente, formulario
from funciones.adaptadores.montaje import montaje
from funciones.dominio.archivo import ProblemaDeArchivo
from funciones.errores import Rechazo
from funciones.publicado import convocatoria_pedida, exigir_abierta
from funciones.solicitud import Respuesta, Solicitud, atender, registro, solo_campos


def permitir(solicitud: Solicitud) -> Respuesta:
    """Para quien sube con JavaScript o por la API: la dirección y los campos, válidos una hora y para esa llave."""
    solo_campos(solicitud, "convocatoria", "clave", "documento")
    convocatoria = convocatoria_pedida(montaje().horneado, solicitud.texto("convocatoria"))
    clave = solicitud.texto("clave")
    if not formulario.CLAVE.fullmatch(clave):
        raise Rechazo("falta_clave")
    exigir_abierta(convocatoria, montaje().ahora())
    pedido = expediente.documento_pedido(convocatoria, solicitud.texto("documento"))
    llave = expediente.llave_cuarentena(montaje().llavero.huella_borrador(clave), pedido.documento)
    permiso = expediente.permiso_para_subir(montaje(), llave, montaje().ahora(), None)
    cuerpo = {"url": permiso.url, "campos": dict(permiso.campos), "minutos": expediente.MINUTOS_PERMISO}
    return Respuesta(cuerpo)


def volver(solicitud: Solicitud) -> Respuesta:
    """La página a la que vuelve el navegador después de subir. Solo mira y muestra: no cambia nada."""
    convocatoria = convocatoria_pedida(montaje().horneado, solicitud.consulta.get("convocatoria", ""))
    clave = solicitud.galletas.get("borrador", "")
    llave = montaje().llavero.huella_borrador(clave)
    borrador = montaje().almacen.borrador(llave, montaje().ahora()) if clave else None
    if borrador is None:
        raise Rechazo("borrador_no_existe")
    recorrido = formulario.Recorrido(montaje().horneado, convocatoria, borrador.respuestas)
    pedido = expediente.documento_pedido(convocatoria, solicitud.consulta.get("documento", ""))
    paso, tope = f"{expediente.PREFIJO}{pedido.documento}", expediente.tope_bytes(montaje().horneado, convocatoria)
    visto = expediente.revisar(montaje().deposito, expediente.llave_cuarentena(llave, pedido.documento), pedido, tope)
    if isinstance(visto, ProblemaDeArchivo):
        return formulario.pagina(recorrido, clave, paso, error=expediente.explicar(visto, pedido, tope))
    return formulario.pagina(recorrido, clave, paso, recien_subido=visto)


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """GET y POST /api/adjuntar."""
    return atender(event, {"GET /api/adjuntar": volver, "POST /api/adjuntar": permitir})
