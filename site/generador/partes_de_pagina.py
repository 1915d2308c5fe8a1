"""Parte una página por sus títulos: cada sección, pregunta o palabra explicada, con su ancla y su texto."""

from __future__ import annotations

from html.parser import HTMLParser

TITULOS = frozenset({"h1", "h2", "h3"})
# Una tabla se busca pero no se cuenta: suelta de sus columnas no se entiende.
CALLADAS = frozenset({"table"})
# Lo de adentro no es texto que se lea, o se repite en todas las páginas.
SALTADAS = frozenset({"script", "style", "svg", "nav", "form", "pre", "template", "noscript", "dialog", "footer"})
# Al cerrarse, el texto vuelve a ser de la sección donde estaban.
ENCIERRAN = frozenset({"details", "dl"})
SOLAS = frozenset({"meta", "link", "input", "br", "img", "hr", "source", "wbr", "path", "use"})


class Parte:
    """Un trozo de la página con su título: desde un encabezado hasta el que sigue."""

    def __init__(self, clase: str, ancla: str) -> None:
        self.clase, self.ancla = clase, ancla
        self._titulo: list[str] = []
        self._texto: list[str] = []
        self._callado: list[str] = []

    @property
    def titulo(self) -> str:
        return " ".join("".join(self._titulo).replace("¶", "").split())

    @property
    def texto(self) -> str:
        """Lo que se lee."""
        return _junto(self._texto)

    @property
    def callado(self) -> str:
        """Lo que solo se busca."""
        return _junto(self._callado)

    def sumar(self, texto: str, en_titulo: bool, en_tabla: bool) -> None:
        (self._titulo if en_titulo else self._callado if en_tabla else self._texto).append(texto)


def partir(html: str, otros_titulos: frozenset[str] = frozenset()) -> list[Parte]:
    """Las partes del `<main>` que dicen algo, en su orden; la primera es la del h1. Los otros títulos abren más."""
    lector = _Lector(TITULOS | otros_titulos)
    lector.feed(html)
    return [p for p in lector.partes if p.titulo and (p.clase == "h1" or p.texto or p.callado)]


def _junto(trozos: list[str]) -> str:
    return " ".join(" ".join(trozos).split())


class _Lector(HTMLParser):
    def __init__(self, titulos: frozenset[str]) -> None:
        super().__init__()
        self._titulos = titulos
        self.partes: list[Parte] = []
        self._abiertas: list[tuple[str, str]] = []
        self._pendientes: list[Parte | None] = []
        self._actual: Parte | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        ancla = dict(attrs).get("id") or ""
        if tag in ENCIERRAN:
            self._pendientes.append(self._actual)
        if tag in self._titulos and self._dentro("main") and not self._dentro(*SALTADAS):
            self._empezar(tag, ancla)
        if tag not in SOLAS:
            self._abiertas.append((tag, ancla))

    def handle_endtag(self, tag: str) -> None:
        if not self._dentro(tag):
            return
        while self._abiertas.pop()[0] != tag:
            pass
        if tag in ENCIERRAN:
            self._actual = self._pendientes.pop()

    def handle_data(self, data: str) -> None:
        if self._actual and self._dentro("main") and not self._dentro(*SALTADAS):
            self._actual.sumar(data, self._dentro(self._actual.clase), self._dentro(*CALLADAS))

    def _empezar(self, tag: str, ancla: str) -> None:
        if tag == "summary" and not ancla:
            ancla = next((a for etiqueta, a in reversed(self._abiertas) if etiqueta == "details"), "")
        self._actual = Parte(tag, ancla)
        self.partes.append(self._actual)

    def _dentro(self, *etiquetas: str) -> bool:
        return any(abierta in etiquetas for abierta, _ in self._abiertas)
