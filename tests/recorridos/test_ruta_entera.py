"""La ruta del usuario de punta a punta, sin JavaScript para la Mipe y con un corte de luz en el medio."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.documentos import PDF
from tests.recorridos import tramite
from tests.recorridos.mundo import (
    CONVOCATORIA,
    Empresa,
    Oficina,
    Servidor,
    esperar,
    publicar_convocatoria,
    rut_de_ejemplo,
)

# Con diez o menos participantes la cifra no se publica: la feria necesita trece para que se vea.
DE_FONDO = 12
CUPOS = 13


@pytest.mark.timeout(600)
def test_de_la_fila_del_editor_al_indicador_publicado(servidor: Servidor, navegador: Browser, tmp_path: Path) -> None:
    # Difusión: un editor agrega una fila y sus bases, y la página aparece sola.
    servidor.encender()
    publicar_convocatoria(servidor.datos, servidor.ahora(), cupos=CUPOS, espera=5)
    ficha = servidor.carpeta / "salida" / "convocatorias" / CONVOCATORIA / "index.html"
    esperar(ficha.is_file, "la página de la convocatoria nueva", 90)
    contexto = navegador.new_context(java_script_enabled=False)
    pagina = contexto.new_page()
    papel = tmp_path / "papel.pdf"
    papel.write_bytes(PDF)

    # Postulación: tres empresas en el navegador y doce por la API.
    folios = {}
    for turno, nombre in enumerate(("Panes del Maule", "Dulces de Talca", "Quesos de Linares")):
        folio, codigo = tramite.postular(pagina, servidor, nombre, rut_de_ejemplo(77_100_010 + turno), papel)
        tramite.confirmar(pagina, servidor, folio)
        folios[nombre] = (folio, codigo)
    primera, segunda, tercera = (folio for folio, _ in folios.values())
    fondo = [Empresa(servidor, f"Empresa {letra}", rut_de_ejemplo(77_200_010 + ord(letra))) for letra in "abcdefghijkl"]
    for empresa in fondo:
        empresa.postular()

    # Corte de luz: nada se pierde.
    servidor.matar()
    servidor.encender(timedelta(days=2))
    assert tramite.mirar(pagina, servidor, *folios["Panes del Maule"]) == "Recibida"

    # Admisibilidad y pauta: la oficina del Maule; la segunda queda bajo todas y la tercera bajo la nota mínima.
    oficina = Oficina(servidor, "evaluador-maule")
    oficina.calificar(primera, "7")
    oficina.calificar(segunda, "5")
    oficina.calificar(tercera, "3")
    for empresa in fondo:
        oficina.calificar(empresa.folio, "6")

    # Selección y notificación: tres resultados, tres correos distintos.
    orden = {"convocatoria": CONVOCATORIA, "motivo": "Cerró el plazo y están todas revisadas"}
    simulada = oficina.pedir("POST", "/seleccion", orden | {"accion": "simular"})
    ejecutada = oficina.pedir("POST", "/seleccion", orden | {"accion": "ejecutar"})
    assert [p["folio"] for p in simulada["espera"]] == [p["folio"] for p in ejecutada["espera"]] == [segunda]
    assert len(ejecutada["seleccionadas"]) == CUPOS
    assert [p["folio"] for p in ejecutada["no_seleccionadas"]] == [tercera]
    correos = {
        servidor.correo(primera, "seleccionad"),
        servidor.correo(segunda, "lista de espera"),
        servidor.correo(tercera, "no fue seleccionada"),
    }
    assert len(correos) == 3
    assert tramite.mirar(pagina, servidor, *folios["Quesos de Linares"]) == "No seleccionada"

    # Una deja su cupo y la siguiente lo recibe en el mismo instante, con su correo.
    tramite.mirar(pagina, servidor, fondo[0].folio, fondo[0].codigo)
    pagina.get_by_role("button", name="Dejar mi cupo").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Dejaste el cupo")
    servidor.correo(segunda, "cupo")
    assert tramite.mirar(pagina, servidor, *folios["Dulces de Talca"]) == "Tienes un cupo por aceptar"
    pagina.get_by_role("button", name="Aceptar mi cupo").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Confirmada")

    # Ejecución: pasa la feria y la oficina anota quién fue.
    servidor.matar()
    servidor.encender(timedelta(days=12))
    participaron = [primera, segunda, *(empresa.folio for empresa in fondo[1:])]
    for folio in participaron:
        oficina.asistio(folio)

    # Cierre: la encuesta por su enlace, y la empresa egresa.
    tramite.encuestar(pagina, servidor, primera, "si")
    tramite.encuestar(pagina, servidor, segunda, "aun_no_se")
    assert tramite.mirar(pagina, servidor, *folios["Panes del Maule"]) == "Terminada"
    for empresa, vinculacion in zip(fondo[1:], ("si",) * 6 + ("no",) * 3, strict=False):
        empresa.encuestar(vinculacion)

    # Indicador: 7 de 13 participantes; vuelve una fila agregada a los datos y el portal la muestra.
    anio = (servidor.ahora() - timedelta(days=12) + timedelta(days=11)).year
    Oficina(servidor, "nacional").pedir("POST", "/medicion", {"anio": anio})
    fila = _medicion(servidor, anio)
    assert (fila["numerador"], fila["denominador"], fila["valor"]) == ("7", "13", "53.85")
    assert (fila["respuestas"], fila["tasa_respuesta"], fila["demostracion"]) == ("11", "84.62", "si")
    assert esperar(lambda: "53,85" in tramite.porcentaje_publicado(pagina, servidor, anio), "el porcentaje nuevo", 90)
    contexto.close()


def _medicion(servidor: Servidor, anio: int) -> dict[str, str]:
    with (servidor.datos / "indicadores" / "mediciones.csv").open(encoding="utf-8") as archivo:
        filas = [f for f in csv.DictReader(archivo) if (f["anio"], f["region"]) == (str(anio), "todas")]
    return next(f for f in filas if f["componente"] == "todos" and f["indicador"] == "acceso-vinculacion")
