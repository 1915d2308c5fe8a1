"""Cuánto tarda la mesa en abrir la ficha siguiente, con doscientas por revisar y mala señal."""

from __future__ import annotations

import statistics
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from tests.navegador.conftest import CHROMIUM, OPCIONES
from tests.recorridos.mundo import (
    CHILE,
    Empresa,
    Servidor,
    copiar_datos,
    publicar_convocatoria,
    rut_de_ejemplo,
)
from tests.recorridos.oficina import entrar

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
    with TemporaryDirectory() as temporal:
        carpeta = Path(temporal)
        copiar_datos(carpeta)
        servidor = Servidor(carpeta)
        publicar_convocatoria(servidor.datos, datetime.now(CHILE), cupos=30, espera=30)
        servidor.encender()
        try:
            _sembrar(servidor)
            with sync_playwright() as playwright:
                navegador = playwright.chromium.launch(executable_path=CHROMIUM, args=OPCIONES)
                _mostrar(navegador.new_page(locale="es-CL"), servidor)
                navegador.close()
        finally:
            servidor.apagar()


def _sembrar(servidor: Servidor) -> None:
    """Doscientas postulaciones de verdad: con sus documentos, enviadas y con el correo confirmado."""
    empresas = [Empresa(servidor, f"Empresa {n:03}", rut_de_ejemplo(77_300_010 + n)) for n in range(CUANTAS)]
    with ThreadPoolExecutor(4) as hilos:
        list(hilos.map(Empresa.postular, empresas))


def _mostrar(pagina: Page, servidor: Servidor) -> None:
    entrar(pagina, servidor, "Evaluador demostración Maule", "#/cola")
    print(f"\nLa mesa de verdad, con {CUANTAS} por revisar: milisegundos hasta ver la ficha siguiente (meta {META_MS})")
    for senal in ("buena señal", "mala señal"):
        if senal == "mala señal":
            _con_mala_senal(pagina)
        pagina.goto(f"{servidor.url}/mesa/#/cola")
        pagina.get_by_role("link", name="Abrir la primera").click()
        pagina.get_by_role("heading", level=1, name="Empresa").wait_for()
        for nombre, leyendo in (("ya traída", True), ("sin traer", False)):
            tiempos = [_siguiente(pagina, leyendo=leyendo) for _ in range(20)]
            print(f"  {senal}, {nombre}: mediana {statistics.median(tiempos):.0f}, la más lenta {max(tiempos):.0f}")


def _con_mala_senal(pagina: Page) -> None:
    red = {"offline": False, "latency": ESPERA_MS}
    velocidad = {"downloadThroughput": BYTES_POR_SEGUNDO, "uploadThroughput": BYTES_POR_SEGUNDO}
    sesion = pagina.context.new_cdp_session(pagina)
    sesion.send("Network.enable")
    sesion.send("Network.emulateNetworkConditions", red | velocidad)


def _siguiente(pagina: Page, *, leyendo: bool) -> float:
    """Milisegundos hasta ver esa ficha; `leyendo` espera antes a que llegue, como quien mira la que tiene."""
    if leyendo:
        pagina.wait_for_load_state("networkidle")
    tardo: float = pagina.evaluate(ABRIR_LA_SIGUIENTE)
    return tardo
