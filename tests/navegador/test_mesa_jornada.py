"""El día de la actividad en la mesa: sin señal no se pierde nada, y cada cosa manda justo lo que se ve."""

from playwright.sync_api import Page, expect

from tests.navegador import mesa_vistas as vistas
from tests.navegador.gestos import ir, volver_a
from tests.navegador.mesa_falsa import MesaFalsa, Rechazo
from tests.navegador.mesa_jornada import HOJA

RUEDA = "2027-rueda-de-prueba"


def test_sin_senal_la_marca_queda_en_el_equipo_solo_con_su_folio_y_se_envia_al_volver(
    pagina: Page, mesa: MesaFalsa
) -> None:
    ir(pagina, f"#/asistencia/{RUEDA}")
    quesos = pagina.get_by_role("group", name="Asistencia de Quesos del Maule SpA")
    quesos.wait_for()
    pagina.context.set_offline(True)
    quesos.get_by_role("button", name="Asistió", exact=True).click()
    expect(pagina.get_by_role("heading", name="1 marca sin enviar")).to_be_visible()
    expect(quesos.get_by_role("button", name="Asistió", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(quesos.get_by_role("button", name="Asistió", exact=True)).to_be_focused()
    guardado = pagina.evaluate("JSON.stringify({...sessionStorage}) + JSON.stringify({...localStorage})")
    assert "T5RB9YGH" in guardado
    assert "Quesos" not in guardado
    # También se puede llevar en un archivo, sin red.
    with pagina.expect_download() as bajada:
        pagina.get_by_role("link", name="Bajar las marcas").click()
    filas = bajada.value.path().read_text(encoding="utf-8").splitlines()
    assert filas[0] == "folio,asistio,hora,version"
    assert filas[1].startswith("T5RB9YGH,si,20")
    pagina.context.set_offline(False)
    expect(pagina.get_by_text("1 marca puesta.")).to_be_visible()
    assert mesa.ultimo() == {"convocatoria": RUEDA, "csv": "\n".join(filas)}
    expect(pagina.get_by_role("heading", name="sin enviar")).to_have_count(0)
    assert "T5RB9YGH" not in pagina.evaluate("JSON.stringify({...localStorage})")


def test_si_se_cierra_la_pestana_sin_senal_la_marca_sigue_en_otra_y_entre_las_dos_no_se_pierde_ninguna(
    pagina: Page, mesa: MesaFalsa
) -> None:
    ir(pagina, f"#/asistencia/{RUEDA}")
    greda = pagina.get_by_role("group", name="Asistencia de Greda de Pilén Ltda.")
    greda.wait_for()
    otra = pagina.context.new_page()
    otra.goto(pagina.url)
    otra.get_by_role("button", name="Entrar a la mesa").click()
    quesos = otra.get_by_role("group", name="Asistencia de Quesos del Maule SpA")
    quesos.wait_for()
    pagina.context.set_offline(True)
    quesos.get_by_role("button", name="Asistió", exact=True).click()
    expect(otra.get_by_role("heading", name="1 marca sin enviar")).to_be_visible()
    otra.close()
    greda.get_by_role("button", name="No asistió").click()
    expect(pagina.get_by_role("heading", name="2 marcas sin enviar")).to_be_visible()
    pagina.context.set_offline(False)
    expect(pagina.get_by_text("2 marcas puestas.")).to_be_visible()
    assert {fila[:11] for fila in mesa.ultimo()["csv"].splitlines()[1:]} == {"T5RB9YGH,si", "W8QC5NFD,no"}


def test_si_el_servidor_no_acepta_las_marcas_siguen_ahi_aunque_se_vuelva_a_entrar(
    pagina: Page, mesa: MesaFalsa
) -> None:
    ir(pagina, f"#/asistencia/{RUEDA}")
    greda = pagina.get_by_role("group", name="Asistencia de Greda de Pilén Ltda.")
    greda.wait_for()
    pagina.context.set_offline(True)
    greda.get_by_role("button", name="No asistió").click()
    mesa.rechazos.append(Rechazo(409, "actividad_cerrada", "La actividad ya se cerró"))
    pagina.context.set_offline(False)
    expect(pagina.get_by_role("alert")).to_contain_text("Tus marcas siguen aquí")
    pagina.on("dialog", lambda aviso: aviso.accept())
    pagina.reload()
    pagina.get_by_role("button", name="Entrar a la mesa").click()
    expect(pagina.get_by_role("heading", name="1 marca sin enviar")).to_be_visible()
    pagina.get_by_role("button", name="Enviar ahora").click()
    expect(pagina.get_by_text("1 marca puesta.")).to_be_visible()


def test_con_el_reloj_del_equipo_malo_las_marcas_llegan_igual_sin_su_hora(pagina: Page, mesa: MesaFalsa) -> None:
    ir(pagina, f"#/asistencia/{RUEDA}")
    greda = pagina.get_by_role("group", name="Asistencia de Greda de Pilén Ltda.")
    greda.wait_for()
    pagina.context.set_offline(True)
    greda.get_by_role("button", name="No asistió").click()
    error = {"fila": 2, "columna": "hora", "mensaje": "Esa hora es de antes de la actividad: revísala."}
    mesa.rechazos.append(Rechazo(422, "nomina_por_corregir", "El archivo no se cargó", errores=[error]))
    pagina.context.set_offline(False)
    expect(pagina.get_by_text("1 marca puesta.")).to_be_visible()
    assert mesa.ultimo()["csv"].splitlines()[1].startswith("W8QC5NFD,no,,")


def test_el_puesto_libre_se_da_en_orden_a_quien_se_marco_presente(pagina: Page, mesa: MesaFalsa) -> None:
    mesa.cambiar("W8QC5NFD", estado="no_asistio")
    ir(pagina, f"#/jornada/{RUEDA}")
    expect(pagina.get_by_role("button", name="Di primero si está Conservas Lontué")).to_be_disabled()
    pagina.get_by_role("group", name="¿Está Conservas Lontué Limitada?").get_by_label("No está").check()
    # Quien debe rendiciones se salta sola; la que sigue tiene que estar.
    expect(pagina.get_by_role("button", name="Di primero si está Mieles Pencahue")).to_be_disabled()
    pagina.get_by_role("group", name="¿Está Mieles Pencahue?").get_by_label("Está aquí").check()
    pagina.get_by_role("button", name="Dar el puesto a Mieles Pencahue").click()
    expect(pagina.get_by_role("heading", name="Reemplazos de hoy")).to_be_focused()
    assert mesa.ultimo() == {
        "convocatoria": RUEDA,
        "entra": "N5KD8WQA",
        "saltadas": {"N3KD8WQA": "no_esta", "N4KD8WQA": "rendicion"},
        "en_lugar_de": "W8QC5NFD",
    }


def test_el_plano_se_numera_y_se_guarda_entero_y_un_lugar_repetido_se_dice_junto_a_su_campo(
    pagina: Page, mesa: MesaFalsa
) -> None:
    ir(pagina, f"#/jornada/{RUEDA}")
    greda = pagina.get_by_label("Lugar de Greda de Pilén Ltda.")
    greda.fill("A12")
    campos = {"W8QC5NFD": "El lugar A12 ya tiene a otra empresa."}
    mesa.rechazos.append(Rechazo(422, "respuestas_por_corregir", "Revisa el plano", campos=campos))
    pagina.get_by_role("button", name="Guardar el plano").click()
    pagina.get_by_role("alert").get_by_role("link", name="El lugar A12 ya tiene a otra empresa.").click()
    expect(greda).to_be_focused()
    expect(greda).to_have_value("A12")
    greda.fill("")
    pagina.get_by_role("button", name="Numerar los que faltan").click()
    expect(greda).to_have_value("1")
    pagina.get_by_role("button", name="Guardar el plano").click()
    expect(pagina.get_by_role("status")).to_contain_text("Plano guardado")
    assert mesa.ultimo() == {"convocatoria": RUEDA, "version": 3, "lugares": {"W8QC5NFD": "1"}}


def test_si_otra_persona_cambio_el_plano_se_dice_y_la_pagina_se_pone_al_dia(pagina: Page, mesa: MesaFalsa) -> None:
    ir(pagina, f"#/jornada/{RUEDA}")
    pagina.get_by_label("Lugar de Greda de Pilén Ltda.").fill("B1")
    mesa.jornada.datos["plano"]["lugares"][0]["lugar"] = "C7"
    mesa.rechazos.append(Rechazo(409, "cambio_entre_medio", "Alguien lo cambió"))
    pagina.get_by_role("button", name="Guardar el plano").click()
    expect(pagina.get_by_role("alert")).to_contain_text("Esta página ya está al día")
    expect(pagina.get_by_label("Lugar de Quesos del Maule SpA")).to_have_value("C7")


def test_se_cierra_con_su_razon_cuando_no_falta_nada(pagina: Page, mesa: MesaFalsa) -> None:
    ir(pagina, f"#/jornada/{RUEDA}")
    expect(pagina.get_by_text("La actividad todavía no termina.")).to_be_visible()
    expect(pagina.get_by_role("button", name="Cerrar la actividad")).to_have_count(0)
    mesa.jornada.datos["cierre"]["faltan"] = []
    volver_a(pagina, f"#/jornada/{RUEDA}")
    pagina.get_by_label("Cómo terminó").fill("Todo en orden.")
    pagina.get_by_role("button", name="Cerrar la actividad").click()
    expect(pagina.get_by_text("La actividad está cerrada.")).to_be_visible()
    assert mesa.ultimo() == {"convocatoria": RUEDA, "accion": "cerrar", "motivo": "Todo en orden.", "version": 0}
    expect(pagina.get_by_role("button", name="Guardar el plano")).to_have_count(0)


def test_la_lista_se_baja_y_se_ve_para_imprimir(pagina: Page, mesa: MesaFalsa) -> None:
    ir(pagina, f"#/exportar/{RUEDA}")
    with pagina.expect_download() as bajada:
        pagina.get_by_role("button", name="Bajar en CSV: la lista de asistencia").click()
    assert bajada.value.suggested_filename == f"asistencia-{RUEDA}.csv"
    assert "T5RB 9YGH" in bajada.value.path().read_text(encoding="utf-8")
    pagina.get_by_role("button", name="Ver para imprimir: la lista de asistencia").click()
    expect(pagina.get_by_role("heading", name="La lista de asistencia")).to_be_focused()
    expect(pagina.get_by_role("cell", name="Quesos del Maule SpA")).to_be_visible()
    expect(pagina.get_by_role("columnheader", name="Versión")).to_have_count(0)
    pagina.emulate_media(media="print")
    expect(pagina.get_by_role("button", name="Bajar en CSV: la cola entera")).to_be_hidden()
    expect(pagina.get_by_role("cell", name="Quesos del Maule SpA")).to_be_visible()
    assert [cuerpo["para"] for _, cuerpo in mesa.recibido] == ["csv", "imprimir"]


def test_se_invita_despues_de_ver_a_cuantas_llega(pagina: Page, mesa: MesaFalsa) -> None:
    ir(pagina, f"#/invitar/{RUEDA}")
    expect(pagina.get_by_text("34 personas los pidieron")).to_be_visible()
    pagina.get_by_label("De qué región").select_option("16")
    expect(pagina.get_by_text("12 personas los pidieron")).to_be_visible()
    pagina.get_by_label("Cuántos correos al día").fill("20")
    pagina.get_by_role("button", name="Invitar", exact=True).click()
    expect(pagina.get_by_role("heading", name="Invitación en marcha")).to_be_visible()
    expect(pagina.get_by_text("La dejó así evaluador-maule")).to_be_visible()
    esperado = {"convocatoria": RUEDA, "accion": "invitar", "region": "16", "tope": "20", "version": 0}
    assert mesa.ultimo() == esperado


def test_el_acta_se_lee_y_se_imprime_por_folio(pagina: Page, mesa: MesaFalsa) -> None:
    mesa.actas = [vistas.acta("2027-feria-de-prueba", 1)]
    ir(pagina, "#/seleccion/2027-feria-de-prueba")
    pagina.get_by_role("link", name="Ver e imprimir el acta 1").click()
    expect(pagina.get_by_role("heading", level=1, name="Acta 1")).to_be_focused()
    expect(pagina.locator("main").get_by_text("DEMOSTRACIÓN", exact=True)).to_be_visible()
    # El ancho útil de una hoja carta es menor que el de una tableta: igual se imprime como tabla.
    pagina.set_viewport_size({"width": 720, "height": 960})
    pagina.emulate_media(media="print")
    expect(pagina.get_by_role("row", name="K7M4 PR9X")).to_have_css("display", "table-row")
    expect(pagina.get_by_role("row", name="K7M4 PR9X")).to_contain_text("Con puesto")
    expect(pagina.get_by_text("evaluador-maule, Dirección Regional del Maule")).to_be_visible()
    expect(pagina.get_by_role("button", name="Imprimir el acta")).to_be_hidden()


def test_en_un_telefono_el_acta_no_muestra_un_por_que_vacio_ni_columnas_sin_nada(pagina: Page, mesa: MesaFalsa) -> None:
    mesa.actas = [vistas.acta("2027-feria-de-prueba", 1)]
    pagina.set_viewport_size({"width": 360, "height": 780})
    ir(pagina, "#/acta/2027-feria-de-prueba-001")
    con_puesto = pagina.locator("tbody tr", has_text="K7M4 PR9X")
    expect(con_puesto.locator("[data-t=Puntaje]")).to_be_visible()
    expect(con_puesto.locator("[data-t='Por qué']")).to_be_hidden()
    expect(pagina.locator("tbody tr", has_text="H2PN 7XKB").locator("[data-t='Por qué']")).to_be_visible()
    mesa.actas[0]["filas"] = [fila | {"motivo_texto": ""} for fila in HOJA["filas"]]
    volver_a(pagina, "#/acta/2027-feria-de-prueba-001")
    expect(pagina.locator("thead th")).to_have_text(["Folio", "Resultado", "Puntaje"])
