"""En la mesa se ingresa lo que llegó en papel, se contacta a quien no recibe correo y se mueve «Mis Datos»."""

import json
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.navegador.gestos import entrar, ir
from tests.navegador.mesa_falsa import MesaFalsa, Rechazo
from tests.navegador.mesa_papel import AVISO

INGRESO = "#/ingreso/2027-feria-de-prueba"


def escribir(pagina: Page) -> None:
    """Lo que dice el papel."""
    pagina.get_by_label("¿Cuándo se recibió?").fill("2026-11-23T09:40")
    pagina.get_by_label("¿Cómo postulas?").select_option("juridica")
    pagina.get_by_label("¿Cuál es el RUT?").fill("77300010-7")
    pagina.get_by_label("¿Cuál es el nombre?").fill("Panes del Maule")
    pagina.get_by_label("¿En qué comuna trabajas?").fill("Talca, Maule")
    pagina.get_by_label("¿Tienes deudas?").select_option("no")
    pagina.get_by_label("¿Qué llevas?").fill("Pan.")
    pagina.get_by_label("La persona firmó").check()


def test_se_ingresa_un_papel_con_un_archivo_y_sale_su_comprobante(pagina: Page, mesa: MesaFalsa) -> None:
    ir(pagina, INGRESO)
    escribir(pagina)
    archivo = {"name": "f30.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    pagina.get_by_label("Certificado F30").set_input_files(files=[archivo])
    pagina.get_by_role("button", name="Ingresar y dar comprobante").click()
    expect(pagina.get_by_role("heading", level=1, name="Comprobante de postulación")).to_be_focused()
    expect(pagina.get_by_text("W8HT 3KCM", exact=True)).to_be_visible()
    expect(pagina.get_by_text("abcd efgh")).to_be_visible()
    expect(pagina.get_by_text("El resultado es el lunes 7 de diciembre")).to_be_visible()
    enviado = mesa.ultimo()
    assert (enviado["documentos"], enviado["en_papel"]) == (["f30"], [])
    assert enviado["recibido"] == "2026-11-23T09:40"
    # Lo que no le toca a una empresa no se manda.
    assert "asociados" not in enviado["respuestas"]
    assert enviado["respuestas"]["declaracion"] == "si"
    assert b"%PDF-1.4" in mesa.subidos[0]
    assert mesa.permisos[0] == {"convocatoria": "2027-feria-de-prueba", "clave": enviado["clave"], "documento": "f30"}


def test_lo_que_falta_se_marca_y_al_repetir_va_con_la_misma_clave_sin_subir_otra_vez(
    pagina: Page, mesa: MesaFalsa
) -> None:
    ir(pagina, INGRESO)
    escribir(pagina)
    archivo = {"name": "f30.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    pagina.get_by_label("Certificado F30").set_input_files(files=[archivo])
    mesa.rechazos = [
        Rechazo(422, "respuestas_por_corregir", "Hay respuestas por corregir", campos={"domicilio": "Sin correo."})
    ]
    pagina.get_by_role("button", name="Ingresar y dar comprobante").click()
    expect(pagina.get_by_role("alert")).to_be_focused()
    pagina.get_by_role("alert").get_by_role("link", name="Sin correo.").click()
    expect(pagina.get_by_label("Domicilio para la carta")).to_be_focused()
    pagina.get_by_label("Domicilio para la carta").fill("Calle Uno 123")
    pagina.get_by_role("button", name="Ingresar y dar comprobante").click()
    pagina.get_by_role("heading", name="Comprobante de postulación").wait_for()
    assert len({cuerpo["clave"] for ruta, cuerpo in mesa.recibido if ruta == "ingresos"}) == 1
    assert len(mesa.subidos) == 1


def test_cada_tipo_de_persona_tiene_sus_preguntas_y_lo_visto_en_papel_se_dice(pagina: Page, mesa: MesaFalsa) -> None:
    ir(pagina, INGRESO)
    escribir(pagina)
    expect(pagina.get_by_label("¿Cuántos asociados tiene?")).to_be_hidden()
    pagina.get_by_label("¿Cómo postulas?").select_option("cooperativa")
    pagina.get_by_label("¿Cuántos asociados tiene?").fill("12")
    for marca in pagina.get_by_label("Lo vi en papel").all():
        marca.check()
    pagina.get_by_role("button", name="Ingresar y dar comprobante").click()
    pagina.get_by_role("heading", name="Comprobante de postulación").wait_for()
    assert mesa.ultimo()["en_papel"] == ["f30", "acta"]


def test_comprobar_el_rut_dice_si_ya_esta_y_copia_lo_de_mis_datos(pagina: Page, mesa: MesaFalsa) -> None:
    ir(pagina, INGRESO)
    pagina.get_by_label("¿Cuál es el RUT?").fill("77300019")
    pagina.get_by_role("button", name="Comprobar el RUT").click()
    expect(pagina.get_by_role("link", name="Folio K7M4 PR9X")).to_be_visible()
    pagina.get_by_role("button", name="Copiar al formulario").click()
    expect(pagina.get_by_label("¿En qué comuna trabajas?")).to_have_value("Curicó, Maule")


def test_se_anota_que_paso_con_cada_contacto_y_nadie_pisa_a_otra_persona(pagina: Page, mesa: MesaFalsa) -> None:
    ir(pagina, "#/contactos")
    pagina.get_by_role("heading", level=1, name="Por contactar").wait_for()
    expect(pagina.get_by_text("Tiene plazo hasta el lunes 30")).to_be_visible()
    pagina.get_by_label("¿Qué pasó?").select_option(label="La llamé y no contestó")
    pagina.get_by_label("Nota (puede quedar en blanco)").fill("Llamar a las 18")
    pagina.get_by_role("button", name="Anotar").click()
    expect(pagina.get_by_role("status")).to_have_text("Anotado: todavía falta avisarle.")
    expect(pagina.get_by_text("Por teléfono: no contestó.")).to_be_visible()
    assert mesa.ultimo() == {"medio": "telefono", "resultado": "no_contesta", "nota": "Llamar a las 18", "version": 1}
    mesa.contactos[AVISO]["version"] = 9
    pagina.get_by_label("¿Qué pasó?").select_option(label="Salió la carta")
    pagina.get_by_role("button", name="Anotar").click()
    expect(pagina.get_by_role("alert")).to_contain_text("Alguien la cambió mientras la mirabas")
    assert len(mesa.contactos[AVISO]["intentos"]) == 1


def test_la_carta_se_imprime_sin_nada_de_la_mesa(pagina: Page, mesa: MesaFalsa) -> None:
    ir(pagina, "#/contactos")
    pagina.get_by_role("link", name="Ver la carta").click()
    pagina.get_by_role("heading", level=1, name="Corrige algo en tu postulación").wait_for()
    pagina.emulate_media(media="print")
    expect(pagina.get_by_text("Calle Uno 123")).to_be_visible()
    for de_la_mesa in ("Imprimir la carta", "Volver"):
        expect(pagina.get_by_text(de_la_mesa)).to_be_hidden()
    expect(pagina.get_by_role("navigation", name="Mesa")).to_be_hidden()


def test_mis_datos_se_importa_se_baja_y_dice_quien(navegador: Browser, mesa: MesaFalsa, tmp_path: Path) -> None:
    pagina = entrar(navegador, mesa, "nacional", rol="nacional", region="todas")
    ir(pagina, "#/misdatos")
    pagina.get_by_role("heading", level=1, name="Mis Datos").wait_for()
    pagina.get_by_label("O pega aquí sus filas").fill("rut,nombre\n77300010-7,Panes\n")
    pagina.get_by_role("button", name="Importar el archivo").click()
    expect(pagina.get_by_text("nacional importó 1 fila")).to_be_visible()
    pagina.get_by_label("Primer día").fill("2026-11-01")
    pagina.get_by_label("Último día").fill("2026-11-30")
    with pagina.expect_download() as bajada:
        pagina.get_by_role("button", name="Bajar el archivo").click()
    bajada.value.save_as(tmp_path / "bajado.csv")
    assert (tmp_path / "bajado.csv").read_text("utf-8-sig").startswith("rut,nombre")
    expect(pagina.get_by_text("nacional exportó 1 fila")).to_be_visible()
    assert json.dumps(mesa.ultimo()) == '{"desde": "2026-11-01", "hasta": "2026-11-30"}'
    pagina.context.close()


def test_la_ficha_dice_que_llego_en_papel_que_no_calza_y_como_se_le_aviso(pagina: Page, mesa: MesaFalsa) -> None:
    mesa.cambiar(
        "K7M4PR9X",
        canal="presencial",
        presencial={
            "recibido_texto": "lunes 23 de noviembre de 2026 a las 9:40",
            "en_papel": ["Certificado F30"],
            "domicilio": "Calle Uno 123",
            "atendio": "evaluador-maule",
            "oficina": "Maule",
        },
        no_calza=[{"titulo": "¿En qué comuna trabajas?", "declarado": "Talca, Maule", "registro": "Curicó, Maule"}],
        aviso={"en_mano": True, "notificado_texto": "lunes 23 de noviembre de 2026"},
    )
    ir(pagina, "#/postulacion/K7M4PR9X")
    expect(pagina.get_by_text("Lo ingresó evaluador-maule")).to_be_visible()
    expect(pagina.get_by_text("Documentos vistos en papel")).to_contain_text("Certificado F30")
    pagina.get_by_text("«Mis Datos» dice otra cosa en un dato").click()
    expect(pagina.get_by_text("En «Mis Datos»: Curicó, Maule.")).to_be_visible()
    expect(pagina.get_by_role("region", name="Correos que se le mandaron")).to_contain_text(
        "Se llevó su comprobante impreso. Cuenta como notificado desde el lunes 23"
    )
