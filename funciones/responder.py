"""Responder: corregir, aceptar o dejar un cupo, aceptar la carta, retirarse, y pedir algo sobre los propios datos."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.consultar import ACCIONES, pagina_de_estado
from funciones.datos_personales import derechos
from funciones.dominio.convocatoria import Situacion
from funciones.dominio.postulacion import OCUPAN_CUPO, Actor, Estado, Papel, TransicionImposible, transitar
from funciones.entrada.acceso import aplicar, con_reintentos, con_vuelta, convocatoria_de, por_codigo
from funciones.entrada.errores import Rechazo, rechazo_de
from funciones.entrada.solicitud import Respuesta, Solicitud, atender, registro, solo_campos
from funciones.oficina.promocion import con_promocion
from funciones.tramite import compromiso, correccion, egreso, plazos
from funciones.tramite.preguntas import claves_de_postulacion
from funciones.tramite.respuestas import como_se_cuenta, se_pasa

_DESTINOS = {accion: estado for estado, accion in ACCIONES.items()}
_MOTIVOS = {
    "aceptar": "La empresa aceptó el cupo",
    "declinar": "La empresa dejó el cupo",
    "retirar": "La empresa retiró su postulación",
}


def responder(solicitud: Solicitud) -> Respuesta:
    """Hace lo pedido y muestra cómo quedó. Repetirlo no cambia nada más."""
    _exigir_campos(solicitud)
    verbos = dict.fromkeys(_DESTINOS, _responder) | {"corregir": _corregir, "comprometer": _comprometer}
    if solicitud.texto("accion") not in verbos:
        raise Rechazo("solicitud_mal_formada")
    verbo = verbos[solicitud.texto("accion")]
    try:
        return con_reintentos(lambda: verbo(solicitud))
    except (Rechazo, TransicionImposible) as error:
        rechazo = rechazo_de(error)
        if solicitud.quiere_html and rechazo.estado == 422:
            return _con_errores(rechazo, solicitud)
        raise con_vuelta(rechazo, solicitud) from None


def _exigir_campos(solicitud: Solicitud) -> None:
    """Por JSON, las respuestas corregidas vienen juntas; en un formulario, cada una en su campo."""
    corrige = solicitud.texto("accion") == "corregir"
    claves = claves_de_postulacion(montaje().horneado) if corrige and not solicitud.es_json else ()
    mas = (*claves, *(("respuestas",) if corrige and solicitud.es_json else ()))
    solo_campos(solicitud, "folio", "codigo", "accion", "nota", "carta", *mas)


def _con_errores(rechazo: Rechazo, solicitud: Solicitud) -> Respuesta:
    """La página de estado con cada error junto a su campo y todo lo escrito."""
    folio = por_codigo(solicitud, montaje().llavero.secreto).folio
    escritas = {campo: solicitud.texto(campo) for campo in solicitud.campos if campo not in {"folio", "codigo"}}
    return pagina_de_estado(folio, errores=rechazo.campos, escritas=escritas)


def _responder(solicitud: Solicitud) -> Respuesta:
    postulacion = por_codigo(solicitud, montaje().llavero.secreto)
    accion = solicitud.texto("accion")
    destino, ahora = _DESTINOS[accion], montaje().ahora()
    if postulacion.estado is destino:
        return pagina_de_estado(postulacion.folio)
    convocatoria = convocatoria_de(postulacion)
    vencida = plazos.oferta_vencida(postulacion, convocatoria, montaje().horneado, ahora)
    if vencida or postulacion.estado is Estado.OFERTA_VENCIDA:
        raise Rechazo("oferta_vencida")
    if destino is Estado.CONFIRMADA and convocatoria.situacion is not Situacion.VIGENTE:
        raise Rechazo("convocatoria_suspendida", mensaje=f"Ahora no se aceptan cupos. {convocatoria.motivo_situacion}")
    if convocatoria.empezo(ahora) and postulacion.estado in OCUPAN_CUPO:
        raise Rechazo("actividad_empezo")
    regla = montaje().horneado.reglamento(convocatoria).version
    actor = Actor(Papel.POSTULANTE, postulacion.folio)
    paso = transitar(postulacion, destino, actor, ahora, motivo=_MOTIVOS[accion], version_regla=regla)
    aplicar(con_promocion(paso, convocatoria, montaje()), convocatoria)
    return pagina_de_estado(postulacion.folio)


def _comprometer(solicitud: Solicitud) -> Respuesta:
    """Acepta la carta que se mostró: es un acto aparte de aceptar el cupo. Con ella puede quedar completa."""
    postulacion = por_codigo(solicitud, montaje().llavero.secreto)
    convocatoria = convocatoria_de(postulacion)
    compromiso.aceptar(postulacion, convocatoria, solicitud.texto("carta"))
    egreso.egresar_si_completo(postulacion.folio, convocatoria)
    return pagina_de_estado(postulacion.folio)


def _corregir(solicitud: Solicitud) -> Respuesta:
    postulacion = por_codigo(solicitud, montaje().llavero.secreto)
    if correccion.enviada(postulacion):
        return pagina_de_estado(postulacion.folio)
    convocatoria = convocatoria_de(postulacion)
    nota = como_se_cuenta(solicitud.texto("nota"))
    if largo := se_pasa(nota, correccion.LARGO_NOTA):
        raise Rechazo("respuestas_por_corregir", campos={"nota": largo})
    paso = correccion.paso(postulacion, convocatoria, nota, _respuestas(solicitud), montaje().ahora())
    aplicar((paso,), convocatoria)
    correccion.limpiar(postulacion, convocatoria)
    return pagina_de_estado(postulacion.folio)


def _respuestas(solicitud: Solicitud) -> Mapping[str, Any]:
    if not solicitud.es_json:
        return solicitud.campos
    respuestas = solicitud.campos.get("respuestas") or {}
    if not isinstance(respuestas, Mapping):
        raise Rechazo("solicitud_mal_formada")
    return respuestas


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """POST /api/responder, y GET y POST /api/derechos."""
    return atender(
        event,
        {
            "POST /api/responder": responder,
            "GET /api/derechos": derechos.pedir_codigo,
            "POST /api/derechos": derechos.atender_derechos,
        },
    )
