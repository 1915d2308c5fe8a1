"""Las fichas del catálogo en la mesa: qué espera, qué cambia, la foto de verdad y la decisión con su razón."""

from playwright.sync_api import Browser, Page, expect

from tests.navegador.gestos import entrar, ir, ver_mas
from tests.navegador.mesa_falsa import MesaFalsa, Rechazo


def abrir_ficha(pagina: Page, folio: str) -> None:
    ir(pagina, f"#/vitrinas/{folio}")
    pagina.get_by_role("heading", level=1, name="Ficha de").wait_for()


def test_la_lista_separa_lo_que_espera_y_se_recorre_con_el_teclado(pagina: Page) -> None:
    ver_mas(pagina)
    pagina.get_by_role("link", name="Fichas").click()
    expect(pagina.get_by_role("heading", level=2)).to_have_text(["Por revisar: 2", "En el catálogo: 1"])
    expect(pagina.get_by_role("row", name="Panes del Maule")).to_contain_text("Nueva por revisar")
    expect(pagina.get_by_role("row", name="Dulces de Talca")).to_contain_text("Cambio por revisar")
    pagina.keyboard.press("j")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1, name="Ficha de Panes del Maule")).to_be_focused()
    pagina.keyboard.press("j")
    expect(pagina.get_by_role("heading", level=1, name="Ficha de Dulces de Talca")).to_be_focused()


def test_se_ve_la_foto_dibujada_y_lo_que_dice_de_ella(pagina: Page) -> None:
    abrir_ficha(pagina, "K7M4PR9X")
    expect(pagina.get_by_role("img", name="Un pan redondo")).to_be_visible()
    expect(pagina.get_by_text("La foto se describe así: «Un pan redondo».")).to_be_visible()
    expect(pagina.get_by_text("Parece haber un correo en qué hace.")).to_be_visible()


def test_de_un_cambio_se_ve_que_es_nuevo_que_cambio_y_que_se_quita(pagina: Page) -> None:
    abrir_ficha(pagina, "H2PN7XKB")
    expect(pagina.locator(".guia")).to_have_text(
        "Ya está en el catálogo y quiere cambiar algo. Mientras decides, se ve lo anterior."
    )
    expect(pagina.get_by_role("heading", level=4)).to_have_text(["Alfajor Cambió", "Brazo de reina Nuevo"])
    expect(pagina.get_by_text("Se quitan: Chilenito.")).to_be_visible()
    expect(pagina.get_by_text("Antes: Pan de masa madre.")).to_be_visible()


def test_publicar_no_pide_razon_y_devolver_si(pagina: Page, mesa: MesaFalsa) -> None:
    abrir_ficha(pagina, "K7M4PR9X")
    pagina.get_by_role("button", name="Guardar mi decisión").click()
    expect(pagina.get_by_role("alert").get_by_role("link")).to_have_text(["Elige qué hacer con la ficha"])
    pagina.get_by_label("Devolverla para que la arregle").check()
    pagina.get_by_role("button", name="Devolver la ficha").click()
    expect(pagina.get_by_role("alert").get_by_role("link")).to_have_text(
        ["Escribe tu razón: la persona tiene derecho a leerla"]
    )
    assert mesa.recibido == []
    pagina.get_by_label("Publicarla").check()
    pagina.get_by_role("button", name="Publicar la ficha").click()
    expect(pagina.get_by_role("status")).to_have_text("Publicaste la ficha: sale en la próxima publicación.")
    assert mesa.recibido == [("vitrinas/K7M4PR9X", {"version": 4, "decision": "publicar", "motivo": ""})]
    expect(pagina.get_by_label("Sacarla del catálogo")).to_be_visible()


def test_si_cambio_mientras_tanto_se_relee_y_lo_escrito_sigue(pagina: Page, mesa: MesaFalsa) -> None:
    abrir_ficha(pagina, "H2PN7XKB")
    pagina.get_by_label("Sacarla del catálogo").check()
    pagina.get_by_label("Tu razón").fill("La foto es de otra persona.")
    mesa.fichas["H2PN7XKB"]["version"] = 9
    mesa.rechazos.append(Rechazo(409, "cambio_entre_medio", "Alguien la cambió mientras la mirabas"))
    pagina.get_by_role("button", name="Sacar la ficha").click()
    expect(pagina.get_by_role("alert")).to_contain_text("Alguien la cambió mientras la mirabas")
    expect(pagina.get_by_label("Tu razón")).to_have_value("La foto es de otra persona.")
    pagina.get_by_role("button", name="Sacar la ficha").click()
    expect(pagina.get_by_role("status")).to_contain_text("Sacaste la ficha")
    assert mesa.ultimo() == {"version": 9, "decision": "bajar", "motivo": "La foto es de otra persona."}


def test_quien_opera_no_ve_las_fichas(navegador: Browser, mesa: MesaFalsa) -> None:
    pagina = entrar(navegador, mesa, "operador-maule", rol="operador")
    ver_mas(pagina)
    expect(pagina.get_by_role("link", name="Fichas")).to_have_count(0)
    ir(pagina, "#/vitrinas")
    expect(pagina.get_by_text("Tu rol no revisa las fichas.")).to_be_visible()
    pagina.context.close()
