"""Revisar los requisitos: con guiones al instante y sin red, sin guiones en la función, con las mismas palabras."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accesibilidad import faltas
from tests.recorridos.mundo import Servidor

ARAUCANIA = "2027-feria-araucania-invierno-en-linea"
ARICA = "2027-encuentro-arica-sabores-del-desierto"
MAULE = "2027-feria-maule-sabores-y-oficios"
# Convocatoria y respuestas: los cuatro resultados, los cuatro tipos de persona y lo que solo preguntan algunas.
CASOS = [
    (MAULE, {}),
    (MAULE, {"tipo_persona": "natural", "inicio_actividades": "primera", "comuna": "07101", "actividad": "11101",
             "otras_actividades": "ninguna", "ventas": "98.000.000", "deudas": "si", "condena_antisindical": "no",
             "rendiciones_pendientes": "no", "deuda_alimentos": "no"}),
    (MAULE, {"tipo_persona": "cooperativa", "inicio_actividades": "primera", "comuna": "13101", "actividad": "107100",
             "ventas": "953.471.040", "asociados": "10"}),
    (ARAUCANIA, {"tipo_persona": "juridica", "inicio_actividades": "segunda", "inicio_fecha": "2 de marzo de 2010",
                 "comuna": "09101", "actividad": "561000", "ventas": "7945592"}),
    (ARICA, {"tipo_persona": "emprendedor", "inicio_actividades": "no", "comuna": "15101",
             "liderada_por_mujeres": "si", "deudas": "no", "condena_antisindical": "no",
             "rendiciones_pendientes": "no", "deuda_alimentos": "no"}),
    (ARICA, {"tipo_persona": "natural", "inicio_actividades": "segunda", "comuna": "05101",
             "liderada_por_mujeres": "no", "actividad": "031110"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def encendido(servidor: Servidor) -> Servidor:
    servidor.encender()
    return servidor


def responder(pagina: Page, respuestas: dict[str, str]) -> None:
    """Como una persona: cada campo a su modo, y se sale del último."""
    for clave, valor in respuestas.items():
        campo = pagina.locator(f"[name={clave}]").first
        tipo = campo.evaluate("(e) => e.type")
        if tipo == "radio":
            pagina.locator(f"[name={clave}][value={valor}]").check()
        elif tipo == "select-one":
            campo.select_option(valor)
        else:
            campo.fill(valor)
            campo.blur()


def dichos(pagina: Page) -> list[str]:
    """Lo que se lee de cada requisito, tal como se ve."""
    return [" ".join(t.split()) for t in pagina.locator(".reglas li:visible").all_inner_texts()]


def cuenta(pagina: Page) -> str:
    return " ".join(pagina.locator(".cuenta").inner_text().split())


def escrito(pagina: Page) -> dict[str, str]:
    """Lo que hay en el formulario de requisitos, tal como quedó."""
    leido: dict[str, str] = pagina.evaluate("Object.fromEntries(new FormData(document.querySelector('form.revisa')))")
    return leido


def titulo(pagina: Page, donde: str) -> str:
    return " ".join(pagina.locator(donde).inner_text().split())


@pytest.mark.parametrize(("convocatoria", "respuestas"), CASOS)
def test_con_guiones_y_sin_ellos_se_lee_lo_mismo(
    encendido: Servidor, navegador: Browser, convocatoria: str, respuestas: dict[str, str]
) -> None:
    direccion = f"{encendido.url}/convocatorias/{convocatoria}/requisitos/"
    con = navegador.new_context(locale="es-CL").new_page()
    con.goto(direccion)
    responder(con, respuestas)
    sin = navegador.new_context(locale="es-CL", java_script_enabled=False).new_page()
    sin.goto(direccion)
    responder(sin, respuestas)
    sin.get_by_role("button", name="Revisar mis requisitos").click()
    expect(sin.get_by_role("link", name="Revisar otra vez")).to_be_visible()
    assert dichos(con) == dichos(sin)
    assert len(dichos(sin)) > 6
    if respuestas:
        assert cuenta(con) == cuenta(sin)
        assert titulo(con, ".sumario h2") == titulo(sin, "h1")
    # Sin guiones, lo respondido sigue ahí para cambiarlo.
    assert escrito(sin) == escrito(con)


def test_revisar_no_pide_nada_a_la_red_ni_deja_nada_guardado(encendido: Servidor, navegador: Browser) -> None:
    contexto = navegador.new_context(locale="es-CL")
    pagina = contexto.new_page()
    pagina.goto(f"{encendido.url}/convocatorias/{MAULE}/requisitos/", wait_until="networkidle")
    pedidos: list[str] = []
    pagina.on("request", lambda pedido: pedidos.append(pedido.url))
    responder(pagina, CASOS[1][1])
    pagina.get_by_role("button", name="Revisar mis requisitos").click()
    expect(pagina.locator("#requisitos")).to_be_focused()
    assert pedidos == []
    assert pagina.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert contexto.cookies() == []


def test_lo_que_no_se_entiende_se_explica_como_en_la_funcion(encendido: Servidor, navegador: Browser) -> None:
    malas = {"tipo_persona": "natural", "actividad": "pan", "ventas": "veinte palos"}
    direccion = f"{encendido.url}/convocatorias/{MAULE}/requisitos/"
    leidos = []
    for con_guiones in (True, False):
        contexto = navegador.new_context(locale="es-CL", java_script_enabled=con_guiones)
        pagina = contexto.new_page()
        pagina.goto(direccion)
        responder(pagina, malas)
        pagina.get_by_role("button", name="Revisar mis requisitos").click()
        resumen = pagina.locator(".errores")
        expect(resumen).to_be_visible()
        assert pagina.title().startswith("Error: ")
        enlaces = [(e.get_attribute("href"), e.inner_text()) for e in resumen.locator("a").all()]
        junto = {c: pagina.locator(f"#error-{c}").inner_text() for c in ("actividad", "ventas")}
        escrito = {c: pagina.locator(f"#{c}").input_value() for c in ("actividad", "ventas")}
        leidos.append((resumen.inner_text(), enlaces, junto, escrito))
    assert leidos[0] == leidos[1]


def test_al_arreglar_lo_escrito_el_error_se_va_y_la_regla_contesta(encendido: Servidor, navegador: Browser) -> None:
    pagina = navegador.new_context(locale="es-CL").new_page()
    pagina.goto(f"{encendido.url}/convocatorias/{MAULE}/requisitos/")
    responder(pagina, {"tipo_persona": "natural", "inicio_actividades": "primera", "ventas": "mucho"})
    expect(pagina.locator("#error-ventas")).to_have_text("Escribe las ventas solo con números, como 24.500.000")
    assert pagina.locator("#ventas").get_attribute("aria-invalid") == "true"
    responder(pagina, {"ventas": "24.500.000"})
    expect(pagina.locator("#error-ventas")).to_have_count(0)
    assert pagina.locator("#ventas").get_attribute("aria-invalid") is None
    expect(pagina.locator("[data-pregunta=ventas] .dicho")).to_contain_text("están entre 200 y 2.400 UF")


# Si la barra cubre entero lo que tiene el foco.
TAPADO = """() => {
  const barra = document.querySelector(".sumario");
  if (!barra || barra.contains(document.activeElement)) return false;
  const [e, b] = [document.activeElement, barra].map((x) => x.getBoundingClientRect());
  return e.left >= b.left && e.right <= b.right && e.top >= b.top && e.bottom <= b.bottom;
}"""


def revisar_vista(pagina: Page) -> None:
    """Sin faltas en claro ni en oscuro, sin correrse al lado, y sin que la barra tape lo enfocado."""
    assert pagina.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    for esquema in ("light", "dark"):
        pagina.emulate_media(color_scheme=esquema)  # type: ignore[arg-type]
        assert faltas(pagina) == [], esquema


def tabular(pagina: Page, selector: str) -> None:
    """Tab hasta ese elemento; cada parada queda a la vista, sin que la barra de abajo la tape entera."""
    for _ in range(60):
        if pagina.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
        pagina.keyboard.press("Tab")
        assert not pagina.evaluate(TAPADO)
    raise AssertionError(f"con Tab no se llega a {selector}")


@pytest.mark.timeout(240)
@pytest.mark.parametrize(("ancho", "alto"), [(320, 568), (1280, 800)])
def test_se_revisa_entero_solo_con_el_teclado(encendido: Servidor, navegador: Browser, ancho: int, alto: int) -> None:
    contexto = navegador.new_context(viewport={"width": ancho, "height": alto}, locale="es-CL", reduced_motion="reduce")
    pagina = contexto.new_page()
    quejas: list[str] = []
    pagina.on("console", lambda aviso: quejas.append(aviso.text) if aviso.type == "error" else None)
    pagina.on("pageerror", lambda error: quejas.append(str(error)))
    pagina.goto(f"{encendido.url}/convocatorias/{MAULE}/")
    tabular(pagina, "main a.boton[href$='/requisitos/']")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/requisitos/")
    revisar_vista(pagina)
    tabular(pagina, "[name=tipo_persona]")
    pagina.keyboard.press("Space")
    tabular(pagina, "[name=comuna]")
    pagina.keyboard.type("Talca")
    tabular(pagina, "[name=inicio_actividades]")
    pagina.keyboard.press("Space")
    pagina.keyboard.press("ArrowDown")
    tabular(pagina, "[name=actividad]")
    pagina.keyboard.type("pan")
    tabular(pagina, "[name=ventas]")
    pagina.keyboard.type("20.000.000")
    tabular(pagina, "[name=deudas]")
    pagina.keyboard.press("ArrowDown")
    tabular(pagina, "form button")
    pagina.keyboard.press("Enter")
    expect(pagina.locator(".errores")).to_be_focused()
    revisar_vista(pagina)
    pagina.keyboard.press("Tab")
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#actividad")).to_be_focused()
    pagina.keyboard.press("Control+a")
    pagina.keyboard.type("107100")
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#requisitos")).to_be_focused()
    revisar_vista(pagina)
    assert titulo(pagina, ".sumario h2") == "Hay un requisito que no se cumple"
    assert cuenta(pagina) == "Cumples: 5 No cumples: 1 Faltan: 3"
    assert quejas == []
