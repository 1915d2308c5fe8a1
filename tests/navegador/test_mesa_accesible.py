"""La mesa cumple WCAG 2.2 AA en cada vista, con tema claro y oscuro, desde 320 píxeles, y no arma HTML con datos."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accesibilidad import faltas as faltas_de_accesibilidad
from tests.navegador import mesa_vistas as vistas
from tests.navegador.gestos import ver_mas
from tests.navegador.mesa_falsa import MesaFalsa
from tests.navegador.mesa_fichas import FOTO
from tests.navegador.siembra import DOCUMENTOS

TEMA = Path(__file__).parents[2] / "site" / "tema"
VISTAS = (
    "entrada",
    "cola",
    "error",
    "correcciones",
    "notas",
    "a_ciegas",
    "recursos",
    "recurso",
    "seleccion",
    "asistencia",
    "jornada",
    "exportar",
    "invitar",
    "registros",
    "medicion",
    "vitrinas",
    "vitrina",
    "ingreso",
    "contactos",
    "carta",
    "misdatos",
    "derechos",
    "derecho",
    "visor",
    "teclas",
    "menu",
    "ayuda",
)


@pytest.mark.parametrize(("ancho", "tema"), [(320, "light"), (360, "dark"), (1280, "light"), (1280, "dark")])
def test_ninguna_vista_tiene_faltas_de_accesibilidad_ni_se_desborda(
    navegador: Browser, mesa: MesaFalsa, ancho: int, tema: str
) -> None:
    mesa.persona = {"sub": "nacional", "rol": "nacional", "region": "todas"}
    preparar(mesa)
    contexto = navegador.new_context(
        viewport={"width": ancho, "height": 800}, color_scheme=tema, reduced_motion="reduce"
    )
    pagina = contexto.new_page()
    pagina.goto(f"{mesa.url}/mesa/")
    faltas = {}
    for vista in VISTAS:
        mesa.convocatorias[0]["a_ciegas"] = vista == "a_ciegas"
        mostrar(pagina, vista)
        faltas[vista] = faltas_de_accesibilidad(pagina)
        if pagina.evaluate("document.documentElement.scrollWidth") > ancho:
            faltas[vista].append("se desborda")
        faltas[vista] += blancos_chicos(pagina)
    contexto.close()
    assert faltas == {vista: [] for vista in VISTAS}


def preparar(mesa: MesaFalsa) -> None:
    """Lo que hace aparecer cada pieza: otra nota, una abstención, un recurso, un acta y una rendición pendiente."""
    mesa.convocatorias[0]["evaluadores"] = 2
    notas = {
        "notas": {"origen": "6.5", "presentacion": "4"},
        "justificaciones": {"origen": "Sí.", "presentacion": "No."},
    }
    telares = mesa.postulaciones["M6CQ3TWE"]
    vistas.calificar(telares, [{"evaluador": e, **notas} for e in ("otra", "nacional")], mesa.convocatorias[0])
    mesa.cambiar("M6CQ3TWE", abstenciones=[{"evaluador": "tercera", "motivo": "Es su vecina."}])
    mesa.cambiar("H2PN7XKB", estado="recurrida", motivo="Las ventas fueron 2.380 UF.")
    mesa.archivos = {"carpeta-tributaria": FOTO, "f30": FOTO}
    mesa.cambiar("B3TW6HQN", documentos=DOCUMENTOS)
    mesa.actas = [vistas.acta("2027-feria-de-prueba", 1)]
    mesa.nomina = {"corte_texto": "viernes 20 de noviembre de 2026", "folios": ["T5RB9YGH"]}


def mostrar(pagina: Page, vista: str) -> None:
    """Deja a la vista lo que se va a revisar."""
    titulo = {
        "notas": "Telares",
        "a_ciegas": "Postulación",
        "recursos": "Recursos",
        "recurso": "Recurso de",
        "seleccion": "Selección",
        "asistencia": "Asistencia",
        "jornada": "Jornada",
        "exportar": "Bajar e imprimir",
        "invitar": "Invitar",
        "registros": "Registros",
        "medicion": "Medir el año",
        "vitrinas": "Fichas del catálogo",
        "vitrina": "Ficha de Panes del Maule",
        "visor": "Conservas",
        "teclas": "Teclas de la mesa",
        "menu": "Cola",
        "ingreso": "Ingresar lo que llegó en papel",
        "contactos": "Por contactar",
        "carta": "Corrige algo en tu postulación",
        "misdatos": "Mis Datos",
        "derechos": "Derechos",
        "derecho": "Corregir un dato: K7M4 PR9X",
    }
    direccion = {
        "notas": "#/postulacion/M6CQ3TWE",
        "a_ciegas": "#/postulacion/M6CQ3TWE?otra-vez",
        "recursos": "#/recursos",
        "recurso": "#/recursos/H2PN7XKB",
        "registros": "#/registros",
        "seleccion": "#/seleccion/2027-feria-de-prueba",
        "asistencia": "#/asistencia/2027-rueda-de-prueba",
        "jornada": "#/jornada/2027-rueda-de-prueba",
        "exportar": "#/exportar/2027-rueda-de-prueba",
        "invitar": "#/invitar/2027-rueda-de-prueba",
        "medicion": "#/medicion",
        "vitrinas": "#/vitrinas",
        "visor": "#/postulacion/B3TW6HQN",
        "teclas": "#/teclas",
        "menu": "#/cola",
        "vitrina": "#/vitrinas/K7M4PR9X",
        "ingreso": "#/ingreso/2027-feria-de-prueba",
        "contactos": "#/contactos",
        "carta": "#/carta/K7M4PR9X.en_correccion.3",
        "misdatos": "#/misdatos",
        "derechos": "#/derechos",
        "derecho": "#/derechos/K7M4PR9X-1",
    }
    if vista == "entrada":
        pagina.get_by_role("button", name="Entrar a la mesa").wait_for()
    elif vista == "cola":
        pagina.get_by_role("button", name="Entrar a la mesa").click()
        pagina.get_by_role("heading", level=1, name="Cola").wait_for()
    elif vista == "error":
        pagina.evaluate("location.hash = '#/postulacion/K7M4PR9X'")
        pagina.locator("#decision-no_admisible").check()
        pagina.get_by_role("button", name="Guardar y avisar que no cumple").click()
        pagina.get_by_role("alert").wait_for()
    elif vista == "correcciones":
        pagina.locator("#decision-en_correccion").check()
        pagina.get_by_role("button", name="Agregar otra corrección").click()
        pagina.get_by_role("button", name="Pedir que corrija").click()
        pagina.get_by_role("link", name="Corrección 2: elige").wait_for()
    elif vista == "ayuda":
        pagina.keyboard.press("Escape")
        pagina.locator("h1").focus()
        pagina.keyboard.press("?")
        expect(pagina.get_by_role("heading", name="Teclas de la mesa")).to_be_visible()
    else:
        pagina.evaluate("direccion => { location.hash = direccion }", direccion[vista])
        pagina.get_by_role("heading", level=1, name=titulo[vista]).wait_for()
        if vista == "seleccion":
            pagina.get_by_role("button", name="Simular la selección").click()
            pagina.get_by_role("heading", name="Así quedaría").wait_for()
        if vista == "jornada":
            pagina.get_by_text("Anotar o corregir un aporte").click()
        if vista == "exportar":
            pagina.get_by_role("button", name="Ver para imprimir: la lista de asistencia").click()
            pagina.get_by_role("heading", name="La lista de asistencia").wait_for()
        if vista == "visor":
            pagina.get_by_role("button", name="Certificado F30").click()
            pagina.get_by_role("button", name="Tamaño real").click()
        if vista == "menu":
            ver_mas(pagina)
        if vista in ("notas", "a_ciegas"):
            pagina.get_by_text("Tengo un conflicto de interés").click()
        if vista == "vitrina":
            pagina.get_by_role("img", name="Un pan redondo").wait_for()
            pagina.get_by_role("button", name="Guardar mi decisión").click()
            pagina.get_by_role("alert").wait_for()
        if vista == "derecho":
            pagina.get_by_role("button", name="Guardar mi respuesta").click()
            pagina.get_by_role("alert").wait_for()
        if vista == "registros":
            pagina.locator("#participaciones-csv").fill("rut\nmalo\n")
            pagina.get_by_role("button", name="Cargar las participaciones").click()
            pagina.get_by_role("button", name="Ir a la fila 2").wait_for()


def blancos_chicos(pagina: Page) -> list[str]:
    """Lo que se toca dentro de un formulario mide al menos 44 píxeles de alto, o lo mide su etiqueta."""
    return pagina.locator("main").evaluate(
        """main => [...main.querySelectorAll("button, select, textarea, input, a.boton")]
            .map(e => e.matches("[type=radio], [type=checkbox]") ? e.closest("label") : e)
            .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44)
            .map(e => `mide menos de 44: ${e.outerHTML.slice(0, 80)}`)"""
    )


@pytest.mark.parametrize("archivo", sorted(TEMA.glob("mesa*.js")), ids=lambda a: a.name)
def test_los_guiones_de_la_mesa_no_arman_html_ni_guardan_la_credencial(archivo: Path) -> None:
    fuente = archivo.read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|\.style\b", fuente
    )
    # Lo único que se guarda: la prueba PKCE mientras dura la entrada, si los atajos están apagados, y las marcas de
    # asistencia que esperan señal, con su folio y nada más.
    guardan = set(re.findall(r"(\w+Storage)\.setItem\((\w+)", fuente))
    marcas = {("localStorage", "llave")} if archivo.name == "mesa_marcas.js" else set()
    assert guardan <= {("sessionStorage", "GUARDADO"), ("localStorage", "PREFERENCIA")} | marcas
