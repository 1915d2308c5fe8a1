"""Decir que cumple contra lo propuesto se marca y se explica; el cupo asegurado se acredita; a ciegas no se marca."""

from playwright.sync_api import Page, expect

from tests.navegador import mesa_datos
from tests.navegador.gestos import abrir, ir, volver_a
from tests.navegador.mesa_falsa import MesaFalsa

GUARDAR = "Guardar: cumple los requisitos"


def marcar(pagina: Page, regla: str, resultado: str) -> None:
    pagina.get_by_role("group", name=regla).get_by_label(resultado, exact=True).check()


def test_cumple_contra_lo_propuesto_pide_marcarlo_y_una_razon_escrita(pagina: Page, mesa: MesaFalsa) -> None:
    abrir(pagina, "K7M4PR9X", "Taller El Horno SpA")
    pagina.locator("#decision-admisible").check()
    expect(pagina.get_by_text("El sistema propone que no cumple: di qué viste tú.")).to_be_visible()
    pagina.get_by_role("button", name=GUARDAR).click()
    errores = pagina.get_by_role("alert").get_by_role("link")
    expect(errores).to_have_text(
        [
            "«Ventas del año»: mira el documento y marca si cumple",
            "Escribe tu razón: el sistema propone que no cumple",
        ]
    )
    assert mesa.recibido == []
    marcar(pagina, "Ventas del año", "Cumple")
    pagina.get_by_label("Tu razón").fill("La carpeta suma dos veces enero.")
    pagina.get_by_role("button", name=GUARDAR).click()
    expect(pagina.get_by_role("status")).to_contain_text("Guardado: cumple los requisitos")
    assert mesa.ultimo()["hallazgos"] == {"ventas": "cumple"}


def test_lo_que_falta_se_mira_y_con_lo_demas_basta_la_razon_de_siempre(pagina: Page, mesa: MesaFalsa) -> None:
    abrir(pagina, "R4JH8VPA", "Mermeladas Huaso Sur")
    pagina.locator("#decision-admisible").check()
    pagina.get_by_role("button", name="Tomar lo propuesto donde no marqué").click()
    pagina.get_by_role("button", name=GUARDAR).click()
    expect(pagina.get_by_role("alert").get_by_role("link")).to_have_text(
        ["«Rendiciones»: mira el documento y marca si cumple"]
    )
    marcar(pagina, "Rendiciones", "Cumple")
    pagina.get_by_role("button", name=GUARDAR).click()
    expect(pagina.get_by_role("status")).to_contain_text("Guardado: cumple los requisitos")


def test_sin_ninguna_regla_marcada_el_error_lleva_al_grupo_entero(pagina: Page) -> None:
    abrir(pagina, "B3TW6HQN", "Conservas Loica EIRL")
    pagina.locator("#decision-no_admisible").check()
    pagina.get_by_label("Tu razón").fill("Vimos otra cosa.")
    pagina.get_by_role("button", name="Guardar y avisar que no cumple").click()
    pagina.get_by_role("alert").get_by_role("link", name="Marca al menos una regla").click()
    expect(pagina.get_by_role("group", name="Requisitos", exact=True)).to_be_focused()
    expect(pagina.locator(".m-regla.con-error")).to_have_count(0)


def test_la_ficha_cuenta_lo_mismo_que_su_renglon_y_lo_de_los_registros_aparte(pagina: Page, mesa: MesaFalsa) -> None:
    hallazgos = dict.fromkeys(mesa_datos.REGLAS, "cumple") | {"ventas": "no_cumple", "rendiciones": "falta_dato"}
    mesa.cambiar("B3TW6HQN", hallazgos=hallazgos, del_registro=["rendiciones"])
    volver_a(pagina, "#/cola")
    expect(pagina.get_by_role("row", name="Conservas Loica").locator("[data-t=Requisitos]")).to_have_text("1 no cumple")
    abrir(pagina, "B3TW6HQN", "Conservas Loica EIRL")
    expect(pagina.locator(".guia")).to_contain_text("De 4 requisitos, 1 no cumple. De los registros, 1 por ver.")


def test_el_cupo_asegurado_se_acredita_aparte_de_los_requisitos(pagina: Page, mesa: MesaFalsa) -> None:
    mesa.cambiar("B3TW6HQN", asegurados=["mujeres"])
    abrir(pagina, "B3TW6HQN", "Conservas Loica EIRL")
    expect(pagina.locator(".guia")).to_contain_text("De 5 requisitos, 5 cumplen")
    pagina.locator("#decision-admisible").check()
    pagina.get_by_role("button", name=GUARDAR).click()
    expect(pagina.get_by_role("alert").get_by_role("link")).to_have_text(
        ["«Cupo asegurado: mujeres»: marca si lo acreditó"]
    )
    marcar(pagina, "Cupo asegurado: mujeres", "No acreditado")
    pagina.get_by_role("button", name=GUARDAR).click()
    expect(pagina.get_by_role("status")).to_contain_text("Guardado: cumple los requisitos")
    assert mesa.ultimo()["hallazgos"] == {"reserva:mujeres": "no_cumple"}
    expect(pagina.get_by_label("No acreditado", exact=True)).to_be_checked()


def test_a_quien_le_corrigieron_un_no_se_le_dice_por_que_no_decide(pagina: Page, mesa: MesaFalsa) -> None:
    mesa.cambiar("K7M4PR9X", corrigieron_a=["evaluador-maule"])
    abrir(pagina, "K7M4PR9X", "Taller El Horno SpA")
    expect(pagina.get_by_text("sobre los requisitos decide otra persona")).to_be_visible()
    expect(pagina.locator("#mesa-vista input[type=radio]")).to_have_count(0)


def test_a_ciegas_los_requisitos_se_leen_y_no_se_marcan(pagina: Page, mesa: MesaFalsa) -> None:
    mesa.convocatorias[0]["a_ciegas"] = True
    mesa.cambiar("M6CQ3TWE", revisados={"ventas": "cumple"})
    abrir(pagina, "M6CQ3TWE", "Postulación M6CQ 3TWE")
    requisitos = pagina.get_by_role("region", name="Requisitos")
    expect(requisitos).to_contain_text("Ventas del año: quedó cumple")
    expect(requisitos.get_by_role("radio")).to_have_count(0)
    expect(pagina.get_by_text("Se califica a ciegas: aquí solo se pone nota.")).to_be_visible()


def test_la_ayuda_de_las_nominas_dice_que_palabras_se_aceptan(pagina: Page) -> None:
    ir(pagina, "#/registros")
    participaciones = pagina.get_by_role("region", name="Participaciones anteriores")
    for palabra in ("tipo_actividad, componente 1", "feria, evento", "vender_al_publico, conocer_compradores"):
        expect(participaciones.get_by_text(palabra)).to_be_visible()
