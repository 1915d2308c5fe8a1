"""Cuánto espera quien entra por primera vez con mala señal: 50 kB/s y 400 ms de ida y vuelta, en un teléfono."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.recorridos.mundo import (
    CHILE,
    CONVOCATORIA,
    Empresa,
    Servidor,
    copiar_datos,
    entorno_de_navegador,
    publicar_convocatoria,
    rut_de_ejemplo,
)

BYTES_POR_SEGUNDO, ESPERA_MS = 50_000, 400
META_SEGUNDOS = 3
BANDERAS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync"
# Se puede usar cuando ya se ve y sus guiones corrieron: lo que venga después no detiene a nadie.
TIEMPOS = """() => {
  const [ida] = performance.getEntriesByType("navigation");
  const pintada = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
  return [pintada, Math.max(pintada, ida.domContentLoadedEventEnd), ida.loadEventEnd];
}"""
Llegar = Callable[[Page], object]


@dataclass
class Visita:
    """Lo que pidió y tardó una primera visita."""

    pedidos: int = 0
    bajado: float = 0
    guiones: int = 0
    se_ve: float = 0
    se_usa: float = 0
    entera: float = 0


def medir() -> None:
    """Enciende un servidor de verdad con alguien que ya postuló y visita cada página con el navegador vacío."""
    with TemporaryDirectory() as temporal:
        carpeta = Path(temporal)
        copiar_datos(carpeta)
        servidor = Servidor(carpeta)
        publicar_convocatoria(servidor.datos, datetime.now(CHILE), cupos=2, espera=1)
        servidor.encender()
        try:
            firma = Empresa(servidor, "Panes del Maule", rut_de_ejemplo(77_100_020))
            firma.postular()
            _mostrar(servidor, firma)
        finally:
            servidor.apagar()


def _mostrar(servidor: Servidor, firma: Empresa) -> None:
    print(
        f"\nPrimera visita a {BYTES_POR_SEGUNDO // 1000} kB/s y {ESPERA_MS} ms (la meta: usarse en {META_SEGUNDOS} s)"
    )
    print(f"  {'página':22} {'pedidos':>7} {'guiones':>7} {'kB':>6} {'se ve':>6} {'se usa':>6} {'entera':>6}")
    with sync_playwright() as playwright:
        navegador = playwright.chromium.launch(executable_path=entorno_de_navegador(), args=BANDERAS.split())
        for nombre, antes, llegar in _paginas(servidor.url, firma):
            v = _visitar(navegador, antes, llegar)
            tiempos = f"{v.se_ve:6.2f} {v.se_usa:6.2f} {v.entera:6.2f}"
            tarde = "   pasa la meta" if v.se_usa > META_SEGUNDOS else ""
            print(f"  {nombre:22} {v.pedidos:7} {v.guiones:7} {v.bajado / 1000:6.1f} {tiempos}{tarde}")
        navegador.close()


def _paginas(url: str, firma: Empresa) -> Iterator[tuple[str, Llegar, Llegar]]:
    """Nombre, lo que se hace antes con buena señal y lo que se mide."""

    def llenar(pagina: Page) -> None:
        pagina.goto(f"{url}/api/consultar")
        pagina.get_by_label("Folio").fill(firma.folio)
        pagina.get_by_label("Código").fill(firma.codigo)

    for nombre, ruta in (
        ("portada", "/"),
        ("una convocatoria", f"/convocatorias/{CONVOCATORIA}/"),
        ("catálogo", "/catalogo/"),
        ("cifras", "/indicadores/"),
        ("formulario, inicio", f"/api/postular?convocatoria={CONVOCATORIA}"),
        ("mi postulación", "/api/consultar"),
    ):
        yield nombre, lambda pagina: None, lambda pagina, ruta=ruta: pagina.goto(url + ruta)  # type: ignore[misc]
    # La hoja de estilo ya la tiene: viene de pedir su folio.
    yield "el estado", llenar, lambda pagina: pagina.get_by_role("button", name="Ver mi postulación").click()


def _visitar(navegador: Browser, antes: Llegar, llegar: Llegar) -> Visita:
    contexto = navegador.new_context(locale="es-CL", viewport={"width": 360, "height": 800}, device_scale_factor=2)
    pagina = contexto.new_page()
    antes(pagina)
    visita = Visita()
    with _mala_senal(contexto.new_cdp_session(pagina), visita):
        llegar(pagina)
        pagina.wait_for_load_state("load")
        pagina.wait_for_load_state("networkidle")
        visita.se_ve, visita.se_usa, visita.entera = (t / 1000 for t in pagina.evaluate(TIEMPOS))
    contexto.close()
    return visita


@contextmanager
def _mala_senal(sesion: CDPSession, visita: Visita) -> Iterator[None]:
    """Frena la red y cuenta lo que pasa por ella, comprimido y con sus cabeceras."""

    def contar(aviso: dict[str, float]) -> None:
        visita.pedidos += 1
        visita.bajado += aviso["encodedDataLength"]

    def mirar(aviso: dict[str, str]) -> None:
        visita.guiones += aviso["type"] == "Script"

    sesion.on("Network.loadingFinished", contar)
    sesion.on("Network.responseReceived", mirar)
    sesion.send("Network.enable")
    frenos = {"latency": ESPERA_MS, "downloadThroughput": BYTES_POR_SEGUNDO, "uploadThroughput": BYTES_POR_SEGUNDO}
    sesion.send("Network.emulateNetworkConditions", {"offline": False, **frenos})
    yield
    sesion.detach()


if __name__ == "__main__":
    medir()
