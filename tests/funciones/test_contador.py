"""El contador de letras convive con el envío de la foto: cada guion mira solo lo suyo, en la página de verdad."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Route, expect, sync_playwright

from tests.funciones.puerta import Puerta
from tests.funciones.test_vitrinas import Duena
from tests.navegador.conftest import CHROMIUM, OPCIONES
from tests.recorridos.mundo import RAIZ


def test_la_descripcion_de_la_foto_cuenta_sus_letras_y_ningun_guion_se_cae(puerta: Puerta) -> None:
    duena, quejas = Duena(puerta), []
    duena.armar()
    duena.dejar_foto()
    duena.pagina("foto:p1")
    consulta = {"folio": duena.folio, "producto": "p1"}
    html = puerta.llamar("exhibir", "GET", "/api/exhibir", consulta=consulta, html=True)["body"]

    def atender(ruta: Route) -> None:
        archivo = RAIZ / "site" / urlsplit(ruta.request.url).path.lstrip("/")
        if archivo.is_file():
            ruta.fulfill(path=archivo)
        else:
            ruta.fulfill(status=200, content_type="text/html; charset=utf-8", body=html)

    with sync_playwright() as playwright:
        navegador = playwright.chromium.launch(executable_path=CHROMIUM, args=OPCIONES)
        pagina = navegador.new_page()
        pagina.on("pageerror", lambda error: quejas.append(str(error)))
        pagina.route("**/*", atender)
        pagina.goto("http://localhost:8000/")
        pagina.get_by_label("¿Qué se ve en la foto?").fill("Un pan")
        expect(pagina.get_by_text("Llevas 6 de 160 letras.")).to_be_visible()
        navegador.close()
    assert quejas == []
