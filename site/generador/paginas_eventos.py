"""Las páginas de los eventos: la lista, los meses, cada región y componente, y cada evento."""

from collections.abc import Iterator, Sequence
from typing import Any

from generador.calendario_mensual import DIAS, Mes, meses
from generador.ficha_evento import FichaEvento
from generador.fichas import Fichas
from generador.pagina import SECCION, Pagina
from generador.palabras_convocatoria import COMPONENTES

GUIONES = ("eventos.js",)


def de_eventos(fichas: Fichas) -> Iterator[Pagina]:
    """Las listas y, por cada evento, sus páginas."""
    yield from _listas(fichas)
    yield from _de_meses(fichas.eventos)
    for e in fichas.eventos:
        seccion, nav = SECCION[e.componente]
        guiones = ("estado.js", *GUIONES, "compartir.js")
        yield Pagina(e.ruta, "evento", seccion, nav, False, e.region_orden, {"e": e}, guiones)


def _listas(fichas: Fichas) -> Iterator[Pagina]:
    """Todos, los de cada región y los de cada componente; las regiones sin nada también lo dicen."""
    comun = {"meses": meses(fichas.eventos), "por_region": _por_region(fichas)}
    yield _lista("/eventos/", fichas.eventos, comun)
    for r in fichas.regiones:
        propios = [e for e in fichas.eventos if e.region == r["region"]]
        yield _lista(f"/eventos/regiones/{r['region']}/", propios, comun, region=r)
    for componente, nombre in COMPONENTES.items():
        propios = [e for e in fichas.eventos if e.componente == componente]
        yield _lista(f"/eventos/componentes/{componente}/", propios, comun, componente=componente, nombre=nombre)


def _lista(ruta: str, eventos: Sequence[FichaEvento], comun: dict[str, Any], **propio: Any) -> Pagina:
    vienen = [e for e in eventos if not e.terminado]
    contexto = {
        "region": None,
        "componente": None,
        "nombre": "",
        **comun,
        **propio,
        "vienen": _por_mes(vienen),
        "pasados": [e for e in reversed(eventos) if e.terminado],
        "cuantos": len(vienen),
    }
    seccion, nav = SECCION[propio.get("componente") or 1]
    orden = propio["region"]["orden"] if "region" in propio else None
    return Pagina(ruta, "eventos", seccion, nav, False, orden, contexto, GUIONES)


def _por_mes(eventos: Sequence[FichaEvento]) -> list[Mes]:
    """Cada evento una sola vez, en el mes en que empieza."""
    return [
        Mes(m.primero, [], [e for e in m.eventos if e.primer_dia.replace(day=1) == m.primero])
        for m in meses(eventos)
        if any(e.primer_dia.replace(day=1) == m.primero for e in m.eventos)
    ]


def _por_region(fichas: Fichas) -> list[tuple[dict[str, Any], int]]:
    """De norte a sur, cada región con cuántos vienen."""
    vienen = [e for e in fichas.eventos if not e.terminado]
    return [(r, sum(e.region == r["region"] for e in vienen)) for r in fichas.regiones]


def _de_meses(eventos: Sequence[FichaEvento]) -> Iterator[Pagina]:
    """Un calendario por mes con algo; el anterior y el siguiente se saltan los vacíos."""
    todos = meses(eventos)
    for lugar, mes in enumerate(todos):
        contexto = {
            "mes": mes,
            "dias": DIAS,
            "meses": todos,
            "anterior": todos[lugar - 1] if lugar else None,
            "siguiente": todos[lugar + 1] if lugar + 1 < len(todos) else None,
        }
        yield Pagina(mes.ruta, "eventos_mes", "s-ferias", "ferias", False, None, contexto, GUIONES)
