"""Ejecuta los manejadores como lo haría Lambda: evento y contexto entran, un valor sale."""

import importlib
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

Manejador = Callable[[dict[str, Any], Any], Any]
PLAZO_SEGUNDOS = 30


@dataclass
class Contexto:
    """Lo que Lambda cuenta a la función sobre esta ejecución."""

    function_name: str
    memory_limit_in_mb: int = 512
    function_version: str = "$LATEST"
    aws_request_id: str = field(default_factory=lambda: str(uuid4()))
    log_group_name: str = "local"
    log_stream_name: str = "local"
    identity: None = None
    client_context: None = None
    _inicio: float = field(default_factory=time.monotonic)

    @property
    def invoked_function_arn(self) -> str:
        return f"arn:aws:lambda:us-east-1:000000000000:function:{self.function_name}"

    def get_remaining_time_in_millis(self) -> int:
        return max(0, int((PLAZO_SEGUNDOS - (time.monotonic() - self._inicio)) * 1000))


def cargar(manejador: str) -> Manejador:
    """La función de Python que nombra «paquete.modulo.funcion»."""
    modulo, _, nombre = manejador.rpartition(".")
    return getattr(importlib.import_module(modulo), nombre)


def invocar(manejador: str, funcion: str, evento: dict[str, Any]) -> Any:
    """Llama al manejador con un evento y un contexto nuevos."""
    return cargar(manejador)(evento, Contexto(funcion))


def registrar_falla(que: str, error: BaseException) -> None:
    """Dice dónde falló sin mostrar el texto del error, que puede traer datos de una persona."""
    tramos = traceback.extract_tb(error.__traceback__)
    lugar = f" en {Path(tramos[-1].filename).name}:{tramos[-1].lineno}" if tramos else ""
    print(f"  Falló {que}: {type(error).__name__}{lugar}", file=sys.stderr, flush=True)
