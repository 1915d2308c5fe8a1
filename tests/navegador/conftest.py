"""El navegador de las pruebas: Chromium del sistema, sin salir de esta máquina."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.navegador.mesa_falsa import Atencion, MesaFalsa

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
OPCIONES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# Se cierra con cada archivo: playwright no deja tener dos abiertos en un proceso, y otras carpetas abren el suyo.
@pytest.fixture(scope="module")
def navegador() -> Iterator[Browser]:
    """Uno por archivo; cada prueba abre su propio contexto."""
    with sync_playwright() as playwright:
        abierto = playwright.chromium.launch(executable_path=CHROMIUM, args=OPCIONES)
        yield abierto
        abierto.close()


@pytest.fixture(scope="module")
def atencion() -> Iterator[Atencion]:
    """El servidor de mentira, uno por archivo."""
    abierta = Atencion()
    yield abierta
    abierta.cerrar()


@pytest.fixture
def mesa(atencion: Atencion) -> MesaFalsa:
    """La mesa de mentira, como recién abierta."""
    return atencion.de_nuevo()


@pytest.fixture(scope="module")
def contexto(navegador: Browser) -> Iterator[BrowserContext]:
    """Uno por archivo, para no bajar otra vez los guiones: la mesa solo recuerda dentro de su pestaña."""
    abierto = navegador.new_context(locale="es-CL")
    abierto.set_default_timeout(20_000)
    yield abierto
    abierto.close()


@pytest.fixture
def pagina(contexto: BrowserContext, mesa: MesaFalsa) -> Iterator[Page]:
    """La mesa ya abierta por quien evalúa en el Maule. Falla si el navegador se queja de algo, la política incluida."""
    quejas: list[str] = []
    abierta = contexto.new_page()
    abierta.on("pageerror", lambda error: quejas.append(str(error)))
    abierta.on("console", lambda aviso: quejas.append(aviso.text) if "Content Security Policy" in aviso.text else None)
    abierta.goto(f"{mesa.url}/mesa/")
    abierta.get_by_role("button", name="Entrar a la mesa").click()
    abierta.get_by_role("heading", level=1, name="Cola de revisión").wait_for()
    yield abierta
    # Lo que la prueba pudo dejar en el navegador que comparten.
    contexto.set_offline(False)
    abierta.evaluate("localStorage.clear()")
    for abierta_por_ella in contexto.pages:
        abierta_por_ella.close()
    assert quejas == []
