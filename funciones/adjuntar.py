"""Adjuntar un documento: dar permiso para subirlo directo al depósito y decir cómo llegó."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from funciones.adaptadores.montaje import montaje
from funciones.consultar import pagina_de_estado
from funciones.dominio.archivo import ProblemaDeArchivo
from funciones.dominio.convocatoria import Convocatoria, DocumentoPedido
from funciones.dominio.postulacion import Estado, Postulacion
from funciones.entrada.acceso import con_vuelta, convocatoria_de, por_codigo
from funciones.entrada.errores import Rechazo
from funciones.entrada.publicado import convocatoria_pedida, exigir_abierta
from funciones.entrada.solicitud import Respuesta, Solicitud, atender, registro, solo_campos
from funciones.tramite import correccion, expediente, formulario, pedidos, reutilizar
from funciones.tramite.respuestas import preguntas_de
from funciones.tramite.vista import de_convocatoria


def permitir(solicitud: Solicitud) -> Respuesta:
    """El permiso para subir con JavaScript o por la API: la dirección y los campos, válidos para esa llave.

    También la página para corregir un documento y, con la acción «reutilizar», traer uno de otra postulación.
    """
    if "folio" in solicitud.campos:
        return _permitir_correccion(solicitud)
    if solicitud.texto("accion") == reutilizar.ACCION and not solicitud.es_json:
        return reutilizar.reutilizar(solicitud)
    solo_campos(solicitud, "convocatoria", "clave", "documento")
    convocatoria = convocatoria_pedida(montaje().horneado, solicitud.texto("convocatoria"))
    clave = solicitud.texto("clave")
    if not formulario.CLAVE.fullmatch(clave):
        raise Rechazo("falta_clave")
    exigir_abierta(convocatoria, montaje().ahora())
    pedido = expediente.documento_pedido(convocatoria, solicitud.texto("documento"))
    llave = expediente.llave_cuarentena(montaje().llavero.huella_borrador(clave), pedido.documento)
    return _permiso(llave, convocatoria)


def _permiso(llave: str, convocatoria: Convocatoria) -> Respuesta:
    permiso = expediente.permiso_de_una_vez(llave, expediente.tope_bytes(montaje().horneado, convocatoria))
    minutos = expediente.MINUTOS_CON_JAVASCRIPT
    return Respuesta({"url": permiso.url, "campos": dict(permiso.campos), "minutos": minutos})


def _permitir_correccion(solicitud: Solicitud) -> Respuesta:
    """Para subir otra vez un documento que hay que corregir, sin perder lo que se llevaba escrito."""
    preguntas = () if solicitud.es_json else tuple(p.clave for p in preguntas_de(montaje().horneado, "postulacion"))
    solo_campos(solicitud, "folio", "codigo", "documento", *preguntas, *(("nota",) if preguntas else ()))
    postulacion = por_codigo(solicitud, montaje().llavero.secreto)
    if postulacion.estado is not Estado.EN_CORRECCION:
        raise con_vuelta(Rechazo("accion_imposible"), solicitud)
    if solicitud.quiere_html:
        _guardar_lo_escrito(solicitud, postulacion)
        return _pagina_de_correccion(postulacion, solicitud.texto("documento"), "", _galleta(postulacion))
    convocatoria = convocatoria_de(postulacion)
    uno = _documento_por_corregir(postulacion, convocatoria, solicitud.texto("documento"))
    return _permiso(correccion.llave(postulacion, uno.documento), convocatoria)


def _guardar_lo_escrito(solicitud: Solicitud, postulacion: Postulacion) -> None:
    escritas = {c: solicitud.texto(c) for c in solicitud.campos if c not in {"folio", "codigo", "documento"}}
    if escritas:
        correccion.guardar_escritas(postulacion, escritas, montaje().ahora())


def _documento_por_corregir(postulacion: Postulacion, convocatoria: Convocatoria, documento: str) -> DocumentoPedido:
    """El documento, si se pidió corregirlo; si no, Rechazo."""
    for uno in pedidos.documentos(postulacion, convocatoria):
        if uno.documento == documento:
            return uno
    raise Rechazo("campo_desconocido", campos={"documento": "No te pedimos corregir ese documento."})


def _galleta(postulacion: Postulacion) -> str:
    """Para volver del depósito sin JavaScript: una hora, y ningún guion la lee."""
    segura = "; Secure" if montaje().url_portal.startswith("https:") else ""
    codigo = montaje().llavero.secreto(postulacion.folio)
    segundos = expediente.MINUTOS_PERMISO * 60
    return f"correccion={codigo}; HttpOnly; SameSite=Lax; Path=/api/adjuntar; Max-Age={segundos}{segura}"


def _pagina_de_correccion(postulacion: Postulacion, documento: str, error: str, galleta: str = "") -> Respuesta:
    convocatoria = convocatoria_de(postulacion)
    uno = _documento_por_corregir(postulacion, convocatoria, documento)
    codigo = montaje().llavero.secreto(postulacion.folio)
    retorno = f"/api/adjuntar?{urlencode({'folio': postulacion.folio, 'documento': uno.documento})}"
    pedir = {"folio": postulacion.folio, "codigo": codigo, "documento": uno.documento}
    tope = expediente.tope_bytes(montaje().horneado, convocatoria)
    cuerpo = {
        "pedido": uno,
        "que_hacer": pedidos.que_hacer(postulacion, f"{pedidos.DOCUMENTO}{uno.documento}"),
        "error": error,
        "folio": postulacion.folio,
        "codigo": codigo,
        "convocatoria": de_convocatoria(convocatoria, montaje().horneado),
        **expediente.subida(correccion.llave(postulacion, uno.documento), retorno, pedir, tope),
    }
    return Respuesta(cuerpo, "corregir_documento", 422 if error else 200, (galleta,) if galleta else ())


def _volver_a_corregir(solicitud: Solicitud) -> Respuesta:
    folio, codigo = solicitud.consulta["folio"], solicitud.galletas.get("correccion", "")
    entrada = replace(solicitud, campos={"folio": folio, "codigo": codigo})
    postulacion = por_codigo(entrada, montaje().llavero.secreto)
    if postulacion.estado is not Estado.EN_CORRECCION:
        return pagina_de_estado(postulacion.folio)
    convocatoria = convocatoria_de(postulacion)
    uno = _documento_por_corregir(postulacion, convocatoria, solicitud.consulta.get("documento", ""))
    tope = expediente.tope_bytes(montaje().horneado, convocatoria)
    llave = correccion.llave(postulacion, uno.documento)
    visto = expediente.revisar(montaje().deposito, llave, uno, tope)
    if isinstance(visto, ProblemaDeArchivo):
        return _pagina_de_correccion(postulacion, uno.documento, expediente.explicar(visto, uno, tope))
    return pagina_de_estado(postulacion.folio)


def volver(solicitud: Solicitud) -> Respuesta:
    """La página a la que vuelve el navegador después de subir. Solo mira y muestra: no cambia nada."""
    if "folio" in solicitud.consulta:
        return _volver_a_corregir(solicitud)
    convocatoria = convocatoria_pedida(montaje().horneado, solicitud.consulta.get("convocatoria", ""))
    galleta = formulario.nombre_de_galleta(solicitud.consulta.get("borrador", ""))
    clave = solicitud.galletas.get(galleta, "")
    llave = montaje().llavero.huella_borrador(clave)
    borrador = montaje().almacen.borrador(llave, montaje().ahora()) if clave else None
    if borrador is None or borrador.convocatoria != convocatoria.id:
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
