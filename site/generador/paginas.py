"""Qué páginas salen de los datos: su dirección, su plantilla, su sección y lo que la plantilla necesita."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from funciones.dominio.convocatoria import EstadoConvocatoria
from generador.cifras import cifras
from generador.ficha_catalogo import FichaProducto
from generador.ficha_convocatoria import FichaConvocatoria
from generador.fichas import Fichas
from generador.programa import programa
from generador.publicos import describir

ABIERTAS = frozenset({EstadoConvocatoria.ABIERTA, EstadoConvocatoria.CON_LISTA_DE_ESPERA})
POR_PAGINA = 60
# Del personal: no va en el mapa del sitio.
MESA = "/mesa/"
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
SECCION = {1: ("s-ferias", "ferias"), 2: ("s-encuentros", "encuentros")}


@dataclass(frozen=True)
class Pagina:
    """Una página que sale de los datos. `ruta` empieza y termina en barra."""

    ruta: str
    plantilla: str
    seccion: str
    nav: str = ""
    exacta: bool = False
    region_orden: int | None = None
    contexto: dict[str, Any] = field(default_factory=dict)
    guiones: tuple[str, ...] = ()


def paginas(fichas: Fichas) -> Iterator[Pagina]:
    """Todas las páginas, primero las que llevan a las demás."""
    yield _inicio(fichas)
    yield from _convocatorias(fichas)
    yield from _eventos(fichas)
    yield from _catalogo(fichas)
    yield Pagina("/indicadores/", "indicadores", "s-cifras", "cifras", True, contexto={"cifras": cifras(fichas)})
    yield Pagina("/datos/", "datos", "s-cifras", "cifras", contexto={"paquetes": describir(fichas.datos)})
    yield Pagina("/ruta/", "ruta", "s-ferias", contexto={"convocatorias": _por_abrir(fichas)})
    yield Pagina("/requisitos/", "programa", "s-ferias", contexto=programa(fichas))
    yield Pagina("/ayuda/", "ayuda", "s-tramite", contexto={"oficinas": _oficinas(fichas)})
    yield Pagina(MESA, "mesa", "s-tramite")
    yield Pagina("/404.html", "no_encontrada", "s-tramite")


def _por_abrir(fichas: Fichas) -> list[FichaConvocatoria]:
    return [c for c in fichas.convocatorias if c.estado in ABIERTAS or c.estado is EstadoConvocatoria.PROXIMA]


def _inicio(fichas: Fichas) -> Pagina:
    """La portada lleva también las próximas, escondidas: si abren antes de otra publicación, el guion las muestra."""
    contexto = {"convocatorias": _por_abrir(fichas), "cifras": cifras(fichas), "abiertas": ABIERTAS}
    return Pagina("/", "inicio", "s-ferias", contexto=contexto, guiones=("estado.js",))


def _convocatorias(fichas: Fichas) -> Iterator[Pagina]:
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


def _eventos(fichas: Fichas) -> Iterator[Pagina]:
    contexto: dict[str, Any] = {"eventos": fichas.eventos}
    yield Pagina("/eventos/", "eventos", "s-ferias", contexto=contexto)
    for e in fichas.eventos:
        seccion, nav = SECCION[e.componente]
        yield Pagina(e.ruta, "evento", seccion, nav, False, e.region_orden, {"e": e})
        if e.empresas:
            productos = [p for empresa in e.empresas for p in empresa.productos]
            contexto = {"titulo": e.nombre, "evento": e, "productos": productos, "empresas": e.empresas}
            yield Pagina(e.ruta_catalogo, "catalogo_evento", "s-catalogo", "catalogo", False, e.region_orden, contexto)


def _catalogo(fichas: Fichas) -> Iterator[Pagina]:
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


def _oficinas(fichas: Fichas) -> list[dict[str, Any]]:
    orden = {r["region"]: r["orden"] for r in fichas.regiones}
    return sorted(fichas.oficina.values(), key=lambda o: (orden[o["region"]], o["id"]))
