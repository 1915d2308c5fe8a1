"""Las páginas de los eventos: la lista, la de cada uno y su catálogo."""

from collections.abc import Iterator
from typing import Any

from generador.fichas import Fichas
from generador.pagina import SECCION, Pagina


def de_eventos(fichas: Fichas) -> Iterator[Pagina]:
    """La lista y, por cada evento, sus páginas."""
    contexto: dict[str, Any] = {"eventos": fichas.eventos}
    yield Pagina("/eventos/", "eventos", "s-ferias", contexto=contexto)
    for e in fichas.eventos:
        seccion, nav = SECCION[e.componente]
        yield Pagina(e.ruta, "evento", seccion, nav, False, e.region_orden, {"e": e})
        if e.empresas:
            productos = [p for empresa in e.empresas for p in empresa.productos]
            contexto = {"titulo": e.nombre, "evento": e, "productos": productos, "empresas": e.empresas}
            yield Pagina(e.ruta_catalogo, "catalogo_evento", "s-catalogo", "catalogo", False, e.region_orden, contexto)
