"""Se revisa con el teclado: pocas teclas por cada una, la siguiente ya está traída, y el documento va al lado."""

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.documentos import PDF
from tests.navegador import mesa_vistas
from tests.navegador.gestos import abrir, ir
from tests.navegador.mesa_falsa import MesaFalsa
from tests.navegador.mesa_fichas import FOTO
from tests.navegador.siembra import CASOS, DOCUMENTOS, sembrar

TECLAS_POR_POSTULACION = 12


class Teclado:
    """Cuenta cada tecla que se aprieta; la razón escrita cuenta como una, porque se pega o se dicta."""

    def __init__(self, pagina: Page) -> None:
        self.pagina = pagina
        self.apretadas = 0

    def apretar(self, *teclas: str) -> None:
        for tecla in teclas:
            self.pagina.keyboard.press(tecla)
            self.apretadas += 1

    def escribir(self, razon: str) -> None:
        self.pagina.keyboard.insert_text(razon)
        self.apretadas += 1


def revisar(teclado: Teclado, propuestos: list[str]) -> str:
    """Lo que hace una persona: mira los documentos, marca lo que falta, decide, guarda. Devuelve lo decidido."""
    por_mirar = [r for r in propuestos if r not in ("cumple", "no_cumple")]
    teclado.apretar("d", "p")
    if por_mirar:
        teclado.apretar("s", *("c" for _ in por_mirar))
    if "no_cumple" in propuestos:
        teclado.apretar("2", "r")
        teclado.escribir("Vimos 2.612 UF; la regla pide hasta 2.400.")
        teclado.apretar("Control+Enter")
        return "Guardado: no cumple"
    teclado.apretar("1", "g")
    return "Guardado: cumple los requisitos"


def test_se_revisan_con_doce_teclas_o_menos_cada_una(pagina: Page, mesa: MesaFalsa) -> None:
    folios = sembrar(pagina, mesa, 200)
    por_cada_una = []
    # Dos vueltas de cada caso; la primera incluye bajar a la cola y abrirla.
    for folio in folios[: 2 * len(CASOS)]:
        teclado, postulacion = Teclado(pagina), mesa.postulaciones[folio]
        teclado.apretar(*(("j", "Enter") if folio == folios[0] else ("j",)))
        expect(pagina.get_by_role("heading", level=1, name=postulacion["nombre"])).to_be_focused()
        dicho = revisar(teclado, list(postulacion["hallazgos"].values()))
        expect(pagina.get_by_role("status")).to_contain_text(dicho)
        por_cada_una.append(teclado.apretadas)
    assert max(por_cada_una) <= TECLAS_POR_POSTULACION, por_cada_una
    decididas = [cuerpo["decision"] for _, cuerpo in mesa.recibido]
    assert decididas == ["admisible", "admisible", "admisible", "no_admisible"] * 2


def test_la_siguiente_se_abre_sin_esperar_a_la_red(pagina: Page, mesa: MesaFalsa) -> None:
    folios = sembrar(pagina, mesa, 3)
    with pagina.expect_response(f"**/api/mesa/postulaciones/{folios[1]}"):
        ir(pagina, f"#/postulacion/{folios[0]}")
        pagina.get_by_role("heading", level=1, name="Empresa 000").wait_for()
    retenidas = retener(pagina)
    with pagina.expect_request(f"**/api/mesa/postulaciones/{folios[1]}"):
        pagina.keyboard.press("j")
    # Ninguna respuesta puede llegar: lo que se ve ya estaba traído.
    expect(pagina.get_by_role("heading", level=1, name="Empresa 001")).to_be_focused()
    assert [r.url.rsplit("/", 1)[-1] for r in retenidas if "documentos" not in r.url] == [folios[2], folios[1]]


def retener(pagina: Page) -> list[Request]:
    """Desde ahora lo que se pida a la mesa no vuelve; queda anotado."""
    pedidas: list[Request] = []
    pagina.route("**/api/mesa/**", lambda ruta: pedidas.append(ruta.request))
    return pedidas


def test_si_la_traida_de_antes_cambio_se_muestra_la_de_ahora(pagina: Page, mesa: MesaFalsa) -> None:
    folios = sembrar(pagina, mesa, 2)
    with pagina.expect_response(f"**/api/mesa/postulaciones/{folios[1]}"):
        ir(pagina, f"#/postulacion/{folios[0]}")
        pagina.get_by_role("heading", level=1, name="Empresa 000").wait_for()
    mesa.cambiar(folios[1], estado="en_correccion")
    pagina.keyboard.press("j")
    expect(pagina.get_by_role("status")).to_have_text("Alguien la cambió recién: esto es lo último.")
    expect(pagina.locator("h1 + .fila .est")).to_have_text("Espera arreglo")


def test_si_cambio_mientras_se_escribia_lo_escrito_y_el_cursor_siguen(pagina: Page, mesa: MesaFalsa) -> None:
    folios = sembrar(pagina, mesa, 2)
    with pagina.expect_response(f"**/api/mesa/postulaciones/{folios[1]}"):
        ir(pagina, f"#/postulacion/{folios[0]}")
        pagina.get_by_role("heading", level=1, name="Empresa 000").wait_for()
    mesa.cambiar(folios[1], version=99)
    detenidas: list[Route] = []
    pagina.route(f"**/api/mesa/postulaciones/{folios[1]}", lambda ruta: detenidas.append(ruta))
    pagina.keyboard.press("j")
    expect(pagina.get_by_role("heading", level=1, name="Empresa 001")).to_be_focused()
    pagina.get_by_label("Tu razón").fill("Falta la oja dos.")
    for _ in range(8):
        pagina.keyboard.press("ArrowLeft")
    detenidas[0].continue_()
    expect(pagina.get_by_role("status")).to_contain_text("Lo que escribiste sigue aquí.")
    expect(pagina.get_by_label("Tu razón")).to_be_focused()
    pagina.keyboard.type("h")
    expect(pagina.get_by_label("Tu razón")).to_have_value("Falta la hoja dos.")


@pytest.fixture
def con_documentos(pagina: Page, mesa: MesaFalsa) -> Page:
    """Una ficha con un PDF y una imagen, ya abierta."""
    mesa.archivos = {"carpeta-tributaria": PDF, "f30": FOTO}
    mesa.postulaciones["K7M4PR9X"]["documentos"] = DOCUMENTOS
    abrir(pagina, "K7M4PR9X", "Taller El Horno SpA")
    return pagina


def test_el_documento_se_ve_al_lado_y_se_cambia_con_una_tecla(con_documentos: Page) -> None:
    pagina = con_documentos
    marco = pagina.get_by_title("Carpeta tributaria electrónica")
    expect(marco).to_be_visible()
    lista, visor = pagina.get_by_role("group", name="Requisitos").bounding_box(), marco.bounding_box()
    assert lista is not None
    assert visor is not None
    assert visor["x"] >= lista["x"] + lista["width"]
    # Otra parte del portal no cabe en el marco: solo lo que este mismo guion armó.
    assert (marco.get_attribute("src") or "").startswith("blob:")
    pagina.keyboard.press("d")
    expect(pagina.get_by_role("img", name="Certificado F30")).to_be_visible()
    expect(pagina.get_by_role("button", name="Certificado F30", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(pagina.get_by_role("status")).to_have_text("Documento 2 de 2: Certificado F30.")
    pagina.keyboard.press("a")
    expect(pagina.get_by_title("Carpeta tributaria electrónica")).to_be_visible()


def test_el_lector_de_pdf_no_se_queda_con_el_foco_de_quien_escribe(con_documentos: Page) -> None:
    """Cuando no puede abrir el archivo muestra su propio error y toma el foco: vuelve a la razón a medio escribir."""
    pagina, razon = con_documentos, con_documentos.get_by_label("Tu razón")
    marco = pagina.get_by_title("Carpeta tributaria electrónica")
    pagina.get_by_role("heading", level=1).focus()
    razon.focus()
    marco.evaluate("marco => marco.contentWindow.focus()")
    expect(razon).to_be_focused()
    # Al documento se entra cuando la persona quiere: con su botón o con el puntero.
    pagina.get_by_role("button", name="Recorrer el documento con el teclado").press("Enter")
    expect(marco).to_be_focused()
    razon.focus()
    marco.click()
    expect(marco).to_be_focused()


def test_al_mirar_un_requisito_aparece_el_documento_que_lo_prueba(con_documentos: Page) -> None:
    pagina = con_documentos
    pagina.locator("#regla-deudas-cumple").focus()
    expect(pagina.get_by_role("img", name="Certificado F30")).to_be_visible()
    pagina.locator("#regla-ventas-cumple").focus()
    expect(pagina.get_by_title("Carpeta tributaria electrónica")).to_be_visible()


@pytest.mark.parametrize(
    ("estado", "palabras"), [("revisando", "todavía lo revisa"), ("infectado", "dañino"), ("no_revisado", "no pudo")]
)
def test_lo_que_el_antivirus_no_dio_por_limpio_no_se_trae(
    pagina: Page, mesa: MesaFalsa, estado: str, palabras: str
) -> None:
    pedidos: list[str] = []
    pagina.on("request", lambda pedido: pedidos.append(pedido.url))
    mesa.postulaciones["K7M4PR9X"]["documentos"] = [{**mesa_vistas.DOCUMENTO, "estado": estado}]
    abrir(pagina, "K7M4PR9X", "Taller El Horno SpA")
    documentos = pagina.get_by_role("region", name="Documentos")
    expect(documentos).to_contain_text(palabras)
    expect(documentos.get_by_role("button", name="Abrir")).to_have_count(0)
    assert not [url for url in pedidos if "documentos" in url]


def test_lo_que_no_es_pdf_ni_imagen_no_se_dibuja(pagina: Page, mesa: MesaFalsa) -> None:
    mesa.archivos = {"carpeta-tributaria": b"<!doctype html><script>document.title='roto'</script>"}
    abrir(pagina, "K7M4PR9X", "Taller El Horno SpA")
    expect(pagina.get_by_role("region", name="Documentos")).to_contain_text("No pudimos mostrarlo aquí.")
    expect(pagina.locator("iframe")).to_have_count(0)


def test_quien_apago_los_atajos_los_prende_desde_su_pagina(pagina: Page) -> None:
    ir(pagina, "#/teclas")
    pagina.get_by_role("checkbox", name="Usar las teclas como atajos").uncheck()
    ir(pagina, "#/cola")
    pagina.get_by_role("heading", level=1, name="Cola").wait_for()
    pagina.keyboard.press("?")
    expect(pagina.get_by_role("heading", level=2, name="Teclas de la mesa")).to_be_hidden()
    ir(pagina, "#/teclas")
    pagina.get_by_role("checkbox", name="Usar las teclas como atajos").check()
    pagina.locator("h1").focus()
    pagina.keyboard.press("?")
    expect(pagina.get_by_role("heading", level=2, name="Teclas de la mesa")).to_be_visible()
