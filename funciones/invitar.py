"""Invitar: la mesa anuncia una convocatoria a quienes pidieron avisos de una región, con un tope de correos al día."""

from __future__ import annotations

import re
from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.invitacion import TODAS
from funciones.dominio.novedad import regiones_de
from funciones.dominio.plazo import fecha_en_chile
from funciones.ejecucion.jornada import convocatoria_al_alcance
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Respuesta, Solicitud, atender, exigir_rol, registro, solo_campos
from funciones.oficina import bitacora, invitaciones

ROLES = ("evaluador", "nacional", "administrador")


def ver(solicitud: Solicitud) -> Respuesta:
    """La invitación de una convocatoria y a qué regiones se puede dirigir."""
    funcionario = exigir_rol(solicitud, *ROLES)
    return _como_va(convocatoria_al_alcance(solicitud.consulta.get("convocatoria", ""), funcionario))


def invitar(solicitud: Solicitud) -> Respuesta:
    """Cuenta a cuántas personas llegaría, empieza a invitarlas o se detiene. Contar no cambia nada.

    Errores: 409 si la convocatoria no recibe postulaciones, o si otra persona cambió la invitación; 422 por campo.
    """
    funcionario = exigir_rol(solicitud, *ROLES)
    solo_campos(solicitud, "convocatoria", "accion", "region", "tope", "version")
    convocatoria = convocatoria_al_alcance(solicitud.texto("convocatoria"), funcionario)
    accion = solicitud.texto("accion")
    if accion == "contar":
        return _como_va(convocatoria, _region(solicitud, convocatoria))
    antes = invitaciones.guardada(convocatoria)
    version = 0 if antes is None else antes.version
    if solicitud.campos.get("version") != version:
        raise Rechazo("cambio_entre_medio", version=version)
    if accion == "detener" and antes is not None and antes.cuerpo["viva"]:
        invitaciones.guardar(convocatoria, funcionario, version, False, antes.cuerpo["region"], antes.cuerpo["tope"])
        bitacora.anotar(convocatoria.id, "sin_invitacion", funcionario)
    elif accion == "invitar":
        if not convocatoria.recibe(montaje().ahora()):
            raise Rechazo("no_se_invita")
        region, tope = _region(solicitud, convocatoria), _tope(solicitud)
        cuentas = invitaciones.cuentas(convocatoria, region)
        invitaciones.guardar(convocatoria, funcionario, version, True, region, tope)
        detalle = f"{_nombre(region)}: {cuentas['por_escribir']} por escribir, hasta {tope} al día"
        bitacora.anotar(convocatoria.id, "invitacion", funcionario, detalle)
    else:
        raise Rechazo("accion_imposible" if accion == "detener" else "solicitud_mal_formada")
    return _como_va(convocatoria)


def _como_va(convocatoria: Convocatoria, region: str | None = None) -> Respuesta:
    hoja = invitaciones.guardada(convocatoria)
    if region is None:
        region = TODAS if hoja is None else hoja.cuerpo["region"]
    admitidas = regiones_de(convocatoria) or frozenset(montaje().horneado.regiones())
    cuerpo = {
        "convocatoria": convocatoria.id,
        "recibe": convocatoria.recibe(montaje().ahora()),
        "componente": convocatoria.componente,
        "regiones": sorted(admitidas, key=lambda codigo: montaje().horneado.orden_region(codigo) or 0),
        "region": region,
        "tope_maximo": tope_maximo(),
        "version": 0 if hoja is None else hoja.version,
        "actual": None
        if hoja is None
        else {k: hoja.cuerpo[k] for k in ("viva", "region", "tope")} | bitacora.firmada(hoja.cuerpo),
        **invitaciones.cuentas(convocatoria, region),
    }
    return Respuesta(cuerpo)


def tope_maximo() -> int:
    """Los correos al día que puede mandar una invitación."""
    return int(montaje().horneado.parametro("correos_por_invitacion_al_dia", fecha_en_chile(montaje().ahora())))


def _region(solicitud: Solicitud, convocatoria: Convocatoria) -> str:
    region = solicitud.texto("region")
    admitidas = regiones_de(convocatoria) or frozenset(montaje().horneado.regiones())
    if region != TODAS and region not in admitidas:
        raise Rechazo("respuestas_por_corregir", campos={"region": "Elige una región que la convocatoria admita."})
    return region


def _nombre(region: str) -> str:
    return "Todas las regiones que admite" if region == TODAS else montaje().horneado.region(region)


def _tope(solicitud: Solicitud) -> int:
    escrito, maximo = solicitud.texto("tope"), tope_maximo()
    if not re.fullmatch(r"[0-9]{1,9}", escrito) or not 1 <= int(escrito) <= maximo:
        raise Rechazo("respuestas_por_corregir", campos={"tope": f"Escribe un número de 1 a {maximo}."})
    return int(escrito)


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """GET y POST /api/mesa/invitaciones."""
    return atender(event, {"GET /api/mesa/invitaciones": ver, "POST /api/mesa/invitaciones": invitar})
