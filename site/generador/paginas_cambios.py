"""Las páginas de lo que cambió (de cada convocatoria y de todo) y la de cómo enterarse."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from generador.calendario import COMPONENTES
from generador.cambio import Cambio
from generador.fichas import Fichas
from generador.novedades import novedades
from generador.pagina import SECCION, Pagina

# Cambios por hoja: así la página no pesa más mientras pasan los años.
POR_HOJA = 40
ULTIMAS = 8
Dia = tuple[date, list[tuple[Any, list[Cambio]]]]


def de_cambios(fichas: Fichas) -> Iterator[Pagina]:
    """Los cambios de cada convocatoria, todos los cambios en hojas y las novedades."""
    for c in fichas.convocatorias:
        seccion, nav = SECCION[c.componente]
        contexto = {"c": c, "dias": _por_dia(fichas.cambios.de(c))}
        yield Pagina(f"{c.ruta}cambios/", "cambios_convocatoria", seccion, nav, False, c.region_orden, contexto)
    hojas = list(en_hojas(fichas.cambios.por_dia)) or [[]]
    for numero, dias in enumerate(hojas, 1):
        contexto = {"dias": dias, "hoja": numero, "hojas": len(hojas)}
        yield Pagina(ruta_de_hoja(numero), "cambios_todos", "s-ferias", contexto=contexto)
    contexto = {"ultimas": [n for n in novedades(fichas) if n.mayor][:ULTIMAS], "componentes": COMPONENTES}
    yield Pagina("/novedades/", "novedades", "s-ferias", contexto=contexto)


def ruta_de_hoja(numero: int) -> str:
    return "/cambios/" if numero == 1 else f"/cambios/{numero}/"


def en_hojas(dias: list[Dia], tope: int = POR_HOJA) -> Iterator[list[Dia]]:
    """Los días repartidos en hojas sin partir ninguno."""
    hoja: list[Dia] = []
    van = 0
    for dia in dias:
        cuantos = sum(len(cambios) for _, cambios in dia[1])
        if hoja and van + cuantos > tope:
            yield hoja
            hoja, van = [], 0
        hoja.append(dia)
        van += cuantos
    if hoja:
        yield hoja


def _por_dia(cambios: list[Cambio]) -> list[tuple[date, list[Cambio]]]:
    dias: dict[date, list[Cambio]] = {}
    for cambio in cambios:
        dias.setdefault(cambio.fecha, []).append(cambio)
    return list(dias.items())
