"""El reloj: la única hora del sistema que miran las funciones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta


def ahora(entorno: Mapping[str, str]) -> datetime:
    """El instante actual en UTC, al milisegundo.

    `RELOJ_DESFASE_SEGUNDOS` (admite decimales) lo corre en una máquina de demostración; en la nube no se define.
    """
    desfase = timedelta(seconds=float(entorno.get("RELOJ_DESFASE_SEGUNDOS", "0")))
    momento = datetime.now(UTC) + desfase
    return momento.replace(microsecond=momento.microsecond // 1000 * 1000)
