"""Relevar: cada aviso recién guardado pasa del registro de cambios de la tabla a la cola de envío."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord

from funciones.adaptadores.montaje import montaje
from funciones.entrada.solicitud import registro


def _encolar(record: DynamoDBRecord) -> None:
    fila = record.dynamodb.new_image if record.dynamodb else {}
    # El filtro de la plantilla deja pasar solo filas con un aviso por enviar; aquí no se confía en él.
    if "PEND" in fila:
        montaje().cola.pedir_envio([fila["aviso"]["id"]])


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Un lote de cambios; los que no se pudieron encolar se vuelven a leer, y de todas formas los ve el barrido."""
    procesador = BatchProcessor(event_type=EventType.DynamoDBStreams, raise_on_entire_batch_failure=False)
    return dict(process_partial_response(event=event, record_handler=_encolar, processor=procesador, context=context))
