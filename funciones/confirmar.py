"""Confirmar el correo: con eso la postulación entra a la fila. El enlace muestra; solo el botón confirma."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from funciones.adaptadores.almacen import RutTomado
from funciones.adaptadores.montaje import montaje
from funciones.consultar import pagina_de_estado
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.postulacion import (
    Actor,
    Estado,
    Papel,
    Postulacion,
    confirmar_hasta,
    transitar,
    turno_al_confirmar,
)
from funciones.entrada.acceso import aplicar, con_reintentos, convocatoria_de, por_codigo
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Respuesta, Solicitud, atender, registro, solo_campos
from funciones.tramite import expediente


def mostrar(solicitud: Solicitud) -> Respuesta:
    """La página con el botón; el código llega por el fragmento o se pega a mano."""
    return Respuesta({"campos": {}}, "confirmar")


def confirmar(solicitud: Solicitud) -> Respuesta:
    """Pone la postulación en la fila; repetirlo muestra dónde va y no cambia nada."""
    solo_campos(solicitud, "folio", "codigo")
    return con_reintentos(lambda: _confirmar(solicitud))


def _confirmar(solicitud: Solicitud) -> Respuesta:
    postulacion = por_codigo(solicitud, montaje().llavero.codigo_confirmacion)
    convocatoria = convocatoria_de(postulacion)
    if postulacion.estado is Estado.POR_CONFIRMAR:
        _poner_en_la_fila(postulacion, convocatoria)
    return pagina_de_estado(postulacion.folio, recien_confirmada=True)


def _poner_en_la_fila(postulacion: Postulacion, convocatoria: Convocatoria) -> None:
    ahora, publicado = montaje().ahora(), montaje().horneado
    gracia = timedelta(minutes=int(publicado.parametro("minutos_confirmacion", convocatoria.publicacion)))
    vigencia = timedelta(hours=int(publicado.parametro("horas_enlace_confirmacion", convocatoria.publicacion)))
    # Por fechas y no por «recibe»: una suspensión posterior no le quita el lugar a quien envió a tiempo.
    if ahora > confirmar_hasta(postulacion.llego, convocatoria.cierre, gracia, vigencia):
        raise Rechazo("enlace_vencido")
    turno = turno_al_confirmar(postulacion.llego, ahora, gracia)
    actor = Actor(Papel.POSTULANTE, postulacion.folio)
    regla = publicado.reglamento(convocatoria).version
    # Confirmada, sus documentos dejan de caducar. Repetirlo deja lo mismo.
    adjuntos = expediente.archivar_apartados(montaje().deposito, postulacion)
    recibida = transitar(
        postulacion,
        Estado.RECIBIDA,
        actor,
        ahora,
        motivo="Correo confirmado",
        version_regla=regla,
        turno=turno,
        adjuntos=adjuntos,
    )
    try:
        aplicar((recibida,), convocatoria)
    except RutTomado:
        retenida = transitar(
            postulacion,
            Estado.RETENIDA,
            actor,
            ahora,
            motivo="La oficina comprueba quién postula por este RUT",
            version_regla=regla,
            turno=turno,
            adjuntos=adjuntos,
        )
        aplicar((retenida,), convocatoria)


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """GET y POST /api/confirmar."""
    return atender(event, {"GET /api/confirmar": mostrar, "POST /api/confirmar": confirmar})
