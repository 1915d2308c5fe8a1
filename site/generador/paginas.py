"""Qué páginas salen de los datos, primero las que llevan a las demás."""

from collections.abc import Iterator

from generador.fichas import Fichas
from generador.pagina import Pagina
from generador.paginas_buscador import del_buscador
from generador.paginas_cambios import de_cambios
from generador.paginas_catalogo import de_catalogo
from generador.paginas_convocatorias import de_convocatorias
from generador.paginas_correos import de_correos, es_de_correos
from generador.paginas_eventos import de_eventos
from generador.paginas_programa import MESA, de_inicio, del_programa

# Del personal o sin contenido propio: no van en el mapa del sitio.
FUERA_DEL_MAPA = frozenset({MESA, "/404.html"})


def va_en_el_mapa(ruta: str) -> bool:
    """Si un buscador debe encontrarla."""
    return ruta not in FUERA_DEL_MAPA and not es_de_correos(ruta)


def paginas(fichas: Fichas) -> Iterator[Pagina]:
    """Todas las páginas."""
    yield de_inicio(fichas)
    yield from de_convocatorias(fichas)
    yield from de_eventos(fichas)
    yield from de_cambios(fichas)
    yield from de_catalogo(fichas)
    yield from del_programa(fichas)
    yield from de_correos(fichas)
    yield del_buscador(fichas)
