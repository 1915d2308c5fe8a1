"""Las páginas de las convocatorias: las listas y, por cada una, la suya, sus requisitos y lo que se imprime."""

from collections.abc import Iterator
from typing import Any

from funciones.dominio.convocatoria import EstadoConvocatoria
from generador.ficha_convocatoria import FichaConvocatoria
from generador.fichas import Fichas
from generador.listas_convocatorias import ABIERTAS, Lista, al_dia, grupos, opciones, por_anio, por_estado, por_region
from generador.pagina import SECCION, Pagina

VIVO = ("cupos.js", "estado.js")
PRE = ("prechequeo_tabla.js", "prechequeo.js")


def de_convocatorias(fichas: Fichas) -> Iterator[Pagina]:
    """Las listas y, por cada convocatoria, sus páginas."""
    fijas = {"regiones": por_region(fichas), "estados": por_estado(fichas), "anios": por_anio(fichas)}
    for ruta, nav, componente in (("/convocatorias/", "ferias", None), ("/encuentros/", "encuentros", 2)):
        contexto = _para_filtrar(fichas, componente) | {"fijas": fijas}
        guiones = (*VIVO, "convocatorias.js")
        yield Pagina(ruta, "convocatorias", SECCION[componente or 1][0], nav, True, contexto=contexto, guiones=guiones)
    for lista in (lista for listas in fijas.values() for lista in listas):
        yield _de_lista(lista)
    for c in fichas.convocatorias:
        yield from _de_una(c)


def _para_filtrar(fichas: Fichas, componente: int | None) -> dict[str, Any]:
    propias = al_dia([c for c in fichas.convocatorias if componente in (None, c.componente)])
    return {"componente": componente, "grupos": grupos(propias), "opciones": opciones(fichas, propias)}


def _de_lista(lista: Lista) -> Pagina:
    orden = lista.region["orden"] if lista.region else None
    return Pagina(lista.ruta, "convocatorias_lista", "s-ferias", "ferias", False, orden, {"lista": lista}, VIVO)


def _de_una(c: FichaConvocatoria) -> Iterator[Pagina]:
    seccion, nav = SECCION[c.componente]
    paginas = [
        (c.ruta, "convocatoria", ("ficha.js", *VIVO, "compartir.js")),
        (c.ruta_requisitos, "prechequeo", ("estado.js", *PRE)),
        (c.ruta_imprimir, "imprimir", ("estado.js",)),
    ]
    if c.resultados_publicados:
        paginas.append((c.ruta_resultados, "resultados", ("estado.js",)))
    for ruta, plantilla, guiones in paginas:
        yield Pagina(ruta, plantilla, seccion, nav, False, c.region_orden, {"c": c}, guiones)


def por_abrir(fichas: Fichas) -> list[FichaConvocatoria]:
    """Las que reciben postulaciones y las que van a recibir."""
    return [c for c in fichas.convocatorias if c.estado in ABIERTAS or c.estado is EstadoConvocatoria.PROXIMA]
