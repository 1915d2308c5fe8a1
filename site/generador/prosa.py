"""Convierte en HTML el Markdown que escriben los editores, sin dejar pasar HTML crudo ni direcciones peligrosas."""

import re
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE
from markupsafe import Markup

DIRECCION_SEGURA = re.compile(r"(https?://|mailto:|/(?![/\\])|#)", re.IGNORECASE)
ULTIMO_NIVEL = 6


class Inocua(Treeprocessor):
    """Quita direcciones que no son de la web, imágenes y el título mayor, y baja los demás un nivel."""

    def run(self, root: Element) -> None:
        for padre in list(root.iter()):
            for hijo in list(padre):
                if hijo.tag in {"h1", "img"}:
                    padre.remove(hijo)
        for nodo in root.iter():
            if re.fullmatch("h[2-6]", nodo.tag or ""):
                nodo.tag = f"h{min(int(nodo.tag[1]) + 1, ULTIMO_NIVEL)}"
            if nodo.tag == "a" and not DIRECCION_SEGURA.match(_como_se_abre(nodo.get("href", ""))):
                nodo.attrib.pop("href", None)


def _como_se_abre(direccion: str) -> str:
    """Sin entidades ni lo que el navegador se salta: `/&#92;otro.cl` es `/\\otro.cl`."""
    return re.sub(r"[\t\n\r]", "", unescape(direccion.replace(AMP_SUBSTITUTE, "&")))


class SinHtml(Extension):
    """Lo que parece HTML se muestra tal como se escribió."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(Inocua(md), "inocua", 0)


def en_html(texto: str) -> Markup:
    """El Markdown como HTML seguro: su título mayor se omite, porque la página ya tiene el suyo."""
    return Markup(Markdown(extensions=[SinHtml(), "tables"]).convert(texto))
