"""Todos los correos, tal como se muestran en /correos/: se entienden, caben en un teléfono y se leen de noche."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import textstat
from playwright.sync_api import Page, sync_playwright

from funciones.adaptadores.horneado import Horneado
from funciones.adaptadores.redaccion import LARGO_ASUNTO
from funciones.dominio.estado import SIN_AVISO, Estado
from generador import correo_en_pagina, hornear, paquetes
from generador.correos_de_muestra import Muestra, Muestras
from generador.entradas import Entradas
from generador.fichas import Fichas
from generador.tramite_de_muestra import CAMINOS
from tests.accesibilidad import CHROMIUM, OPCIONES
from tests.correo.contexto import PLANTILLAS
from tests.correo.test_plantillas import PALABRAS_MAXIMO, Lector, frases

RAIZ = Path(__file__).parents[2]
AHORA = datetime(2026, 11, 23, 12, 30, tzinfo=ZoneInfo("America/Santiago"))
PORTAL = "https://portal.example"
FACIL = 70
ANCHO = 320
CONTRASTE, TOQUE = 4.5, 44
# Lo que en el texto es un rótulo o el paso a un enlace, en el HTML es una forma o un botón.
_DE_TEXTO = re.compile(r"^(?:.*https?:.*|.*:|DEMOSTRACIÓN.*|Folio:.*|--|Quien postula: .*)$", re.MULTILINE)


def _muestras() -> tuple[Muestra, ...]:
    datos = paquetes.leer(RAIZ / "datos")
    publicado = Horneado(json.loads(hornear.bytes_de(hornear.hornear(datos, AHORA))))
    return Muestras(Fichas(datos, publicado, AHORA, Entradas(sitio=PORTAL)), PLANTILLAS).todas


TODAS = _muestras()
de_cada_una = pytest.mark.parametrize("m", TODAS, ids=lambda m: m.id)


def test_cada_correo_de_las_plantillas_tiene_su_muestra() -> None:
    # Un correo dice su asunto; lo demás que es solo texto, como una carta, no lo es.
    correos = [a for a in PLANTILLAS.glob("*/[a-z]*.txt.j2") if "Asunto: " in a.read_text(encoding="utf-8")]
    escritas = {f"{a.parent.name}/{a.name.removesuffix('.txt.j2')}" for a in correos}
    con_las_dos = {n for n in escritas if (PLANTILLAS / f"{n}.html.j2").is_file()}
    assert con_las_dos == escritas, "un correo tiene texto y HTML"
    assert {m.plantilla for m in TODAS} == escritas
    assert set(CAMINOS) == set(Estado) - SIN_AVISO
    assert len({m.id for m in TODAS}) == len(TODAS)


@de_cada_una
def test_se_entiende_a_la_primera(m: Muestra) -> None:
    """Frases de hasta 25 palabras y Fernández-Huerta de 70 o más: «bastante fácil»."""
    assert [f for f in frases(m.texto) if len([p for p in f.split() if "http" not in p]) > PALABRAS_MAXIMO] == []
    textstat.set_lang("es")
    # Sin direcciones ni el pie, que repite nombres de oficinas: se mide lo que se cuenta.
    propio = re.sub(r"\S*(?:http|[a-z2-7]{32})\S*", "", m.texto.partition("\n--\n")[0])
    assert textstat.fernandez_huerta(re.sub(r"(?<=\w)$", ".", propio, flags=re.MULTILINE)) >= FACIL
    assert not re.search(r"por favor|inválid|haz clic|estimad", m.texto, re.IGNORECASE)


@de_cada_una
def test_el_texto_y_el_html_dicen_lo_mismo(m: Muestra) -> None:
    """Toda frase con algo que decir está en los dos; lo que en el texto es rótulo, en el HTML puede ser forma."""
    assert 0 < len(m.asunto) <= LARGO_ASUNTO
    contado, leido = _DE_TEXTO.sub("", m.texto), Lector(m.html).texto
    assert [f for f in frases(contado) if _palabras(f) not in _palabras(leido)] == []
    # Y al revés: ninguna fecha, hora, nota o monto está solo en el HTML.
    assert _cifras(leido) <= _cifras(m.texto)


def _cifras(texto: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,:]\d+)*", texto))


def _palabras(texto: str) -> str:
    return " ".join(re.findall(r"\w+", texto.lower()))


@de_cada_una
def test_se_muestra_entero_sin_nada_que_se_ejecute_ni_lleve_a_otra_parte(m: Muestra) -> None:
    mostrado = str(correo_en_pagina.cuerpo(m.html))
    assert not re.search(r"<(?:a|script|style|form|img|iframe|link|table)\b|\s(?:style|href|src|on\w+)=", mostrado)
    visto, llega = (_palabras(Lector(html).texto) for html in (mostrado, m.html))
    adelanto = _palabras(correo_en_pagina.adelanto(m.html))
    assert adelanto
    assert f"{_palabras(m.asunto)} {adelanto} {visto}" == llega or visto in llega
    assert len(visto) >= len(llega) - len(adelanto) - len(_palabras(m.asunto)) - 2


def test_lo_que_no_se_sabe_mostrar_detiene_la_construccion() -> None:
    with pytest.raises(correo_en_pagina.FueraDeLista):
        correo_en_pagina.cuerpo("<body><p>Hola</p><script>alert(1)</script></body>")
    assert correo_en_pagina.cuerpo('<body><p onclick="x()">Hola &lt;b&gt;</p></body>') == (
        '<p class="m-p">Hola &lt;b&gt;</p>'
    )


# En un teléfono, de día y de noche

_MIRAR = """([toque, contraste]) => {
  const luz = (c) => { const [r, g, b] = c.map((v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const rgb = (t) => t.match(/[\\d.]+/g).map(Number);
  const fondo = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] === 1) return c.slice(0, 3); } return [255, 255, 255]; };
  const fallas = [];
  for (const e of document.querySelectorAll('body *')) {
    const propio = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!propio || !e.getClientRects().length) continue;
    const [a, b] = [luz(rgb(getComputedStyle(e).color).slice(0, 3)), luz(fondo(e))].sort((x, y) => y - x);
    const razon = (a + 0.05) / (b + 0.05);
    if (razon < contraste) fallas.push(`${razon.toFixed(2)}: ${e.textContent.trim().slice(0, 40)}`);
  }
  const bajos = [...document.querySelectorAll('a.bt')].filter((b) => b.getBoundingClientRect().height < toque);
  fallas.push(...bajos.map((b) => `bajo: ${b.textContent}`));
  const ancho = document.documentElement.scrollWidth;
  return ancho > innerWidth ? [...fallas, `ancho ${ancho}`] : fallas;
}"""


@pytest.fixture(scope="module")
def pantalla() -> Iterator[Page]:
    with sync_playwright() as jugador:
        navegador = jugador.chromium.launch(executable_path=CHROMIUM, args=OPCIONES.split())
        yield navegador.new_page(viewport={"width": ANCHO, "height": 700})
        navegador.close()


@pytest.mark.parametrize("esquema", ["light", "dark"])
def test_caben_en_320_y_se_leen_de_dia_y_de_noche(pantalla: Page, esquema: str) -> None:
    pantalla.emulate_media(color_scheme=esquema)  # type: ignore[arg-type]
    fallas = {}
    for muestra in TODAS:
        pantalla.set_content(muestra.html)
        if visto := pantalla.evaluate(_MIRAR, [TOQUE, CONTRASTE]):
            fallas[muestra.id] = visto
    assert fallas == {}
