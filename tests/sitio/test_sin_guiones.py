"""Sin JavaScript cada plantilla del portal dice lo suyo y no deja a nadie frente a un botón que no hace nada."""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.sitio.test_accesible import MAULE, VISTAS

# Las listas fijas que reemplazan a los filtros, además de una página por plantilla.
RUTAS = (
    *VISTAS.values(),
    "/encuentros/",
    "/convocatorias/estados/abierta/",
    "/eventos/regiones/07/",
    "/eventos/componentes/2/",
    "/catalogo/rubros/alimentos/",
    "/catalogo/regiones/07/",
)
# Lo que alguien vino a buscar: selector → cuántos tienen que verse, al menos.
LO_SUYO = {
    "/": {".tarjeta": 4, "noscript a[href^='/convocatorias/regiones/']": 16},
    "/convocatorias/": {".tarjeta": 8, "noscript a[href^='/convocatorias/estados/']": 7},
    f"/convocatorias/{MAULE}/": {"a[href^='/api/postular']": 1, "a[href$='/requisitos/']": 1, "a[href$='.ics']": 1},
    f"/convocatorias/{MAULE}/imprimir/": {"h2": 5},
    "/encuentros/": {".tarjeta": 3, "noscript a": 16},
    "/eventos/": {".tarjeta": 5, ".meses a": 3, ".regiones a": 16},
    "/eventos/2027-01/": {"table.mes a.ev": 1, "table.mes time": 28, ".tarjeta": 1},
    "/eventos/regiones/07/": {".tarjeta": 1, "a[href^='webcal:']": 1, ".regiones a": 16},
    "/eventos/feria-sabores-y-oficios-2027/": {"time": 2, "a[href^='webcal:']": 1, "main svg": 1},
    "/eventos/rueda-valles-y-costa-2026/": {"time": 4, "a[href^='/catalogo/empresas/']": 2},
    "/catalogo/": {".tarjeta": 12, "a[href^='/catalogo/rubros/']": 4},
    "/catalogo/rubros/alimentos/": {".tarjeta": 4},
    "/indicadores/": {"figure svg": 5, "summary": 5, "a[href$='.csv']": 5},
    "/requisitos/": {"table": 1, "summary": 3},
    "/novedades/": {"table.canales a": 57, ".lista a": 4},
    "/cambios/": {"ol.historia > li": 4},
    "/preguntas/": {"main h3": 8},
    "/ayuda/": {"a[href^='https://']": 1},
    "/404.html": {"main a": 4},
}
ABRIR = "document.querySelectorAll('details').forEach((pliegue) => { pliegue.open = true })"
MUERTOS = """() => [...document.querySelectorAll("main :is(button, input:not([type=hidden]), select, textarea)")]
  .filter((e) => e.checkVisibility() && !e.closest("form[action]")).map((e) => e.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def sin_guiones(navegador: Browser) -> Page:
    return navegador.new_context(locale="es-CL", java_script_enabled=False).new_page()


@pytest.mark.lento
def test_sin_guiones_cada_plantilla_dice_lo_suyo(sin_guiones: Page, sitio: str) -> None:
    assert set(LO_SUYO) <= set(RUTAS)
    for ruta in RUTAS:
        sin_guiones.goto(sitio + ruta)
        assert sin_guiones.locator("h1:visible").count() == 1, ruta
        assert sin_guiones.locator(".guia").first.is_visible(), ruta
        # Un pliegue se abre sin guiones: lo prueba la última.
        sin_guiones.evaluate(ABRIR)
        assert sin_guiones.evaluate(MUERTOS) == [], ruta
        for selector, cuantos in LO_SUYO.get(ruta, {}).items():
            vistos = sin_guiones.locator(f"{selector}:visible").count()
            assert vistos >= cuantos, f"{ruta} {selector}: {vistos}"


def test_sin_guiones_la_convocatoria_dice_cuando_cierra_y_deja_postular(sin_guiones: Page, sitio: str) -> None:
    sin_guiones.goto(f"{sitio}/convocatorias/{MAULE}/")
    assert sin_guiones.get_by_role("link", name="Postular", exact=True).is_visible()
    assert "Cierra el lunes 7 de diciembre de 2026 a las 15:00." in sin_guiones.locator("aside").inner_text()


def test_sin_guiones_el_buscador_explica_y_lleva_a_las_listas(sin_guiones: Page, sitio: str) -> None:
    sin_guiones.goto(f"{sitio}/buscar/")
    assert not sin_guiones.locator("main form").is_visible()
    assert "necesita JavaScript" in sin_guiones.locator("main").inner_text()
    for destino in ("/convocatorias/", "/catalogo/", "/glosario/"):
        assert sin_guiones.locator(f"main a[href='{destino}']").first.is_visible(), destino


def test_sin_guiones_un_pliegue_se_abre_y_la_tabla_del_dibujo_se_lee(sin_guiones: Page, sitio: str) -> None:
    sin_guiones.goto(f"{sitio}/indicadores/")
    pliegue = sin_guiones.locator("details", has=sin_guiones.locator("table")).first
    assert not pliegue.locator("table").is_visible()
    pliegue.locator("summary").click()
    assert re.search(r"\d", pliegue.locator("table").inner_text())
