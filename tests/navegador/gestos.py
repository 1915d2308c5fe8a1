"""Lo que hace una persona en la mesa, paso a paso."""

from playwright.sync_api import Browser, Page

from tests.navegador.mesa_falsa import MesaFalsa


def ir(pagina: Page, direccion: str) -> None:
    """A una vista, por su dirección."""
    pagina.evaluate("direccion => { location.hash = direccion }", direccion)


def volver_a(pagina: Page, direccion: str) -> None:
    """A una vista que estaba abierta, pasando por otra: dos cambios seguidos de dirección la mesa los toma por uno."""
    ir(pagina, "#/teclas")
    pagina.get_by_role("heading", level=1, name="Teclas").wait_for()
    ir(pagina, direccion)


def ver_mas(pagina: Page) -> None:
    """Despliega lo que no cabe arriba en el menú."""
    pagina.get_by_role("navigation", name="Mesa").get_by_text("Más", exact=True).click()


def abrir(pagina: Page, folio: str, nombre: str) -> None:
    """La ficha de una postulación."""
    ir(pagina, f"#/postulacion/{folio}")
    pagina.get_by_role("heading", level=1, name=nombre).wait_for()


def entrar(navegador: Browser, mesa: MesaFalsa, sub: str, rol: str = "evaluador", region: str = "07") -> Page:
    """Otra persona, en su propio navegador, con la cola a la vista."""
    mesa.persona = {"sub": sub, "rol": rol, "region": region}
    contexto = navegador.new_context(locale="es-CL")
    contexto.set_default_timeout(20_000)
    pagina = contexto.new_page()
    pagina.goto(f"{mesa.url}/mesa/")
    pagina.get_by_role("button", name="Entrar a la mesa").click()
    pagina.get_by_role("heading", level=1, name="Cola de revisión").wait_for()
    return pagina


def pedir_corregir(pagina: Page, que: str = "Certificado F30", texto: str = "Manda el de este mes.") -> None:
    """Elige pedir que corrija y llena la primera corrección."""
    pagina.locator("#decision-en_correccion").check()
    pagina.get_by_label("Documento o respuesta").select_option(label=que)
    pagina.get_by_label("Qué tiene que hacer").fill(texto)
