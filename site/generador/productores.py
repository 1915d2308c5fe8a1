"""Lo que se publica junto a las páginas, desde los mismos datos: cada productor escribe sus archivos en el portal."""

from collections.abc import Callable
from pathlib import Path

from generador.cifras import escribir_series
from generador.copias_catalogo import escribir_copias, escribir_fotos
from generador.dcat import escribir_catalogo
from generador.fichas import Fichas

Productor = Callable[[Fichas, Path], None]

# En este orden; ninguno lee lo que escribe otro.
PRODUCTORES: tuple[Productor, ...] = (escribir_catalogo, escribir_series, escribir_copias, escribir_fotos)
