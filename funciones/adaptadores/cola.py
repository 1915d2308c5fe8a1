"""La cola de avisos: por dónde se pide enviar un aviso."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class Cola(Protocol):
    """Pedir dos veces el mismo aviso no lo envía dos veces: quien envía lo arrienda primero."""

    def pedir_envio(self, ids_aviso: Iterable[str]) -> None:
        """Pide enviar estos avisos."""
