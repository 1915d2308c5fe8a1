"""Asistir: por dónde se entra a la actividad, quién participó de verdad y todo lo de su jornada."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.dominio import sala
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.jornada import Efecto, Marca, efecto
from funciones.dominio.plazo import inicio_del_dia
from funciones.ejecucion import cierre, jornada, marcas
from funciones.entrada.acceso import desde_la_mesa
from funciones.entrada.errores import Rechazo
from funciones.entrada.publicado import convocatoria_pedida
from funciones.entrada.solicitud import Funcionario, Respuesta, Solicitud, atender, exigir_rol, registro, solo_campos
from funciones.oficina import bitacora
from funciones.tramite.vista import ESTADO_EN_PALABRAS

ROLES = ("evaluador", "operador", "nacional", "administrador")


def anotar(solicitud: Solicitud) -> Respuesta:
    """Anota si asistió; repetir lo mismo no cambia nada, lo contrario lo corrige.

    Errores: 409 si la actividad no empieza o ya se cerró, si participó alguien que aparece con rendiciones
    pendientes, o si el puesto de quien no había llegado ya lo tomó otra empresa.
    """
    funcionario = exigir_rol(solicitud, *ROLES)
    solo_campos(solicitud, "folio", "asistio", "version")
    postulacion, convocatoria = desde_la_mesa(solicitud.texto("folio"), funcionario)
    if solicitud.texto("asistio") not in {"si", "no"}:
        raise Rechazo("respuestas_por_corregir", campos={"asistio": "Elige si asistió o no."})
    marca = Marca(postulacion.folio, solicitud.texto("asistio") == "si")
    que = efecto(postulacion, replace(marca, version=postulacion.version))
    if que is not Efecto.YA_ESTABA:
        if solicitud.campos.get("version") != postulacion.version:
            raise Rechazo("cambio_entre_medio", version=postulacion.version)
        if montaje().ahora() < inicio_del_dia(convocatoria.actividad_inicio):
            raise Rechazo("actividad_no_empieza")
        if que is not Efecto.APLICA:
            raise Rechazo("accion_imposible")
        cierre.exigir_sin_cerrar(convocatoria)
    postulacion = marcas.marcar(postulacion, convocatoria, funcionario, marca)
    cuerpo = {
        "folio": postulacion.folio,
        "estado": str(postulacion.estado),
        "estado_texto": ESTADO_EN_PALABRAS[postulacion.estado],
        "version": postulacion.version,
    }
    return Respuesta(cuerpo)


def ver_enlace(solicitud: Solicitud) -> Respuesta:
    """El enlace que ven quienes tienen cupo; vacío si todavía no se guarda. Error: 404 si es de otra región."""
    pedida = solicitud.consulta.get("convocatoria", "")
    return _enlace(_con_sala(pedida, exigir_rol(solicitud, *ROLES)))


def guardar_enlace(solicitud: Solicitud) -> Respuesta:
    """Guarda el enlace de la convocatoria, o lo borra si viene vacío. Errores: 404, 409 si es presencial, 422."""
    funcionario = exigir_rol(solicitud, *ROLES)
    solo_campos(solicitud, "convocatoria", "enlace")
    convocatoria = _con_sala(solicitud.texto("convocatoria"), funcionario)
    escrito = solicitud.texto("enlace")
    if escrito and not sala.sirve(escrito):
        texto = "Pega la dirección completa: empieza con «https://» y no lleva espacios."
        raise Rechazo("respuestas_por_corregir", campos={"enlace": texto})
    montaje().almacen.guardar_sala(convocatoria.id, escrito)
    # Quién lo cambió; el enlace mismo no va en el registro.
    bitacora.anotar(convocatoria.id, "enlace", funcionario, "" if escrito else "Quedó sin enlace")
    registro.info("enlace_virtual", extra={"convocatoria": convocatoria.id, "funcionario": funcionario.id})
    return _enlace(convocatoria)


def _con_sala(pedida: str, funcionario: Funcionario) -> Convocatoria:
    convocatoria = convocatoria_pedida(montaje().horneado, pedida)
    if not funcionario.alcanza(convocatoria):
        raise Rechazo("convocatoria_no_existe")
    if not sala.tiene_sala(convocatoria):
        raise Rechazo("es_presencial")
    return convocatoria


def _enlace(convocatoria: Convocatoria) -> Respuesta:
    return Respuesta({"convocatoria": convocatoria.id, "enlace": montaje().almacen.sala(convocatoria.id) or ""})


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """La asistencia, la jornada y el enlace para entrar por internet."""
    return atender(
        event,
        {
            "POST /api/mesa/asistencia": anotar,
            "GET /api/mesa/jornada": jornada.ver,
            "POST /api/mesa/jornada/marcas": jornada.cargar_marcas,
            "POST /api/mesa/jornada/reemplazo": jornada.reemplazar,
            "POST /api/mesa/jornada/lugares": jornada.guardar_lugares,
            "POST /api/mesa/jornada/aporte": jornada.guardar_aporte,
            "POST /api/mesa/jornada/cierre": jornada.cerrar,
            "GET /api/mesa/enlace_virtual": ver_enlace,
            "POST /api/mesa/enlace_virtual": guardar_enlace,
        },
    )
