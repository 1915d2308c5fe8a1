"""La pauta entre varias personas: lo ajeno se ve después, a ciegas si toca, y quien tiene un conflicto sale."""

from playwright.sync_api import Browser, Page, expect

from tests.navegador.gestos import abrir, entrar, ir
from tests.navegador.mesa_falsa import MesaFalsa

FOLIO, NOMBRE = "M6CQ3TWE", "Telares Muñoz y Compañía"


def calificar(pagina: Page, origen: str, presentacion: str, razon: str) -> None:
    for criterio, nota in (("origen", origen), ("presentacion", presentacion)):
        pagina.locator(f"#nota-{criterio}").fill(nota)
        pagina.locator(f"#razon-{criterio}").fill(razon)
    pagina.get_by_role("button", name="Poner nota").click()


def test_con_dos_personas_el_puntaje_es_el_promedio_y_lo_ajeno_se_ve_despues(
    pagina: Page, navegador: Browser, mesa: MesaFalsa
) -> None:
    mesa.convocatorias[0]["evaluadores"] = 2
    abrir(pagina, FOLIO, NOMBRE)
    expect(pagina.get_by_text("Ponen nota 2 personas y el puntaje es su promedio. Van 0.")).to_be_visible()
    calificar(pagina, "7", "6", "Lo vi en la feria pasada.")
    expect(pagina.get_by_role("status")).to_contain_text("Guardamos tu nota. Falta la de otra persona")
    otra = entrar(navegador, mesa, "segunda-maule")
    otra.get_by_role("link", name="1 Cumplen", exact=True).click()
    expect(otra.get_by_role("row", name="Telares")).to_contain_text("1 de 2 notas")
    abrir(otra, FOLIO, NOMBRE)
    expect(otra.get_by_role("heading", name="La nota de otra persona")).to_have_count(0)
    assert "Lo vi en la feria pasada." not in otra.locator("main").inner_text()
    calificar(otra, "5", "4", "Falta el precio en la etiqueta.")
    expect(otra.get_by_role("status")).to_contain_text("Puntaje: 5,60")
    expect(otra.get_by_role("heading", name="La nota de otra persona: 6,60")).to_be_visible()
    expect(otra.locator(".m-otra").first).to_contain_text("Lo vi en la feria pasada.")
    otra.context.close()


def test_volver_a_calificar_pide_razon_y_borra_las_notas(pagina: Page, mesa: MesaFalsa) -> None:
    abrir(pagina, FOLIO, NOMBRE)
    calificar(pagina, "7", "6", "Lo vi en la feria pasada.")
    expect(pagina.get_by_role("status")).to_contain_text("Puntaje: 6,60")
    expect(pagina.get_by_label("Cumple los requisitos")).to_have_count(0)
    pagina.get_by_label("Volver a calificar").check()
    expect(pagina.get_by_text("Borra las notas de todas las personas.")).to_be_visible()
    pagina.get_by_role("button", name="Borrar las notas y volver a calificar").click()
    expect(pagina.get_by_role("alert").get_by_role("link")).to_have_text("Escribe tu razón")
    pagina.get_by_label("Tu razón").fill("La pauta estaba mal leída.")
    pagina.get_by_role("button", name="Borrar las notas y volver a calificar").click()
    expect(pagina.get_by_role("status")).to_contain_text("Guardado: volver a calificar. Ahora está en «Cumple»")
    assert mesa.ultimo() == {
        "version": 3,
        "decision": "admisible",
        "motivo": "La pauta estaba mal leída.",
        "hallazgos": {},
    }
    expect(pagina.get_by_role("button", name="Poner nota")).to_be_visible()


def test_cada_criterio_muestra_que_se_tiene_que_ver_para_cada_nota(pagina: Page) -> None:
    abrir(pagina, FOLIO, NOMBRE)
    origen = pagina.get_by_role("group", name="El producto se hace en la región")
    expect(origen.get_by_role("term")).to_have_text(["Nota 1", "Nota 7"])
    expect(origen).to_contain_text("con materia prima de la región")


def test_quien_se_abstiene_ya_no_decide_ni_califica_y_la_razon_la_ve_el_equipo(
    pagina: Page, navegador: Browser, mesa: MesaFalsa
) -> None:
    abrir(pagina, FOLIO, NOMBRE)
    pagina.get_by_text("Tengo un conflicto de interés").click()
    pagina.get_by_role("button", name="Abstenerme").click()
    expect(pagina.get_by_role("alert")).to_contain_text("Escribe cuál es el conflicto")
    pagina.get_by_label("Cuál es el conflicto").fill("Le compro lana hace años.")
    pagina.get_by_role("button", name="Abstenerme").click()
    expect(pagina.get_by_role("status")).to_have_text("Te abstuviste. Otra persona decide aquí.")
    assert mesa.recibido[-1] == (
        f"postulaciones/{FOLIO}/abstencion",
        {"version": 2, "motivo": "Le compro lana hace años."},
    )
    expect(pagina.get_by_text("Te abstuviste: aquí decide otra persona.")).to_be_visible()
    expect(pagina.get_by_text("Te abstuviste: aquí ponen nota otras personas.")).to_be_visible()
    expect(pagina.get_by_role("button", name="Poner nota")).to_have_count(0)
    expect(pagina.get_by_text("Tengo un conflicto de interés")).to_have_count(0)
    otra = entrar(navegador, mesa, "segunda-maule")
    abrir(otra, FOLIO, NOMBRE)
    expect(otra.get_by_text("Le compro lana hace años.")).to_be_visible()
    expect(otra.get_by_role("button", name="Poner nota")).to_be_visible()
    otra.context.close()


def test_una_nota_puesta_con_la_pauta_de_antes_lo_dice(pagina: Page, mesa: MesaFalsa) -> None:
    mesa.convocatorias[0]["evaluadores"] = 2
    vieja = {"notas": {"sello": "7"}, "justificaciones": {"sello": "Lo tiene."}}
    nueva = {"notas": {"origen": "6", "presentacion": "6"}, "justificaciones": {"origen": "Sí.", "presentacion": "Sí."}}
    mesa.cambiar(FOLIO, evaluaciones=[{"evaluador": "otra", **vieja}, {"evaluador": "evaluador-maule", **nueva}])
    abrir(pagina, FOLIO, NOMBRE)
    expect(pagina.get_by_role("heading", name="La nota de otra persona: la pauta cambió después")).to_be_visible()


def test_la_abstencion_a_medio_escribir_sigue_ahi_al_volver(pagina: Page) -> None:
    abrir(pagina, FOLIO, NOMBRE)
    pagina.get_by_text("Tengo un conflicto de interés").click()
    pagina.get_by_label("Cuál es el conflicto").fill("Es de mi prima")
    abrir(pagina, "B3TW6HQN", "Conservas Loica EIRL")
    abrir(pagina, FOLIO, NOMBRE)
    expect(pagina.get_by_label("Cuál es el conflicto")).to_have_value("Es de mi prima")


def test_a_ciegas_no_se_ve_de_quien_es_ni_en_la_cola_ni_en_la_ficha(pagina: Page, mesa: MesaFalsa) -> None:
    mesa.convocatorias[0]["a_ciegas"] = True
    pagina.get_by_role("link", name="Asistencia").click()
    pagina.get_by_role("heading", level=1, name="Asistencia").wait_for()
    ir(pagina, "#/cola?grupo=cumplen")
    expect(pagina.get_by_role("row", name="M6CQ 3TWE")).to_contain_text("Postulación M6CQ 3TWE · a ciegas")
    abrir(pagina, FOLIO, "Postulación M6CQ 3TWE")
    expect(pagina.get_by_text("Se califica a ciegas.")).to_be_visible()
    expect(pagina.get_by_role("heading", name="Documentos")).to_have_count(0)
    assert NOMBRE not in pagina.locator("body").inner_text()
    assert NOMBRE not in pagina.title()


def test_a_quien_no_le_toca_poner_nota_se_le_dice_por_que(pagina: Page, mesa: MesaFalsa) -> None:
    mesa.convocatorias[0]["a_ciegas"] = True
    abrir(pagina, FOLIO, "Postulación M6CQ 3TWE")
    # Desde otra pestaña la movió con el nombre a la vista.
    mesa.postulaciones[FOLIO]["vieron"].append("evaluador-maule")
    calificar(pagina, "7", "7", "Muy bueno.")
    expect(pagina.get_by_role("alert")).to_contain_text("Ya sabes de quién es")
    expect(pagina.get_by_text("tú revisaste sus requisitos: la nota la pone otra persona")).to_be_visible()
    expect(pagina.get_by_role("region", name="Notas")).to_contain_text("Muy bueno.")
