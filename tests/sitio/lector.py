"""Lee una página como la leería una prueba: sus etiquetas en orden, con atributos y texto."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VACIAS = frozenset({"meta", "link", "input", "br", "img", "hr", "source", "wbr"})


@dataclass
class Nodo:
    etiqueta: str
    atributos: dict[str, str]
    hijos: list["Nodo"] = field(default_factory=list)
    trozos: list[str] = field(default_factory=list)

    @property
    def clases(self) -> set[str]:
        return set(self.atributos.get("class", "").split())

    @property
    def texto(self) -> str:
        return " ".join("".join(self.trozos).split())

    def todos(self, etiqueta: str = "", clase: str = "") -> list["Nodo"]:
        propios = [n for n in self.hijos if etiqueta in ("", n.etiqueta) and (not clase or clase in n.clases)]
        return propios + [n for h in self.hijos for n in h.todos(etiqueta, clase) if n not in propios]

    def uno(self, etiqueta: str = "", clase: str = "", **atributos: str) -> "Nodo":
        return next(
            n for n in self.todos(etiqueta, clase) if all(n.atributos.get(k) == v for k, v in atributos.items())
        )


class _Lector(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.raiz = Nodo("", {})
        self.abiertos = [self.raiz]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        nodo = Nodo(tag, {k: v or "" for k, v in attrs})
        self.abiertos[-1].hijos.append(nodo)
        if tag not in VACIAS:
            self.abiertos.append(nodo)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.abiertos[-1].hijos.append(Nodo(tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        while len(self.abiertos) > 1 and self.abiertos.pop().etiqueta != tag:
            pass

    def handle_data(self, data: str) -> None:
        for nodo in self.abiertos:
            nodo.trozos.append(data)


def leer(html: str) -> Nodo:
    lector = _Lector()
    lector.feed(html)
    return lector.raiz
