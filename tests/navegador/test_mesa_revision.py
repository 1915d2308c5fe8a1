"""La cola y la ficha: se filtra, se recorre con el teclado, se decide con razón y nada de lo escrito se pierde."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.navegador.gestos import abrir, ir, pedir_corregir
from tests.navegador.mesa_falsa import MesaFalsa, Rechazo


def se_ven(pagina: Page, *folios: str) -> None:
    """La cola muestra esos folios, en ese orden; espera a que termine de dibujarse."""
    expect(pagina.locator("tbody th a")).to_have_text(list(folios))


def marcar(pagina: Page, regla: str, resultado: str) -> None:
    pagina.get_by_role("group", name=regla).get_by_label(resultado, exact=True).check()


def test_la_cola_muestra_las_por_revisar_en_orden_de_llegada(pagina: Page) -> None:
    se_ven(pagina, "R4JH 8VPA", "B3TW 6HQN", "K7M4 PR9X")
    expect(pagina.locator(".guia")).to_contain_text(
        "8 postulaciones. Quedan 3 por revisar. El sistema propone, tú decides."
    )
    expect(pagina.locator("tbody tr").last).to_contain_text("1 no cumple")


def test_lo_inventado_lleva_su_marca_de_demostracion(pagina: Page, mesa: MesaFalsa) -> None:
    expect(pagina.locator("main .demo")).to_have_count(1)
    mesa.convocatorias[1]["demostracion"] = False
    pagina.get_by_role("link", name="Asistencia").click()
    pagina.get_by_role("heading", level=1, name="Asistencia").wait_for()
    pagina.get_by_role("link", name="Cola").click()
    # Mezcladas con verdaderas, la marca va en cada renglón inventado.
    expect(pagina.locator("tbody .demo")).to_have_count(3)


def test_cada_grupo_lleva_su_cuenta_y_filtra(pagina: Page) -> None:
    pagina.get_by_role("link", name="2 Con puesto").click()
    se_ven(pagina, "T5RB 9YGH", "W8QC 5NFD")
    expect(pagina.get_by_role("link", name="2 Con puesto")).to_be_focused()
    expect(pagina.get_by_role("status")).to_have_text("2 postulaciones en la lista")


def test_se_busca_sin_tildes_en_todos_los_grupos_y_tambien_por_folio(pagina: Page) -> None:
    for escrito, hallado in (("munoz", "M6CQ 3TWE"), ("x9df 2k", "X9DF 2KMC")):
        pagina.get_by_label("Folio o nombre").fill(escrito)
        pagina.get_by_role("button", name="Buscar").click()
        se_ven(pagina, hallado)


def test_se_filtra_por_convocatoria_y_por_estado_exacto(pagina: Page) -> None:
    pagina.get_by_label("Convocatoria").select_option(label="Rueda de negocios «Valle y costa»")
    expect(pagina.get_by_text("No hay ninguna postulación con estos filtros.")).to_be_visible()
    expect(pagina.locator(".guia")).to_contain_text("2 postulaciones. No queda ninguna por revisar.")
    pagina.get_by_label("Estado exacto").select_option(label="Confirmó su puesto")
    se_ven(pagina, "W8QC 5NFD")


def test_los_filtros_quedan_al_volver_de_la_ficha(pagina: Page) -> None:
    pagina.get_by_role("link", name="1 Cumplen").click()
    pagina.get_by_role("link", name="M6CQ 3TWE").click()
    pagina.get_by_role("link", name="Volver a la cola").click()
    pagina.get_by_role("heading", level=1, name="Cola").wait_for()
    se_ven(pagina, "M6CQ 3TWE")


def test_con_j_k_y_enter_se_recorre_la_cola_y_se_abre_una_ficha(pagina: Page) -> None:
    for tecla, folio in (("j", "R4JH 8VPA"), ("j", "B3TW 6HQN"), ("k", "R4JH 8VPA")):
        pagina.keyboard.press(tecla)
        expect(pagina.get_by_role("link", name=folio)).to_be_focused()
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1, name="Mermeladas Huaso Sur")).to_be_focused()
    expect(pagina).to_have_title("R4JH 8VPA · La mesa")
    pagina.keyboard.press("j")
    expect(pagina.get_by_role("heading", level=1, name="Conservas Loica EIRL")).to_be_focused()


def test_mientras_se_escribe_las_teclas_solo_escriben(pagina: Page) -> None:
    abrir(pagina, "B3TW6HQN", "Conservas Loica EIRL")
    pagina.get_by_label("Tu razón").press_sequentially("jk?")
    expect(pagina.get_by_label("Tu razón")).to_have_value("jk?")
    expect(pagina.get_by_role("heading", name="Teclas de la mesa")).to_be_hidden()


def test_los_atajos_se_apagan_y_quedan_apagados(pagina: Page) -> None:
    pagina.keyboard.press("?")
    expect(pagina.get_by_role("heading", name="Teclas de la mesa")).to_be_focused()
    pagina.get_by_label("Usar las teclas como atajos").uncheck()
    pagina.keyboard.press("Escape")
    pagina.keyboard.press("?")
    expect(pagina.get_by_role("heading", name="Teclas de la mesa")).to_be_hidden()


def test_no_cumple_exige_una_regla_y_una_razon(pagina: Page, mesa: MesaFalsa) -> None:
    abrir(pagina, "K7M4PR9X", "Taller El Horno SpA")
    pagina.locator("#decision-no_admisible").check()
    pagina.get_by_role("button", name="Guardar y avisar que no cumple").click()
    expect(pagina.get_by_role("alert")).to_be_focused()
    expect(pagina).to_have_title("Error: K7M4 PR9X · La mesa")
    expect(pagina.get_by_role("alert")).to_contain_text("Marca al menos una regla como «No cumple»")
    pagina.get_by_role("link", name="Escribe tu razón").click()
    expect(pagina.get_by_label("Tu razón")).to_be_focused()
    expect(pagina.get_by_label("Tu razón")).to_have_attribute("aria-invalid", "true")
    assert mesa.recibido == []
    marcar(pagina, "Ventas del año", "No cumple")
    pagina.get_by_label("Tu razón").fill("Vimos 2.612 UF; la regla pide hasta 2.400.")
    pagina.get_by_role("button", name="Guardar y avisar que no cumple").click()
    expect(pagina.get_by_role("status")).to_contain_text("Guardado: no cumple")
    assert mesa.ultimo() == {
        "version": 2,
        "decision": "no_admisible",
        "motivo": "Vimos 2.612 UF; la regla pide hasta 2.400.",
        "hallazgos": {"ventas": "no_cumple"},
    }
    # Ya guardado, el formulario empieza de nuevo.
    expect(pagina.get_by_label("Tu razón")).to_have_value("")


def test_no_se_guarda_que_cumple_con_una_regla_marcada_que_no(pagina: Page, mesa: MesaFalsa) -> None:
    abrir(pagina, "K7M4PR9X", "Taller El Horno SpA")
    pagina.get_by_role("button", name="Tomar lo propuesto donde no marqué").click()
    pagina.locator("#decision-admisible").check()
    pagina.get_by_role("button", name="Guardar: cumple los requisitos").click()
    expect(pagina.get_by_role("alert")).to_contain_text("Marcaste que no cumple «Ventas del año»")
    assert mesa.recibido == []
    marcar(pagina, "Ventas del año", "Cumple")
    pagina.get_by_label("Tu razón").fill("La carpeta suma dos veces enero.")
    pagina.get_by_role("button", name="Guardar: cumple los requisitos").click()
    expect(pagina.get_by_role("status")).to_contain_text("Guardado: cumple los requisitos")
    assert set(mesa.ultimo()["hallazgos"].values()) == {"cumple"}
    assert mesa.ultimo()["motivo"] == "La carpeta suma dos veces enero."


def test_si_otra_persona_la_cambio_se_dice_se_relee_y_queda_lo_escrito(pagina: Page, mesa: MesaFalsa) -> None:
    abrir(pagina, "K7M4PR9X", "Taller El Horno SpA")
    marcar(pagina, "Ventas del año", "No cumple")
    pagina.locator("#decision-no_admisible").check()
    pagina.get_by_label("Tu razón").fill("Ventas sobre el máximo.")
    mesa.cambiar("K7M4PR9X", estado="retenida")
    pagina.get_by_role("button", name="Guardar y avisar que no cumple").click()
    expect(pagina.get_by_role("alert")).to_contain_text("Alguien la cambió mientras la mirabas")
    expect(pagina.get_by_role("alert")).to_contain_text("Ahora está en «Por revisar: RUT repetido»")
    expect(pagina.get_by_label("Tu razón")).to_have_value("Ventas sobre el máximo.")
    expect(pagina.locator("#decision-no_admisible")).to_be_checked()
    expect(pagina.locator("#regla-ventas-no_cumple")).to_be_checked()
    pagina.get_by_role("button", name="Guardar y avisar que no cumple").click()
    expect(pagina.get_by_role("status")).to_contain_text("Guardado: no cumple")
    assert mesa.ultimo()["version"] == 3


def test_si_ya_no_hay_nada_que_decidir_la_razon_escrita_sigue_a_la_vista(pagina: Page, mesa: MesaFalsa) -> None:
    abrir(pagina, "K7M4PR9X", "Taller El Horno SpA")
    pedir_corregir(pagina)
    pagina.get_by_label("Tu razón").fill("Falta la carpeta.")
    mesa.cambiar("K7M4PR9X", estado="participo")
    pagina.get_by_role("button", name="Pedir que corrija").click()
    expect(pagina.get_by_text("ahora no hay nada que decidir aquí")).to_be_visible()
    expect(pagina.get_by_role("complementary")).to_contain_text("Falta la carpeta.")
    expect(pagina.get_by_role("complementary")).to_contain_text("Manda el de este mes.")


def test_lo_escrito_sigue_al_ir_a_otra_ficha_y_volver(pagina: Page) -> None:
    abrir(pagina, "B3TW6HQN", "Conservas Loica EIRL")
    pagina.get_by_label("Tu razón").fill("A medio escribir")
    abrir(pagina, "K7M4PR9X", "Taller El Horno SpA")
    expect(pagina.get_by_label("Tu razón")).to_have_value("")
    abrir(pagina, "B3TW6HQN", "Conservas Loica EIRL")
    expect(pagina.get_by_label("Tu razón")).to_have_value("A medio escribir")


@pytest.mark.parametrize(
    ("codigo", "estado", "campos", "mensaje"),
    [
        ("respuestas_por_corregir", 422, {"hallazgos": "Marca un requisito que no cumple"}, "Marca un requisito"),
        ("falta_motivo", 422, {"motivo": "Escribe la razón de tu decisión"}, "Escribe la razón de tu decisión"),
        ("servicio_caido", 503, {}, "Mira qué pasó"),
    ],
)
def test_lo_que_rechaza_el_servidor_se_muestra_arriba_y_en_su_campo(
    pagina: Page, mesa: MesaFalsa, codigo: str, estado: int, campos: dict[str, str], mensaje: str
) -> None:
    abrir(pagina, "B3TW6HQN", "Conservas Loica EIRL")
    pedir_corregir(pagina)
    pagina.get_by_label("Tu razón").fill("Falta el F30.")
    mesa.rechazos.append(Rechazo(estado, codigo, "No se guardó", campos=campos))
    pagina.get_by_role("button", name="Pedir que corrija").click()
    expect(pagina.get_by_role("alert")).to_contain_text(mensaje)
    expect(pagina.locator(".msj")).to_have_count(len(campos))
    expect(pagina.get_by_label("Tu razón")).to_have_value("Falta el F30.")


def test_poner_nota_pide_una_nota_en_la_escala_y_su_justificacion(pagina: Page, mesa: MesaFalsa) -> None:
    abrir(pagina, "M6CQ3TWE", "Telares Muñoz y Compañía")
    origen = pagina.get_by_role("group", name="El producto se hace en la región")
    presentacion = pagina.get_by_role("group", name="Presentación del producto")
    origen.get_by_label("Nota de 1 a 7").fill("7,5")
    origen.get_by_label("Por qué esa nota").fill("Todo se teje en Linares.")
    pagina.get_by_role("button", name="Poner nota").click()
    expect(pagina.get_by_role("alert").get_by_role("link")).to_have_count(3)
    origen.get_by_label("Nota de 1 a 7").fill("6,5")
    presentacion.get_by_label("Nota de 1 a 7").fill("5")
    presentacion.get_by_label("Por qué esa nota").fill("Le falta el precio.")
    pagina.get_by_role("button", name="Poner nota").click()
    expect(pagina.get_by_role("status")).to_contain_text("Puntaje: 5,90")
    assert mesa.ultimo()["notas"] == {"origen": "6.5", "presentacion": "5"}
    assert mesa.ultimo()["justificaciones"] == {
        "origen": "Todo se teje en Linares.",
        "presentacion": "Le falta el precio.",
    }
    assert mesa.ultimo()["motivo"]
    # Al corregir la nota, cada razón vuelve a su lugar.
    expect(presentacion.get_by_label("Por qué esa nota")).to_have_value("Le falta el precio.")


def test_un_documento_se_abre_con_su_enlace_firmado(pagina: Page) -> None:
    abrir(pagina, "K7M4PR9X", "Taller El Horno SpA")
    with pagina.context.expect_page() as otra:
        pagina.get_by_role("button", name="Abrir Carpeta tributaria electrónica").click()
    assert re.search(r"/deposito/K7M4PR9X/carpeta-tributaria\?firma=", otra.value.url)
    expect(pagina.get_by_role("link", name="Abrir Carpeta tributaria electrónica en otra pestaña")).to_be_focused()


def test_lo_que_anoto_la_seleccion_no_se_cuenta_ni_se_manda_como_regla(pagina: Page, mesa: MesaFalsa) -> None:
    anotado = {"seleccion": "bajo_nota_minima"}
    mesa.cambiar("B3TW6HQN", revisados=anotado, hallazgos=mesa.postulaciones["B3TW6HQN"]["hallazgos"] | anotado)
    pagina.get_by_role("link", name="Asistencia").click()
    pagina.get_by_role("link", name="Cola").click()
    expect(pagina.get_by_role("row", name="Conservas Loica")).to_contain_text("5 cumplen")
    abrir(pagina, "B3TW6HQN", "Conservas Loica EIRL")
    pagina.locator("#decision-admisible").check()
    pagina.get_by_role("button", name="Guardar: cumple los requisitos").click()
    expect(pagina.get_by_role("status")).to_contain_text("Guardado")
    assert mesa.ultimo()["hallazgos"] == {}


def test_un_nombre_con_marcas_se_muestra_como_texto(pagina: Page, mesa: MesaFalsa) -> None:
    malo = "<img src=x onerror=\"document.title='roto'\">"
    mesa.cambiar("K7M4PR9X", nombre=malo, motivo=malo)
    abrir(pagina, "K7M4PR9X", malo)
    assert pagina.locator("#mesa-vista img").count() == 0


def test_si_se_cambia_de_idea_queda_la_ultima_vista_pedida(pagina: Page) -> None:
    retenidas: list[Route] = []
    pagina.route("**/api/mesa/postulaciones", lambda ruta: retenidas.append(ruta))
    with pagina.expect_request("**/api/mesa/postulaciones"):
        ir(pagina, "#/asistencia")
    ir(pagina, "#/cola?grupo=cumplen")
    expect(pagina.get_by_role("status")).to_have_text("1 postulación en la lista")
    with pagina.expect_response("**/api/mesa/postulaciones"):
        retenidas.pop().continue_()
    # Otra ida y vuelta: lo que llegó tarde ya tuvo su oportunidad de mostrarse.
    pagina.evaluate("() => fetch('/mesa/configuracion.json').then(r => r.text())")
    se_ven(pagina, "M6CQ 3TWE")


def test_una_ficha_que_no_existe_lo_dice_y_deja_volver(pagina: Page) -> None:
    ir(pagina, "#/postulacion/ZZZZ9999")
    expect(pagina.get_by_role("heading", level=1, name="No encontramos esa postulación")).to_be_focused()
    pagina.get_by_role("link", name="Volver a la cola").click()
    expect(pagina.get_by_role("heading", level=1, name="Cola de revisión")).to_be_visible()
