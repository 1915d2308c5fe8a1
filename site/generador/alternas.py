"""Qué canal Atom acompaña a cada página: los lectores de noticias lo buscan en su cabeza."""

import re
from collections.abc import Container

from markupsafe import Markup, escape

GENERAL = ("todo", "Novedades de Ferias y Redes")
# Qué páginas tienen un canal propio, además del general.
PROPIOS = (
    (r"/convocatorias/regiones/(\d\d)/", r"regiones/\1", "Novedades de esta región"),
    (r"/(eventos|catalogo)/regiones/(\d\d)/", r"regiones/\2", "Novedades de esta región"),
    (r"/encuentros/", "componentes/2", "Novedades de encuentros y ruedas"),
)


def alternas(ruta: str, convocatorias: Container[str]) -> Markup:
    """Los <link> de esa página; `convocatorias`, los identificadores que hay."""
    propios = [(calce.expand(canal), t) for patron, canal, t in PROPIOS if (calce := re.fullmatch(patron, ruta))]
    de_una = re.match(r"/convocatorias/([^/]+)/", ruta)
    if de_una and de_una[1] in convocatorias:
        propios.append((f"convocatorias/{de_una[1]}", "Novedades de esta convocatoria"))
    return Markup("").join(_enlace(*canal) for canal in (*propios, GENERAL))


def _enlace(canal: str, titulo: str) -> Markup:
    return Markup('\n<link rel="alternate" type="application/atom+xml" title="{}" href="/novedades/{}.xml">').format(
        escape(titulo), canal
    )
