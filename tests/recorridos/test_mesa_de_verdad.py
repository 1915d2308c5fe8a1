"""La mesa en el navegador contra las funciones de verdad: de la cola a la selección ejecutada."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.recorridos.mundo import CONVOCATORIA, Empresa, Servidor, publicar_convocatoria, rut_de_ejemplo
from tests.recorridos.oficina import entrar, ir, mirar_todo

# Una detrás de otra: así se sabe cuál llegó primero.
NOMBRES = ("Panes del Maule", "Dulces de Talca")


def poner_nota(pagina: Page, nota: str) -> None:
    """La misma nota en los dos criterios."""
    for criterio in ("origen", "presentacion"):
        pagina.locator(f"#nota-{criterio}").fill(nota)
        pagina.locator(f"#razon-{criterio}").fill("Se ve en sus productos.")
    pagina.get_by_role("button", name="Poner nota").click()


@pytest.mark.timeout(240)
def test_la_oficina_revisa_califica_y_selecciona_desde_la_mesa(servidor: Servidor, navegador: Browser) -> None:
    publicar_convocatoria(servidor.datos, servidor.ahora(), cupos=1, espera=1)
    servidor.encender()
    empresas = [Empresa(servidor, nombre, rut_de_ejemplo(77_300_010 + i)) for i, nombre in enumerate(NOMBRES)]
    for empresa in empresas:
        empresa.postular()
    servidor.apagar()
    servidor.encender(timedelta(days=2))
    contexto = navegador.new_context(locale="es-CL")
    quejas: list[str] = []
    pagina = contexto.new_page()
    pagina.on("console", lambda aviso: quejas.append(aviso.text) if "Content Security Policy" in aviso.text else None)
    pagina.on("pageerror", lambda error: quejas.append(str(error)))

    # La cola: las dos por revisar, en el orden en que llegaron.
    entrar(pagina, servidor, "Evaluador demostración Maule", f"#/cola?convocatoria={CONVOCATORIA}")
    expect(pagina.locator(".guia")).to_contain_text("2 postulaciones. Quedan 2 por revisar")
    assert pagina.locator("tbody td[data-t=Empresa]").all_inner_texts() == list(NOMBRES)

    # La primera: el documento se ve al lado y se abre aparte, cumple y recibe su nota.
    pagina.keyboard.press("j")
    pagina.keyboard.press("Enter")
    pagina.get_by_role("heading", level=1, name="Panes del Maule").wait_for()
    expect(pagina.locator(".m-marco iframe")).to_be_visible()
    pagina.get_by_role("button", name="Certificado f30", exact=True).click()
    expect(pagina.get_by_title("Certificado f30")).to_be_visible()
    with pagina.expect_download() as bajada, contexto.expect_page():
        pagina.get_by_role("button", name="Abrir Certificado f30").click()
    assert bajada.value.suggested_filename.endswith(".pdf")
    mirar_todo(pagina)
    pagina.locator("#decision-admisible").check()
    pagina.get_by_role("button", name="Guardar: cumple los requisitos").click()
    expect(pagina.get_by_role("status")).to_contain_text("Ahora está en «Cumple»")
    poner_nota(pagina, "6,5")
    expect(pagina.get_by_role("status")).to_contain_text("Puntaje: 6,50")

    # La segunda: se pide que corrija mientras otra persona ya la movió.
    pagina.keyboard.press("j")
    pagina.get_by_role("heading", level=1, name="Dulces de Talca").wait_for()
    pagina.locator("#decision-en_correccion").check()
    pagina.get_by_label("Documento o respuesta").select_option(label="Certificado carpeta-tributaria")
    pagina.get_by_label("Qué tiene que hacer").fill("Sube también la hoja dos.")
    pagina.get_by_label("Tu razón").fill("Falta la hoja dos de la carpeta.")
    otra = navegador.new_context().new_page()
    entrar(otra, servidor, "Nivel nacional demostración", f"#/postulacion/{empresas[1].folio}")
    mirar_todo(otra)
    otra.locator("#decision-admisible").check()
    otra.get_by_role("button", name="Guardar: cumple los requisitos").click()
    expect(otra.get_by_role("status")).to_contain_text("Ahora está en «Cumple»")
    pagina.get_by_role("button", name="Pedir que corrija").click()
    expect(pagina.get_by_role("alert")).to_contain_text("Alguien la cambió mientras la mirabas")
    expect(pagina.get_by_label("Tu razón")).to_have_value("Falta la hoja dos de la carpeta.")
    poner_nota(pagina, "5")
    expect(pagina.get_by_role("status")).to_contain_text("Puntaje: 5,00")
    otra.context.close()

    # La selección: simular, mirar y ejecutar.
    ir(pagina, f"#/seleccion/{CONVOCATORIA}")
    pagina.get_by_role("button", name="Simular la selección").click()
    expect(pagina.get_by_role("heading", name="Seleccionadas 1", exact=True)).to_be_visible()
    pagina.get_by_label("Razón de la selección").fill("Cerró el plazo y están las dos revisadas.")
    pagina.get_by_label("Revisé las listas").check()
    pagina.get_by_role("button", name="Ejecutar la selección").click()
    expect(pagina.get_by_role("heading", name="Selección ejecutada")).to_be_focused()
    servidor.correo(empresas[0].folio, "seleccionad")
    servidor.correo(empresas[1].folio, "lista de espera")

    # Quien evalúa en otra región no ve nada de esto.
    ajena = navegador.new_context().new_page()
    entrar(ajena, servidor, "Evaluador demostración Biobío", f"#/postulacion/{empresas[0].folio}")
    expect(ajena.get_by_role("heading", level=1, name="No encontramos esa postulación")).to_be_visible()
    assert quejas == []
