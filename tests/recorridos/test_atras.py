"""El botón «atrás» del navegador, después de un error: muestra la página y no pregunta si se reenvía."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.recorridos import tramite
from tests.recorridos.mundo import CONVOCATORIA, Servidor, publicar_convocatoria, respuestas_de, rut_de_ejemplo


def test_atras_y_recargar_despues_de_un_error_muestran_la_pagina(servidor: Servidor, navegador: Browser) -> None:
    publicar_convocatoria(servidor.datos, servidor.ahora(), cupos=2, espera=1)
    servidor.encender()
    contexto = navegador.new_context(viewport={"width": 360, "height": 740})
    pagina = contexto.new_page()
    respuestas = respuestas_de("Panes del Maule", rut_de_ejemplo(77_100_010))
    pagina.goto(f"{servidor.url}/api/postular?convocatoria={CONVOCATORIA}")
    seguir = pagina.get_by_role("button", name="Seguir", exact=True)
    # El error de la primera página, cuando todavía no hay borrador.
    seguir.click()
    expect(pagina.get_by_role("alert")).to_be_visible()
    pagina.reload()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("¿Cómo postulas?")
    tramite.responder(pagina, respuestas)
    seguir.click()
    rut = pagina.get_by_label("¿Cuál es el RUT?")
    rut.fill("12")
    seguir.click()
    expect(pagina.get_by_role("alert")).to_be_visible()
    expect(rut).to_have_value("12")
    rut.fill(respuestas["rut"])
    seguir.click()
    expect(pagina.get_by_role("heading", level=1)).to_contain_text("nombre")
    pagina.go_back()
    expect(rut).to_have_value(respuestas["rut"].replace(".", ""))
    expect(pagina.get_by_role("alert")).to_have_count(0)
    contexto.close()
