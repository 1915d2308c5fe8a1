"""El buscador en un navegador de verdad: nada antes de la primera tecla, con teclado, con la dirección y sin red."""

import gzip
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accesibilidad import faltas
from tests.sitio.conftest import AHORA

DEL_BUSCADOR = ("/indice/", "/tema/buscar_", "/tema/snowball.js")
TECHO_PRIMERA_BUSQUEDA = 30_000
MAULE = "2027-feria-maule-sabores-y-oficios"


@pytest.fixture
def pedidos(pagina: Page) -> list[str]:
    """Lo del buscador que pidió la página, en orden."""
    vistos: list[str] = []
    pagina.on("request", lambda pedido: vistos.append("/" + pedido.url.split("/", 3)[3]))
    return vistos


def del_buscador(pedidos: list[str]) -> list[str]:
    return [p for p in pedidos if p.startswith(DEL_BUSCADOR)]


def test_no_se_trae_nada_hasta_la_primera_tecla(pagina: Page, sitio: str, portal: Path, pedidos: list[str]) -> None:
    pagina.goto(f"{sitio}/buscar/")
    pagina.get_by_label("Escribe lo que buscas").click()
    pagina.get_by_text("Filtrar por región").click()
    assert del_buscador(pedidos) == []
    pagina.get_by_label("Escribe lo que buscas").press_sequentially("lana")
    expect(pagina.get_by_role("status")).to_contain_text("resultados para «lana».")
    archivos = [portal / p.lstrip("/") for p in set(del_buscador(pedidos))]
    assert archivos
    assert sum(len(gzip.compress(a.read_bytes(), 6, mtime=0)) for a in archivos) <= TECHO_PRIMERA_BUSQUEDA


def test_se_recorre_con_flechas_y_se_vuelve_con_lo_buscado(pagina: Page, sitio: str) -> None:
    pagina.goto(f"{sitio}/buscar/")
    campo = pagina.get_by_label("Escribe lo que buscas")
    campo.press_sequentially("cántaro")
    expect(pagina.locator(".b-hallazgo mark").first).to_have_text("Cántaro")
    campo.press("ArrowDown")
    enlaces = pagina.locator(".b-hallazgo h3 a")
    expect(enlaces.nth(0)).to_be_focused()
    pagina.keyboard.press("ArrowDown")
    expect(enlaces.nth(1)).to_be_focused()
    pagina.keyboard.press("Escape")
    expect(campo).to_be_focused()
    pagina.keyboard.press("ArrowDown")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/catalogo/productos/cantaro-de-greda/")
    pagina.go_back()
    expect(pagina.get_by_label("Escribe lo que buscas")).to_have_value("cántaro")
    expect(pagina.locator(".b-hallazgo").first).to_be_visible()


def test_los_filtros_van_en_la_direccion_y_se_quitan(pagina: Page, sitio: str) -> None:
    pagina.goto(f"{sitio}/buscar/?q=lana")
    todos = pagina.locator(".b-tipos a").filter(has_text="Todo").locator("b")
    expect(todos).not_to_have_text("0")
    antes = todos.inner_text()
    pagina.get_by_text("Filtrar por región").click()
    pagina.get_by_label("Región").select_option("14")
    expect(pagina.get_by_role("button", name="Quitar Región: Los Ríos")).to_be_visible()
    assert pagina.url.endswith("/buscar/?q=lana&region=14")
    assert int(todos.inner_text()) < int(antes)
    pagina.get_by_role("link", name="Productos").click()
    assert pagina.url.endswith("/buscar/?q=lana&tipo=producto&region=14")
    assert pagina.locator(".b-clase").all_inner_texts().count("Producto") == pagina.locator(".b-hallazgo").count()
    pagina.go_back()
    expect(pagina.locator(".b-tipos [aria-current]")).to_contain_text("Todo")
    pagina.get_by_role("button", name="Quitar Región: Los Ríos").click()
    expect(todos).to_have_text(antes)
    assert pagina.url.endswith("/buscar/?q=lana")


def test_una_convocatoria_que_cerro_despues_de_publicar_se_ve_cerrada(pagina: Page, sitio: str) -> None:
    resultado = pagina.locator(".b-hallazgo", has=pagina.locator(f'a[href="/convocatorias/{MAULE}/"]'))
    for ahora, estado in ((AHORA, "Abierta"), (datetime.fromisoformat("2026-12-08T12:00:00Z"), "En evaluación")):
        pagina.clock.set_fixed_time(ahora)
        pagina.goto(f"{sitio}/buscar/?q=sabores+y+oficios")
        expect(resultado.locator(".est")).to_have_text(estado)


def test_sin_red_lo_dice_y_al_volver_busca(pagina: Page, sitio: str) -> None:
    pagina.goto(f"{sitio}/buscar/")
    pagina.route("**/indice/**", lambda ruta: ruta.abort())
    pagina.get_by_label("Escribe lo que buscas").fill("queso")
    expect(pagina.get_by_role("status")).to_contain_text("No pudimos traer los resultados")
    expect(pagina.get_by_role("heading", name="O entra por una lista")).to_be_visible()
    pagina.unroute("**/indice/**")
    pagina.get_by_role("button", name="Buscar").click()
    expect(pagina.get_by_role("status")).to_contain_text("para «queso»")


def test_lo_hostil_se_muestra_como_texto(pagina: Page, sitio: str) -> None:
    pagina.goto(f"{sitio}/buscar/?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E+queso")
    expect(pagina.get_by_role("status")).to_contain_text("«<img src=x onerror=alert(1)> queso»")
    assert pagina.locator("main img").count() == 0


@pytest.mark.lento
def test_los_resultados_no_tienen_faltas_de_accesibilidad(pagina: Page, sitio: str) -> None:
    quejas: list[str] = []
    pagina.on("console", lambda aviso: quejas.append(aviso.text) if aviso.type == "error" else None)
    pagina.on("pageerror", lambda error: quejas.append(str(error)))
    pagina.goto(f"{sitio}/buscar/?q=feria+lana&region=14")
    expect(pagina.locator(".b-hallazgo").first).to_be_visible()
    pagina.get_by_text("Filtrar por región").click()
    for ancho in (320, 1280):
        pagina.set_viewport_size({"width": ancho, "height": 800})
        assert pagina.evaluate("document.documentElement.scrollWidth") <= ancho
        chicos = pagina.eval_on_selector_all(
            "main :is(button, select, summary, .b-tipos a, input[type=search])",
            "es => es.filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)",
        )
        assert chicos == []
        for esquema in ("light", "dark"):
            pagina.emulate_media(color_scheme=esquema)  # type: ignore[arg-type]
            assert faltas(pagina) == []
    assert quejas == []


@pytest.fixture
def sin_guiones(navegador: Browser) -> Iterator[Page]:
    contexto = navegador.new_context(locale="es-CL", java_script_enabled=False)
    yield contexto.new_page()
    contexto.close()


def test_sin_javascript_se_llega_por_las_listas(sin_guiones: Page, sitio: str) -> None:
    sin_guiones.goto(f"{sitio}/buscar/?q=queso")
    expect(sin_guiones.locator("noscript .aviso")).to_be_visible()
    expect(sin_guiones.locator("main form")).to_be_hidden()
    sin_guiones.get_by_role("link", name="Alimentos y bebidas").click()
    expect(sin_guiones.get_by_role("heading", level=1)).to_have_text("Alimentos y bebidas")
