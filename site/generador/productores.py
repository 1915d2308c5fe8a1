"""Lo que se publica junto a las páginas, desde los mismos datos: cada productor escribe sus archivos en el portal."""

from collections.abc import Callable
from pathlib import Path

from generador.anios import escribir_series_anuales
from generador.atom import escribir_canales
from generador.calendario import escribir_calendarios
from generador.cifras import escribir_series
from generador.copias_catalogo import escribir_copias, escribir_fotos
from generador.dcat import escribir_catalogo
from generador.encuesta_publicada import escribir_series_de_encuesta
from generador.fichas import Fichas
from generador.imagen_social import escribir_laminas
from generador.indice import producir as escribir_indice
from generador.paginas_correos import escribir_estilo

Productor = Callable[[Fichas, Path], None]

# En este orden; ninguno lee lo que escribe otro.
PRODUCTORES: tuple[Productor, ...] = (
    escribir_catalogo,
    escribir_series,
    escribir_series_anuales,
    escribir_series_de_encuesta,
    escribir_copias,
    escribir_fotos,
    escribir_laminas,
    escribir_calendarios,
    escribir_canales,
    escribir_estilo,
    escribir_indice,
)
