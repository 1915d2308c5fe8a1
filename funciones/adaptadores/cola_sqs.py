"""La cola de avisos en SQS."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

_POR_ENVIO = 10


@lru_cache(maxsize=1)
def cliente() -> Any:
    """El cliente de SQS de este proceso."""
    import boto3

    return boto3.client("sqs")


class ColaSqs:
    """Cumple el Protocol Cola."""

    def __init__(self, sqs: Any, url: str) -> None:
        self._sqs, self._url = sqs, url

    def pedir_envio(self, ids_aviso: Iterable[str]) -> None:
        """Un mensaje por aviso, en envíos de diez, el tope de SQS."""
        ids = tuple(ids_aviso)
        for inicio in range(0, len(ids), _POR_ENVIO):
            grupo = ids[inicio : inicio + _POR_ENVIO]
            entradas = [
                {"Id": str(i), "MessageBody": json.dumps({"aviso": id_aviso})} for i, id_aviso in enumerate(grupo)
            ]
            fallidas = self._sqs.send_message_batch(QueueUrl=self._url, Entries=entradas).get("Failed", [])
            if fallidas:
                raise ColaNoResponde(f"{len(fallidas)} avisos sin encolar")


class ColaNoResponde(Exception):
    """SQS no aceptó algún aviso: sigue pendiente en el almacén y la próxima barrida lo vuelve a pedir."""
