"""Notificar: cada aviso pendiente, un correo; el nombre de la plantilla es el estado."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from funciones.adaptadores.correo import DireccionRechazada, Mensaje
from funciones.adaptadores.montaje import montaje
from funciones.adaptadores.redaccion import redactar
from funciones.avisos import contactos
from funciones.avisos.contactos import Causa
from funciones.dominio.postulacion import DIRECCION_RECHAZADA, EN_MANO, SIN_CORREO, Aviso, Postulacion, como_quedo
from funciones.entrada.acceso import convocatoria_de
from funciones.entrada.solicitud import contar, registro
from funciones.tramite.vista import de_correo, responder_a

MINUTOS_ARRIENDO = 5


def enviar(id_aviso: str) -> None:
    """Envía un aviso. Si ya se envió, o si otro lo está enviando, no hace nada."""
    ahora = montaje().ahora()
    aviso = montaje().almacen.tomar_aviso(id_aviso, ahora, ahora + timedelta(minutes=MINUTOS_ARRIENDO))
    if aviso is None:
        return
    postulacion = montaje().almacen.postulacion(aviso.folio)
    if postulacion is None:
        return
    montaje().almacen.aviso_enviado(aviso.id, montaje().ahora(), _mandar(aviso, postulacion))


def _mandar(aviso: Aviso, postulacion: Postulacion) -> str:
    """Con qué referencia queda: la de quien llevó el correo, o por qué no salió. Lo que no sale queda por contactar."""
    if contactos.se_lo_llevo(aviso, postulacion):
        return EN_MANO
    causa = contactos.sin_a_donde(aviso, postulacion)
    if causa is None:
        try:
            return montaje().correo.enviar(_mensaje(aviso, postulacion))
        except DireccionRechazada:
            # La dirección no existe: insistir no sirve.
            causa = Causa.RECHAZADA
    contactos.anotar(aviso, causa)
    return SIN_CORREO if causa is Causa.SIN_CORREO else DIRECCION_RECHAZADA


def _mensaje(aviso: Aviso, postulacion: Postulacion) -> Mensaje:
    asunto, texto, html = redactado(aviso, postulacion)
    # El mismo Message-ID en cada reintento: si un correo se repite, se reconoce que es el mismo.
    return Mensaje(
        postulacion.datos["correo"],
        asunto,
        texto,
        html,
        f"{aviso.id}@avisos",
        responder_a=responder_a(postulacion, montaje().horneado),
    )


def redactado(aviso: Aviso, postulacion: Postulacion) -> tuple[str, str, str]:
    """Asunto, texto y HTML de lo que se decidió entonces, aunque después la postulación haya cambiado."""
    convocatoria = convocatoria_de(postulacion)
    hasta_el_aviso = tuple(t for t in montaje().almacen.transiciones(aviso.folio) if t.version <= aviso.version)
    entonces = como_quedo(postulacion, hasta_el_aviso[-1])
    return redactar(aviso.estado, de_correo(entonces, convocatoria, hasta_el_aviso, montaje()), montaje().plantillas)


def _atender(record: SQSRecord) -> None:
    enviar(json.loads(record.body)["aviso"])


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Un lote de SQS; los que fallan vuelven a la cola, los demás no se repiten."""
    contar("AvisosPedidos", len(event["Records"]))
    procesador = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    return dict(process_partial_response(event=event, record_handler=_atender, processor=procesador, context=context))
