"""La bandeja de los derechos: lo que vence antes va primero, se responde con razón, y la ficha lo avisa."""

from playwright.sync_api import Page, expect

from tests.navegador.gestos import ir
from tests.navegador.mesa_falsa import MesaFalsa


def test_se_responde_con_razon_y_a_la_segunda_persona_se_le_dice(pagina: Page, mesa: MesaFalsa) -> None:
    ir(pagina, "#/derechos")
    pagina.get_by_role("link", name="Corregir un dato").click()
    expect(pagina.get_by_role("heading", level=1, name="Corregir un dato")).to_be_focused()
    pagina.get_by_role("radio", name="Aceptarlo: ya se hizo").check()
    pagina.get_by_role("button", name="Aceptar el pedido", exact=True).click()
    expect(pagina.get_by_role("link", name="Escribe tu razón")).to_be_visible()
    pagina.get_by_label("Tu razón").fill("Cambiamos la comuna el lunes.")
    mesa.derechos[0]["version"] += 1  # Otra persona respondió otro pedido del mismo folio.
    pagina.get_by_role("button", name="Aceptar el pedido", exact=True).click()
    expect(pagina.get_by_role("alert")).to_contain_text("Lo que escribiste sigue aquí.")
    expect(pagina.get_by_label("Tu razón")).to_have_value("Cambiamos la comuna el lunes.")
    pagina.get_by_role("button", name="Aceptar el pedido", exact=True).click()
    expect(pagina.get_by_role("status")).to_contain_text("Aceptaste el pedido")
    expect(pagina.get_by_text("Este pedido ya tiene respuesta.")).to_be_visible()
    assert mesa.ultimo() == {
        "numero": 1,
        "version": 3,
        "decision": "acoger",
        "motivo": "Cambiamos la comuna el lunes.",
    }


def test_la_ficha_avisa_lo_que_se_pidio_y_muestra_la_carta(pagina: Page, mesa: MesaFalsa) -> None:
    bloqueo = {**mesa.derechos[0], "numero": 3, "derecho": "bloqueo", "resuelto": "acogido", "decisiones": []}
    carta = {"aceptada_texto": "lunes 23 de noviembre", "version": "3fa9", "texto": "1. Asisto todos los días."}
    mesa.postulaciones["M6CQ3TWE"] |= {"derechos": [mesa.derechos[0], bloqueo], "carta": carta}
    ir(pagina, "#/postulacion/M6CQ3TWE")
    expect(pagina.get_by_text("Sus datos están bloqueados.")).to_be_visible()
    expect(pagina.get_by_role("link", name="Corregir un dato, hasta el miércoles 23 de diciembre")).to_be_visible()
    expect(pagina.get_by_text("La aceptó en línea el lunes 23 de noviembre.")).to_be_visible()
