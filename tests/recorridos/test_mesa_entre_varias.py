"""La mesa de verdad entre varias personas: un recurso, dos notas a ciegas, el acta y quien debe una rendición."""

from __future__ import annotations

import csv
import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.recorridos.mundo import (
    CONVOCATORIA,
    Empresa,
    Servidor,
    agregar_filas,
    publicar_convocatoria,
    rut_de_ejemplo,
)
from tests.recorridos.oficina import entrar, ir, mirar_todo

PANES, DULCES, QUESOS = "Panes del Maule", "Dulces de Talca", "Quesos de Linares"
CARGOS = {
    "evalua": "Evaluador demostración Maule",
    "revisa": "Administrador demostración",
    "nacional": "Nivel nacional demostración",
}


def publicar(servidor: Servidor) -> None:
    """Un puesto, reservado a la comuna; dos personas ponen nota, a ciegas."""
    publicar_convocatoria(servidor.datos, servidor.ahora(), cupos=1, espera=1)
    archivo = servidor.datos / "convocatorias" / "convocatorias.csv"
    with archivo.open(encoding="utf-8", newline="") as entrada:
        lector = csv.DictReader(entrada)
        filas, columnas = list(lector), lector.fieldnames
    assert columnas is not None
    for fila in filas:
        fila |= {"evaluadores": "2", "a_ciegas": "si"} if fila["id"] == CONVOCATORIA else {}
    with archivo.open("w", encoding="utf-8", newline="") as salida:
        escritor = csv.DictWriter(salida, columnas, lineterminator="\n")
        escritor.writeheader()
        escritor.writerows(filas)
    reserva = {"reserva": "de-talca", "titulo": "Negocios de Talca", "cupos": "1", "grupo": "comuna", "valor": "07101"}
    agregar_filas(servidor.datos / "convocatorias" / "reservas.csv", [{"convocatoria": CONVOCATORIA, **reserva}])


def abrir(pagina: Page, empresa: Empresa, titulo: str) -> None:
    ir(pagina, f"#/postulacion/{empresa.folio}")
    pagina.get_by_role("heading", level=1, name=titulo).wait_for()


def folio_texto(empresa: Empresa) -> str:
    return f"{empresa.folio[:4]} {empresa.folio[4:]}"


def negar(pagina: Page, empresa: Empresa, boton: str, regla: str, razon: str) -> None:
    """Marca una regla y lo dice con su razón."""
    abrir(pagina, empresa, empresa.nombre)
    pagina.locator(f"#regla-{regla}-no_cumple").check()
    pagina.locator("#decision-no_admisible").check()
    pagina.get_by_label("Tu razón").fill(razon)
    pagina.get_by_role("button", name=boton).click()
    expect(pagina.get_by_role("status")).to_contain_text("Ahora está en «No cumple»")


def aprobar(pagina: Page, empresa: Empresa) -> None:
    abrir(pagina, empresa, empresa.nombre)
    mirar_todo(pagina)
    pagina.locator("#decision-admisible").check()
    pagina.get_by_role("button", name="Guardar: cumple los requisitos").click()
    expect(pagina.get_by_role("status")).to_contain_text("Ahora está en «Cumple»")


def calificar(pagina: Page, empresa: Empresa, nota: str, dicho: str) -> None:
    """A ciegas: ni el título ni la página dicen de quién es."""
    abrir(pagina, empresa, f"Postulación {folio_texto(empresa)}")
    assert empresa.nombre not in pagina.locator("body").inner_text()
    for criterio in ("origen", "presentacion"):
        pagina.locator(f"#nota-{criterio}").fill(nota)
        pagina.locator(f"#razon-{criterio}").fill(f"Se ve en sus productos, un {nota}.")
    pagina.get_by_role("button", name="Poner nota").click()
    expect(pagina.get_by_role("status")).to_contain_text(dicho)


@pytest.mark.timeout(300)
def test_un_recurso_dos_notas_a_ciegas_un_acta_y_una_rendicion(
    servidor: Servidor, navegador: Browser, tmp_path: Path
) -> None:
    publicar(servidor)
    servidor.encender()
    empresas = [Empresa(servidor, n, rut_de_ejemplo(77_400_010 + i)) for i, n in enumerate((PANES, DULCES, QUESOS))]
    for empresa in empresas:
        empresa.postular()
    panes, dulces, quesos = empresas
    servidor.apagar()
    servidor.encender(timedelta(days=2))
    quejas: list[str] = []
    mesa: dict[str, Page] = {}
    for quien, cargo in CARGOS.items():
        mesa[quien] = navegador.new_context(locale="es-CL").new_page()
        mesa[quien].on("pageerror", lambda error: quejas.append(str(error)))
        mesa[quien].on("console", lambda a: quejas.append(a.text) if "Content Security Policy" in a.text else None)
        entrar(mesa[quien], servidor, cargo, "#/cola")

    # A Quesos se le dice que no, pide otra revisión, y la resuelve otra persona.
    razon = "Vimos 2.612 UF; la regla pide hasta 2.400."
    negar(mesa["evalua"], quesos, "Guardar y avisar que no cumple", "ventas", razon)
    servidor.correo(quesos.folio, "no cumple")
    pedido = {"folio": quesos.folio, "codigo": quesos.codigo, "texto": "La carpeta sumaba dos veces enero."}
    estado, cuerpo = servidor.pedir("POST", "/api/recurrir", pedido)
    assert estado == 200, cuerpo
    ir(mesa["evalua"], f"#/recursos/{quesos.folio}")
    expect(mesa["evalua"].get_by_text("Tú ya le dijiste que no a esta postulación")).to_be_visible()
    ir(mesa["nacional"], "#/recursos")
    # En la cola, que se ve hasta que llega la bandeja, hay un enlace igual.
    mesa["nacional"].get_by_role("heading", level=1, name="Recursos").wait_for()
    mesa["nacional"].get_by_role("link", name=folio_texto(quesos)).click()
    expect(mesa["nacional"].get_by_text("La carpeta sumaba dos veces enero.")).to_be_visible()
    expect(mesa["nacional"].get_by_text(razon)).to_be_visible()
    mesa["nacional"].get_by_label("Rechazar: el resultado queda igual").check()
    mesa["nacional"].get_by_label("Tu razón").fill("La carpeta nueva suma lo mismo.")
    mesa["nacional"].get_by_role("button", name="Rechazar el recurso").click()
    expect(mesa["nacional"].get_by_role("status")).to_contain_text("Ahora está en «Recurso rechazado»")

    # Las otras dos: una persona revisa con el nombre a la vista y otras dos califican sin verlo.
    for empresa in (panes, dulces):
        aprobar(mesa["revisa"], empresa)
    expect(mesa["revisa"].get_by_role("button", name="Poner nota")).to_have_count(0)
    expect(mesa["revisa"].get_by_text("tú revisaste sus requisitos: la nota la pone otra persona")).to_be_visible()
    calificar(mesa["evalua"], panes, "7", "Falta la de otra persona")
    abrir(mesa["nacional"], panes, "Postulación")
    assert "un 7." not in mesa["nacional"].locator("main").inner_text()
    calificar(mesa["nacional"], panes, "5,5", "Puntaje: 6,25")
    expect(mesa["nacional"].get_by_role("heading", name="La nota de otra persona: 7,00")).to_be_visible()
    calificar(mesa["evalua"], dulces, "5", "Falta la de otra persona")
    calificar(mesa["nacional"], dulces, "5", "Puntaje: 5,00")

    # La selección deja su acta, que se baja entera con la huella que se muestra.
    pagina = mesa["evalua"]
    ir(pagina, f"#/seleccion/{CONVOCATORIA}")
    pagina.get_by_role("button", name="Simular la selección").click()
    expect(pagina.get_by_role("cell", name="Negocios de Talca")).to_be_visible()
    pagina.get_by_label("Razón de la selección").fill("Cerró el plazo y están todas calificadas.")
    pagina.get_by_label("Revisé las listas").check()
    pagina.get_by_role("button", name="Ejecutar la selección").click()
    expect(pagina.get_by_text(f"Quedó el acta {CONVOCATORIA}-001.")).to_be_visible()
    actas = pagina.get_by_role("region", name="Actas")
    with pagina.expect_download() as bajada, pagina.context.expect_page():
        actas.get_by_role("button", name="Bajar el acta 1").click()
    bajada.value.save_as(tmp_path / "acta.json")
    huella = hashlib.sha256((tmp_path / "acta.json").read_bytes()).hexdigest()
    expect(actas.get_by_role("listitem")).to_contain_text(huella)
    servidor.correo(panes.folio, "seleccionad")

    # La nómina dice que la seleccionada debe una rendición: se la saca y su puesto pasa a la siguiente.
    ir(pagina, "#/registros")
    nomina = pagina.get_by_role("region", name="Rendiciones pendientes")
    nomina.get_by_label("Fecha de la nómina").fill(f"{servidor.ahora():%Y-%m-%d}")
    nomina.get_by_label("O pega aquí sus filas").fill("rut\nno es un rut\n")
    nomina.get_by_role("button", name="Reemplazar la nómina").click()
    expect(nomina.get_by_role("listitem")).to_contain_text("Fila 2, columna rut")
    nomina.get_by_label("O pega aquí sus filas").fill(f"rut\n{panes.rut}\n")
    nomina.get_by_role("button", name="Reemplazar la nómina").click()
    expect(pagina.get_by_role("status")).to_contain_text("1 fila cargada, de 1 empresa")
    ir(pagina, f"#/asistencia/{CONVOCATORIA}")
    pendientes = pagina.get_by_role("region", name="Rendiciones pendientes")
    expect(pendientes).to_contain_text(PANES)
    pendientes.get_by_role("link", name=f"Abrir {folio_texto(panes)}").click()
    expect(pagina.get_by_role("group", name="Rendiciones")).to_contain_text("Propone: no cumple")
    negar(pagina, panes, "Sacarla y avisar que no cumple", "rendiciones", "Debe la rendición de 2025.")
    servidor.correo(dulces.folio, "cupo")
    for abierta in mesa.values():
        abierta.context.close()
    assert quejas == []
