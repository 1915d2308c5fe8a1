"""Selección, asistencia y medición: primero se mira, después se confirma, y lo dicho queda aunque algo cambie."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.navegador import mesa_vistas as vistas
from tests.navegador.gestos import ir
from tests.navegador.mesa_falsa import MesaFalsa, Rechazo

FALTAN = [{"folio": "K7M4PR9X", "folio_texto": "K7M4 PR9X", "falta": "le faltan 2 notas"}]


def simular(pagina: Page) -> None:
    ir(pagina, "#/seleccion/2027-feria-de-prueba")
    pagina.get_by_role("button", name="Simular la selección").click()


def test_simular_muestra_las_tres_listas_sin_ejecutar(pagina: Page, mesa: MesaFalsa) -> None:
    simular(pagina)
    expect(pagina.get_by_role("heading", name="Así quedaría")).to_be_focused()
    for titulo in ("Seleccionadas 2", "Lista de espera 1", "No seleccionadas 1"):
        expect(pagina.get_by_role("heading", name=titulo, exact=True)).to_be_visible()
    expect(pagina.get_by_role("cell", name="Quedó bajo la nota mínima")).to_be_visible()
    assert [cuerpo["accion"] for _, cuerpo in mesa.recibido] == ["simular"]


def test_ejecutar_pide_razon_y_confirmacion(pagina: Page, mesa: MesaFalsa) -> None:
    simular(pagina)
    pagina.get_by_role("button", name="Ejecutar la selección").click()
    expect(pagina.get_by_role("alert").get_by_role("link")).to_have_count(2)
    pagina.get_by_label("Razón de la selección").fill("Pauta revisada el 9 de diciembre.")
    pagina.get_by_label("Revisé las listas. Entiendo que salen 4 correos").check()
    pagina.get_by_role("button", name="Ejecutar la selección").click()
    expect(pagina.get_by_role("heading", name="Selección ejecutada")).to_be_focused()
    assert mesa.ultimo() == {
        "convocatoria": "2027-feria-de-prueba",
        "accion": "ejecutar",
        "motivo": "Pauta revisada el 9 de diciembre.",
    }
    expect(pagina.get_by_text("4 de 15 puestos dados, 2 en lista de espera")).to_be_visible()


def test_los_puestos_reservados_y_los_guardados_se_nombran(pagina: Page) -> None:
    simular(pagina)
    renglon = pagina.get_by_role("row", name="M6CQ 3TWE")
    expect(renglon.get_by_role("cell", name="Negocios liderados por mujeres")).to_be_visible()
    expect(pagina.get_by_text("Se guardan 2 puestos para: Cooperativas.")).to_be_visible()


def test_se_ve_cuantas_van_del_tope_de_postulaciones(pagina: Page, mesa: MesaFalsa) -> None:
    mesa.convocatorias[1] |= {"postulaciones_maximas": 120, "recibidas": 118}
    ir(pagina, "#/seleccion/2027-rueda-de-prueba")
    expect(pagina.get_by_text("Recibe hasta 120 postulaciones y van 118.")).to_be_visible()
    ir(pagina, "#/seleccion/2027-feria-de-prueba")
    expect(pagina.get_by_text("Se elige por puntaje.")).to_be_visible()
    expect(pagina.get_by_text("Recibe hasta")).to_have_count(0)


def test_ejecutar_deja_un_acta_que_se_baja(pagina: Page, mesa: MesaFalsa) -> None:
    simular(pagina)
    expect(pagina.get_by_role("heading", name="Actas")).to_have_count(0)
    pagina.get_by_label("Razón de la selección").fill("Pauta revisada.")
    pagina.get_by_label("Revisé las listas").check()
    pagina.get_by_role("button", name="Ejecutar la selección").click()
    expect(pagina.get_by_text("Quedó el acta 2027-feria-de-prueba-001.")).to_be_visible()
    actas = pagina.get_by_role("region", name="Actas")
    expect(actas.get_by_role("listitem")).to_contain_text("2 con puesto, 1 en espera, 1 sin puesto.")
    expect(actas.get_by_role("listitem")).to_contain_text(mesa.actas[0]["sha256"])
    with pagina.context.expect_page() as otra:
        actas.get_by_role("button", name="Bajar el acta 1").click()
    assert "/deposito/2027-feria-de-prueba-001?firma=" in otra.value.url
    expect(actas.get_by_role("link", name="Abrir el acta 1 en otra pestaña")).to_be_focused()


def test_las_actas_de_antes_se_ven_sin_simular_y_solo_las_de_su_convocatoria(pagina: Page, mesa: MesaFalsa) -> None:
    mesa.actas = [vistas.acta("2027-feria-de-prueba", 1), vistas.acta("2027-rueda-de-prueba", 1)]
    ir(pagina, "#/seleccion/2027-rueda-de-prueba")
    expect(pagina.get_by_role("region", name="Actas").get_by_role("listitem")).to_have_count(1)


def test_si_los_puestos_cambian_se_vuelve_a_simular_con_la_razon_intacta(pagina: Page, mesa: MesaFalsa) -> None:
    simular(pagina)
    pagina.get_by_label("Razón de la selección").fill("Pauta revisada.")
    pagina.get_by_label("Revisé las listas").check()
    mesa.rechazos.append(Rechazo(409, "sin_cupo", "No queda puesto"))
    pagina.get_by_role("button", name="Ejecutar la selección").click()
    expect(pagina.get_by_role("alert")).to_contain_text("No queda puesto")
    expect(pagina.get_by_label("Razón de la selección")).to_have_value("Pauta revisada.")
    # Las listas pueden ser otras: hay que volver a confirmar.
    expect(pagina.get_by_label("Revisé las listas")).not_to_be_checked()
    assert [cuerpo["accion"] for _, cuerpo in mesa.recibido] == ["simular", "ejecutar", "simular"]


def test_si_faltan_por_revisar_lleva_a_cada_una(pagina: Page, mesa: MesaFalsa) -> None:
    mesa.rechazos.append(Rechazo(409, "falta_revisar", "Faltan postulaciones por revisar", faltan=FALTAN))
    simular(pagina)
    pagina.get_by_role("alert").get_by_role("link", name="K7M4 PR9X: le faltan 2 notas").click()
    expect(pagina.get_by_role("heading", level=1, name="Taller El Horno SpA")).to_be_visible()


def test_al_volver_se_ven_las_listas_de_hoy_en_su_orden(pagina: Page, mesa: MesaFalsa) -> None:
    mesa.convocatorias[0]["reservas"] = [{"titulo": "Negocios liderados por mujeres", "cupos": 1}]
    mesa.cambiar("K7M4PR9X", estado="seleccionada", puntaje="5.20")
    mesa.cambiar("B3TW6HQN", estado="confirmada", puntaje="6.40")
    mesa.cambiar("R4JH8VPA", estado="lista_de_espera", puntaje="5.10", lugar=2)
    mesa.cambiar("M6CQ3TWE", estado="lista_de_espera", puntaje="5.10", lugar=1)
    ir(pagina, "#/seleccion/2027-feria-de-prueba")
    expect(pagina.get_by_role("heading", name="Las listas de hoy")).to_be_visible()
    expect(pagina.get_by_text("Nada cambia hasta que ejecutes")).to_have_count(0)
    elegidas = pagina.get_by_role("table", name="Seleccionadas: 2")
    expect(elegidas.locator("tbody th")).to_have_text(["B3TW 6HQN", "K7M4 PR9X"])
    expect(elegidas).to_contain_text("Confirmó su puesto")
    espera = pagina.get_by_role("table", name="Lista de espera: 2")
    expect(espera.locator("tbody th")).to_have_text(["M6CQ 3TWE", "R4JH 8VPA"])
    expect(pagina.get_by_text("Un cupo asegurado pasa primero a su grupo")).to_be_visible()


def test_sin_reservas_la_espera_no_habla_de_cupos_asegurados(pagina: Page) -> None:
    simular(pagina)
    expect(pagina.get_by_role("heading", name="Lista de espera 1")).to_be_visible()
    expect(pagina.get_by_text("Un cupo asegurado")).to_have_count(0)


def test_antes_de_la_actividad_la_asistencia_no_se_marca_y_dice_desde_cuando(pagina: Page, mesa: MesaFalsa) -> None:
    mesa.convocatorias[1]["actividad_empezo"] = False
    ir(pagina, "#/asistencia/2027-rueda-de-prueba")
    expect(pagina.get_by_text("La actividad empieza el sábado 9 de enero de 2027")).to_be_visible()
    for boton in pagina.get_by_role("group", name="Asistencia de Quesos del Maule SpA").get_by_role("button").all():
        expect(boton).to_be_disabled()


def test_sin_decir_cual_se_elige_la_convocatoria(pagina: Page) -> None:
    pagina.get_by_role("link", name="Selección").click()
    pagina.get_by_role("link", name="Rueda de negocios «Valle y costa»").click()
    expect(pagina.get_by_text("Se elige por orden de llegada.")).to_be_visible()


def test_la_asistencia_se_marca_y_se_corrige(pagina: Page, mesa: MesaFalsa) -> None:
    ir(pagina, "#/asistencia/2027-rueda-de-prueba")
    expect(pagina.get_by_text("2 con puesto. Faltan 2 por marcar.")).to_be_visible()
    quesos = pagina.get_by_role("group", name="Asistencia de Quesos del Maule SpA")
    quesos.get_by_role("button", name="Asistió", exact=True).click()
    expect(pagina.get_by_role("status")).to_have_text("Quesos del Maule SpA: asistió.")
    expect(quesos.get_by_role("button", name="Asistió", exact=True)).to_be_focused()
    quesos.get_by_role("button", name="No asistió").click()
    expect(quesos.get_by_role("button", name="No asistió")).to_have_attribute("aria-pressed", "true")
    assert mesa.ultimo() == {"folio": "T5RB9YGH", "asistio": "no", "version": 3}
    expect(pagina.get_by_text("2 con puesto. Falta 1 por marcar.")).to_be_visible()


def test_el_enlace_para_entrar_se_guarda_se_corrige_y_solo_se_pide_a_lo_que_es_por_internet(
    pagina: Page, mesa: MesaFalsa
) -> None:
    ir(pagina, "#/asistencia/2027-feria-de-prueba")
    expect(pagina.get_by_role("button", name="Imprimir la lista")).to_be_visible()
    expect(pagina.get_by_label("Enlace para entrar")).to_have_count(0)
    ir(pagina, "#/asistencia/2027-rueda-de-prueba")
    pagina.get_by_label("Enlace para entrar").fill("reunion.example/sala")
    pagina.get_by_role("button", name="Guardar el enlace").click()
    error = pagina.get_by_role("alert").get_by_role("link", name="empieza con «https://»")
    error.click()
    expect(pagina.get_by_label("Enlace para entrar")).to_be_focused()
    expect(pagina.get_by_label("Enlace para entrar")).to_have_value("reunion.example/sala")
    pagina.get_by_label("Enlace para entrar").fill(" https://reunion.example/sala ")
    pagina.get_by_role("button", name="Guardar el enlace").click()
    expect(pagina.get_by_text("Enlace guardado. Ya lo ven quienes tienen cupo.")).to_be_visible()
    assert mesa.ultimo() == {"convocatoria": "2027-rueda-de-prueba", "enlace": "https://reunion.example/sala"}


def test_si_otra_persona_la_cambio_la_asistencia_se_pone_al_dia(pagina: Page, mesa: MesaFalsa) -> None:
    ir(pagina, "#/asistencia/2027-rueda-de-prueba")
    quesos = pagina.get_by_role("group", name="Asistencia de Quesos del Maule SpA")
    quesos.wait_for()
    mesa.cambiar("T5RB9YGH", estado="no_asistio")
    quesos.get_by_role("button", name="Asistió", exact=True).click()
    expect(pagina.get_by_role("alert")).to_contain_text("La lista ya está al día")
    expect(quesos.get_by_role("button", name="No asistió")).to_have_attribute("aria-pressed", "true")


def test_la_lista_de_asistencia_impresa_trae_donde_firmar_y_no_los_botones(pagina: Page) -> None:
    ir(pagina, "#/asistencia/2027-rueda-de-prueba")
    pagina.get_by_role("group", name="Asistencia de Quesos del Maule SpA").wait_for()
    pagina.emulate_media(media="print")
    expect(pagina.get_by_role("columnheader", name="Firma")).to_be_visible()
    expect(pagina.get_by_role("button", name="Asistió", exact=True).first).to_be_hidden()


@pytest.mark.parametrize(("rol", "puede"), [("nacional", True), ("operador", False)])
def test_solo_el_nivel_nacional_mide_el_anio(navegador: Browser, mesa: MesaFalsa, rol: str, puede: bool) -> None:
    mesa.persona = {"sub": rol, "rol": rol, "region": "todas" if puede else "07"}
    contexto = navegador.new_context()
    pagina = contexto.new_page()
    pagina.goto(f"{mesa.url}/mesa/#/medicion")
    pagina.get_by_role("button", name="Entrar a la mesa").click()
    expect(pagina.get_by_role("heading", level=1, name="Medir el año")).to_be_visible()
    expect(pagina.get_by_role("button", name="Medir el año")).to_have_count(int(puede))
    expect(pagina.get_by_role("link", name="Selección")).to_have_count(int(puede))
    contexto.close()


def test_medir_muestra_lo_publicado_y_lo_que_no_se_publica(navegador: Browser, mesa: MesaFalsa) -> None:
    mesa.persona = {"sub": "nacional", "rol": "nacional", "region": "todas"}
    contexto = navegador.new_context()
    pagina = contexto.new_page()
    pagina.goto(f"{mesa.url}/mesa/#/medicion")
    pagina.get_by_role("button", name="Entrar a la mesa").click()
    pagina.get_by_label("Año de la actividad").fill("26")
    pagina.get_by_role("button", name="Medir el año").click()
    expect(pagina.get_by_role("alert")).to_contain_text("Escribe el año con cuatro cifras")
    pagina.get_by_label("Año de la actividad").fill("2026")
    pagina.get_by_role("button", name="Medir el año").click()
    expect(pagina.get_by_role("heading", name="Publicado de 2026")).to_be_focused()
    expect(pagina.get_by_role("row").nth(1)).to_contain_text("70,45 %")
    expect(pagina.get_by_role("row").nth(2)).to_contain_text("No se publica")
    assert mesa.ultimo() == {"anio": 2026}
    contexto.close()
