"""Se entra a la mesa con código y PKCE, la credencial no queda guardada, y si vence no se pierde lo escrito."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.navegador.gestos import ir, pedir_corregir, ver_mas
from tests.navegador.mesa_falsa import MesaFalsa

FICHA = "#/postulacion/K7M4PR9X"


def test_antes_de_entrar_no_se_pide_ningun_dato(navegador: Browser, mesa: MesaFalsa) -> None:
    contexto = navegador.new_context()
    pagina = contexto.new_page()
    pedidos: list[str] = []
    pagina.on("request", lambda pedido: pedidos.append(pedido.url))
    pagina.goto(f"{mesa.url}/mesa/{FICHA}")
    expect(pagina.get_by_role("button", name="Entrar a la mesa")).to_be_visible()
    assert not [url for url in pedidos if "/api/" in url]
    contexto.close()


def test_al_entrar_vuelve_a_la_ficha_que_queria_ver(navegador: Browser, mesa: MesaFalsa) -> None:
    contexto = navegador.new_context()
    pagina = contexto.new_page()
    pagina.goto(f"{mesa.url}/mesa/{FICHA}")
    pagina.get_by_role("button", name="Entrar a la mesa").click()
    expect(pagina.get_by_role("heading", level=1, name="Taller El Horno SpA")).to_be_focused()
    assert pagina.url == f"{mesa.url}/mesa/{FICHA}"
    contexto.close()


def test_la_credencial_no_queda_guardada_en_el_navegador(pagina: Page) -> None:
    guardado = pagina.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert guardado == '[{},{},""]'


@pytest.mark.parametrize("torcido", ["state", "nonce"])
def test_una_vuelta_que_no_corresponde_a_lo_pedido_no_entra(navegador: Browser, mesa: MesaFalsa, torcido: str) -> None:
    contexto = navegador.new_context()
    pagina = contexto.new_page()
    mesa.torcer = {torcido: "de-otra-entrada"}
    pagina.goto(f"{mesa.url}/mesa/")
    pagina.get_by_role("button", name="Entrar a la mesa").click()
    expect(pagina.get_by_role("alert")).to_contain_text("No entraste todavía")
    assert pagina.url == f"{mesa.url}/mesa/"
    contexto.close()


def test_una_vuelta_que_nadie_pidio_no_entra(navegador: Browser, mesa: MesaFalsa) -> None:
    contexto = navegador.new_context()
    pagina = contexto.new_page()
    pagina.goto(f"{mesa.url}/mesa/?code=codigo-ajeno&state=inventado")
    expect(pagina.get_by_role("alert")).to_contain_text("No entraste todavía")
    assert "codigo-ajeno" not in pagina.url
    contexto.close()


def test_el_techo_dice_quien_entro_y_pinta_su_region(pagina: Page) -> None:
    expect(pagina.locator(".mia")).to_contain_text("Evaluación · Maule")
    # Maule es la novena franja de norte a sur.
    expect(pagina.locator(".toldo .z")).to_have_attribute("d", "M80 0h10v7a5 5 0 0 1-10 0z")


def test_si_la_sesion_vence_al_guardar_se_entra_en_otra_pestania_sin_perder_lo_escrito(
    pagina: Page, mesa: MesaFalsa
) -> None:
    ir(pagina, FICHA)
    pedir_corregir(pagina)
    pagina.get_by_label("Tu razón").fill("Falta la carpeta de 2025.")
    mesa.vencer()
    pagina.get_by_role("button", name="Pedir que corrija").click()
    entrar = pagina.get_by_role("link", name="Entrar otra vez")
    expect(entrar).to_be_focused()
    assert mesa.recibido == []
    entrar.click()
    expect(pagina.get_by_role("status")).to_contain_text("Ya entraste otra vez")
    expect(pagina.get_by_label("Tu razón")).to_have_value("Falta la carpeta de 2025.")
    pagina.get_by_role("button", name="Pedir que corrija").click()
    expect(pagina.get_by_role("status")).to_contain_text("Guardado: pedir que corrija")
    assert mesa.ultimo()["motivo"] == "Falta la carpeta de 2025."
    assert mesa.ultimo()["correcciones"] == [{"que": "documento:f30", "texto": "Manda el de este mes."}]


def test_si_la_sesion_vence_al_leer_la_vista_se_abre_al_volver_a_entrar(pagina: Page, mesa: MesaFalsa) -> None:
    mesa.vencer()
    ir(pagina, FICHA)
    pagina.get_by_role("link", name="Entrar otra vez").click()
    expect(pagina.get_by_role("heading", level=1, name="Taller El Horno SpA")).to_be_visible()


def test_si_entra_otra_persona_no_ve_lo_que_dejo_escrito_la_anterior(pagina: Page, mesa: MesaFalsa) -> None:
    ir(pagina, FICHA)
    pedir_corregir(pagina)
    pagina.get_by_label("Tu razón").fill("Lo escribió otra persona")
    mesa.vencer()
    mesa.persona = {"sub": "nacional", "rol": "nacional", "region": "todas"}
    pagina.get_by_role("button", name="Pedir que corrija").click()
    pagina.get_by_role("link", name="Entrar otra vez").click()
    expect(pagina.get_by_role("heading", level=1, name="Cola de revisión")).to_be_visible()
    expect(pagina.locator(".mia")).to_contain_text("Nivel nacional")
    ir(pagina, FICHA)
    expect(pagina.get_by_label("Tu razón")).to_have_value("")


def test_salir_vuelve_a_la_entrada(pagina: Page) -> None:
    pagina.get_by_role("button", name="Salir").click()
    expect(pagina.get_by_role("button", name="Entrar a la mesa")).to_be_visible()


def test_sin_javascript_dice_que_lo_necesita(navegador: Browser, mesa: MesaFalsa) -> None:
    contexto = navegador.new_context(java_script_enabled=False)
    pagina = contexto.new_page()
    pagina.goto(f"{mesa.url}/mesa/")
    assert "La mesa necesita JavaScript." in pagina.locator("main").inner_text()
    contexto.close()


def test_lo_que_no_cabe_en_el_menu_se_despliega_y_se_cierra_solo(pagina: Page) -> None:
    menu = pagina.get_by_role("navigation", name="Mesa")
    mas, registros = menu.get_by_text("Más", exact=True), menu.get_by_role("link", name="Registros")
    expect(registros).to_be_hidden()
    # Con Enter, como con un toque; Escape devuelve el foco a «Más».
    mas.focus()
    pagina.keyboard.press("Enter")
    expect(registros).to_be_visible()
    pagina.keyboard.press("Tab")
    pagina.keyboard.press("Escape")
    expect(registros).to_be_hidden()
    expect(mas).to_be_focused()
    pagina.keyboard.press("Enter")
    registros.click()
    expect(pagina.get_by_role("heading", level=1, name="Registros")).to_be_focused()
    expect(registros).to_be_hidden()
    # Lo que solo ve el nivel nacional no aparece, tampoco desplegado.
    ver_mas(pagina)
    expect(menu.get_by_role("link", name="Medir el año")).to_have_count(0)
