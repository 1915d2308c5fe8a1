"""Lo que hace una Mipe en el navegador: postular, confirmar, mirar, responder y contestar la encuesta."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.recorridos.mundo import CONVOCATORIA, Servidor, enlace_de, respuestas_de


def postular(pagina: Page, servidor: Servidor, nombre: str, rut: str, papel: Path) -> tuple[str, str]:
    """De la ficha de la convocatoria al comprobante; devuelve folio y código."""
    pagina.goto(f"{servidor.url}/convocatorias/{CONVOCATORIA}/")
    pagina.get_by_role("link", name="Postular", exact=True).first.click()
    respuestas = respuestas_de(nombre, rut)
    pagina.wait_for_url("**/api/postular*")
    while pagina.locator("form[action='/api/postular'] button[value=enviar]").count() == 0:
        titulo = pagina.title()
        if pagina.locator("input#file").count():
            subir(pagina, papel)
        else:
            responder(pagina, respuestas)
        pagina.get_by_role("button", name="Seguir", exact=True).click()
        expect(pagina).not_to_have_title(titulo)
    pagina.get_by_label("Lo que escribí es verdad").check()
    pagina.get_by_role("button", name="Enviar mi postulación").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Recibimos tu postulación")
    return pagina.locator("#folio").inner_text().replace(" ", ""), pagina.locator("#codigo").inner_text()


def responder(pagina: Page, respuestas: dict[str, str]) -> None:
    """Llena la única pregunta de la página."""
    clave = pagina.locator("input[name=paso]").first.input_value()
    valor = respuestas[clave]
    opcion = pagina.locator(f"input[type=radio][name={clave}][value='{valor}']")
    if opcion.count():
        opcion.check()
    elif pagina.locator(f"select[name={clave}]").count():
        pagina.locator(f"select[name={clave}]").select_option(valor)
    else:
        pagina.locator(f"[name={clave}]").fill(valor)


def subir(pagina: Page, papel: Path) -> None:
    """Sube el archivo directo al depósito y vuelve a la página que lo recibe."""
    pagina.locator("input#file").set_input_files(papel)
    pagina.get_by_role("button", name="Subir el archivo").click()
    expect(pagina.get_by_text("Recibimos tu archivo")).to_be_visible()


def confirmar(pagina: Page, servidor: Servidor, folio: str) -> None:
    """Pega el código del correo y confirma, sin JavaScript."""
    enlace = enlace_de(servidor.correo(folio, "confirma"), "/api/confirmar")
    pagina.goto(f"{servidor.url}/api/confirmar")
    pagina.get_by_label("Folio").fill(enlace["folio"])
    pagina.get_by_label("Código").fill(enlace["codigo"])
    pagina.get_by_role("button", name="Confirmar mi correo").click()
    expect(pagina.get_by_text("Correo confirmado")).to_be_visible()


def mirar(pagina: Page, servidor: Servidor, folio: str, codigo: str) -> str:
    """La página de estado; devuelve su título."""
    pagina.goto(f"{servidor.url}/api/consultar")
    pagina.get_by_label("Folio").fill(f"{folio[:4].lower()} {folio[4:]}")
    pagina.get_by_label("Código").fill(codigo)
    pagina.get_by_role("button", name="Ver mi postulación").click()
    titulo = pagina.get_by_role("heading", level=1)
    expect(titulo).not_to_have_text("Mi postulación")
    return titulo.inner_text()


def encuestar(pagina: Page, servidor: Servidor, folio: str, vinculacion: str) -> None:
    """Responde la encuesta por su enlace, sin JavaScript."""
    enlace = enlace_de(servidor.correo(folio, "cómo te fue"), "/api/encuestar")
    pagina.goto(f"{servidor.url}/api/encuestar")
    pagina.get_by_label("Folio").fill(enlace["folio"])
    pagina.get_by_label("Código").fill(enlace["codigo"])
    pagina.get_by_role("button", name="Empezar la encuesta").click()
    for nota in ("organizacion", "lugar", "oportunidad", "utilidad"):
        pagina.locator(f"input[name={nota}][value='6']").check()
    for numero in ("contactos_nuevos", "clientes_nuevos", "proveedores_nuevos", "reuniones", "negocios"):
        pagina.locator(f"input[name={numero}]").fill("2")
    pagina.locator("input[name=ventas_tramo]").first.check()
    pagina.locator(f"input[name=vinculacion][value={vinculacion}]").check()
    pagina.get_by_role("button", name="Enviar mis respuestas").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Terminaste")


def porcentaje_publicado(pagina: Page, servidor: Servidor, anio: int) -> str:
    """El renglón del año en las tablas de la página de cifras; vacío mientras no se publica."""
    pagina.goto(f"{servidor.url}/indicadores/")
    renglones = pagina.locator("main tr").all_inner_texts()
    return next((" ".join(r.split()) for r in renglones if r.split() and r.split()[0] == str(anio)), "")
