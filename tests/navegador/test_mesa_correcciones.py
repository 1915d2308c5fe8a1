"""Pedir que corrija: cada corrección nombra un documento o una respuesta y dice qué hacer."""

from playwright.sync_api import Page, expect

from tests.navegador.gestos import abrir, pedir_corregir
from tests.navegador.mesa_falsa import MesaFalsa, Rechazo

FICHA = ("X9DF2KMC", "Cueros Vega Ltda.")


def test_solo_al_pedir_que_corrija_se_pregunta_que(pagina: Page) -> None:
    abrir(pagina, "B3TW6HQN", "Conservas Loica EIRL")
    expect(pagina.get_by_role("group", name="Qué tiene que corregir")).to_be_hidden()
    pagina.locator("#decision-en_correccion").check()
    expect(pagina.get_by_role("group", name="Qué tiene que corregir")).to_be_visible()
    pagina.locator("#decision-admisible").check()
    expect(pagina.get_by_role("group", name="Qué tiene que corregir")).to_be_hidden()


def test_se_piden_varias_con_nombre_y_la_razon_puede_ir_vacia(pagina: Page, mesa: MesaFalsa) -> None:
    abrir(pagina, "B3TW6HQN", "Conservas Loica EIRL")
    pedir_corregir(pagina)
    pagina.get_by_role("button", name="Agregar otra corrección").click()
    segunda = pagina.get_by_role("group", name="Corrección 2")
    expect(segunda.get_by_label("Documento o respuesta")).to_be_focused()
    segunda.get_by_label("Documento o respuesta").select_option(label="¿En qué comuna trabajas?")
    segunda.get_by_label("Qué tiene que hacer").fill("Escribe la comuna de tu taller.")
    pagina.get_by_role("button", name="Pedir que corrija").click()
    expect(pagina.get_by_role("status")).to_contain_text("Guardado: pedir que corrija")
    assert mesa.ultimo() == {
        "version": 2,
        "decision": "en_correccion",
        "motivo": "Corrige lo que te pedimos y envíalo otra vez.",
        "hallazgos": {},
        "correcciones": [
            {"que": "documento:f30", "texto": "Manda el de este mes."},
            {"que": "respuesta:comuna", "texto": "Escribe la comuna de tu taller."},
        ],
    }
    pedido = pagina.get_by_role("region", name="Lo que le pedimos corregir")
    expect(pedido).to_contain_text("Certificado F30")
    expect(pedido).to_contain_text("Escribe la comuna de tu taller.")


def test_sin_decir_que_o_como_no_se_pide_y_cada_falta_lleva_a_su_campo(pagina: Page, mesa: MesaFalsa) -> None:
    abrir(pagina, "B3TW6HQN", "Conservas Loica EIRL")
    pagina.locator("#decision-en_correccion").check()
    pagina.get_by_role("button", name="Pedir que corrija").click()
    pagina.get_by_role("link", name="Corrección 1: di qué tiene que hacer").click()
    expect(pagina.get_by_label("Qué tiene que hacer")).to_be_focused()
    expect(pagina.locator(".campo", has=pagina.locator("#correccion-0-texto")).locator(".msj").last).to_contain_text(
        "Corrección 1: di qué tiene que hacer"
    )
    assert mesa.recibido == []


def test_pedir_dos_veces_lo_mismo_se_dice_antes_de_enviar(pagina: Page, mesa: MesaFalsa) -> None:
    abrir(pagina, "B3TW6HQN", "Conservas Loica EIRL")
    pedir_corregir(pagina)
    pagina.get_by_role("button", name="Agregar otra corrección").click()
    segunda = pagina.get_by_role("group", name="Corrección 2")
    segunda.get_by_label("Documento o respuesta").select_option(label="Certificado F30")
    segunda.get_by_label("Qué tiene que hacer").fill("Otra vez.")
    pagina.get_by_role("button", name="Pedir que corrija").click()
    expect(pagina.get_by_role("alert")).to_contain_text("Corrección 2: ya la pediste más arriba")
    assert mesa.recibido == []


def test_quitar_una_deja_las_demas_y_el_foco_a_mano(pagina: Page) -> None:
    abrir(pagina, "B3TW6HQN", "Conservas Loica EIRL")
    pedir_corregir(pagina, texto="Se queda.")
    expect(pagina.get_by_role("button", name="Quitar")).to_have_count(0)
    pagina.get_by_role("button", name="Agregar otra corrección").click()
    pagina.get_by_role("button", name="Quitar la corrección 2").click()
    expect(pagina.get_by_label("Qué tiene que hacer")).to_have_value("Se queda.")
    expect(pagina.get_by_label("Documento o respuesta")).to_be_focused()


def test_lo_escrito_sigue_al_volver_a_la_ficha(pagina: Page) -> None:
    abrir(pagina, "B3TW6HQN", "Conservas Loica EIRL")
    pedir_corregir(pagina, que="¿Qué llevarás a la actividad?", texto="Di cuántos frascos.")
    abrir(pagina, *FICHA)
    abrir(pagina, "B3TW6HQN", "Conservas Loica EIRL")
    expect(pagina.get_by_label("Qué tiene que hacer")).to_have_value("Di cuántos frascos.")
    expect(pagina.get_by_label("Documento o respuesta")).to_have_value("respuesta:lleva")


def test_lo_que_rechaza_el_servidor_va_junto_a_su_correccion(pagina: Page, mesa: MesaFalsa) -> None:
    abrir(pagina, "B3TW6HQN", "Conservas Loica EIRL")
    pedir_corregir(pagina)
    campos = {"correcciones.0.texto": "Di qué tiene que hacer, en hasta 600 letras."}
    mesa.rechazos.append(Rechazo(422, "respuestas_por_corregir", "Hay respuestas por corregir", campos=campos))
    pagina.get_by_role("button", name="Pedir que corrija").click()
    pagina.get_by_role("alert").get_by_role("link", name="Di qué tiene que hacer").click()
    expect(pagina.get_by_label("Qué tiene que hacer")).to_be_focused()


def test_la_lista_de_chequeo_dice_que_propone_que_declaro_y_con_que_se_prueba(pagina: Page) -> None:
    abrir(pagina, "K7M4PR9X", "Taller El Horno SpA")
    ventas = pagina.get_by_role("group", name="Ventas del año")
    expect(ventas).to_contain_text("Propone: no cumple. Declaró: 2.612,04 UF")
    for nombre, texto in (
        ("La regla", "«Vendiste entre 200 y 2.400 UF en 2025. Los dos bordes cuentan.»"),
        ("Se le dice", "«No cumples lo que pide esta regla.»"),
        ("Se prueba con", "Carpeta tributaria electrónica para solicitar créditos. Se baja gratis"),
        ("Documento pedido", "Carpeta tributaria electrónica"),
        ("De dónde sale", "Requisitos del programa: ventas del año"),
    ):
        expect(ventas.locator("dl > div", has_text=nombre).first).to_contain_text(texto)
