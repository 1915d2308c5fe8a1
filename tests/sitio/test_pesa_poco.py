"""Lo que baja de verdad la primera visita a cada plantilla, con sus fotos, según lo que pide un teléfono."""

import gzip
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser

from tests.sitio.test_accesible import VISTAS

# La meta son 65.000; ninguna plantilla se acerca y así no se pierde lo ganado.
TECHO_BYTES = 45_000
TECHO_PEDIDOS = 16
# Lo que ya viene comprimido viaja como está.
COMPRIMIDOS = {".woff2", ".avif", ".webp", ".jpg", ".png"}


def _peso(archivo: Path) -> int:
    contenido = archivo.read_bytes()
    return len(contenido) if archivo.suffix in COMPRIMIDOS else len(gzip.compress(contenido, 6, mtime=0))


@pytest.mark.lento
def test_la_primera_visita_a_cada_plantilla_pesa_poco_con_sus_fotos(
    navegador: Browser, sitio: str, portal: Path
) -> None:
    contexto = navegador.new_context(locale="es-CL", viewport={"width": 360, "height": 800}, device_scale_factor=2)
    pagina = contexto.new_page()
    pedidos: set[str] = set()
    pagina.on("request", lambda pedido: pedidos.add(unquote(urlsplit(pedido.url).path)))
    # Con una ruta interceptada el navegador no guarda nada: cada visita es la primera.
    pagina.route("**/api/**", lambda ruta: ruta.fulfill(status=503, body="{}"))
    pesos, fotos = {}, set()
    for nombre, ruta in VISTAS.items():
        pedidos.clear()
        pagina.goto(sitio + ruta)
        if pagina.locator("main img").count():
            pagina.wait_for_load_state("networkidle")
        archivos = [portal / p.lstrip("/") for p in pedidos if not p.startswith("/api/")]
        archivos = [a / "index.html" if a.is_dir() else a for a in archivos]
        pesos[nombre] = (sum(_peso(a) for a in archivos if a.exists()), len(pedidos))
        fotos |= {a.name for a in archivos if a.parent.name == "fotos"}
    contexto.close()
    assert len(fotos) > 4
    assert {n: p for n, p in pesos.items() if p[0] > TECHO_BYTES or p[1] > TECHO_PEDIDOS} == {}
