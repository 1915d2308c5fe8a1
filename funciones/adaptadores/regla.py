"""La huella del código con que se elige: quien repite un acta sabe si lo hace con la misma regla."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from funciones.dominio import candidata, puestos, seleccion


@lru_cache(maxsize=1)
def huella_de_la_seleccion() -> str:
    """SHA-256 en hexadecimal de los tres archivos que deciden a quién se elige, uno tras otro."""
    fuentes = (Path(str(modulo.__file__)).read_bytes() for modulo in (candidata, puestos, seleccion))
    return hashlib.sha256(b"".join(fuentes)).hexdigest()
