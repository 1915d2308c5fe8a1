"""El portal en un navegador de verdad: accesible, sin correrse, dentro de la política y con el estado al día."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from funciones.adaptadores.horneado import Horneado
from funciones.dominio.convocatoria import Cupo
from generador.ficha_convocatoria import ESTADOS
from tests.accesibilidad import faltas

MAULE = "2027-feria-maule-sabores-y-oficios"
# Una página por plantilla.
PLANTILLAS = {
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
    "evento": "/eventos/rueda-valles-y-costa-2026/",
    "catalogo": "/catalogo/",
    "catalogo para imprimir": "/catalogo/imprimir/",
    "catalogo de un evento": "/catalogo/eventos/rueda-valles-y-costa-2026/",
    "empresa": "/catalogo/empresas/taller-el-horno/",
    "producto": "/catalogo/productos/cantaro-de-greda/",
    "indicadores": "/indicadores/",
    "datos": "/datos/",
    "ruta": "/ruta/",
    "ayuda": "/ayuda/",
    "no encontrada": "/404.html",
    "editorial con tablas": "/privacidad/",
    "editorial con lista": "/glosario/",
    "editorial con código": "/publicar/",
    "decisión": "/decisiones/0001-paginas-en-un-cascaron/",
}


def sin_cupos(ruta: Route) -> None:
    ruta.fulfill(status=503, body="{}")


@pytest.mark.lento
@pytest.mark.parametrize("nombre", PLANTILLAS)
def test_ninguna_falta_de_accesibilidad_y_nada_se_corre(pagina: Page, sitio: str, nombre: str) -> None:
    quejas: list[str] = []
    pagina.on("console", lambda aviso: quejas.append(aviso.text) if "Content Security" in aviso.text else None)
    pagina.on("pageerror", lambda error: quejas.append(str(error)))
    pedidos: list[str] = []
    pagina.on("request", lambda pedido: pedidos.append(pedido.url))
    pagina.route("**/api/**", sin_cupos)
    pagina.goto(sitio + PLANTILLAS[nombre])
    pagina.evaluate("[...document.querySelectorAll('details')].slice(0, 2).forEach(d => { d.open = true })")
    for ancho in (320, 1280):
        pagina.set_viewport_size({"width": ancho, "height": 800})
        assert pagina.evaluate("document.documentElement.scrollWidth") <= ancho
        for esquema in ("light", "dark"):
            pagina.emulate_media(color_scheme=esquema)  # type: ignore[arg-type]
            assert faltas(pagina) == [], f"{ancho} {esquema}"
    assert quejas == []
    assert {p.split("/")[2] for p in pedidos} == {sitio.split("/")[2]}


def test_los_destinos_de_dedo_miden_44(pagina: Page, sitio: str) -> None:
    pagina.set_viewport_size({"width": 360, "height": 800})
    pagina.route("**/api/**", sin_cupos)
    for ruta in ("/", f"/convocatorias/{MAULE}/", "/catalogo/"):
        pagina.goto(sitio + ruta)
        chicos = pagina.eval_on_selector_all(
            ".boton, .nav a, .mia, .toque, summary, select, main input:not([type=hidden]), .pie li a",
            "es => es.filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)",
        )
        assert chicos == [], ruta


def test_el_estado_del_navegador_es_el_de_la_funcion(pagina: Page, sitio: str, portal: Path) -> None:
    publicado = Horneado(json.loads((portal.parent / "horneado.json").read_text(encoding="utf-8")))
    pagina.route("**/api/**", sin_cupos)
    pagina.goto(sitio + "/convocatorias/")
    vistas = 0
    for id_convocatoria in publicado.ids():
        convocatoria = publicado.convocatoria(id_convocatoria)
        assert convocatoria is not None
        datos = pagina.eval_on_selector(f'[data-convocatoria="{id_convocatoria}"]', "e => ({...e.dataset})")
        for momento in momentos(convocatoria):
            for cupo in (None, Cupo(4, 3), Cupo(4, 4), Cupo(4, 4, 2, 2), Cupo(4, 4, 1, 2)):
                esperado = convocatoria.estado(momento, cupo)
                vivo = cupo and {
                    "cupos": cupo.cupos,
                    "asignados": cupo.asignados,
                    "espera": cupo.espera,
                    "espera_maxima": cupo.espera_maxima,
                }
                visto = pagina.evaluate(
                    "([d, t, c]) => estadoDe(d, new Date(t), c)", [datos, momento.isoformat(), vivo]
                )
                assert visto == esperado, (id_convocatoria, momento, cupo)
                vistas += 1
    assert vistas > 500
    palabras = pagina.evaluate("PALABRAS")
    assert palabras == {estado.value: list(par) for estado, par in ESTADOS.items()}


def momentos(convocatoria: Any) -> list[datetime]:
    """Un segundo antes, justo y un segundo después de cada borde."""
    from funciones.dominio.plazo import fin_del_dia, inicio_del_dia

    bordes = (
        convocatoria.apertura,
        convocatoria.cierre,
        inicio_del_dia(convocatoria.resultados),
        fin_del_dia(convocatoria.encuesta_cierre),
    )
    return [borde + timedelta(seconds=s) for borde in bordes for s in (-1, 0, 1)]


def test_una_convocatoria_que_cerro_despues_de_publicar_se_ve_cerrada(pagina: Page, sitio: str) -> None:
    pagina.clock.set_fixed_time(datetime.fromisoformat("2026-12-08T12:00:00Z"))
    pagina.route("**/api/**", sin_cupos)
    pagina.goto(sitio + f"/convocatorias/{MAULE}/")
    assert pagina.locator("[data-estado]").inner_text() == "En evaluación"
    assert pagina.get_by_role("link", name="Postular", exact=True).count() == 0
    pagina.goto(sitio + "/convocatorias/")
    seccion = pagina.locator("section", has=pagina.get_by_role("heading", name="En evaluación"))
    assert seccion.get_by_role("link", name="Feria de verano «Sabores y oficios»").count() == 1
    pagina.goto(sitio + "/")
    tarjeta = pagina.locator(f'[data-convocatoria="{MAULE}"]')
    assert not tarjeta.is_visible()


@pytest.mark.parametrize("ruta", ["/", "/convocatorias/", f"/convocatorias/{MAULE}/", "/catalogo/"])
def test_sin_guiones_la_pagina_dice_lo_mismo(navegador: Browser, sitio: str, ruta: str) -> None:
    contexto = navegador.new_context(locale="es-CL", java_script_enabled=False)
    abierta = contexto.new_page()
    abierta.goto(sitio + ruta)
    assert abierta.locator("h1").count() == 1
    assert abierta.locator(".guia").is_visible()
    if MAULE in ruta:
        assert abierta.get_by_role("link", name="Postular", exact=True).is_visible()
        assert "Cierra el lunes 7 de diciembre de 2026 a las 15:00." in abierta.locator("aside").inner_text()
    else:
        assert abierta.locator(".tarjeta:visible").count() > 3
    contexto.close()
