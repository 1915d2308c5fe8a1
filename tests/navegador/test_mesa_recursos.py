"""La bandeja de recursos: se leen las dos razones y los resuelve otra persona que la que decidió."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.navegador.gestos import entrar, ir
from tests.navegador.mesa_falsa import MesaFalsa, Rechazo

TEXTO = "La carpeta sumaba dos veces enero.\nLas ventas fueron 2.380 UF."


@pytest.fixture
def otra(navegador: Browser, mesa: MesaFalsa) -> Iterator[Page]:
    """Quien no decidió ninguno de los dos recursos que esperan."""
    mesa.cambiar("H2PN7XKB", estado="recurrida", motivo=TEXTO)
    mesa.cambiar("K7M4PR9X", estado="recurrida", motivo="No entiendo por qué.")
    pagina = entrar(navegador, mesa, "segunda-maule")
    yield pagina
    pagina.context.close()


def abrir_recurso(pagina: Page, folio: str) -> None:
    ir(pagina, f"#/recursos/{folio}")
    pagina.get_by_role("heading", level=1, name="Recurso de").wait_for()


def test_la_bandeja_vacia_lo_dice(pagina: Page) -> None:
    pagina.get_by_role("link", name="Recursos").click()
    expect(pagina.get_by_text("No hay ningún recurso por resolver.")).to_be_visible()


def test_de_la_bandeja_al_recurso_y_al_siguiente_con_el_teclado(otra: Page) -> None:
    otra.get_by_role("link", name="Recursos").click()
    expect(otra.get_by_role("heading", level=1, name="Recursos")).to_be_focused()
    expect(otra.get_by_role("row", name="H2PN 7XKB")).to_contain_text("La carpeta sumaba dos veces enero.")
    otra.keyboard.press("j")
    otra.keyboard.press("Enter")
    expect(otra.get_by_role("heading", level=1, name="Recurso de K7M4 PR9X")).to_be_focused()
    otra.keyboard.press("j")
    expect(otra.get_by_role("heading", level=1, name="Recurso de H2PN 7XKB")).to_be_focused()
    otra.keyboard.press("j")
    expect(otra.get_by_role("status")).to_contain_text("No hay más recursos")


def test_acoger_pide_razon_y_la_devuelve_a_revision(otra: Page, mesa: MesaFalsa) -> None:
    abrir_recurso(otra, "H2PN7XKB")
    expect(otra.get_by_text("Las ventas fueron 2.380 UF.")).to_be_visible()
    expect(otra.get_by_text("Vimos 2.612 UF; la regla pide hasta 2.400.")).to_be_visible()
    otra.get_by_role("button", name="Guardar mi resolución").click()
    expect(otra.get_by_role("alert").get_by_role("link")).to_have_text(
        ["Elige si lo acoges o lo rechazas", "Escribe tu razón"]
    )
    otra.get_by_label("Acoger: vuelve a revisión").check()
    otra.get_by_label("Tu razón").fill("La carpeta nueva dice 2.380 UF.")
    otra.get_by_role("button", name="Acoger el recurso").click()
    expect(otra.get_by_role("status")).to_have_text("Acogiste el recurso. Ahora está en «Por revisar».")
    assert mesa.recibido == [
        ("recursos/H2PN7XKB", {"version": 3, "decision": "acoger", "motivo": "La carpeta nueva dice 2.380 UF."})
    ]
    otra.get_by_role("link", name="Volver a los recursos", exact=True).click()
    expect(otra.get_by_role("row")).to_have_count(2)


def test_rechazar_lo_deja_con_su_palabra_propia(otra: Page, mesa: MesaFalsa) -> None:
    abrir_recurso(otra, "H2PN7XKB")
    otra.get_by_label("Rechazar: el resultado queda igual").check()
    otra.get_by_label("Tu razón").fill("La carpeta nueva dice lo mismo.")
    otra.get_by_role("button", name="Rechazar el recurso").click()
    expect(otra.get_by_role("status")).to_contain_text("Ahora está en «Recurso rechazado»")
    assert mesa.ultimo()["decision"] == "rechazar"


def test_quien_decidio_lo_ve_pero_no_lo_resuelve(pagina: Page, mesa: MesaFalsa) -> None:
    mesa.cambiar("H2PN7XKB", estado="recurrida", motivo=TEXTO)
    abrir_recurso(pagina, "H2PN7XKB")
    expect(pagina.get_by_text("Tú ya le dijiste que no a esta postulación.")).to_be_visible()
    expect(pagina.get_by_label("Tu razón")).to_have_count(0)
    expect(pagina.get_by_text("Tengo un conflicto de interés")).to_have_count(0)
    ir(pagina, "#/recursos")
    expect(pagina.get_by_role("row", name="H2PN 7XKB")).to_contain_text("no puedes resolverlo")


def test_quien_puso_nota_lo_ve_pero_no_lo_resuelve(otra: Page, mesa: MesaFalsa) -> None:
    mesa.cambiar("H2PN7XKB", evaluaciones=[{"evaluador": "segunda-maule", "notas": {}, "justificaciones": {}}])
    abrir_recurso(otra, "H2PN7XKB")
    expect(otra.get_by_text("Tú le pusiste nota.")).to_be_visible()
    expect(otra.get_by_label("Tu razón")).to_have_count(0)


def test_quien_tiene_un_conflicto_lo_declara_en_el_mismo_recurso(otra: Page, mesa: MesaFalsa) -> None:
    abrir_recurso(otra, "H2PN7XKB")
    otra.get_by_text("Tengo un conflicto de interés").click()
    expect(otra.get_by_text("Si te abstienes, este recurso lo resuelve otra persona. No se deshace.")).to_be_visible()
    otra.get_by_role("button", name="Abstenerme").click()
    expect(otra.get_by_role("alert").get_by_role("link")).to_have_text("Escribe cuál es el conflicto")
    otra.get_by_label("Cuál es el conflicto").fill("Es de mi familia.")
    otra.get_by_role("button", name="Abstenerme").click()
    expect(otra.get_by_role("status")).to_have_text("Te abstuviste. Este recurso lo resuelve otra persona.")
    assert mesa.recibido == [("postulaciones/H2PN7XKB/abstencion", {"version": 3, "motivo": "Es de mi familia."})]
    expect(otra.get_by_text("Declaraste un conflicto de interés: decide otra persona.")).to_be_visible()
    expect(otra.get_by_text("La carpeta sumaba dos veces enero.")).to_be_visible()
    expect(otra.get_by_label("Tu razón")).to_have_count(0)
    expect(otra.get_by_text("Tengo un conflicto de interés")).to_have_count(0)


def test_si_al_abstenerse_alguien_ya_lo_resolvio_se_dice(otra: Page, mesa: MesaFalsa) -> None:
    abrir_recurso(otra, "H2PN7XKB")
    otra.get_by_text("Tengo un conflicto de interés").click()
    otra.get_by_label("Cuál es el conflicto").fill("Es de mi familia.")
    mesa.cambiar("H2PN7XKB", estado="recibida")
    otra.get_by_role("button", name="Abstenerme").click()
    expect(otra.get_by_role("alert")).to_contain_text("Alguien la cambió mientras la mirabas")
    expect(otra.get_by_role("heading", level=1, name="Ese recurso ya no está en la bandeja")).to_be_visible()


def test_desde_la_ficha_de_una_recurrida_tambien_se_declara_el_conflicto(otra: Page) -> None:
    abrir_recurso(otra, "H2PN7XKB")
    otra.get_by_role("link", name="Abrir la postulación").click()
    otra.get_by_text("Tengo un conflicto de interés").click()
    expect(otra.get_by_text("Si te abstienes, este recurso lo resuelve otra persona. No se deshace.")).to_be_visible()


def test_si_otra_persona_lo_resolvio_primero_lo_escrito_sigue_a_la_vista(otra: Page, mesa: MesaFalsa) -> None:
    abrir_recurso(otra, "H2PN7XKB")
    otra.get_by_label("Rechazar: el resultado queda igual").check()
    otra.get_by_label("Tu razón").fill("Razón que costó escribir.")
    mesa.cambiar("H2PN7XKB", estado="recibida")
    otra.get_by_role("button", name="Rechazar el recurso").click()
    expect(otra.get_by_role("alert")).to_contain_text("Alguien la cambió mientras la mirabas")
    expect(otra.get_by_role("heading", level=1, name="Ese recurso ya no está en la bandeja")).to_be_visible()
    expect(otra.locator("main")).to_contain_text("Razón que costó escribir.")


def test_lo_que_falla_al_guardar_deja_lo_escrito_en_su_lugar(otra: Page, mesa: MesaFalsa) -> None:
    abrir_recurso(otra, "H2PN7XKB")
    otra.get_by_label("Rechazar: el resultado queda igual").check()
    otra.get_by_label("Tu razón").fill("Razón.")
    mesa.rechazos.append(Rechazo(409, "recurso_sin_definir", "Todavía no se le puede decir que no a nadie"))
    otra.get_by_role("button", name="Rechazar el recurso").click()
    expect(otra.get_by_role("alert")).to_contain_text("Todavía no se le puede decir que no a nadie")
    expect(otra.get_by_label("Tu razón")).to_have_value("Razón.")


def test_desde_la_cola_se_llega_al_recurso(otra: Page) -> None:
    otra.get_by_role("link", name="Recursos").click()
    ir(otra, "#/cola?grupo=con-recurso")
    expect(otra.get_by_role("row", name="H2PN 7XKB")).to_contain_text("Pidió otra revisión")
    otra.get_by_role("link", name="H2PN 7XKB").click()
    otra.get_by_role("link", name="Ver su recurso").click()
    expect(otra.get_by_role("heading", level=1, name="Recurso de H2PN 7XKB")).to_be_visible()


def test_quien_opera_no_ve_la_bandeja(navegador: Browser, mesa: MesaFalsa) -> None:
    pagina = entrar(navegador, mesa, "operador-maule", rol="operador")
    expect(pagina.get_by_role("link", name="Recursos")).to_have_count(0)
    ir(pagina, "#/recursos")
    expect(pagina.get_by_text("Tu rol no resuelve recursos.")).to_be_visible()
    pagina.context.close()
