"""Un portal construido una vez por proceso, en una carpeta que se borra sola, y un navegador para mirarlo."""

import functools
import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from generador.entradas import Entradas
from generador.hornear import escribir, hornear
from generador.paquetes import leer
from generador.portal import carpeta_de_obra, construir
from tests import imagenes_hechas
from tests.politica import POLITICA

RAIZ = Path(__file__).resolve().parents[2]
DATOS = RAIZ / "datos"
AHORA = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
OPCIONES = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync"

Construir = Callable[..., Path]


def construir_en(carpeta: Path, datos: Path = DATOS, ahora: datetime = AHORA, entradas: Entradas | None = None) -> Path:
    salida = carpeta / "salida"
    horneado = carpeta / "horneado.json"
    escribir(hornear(leer(datos), ahora), horneado)
    imagenes_hechas.traer(carpeta_de_obra(salida))
    construir(datos, salida, ahora, horneado, entradas)
    imagenes_hechas.guardar(carpeta_de_obra(salida))
    return salida


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return construir_en(tmp_path_factory.mktemp("portal"))


@pytest.fixture
def construido(tmp_path: Path) -> Construir:
    """Construye otro portal, con otros datos o en otro momento."""

    def en(nombre: str, **opciones: object) -> Path:
        carpeta = tmp_path / nombre
        carpeta.mkdir(exist_ok=True)
        return construir_en(carpeta, **opciones)  # type: ignore[arg-type]

    return en


@pytest.fixture(scope="session")
def paginas(portal: Path) -> dict[str, str]:
    """Dirección → HTML de todas las páginas."""
    return {
        _direccion(portal, archivo): archivo.read_text(encoding="utf-8") for archivo in sorted(portal.rglob("*.html"))
    }


def _direccion(portal: Path, archivo: Path) -> str:
    ruta = "/" + archivo.relative_to(portal).as_posix()
    return ruta.removesuffix("index.html")


class Atendedor(SimpleHTTPRequestHandler):
    """Sirve el portal con la misma política de seguridad que en producción."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLITICA)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Callado."""


@pytest.fixture(scope="module")
def sitio(portal: Path) -> Iterator[str]:
    servidor = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Atendedor, directory=str(portal)))
    hilo = threading.Thread(target=servidor.serve_forever, daemon=True)
    hilo.start()
    yield f"http://127.0.0.1:{servidor.server_address[1]}"
    servidor.shutdown()
    servidor.server_close()


@pytest.fixture(scope="module")
def navegador() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        abierto = playwright.chromium.launch(executable_path=CHROMIUM, args=OPCIONES.split())
        yield abierto
        abierto.close()


@pytest.fixture
def pagina(navegador: Browser) -> Iterator[Page]:
    contexto = navegador.new_context(locale="es-CL", reduced_motion="reduce")
    abierta = contexto.new_page()
    abierta.clock.set_fixed_time(AHORA)
    yield abierta
    contexto.close()
