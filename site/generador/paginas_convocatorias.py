"""Las páginas de las convocatorias: la lista, la de cada una y la de revisar sus requisitos."""

from collections.abc import Iterator
from typing import Any

from funciones.dominio.convocatoria import EstadoConvocatoria
from generador.ficha_convocatoria import FichaConvocatoria
from generador.fichas import Fichas
from generador.pagina import SECCION, Pagina

ABIERTAS = frozenset({EstadoConvocatoria.ABIERTA, EstadoConvocatoria.CON_LISTA_DE_ESPERA})
# En este orden se leen las listas; cada grupo dice qué estados junta.
GRUPOS = (
    ("Puedes postular hoy", ABIERTAS),
    ("Abren pronto", {EstadoConvocatoria.PROXIMA}),
    ("En pausa", {EstadoConvocatoria.SUSPENDIDA}),
    ("En evaluación", {EstadoConvocatoria.EN_EVALUACION}),
    ("Con resultados", {EstadoConvocatoria.RESULTADOS}),
    ("Cerradas", {EstadoConvocatoria.CERRADA}),
    ("Canceladas", {EstadoConvocatoria.CANCELADA}),
)
PRE = ("prechequeo_tabla.js", "prechequeo.js")


def de_convocatorias(fichas: Fichas) -> Iterator[Pagina]:
    """Las listas y, por cada convocatoria, sus páginas."""
    for ruta, nav, componente in (("/convocatorias/", "ferias", None), ("/encuentros/", "encuentros", 2)):
        propias = [c for c in fichas.convocatorias if componente in (None, c.componente)]
        seccion = SECCION[componente or 1][0]
        contexto = {"componente": componente, "grupos": _grupos(propias), "por_region": _por_region(fichas, propias)}
        guiones = ("estado.js", "filtro.js")
        yield Pagina(ruta, "convocatorias", seccion, nav, True, contexto=contexto, guiones=guiones)
    for c in fichas.convocatorias:
        seccion, nav = SECCION[c.componente]
        contexto, guiones = {"c": c}, ("estado.js",)
        yield Pagina(c.ruta, "convocatoria", seccion, nav, False, c.region_orden, contexto, guiones)
        yield Pagina(c.ruta_requisitos, "prechequeo", seccion, nav, False, c.region_orden, contexto, (*guiones, *PRE))


def _grupos(convocatorias: list[FichaConvocatoria]) -> list[dict[str, Any]]:
    return [
        {
            "titulo": titulo,
            "estados": " ".join(sorted(e.value for e in estados)),
            "convocatorias": [c for c in convocatorias if c.estado in estados],
        }
        for titulo, estados in GRUPOS
    ]


def _por_region(fichas: Fichas, convocatorias: list[FichaConvocatoria]) -> list[dict[str, Any]]:
    """De norte a sur, lo que cada región organiza y lo que admite a todo el país."""
    return [
        {"region": r, "convocatorias": [c for c in convocatorias if r["region"] in c.codigos_region]}
        for r in fichas.regiones
    ]


def por_abrir(fichas: Fichas) -> list[FichaConvocatoria]:
    """Las que reciben postulaciones y las que van a recibir."""
    return [c for c in fichas.convocatorias if c.estado in ABIERTAS or c.estado is EstadoConvocatoria.PROXIMA]
