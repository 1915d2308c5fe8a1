"""Lo que hace la oficina en el navegador: entrar con un cargo de demostración e ir de una vista a otra."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.recorridos.mundo import Servidor


def entrar(pagina: Page, servidor: Servidor, cargo: str, vista: str) -> None:
    """Entra con ese cargo y queda en la vista pedida."""
    pagina.goto(f"{servidor.url}/mesa/{vista}")
    pagina.get_by_role("button", name="Entrar a la mesa").click()
    pagina.get_by_role("button", name=cargo).click()
    pagina.get_by_role("button", name="Salir").wait_for()


def mirar_todo(pagina: Page) -> None:
    """Marca lo propuesto, y que cumple lo que el sistema deja a una persona; los cupos asegurados, acreditados."""
    pagina.get_by_role("button", name="Tomar lo propuesto donde no marqué").click()
    for sin_dato in pagina.locator("[value=lo_revisa_una_persona]:checked, [value=falta_dato]:checked").all():
        sin_dato.locator("xpath=ancestor::fieldset").get_by_label("Cumple", exact=True).check()
    for cupo in pagina.get_by_label("Acreditado", exact=True).all():
        cupo.check()


def ir(pagina: Page, direccion: str) -> None:
    """A una vista, por su dirección."""
    pagina.evaluate("direccion => { location.hash = direccion }", direccion)
