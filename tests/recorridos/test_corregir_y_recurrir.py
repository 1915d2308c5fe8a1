"""Sin JavaScript: corregir lo que piden, cada cosa en su campo, y pedir que otra persona revise un no."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.documentos import PDF
from tests.recorridos.mundo import Empresa, Oficina, Servidor, publicar_convocatoria, rut_de_ejemplo
from tests.recorridos.test_solo_con_teclado import revisar

CORRECCIONES = [
    {"que": "documento:f30", "texto": "Sube el de este mes: el que mandaste es de agosto."},
    {"que": "respuesta:ventas", "texto": "Escribe las ventas netas del año, sin IVA."},
    {"que": "respuesta:comuna", "texto": "Escribe la comuna de tu local, no la de tu casa."},
]
RAZONES = "Mis ventas netas fueron 41 millones.\nEstá en la página 3 de la carpeta tributaria."


def abrir_mi_postulacion(pagina: Page, servidor: Servidor, empresa: Empresa) -> None:
    """Entra con folio y código, escritos a mano."""
    pagina.goto(f"{servidor.url}/api/consultar")
    pagina.get_by_label("Folio").fill(empresa.folio)
    pagina.get_by_label("Código").fill(empresa.codigo)
    pagina.get_by_role("button", name="Ver mi postulación").click()


@pytest.fixture
def con_guiones(navegador: Browser) -> Iterator[Page]:
    """Un teléfono angosto con JavaScript, para mirar las mismas páginas con el revisor de accesibilidad."""
    contexto = navegador.new_context(locale="es-CL", viewport={"width": 320, "height": 740})
    yield contexto.new_page()
    contexto.close()


@pytest.mark.timeout(240)
def test_se_corrige_y_se_recurre_con_un_telefono_y_sin_javascript(
    servidor: Servidor, navegador: Browser, con_guiones: Page, tmp_path: Path
) -> None:
    publicar_convocatoria(servidor.datos, servidor.ahora(), cupos=1, espera=1)
    servidor.encender()
    empresa = Empresa(servidor, "Panes del Maule", rut_de_ejemplo(77_300_050))
    empresa.postular()
    evaluador, nacional = Oficina(servidor, "evaluador-maule"), Oficina(servidor, "nacional")
    evaluador.decidir(empresa.folio, "en_correccion", motivo="Faltan tres cosas.", correcciones=CORRECCIONES)
    contexto = navegador.new_context(locale="es-CL", java_script_enabled=False, viewport={"width": 360, "height": 740})
    pagina = contexto.new_page()
    correo = servidor.correo(empresa.folio, "falta algo para revisarla")
    assert all(c["texto"] in correo for c in CORRECCIONES)

    # Cada cosa pedida está en la página, con sus palabras y su campo.
    abrir_mi_postulacion(pagina, servidor, empresa)
    for correccion in CORRECCIONES:
        expect(pagina.get_by_text(correccion["texto"])).to_be_visible()
    abrir_mi_postulacion(con_guiones, servidor, empresa)
    revisar(con_guiones)
    con_guiones.locator("#ventas").fill("muchas")
    con_guiones.get_by_role("button", name="Enviar mi corrección").click()
    revisar(con_guiones)
    papel = tmp_path / "f30.pdf"
    papel.write_bytes(PDF + b"de este mes")
    pagina.get_by_role("button", name="Subir Certificado").click()
    expect(pagina.get_by_text("Lo que te pidieron:")).to_be_visible()
    pagina.get_by_label("Elige el archivo").set_input_files(papel)
    pagina.get_by_role("button", name="Subir el archivo").click()
    expect(pagina.get_by_text("Recibido")).to_be_visible()

    # Un error se ve junto a su campo y lo escrito no se pierde.
    pagina.locator("#ventas").fill("muchas")
    pagina.locator("#comuna").fill("Linares")
    pagina.get_by_role("button", name="Enviar mi corrección").click()
    expect(pagina.locator("#error-ventas")).to_be_visible()
    expect(pagina.locator("#comuna")).to_have_value("Linares")
    pagina.locator("#ventas").fill("41.000.000")
    pagina.get_by_role("button", name="Enviar mi corrección").click()
    expect(pagina.get_by_role("heading", level=1, name="Recibida")).to_be_visible()
    vistas = {r["clave"]: r["texto"] for r in evaluador.pedir("GET", f"/postulaciones/{empresa.folio}")["respuestas"]}
    assert vistas["ventas"] == "$41.000.000"

    # Un no: la página dice por qué y cómo pedir otra revisión.
    evaluador.decidir(empresa.folio, "no_admisible", motivo="Vimos 2.612 UF.", hallazgos={"ventas": "no_cumple"})
    abrir_mi_postulacion(pagina, servidor, empresa)
    abrir_mi_postulacion(con_guiones, servidor, empresa)
    revisar(con_guiones)
    pagina.get_by_role("button", name="Pedir otra revisión").click()
    expect(pagina.locator("#error-texto")).to_have_text("Escribe qué quieres que revisemos y por qué.")
    pagina.get_by_label("¿Qué quieres que revisemos?").fill(RAZONES)
    pagina.get_by_role("button", name="Pedir otra revisión").click()
    expect(pagina.get_by_role("heading", level=1, name="Otra persona revisa el resultado")).to_be_visible()

    abrir_mi_postulacion(con_guiones, servidor, empresa)
    revisar(con_guiones)

    # Lo resuelve otra persona, y vuelve a la fila.
    [recurso] = nacional.pedir("GET", "/recursos")["recursos"]
    assert recurso["texto"] == RAZONES
    decision = {"version": recurso["version"], "motivo": "La carpeta le da la razón."}
    propia = servidor.pedir(
        "POST", f"/api/mesa/recursos/{empresa.folio}", decision | {"decision": "acoger"}, evaluador.credencial
    )
    assert (propia[0], propia[1]["error"]) == (409, "misma_persona")
    nacional.pedir("POST", f"/recursos/{empresa.folio}", decision | {"decision": "acoger"})
    assert "La carpeta le da la razón." in servidor.correo(empresa.folio, "Te dieron la razón")
    abrir_mi_postulacion(pagina, servidor, empresa)
    expect(pagina.get_by_role("heading", level=1, name="Recibida")).to_be_visible()
    contexto.close()
