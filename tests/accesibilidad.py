"""WCAG 2.2 AA con axe sobre páginas en el navegador: lo que falta, en una línea por falta."""

import json
import mimetypes
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, Route, sync_playwright

TEMA = Path(__file__).resolve().parents[1] / "site" / "tema"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
OPCIONES = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync"

NORMAS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# El guion se pone una vez por página y vuelve solo lo que falta, como texto: el informe entero tarda diez veces más.
REVISAR = """async (normas) => {
  const opciones = { runOnly: { type: "tag", values: normas }, resultTypes: ["violations"] };
  const { violations } = await axe.run(opciones);
  return JSON.stringify(violations.map((v) => [v.id, v.nodes.map((n) => n.html)]));
}"""

# Solo lo que depende de los colores, para mirarlo otra vez con los oscuros.
CONTRASTE = """async () => {
  const { violations } = await axe.run({ runOnly: ["color-contrast"], resultTypes: ["violations"] });
  return JSON.stringify(violations.map((v) => [v.id, v.nodes.map((n) => n.html)]));
}"""
# Lo que se toca con el dedo y mide menos de 44; un enlace dentro de un texto queda fuera, como en WCAG.
CHICOS = """() => [...document.querySelectorAll(
    ".boton, .nav a, .mia, .toque, summary, select, main input:not([type=hidden]), .pie li a")]
  .map((e) => e.matches("[type=radio], [type=checkbox]") ? e.labels[0] ?? e : e)
  .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 44)
  .map((e) => e.outerHTML.slice(0, 120))"""
# Cambia la página por otra sin navegar: axe se lee una vez y los estilos ya están. Los pliegues se abren.
PONER = """async (html) => {
  const nueva = document.adoptNode(new DOMParser().parseFromString(html, "text/html").documentElement);
  const llegan = [...nueva.querySelectorAll("link[rel=stylesheet]")].map(
    (hoja) => new Promise((listo) => { hoja.onload = hoja.onerror = listo; }));
  nueva.querySelectorAll("details").forEach((pliegue) => { pliegue.open = true; });
  document.replaceChild(nueva, document.documentElement);
  await Promise.all(llegan);
  return document.documentElement.scrollWidth;
}"""
ANCHO = 320


def faltas(pagina: Page) -> list[str]:
    """«regla: elemento» por cada elemento que falla; vacía si no falta nada. Ninguna regla se deja fuera."""
    if not pagina.evaluate("'axe' in window"):
        pagina.evaluate(AXE_SCRIPT)
    return _en_lineas(pagina.evaluate(REVISAR, NORMAS))


def _en_lineas(informe: str) -> list[str]:
    return [f"{regla}: {elemento[:160]}" for regla, elementos in json.loads(informe) for elemento in elementos]


def faltas_sueltas(paginas: Iterable[str]) -> list[str]:
    """Lo que falta en páginas sueltas, con su título delante: en 320 de ancho, con los colores claros y los oscuros.

    Los oscuros se miran solo en la página que trae una etiqueta o una clase que no se había visto.
    """
    with sync_playwright() as playwright:
        navegador = playwright.chromium.launch(executable_path=CHROMIUM, args=OPCIONES.split())
        pagina = navegador.new_page(viewport={"width": ANCHO, "height": 800})
        pagina.route("**/*", _atender)
        pagina.goto("http://portal.invalid/")
        pagina.evaluate(AXE_SCRIPT)
        halladas, vistas = [], set[str]()
        for html in paginas:
            piezas = set(re.findall(r'<[a-z][\w-]*(?: class="[^"]*")?', html))
            halladas += [f"{_titulo(html)}: {falta}" for falta in _faltas_de(pagina, html, not piezas <= vistas)]
            vistas |= piezas
        pagina.unroute_all(behavior="wait")
        navegador.close()
    return halladas


def _faltas_de(pagina: Page, html: str, tambien_oscuro: bool) -> Iterator[str]:
    ancho = pagina.evaluate(PONER, html)
    if ancho > ANCHO:
        yield f"mide {ancho} de ancho"
    yield from (f"menos de 44: {chico}" for chico in pagina.evaluate(CHICOS))
    yield from faltas(pagina)
    if tambien_oscuro:
        pagina.emulate_media(color_scheme="dark")
        yield from (f"oscura: {falta}" for falta in _en_lineas(pagina.evaluate(CONTRASTE)))
        pagina.emulate_media(color_scheme="light")


def _titulo(html: str) -> str:
    titulo = re.search("<title>([^<]*)", html)
    return titulo[1] if titulo else html[:60]


def _atender(ruta: Route) -> None:
    """Los estilos y la letra del portal; de lo demás, una página vacía."""
    archivo = TEMA / urlsplit(ruta.request.url).path.removeprefix("/tema/")
    if archivo.is_file():
        # `body` y no `path`: con `path` lee otro hilo y, al cerrar, se queja de lo que no alcanzó a entregar.
        ruta.fulfill(body=archivo.read_bytes(), content_type=mimetypes.guess_type(archivo.name)[0] or "font/woff2")
    else:
        ruta.fulfill(body="<!doctype html><title>.</title>", content_type="text/html")
