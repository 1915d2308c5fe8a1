"""Con lo peor que se pueda escribir en cada texto libre, nada de lo publicado se ejecuta ni se rompe."""

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from funciones.dominio.texto_publico import tropiezo
from generador.entradas import Entradas
from generador.esquemas import Campo, leer_esquemas
from generador.semantica_textos import revisar_celda
from tests.datos.copia import Copia, copiar
from tests.sitio.conftest import construir_en

HOSTILES = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">ver</a>',
    "javascript:alert(1)",
    '=HYPERLINK("https://otro.example","ver")',
    "@SUM(1+1)",
    "+cmd|' /C calc'!A0",
    "<!-- ]]> <x/> &amp; &",
    "</title></textarea></style><style>*{display:none}</style>",
    "{{ fichas }}{% raw %}",
)
FORMULAS = tuple(texto for texto in HOSTILES if texto[0] in "=@+")
EN_LAS_BASES = (
    '\n\n<script>alert(1)</script>\n\n<meta http-equiv="refresh" content="0;url=https://otro.example">\n\n'
    r"[a](javascript:alert(1)) [b](/\otro.example) [c](//otro.example) ![d](https://otro.example/x.png)"
    '\n\n<form action="https://otro.example"><input type=image src=https://otro.example/x.png></form>\n'
)
# Una cifra, un código o un archivo: no lo escribe quien quiere contar algo, y sin él no hay portal que construir.
CODIGO = re.compile(r"[\w.:/|-]*")
FORMULA = re.compile(r"\s*[=+@]|\s*-(?![\d.])|[\t\r]")
CARGAS = {"src", "srcset", "poster", "action", "formaction", "ping", "data", "background"}


class Etiquetas(HTMLParser):
    """Cada etiqueta de una página, con sus atributos."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.halladas: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.halladas.append((tag, {k: v or "" for k, v in attrs}))


def es_libre(campo: Campo) -> bool:
    """Un texto que se escribe como se quiera: ni una lista, ni una clave, ni algo con forma."""
    formas = {"enum", "pattern"} & campo.restricciones.keys()
    return campo.tipo == "string" and not formas and not campo.separador and campo.descriptor.get("format") != "uri"


def envenenar(copia: Copia, ataques: Sequence[str]) -> int:
    """Llena de ataques los textos libres de cada tabla y las bases; dice cuántas celdas. Siempre igual."""
    cuantas = 0
    for esquema in leer_esquemas(copia.carpeta).values():
        for recurso in esquema.recursos.values():
            claves = {*recurso.clave, *ajenas(recurso.descriptor)}
            libres = [c.nombre for c in recurso.campos.values() if es_libre(c) and c.nombre not in claves]
            filas = copia.tabla(recurso.archivo)
            for fila in filas[1:]:
                for columna in sorted(set(libres) & set(filas[0])):
                    lugar = filas[0].index(columna)
                    if not CODIGO.fullmatch(fila[lugar]):
                        fila[lugar] = f"{ataques[cuantas % len(ataques)]} {fila[lugar]}"
                        cuantas += 1
            copia.escribir(recurso.archivo, filas)
    for bases in copia.ruta("convocatorias/bases").glob("*.md"):
        bases.write_text(bases.read_text(encoding="utf-8") + EN_LAS_BASES, encoding="utf-8")
    return cuantas


def ajenas(descriptor: dict[str, object]) -> Iterator[str]:
    for ajena in descriptor["schema"].get("foreignKeys", []):  # type: ignore[attr-defined]
        yield from [ajena["fields"]] if isinstance(ajena["fields"], str) else ajena["fields"]


def portal_envenenado(carpeta: Path, ataques: Sequence[str]) -> Path:
    copia = copiar(carpeta / "datos")
    assert envenenar(copia, ataques) > 1000
    vitrinas = carpeta / "vitrinas"
    vitrinas.mkdir()
    escritas = [vitrina(numero, texto) for numero, texto in enumerate(ataques)]
    juntas = json.dumps({"generado_el": "2026-11-23T12:00:00Z", "vitrinas": escritas})
    (vitrinas / "vitrinas.json").write_text(juntas, encoding="utf-8")
    return construir_en(carpeta, datos=copia.carpeta, entradas=Entradas(datos=copia.carpeta, vitrinas=vitrinas))


def vitrina(numero: int, ataque: str) -> dict[str, Any]:
    """La ficha que alguien armó por su enlace, con el ataque en cada texto libre."""
    producto = {
        "id": "1",
        "nombre": f"{ataque} gorro",
        "descripcion": f"{ataque} de lana",
        "rubro": "textil",
        "precio_clp": 12000,
        "unidad": f"{ataque} cada uno",
        "variantes": [f"{ataque} gris"],
        "foto": None,
        "foto_alt": "",
    }
    return {
        "id": f"vitrina-{numero}",
        "nombre": f"{ataque} tejidos",
        "tipo_persona": "natural",
        "region": "07",
        "comuna": "07101",
        "rubro": "textil",
        "descripcion": f"{ataque} a palillo",
        "contacto": "https://wa.me/56900000000",
        "consentimiento": "2026-11-01",
        "eventos": ["feria-sabores-y-oficios-2027"],
        "demostracion": True,
        "productos": [producto],
    }


@pytest.fixture(scope="module")
def hostil(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return portal_envenenado(tmp_path_factory.mktemp("hostil"), HOSTILES)


def test_ninguna_pagina_ejecuta_ni_carga_nada_ajeno(hostil: Path) -> None:
    paginas = sorted(hostil.rglob("*.html"))
    assert sum("&lt;svg/onload=alert(1)&gt;" in p.read_text(encoding="utf-8") for p in paginas) > 20
    for pagina in paginas:
        for etiqueta, atributos in Etiquetas(pagina.read_text(encoding="utf-8")).halladas:
            assert etiqueta not in {"style", "x", "iframe", "object"}, pagina
            for nombre, valor in atributos.items():
                donde = f"{pagina}: <{etiqueta} {nombre}={valor}>"
                assert not nombre.startswith("on"), donde
                assert nombre not in {"style", "http-equiv"}, donde
                assert nombre not in CARGAS or re.match(r"/(?![/\\])|#", valor), donde
                assert nombre != "href" or not re.match(r"\s*(javascript|data|vbscript):|[/\\]{2}", valor, re.I), donde
            if etiqueta == "script" and "src" not in atributos:
                assert atributos == {"type": "application/ld+json"}, pagina


def test_una_vitrina_con_codigo_queda_fuera_y_la_que_solo_lo_parece_sale_como_texto(hostil: Path) -> None:
    entraron = {
        numero for numero in range(len(HOSTILES)) if (hostil / "catalogo" / "empresas" / f"vitrina-{numero}").is_dir()
    }
    assert entraron == {n for n, texto in enumerate(HOSTILES) if tropiezo(texto) is None}
    assert 3 < len(entraron) < len(HOSTILES)
    for numero in entraron:
        for ruta in (f"empresas/vitrina-{numero}", f"productos/vitrina-{numero}-1"):
            assert HOSTILES[numero] in unescape((hostil / "catalogo" / ruta / "index.html").read_text("utf-8")), ruta


def test_los_datos_para_buscadores_se_leen(hostil: Path) -> None:
    bloques = [
        bloque
        for pagina in hostil.rglob("*.html")
        for bloque in re.findall(r'<script type="application/ld\+json">(.*?)</script>', pagina.read_text("utf-8"), re.S)
    ]
    assert len(bloques) > 50
    for bloque in [*bloques, *(a.read_text("utf-8") for e in ("json", "jsonld") for a in hostil.rglob(f"*.{e}"))]:
        json.loads(bloque)


def test_las_novedades_se_leen_y_no_traen_codigo(hostil: Path) -> None:
    archivos = list(hostil.rglob("*.xml"))
    assert len(archivos) > 20
    for archivo in archivos:
        for nodo in ElementTree.fromstring(archivo.read_bytes()).iter():
            assert "script" not in str(nodo.tag), archivo
            assert not any(a.startswith("on") for a in nodo.attrib), archivo
            assert not nodo.get("href", "/").startswith(("javascript:", "data:")), archivo
            if nodo.get("type") == "html":
                etiquetas = {etiqueta for etiqueta, _ in Etiquetas(nodo.text or "").halladas}
                assert not etiquetas & {"script", "svg", "img", "style", "x"}, archivo


def test_los_calendarios_se_leen_y_nadie_agrega_citas(hostil: Path, portal: Path) -> None:
    archivos = list((hostil / "calendario").rglob("*.ics"))
    assert len(archivos) > 20
    for archivo in archivos:
        limpio = portal / archivo.relative_to(hostil)
        cuantas = [len(Calendar.from_ical(a.read_bytes()).walk("VEVENT")) for a in (archivo, limpio)]
        assert cuantas[0] == cuantas[1], archivo


def test_ninguna_planilla_publicada_lleva_una_formula(tmp_path: Path) -> None:
    """Con una fórmula en todas las celdas: repartidas, a una columna de pocas filas podría no tocarle ninguna."""
    archivos = list(portal_envenenado(tmp_path, FORMULAS).rglob("*.csv"))
    assert len(archivos) > 40
    for archivo in archivos:
        for fila in csv.reader(io.StringIO(archivo.read_text(encoding="utf-8")), strict=True):
            assert not [celda for celda in fila if FORMULA.match(celda)], archivo


@pytest.mark.parametrize("texto", HOSTILES)
def test_validar_no_deja_entrar_ninguno(texto: str) -> None:
    assert list(revisar_celda(texto, cuida_personas=False))
