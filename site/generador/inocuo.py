"""Revisa cada página antes de publicarla: nada en línea que se ejecute, nada de otros sitios, ni direcciones raras."""

import re
from html.parser import HTMLParser

# Lo que hace cargar o enviar algo: solo al propio portal.
CARGAS = frozenset(
    {"src", "srcset", "imagesrcset", "poster", "action", "formaction", "ping", "data", "background", "longdesc"}
)
# Estas llevan a otro lado cuando alguien las toca; en cualquier otra etiqueta, `href` carga. También en <link>: el que
# dice dónde más está la página («canonical», «alternate») manda a los buscadores y a los lectores al sitio que nombra.
ENLACES = frozenset({"a", "area"})
PROHIBIDOS = frozenset(
    {"style", "iframe", "object", "embed", "base", "frame", "applet"}
    # Cambian un atributo después de mirado, también una dirección.
    | {"set", "animate", "animatemotion", "animatetransform"}
)
HREF = frozenset({"href", "xlink:href"})
ESQUEMA = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# Dos barras, o una de cada lado, llevan a otro sitio: los navegadores leen «\» como «/».
PROPIA = re.compile(r"/(?![/\\])|#")
AJENA = re.compile(r"[/\\]{2}")
# webcal y geo abren el calendario y los mapas del teléfono; no cargan nada en la página.
ESQUEMAS = frozenset({"https", "http", "mailto", "tel", "webcal", "geo"})
# Datos para buscadores: el navegador no los ejecuta, si lo escrito no puede cerrar su propio elemento.
DATOS = [("type", "application/ld+json")]


# Lo que no calza con la forma de siempre se mira entero; así, las miles de páginas normales se revisan rápido.
# Cada patrón parte con letras fijas y busca en minúsculas: juntos en uno solo tardan tres veces más.
SOSPECHOSAS = (
    *("http-equiv", "background", "longdesc", "<image", "<feimage"),
    *(f"<{etiqueta}" for etiqueta in sorted(PROHIBIDOS) if len(etiqueta) <= len("animate")),
)
_PROPIA = r"/(?![/\\\s&])"
_SIN_RAREZAS = r'(?!(?:\s+[a-z][a-z:-]*(?:="(?!(?:[a-z]+:)?//)[^"]*")?)*\s*/?>)'
SOSPECHAS = tuple(
    re.compile(patron)
    for patron in (
        r"""on(?<=[\s"'/]on)[a-z]+\s*=""",
        r"style\s*=",
        rf'href\s*=(?!"(?:{_PROPIA}|#|https?://|mailto:|tel:|webcal://|geo:))',
        rf'src\s*=(?!"{_PROPIA})',
        rf'srcset\s*=(?!"{_PROPIA}[^",&]*(?:,\s*{_PROPIA}[^",&]*)*")',
        rf'action\s*=(?!"{_PROPIA})',
        r"data\s*=",
        r"poster\s*=",
        r"ping\s*=",
        r"""type\s*=\s*["']?(?:image(?!/)|[^"'>]*&)""",
        rf'<script(?! src="{_PROPIA}| type="application/ld\+json">[^<]*</script>)',
        rf"<link{_SIN_RAREZAS}",
        rf"<use{_SIN_RAREZAS}",
    )
)


class PaginaPeligrosa(Exception):
    """Una página trae algo que la política de seguridad no deja pasar; no se publica nada."""


def exigir(ruta: str, html: str) -> None:
    """PaginaPeligrosa si la página trae guiones o estilos en línea, o carga algo de otro sitio."""
    if not _es_sospechosa(html.lower()):
        return
    revisor = _Revisor()
    revisor.feed(html)
    if revisor.hallados:
        raise PaginaPeligrosa(f"{ruta}: {'; '.join(revisor.hallados)}")


def _es_sospechosa(html: str) -> bool:
    return any(e in html for e in SOSPECHOSAS) or any(patron.search(html) for patron in SOSPECHAS)


class _Revisor(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.hallados: list[str] = []
        self._en_datos = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        atributos = dict(attrs)
        self._en_datos = tag == "script" and attrs == DATOS
        if tag in PROHIBIDOS or (tag == "script" and "src" not in atributos and not self._en_datos):
            self.hallados.append(f"<{tag}> en línea")
        if tag == "input" and (atributos.get("type") or "").strip().lower() == "image":
            self.hallados.append("<input> que es una imagen")
        for nombre, valor in attrs:
            if nombre in {"style", "http-equiv"} or nombre.startswith("on"):
                self.hallados.append(f"atributo {nombre} en <{tag}>")
            self._atributo(tag, nombre, valor or "")

    def handle_data(self, data: str) -> None:
        if self._en_datos and "<" in data:
            self.hallados.append("datos con «<» sin escapar")

    def handle_endtag(self, tag: str) -> None:
        self._en_datos = False

    def _atributo(self, tag: str, nombre: str, valor: str) -> None:
        if nombre in CARGAS or (nombre in HREF and tag not in ENLACES):
            for cargada in _direcciones(nombre, valor):
                if not PROPIA.match(cargada):
                    self.hallados.append(f"<{tag}> carga {cargada or 'una dirección vacía'} con {nombre}")
        elif nombre in HREF:
            self._enlace(tag, nombre, "".join(c for c in valor if c > " "))

    def _enlace(self, tag: str, nombre: str, valor: str) -> None:
        esquema = ESQUEMA.match(valor)
        if esquema and esquema[1].lower() not in ESQUEMAS:
            self.hallados.append(f"{nombre} {esquema[1]}: en <{tag}>")
        if AJENA.match(valor):
            self.hallados.append(f"{nombre} {valor} en <{tag}> parece propia y lleva a otro sitio")


def _direcciones(nombre: str, valor: str) -> list[str]:
    """Las que lleva el atributo, como las lee el navegador: sin tabulaciones ni saltos de línea adentro."""
    if nombre in {"srcset", "imagesrcset"}:
        return [(parte.split() or [""])[0] for parte in valor.split(",")]
    if nombre == "ping":
        return valor.split()
    return [re.sub(r"[\t\n\r]", "", valor).lstrip(" \x00\x0b\x0c")]
