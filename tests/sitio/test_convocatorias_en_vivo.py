"""Las convocatorias al mirarlas: cupos vivos o los últimos que se supieron, cuánto falta y filtros por dirección."""

import re
from datetime import datetime
from typing import Any

from playwright.sync_api import Page, expect

MAULE = "2027-feria-maule-sabores-y-oficios"
RIOS = "2027-rueda-los-rios-mesa-del-sur"
LLENA = {
    "cupos": 40,
    "asignados": 40,
    "en_revision": 3,
    "espera": 2,
    "espera_maxima": 20,
    "recibidas": 45,
    "postulaciones_maximas": None,
    "al": "2026-11-23T11:58:00+00:00",
}
CUPOS = "**/api/convocatorias/*/cupos"


def contestar(pagina: Page, cupo: dict[str, Any] | None) -> None:
    """Desde ahora la función dice eso; None: no contesta."""
    pagina.unroute(CUPOS)
    pagina.route(CUPOS, lambda ruta: ruta.abort() if cupo is None else ruta.fulfill(json=cupo))


def visibles(pagina: Page) -> list[str]:
    return pagina.locator(".tarjeta:visible h3").all_inner_texts()


def test_lo_que_falta_se_cuenta_en_dias_de_chile_y_el_ultimo_dia_en_horas(pagina: Page, sitio: str) -> None:
    contestar(pagina, None)
    pagina.goto(f"{sitio}/convocatorias/{MAULE}/")
    for ahora, cierre, esperado in (
        ("2026-12-07T12:00:00Z", "2026-12-07T18:00:00Z", "Cierra hoy: faltan 6 horas."),
        ("2026-12-07T16:30:00Z", "2026-12-07T18:00:00Z", "Cierra hoy: falta 1 hora."),
        ("2026-12-07T17:59:30Z", "2026-12-07T18:00:00Z", "Cierra hoy: falta 1 minuto."),
        ("2026-12-07T18:00:00Z", "2026-12-07T18:00:00Z", ""),
        ("2026-12-07T02:30:00Z", "2026-12-07T18:00:00Z", "Falta 1 día."),  # en Chile aún es el día 6
        ("2026-11-23T12:00:00Z", "2026-12-07T18:00:00Z", "Faltan 14 días."),
        ("2026-11-23T12:00:00Z", "2027-01-22T18:00:00Z", "Faltan 60 días."),
        ("2026-11-23T12:00:00Z", "2027-01-23T18:00:00Z", ""),  # a más de sesenta basta la fecha
        ("2027-04-03T12:00:00Z", "2027-04-05T18:00:00Z", "Faltan 2 días."),  # cambia la hora entremedio
    ):
        assert pagina.evaluate("([c, a]) => faltan(c, new Date(a))", [cierre, ahora]) == esperado


def test_los_cupos_se_preguntan_al_mirar_y_se_dicen_los_cuatro(pagina: Page, sitio: str) -> None:
    contestar(pagina, LLENA)
    pagina.goto(f"{sitio}/convocatorias/{MAULE}/")
    caja = pagina.locator("aside")
    cifras = r"cupos\s*40\s*asignados\s*40\s*en revisión\s*3\s*en espera\s*2"
    expect(caja.locator(".van")).to_have_text(re.compile(cifras))
    expect(caja).to_contain_text("Dato de hoy a las 8:58.")
    expect(pagina.locator("[data-estado]").first).to_have_text("Cupos completos, con lista de espera")
    assert pagina.locator("[data-cupos-dibujo] path.si").count() == 40
    assert not re.search(r"[Qq]uedan \d", pagina.locator("main").inner_text())


def test_si_nadie_contesta_queda_la_ultima_cifra_con_su_hora_y_no_se_afirma_que_este_completa(
    pagina: Page, sitio: str
) -> None:
    contestar(pagina, None)
    pagina.goto(f"{sitio}/convocatorias/{MAULE}/")
    caja = pagina.locator("aside")
    expect(caja).to_contain_text("Ahora no pudimos ver cuántos van.")
    contestar(pagina, LLENA)
    pagina.reload()
    expect(caja).to_contain_text("Dato de hoy a las 8:58.")
    contestar(pagina, None)
    pagina.clock.set_fixed_time(datetime.fromisoformat("2026-11-24T12:00:00Z"))
    pagina.reload()
    expect(caja).to_contain_text("Último dato, de ayer a las 8:58. Ahora no pudimos preguntar.")
    expect(caja.locator(".van")).to_contain_text("asignados")
    expect(pagina.locator("[data-estado]").first).to_have_text("Abierta")
    assert pagina.get_by_role("link", name="Postular", exact=True).is_visible()


def test_la_que_completo_su_tope_deja_de_recibir_sin_decir_que_cerro_un_dia_que_no_llega(
    pagina: Page, sitio: str
) -> None:
    contestar(pagina, LLENA | {"asignados": 3, "recibidas": 120, "postulaciones_maximas": 120})
    pagina.goto(f"{sitio}/convocatorias/{RIOS}/")
    caja = pagina.locator("aside")
    expect(pagina.locator("[data-estado]").first).to_have_text("Cerrada")
    expect(caja).to_contain_text("Ya no recibe postulaciones: se completó antes de su cierre.")
    assert "Cerró el" not in caja.inner_text()
    assert pagina.get_by_role("link", name="Postular", exact=True).count() == 0


def test_la_region_elegida_en_la_portada_filtra_la_lista(pagina: Page, sitio: str) -> None:
    contestar(pagina, None)
    pagina.goto(sitio + "/")
    pagina.get_by_label("Región").select_option("07")
    pagina.get_by_role("button", name="Buscar").click()
    pagina.wait_for_url("**/convocatorias/?region=07")
    assert {"Feria de verano «Sabores y oficios»", "Feria del puerto «Manos de mar»"} <= set(visibles(pagina))
    assert not [v for v in visibles(pagina) if "Mesa del sur" in v or "Taller abierto" in v]
    assert pagina.get_by_role("status").inner_text() == ("8 convocatorias de 12. 1 se hace ahí y 7 también te admiten.")


def test_los_filtros_se_suman_viven_en_la_direccion_y_vuelven_con_atras(pagina: Page, sitio: str) -> None:
    contestar(pagina, LLENA)
    pagina.goto(sitio + "/convocatorias/?region=99&estado=inventado&comuna=07101")
    assert visibles(pagina) == ["Feria de verano «Sabores y oficios»"]
    assert pagina.get_by_label("Comuna donde se hace").is_visible()
    assert pagina.get_by_label("Región").locator("option:checked").inner_text() == "Todas, de norte a sur"
    pagina.get_by_role("button", name="Quitar el filtro Talca").click()
    assert pagina.evaluate("location.search") == ""
    avisos = pagina.locator("[data-puestos] button")
    assert avisos.all_inner_texts() == [
        "Quitar el aviso\nNo conocemos la región «99»\n×",
        "Quitar el aviso\nNo conocemos el estado «inventado»\n×",
    ]
    avisos.first.click()
    assert avisos.count() == 1
    avisos.first.press("Enter")
    assert avisos.count() == 0
    assert pagina.evaluate("document.activeElement.name") == "q"
    assert pagina.get_by_role("status").inner_text() == "12 convocatorias."
    pagina.get_by_label("Estado").select_option("con_lista_de_espera")
    assert pagina.get_by_role("status").inner_text() == "6 convocatorias de 12."
    pagina.get_by_label("Tu rubro").select_option("textil")
    assert "Catálogo en línea «Hecho en regiones»" in visibles(pagina)
    pagina.get_by_label("Busca por palabra").press_sequentially("RUEDAS Servicios")
    assert visibles(pagina) == ["Rueda de negocios «Proveer al norte»"]
    assert pagina.evaluate("location.search") == "?q=RUEDAS+Servicios&estado=con_lista_de_espera&rubro=textil"
    pagina.go_back()
    assert pagina.get_by_label("Busca por palabra").input_value() == ""
    pagina.go_back()
    assert pagina.evaluate("location.search") == "?estado=con_lista_de_espera"
    assert pagina.get_by_role("status").inner_text() == "6 convocatorias de 12."


def test_las_abiertas_con_espera_son_las_mismas_que_en_la_lista_fija(pagina: Page, sitio: str) -> None:
    contestar(pagina, None)
    pagina.goto(sitio + "/convocatorias/?estado=abierta_con_espera")
    filtradas = sorted(visibles(pagina))
    pagina.goto(sitio + "/convocatorias/estados/abierta_con_espera/")
    assert filtradas == sorted(pagina.locator(".tarjeta h3").all_inner_texts())
    assert filtradas


def test_en_la_lista_de_una_region_lo_que_cambia_de_estado_no_cambia_de_lugar(pagina: Page, sitio: str) -> None:
    contestar(pagina, None)
    pagina.clock.set_fixed_time(datetime.fromisoformat("2026-12-07T18:00:01Z"))
    pagina.goto(sitio + "/convocatorias/regiones/15/")
    lejos = pagina.locator("[data-lugar]").nth(1)
    expect(lejos.locator(f"[data-grupo=en_evaluacion] [data-convocatoria='{MAULE}']")).to_be_visible()


def test_los_cupos_que_llegan_despues_vuelven_a_filtrar_por_estado(pagina: Page, sitio: str) -> None:
    contestar(pagina, LLENA)
    pagina.goto(sitio + "/convocatorias/?estado=con_lista_de_espera")
    expect(pagina.get_by_role("status")).to_have_text("6 convocatorias de 12.")
    assert len(visibles(pagina)) == 6


def test_sin_nada_que_calce_se_dice_y_se_puede_volver_a_todas_con_el_teclado(pagina: Page, sitio: str) -> None:
    contestar(pagina, None)
    pagina.goto(sitio + "/convocatorias/?q=zapallo&modalidad=virtual")
    assert visibles(pagina) == []
    otro = pagina.get_by_role("link", name="Buscar «zapallo» en todo el portal")
    assert otro.get_attribute("href") == "/buscar/?q=zapallo"
    todas = pagina.get_by_role("link", name="mira todas")
    todas.press("Enter")
    assert len(visibles(pagina)) == 12
    assert pagina.evaluate("document.activeElement.name") == "q"
    pagina.keyboard.type("encuentros")
    assert [t.startswith("Encuentro") for t in visibles(pagina)] == [True, True]
