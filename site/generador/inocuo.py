"""Revisa cada página antes de publicarla: nada en línea que se ejecute, nada de otros sitios, ni direcciones raras."""

import re
from html.parser import HTMLParser

# Lo que carga algo al abrir la página: solo puede venir del propio portal.
CARGAS = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "link": "href",
    "source": "src",
    "video": "src",
    "use": "href",
}
PROHIBIDOS = frozenset({"style", "iframe", "object", "embed", "base", "frame", "applet"})
DIRECCIONES = frozenset({"href", "src", "action", "formaction", "xlink:href", "data"})
ESQUEMA = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# webcal y geo abren el calendario y los mapas del teléfono; no cargan nada en la página.
ESQUEMAS = frozenset({"https", "http", "mailto", "tel", "webcal", "geo"})
# Datos para buscadores: el navegador no los ejecuta, si lo escrito no puede cerrar su propio elemento.
DATOS = [("type", "application/ld+json")]


# Lo que no calza con la forma de siempre se mira entero; así, las miles de páginas normales se revisan rápido.
# Cada patrón parte con letras fijas y busca en minúsculas: juntos en uno solo tardan tres veces más.
SOSPECHOSAS = tuple(f"<{etiqueta}" for etiqueta in sorted(PROHIBIDOS))
SOSPECHAS = tuple(
    re.compile(patron)
    for patron in (
        r"""on(?<=[\s"'/]on)[a-z]+\s*=""",
        r"style\s*=",
        r'href\s*=(?!"(?:/(?!/)|#|https?://|mailto:|tel:|webcal://|geo:))',
        r'src\s*=(?!"/(?!/))',
        r'action\s*=(?!"/(?!/))',
        r"data\s*=",
        r'<script(?! src="/(?!/)| type="application/ld\+json">[^<]*</script>)',
        r'<(?:img|link|source|video|use)\b[^>]*=\s*"(?:[a-z]+:)?//',
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
        for nombre, valor in attrs:
            if nombre == "style" or nombre.startswith("on"):
                self.hallados.append(f"atributo {nombre} en <{tag}>")
            if nombre in DIRECCIONES:
                self._direccion(tag, nombre, valor or "")
        cargado = atributos.get(CARGAS.get(tag, "")) or ""
        if ESQUEMA.match(cargado) or cargado.startswith("//"):
            self.hallados.append(f"<{tag}> carga {cargado}")

    def handle_data(self, data: str) -> None:
        if self._en_datos and "<" in data:
            self.hallados.append("datos con «<» sin escapar")

    def handle_endtag(self, tag: str) -> None:
        self._en_datos = False

    def _direccion(self, tag: str, nombre: str, valor: str) -> None:
        esquema = ESQUEMA.match("".join(c for c in valor if c > " "))
        if esquema and esquema[1].lower() not in ESQUEMAS:
            self.hallados.append(f"{nombre} {esquema[1]}: en <{tag}>")
