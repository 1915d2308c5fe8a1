"""La cola embebida: el servidor local ya relee los avisos pendientes cada segundo, no hay nada que pedir."""

from __future__ import annotations

from collections.abc import Iterable


class ColaEmbebida:
    """Cumple el Protocol Cola."""

    def pedir_envio(self, ids_aviso: Iterable[str]) -> None:
        """Nada: lo pendiente se relee del almacén."""
