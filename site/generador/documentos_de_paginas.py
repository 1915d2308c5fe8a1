"""Lo que se busca de las demás páginas: se lee de su HTML ya construido, así toda página nueva entra sola."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from generador.documento import Documento, Tipo
from generador.partes_de_pagina import Parte, partir

# La primera parte de la dirección dice qué es; lo que no está aquí es una página.
TIPOS = {
    "indicadores": Tipo.CIFRA,
    "datos": Tipo.DATO,
    "decisiones": Tipo.INTERNO,
    "publicar": Tipo.INTERNO,
    "mis-datos": Tipo.INTERNO,
}
# En estas páginas abren una parte, además de los encabezados: la pregunta que se despliega y la palabra explicada.
OTROS_TITULOS = {
    "ayuda": frozenset({"summary"}),
    "preguntas": frozenset({"summary"}),
    "glosario": frozenset({"dt"}),
}
DE_PREGUNTAS = frozenset({"ayuda", "preguntas"})
# De estas ramas se guardan solo el título y la guía: lo demás son tarjetas de lo que ya se busca por su cuenta.
LISTAS = frozenset({"", "convocatorias", "encuentros", "eventos", "catalogo", "fotos", "calendario"})
# Copias para imprimir, segundas páginas de una lista, el propio buscador y lo que es solo del personal.
FUERA = frozenset({"imprimir", "pagina", "cambios", "buscar", "mesa"})
NO_INDEXAR = re.compile(r'<meta name="robots" content="[^"]*noindex')
H1 = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
GUIA = re.compile(r'<p class="guia[^"]*"[^>]*>(.*?)</p>', re.DOTALL)
# Cambia con cada construcción y no dice nada que se busque.
PUBLICADO = re.compile(r"<p[^>]*>\s*Según la publicación del .*?</p>", re.DOTALL)
ETIQUETA = re.compile(r"<[^>]+>")
# Lo que se muestra y se lleva al teléfono; el resto del texto solo se busca.
LARGO_A_LA_VISTA = 360


def de_paginas(portal: Path, ya_buscadas: set[str]) -> Iterator[Documento]:
    """Un documento por página, y otro por cada parte con título propio: pregunta, palabra o sección."""
    for archivo in sorted(portal.rglob("index.html")):
        ruta = "/" + archivo.relative_to(portal).as_posix().removesuffix("index.html")
        if ruta not in ya_buscadas and not FUERA & set(ruta.split("/")):
            de_otra = ruta.rstrip("/").rpartition("/")[0] + "/" in ya_buscadas
            yield from de_pagina(ruta, archivo.read_text(encoding="utf-8"), de_otra)


def de_pagina(ruta: str, html: str, de_otra: bool = False) -> Iterator[Documento]:
    """Los documentos de una página; ninguno si pide no aparecer en buscadores. `de_otra`: cuelga de una ya buscada."""
    titulo, guia = _hallar(H1, html), _hallar(GUIA, html)
    if not titulo or NO_INDEXAR.search(html):
        return
    rama = ruta.split("/")[1]
    if rama in LISTAS:
        tipo = Tipo.LISTA if rama and not de_otra else Tipo.PAGINA
        yield Documento(tipo, ruta, titulo, texto=guia, vecindad=(ruta,))
        return
    for numero, parte in enumerate(partir(PUBLICADO.sub("", html), OTROS_TITULOS.get(rama, frozenset()))):
        yield _documento(ruta, titulo, guia, parte, f"{numero:04}")


def _documento(ruta: str, titulo: str, guia: str, parte: Parte, lugar: str) -> Documento:
    tipo = _tipo(ruta.split("/")[1], parte)
    if parte.clase == "h1":
        return Documento(
            tipo, ruta, titulo, texto=guia, callado=f"{parte.texto} {parte.callado}", vecindad=(ruta, lugar)
        )
    donde = f"{ruta}#{parte.ancla}" if parte.ancla else ruta
    visto = _cortar(parte.texto)
    resto = f"{parte.texto[len(visto) :]} {parte.callado}"
    return Documento(tipo, donde, parte.titulo, titulo, visto, callado=resto, vecindad=(ruta, lugar))


def _tipo(rama: str, parte: Parte) -> Tipo:
    if rama in DE_PREGUNTAS and (parte.clase == "summary" or parte.titulo.startswith("¿")):
        return Tipo.PREGUNTA
    if parte.clase == "dt":
        return Tipo.PALABRA
    return TIPOS.get(rama, Tipo.PAGINA)


def _cortar(texto: str) -> str:
    """Hasta donde cabe, sin partir una palabra."""
    return texto if len(texto) <= LARGO_A_LA_VISTA else texto[:LARGO_A_LA_VISTA].rsplit(" ", 1)[0]


def _hallar(patron: re.Pattern[str], html: str) -> str:
    hallado = patron.search(html)
    return " ".join(unescape(ETIQUETA.sub(" ", hallado[1])).split()) if hallado else ""
