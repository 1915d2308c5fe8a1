"""El archivo sube apenas se elige: se ve cuánto va, se cancela, aguanta un corte y dice lo mismo que sin guion."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect, sync_playwright

from tests.funciones.puerta import Puerta
from tests.funciones.test_documentos import LO_QUE_LLEGA, Borrador
from tests.navegador.conftest import CHROMIUM, OPCIONES
from tests.politica import POLITICA
from tests.recorridos.mundo import PDF, RAIZ

DOCUMENTO = "carpeta-tributaria"
PORTAL = "http://localhost:8000"


@dataclass
class Red:
    """Lleva cada pedido del navegador a las funciones de verdad; el depósito hace lo que la prueba le diga."""

    borrador: Borrador
    # Lo que hace el depósito con cada envío: recibe, corta o no contesta. El último se repite.
    deposito: list[str] = field(default_factory=lambda: ["recibe"])
    contenido: bytes = PDF
    envios: int = 0

    @property
    def puerta(self) -> Puerta:
        return self.borrador.puerta

    def atender(self, ruta: Route) -> None:
        pedido = ruta.request
        camino = urlsplit(pedido.url).path
        if camino == "/deposito/":
            self._depositar(ruta)
        elif camino == "/api/adjuntar" and pedido.method == "POST":
            cuerpo = json.loads(pedido.post_data or "{}")
            dicho = self.puerta.llamar("adjuntar", "POST", "/api/adjuntar", cuerpo=cuerpo)
            ruta.fulfill(status=dicho["statusCode"], content_type="application/json", body=dicho["body"])
        elif camino == "/api/adjuntar":
            consulta = dict(parse_qsl(urlsplit(pedido.url).query))
            dicho = self.puerta.llamar("adjuntar", "GET", "/api/adjuntar", consulta=consulta, html=True)
            self._pagina(ruta, dicho["statusCode"], dicho["body"])
        elif camino == "/":
            self._pagina(ruta, 200, self.borrador.volver_del_deposito(DOCUMENTO))
        elif (archivo := RAIZ / "site" / camino.lstrip("/")).is_file():
            ruta.fulfill(path=archivo)
        else:
            ruta.fulfill(status=204)

    def _pagina(self, ruta: Route, estado: int, html: str) -> None:
        cabeceras = {"content-security-policy": POLITICA, "content-type": "text/html; charset=utf-8"}
        ruta.fulfill(status=estado, headers=cabeceras, body=html)

    def _depositar(self, ruta: Route) -> None:
        que = self.deposito[min(self.envios, len(self.deposito) - 1)]
        self.envios += 1
        if que == "corta":
            ruta.abort("internetdisconnected")
        elif que == "recibe":
            self.puerta.subir(self.borrador.clave, [DOCUMENTO], self.contenido)
            ruta.fulfill(status=204)


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    with sync_playwright() as playwright:
        abierto = playwright.chromium.launch(executable_path=CHROMIUM, args=OPCIONES)
        yield abierto
        abierto.close()


@pytest.fixture
def red(puerta: Puerta) -> Red:
    return Red(Borrador(puerta))


@pytest.fixture
def pagina(chromium: object, red: Red) -> Iterator[Page]:
    """La página del primer documento, en un teléfono angosto. Falla si la política de contenido se queja."""
    contexto = chromium.new_context(locale="es-CL", viewport={"width": 320, "height": 700})  # type: ignore[attr-defined]
    contexto.route("**/*", red.atender)
    abierta, quejas = contexto.new_page(), []
    abierta.on("pageerror", lambda error: quejas.append(str(error)))
    abierta.on("console", lambda aviso: quejas.append(aviso.text) if "Security Policy" in aviso.text else None)
    abierta.goto(f"{PORTAL}/")
    yield abierta
    contexto.close()
    assert quejas == []


def elegir(pagina: Page, nombre: str, contenido: bytes) -> None:
    pagina.locator("#file").set_input_files([{"name": nombre, "mimeType": "", "buffer": contenido}])


def test_lo_que_se_nota_sin_enviarlo_se_dice_con_las_mismas_palabras(pagina: Page, red: Red, tmp_path: Path) -> None:
    grande = tmp_path / "grande.pdf"
    grande.write_bytes(PDF + bytes(7 * 1024 * 1024))
    casos = {"vacio": ("nada.pdf", b""), "otro_tipo": ("carta.docx", b"PK")}
    for problema, (nombre, contenido) in casos.items():
        elegir(pagina, nombre, contenido)
        expect(pagina.locator("#error-file")).to_contain_text(LO_QUE_LLEGA[problema][1])  # type: ignore[index]
        expect(pagina.locator(".errores")).to_be_focused()
        assert pagina.title().startswith("Error: Certificado")
    pagina.locator("#file").set_input_files(grande)
    expect(pagina.locator(".errores a[href='#file']")).to_contain_text("pesa más de 7 MB")
    assert pagina.locator("#error-file").inner_text() == pagina.locator(".errores a").inner_text()
    assert red.envios == 0


def test_aguanta_un_corte_y_muestra_el_nombre_que_no_se_guarda(pagina: Page, red: Red) -> None:
    red.deposito = ["corta", "recibe"]
    elegir(pagina, "Carpeta de Rosa.PDF", PDF)
    expect(pagina.locator(".subiendo [role=status]")).to_contain_text("Lo intentamos otra vez")
    recibido = pagina.locator("#recibido")
    expect(recibido).to_contain_text("Carpeta de Rosa.PDF, PDF de 303 bytes.")
    expect(recibido).to_be_focused()
    assert red.envios == 2
    expect(pagina.get_by_role("button", name="Seguir")).to_be_visible()
    # Cambiarlo por otro funciona en la página recién puesta.
    elegir(pagina, "otra.pdf", PDF)
    expect(recibido).to_contain_text("otra.pdf")
    pagina.reload()
    expect(pagina.locator("#recibido")).to_contain_text("PDF de 303 bytes.")
    assert "Rosa" not in pagina.content()


def test_lo_que_mira_la_funcion_vuelve_con_su_error_y_el_foco(pagina: Page, red: Red) -> None:
    red.contenido = LO_QUE_LLEGA["con_contrasena"][0] or b""  # type: ignore[index]
    elegir(pagina, "cerrado.pdf", PDF)
    expect(pagina.locator("#error-file")).to_contain_text("pide una contraseña")
    expect(pagina.locator(".errores")).to_be_focused()
    assert pagina.title().startswith("Error: ")


def test_se_puede_cancelar_y_elegir_otro(pagina: Page, red: Red) -> None:
    red.deposito = ["no contesta", "recibe"]
    elegir(pagina, "primera.pdf", PDF)
    barra = pagina.get_by_role("progressbar")
    expect(barra).to_be_visible()
    expect(pagina.locator("form.subida")).to_be_hidden()
    pagina.get_by_role("button", name="Cancelar").click()
    expect(barra).to_have_count(0)
    expect(pagina.locator("#file")).to_be_focused()
    elegir(pagina, "segunda.pdf", PDF)
    expect(pagina.locator("#recibido")).to_contain_text("segunda.pdf")


def test_nada_se_sale_de_la_pantalla_y_todo_se_toca_con_el_dedo(pagina: Page, red: Red) -> None:
    red.deposito = ["no contesta"]
    elegir(pagina, f"{'carpeta-tributaria-' * 6}.pdf", PDF)
    expect(pagina.get_by_role("progressbar")).to_be_visible()
    assert pagina.evaluate("document.documentElement.scrollWidth") == 320
    alto = pagina.get_by_role("button", name="Cancelar").bounding_box()
    assert alto is not None
    assert alto["height"] >= 44
