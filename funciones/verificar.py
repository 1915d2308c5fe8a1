"""Verificar requisitos antes de postular: responde y no guarda nada."""

from __future__ import annotations

from typing import Any

from funciones.adaptadores import textos
from funciones.adaptadores.horneado import Horneado
from funciones.adaptadores.montaje import montaje
from funciones.dominio.admisibilidad import NECESITAN_REGISTRO, recomendar, resumen
from funciones.dominio.convocatoria import Convocatoria
from funciones.entrada.errores import Rechazo
from funciones.entrada.publicado import convocatoria_pedida
from funciones.entrada.solicitud import Respuesta, Solicitud, atender, registro, solo_campos
from funciones.tramite.respuestas import Pregunta, declaracion_de, preguntas_para, revisar
from funciones.tramite.vista import de_convocatoria

# Las que miran las reglas; el nombre, el RUT y el correo no hacen falta para saber si se cumple.
PREGUNTAS_DE_REQUISITOS = (
    "tipo_persona",
    "inicio_actividades",
    "inicio_fecha",
    "comuna",
    "actividad",
    "otras_actividades",
    "ventas",
    "asociados",
    "liderada_por_mujeres",
    "deudas",
    "condena_antisindical",
    "rendiciones_pendientes",
    "deuda_alimentos",
)


def preguntas_de_requisitos(publicado: Horneado, convocatoria: Convocatoria) -> tuple[Pregunta, ...]:
    """Las que mira alguna regla de esta convocatoria, en el orden del formulario."""
    sin_regla = set() if convocatoria.perfil else {"liderada_por_mujeres"}
    claves = set(PREGUNTAS_DE_REQUISITOS) - sin_regla
    return tuple(p for p in preguntas_para(convocatoria, publicado) if p.clave in claves)


def mostrar(solicitud: Solicitud) -> Respuesta:
    """La página con las preguntas."""
    publicado = montaje().horneado
    convocatoria = convocatoria_pedida(publicado, solicitud.consulta.get("convocatoria", ""))
    return _formulario(publicado, convocatoria, {}, {})


def _formulario(
    publicado: Horneado, convocatoria: Convocatoria, escritas: dict[str, Any], errores: dict[str, str]
) -> Respuesta:
    contexto = {
        "convocatoria": de_convocatoria(convocatoria, publicado),
        "campos": errores,
        **_preguntas_y_respuestas(publicado, convocatoria, escritas),
    }
    return Respuesta(contexto, "verificar", 422 if errores else 200)


def _preguntas_y_respuestas(
    publicado: Horneado, convocatoria: Convocatoria, escritas: dict[str, Any]
) -> dict[str, Any]:
    """Lo que dibuja el formulario: va también bajo el resultado, para cambiar una respuesta sin escribirlas todas."""
    return {
        "preguntas": preguntas_de_requisitos(publicado, convocatoria),
        "escritas": escritas,
        "comunas": publicado.comunas_por_region(),
    }


def _respondidas(solicitud: Solicitud, publicado: Horneado, convocatoria: Convocatoria) -> tuple[Pregunta, ...]:
    """Las que contestó de las que le tocan: sin guiones, la página las muestra todas y alguna puede sobrar."""
    tipo, componente = solicitud.texto("tipo_persona"), convocatoria.componente
    le_tocan = (p for p in preguntas_de_requisitos(publicado, convocatoria) if p.rige_para(tipo, componente))
    return tuple(p for p in le_tocan if solicitud.texto(p.clave))


def verificar(solicitud: Solicitud) -> Respuesta:
    """Las cuatro salidas por regla, con su certificado. Lo no respondido es «falta dato», no un error."""
    publicado = montaje().horneado
    convocatoria = convocatoria_pedida(publicado, solicitud.texto("convocatoria"))
    solo_campos(solicitud, "convocatoria", *PREGUNTAS_DE_REQUISITOS)
    respondidas = _respondidas(solicitud, publicado, convocatoria)
    canonicas, errores = revisar(respondidas, solicitud.campos, publicado)
    if errores and solicitud.quiere_html:
        return _formulario(publicado, convocatoria, dict(solicitud.campos), errores)
    if errores:
        raise Rechazo("respuestas_por_corregir", campos=errores)
    hallazgos = recomendar(declaracion_de(canonicas, publicado), publicado.reglamento(convocatoria))
    cuerpo = {
        "convocatoria": de_convocatoria(convocatoria, publicado),
        "resultado": str(resumen(tuple(h for h in hallazgos if h.regla not in NECESITAN_REGISTRO))),
        "reglas": textos.explicar(hallazgos, convocatoria, publicado, montaje().plantillas),
        "no_se_revisan_aqui": list(NECESITAN_REGISTRO),
        "guardado": False,
        "abierta": convocatoria.recibe(montaje().ahora()),
    }
    if solicitud.quiere_html:
        cuerpo |= _preguntas_y_respuestas(publicado, convocatoria, dict(solicitud.campos))
    return Respuesta(cuerpo, "verificacion")


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """GET y POST /api/verificar."""
    return atender(event, {"GET /api/verificar": mostrar, "POST /api/verificar": verificar})
