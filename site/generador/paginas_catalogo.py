"""Las páginas del catálogo: las listas por rubro y región, las empresas y los productos."""

from collections.abc import Iterator
from typing import Any

from generador.ficha_catalogo import FichaProducto
from generador.fichas import Fichas
from generador.pagina import Pagina

POR_PAGINA = 60


def de_catalogo(fichas: Fichas) -> Iterator[Pagina]:
    """Las listas, las empresas y los productos."""
    productos = [p for empresa in fichas.empresas for p in empresa.productos]
    yield from _lista(fichas, "/catalogo/", productos, None, None)
    for rubro in fichas.rubro.values():
        propios = [p for p in productos if p.rubro == rubro["id"]]
        if propios:
            yield from _lista(fichas, f"/catalogo/rubros/{rubro['id']}/", propios, rubro, None)
    for region in fichas.regiones:
        propios = [p for p in productos if p.empresa.region == region["region"]]
        if propios:
            yield from _lista(fichas, f"/catalogo/regiones/{region['region']}/", propios, None, region)
    for empresa in fichas.empresas:
        yield _del_catalogo(empresa.ruta, "empresa", empresa.region_orden, {"empresa": empresa})
    for p in productos:
        yield _del_catalogo(p.ruta, "producto", p.empresa.region_orden, {"p": p})


def _del_catalogo(ruta: str, plantilla: str, region_orden: int | None, contexto: dict[str, Any]) -> Pagina:
    return Pagina(ruta, plantilla, "s-catalogo", "catalogo", False, region_orden, contexto)


def _lista(fichas: Fichas, ruta: str, productos: list[FichaProducto], rubro: Any, region: Any) -> Iterator[Pagina]:
    """La lista en páginas de tamaño fijo, para que un catálogo grande pese lo mismo que uno chico."""
    todos = [p for e in fichas.empresas for p in e.productos]
    rubros = {p.rubro for p in todos}
    regiones = {e.region for e in fichas.empresas if e.productos}
    tandas = [productos[i : i + POR_PAGINA] for i in range(0, len(productos), POR_PAGINA)] or [[]]
    for numero, tanda in enumerate(tandas, 1):
        contexto = {
            "productos": tanda,
            "total": len(productos),
            "empresas": len({p.empresa.id for p in productos}),
            "rubro": rubro,
            "region": region,
            "rubros": [r for r in fichas.rubro.values() if r["id"] in rubros],
            "regiones": [r for r in fichas.regiones if r["region"] in regiones],
            "numero": numero,
            "paginas": len(tandas),
            "base": ruta,
        }
        propia = ruta if numero == 1 else f"{ruta}pagina/{numero}/"
        yield Pagina(
            propia,
            "catalogo",
            "s-catalogo",
            "catalogo",
            ruta == "/catalogo/" and numero == 1,
            region["orden"] if region else None,
            contexto,
            ("filtro.js",),
        )
