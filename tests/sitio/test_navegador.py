"""El portal en un navegador de verdad: accesible, sin correrse, dentro de la política y con el estado al día."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route

from funciones.adaptadores.horneado import Horneado
from funciones.dominio.convocatoria import Cupo
from generador.ficha_convocatoria import ESTADOS

MAULE = "2027-feria-maule-sabores-y-oficios"


def sin_cupos(ruta: Route) -> None:
    ruta.fulfill(status=503, body="{}")


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
