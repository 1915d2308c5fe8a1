"""Asistencia: quién participó de verdad. Con eso sale el enlace de la encuesta."""

from __future__ import annotations

from typing import Any

from funciones.acceso import aplicar, decidir, desde_la_mesa
from funciones.adaptadores.montaje import montaje
from funciones.constancia import anotar_participacion, corregir_participacion
from funciones.dominio.plazo import inicio_del_dia
from funciones.dominio.postulacion import Estado
from funciones.errores import Rechazo
from funciones.solicitud import Respuesta, Solicitud, atender, exigir_rol, registro, solo_campos
from funciones.vista import ESTADO_EN_PALABRAS

ROLES = ("evaluador", "operador", "nacional", "administrador")
_DESTINOS = {"si": (Estado.PARTICIPO, "Asistió"), "no": (Estado.NO_ASISTIO, "No asistió")}


def anotar(solicitud: Solicitud) -> Respuesta:
    """Anota si asistió; repetir lo mismo no cambia nada, lo contrario lo corrige.

    Errores: 409 si la actividad no empieza, o si participó alguien que aparece con rendiciones pendientes.
    """
    funcionario = exigir_rol(solicitud, *ROLES)
    solo_campos(solicitud, "folio", "asistio", "version")
    postulacion, convocatoria = desde_la_mesa(solicitud.texto("folio"), funcionario)
    if solicitud.texto("asistio") not in _DESTINOS:
        raise Rechazo("respuestas_por_corregir", campos={"asistio": "Elige si asistió o no."})
    destino, motivo = _DESTINOS[solicitud.texto("asistio")]
    if postulacion.estado is not destino:
        if solicitud.campos.get("version") != postulacion.version:
            raise Rechazo("cambio_entre_medio", version=postulacion.version)
        if montaje().ahora() < inicio_del_dia(convocatoria.actividad_inicio):
            raise Rechazo("actividad_no_empieza")
        if destino is Estado.PARTICIPO and montaje().almacen.rendicion_pendiente(postulacion.huella_rut):
            raise Rechazo("rendicion_pendiente")
        paso = decidir(postulacion, destino, funcionario, convocatoria, motivo)
        aplicar((paso,), convocatoria)
        postulacion = paso.despues
    # También al repetir: si la vez anterior se cortó aquí, queda escrito ahora.
    (anotar_participacion if destino is Estado.PARTICIPO else corregir_participacion)(postulacion, convocatoria)
    cuerpo = {
        "folio": postulacion.folio,
        "estado": str(postulacion.estado),
        "estado_texto": ESTADO_EN_PALABRAS[postulacion.estado],
        "version": postulacion.version,
    }
    return Respuesta(cuerpo)


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """POST /api/mesa/asistencia."""
    return atender(event, {"POST /api/mesa/asistencia": anotar})
