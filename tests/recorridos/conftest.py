"""Un servidor de verdad por archivo de pruebas, y un navegador sin nada de afuera."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.recorridos.mundo import Servidor, copiar_datos, entorno_de_navegador

BANDERAS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


@pytest.fixture(scope="module")
def navegador() -> Iterator[Browser]:
    """Chromium sin ventana."""
    with sync_playwright() as playwright:
        navegador = playwright.chromium.launch(executable_path=entorno_de_navegador(), args=BANDERAS.split())
        yield navegador
        navegador.close()


@pytest.fixture(scope="module")
def servidor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servidor]:
    """Un servidor apagado, con su copia de los datos; cada prueba lo enciende cuando ya los cambió."""
    carpeta = tmp_path_factory.mktemp("recorrido")
    copiar_datos(carpeta)
    servidor = Servidor(carpeta)
    yield servidor
    servidor.apagar()
