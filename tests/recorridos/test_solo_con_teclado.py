"""Postular solo con el teclado a 320 puntos de ancho, y cada página del trámite accesible en claro y en oscuro."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from servidor.correo import leer, mensajes
from tests.accesibilidad import faltas
from tests.documentos import PDF
from tests.recorridos import tramite
from tests.recorridos.mundo import (
    CONVOCATORIA,
    Empresa,
    Servidor,
    publicar_convocatoria,
    respuestas_de,
    rut_de_ejemplo,
)


@pytest.fixture(scope="module")
def encendido(servidor: Servidor) -> Servidor:
    """El servidor con la convocatoria del recorrido ya publicada."""
    publicar_convocatoria(servidor.datos, servidor.ahora(), cupos=2, espera=1)
    servidor.encender()
    return servidor


def revisar(pagina: Page) -> None:
    """Sin faltas de accesibilidad en claro ni en oscuro, y sin correr la página hacia el lado."""
    # El título llega antes que la hoja de estilo y la letra: se mide cuando están.
    pagina.wait_for_load_state("load")
    pagina.evaluate("document.fonts.ready.then(() => null)")
    sobra = pagina.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert sobra <= 0, f"{pagina.title()}: sobran {sobra} puntos"
    for esquema in ("light", "dark"):
        pagina.emulate_media(color_scheme=esquema)
        assert faltas(pagina) == [], esquema


def tabular(pagina: Page, selector: str) -> None:
    """Tab hasta que el foco llega a ese elemento."""
    for _ in range(80):
        if pagina.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
        pagina.keyboard.press("Tab")
    raise AssertionError(f"con Tab no se llega a {selector} en «{pagina.title()}»")


def contestar(pagina: Page, respuestas: dict[str, str]) -> None:
    """Contesta la única pregunta de la página con el teclado y sigue con Enter."""
    clave = pagina.locator("input[name=paso]").first.input_value()
    campo = pagina.locator(f"[name={clave}]").first
    tabular(pagina, f"[name={clave}]")
    if campo.get_attribute("type") == "radio":
        valores = pagina.locator(f"[name={clave}]").evaluate_all("(os) => os.map((o) => o.value)")
        pagina.keyboard.press("Space")
        for _ in range(valores.index(respuestas[clave])):
            pagina.keyboard.press("ArrowDown")
    elif campo.get_attribute("list"):
        # El nombre entero, como lo sugiere la lista.
        pagina.keyboard.type("Talca, Maule")
    else:
        pagina.keyboard.type(respuestas[clave])
    if campo.evaluate("(e) => e.tagName") == "TEXTAREA":
        tabular(pagina, "button[value=seguir]")
    pagina.keyboard.press("Enter")


def adjuntar(pagina: Page, papel: Path) -> None:
    """Llega al campo con Tab y el archivo sube apenas se elige; la ventana de archivos es del sistema."""
    tabular(pagina, "input#file")
    pagina.locator("input#file").set_input_files(papel)
    expect(pagina.get_by_text("Recibimos tu archivo")).to_be_visible()
    tabular(pagina, "button[value=seguir]")
    pagina.keyboard.press("Enter")


@pytest.mark.timeout(240)
def test_se_postula_de_punta_a_punta_sin_tocar_el_raton(
    encendido: Servidor, navegador: Browser, tmp_path: Path
) -> None:
    papel = tmp_path / "papel.pdf"
    papel.write_bytes(PDF)
    pagina = navegador.new_context(viewport={"width": 320, "height": 640}, locale="es-CL").new_page()
    quejas: list[str] = []
    pagina.on("console", lambda aviso: quejas.append(aviso.text) if aviso.type == "error" else None)
    pagina.goto(f"{encendido.url}/convocatorias/{CONVOCATORIA}/")
    tabular(pagina, "a.boton")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/api/postular*")
    respuestas = respuestas_de("Panes del Maule", rut_de_ejemplo(77_400_010))
    revisadas = set()
    while pagina.locator("button[value=enviar]").count() == 0:
        tipo = _clase_de_pagina(pagina)
        if tipo not in revisadas:
            revisadas.add(tipo)
            revisar(pagina)
        titulo = pagina.title()
        if tipo == "file":
            adjuntar(pagina, papel)
        else:
            contestar(pagina, respuestas)
        expect(pagina).not_to_have_title(titulo)
    revisar(pagina)
    tabular(pagina, "input[name=declaracion]")
    pagina.keyboard.press("Space")
    tabular(pagina, "button[value=enviar]")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Recibimos tu postulación")
    revisar(pagina)
    assert revisadas >= {"radio", "text", "file", "list", "textarea"}
    assert quejas == []


def _clase_de_pagina(pagina: Page) -> str:
    """De qué tipo es lo que pide la página: una de cada tipo se revisa entera."""
    if pagina.locator("input#file").count():
        return "file"
    clave = pagina.locator("input[name=paso]").first.input_value()
    return str(pagina.locator(f"[name={clave}]").first.evaluate("(e) => (e.list ? 'list' : e.type)"))


@pytest.mark.timeout(240)
def test_las_demas_paginas_del_tramite_son_accesibles(encendido: Servidor, navegador: Browser) -> None:
    empresa = Empresa(encendido, "Dulces de Talca", rut_de_ejemplo(77_400_020))
    empresa.postular()
    pagina = navegador.new_context(viewport={"width": 320, "height": 640}, locale="es-CL").new_page()
    for ruta in ("consultar", "confirmar", "encuestar", f"verificar?convocatoria={CONVOCATORIA}"):
        pagina.goto(f"{encendido.url}/api/{ruta}")
        revisar(pagina)
    pagina.get_by_label("Como empresa con RUT propio").check()
    pagina.get_by_role("button", name="Revisar mis requisitos").click()
    expect(pagina.get_by_role("link", name="Revisar otra vez")).to_be_visible()
    revisar(pagina)
    tramite.mirar(pagina, encendido, empresa.folio, empresa.codigo)
    for resumen in pagina.locator("summary").all():
        resumen.click()
    revisar(pagina)
    tramite.mirar(pagina, encendido, "ZZZZ2222", "nada")
    revisar(pagina)
    pagina.goto(f"{encendido.url}/api/postular?convocatoria={CONVOCATORIA}")
    pagina.get_by_role("button", name="Seguir").click()
    expect(pagina).to_have_title(re.compile("^Error: "))
    pagina.wait_for_function("document.activeElement.className === 'errores'")
    revisar(pagina)


@pytest.mark.timeout(240)
def test_los_avisos_se_piden_se_confirman_y_se_dejan_sin_tocar_el_raton(
    encendido: Servidor, navegador: Browser
) -> None:
    pagina = navegador.new_context(viewport={"width": 320, "height": 640}, locale="es-CL").new_page()
    titulo = pagina.get_by_role("heading", level=1)
    pagina.goto(f"{encendido.url}/api/suscribir")
    tabular(pagina, "#region_07")
    pagina.keyboard.press("Space")
    tabular(pagina, "#correo")
    pagina.keyboard.press("Enter")
    expect(pagina).to_have_title(re.compile("^Error: "))
    revisar(pagina)
    expect(pagina.locator("#region_07")).to_be_checked()
    tabular(pagina, "#correo")
    pagina.keyboard.type("teclado@correo.example")
    pagina.keyboard.press("Enter")
    expect(titulo).to_have_text("Revisa tu correo")
    revisar(pagina)
    pagina.goto(_enlace_de_avisos(encendido, "teclado@correo.example"))
    for boton, sigue in (("confirmar", "Listo: te vamos a avisar"), ("baja", "Ya no recibes avisos")):
        revisar(pagina)
        tabular(pagina, f"button[value={boton}]")
        pagina.keyboard.press("Enter")
        expect(titulo).to_have_text(sigue)
        revisar(pagina)
        if boton == "confirmar":
            tabular(pagina, "a[href*='/api/suscripcion']")
            pagina.keyboard.press("Enter")
            expect(titulo).to_have_text("Tus avisos")


def _enlace_de_avisos(encendido: Servidor, correo: str) -> str:
    """El primer enlace del correo que llegó a esa dirección."""
    buzon = map(leer, mensajes(encendido.carpeta / "estado" / "correo").values())
    texto = next(m.get_body(("plain",)).get_content() for m in buzon if m["To"] == correo)  # type: ignore[union-attr]
    return str(re.findall(r"http\S+/api/suscripcion\S+", texto)[0])


def test_el_enlace_del_correo_llena_los_campos_y_borra_el_codigo_de_la_direccion(
    encendido: Servidor, navegador: Browser
) -> None:
    pagina = navegador.new_context(locale="es-CL").new_page()
    pagina.goto(f"{encendido.url}/api/consultar#folio=K7M4PR9X&codigo=abc123")
    expect(pagina.get_by_label("Folio")).to_have_value("K7M4PR9X")
    expect(pagina.get_by_label("Código")).to_have_value("abc123")
    assert pagina.url == f"{encendido.url}/api/consultar"


@pytest.mark.timeout(120)
def test_el_avance_se_lleva_de_un_equipo_a_otro_sin_javascript(
    encendido: Servidor, navegador: Browser, tmp_path: Path
) -> None:
    respuestas = respuestas_de("Quesos de Talca", rut_de_ejemplo(77_400_030))
    entrada = f"{encendido.url}/api/postular?convocatoria={CONVOCATORIA}"
    uno = navegador.new_context(java_script_enabled=False, accept_downloads=True).new_page()
    uno.goto(entrada)
    for titulo in ("¿Cuál es el RUT?", "¿Cuál es el nombre o la razón social?"):
        tramite.responder(uno, respuestas)
        uno.get_by_role("button", name="Seguir", exact=True).click()
        expect(uno.get_by_role("heading", level=1)).to_have_text(titulo)
    uno.get_by_label("¿Cuál es el nombre o la razón social?").fill("Quesos de Talca")
    with uno.expect_download() as bajada:
        uno.get_by_role("button", name="Guardar mi avance en un archivo").click()
    archivo = tmp_path / bajada.value.suggested_filename
    bajada.value.save_as(archivo)
    assert archivo.name == f"avance-{CONVOCATORIA}.json"
    # Quien cierra y vuelve en el mismo navegador sigue donde quedó, con lo que guardó.
    uno.goto(entrada)
    expect(uno.get_by_text("Sigues donde quedaste")).to_be_visible()
    expect(uno.get_by_role("heading", level=1)).to_have_text("¿Quién representa a la empresa o cooperativa?")

    otro = navegador.new_context(java_script_enabled=False).new_page()
    otro.goto(entrada)
    otro.get_by_text("¿Guardaste un avance? Cárgalo aquí").click()
    otro.get_by_role("button", name="Cargar mi avance").click()
    expect(otro).to_have_title(re.compile("^Error: "))
    otro.get_by_label("El archivo de tu avance").set_input_files(archivo)
    otro.get_by_role("button", name="Cargar mi avance").click()
    expect(otro.get_by_role("heading", level=1)).to_have_text("Cargamos tu avance")
    expect(otro.get_by_text("BORRADOR: aún no has postulado")).to_be_visible()
    otro.get_by_role("button", name="Seguir con mi postulación").click()
    expect(otro.get_by_role("heading", level=1)).to_have_text("¿Quién representa a la empresa o cooperativa?")
    otro.get_by_role("button", name="Volver").click()
    expect(otro.get_by_label("¿Cuál es el nombre o la razón social?")).to_have_value("Quesos de Talca")
    otro.get_by_role("button", name="Borrar este borrador").click()
    expect(otro.get_by_role("heading", level=1)).to_have_text("Borramos tu borrador")
    otro.goto(entrada)
    expect(otro.get_by_role("heading", level=1)).to_have_text("¿Cómo postulas?")
