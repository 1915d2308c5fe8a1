"""Cuánto tarda la mesa en abrir la ficha siguiente, con doscientas por revisar y mala señal."""

from __future__ import annotations

import statistics

from playwright.sync_api import Page, sync_playwright

from tests.navegador.conftest import CHROMIUM, OPCIONES
from tests.navegador.mesa_falsa import MesaFalsa
from tests.navegador.siembra import sembrar

CUANTAS, META_MS = 200, 300
BYTES_POR_SEGUNDO, ESPERA_MS = 50_000, 400
# Desde la tecla hasta que el navegador terminó de pintar otra ficha.
ABRIR_LA_SIGUIENTE = """() => new Promise((listo) => {
  const titulo = () => document.querySelector("#mesa-vista h1").textContent;
  const [antes, inicio] = [titulo(), performance.now()];
  const mirar = () => {
    if (titulo() === antes) return requestAnimationFrame(mirar);
    return requestAnimationFrame(() => setTimeout(() => listo(performance.now() - inicio)));
  };
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true }));
  mirar();
})"""


def medir() -> None:
    """Abre veinte fichas seguidas a la velocidad de quien lee, y veinte sin esperar a que llegue la que sigue."""
    mesa = MesaFalsa()
    try:
        with sync_playwright() as playwright:
            navegador = playwright.chromium.launch(executable_path=CHROMIUM, args=OPCIONES)
            pagina = navegador.new_page(locale="es-CL")
            _entrar(pagina, mesa)
            sembrar(pagina, mesa, CUANTAS)
            _con_mala_senal(pagina)
            pagina.keyboard.press("j")
            pagina.keyboard.press("Enter")
            pagina.get_by_role("heading", level=1, name="Empresa 000").wait_for()
            traida = [_siguiente(pagina, numero, leyendo=True) for numero in range(1, 21)]
            apurada = [_siguiente(pagina, numero, leyendo=False) for numero in range(21, 41)]
            navegador.close()
    finally:
        mesa.cerrar()
    print(
        f"\nLa mesa, con {CUANTAS} por revisar y mala señal: milisegundos hasta ver la ficha siguiente (meta {META_MS})"
    )
    for nombre, tiempos in (("ya traída", traida), ("sin traer", apurada)):
        print(f"  {nombre}: mediana {statistics.median(tiempos):.0f}, la más lenta {max(tiempos):.0f}")


def _entrar(pagina: Page, mesa: MesaFalsa) -> None:
    pagina.goto(f"{mesa.url}/mesa/")
    pagina.get_by_role("button", name="Entrar a la mesa").click()
    pagina.get_by_role("heading", level=1, name="Cola de revisión").wait_for()


def _con_mala_senal(pagina: Page) -> None:
    red = {"offline": False, "latency": ESPERA_MS}
    velocidad = {"downloadThroughput": BYTES_POR_SEGUNDO, "uploadThroughput": BYTES_POR_SEGUNDO}
    sesion = pagina.context.new_cdp_session(pagina)
    sesion.send("Network.enable")
    sesion.send("Network.emulateNetworkConditions", red | velocidad)


def _siguiente(pagina: Page, numero: int, *, leyendo: bool) -> float:
    """Milisegundos hasta ver esa ficha; `leyendo` espera antes a que llegue, como quien mira la que tiene."""
    if leyendo:
        pagina.wait_for_load_state("networkidle")
    tardo: float = pagina.evaluate(ABRIR_LA_SIGUIENTE)
    pagina.get_by_role("heading", level=1, name=f"Empresa {numero:03}").wait_for()
    return tardo
