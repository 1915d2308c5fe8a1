"""Un correo dentro de una página: el mismo aspecto, sin estilos en línea ni enlaces que se puedan tocar."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from html.parser import HTMLParser

from markupsafe import Markup, escape

# Las tablas de un correo solo ordenan cajas; los títulos bajan un escalón de la página que los muestra.
ETIQUETAS = {
    "main": "div",
    "table": "div",
    "tr": "div",
    "td": "div",
    "div": "div",
    "p": "p",
    "h1": "h3",
    "h2": "h4",
    "h3": "h5",
    "strong": "strong",
    "a": "span",
    "span": "span",
    "br": "br",
    "ul": "ul",
    "li": "li",
}
_SIN_CIERRE = frozenset({"br"})
_OSCURO = re.compile(r"@media\(prefers-color-scheme:dark\)\{((?:[^{}]+\{[^{}]*\})+)\}")
_REGLA = re.compile(r"([^{}]+)\{([^{}]*)\}")
_ESTILO = re.compile(r"<style>(.*?)</style>", re.DOTALL)
# Lo que un lector de correo pone de suyo, y aquí hay que decir porque las tablas pasan a ser cajas.
_CAJAS = (
    ".carta,.carta *{all:revert}",
    ".carta{display:block;padding:0;border-radius:14px;overflow:hidden;overflow-wrap:anywhere}",
    ".carta .m-table{display:table;width:100%;margin:0 auto;box-sizing:border-box}",
    ".carta .m-table{border-collapse:separate;border-spacing:0}",
    ".carta .m-tr{display:table-row}",
    ".carta .m-td{display:table-cell;vertical-align:middle}",
    ".carta .m-a{text-decoration:underline}",
)


class FueraDeLista(ValueError):
    """El correo usa un elemento que aquí no se sabe mostrar."""


class _Lector(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.partes: list[str] = []
        self.adelanto: list[str] = []
        self.estilos: set[str] = set()
        self._fuera = 1
        self._en_adelanto = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._fuera = 0
        if self._fuera or tag == "body":
            return
        propios = dict(attrs)
        estilo = propios.get("style") or ""
        if "display:none" in estilo or self._en_adelanto:
            self._en_adelanto += tag not in _SIN_CIERRE
            return
        if tag not in ETIQUETAS:
            raise FueraDeLista(tag)
        self.partes.append(self._abrir(tag, propios, estilo))

    def _abrir(self, tag: str, propios: dict[str, str | None], estilo: str) -> str:
        if tag in _SIN_CIERRE:
            return f"<{ETIQUETAS[tag]}>"
        clases = [f"m-{tag}", *(propios.get("class") or "").split()]
        if estilo:
            self.estilos.add(estilo)
            clases.append(clase_de(estilo))
        return f'<{ETIQUETAS[tag]} class="{escape(" ".join(clases))}">'

    def handle_endtag(self, tag: str) -> None:
        if tag == "body":
            self._fuera = 1
        elif self._en_adelanto:
            self._en_adelanto -= 1
        elif not self._fuera and tag not in _SIN_CIERRE:
            self.partes.append(f"</{ETIQUETAS[tag]}>")

    def handle_data(self, data: str) -> None:
        if self._en_adelanto:
            self.adelanto.append(data)
        elif not self._fuera:
            self.partes.append(str(escape(data)))


def clase_de(estilo: str) -> str:
    """El nombre de clase de ese estilo en línea: el mismo texto, la misma clase."""
    return f"e{hashlib.sha256(estilo.encode()).hexdigest()[:8]}"


def cuerpo(html: str) -> Markup:
    """El correo como se ve, sin nada que se ejecute, se envíe ni lleve a otra parte. Error: FueraDeLista."""
    return Markup("".join(_leer(html).partes).strip())


def adelanto(html: str) -> str:
    """La frase que el lector de correo muestra junto al asunto."""
    return " ".join("".join(_leer(html).adelanto).split())


def hoja_de_estilo(correos: Iterable[str]) -> str:
    """El CSS de todos: el claro para todos y el oscuro para los que se piden así, diga lo que diga la pantalla."""
    todos = list(correos)
    en_linea = {estilo for html in todos for estilo in _leer(html).estilos}
    hojas = sorted({_ESTILO.search(html)[1].strip() for html in todos})  # type: ignore[index]
    reglas = [regla for hoja in hojas for regla in (*_reglas(_OSCURO.sub("", hoja), ".carta"), *_oscuras(hoja))]
    propias = [f".carta .{clase_de(estilo)}{{{estilo}}}" for estilo in sorted(en_linea)]
    return "\n".join([*_CAJAS, *reglas, *propias]) + "\n"


def _oscuras(hoja: str) -> list[str]:
    return [regla for bloque in _OSCURO.findall(hoja) for regla in _reglas(bloque, ".carta.oscura")]


def _reglas(css: str, dentro_de: str) -> list[str]:
    """Las reglas del correo, encerradas para que no salgan de él: `body` es la caja, y `a`, `h1` y `h2`, sus clases."""
    return [
        ",".join(_encerrado(selector.strip(), dentro_de) for selector in selectores.split(","))
        + f"{{{cuerpo.strip()}}}"
        for selectores, cuerpo in _REGLA.findall(css)
    ]


def _encerrado(selector: str, dentro_de: str) -> str:
    if selector == "body":
        return dentro_de
    return f"{dentro_de} {selector if selector.startswith('.') else f'.m-{selector}'}"


def _leer(html: str) -> _Lector:
    lector = _Lector()
    lector.feed(html)
    lector.close()
    return lector
