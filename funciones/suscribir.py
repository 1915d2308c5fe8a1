"""Suscribirse a avisos de convocatorias: se pide aquí y se confirma, se cambia o se deja desde el correo."""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import Any

from funciones.adaptadores.almacen import AlmacenNoResponde, Conflicto
from funciones.adaptadores.correo import CorreoNoResponde
from funciones.adaptadores.montaje import montaje
from funciones.avisos import cartas, inscripcion, preferencias, recordar
from funciones.dominio.suscripcion import CONFIRMACIONES_AL_PEDIR, PARA_CONFIRMAR, Preferencias, Suscripcion, pedir
from funciones.entrada.acceso import con_reintentos
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Respuesta, Solicitud, atender, registro, solo_campos
from funciones.tramite.preguntas import Pregunta
from funciones.tramite.respuestas import revisar

CORREO = Pregunta(
    clave="correo",
    titulo="Tu correo",
    tipo="correo",
    bloque="",
    ayuda="Ahí te llegan los avisos. Primero te mandamos un mensaje para confirmarlo.",
    opciones=(),
    obligatoria=True,
    largo_maximo=200,
    tipos_persona=(),
    componentes=(),
    error_falta="Escribe tu correo.",
    error_formato="Escribe tu correo completo, como nombre@correo.cl.",
)
# No se ve en la página: quien la llena es un programa.
TRAMPA = "sitio"


def mostrar(solicitud: Solicitud) -> Respuesta:
    """El formulario, con lo que traiga marcado el enlace."""
    return _formulario("", preferencias.de_la_consulta(solicitud, montaje().horneado), {})


def _formulario(correo: str, marcadas: set[str], errores: dict[str, str]) -> Respuesta:
    cuerpo = {
        "pregunta": CORREO,
        "escrito": correo,
        "campos": errores,
        "trampa": TRAMPA,
        **preferencias.casillas(marcadas, montaje().horneado),
    }
    return Respuesta(cuerpo, "suscribir", 422 if errores else 200)


def recibir(solicitud: Solicitud) -> Respuesta:
    """Anota el pedido y manda el correo. Contesta siempre lo mismo: no dice si esa dirección ya recibe avisos."""
    publicado = montaje().horneado
    propios = ("regiones", "componentes") if solicitud.es_json else (TRAMPA, *preferencias.campos(publicado))
    solo_campos(solicitud, "correo", *propios)
    canonicas, errores = revisar((CORREO,), solicitud.campos, publicado)
    elegidas, por_corregir = preferencias.leer(solicitud, publicado)
    errores |= por_corregir
    if errores and solicitud.quiere_html:
        return _formulario(solicitud.texto("correo"), preferencias.de_lo_escrito(solicitud, publicado), errores)
    if errores:
        raise Rechazo("respuestas_por_corregir", campos=errores)
    if not solicitud.texto(TRAMPA):
        _anotar(canonicas["correo"], elegidas)
    cuerpo = {
        "correo": canonicas["correo"],
        "horas": int(PARA_CONFIRMAR.total_seconds()) // 3600,
        "pide": preferencias.en_palabras(elegidas, publicado),
    }
    return Respuesta(cuerpo, "suscribir_revisa")


def _anotar(correo: str, elegidas: Preferencias) -> None:
    pedida = con_reintentos(lambda: _pedir(correo, elegidas))
    if pedida is None:
        return
    # Lo pedido ya quedó guardado: si su correo no sale ahora, lo manda el reparto.
    with suppress(CorreoNoResponde, AlmacenNoResponde, Conflicto):
        if cartas.queda_esta_hora(montaje().ahora(), CONFIRMACIONES_AL_PEDIR):
            cartas.mandar_confirmacion(pedida, montaje().ahora())


def _pedir(correo: str, elegidas: Preferencias) -> Suscripcion | None:
    nueva = Suscripcion(montaje().llavero.id_suscripcion(correo), correo, 1, secrets.token_hex(16))
    pedida = pedir(montaje().almacen.suscripcion(nueva.id), nueva, elegidas, montaje().ahora())
    if pedida is not None:
        montaje().almacen.guardar_suscripcion(pedida)
    return pedida


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """GET y POST de /api/suscribir, /api/suscripcion y /api/recordar."""
    return atender(
        event,
        {
            "GET /api/suscribir": mostrar,
            "POST /api/suscribir": recibir,
            "GET /api/suscripcion": inscripcion.mirar,
            "POST /api/suscripcion": inscripcion.decidir,
            "GET /api/recordar": recordar.mostrar,
            "POST /api/recordar": recordar.recibir,
        },
    )
