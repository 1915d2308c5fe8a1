"""Escribe las novedades en Atom, para quien usa un lector: todo, por región, por componente y de cada ficha."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from markupsafe import escape

from generador.calendario import COMPONENTES
from generador.novedades import ETIQUETA, Novedad, es_de_region, novedades

if TYPE_CHECKING:
    from generador.fichas import Fichas

AUTOR = "Ferias y Redes"
# Un lector pregunta seguido: basta lo último.
TOPE = 60
CATEGORIAS = {
    "publicada": "Convocatoria nueva",
    "abierta": "Convocatoria que abre",
    "resultados": "Resultados",
    "cambios": "Cambios",
}


def escribir_canales(fichas: Fichas, destino: Path) -> None:
    """Todos los canales bajo /novedades/. Su fecha es la de su última entrada, no la de la construcción."""
    creado = datetime.fromisoformat(str(fichas.datos.esquemas["convocatorias"].descriptor["created"]))
    for ruta, nombre, pagina, propias in canales(fichas):
        archivo = destino / "novedades" / f"{ruta}.xml"
        archivo.parent.mkdir(parents=True, exist_ok=True)
        archivo.write_bytes(canal(ruta, nombre, pagina, propias, fichas.entradas.sitio, creado))


def canales(fichas: Fichas) -> Iterator[tuple[str, str, str, list[Novedad]]]:
    """Ruta dentro de /novedades/, nombre, página que acompaña y entradas de cada uno."""
    todas = novedades(fichas)
    mayores = [n for n in todas if n.mayor]
    yield "todo", "Ferias y Redes", "/novedades/", mayores[:TOPE]
    for region in fichas.regiones:
        propias = [n for n in mayores if es_de_region(n, region["region"])]
        yield f"regiones/{region['region']}", f"Ferias y Redes · {region['nombre']}", "/novedades/", propias[:TOPE]
    for componente, nombre in COMPONENTES.items():
        propias = [n for n in mayores if n.ficha.componente == componente]
        pagina = "/encuentros/" if componente == 2 else "/convocatorias/"
        yield f"componentes/{componente}", f"Ferias y Redes · {nombre}", pagina, propias[:TOPE]
    for c in fichas.convocatorias:
        suyas = {c.ruta, f"/eventos/{c.evento}/"}
        yield c.ruta.strip("/"), c.nombre, c.ruta, [n for n in todas if n.ficha.ruta in suyas]


def canal(ruta: str, nombre: str, pagina: str, entradas: Sequence[Novedad], sitio: str, creado: datetime) -> bytes:
    """Un canal Atom (RFC 4287)."""
    canal = FeedGenerator()
    canal.id(f"{ETIQUETA}:novedades/{ruta}")
    canal.title(nombre)
    canal.subtitle("Convocatorias nuevas, lo que cambia y los resultados.")
    canal.author({"name": AUTOR})
    canal.generator(AUTOR)
    canal.language("es-CL")
    canal.icon(f"{sitio}/tema/icono.svg")
    canal.link(href=f"{sitio}/novedades/{ruta}.xml", rel="self", type="application/atom+xml")
    canal.link(href=f"{sitio}{pagina}", rel="alternate", type="text/html")
    canal.updated(max((n.momento for n in entradas), default=creado))
    for novedad in entradas:
        _llenar(canal.add_entry(order="append"), novedad, sitio)
    return bytes(canal.atom_str(pretty=True))


def _llenar(entrada: FeedEntry, novedad: Novedad, sitio: str) -> None:
    entrada.id(novedad.id)
    entrada.title(novedad.titulo)
    entrada.link(href=f"{sitio}{novedad.ruta}", rel="alternate", type="text/html")
    entrada.published(novedad.momento)
    entrada.updated(novedad.momento)
    entrada.category(term=novedad.clase, label=CATEGORIAS[novedad.clase])
    entrada.summary(" ".join(novedad.lineas))
    entrada.content("".join(f"<p>{escape(linea)}</p>" for linea in novedad.lineas), type="html")
