"""Saca de una página lo que se lee de corrido: las frases de sus párrafos, listas y títulos, sin cifras ni código."""

import re
from html.parser import HTMLParser

from tests.sitio.lector import VACIAS

BLOQUES = frozenset({"p", "li", "dd", "dt", "h1", "h2", "h3", "h4", "summary", "figcaption", "blockquote", "legend"})
# Lo que corta un párrafo sin ser parte de él.
CORTES = BLOQUES | {"ul", "ol", "dl", "div", "section", "table", "details", "figure", "form", "td", "th", "br", "nav"}
AJENOS = frozenset({"svg", "code", "pre", "script", "style", "select", "table", "nav", "button", "label", "del", "ins"})
# Lo citado de una fuente va como está escrito allá; lo oculto solo completa un enlace para quien escucha.
CLASES_AJENAS = frozenset({"cita", "oculto", "demo", "mono", "est", "huellas"})
# Termina en punto, y cada elemento de una enumeración con punto y coma se cuenta aparte.
FIN = re.compile(r"(?<=[.?!…])[»”)]?\s+(?=[¿¡«“(\[A-ZÁÉÍÓÚÑ0-9$])|;\s+")
PALABRA = re.compile(r"[0-9A-Za-zÁÉÍÓÚÜÑáéíóúüñ]+(?:[.,:/’-][0-9A-Za-zÁÉÍÓÚÜÑáéíóúüñ]+)*")
# Un punto que no termina la frase.
ABREVIATURAS = re.compile(r"\b(art|núm|Sr|Sra|S\.A|etc)\.", re.IGNORECASE)


def frases(html: str) -> list[str]:
    """Las frases de `main`, en orden, una por elemento."""
    lector = _Lector()
    lector.feed(html)
    return [f for bloque in lector.bloques for f in partir(bloque)]


def partir(texto: str) -> list[str]:
    """Las frases de un párrafo."""
    llano = ABREVIATURAS.sub(r"\1", " ".join(texto.split()))
    return [f.strip() for f in FIN.split(llano) if PALABRA.search(f)]


def palabras(frase: str) -> int:
    return len(PALABRA.findall(frase))


class _Lector(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.bloques: list[str] = []
        self._abiertos: list[tuple[str, bool]] = []
        self._trozos: list[str] = []
        self._en_main = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "main":
            self._en_main = True
        if tag in CORTES:
            self._cortar()
        if tag not in VACIAS:
            clases = set((dict(attrs).get("class") or "").split())
            self._abiertos.append((tag, tag in AJENOS or bool(clases & CLASES_AJENAS)))
        if "bloque" in (dict(attrs).get("class") or ""):
            self._cortar()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Un elemento sin contenido no aporta texto."""

    def handle_endtag(self, tag: str) -> None:
        if tag in CORTES:
            self._cortar()
        if tag == "main":
            self._en_main = False
        while self._abiertos and self._abiertos.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._en_main and not any(ajeno for _, ajeno in self._abiertos):
            self._trozos.append(data)

    def _cortar(self) -> None:
        texto = "".join(self._trozos)
        if texto.strip():
            self.bloques.append(texto)
        self._trozos = []
