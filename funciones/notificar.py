"""Notificar: cada aviso pendiente, un correo; el nombre de la plantilla es el estado."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from funciones.acceso import convocatoria_de
from funciones.adaptadores.correo import DireccionRechazada, Mensaje
from funciones.adaptadores.montaje import montaje
from funciones.adaptadores.redaccion import redactar
from funciones.dominio.postulacion import DIRECCION_RECHAZADA, Aviso, Postulacion, como_quedo
from funciones.solicitud import contar, registro
from funciones.vista import de_correo

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
    try:
        referencia = montaje().correo.enviar(_mensaje(aviso, postulacion))
    except DireccionRechazada:
        # La dirección no existe: insistir no sirve. Queda escrito para llamar por teléfono o escribir una carta.
        referencia = DIRECCION_RECHAZADA
    montaje().almacen.aviso_enviado(aviso.id, montaje().ahora(), referencia)


def _mensaje(aviso: Aviso, postulacion: Postulacion) -> Mensaje:
    """El correo de lo que se decidió entonces, aunque después la postulación haya cambiado."""
    convocatoria = convocatoria_de(postulacion)
    hasta_el_aviso = tuple(t for t in montaje().almacen.transiciones(aviso.folio) if t.version <= aviso.version)
    entonces = como_quedo(postulacion, hasta_el_aviso[-1])
    asunto, texto, html = redactar(
        aviso.estado, de_correo(entonces, convocatoria, hasta_el_aviso, montaje()), montaje().plantillas
    )
    # El mismo Message-ID en cada reintento: si un correo se repite, se reconoce que es el mismo.
    return Mensaje(postulacion.datos["correo"], asunto, texto, html, f"{aviso.id}@avisos")


def _atender(record: SQSRecord) -> None:
    enviar(json.loads(record.body)["aviso"])


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Un lote de SQS; los que fallan vuelven a la cola, los demás no se repiten."""
    contar("AvisosPedidos", len(event["Records"]))
    procesador = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    return dict(process_partial_response(event=event, record_handler=_atender, processor=procesador, context=context))
