"""Evaluar: la mesa revisa requisitos y pone notas. El sistema propone; decide una persona, con su razón."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from funciones.adaptadores.almacen import RutTomado
from funciones.adaptadores.montaje import montaje
from funciones.dominio import abstencion
from funciones.dominio.abstencion import se_abstuvo
from funciones.dominio.ciegas import a_ciegas
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.imparcialidad import DE_REQUISITOS, fue_corregida
from funciones.dominio.postulacion import Estado, Postulacion
from funciones.entrada.acceso import actor_de, aplicar, decidir, desde_la_mesa
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import (
    Funcionario,
    Respuesta,
    Solicitud,
    atender,
    exigir_rol,
    registro,
    solo_campos,
)
from funciones.oficina import chequeo, ficha, mesa, revision
from funciones.oficina.calificacion import calificar, exigir_sin_conflicto
from funciones.oficina.promocion import con_promocion
from funciones.tramite import expediente, pedidos

ROLES = ("evaluador", "operador", "nacional", "administrador")
MINUTOS_ENLACE = 5
# Quien vuelve a cumplir se califica de nuevo: las notas de antes no siguen.
SIN_NOTAS: Mapping[str, Any] = {"evaluaciones": (), "notas": {}, "puntaje": None}


def listar(solicitud: Solicitud) -> Respuesta:
    """La cola de las convocatorias a su alcance."""
    funcionario = exigir_rol(solicitud, *ROLES)
    alcance = mesa.convocatorias_de(funcionario)
    elegida = solicitud.consulta.get("convocatoria", "")
    vistas = tuple(c for c in alcance if not elegida or c.id == elegida)
    cuerpo = mesa.cola(vistas, solicitud.consulta.get("estado", ""), funcionario)
    return Respuesta({"convocatorias": [mesa.resumen_de_convocatoria(c) for c in alcance], **cuerpo})


def abrir(solicitud: Solicitud) -> Respuesta:
    """El expediente completo de una postulación."""
    funcionario = exigir_rol(solicitud, *ROLES)
    postulacion, convocatoria = desde_la_mesa(solicitud.camino["folio"], funcionario)
    return Respuesta(ficha.expediente(postulacion, convocatoria, funcionario))


def documento(solicitud: Solicitud) -> Respuesta:
    """Un enlace de cinco minutos al archivo, que se baja como adjunto. Errores: 409 a ciegas o sin revisar."""
    postulacion, convocatoria = desde_la_mesa(solicitud.camino["folio"], exigir_rol(solicitud, *ROLES))
    if a_ciegas(convocatoria, postulacion):
        raise Rechazo("esta_a_ciegas")
    for adjunto in postulacion.adjuntos:
        if adjunto.documento == solicitud.camino["documento"]:
            expediente.exigir_limpio(adjunto)
            vence = montaje().ahora() + timedelta(minutes=MINUTOS_ENLACE)
            enlace = montaje().deposito.enlace(adjunto.llave, vence, adjunto.nombre)
            return Respuesta({"enlace": enlace, "nombre": adjunto.nombre})
    raise Rechazo("no_existe")


def evaluar(solicitud: Solicitud) -> Respuesta:
    """Guarda la decisión de una persona sobre los requisitos o la pauta.

    Errores: 409 si alguien la cambió entre medio, o si a esta persona no le corresponde; 422 con el campo por corregir.
    """
    funcionario = exigir_rol(solicitud, *ROLES)
    solo_campos(solicitud, "version", "decision", "motivo", "hallazgos", "notas", "justificaciones", "correcciones")
    postulacion, convocatoria = desde_la_mesa(solicitud.camino["folio"], funcionario)
    _exigir_version(solicitud, postulacion)
    exigir_sin_conflicto(postulacion, funcionario)
    decision = revision.decision_de(solicitud, postulacion)
    if decision in DE_REQUISITOS and fue_corregida(montaje().almacen.transiciones(postulacion.folio), funcionario.id):
        raise Rechazo("te_corrigieron")
    motivo = solicitud.texto("motivo")
    marcados = revision.hallazgos(solicitud, decision, postulacion, convocatoria)
    if (postulacion.estado, decision) == (Estado.RECIBIDA, Estado.ADMISIBLE):
        chequeo.exigir_mirado(postulacion, convocatoria, marcados, motivo)
    cambios: dict[str, Any] = {"hallazgos": marcados, "correcciones": ()}
    if decision is Estado.EN_CORRECCION:
        cambios["correcciones"] = revision.correcciones(solicitud, postulacion, convocatoria)
        titulos = dict(revision.corregibles_de(postulacion, convocatoria))
        motivo = pedidos.en_palabras(motivo, cambios["correcciones"], titulos)
    elif decision is Estado.ADMISIBLE:
        cambios |= SIN_NOTAS
    elif decision is Estado.EVALUADA:
        decision, notas = calificar(solicitud, postulacion, convocatoria, funcionario)
        cambios |= notas
    _decidir(postulacion, convocatoria, decision, funcionario, motivo, cambios)
    return _como_quedo(postulacion, funcionario)


def abstenerse(solicitud: Solicitud) -> Respuesta:
    """Declara un conflicto de interés; repetirlo no cambia nada.

    Errores: 409 si alguien la cambió entre medio o ya no se revisa ni se califica; 422 sin razón.
    """
    funcionario = exigir_rol(solicitud, *ROLES)
    solo_campos(solicitud, "version", "motivo")
    postulacion, convocatoria = desde_la_mesa(solicitud.camino["folio"], funcionario)
    if se_abstuvo(postulacion, funcionario.id):
        return _como_quedo(postulacion, funcionario)
    _exigir_version(solicitud, postulacion)
    revision.exigir_motivo(solicitud, "Escribe cuál es el conflicto de interés.")
    paso = abstencion.abstenerse(
        postulacion,
        convocatoria,
        actor_de(funcionario, convocatoria),
        montaje().ahora(),
        motivo=solicitud.texto("motivo"),
        version_regla=montaje().horneado.reglamento(convocatoria).version,
    )
    aplicar((paso,), convocatoria)
    return _como_quedo(postulacion, funcionario)


def _exigir_version(solicitud: Solicitud, postulacion: Postulacion) -> None:
    if solicitud.campos.get("version") != postulacion.version:
        raise Rechazo("cambio_entre_medio", version=postulacion.version)


def _como_quedo(postulacion: Postulacion, funcionario: Funcionario) -> Respuesta:
    guardada, convocatoria = desde_la_mesa(postulacion.folio, funcionario)
    return Respuesta(ficha.expediente(guardada, convocatoria, funcionario))


def _decidir(
    postulacion: Postulacion,
    convocatoria: Convocatoria,
    decision: Estado,
    funcionario: Funcionario,
    motivo: str,
    cambios: dict[str, Any],
) -> None:
    paso = decidir(postulacion, decision, funcionario, convocatoria, motivo, **cambios)
    try:
        aplicar(con_promocion(paso, convocatoria, montaje()), convocatoria)
    except RutTomado as tomado:
        raise Rechazo("rut_tomado") from tomado


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Las rutas de la mesa sobre una postulación."""
    return atender(
        event,
        {
            "GET /api/mesa/postulaciones": listar,
            "GET /api/mesa/postulaciones/{folio}": abrir,
            "POST /api/mesa/postulaciones/{folio}/evaluacion": evaluar,
            "POST /api/mesa/postulaciones/{folio}/abstencion": abstenerse,
            "GET /api/mesa/documentos/{folio}/{documento}": documento,
        },
    )
