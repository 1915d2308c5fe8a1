"""Confirmar, cambiar y dejar los avisos, con el código que solo viaja en el correo."""

from __future__ import annotations

import re
from typing import NamedTuple

from funciones.adaptadores.montaje import montaje
from funciones.avisos import cartas, novedades, preferencias
from funciones.dominio.fechas import fecha_hora_larga
from funciones.dominio.suscripcion import Preferencias, Suscripcion, confirmar, preferir
from funciones.entrada.acceso import con_reintentos
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Respuesta, Solicitud, solo_campos

UN_TOQUE = "List-Unsubscribe"
LARGO_ID = 24
_CODIGO = re.compile(r"[a-z2-7]{56}")


class Portador(NamedTuple):
    """Quien trae un código bueno: de qué suscripción, cómo está (None si ya no está) y si es el de confirmar."""

    id: str
    suscripcion: Suscripcion | None
    de_alta: bool


def mirar(solicitud: Solicitud) -> Respuesta:
    """Lo que se puede hacer con el código del correo. Mirar no cambia nada: los correos se abren solos."""
    if not _codigo(solicitud):
        return Respuesta({"paso": "pegar", "campos": {}}, "suscripcion")
    portador = _portador(solicitud)
    _revisar_plazo(portador)
    return _pagina(portador, _codigo(solicitud))


def _pagina(portador: Portador, codigo: str, errores: dict[str, str] | None = None) -> Respuesta:
    suscripcion, publicado = portador.suscripcion, montaje().horneado
    pedido = None if suscripcion is None else suscripcion.pendiente(montaje().ahora())
    if portador.de_alta and pedido is not None:
        cuerpo = {"paso": "confirmar", "pide": preferencias.en_palabras(pedido.preferencias, publicado)}
        cuerpo |= {"vence_texto": fecha_hora_larga(pedido.vence)}
    elif suscripcion is not None and suscripcion.preferencias is not None:
        marcadas = preferencias.marcadas(suscripcion.preferencias)
        cuerpo = {"paso": "cambiar", **preferencias.casillas(marcadas, publicado)}
        cuerpo |= {"pide": preferencias.en_palabras(suscripcion.preferencias, publicado)}
    else:
        return _hecho("baja")
    return Respuesta(cuerpo | {"codigo": codigo, "campos": errores or {}}, "suscripcion", 422 if errores else 200)


def decidir(solicitud: Solicitud) -> Respuesta:
    """Confirma, cambia o deja los avisos; repetirlo da lo mismo. La baja de un toque llega con su código en la ruta."""
    publicado = montaje().horneado
    propios = ("regiones", "componentes") if solicitud.es_json else preferencias.campos(publicado)
    solo_campos(solicitud, "codigo", "accion", UN_TOQUE, *propios)
    accion = "baja" if solicitud.texto(UN_TOQUE) == "One-Click" else solicitud.texto("accion")
    if accion not in {"confirmar", "cambiar", "baja"}:
        raise Rechazo("solicitud_mal_formada")
    return con_reintentos(lambda: _decidir(accion, solicitud))


def _decidir(accion: str, solicitud: Solicitud) -> Respuesta:
    portador = _portador(solicitud)
    if accion == "baja":
        montaje().almacen.borrar_suscripcion(portador.id)
        return _hecho("baja")
    if portador.suscripcion is None:
        raise Rechazo("suscripcion_no_existe")
    return _confirmar(portador) if accion == "confirmar" else _cambiar(portador, portador.suscripcion, solicitud)


def _confirmar(portador: Portador) -> Respuesta:
    suscripcion = portador.suscripcion
    if suscripcion is None or not portador.de_alta:
        raise Rechazo("suscripcion_no_existe")
    _revisar_plazo(portador)
    confirmada = confirmar(suscripcion, montaje().horneado.publicadas(), montaje().ahora())
    if confirmada is not suscripcion:
        montaje().almacen.guardar_suscripcion(confirmada)
    return _hecho("confirmada", confirmada)


def _revisar_plazo(portador: Portador) -> None:
    """Rechazo si trae el enlace de un cambio que venció: decirle «listo» sería mentirle."""
    suscripcion = portador.suscripcion
    if portador.de_alta and suscripcion is not None and suscripcion.pedido_vencido(montaje().ahora()):
        raise Rechazo("cambio_de_avisos_vencido")


def _cambiar(portador: Portador, suscripcion: Suscripcion, solicitud: Solicitud) -> Respuesta:
    publicado = montaje().horneado
    if not suscripcion.activa:
        raise Rechazo("suscripcion_no_existe")
    elegidas, errores = preferencias.leer(solicitud, publicado)
    if errores and solicitud.quiere_html:
        return _pagina(portador, _codigo(solicitud), errores)
    if errores:
        raise Rechazo("respuestas_por_corregir", campos=errores)
    cambiada = preferir(suscripcion, elegidas, publicado.publicadas(), montaje().ahora())
    montaje().almacen.guardar_suscripcion(cambiada)
    return _hecho("cambiada", cambiada)


def _hecho(que: str, suscripcion: Suscripcion | None = None) -> Respuesta:
    """Cómo quedó: qué recibe y, al inscribirse, qué hay abierto hoy para esa persona."""
    cuerpo: dict[str, object] = {"hecho": que, "recibe": suscripcion is not None}
    if suscripcion is not None and suscripcion.preferencias is not None:
        elegidas = suscripcion.preferencias
        cuerpo |= {
            "regiones": sorted(elegidas.regiones),
            "componentes": sorted(elegidas.componentes),
            "pide": preferencias.en_palabras(elegidas, montaje().horneado),
            "enlace_baja": cartas.enlace_de_baja(suscripcion),
            "abiertas": _abiertas(elegidas) if que == "confirmada" else [],
        }
    return Respuesta(cuerpo, "suscripcion_hecha")


def _abiertas(elegidas: Preferencias) -> list[dict[str, str]]:
    publicado, ahora = montaje().horneado, montaje().ahora()
    recibiendo = sorted(
        (p.convocatoria for p in publicado.publicadas() if p.salio(ahora) and p.convocatoria.recibe(ahora)),
        key=lambda c: (c.cierre, c.id),
    )
    return [
        {"nombre": c.nombre, "plazo": novedades.plazo(c, ahora), "enlace": novedades.enlace(c, "")}
        for c in recibiendo
        if elegidas.incluye(c)
    ]


def _codigo(solicitud: Solicitud) -> str:
    """El código sin espacios y en minúsculas: en el formulario o en la dirección. También sirve el enlace pegado."""
    escrito = solicitud.texto("codigo") or solicitud.consulta.get("codigo", "")
    return re.sub(r"\s", "", escrito).lower().rpartition("codigo=")[2]


def _portador(solicitud: Solicitud) -> Portador:
    """De quién es el código. Rechazo 404 si no es de nadie, o si confirmaba algo que venció."""
    codigo, llavero = _codigo(solicitud), montaje().llavero
    if not _CODIGO.fullmatch(codigo):
        raise Rechazo("suscripcion_no_existe")
    id_suscripcion, firma = codigo[:LARGO_ID], codigo[LARGO_ID:]
    guardada = montaje().almacen.suscripcion(id_suscripcion)
    suscripcion = None if guardada is None or guardada.vencida(montaje().ahora()) else guardada
    clave = "" if suscripcion is None else suscripcion.clave
    de_alta = llavero.iguales(firma, llavero.codigo_alta(id_suscripcion, clave)) and suscripcion is not None
    if not de_alta and not llavero.iguales(firma, llavero.codigo_baja(id_suscripcion)):
        raise Rechazo("suscripcion_no_existe")
    return Portador(id_suscripcion, suscripcion, de_alta)
