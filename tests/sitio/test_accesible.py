"""Cada plantilla del portal en un navegador: accesible, sin correrse, al alcance del dedo y dentro de la política."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from funciones.adaptadores.horneado import Horneado
from generador.fichas import Fichas
from generador.paginas import paginas
from generador.paginas_programa import MESA
from generador.paquetes import leer
from tests.accesibilidad import CHICOS, faltas
from tests.sitio.conftest import AHORA, DATOS

MAULE = "2027-feria-maule-sabores-y-oficios"
# Al menos una página por plantilla, y más de una donde cambia mucho según los datos.
VISTAS = {
    "inicio": "/",
    "convocatorias": "/convocatorias/",
    "convocatoria con pauta": f"/convocatorias/{MAULE}/",
    "convocatoria por llegada": "/convocatorias/2027-rueda-los-rios-mesa-del-sur/",
    "convocatoria suspendida": "/convocatorias/2027-feria-biobio-taller-abierto/",
    "requisitos con perfil": "/convocatorias/2027-encuentro-arica-sabores-del-desierto/requisitos/",
    "requisitos con antigüedad": "/convocatorias/2027-feria-araucania-invierno-en-linea/requisitos/",
    "convocatorias de una región": "/convocatorias/regiones/07/",
    "resultados": "/convocatorias/2026-rueda-coquimbo-valles-y-costa/resultados/",
    "pliego para imprimir": f"/convocatorias/{MAULE}/imprimir/",
    "cambios de una convocatoria": f"/convocatorias/{MAULE}/cambios/",
    "todos los cambios": "/cambios/",
    "novedades": "/novedades/",
    "eventos": "/eventos/",
    "eventos de un mes": "/eventos/2027-01/",
    "feria": "/eventos/feria-sabores-y-oficios-2027/",
    "encuentro": "/eventos/encuentro-sabores-del-desierto-2027/",
    "evento": "/eventos/rueda-valles-y-costa-2026/",
    "catalogo": "/catalogo/",
    "catalogo para imprimir": "/catalogo/imprimir/",
    "catalogo de un evento": "/catalogo/eventos/rueda-valles-y-costa-2026/",
    "empresa": "/catalogo/empresas/taller-el-horno/",
    "producto": "/catalogo/productos/cantaro-de-greda/",
    "indicadores": "/indicadores/",
    "origen de las cifras": "/indicadores/origen/",
    "lo que dicen las empresas": "/indicadores/encuesta/",
    "años": "/anios/",
    "un año": "/anios/2025/",
    "datos": "/datos/",
    "un paquete de datos": "/datos/indicadores/",
    "requisitos del programa": "/requisitos/",
    "preguntas frecuentes": "/preguntas/",
    "buscador": "/buscar/",
    "ruta": "/ruta/",
    "ayuda": "/ayuda/",
    "los correos": "/correos/",
    "un correo": "/correos/no-admisible/",
    "no encontrada": "/404.html",
    "editorial con tablas": "/privacidad/",
    "editorial con lista": "/glosario/",
    "editorial corta": "/centros/",
    "editorial con código": "/publicar/",
    "decisión": "/decisiones/0001-paginas-en-un-cascaron/",
}
# Ancho, colores y si se revisa entera: lo que se ve solo en teléfono o solo en escritorio, y cada juego de colores.
MIRADAS = ((320, "light", True), (360, "dark", False), (1280, "light", False), (1280, "dark", True))


def test_cada_plantilla_tiene_su_vista(portal: Path) -> None:
    publicado = Horneado(json.loads((portal.parent / "horneado.json").read_text(encoding="utf-8")))
    plantilla_de = {p.ruta: p.plantilla for p in paginas(Fichas(leer(DATOS), publicado, AHORA))}
    # La mesa se revisa entera en tests/navegador.
    todas = {plantilla for ruta, plantilla in plantilla_de.items() if ruta != MESA}
    assert todas - {plantilla_de.get(ruta) for ruta in VISTAS.values()} == set()


@pytest.mark.lento
@pytest.mark.parametrize("nombre", VISTAS)
def test_ninguna_falta_de_accesibilidad_y_nada_se_corre(pagina: Page, sitio: str, nombre: str) -> None:
    quejas: list[str] = []
    pagina.on("console", lambda aviso: quejas.append(aviso.text) if "Content Security" in aviso.text else None)
    pagina.on("pageerror", lambda error: quejas.append(str(error)))
    pedidos: list[str] = []
    pagina.on("request", lambda pedido: pedidos.append(pedido.url))
    pagina.route("**/api/**", lambda ruta: ruta.fulfill(status=503, body="{}"))
    pagina.goto(sitio + VISTAS[nombre])
    pagina.evaluate("document.querySelectorAll('details').forEach((pliegue) => { pliegue.open = true })")
    for ancho, esquema, entera in MIRADAS:
        pagina.set_viewport_size({"width": ancho, "height": 800})
        pagina.emulate_media(color_scheme=esquema)  # type: ignore[arg-type]
        assert pagina.evaluate("document.documentElement.scrollWidth") <= ancho, ancho
        assert not entera or faltas(pagina) == [], f"{ancho} {esquema}"
        assert pagina.evaluate(CHICOS) == [], ancho
    assert quejas == []
    assert {p.split("/")[2] for p in pedidos} == {sitio.split("/")[2]}
