"""Los eventos publicados: lo que cambió se dice en todas partes, también a los buscadores y en los mensajes."""

import io
import json
import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.datos.copia import copiar
from tests.sitio.conftest import AHORA, Construir
from tests.sitio.lector import leer

FERIA, CONVOCATORIA = "feria-sabores-y-oficios-2027", "2027-feria-maule-sabores-y-oficios"
RUEDA, POSPUESTA = "rueda-valles-y-costa-2026", "feria-invierno-en-linea-2027"
CANCELADOS = (
    ("eventos/eventos", FERIA, "cancelado"),
    ("convocatorias/convocatorias", CONVOCATORIA, "cancelada"),
)
MOTIVO = "La plaza se inundó con la lluvia."
TECHO_IMAGEN = 300_000
META = re.compile(r'<meta property="([^"]+)" content="([^"]*)">')
TITULO = re.compile("<title>(.*?)</title>")
DATOS = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def eventos(paginas: dict[str, str]) -> dict[str, str]:
    """Ruta → HTML de la página de cada evento."""
    return {r: h for r, h in paginas.items() if re.fullmatch(r"/eventos/[a-z][a-z0-9-]*-\d{4}/", r)}


def nodos(html: str) -> list[dict[str, Any]]:
    """Todo lo que una página dice a los buscadores."""
    leidos = [json.loads(texto) for texto in DATOS.findall(html)]
    return [nodo for leido in leidos for nodo in leido.get("@graph", [leido])]


def del_evento(html: str) -> dict[str, Any]:
    return next(n for n in nodos(html) if n["@type"] in {"Event", "BusinessEvent"})


def og(html: str) -> dict[str, str]:
    metas = META.findall(html[: html.index("</head>")])
    return {clave: unescape(valor) for clave, valor in metas}


# Lo que cambió


@pytest.mark.parametrize(
    ("nombre", "palabra"),
    [("Rueda de negocios «Valles y costa»", "Cambió de lugar"), ("Feria «Invierno en línea»", "Cambió de fecha")],
)
def test_toda_pagina_que_nombra_lo_que_cambio_lo_dice(paginas: dict[str, str], nombre: str, palabra: str) -> None:
    principales = {ruta: leer(html).uno("main") for ruta, html in paginas.items() if nombre in html}
    nombran = {ruta: main for ruta, main in principales.items() if nombre in main.texto}
    assert len(nombran) > 8
    calladas = [r for r, main in nombran.items() if palabra not in {e.texto for e in main.todos("span", "est")}]
    assert not [r for r in calladas if palabra not in nombran[r].texto]


def test_un_evento_cancelado_lo_dice_en_todas_partes_a_la_vez(tmp_path: Path, construido: Construir) -> None:
    copia = copiar(tmp_path / "datos")
    for archivo, fila, situacion in CANCELADOS:
        copia.celda(f"{archivo}.csv", fila, "situacion", situacion)
        copia.celda(f"{archivo}.csv", fila, "motivo_situacion", MOTIVO)
    portal = construido("cancelado", datos=copia.carpeta)
    paginas = {a.relative_to(portal).as_posix(): a.read_text(encoding="utf-8") for a in portal.rglob("*.html")}
    nombran = {r: h for r, h in paginas.items() if "«Sabores y oficios»" in leer(h).uno("main").texto}
    assert {"convocatorias/index.html", "eventos/index.html", "eventos/2027-01/index.html"} <= set(nombran)
    assert not [r for r, h in nombran.items() if not re.search(r"[Cc]ancelad[ao]", leer(h).uno("main").texto)]
    suya = nombran[f"eventos/{FERIA}/index.html"]
    assert MOTIVO in leer(suya).uno("main").uno("div", "aviso").texto
    assert del_evento(suya)["eventStatus"] == "https://schema.org/EventCancelled"
    assert og(suya)["og:title"].startswith("Cancelado: ")
    assert og(suya)["og:image:alt"].startswith("Cancelado. ")
    assert "STATUS:CANCELLED" in (portal / "calendario" / "eventos" / f"{FERIA}.ics").read_text(encoding="utf-8")


def test_la_imagen_de_lo_que_cambia_tiene_otra_direccion(eventos: dict[str, str]) -> None:
    from dataclasses import replace

    from generador.lamina import Lamina

    una = Lamina("/og/x.png", "Feria", "Feria de prueba", "8 de enero", "Talca", 1, 9)
    assert una.direccion != replace(una, cambio=("Cancelado", "no")).direccion
    direcciones = [og(html)["og:image"] for html in eventos.values()]
    assert len(set(direcciones)) == len(direcciones)


# Lo que leen los buscadores


def test_cada_evento_dice_su_nombre_su_hora_con_diferencia_su_lugar_y_si_sigue_en_pie(eventos: dict[str, str]) -> None:
    assert len(eventos) >= 7
    for ruta, html in eventos.items():
        evento = del_evento(html)
        assert evento["name"] == leer(html).uno("h1").texto, ruta
        for clave in ("startDate", "endDate"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-0[34]:00", evento[clave]), ruta
        assert evento["eventStatus"].startswith("https://schema.org/Event"), ruta
        lugares = evento["location"] if isinstance(evento["location"], list) else [evento["location"]]
        for lugar in lugares:
            assert (
                lugar.get("url") if lugar["@type"] == "VirtualLocation" else lugar["address"]["addressCountry"] == "CL"
            )


def test_lo_pospuesto_dice_cuando_iba_a_ser_con_la_hora_de_invierno(eventos: dict[str, str]) -> None:
    evento = del_evento(eventos[f"/eventos/{POSPUESTA}/"])
    assert evento["eventStatus"] == "https://schema.org/EventRescheduled"
    assert evento["previousStartDate"] == "2027-06-04T10:00:00-04:00"
    assert evento["startDate"] == "2027-06-11T10:00:00-04:00"
    assert datetime.fromisoformat(del_evento(eventos[f"/eventos/{RUEDA}/"])["startDate"]).utcoffset() is not None


def test_de_lo_inventado_no_se_dice_que_lo_organiza_una_oficina(eventos: dict[str, str]) -> None:
    for html in eventos.values():
        assert del_evento(html)["organizer"]["name"] == "Ferias y Redes"
        assert "demostración" in del_evento(html)["disambiguatingDescription"]


def test_todo_dato_para_buscadores_se_lee_y_lleva_direcciones_completas(paginas: dict[str, str]) -> None:
    tipos = set()
    for ruta, html in paginas.items():
        for texto in DATOS.findall(html):
            assert "<" not in texto, ruta
            assert json.loads(texto)["@context"] == "https://schema.org", ruta
        for nodo in nodos(html):
            tipos.add(nodo["@type"])
            for valor in _direcciones(nodo):
                assert urlsplit(valor).scheme in {"https", "http"}, f"{ruta}: {valor}"
    assert {"Event", "BusinessEvent", "GovernmentService", "Product", "Organization", "BreadcrumbList"} <= tipos


def _direcciones(nodo: Any) -> Iterator[str]:
    if isinstance(nodo, dict):
        for clave, valor in nodo.items():
            if clave in {"url", "@id", "item", "image", "contentUrl", "serviceUrl"} and isinstance(valor, str):
                yield valor
            yield from _direcciones(valor)
    elif isinstance(nodo, list):
        for uno in nodo:
            yield from _direcciones(uno)


def test_un_texto_hostil_no_cierra_los_datos() -> None:
    from generador.estructurados import guion
    from generador.inocuo import exigir

    hostil = {"@type": "Event", "name": "</script><script>alert(1)</script>&\u2028"}
    exigir("/x/", str(guion(hostil)))
    assert nodos(str(guion(hostil))) == [{"@context": "https://schema.org", **hostil}]


# Lo que se ve al compartir


def test_cada_pagina_dice_como_se_ve_al_compartirla(paginas: dict[str, str]) -> None:
    for ruta, html in paginas.items():
        metas = og(html)
        assert metas["og:title"] == unescape(TITULO.findall(html)[0]), ruta
        assert urlsplit(metas["og:url"]).path == ruta, ruta
        assert metas["og:image:alt"], ruta
        assert urlsplit(metas["og:image"]).scheme == "https", ruta


def test_cada_imagen_existe_mide_lo_que_dice_y_pesa_poco(portal: Path, paginas: dict[str, str]) -> None:
    rutas = {urlsplit(og(html)["og:image"]).path for html in paginas.values()}
    assert len(rutas) >= 20
    for ruta in rutas:
        contenido = (portal / ruta.lstrip("/")).read_bytes()
        assert len(contenido) <= TECHO_IMAGEN, ruta
        with Image.open(io.BytesIO(contenido)) as imagen:
            assert (imagen.format, imagen.size) == ("PNG", (1200, 630)), ruta


def test_cada_evento_y_convocatoria_tiene_su_propia_imagen(portal: Path, paginas: dict[str, str]) -> None:
    for clase in ("eventos", "convocatorias"):
        propias = {a.stem for a in (portal / "og" / clase).glob("*.png")}
        carpetas = {a.parent.name for a in (portal / clase).glob("*/index.html")}
        fichas = {c for c in carpetas if re.search(r"[a-z]-\d{4}$|^\d{4}-[a-z]", c)}
        assert propias == fichas


def test_el_mensaje_de_whatsapp_lleva_que_cuando_donde_y_la_direccion(eventos: dict[str, str]) -> None:
    for ruta, html in eventos.items():
        enlace = next(a.atributos["href"] for a in leer(html).todos("a") if "wa.me" in a.atributos.get("href", ""))
        texto = parse_qs(urlsplit(enlace).query)["text"][0]
        assert texto.endswith(f" · https://ferias-y-redes.example{ruta}"), ruta
        assert leer(html).uno("h1").texto in texto
    assert "CAMBIÓ DE FECHA · Feria «Invierno en línea» · 11 al 13 de junio de 2027 · Temuco, La Araucanía" in texto_de(
        eventos[f"/eventos/{POSPUESTA}/"]
    )


def texto_de(html: str) -> str:
    enlace = next(a.atributos["href"] for a in leer(html).todos("a") if "wa.me" in a.atributos.get("href", ""))
    return parse_qs(urlsplit(enlace).query)["text"][0]


# Las páginas


def test_el_mes_es_una_tabla_de_siete_dias_y_lleva_a_cada_evento_una_vez_por_semana(paginas: dict[str, str]) -> None:
    mes = leer(paginas["/eventos/2027-01/"]).uno("table", "mes")
    assert [len(f.todos("td")) for f in mes.uno("tbody").todos("tr")] == [7] * 5
    assert len([c for c in mes.todos("th") if c.atributos.get("scope") == "col"]) == 7
    assert [d.texto for d in mes.todos("time")] == [str(n) for n in range(1, 32)]
    assert [a.atributos["href"] for a in mes.todos("a")] == [
        "/eventos/feria-manos-de-mar-2027/",
        f"/eventos/{FERIA}/",
        "/eventos/rueda-mesa-del-sur-2027/",
    ]
    assert len(mes.todos("span", "sigue")) == 3
    # Su franja, y con ella su nombre, ocupa los tres días que dura.
    assert [a.atributos["href"] for a in mes.todos("a", "d3")] == [f"/eventos/{FERIA}/"]


def test_de_un_mes_se_pasa_al_anterior_y_al_siguiente_con_algo(paginas: dict[str, str]) -> None:
    pasos = leer(paginas["/eventos/2027-01/"]).uno("nav", "pasa-meses").todos("a")
    assert [(a.atributos["rel"], a.atributos["href"]) for a in pasos] == [
        ("prev", "/eventos/2026-12/"),
        ("next", "/eventos/2027-03/"),
    ]


def test_cada_region_tiene_su_lista_aunque_no_tenga_eventos(paginas: dict[str, str]) -> None:
    listas = {r: leer(h) for r, h in paginas.items() if re.fullmatch(r"/eventos/regiones/\d\d/", r)}
    assert len(listas) == 16
    assert "Por ahora no hay ninguno anunciado en esta región" in listas["/eventos/regiones/01/"].uno("main").texto
    assert [t.uno("h3").texto for t in listas["/eventos/regiones/07/"].todos("li", "tarjeta")] == [
        "Feria de verano «Sabores y oficios»"
    ]


def test_una_rueda_dice_sus_turnos_y_quien_busca_frente_a_quien_ofrece(paginas: dict[str, str]) -> None:
    rueda = leer(paginas[f"/eventos/{RUEDA}/"]).uno("main")
    assert "Diez turnos de 15 minutos. Hay 10 reuniones a la vez, 100 en total." in rueda.texto
    assert rueda.todos("svg", "turnos")[0].atributos["aria-label"] == "10 turnos seguidos con 10 reuniones a la vez"
    assert [li.uno("h3").texto for li in rueda.uno("ul", "frente").hijos][:2] == ["Alimentos y bebidas", "Artesanía"]


def test_lo_virtual_dice_donde_esta_el_enlace_y_no_lo_trae(paginas: dict[str, str]) -> None:
    virtual = leer(paginas["/eventos/rueda-mesa-del-sur-2027/"]).uno("main")
    assert "El enlace lo ven solo las empresas que quedaron" in virtual.texto
    assert not virtual.todos("svg", "plano-chile")


def test_un_evento_dice_para_quien_es_y_como_esta_su_convocatoria(pagina: Page, sitio: str) -> None:
    pagina.clock.set_fixed_time(AHORA.replace(year=2028))
    pagina.goto(f"{sitio}/eventos/encuentro-sabores-del-desierto-2027/")
    caja = pagina.get_by_role("complementary", name="Cuándo y dónde")
    assert "Negocios liderados por mujeres" in caja.inner_text()
    # El evento ya se hizo y su convocatoria cerró: cada uno con su palabra.
    assert pagina.locator("[data-estado]").all_inner_texts() == ["Realizado", "Cerrada"]


def test_hoy_se_marca_y_lo_que_esta_pasando_lo_dice(pagina: Page, sitio: str) -> None:
    faltas: list[str] = []
    pagina.on("console", lambda mensaje: faltas.append(mensaje.text) if mensaje.type == "error" else None)
    pagina.on("pageerror", lambda error: faltas.append(str(error)))
    pagina.clock.set_fixed_time(AHORA.replace(year=2027, month=1, day=16, hour=2))
    pagina.goto(f"{sitio}/eventos/2027-01/")
    assert pagina.locator('.mes [aria-current="date"]').inner_text() == "15"
    estados = pagina.locator(".tarjeta [data-estado]").all_inner_texts()
    assert estados == ["Realizado", "Está pasando", "Programado"]
    assert not faltas
