"""Los registros se cargan desde un CSV, todo o nada, con cada falla en su fila; y la asistencia avisa quién debe."""

from playwright.sync_api import Browser, Page, expect

from tests.navegador.gestos import entrar, ir, ver_mas, volver_a
from tests.navegador.mesa_falsa import MesaFalsa

ENCABEZADO = "rut,componente,tipo_actividad,objetivo,anio"
BUENA = "77300010-5,1,feria,vender_al_publico,2025"
RUEDA = "#/asistencia/2027-rueda-de-prueba"


def abrir(pagina: Page) -> None:
    ver_mas(pagina)
    pagina.get_by_role("link", name="Registros").click()
    pagina.get_by_role("heading", level=1, name="Registros").wait_for()


def test_se_pega_y_se_carga_y_no_queda_nada_a_la_vista(pagina: Page, mesa: MesaFalsa) -> None:
    abrir(pagina)
    partes = pagina.get_by_role("region", name="Participaciones anteriores")
    expect(partes).to_contain_text("Nadie ha cargado las de antes: mientras falten, repetir lo revisa una persona.")
    expect(partes).to_contain_text("agrega la columna actividad")
    partes.get_by_label("O pega aquí sus filas").fill(f"{ENCABEZADO}\n{BUENA}\n")
    partes.get_by_role("button", name="Cargar las participaciones").click()
    expect(partes).to_contain_text("Se cargaron por última vez el lunes 23 de noviembre.")
    expect(pagina.get_by_role("status")).to_have_text("Participaciones anteriores: 1 fila cargada, de 1 empresa.")
    expect(partes.get_by_label("O pega aquí sus filas")).to_have_value("")
    assert mesa.recibido == [("participaciones", {"csv": f"{ENCABEZADO}\n{BUENA}\n"})]


def test_se_elige_el_archivo_y_se_ven_sus_filas_antes_de_cargarlas(pagina: Page, mesa: MesaFalsa) -> None:
    abrir(pagina)
    nomina = pagina.get_by_role("region", name="Rendiciones pendientes")
    archivo = {"name": "nomina.csv", "mimeType": "text/csv", "buffer": b"rut\n77300010-5\n77300011-3\n"}
    nomina.get_by_label("Elige el archivo").set_input_files(files=[archivo])
    expect(nomina.get_by_label("O pega aquí sus filas")).to_have_value("rut\n77300010-5\n77300011-3\n")
    nomina.get_by_role("button", name="Reemplazar la nómina").click()
    pagina.get_by_role("link", name="Escribe la fecha de la nómina").click()
    expect(nomina.get_by_label("Fecha de la nómina")).to_be_focused()
    assert mesa.recibido == []
    nomina.get_by_label("Fecha de la nómina").fill("2026-11-20")
    nomina.get_by_role("button", name="Reemplazar la nómina").click()
    expect(pagina.get_by_role("status")).to_contain_text("2 filas cargadas, de 2 empresas")
    expect(nomina).to_contain_text("La nómina vigente es del corte 2026-11-20.")
    assert mesa.ultimo() == {"csv": "rut\n77300010-5\n77300011-3\n", "corte": "2026-11-20"}


def test_cada_fila_mala_se_nombra_y_se_llega_a_ella(pagina: Page, mesa: MesaFalsa) -> None:
    abrir(pagina)
    partes = pagina.get_by_role("region", name="Participaciones anteriores")
    texto = f"{ENCABEZADO}\n{BUENA}\nsin guion\n{BUENA}\notra mala\n"
    partes.get_by_label("O pega aquí sus filas").fill(texto)
    partes.get_by_role("button", name="Cargar las participaciones").click()
    expect(pagina.get_by_role("alert")).to_be_focused()
    expect(pagina.get_by_role("alert")).to_contain_text("2 filas por corregir. No se cargó ninguna.")
    expect(partes.get_by_role("listitem")).to_have_count(2)
    expect(partes.get_by_role("listitem").first).to_contain_text("Fila 3, columna rut")
    partes.get_by_role("button", name="Ir a la fila 5").click()
    elegido = "e => e.value.slice(e.selectionStart, e.selectionEnd)"
    expect(partes.get_by_label("O pega aquí sus filas")).to_be_focused()
    assert partes.get_by_label("O pega aquí sus filas").evaluate(elegido) == "otra mala"
    expect(partes.get_by_label("O pega aquí sus filas")).to_have_value(texto)


def test_quien_opera_no_carga_registros_pero_ve_quien_debe(navegador: Browser, mesa: MesaFalsa) -> None:
    mesa.nomina = {"corte_texto": "viernes 20 de noviembre", "folios": ["T5RB9YGH"]}
    pagina = entrar(navegador, mesa, "operador-maule", rol="operador")
    ver_mas(pagina)
    expect(pagina.get_by_role("link", name="Registros")).to_have_count(0)
    ir(pagina, "#/registros")
    expect(pagina.get_by_text("Tu rol no carga registros.")).to_be_visible()
    ir(pagina, RUEDA)
    expect(pagina.get_by_role("region", name="Rendiciones pendientes")).to_contain_text("Quesos del Maule SpA")
    pagina.context.close()


def test_la_asistencia_avisa_que_falta_la_nomina_o_que_nadie_debe(pagina: Page, mesa: MesaFalsa) -> None:
    ir(pagina, RUEDA)
    expect(pagina.get_by_text("Falta la nómina de rendiciones pendientes.")).to_be_visible()
    expect(pagina.get_by_role("link", name="Cargar la nómina")).to_be_visible()
    mesa.nomina["corte_texto"] = "viernes 20 de noviembre"
    volver_a(pagina, RUEDA)
    expect(pagina.get_by_text("Nadie con puesto debe rendiciones")).to_be_visible()


def test_quien_debe_una_rendicion_no_se_marca_como_asistente_y_se_llega_a_su_ficha(
    pagina: Page, mesa: MesaFalsa
) -> None:
    ir(pagina, RUEDA)
    quesos = pagina.get_by_role("group", name="Asistencia de Quesos del Maule SpA")
    quesos.wait_for()
    # La nómina se carga con la página ya abierta.
    mesa.nomina = {"corte_texto": "viernes 20 de noviembre", "folios": ["T5RB9YGH"]}
    quesos.get_by_role("button", name="Asistió", exact=True).click()
    expect(pagina.get_by_role("alert")).to_contain_text("Tiene una rendición pendiente")
    expect(pagina.get_by_role("region", name="Rendiciones pendientes")).to_contain_text("Quesos del Maule SpA")
    pagina.get_by_role("link", name="Abrir la postulación de Quesos del Maule SpA").click()
    expect(pagina.get_by_role("heading", level=1, name="Quesos del Maule SpA")).to_be_visible()


def test_a_quien_tiene_puesto_se_le_puede_sacar_por_una_regla_y_su_razon(pagina: Page, mesa: MesaFalsa) -> None:
    ir(pagina, "#/postulacion/T5RB9YGH")
    pagina.get_by_label("No cumple: sacarla").check()
    expect(pagina.get_by_text("si era un puesto se le ofrece a quien sigue")).to_be_visible()
    pagina.get_by_role("group", name="Rendiciones").get_by_label("No cumple", exact=True).check()
    pagina.get_by_label("Tu razón").fill("Debe la rendición de 2025.")
    pagina.get_by_role("button", name="Sacarla y avisar que no cumple").click()
    expect(pagina.get_by_role("status")).to_contain_text("Ahora está en «No cumple»")
    assert mesa.ultimo() == {
        "version": 2,
        "decision": "no_admisible",
        "motivo": "Debe la rendición de 2025.",
        "hallazgos": {"rendiciones": "no_cumple"},
    }


def test_la_oferta_vencida_vuelve_a_la_lista_de_espera_con_su_razon(pagina: Page, mesa: MesaFalsa) -> None:
    mesa.cambiar("T5RB9YGH", estado="oferta_vencida")
    ir(pagina, "#/postulacion/T5RB9YGH")
    pagina.get_by_label("Volver a la lista de espera").check()
    expect(pagina.get_by_role("button", name="Tomar lo propuesto")).to_have_count(0)
    pagina.get_by_label("Tu razón").fill("El correo le llegó tarde.")
    pagina.get_by_role("button", name="Volver a la lista de espera").click()
    expect(pagina.get_by_role("status")).to_contain_text("Ahora está en «En lista de espera»")
    assert mesa.ultimo() == {"version": 3, "decision": "lista_de_espera", "motivo": "El correo le llegó tarde."}
