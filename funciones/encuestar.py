"""La encuesta de cierre: se responde por su enlace, se guarda aparte de quién respondió, y con ella la Mipe egresa."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.dominio import folio as folios
from funciones.dominio.admisibilidad import TipoPersona
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.encuesta import Respuesta as RespuestaEncuesta
from funciones.dominio.plazo import fecha_en_chile, fin_del_dia, vencio
from funciones.dominio.postulacion import Estado, Postulacion
from funciones.entrada.acceso import con_reintentos, convocatoria_de, por_codigo
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Respuesta, Solicitud, atender, registro, solo_campos
from funciones.tramite import egreso
from funciones.tramite.respuestas import Pregunta, por_bloque, preguntas_de, revisar
from funciones.tramite.vista import de_convocatoria


def pedir(solicitud: Solicitud) -> Respuesta:
    """La página que recibe folio y código; el enlace del correo los trae en el fragmento."""
    return Respuesta({"campos": {}}, "encuesta_entrada")


def encuestar(solicitud: Solicitud) -> Respuesta:
    """Sin respuestas, muestra las preguntas; con ellas, las guarda. La segunda vez corrige la primera."""
    preguntas = _preguntas()
    solo_campos(solicitud, "folio", "codigo", "accion", *(p.clave for p in preguntas))
    postulacion = por_codigo(solicitud, montaje().llavero.codigo_encuesta)
    convocatoria = convocatoria_de(postulacion)
    _exigir_que_corresponda(postulacion, convocatoria)
    if solicitud.texto("accion") != "enviar":
        return _pagina(solicitud, postulacion, convocatoria, preguntas, {})
    canonicas, errores = revisar(preguntas, solicitud.campos, montaje().horneado)
    if errores and solicitud.quiere_html:
        return _pagina(solicitud, postulacion, convocatoria, preguntas, errores)
    if errores:
        raise Rechazo("respuestas_por_corregir", campos=errores)
    montaje().almacen.responder_encuesta(_respuesta(postulacion, convocatoria, canonicas))
    egreso.anotar_encuesta(postulacion, convocatoria)
    con_reintentos(lambda: egreso.egresar_si_completo(postulacion.folio, convocatoria, encuesta=True))
    return _gracias(postulacion.folio, convocatoria)


def _gracias(folio: str, convocatoria: Convocatoria) -> Respuesta:
    """Terminó, o qué le falta para terminar."""
    quedo = montaje().almacen.postulacion(folio)
    assert quedo is not None
    cuerpo = {
        "folio": folio,
        "folio_texto": folios.mostrar(folio),
        "estado": str(quedo.estado),
        "falta": list(egreso.falta(quedo, convocatoria)),
        "convocatoria": de_convocatoria(convocatoria, montaje().horneado),
    }
    return Respuesta(cuerpo, "encuesta_gracias")


def _preguntas() -> tuple[Pregunta, ...]:
    return preguntas_de(montaje().horneado, "encuesta")


def _exigir_que_corresponda(postulacion: Postulacion, convocatoria: Convocatoria) -> None:
    if postulacion.estado not in {Estado.PARTICIPO, Estado.EGRESADA}:
        raise Rechazo("encuesta_no_corresponde")
    if cerrada(convocatoria, montaje().ahora()):
        raise Rechazo("encuesta_cerrada")


def cerrada(convocatoria: Convocatoria, ahora: datetime) -> bool:
    """Si ya terminó el último día para responder."""
    return vencio(fin_del_dia(convocatoria.encuesta_cierre), ahora)


def _pagina(
    solicitud: Solicitud,
    postulacion: Postulacion,
    convocatoria: Convocatoria,
    preguntas: tuple[Pregunta, ...],
    errores: dict[str, str],
) -> Respuesta:
    cuerpo = {
        "folio": postulacion.folio,
        "folio_texto": folios.mostrar(postulacion.folio),
        "codigo": montaje().llavero.codigo_encuesta(postulacion.folio),
        "convocatoria": de_convocatoria(convocatoria, montaje().horneado),
        "bloques": por_bloque(preguntas),
        "escritas": dict(solicitud.campos),
        "campos": errores,
        "corrige": postulacion.estado is Estado.EGRESADA,
        "nombre": postulacion.datos["nombre"],
    }
    return Respuesta(cuerpo, "encuesta", 422 if errores else 200)


def _respuesta(postulacion: Postulacion, convocatoria: Convocatoria, canonicas: dict[str, str]) -> RespuestaEncuesta:
    llavero, anio = montaje().llavero, convocatoria.actividad_termino.year
    return RespuestaEncuesta(
        id=llavero.id_respuesta(postulacion.folio),
        convocatoria=convocatoria.id,
        anio=anio,
        componente=convocatoria.componente,
        region=convocatoria.region,
        firma=llavero.firma_anual(postulacion.datos["rut"], anio),
        emprendedor=postulacion.datos["tipo_persona"] == TipoPersona.EMPRENDEDOR,
        version_formulario=montaje().horneado.version_formulario("encuesta"),
        dia=fecha_en_chile(montaje().ahora()),
        respuestas=canonicas,
    )


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """GET y POST /api/encuestar."""
    return atender(event, {"GET /api/encuestar": pedir, "POST /api/encuestar": encuestar})
