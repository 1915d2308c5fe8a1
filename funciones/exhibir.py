"""Exhibir: quien participa arma su ficha del catálogo, la envía a revisión y la retira cuando quiere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.dominio import exhibicion, texto_publico
from funciones.dominio.postulacion import Postulacion
from funciones.dominio.vitrina import PERMISO_VIGENTE, Vitrina, VitrinaImposible
from funciones.entrada.acceso import con_reintentos, con_vuelta, convocatoria_de, por_codigo
from funciones.entrada.errores import Rechazo, rechazo_de
from funciones.entrada.solicitud import Respuesta, Solicitud, atender, registro, solo_campos
from funciones.vitrinas import foto, vitrina_escrita
from funciones.vitrinas.edicion_foto import GALLETA, guardar_foto, pagina_de_foto, quitar_foto
from funciones.vitrinas.edicion_vitrina import (
    Visita,
    ficha,
    guardar_ficha,
    guardar_producto,
    portada,
    quitar,
    un_producto,
)

CAMPOS = ("folio", "codigo", "accion", "producto", "permiso", "foto_alt")
FALTA = {
    "nombre": "Escribe el nombre que verán quienes compran.",
    "rubro": "Elige tu rubro.",
    "descripcion": "Cuenta en una o dos frases qué haces.",
    "productos": "Agrega al menos un producto.",
    "foto_alt": "Cuenta qué se ve en la foto.",
}


def pedir(solicitud: Solicitud) -> Respuesta:
    """La página que recibe folio y código; o la vuelta de subir una foto, que solo mira y muestra."""
    if "folio" not in solicitud.consulta:
        return Respuesta({"campos": {}}, "vitrina_entrada")
    campos = {"folio": solicitud.consulta["folio"], "codigo": solicitud.galletas.get(GALLETA, "")}
    entrada = replace(solicitud, campos=campos)
    visita = _entrar(entrada, "foto", solicitud.consulta.get("producto", ""))
    return pagina_de_foto(visita, avisar=True)


def exhibir(solicitud: Solicitud) -> Respuesta:
    """Muestra la vitrina o hace lo que pide `accion`; repetirlo no cambia nada más.

    Errores: 404 sin folio y código; 409 si no le corresponde o ya no se puede; 422 con lo que hay que corregir.
    """
    propios = dict.fromkeys((*CAMPOS, *vitrina_escrita.DE_LA_FICHA, *vitrina_escrita.DEL_PRODUCTO))
    solo_campos(solicitud, *propios)
    accion, _, cual = (solicitud.texto("accion") or "ver").partition(":")
    if accion not in ACCIONES:
        raise Rechazo("solicitud_mal_formada")
    try:
        return con_reintentos(lambda: ACCIONES[accion](_entrar(solicitud, accion, cual)))
    except (Rechazo, VitrinaImposible) as error:
        raise con_vuelta(rechazo_de(error), solicitud) from None


def _entrar(solicitud: Solicitud, accion: str, cual: str) -> Visita:
    """La visita. Salir del catálogo se puede siempre; lo demás, mientras participe."""
    postulacion = por_codigo(solicitud, montaje().llavero.secreto)
    convocatoria = convocatoria_de(postulacion)
    guardada = montaje().almacen.vitrina(postulacion.folio)
    corresponde = exhibicion.puede_exhibir(postulacion.estado, convocatoria.componente)
    if not corresponde and (guardada is None or accion not in {"ver", "retirar"}):
        raise Rechazo("vitrina_no_corresponde")
    return Visita(solicitud, postulacion, convocatoria, guardada or _vacia(postulacion), cual)


def _vacia(postulacion: Postulacion) -> Vitrina:
    publica = montaje().llavero.vitrina(postulacion.huella_rut)
    nombre = postulacion.datos["nombre"]
    return exhibicion.nueva(postulacion.folio, postulacion.convocatoria, publica, nombre, montaje().ahora())


def _ver(visita: Visita) -> Respuesta:
    return portada(visita, visita.vitrina)


def _enviar(visita: Visita) -> Respuesta:
    """A revisión, con el permiso marcado."""
    errores = _lo_que_falta(visita.vitrina)
    if visita.solicitud.texto("permiso") != "si":
        errores["permiso"] = "Marca el permiso: sin él no publicamos nada."
    if errores and visita.solicitud.es_json:
        raise Rechazo("respuestas_por_corregir", campos=errores)
    if errores:
        return portada(visita, visita.vitrina, errores=errores)
    enviada = exhibicion.enviar(visita.vitrina, montaje().ahora(), PERMISO_VIGENTE)
    montaje().almacen.guardar_vitrina(enviada)
    return portada(visita, enviada, "Enviamos tu ficha: la mira una persona y te escribimos.")


def _lo_que_falta(vitrina: Vitrina) -> dict[str, str]:
    """`foto_alt:p2` → el producto p2 y qué le falta; y lo guardado que no se puede publicar."""
    faltan = {falta.replace(":", "-"): FALTA[falta.partition(":")[0]] for falta in vitrina.borrador.faltan}
    malos = texto_publico.no_se_publica(vitrina.borrador)
    return faltan | ({"productos": f"Quita el RUT o el código que hay en {', '.join(malos)}."} if malos else {})


def _retirar(visita: Visita) -> Respuesta:
    """Retira el permiso; si ya no había, muestra cómo está."""
    if visita.vitrina.permiso is None:
        return portada(visita, visita.vitrina)
    retirada = exhibicion.retirar(visita.vitrina, montaje().ahora())
    montaje().almacen.guardar_vitrina(retirada)
    foto.borrar_sobrantes(visita.vitrina, retirada)
    return portada(visita, retirada, "Retiraste tu permiso: tu ficha sale del catálogo en la próxima publicación.")


ACCIONES: Mapping[str, Callable[[Visita], Respuesta]] = {
    "ver": _ver,
    "ficha": ficha,
    "guardar_ficha": guardar_ficha,
    "producto": un_producto,
    "guardar_producto": guardar_producto,
    "quitar": quitar,
    "foto": pagina_de_foto,
    "guardar_foto": guardar_foto,
    "quitar_foto": quitar_foto,
    "enviar": _enviar,
    "retirar": _retirar,
}


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """GET y POST /api/exhibir."""
    return atender(event, {"GET /api/exhibir": pedir, "POST /api/exhibir": exhibir})
