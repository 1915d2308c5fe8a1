"""Construye el portal: del árbol de datos y páginas a una carpeta lista para servir."""

import json
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from funciones.adaptadores.horneado import Horneado
from generador import bibliotecas, cascaron, decisiones, inocuo, openapi, paquetes, publicos
from generador.cascaron import Cascaron
from generador.entradas import Entradas
from generador.fichas import Fichas
from generador.paginas import paginas, va_en_el_mapa
from generador.productores import PRODUCTORES
from generador.reemplazo import reemplazar
from generador.relleno import Relleno

RAIZ = Path(__file__).resolve().parents[2]
PLANTILLAS = RAIZ / "plantillas"
TEMA = RAIZ / "site" / "tema"
ICONO = "favicon.ico"
EDITORIALES = RAIZ / "site" / "paginas"
CONFIGURACION = RAIZ / "mkdocs.yml"


def construir(datos: Path, salida: Path, ahora: datetime, horneado: Path, entradas: Entradas | None = None) -> None:
    """Lee, dibuja, llena y recién al final cambia el portal viejo por el nuevo."""
    obra = carpeta_de_obra(salida)
    nuevo = obra / "portal"
    shutil.rmtree(nuevo, ignore_errors=True)

    leidos = paquetes.leer(datos)
    publicado = Horneado(json.loads(horneado.read_text(encoding="utf-8")))
    sitio = direccion_publica()
    fichas = Fichas(leidos, publicado, ahora, replace(entradas or Entradas(), sitio=sitio, datos=datos, obra=obra))

    cascaron.preparar(EDITORIALES, TEMA, PLANTILLAS / "partes", obra)
    bibliotecas.escribir(RAIZ, obra / "paginas" / "decisiones")
    decisiones.indexar(obra / "paginas" / "decisiones")
    editorial = cascaron.dibujar(CONFIGURACION, obra, ahora)

    rutas = escribir_editoriales(editorial, nuevo)
    rutas += escribir_paginas(fichas, cascaron.leer(editorial), nuevo)
    copiar_tema(nuevo)
    publicos.publicar(fichas, nuevo)
    publicos.copiar_actas(datos, nuevo)
    for producir in PRODUCTORES:
        producir(fichas, nuevo)
    escribir_mapa(rutas, nuevo, sitio)
    escribir_api(nuevo, horneado)

    reemplazar(nuevo, salida)
    print(f"{len(rutas)} páginas en {salida}.")


def carpeta_de_obra(salida: Path) -> Path:
    """Donde se trabaja: `.obra` para la salida de siempre; junto a la salida si es otra."""
    return Path(".obra") if salida == Path(".salida") else salida.with_name(f"{salida.name}.obra")


def escribir_editoriales(editorial: Path, nuevo: Path) -> list[str]:
    """Las páginas escritas a mano, tal como las dibujó el tema."""
    rutas = []
    for archivo, html in cascaron.paginas_editoriales(editorial):
        ruta = "/" + archivo.removesuffix("index.html")
        _escribir(nuevo, ruta, html)
        rutas.append(ruta)
    return rutas


def escribir_paginas(fichas: Fichas, vacia: Cascaron, nuevo: Path) -> list[str]:
    """Las páginas que salen de los datos, dentro del cascarón."""
    relleno = Relleno(PLANTILLAS, fichas)
    rutas = []
    for pagina in paginas(fichas):
        _escribir(nuevo, pagina.ruta, vacia.llenar(relleno.de(pagina)))
        rutas.append(pagina.ruta)
    return rutas


def copiar_tema(nuevo: Path) -> None:
    """Estilo, letra, guiones y licencia; las plantillas del tema no se publican."""
    destino = nuevo / "tema"
    destino.mkdir(parents=True)
    for archivo in sorted(TEMA.iterdir()):
        if archivo.is_file() and archivo.suffix != ".html":
            shutil.copyfile(archivo, destino / archivo.name)
    # Los navegadores lo piden en la raíz aunque la página diga otro; el suyo sale de icono.svg.
    (destino / ICONO).rename(nuevo / ICONO)


def escribir_mapa(rutas: list[str], nuevo: Path, sitio: str) -> None:
    """El mapa del sitio y lo que pueden recorrer los buscadores."""
    publicas = sorted(r for r in rutas if va_en_el_mapa(r))
    filas = "".join(f"<url><loc>{escape(sitio + ruta)}</loc></url>\n" for ruta in publicas)
    mapa = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{filas}</urlset>\n'
    (nuevo / "sitemap.xml").write_text(mapa, encoding="utf-8")
    robots = f"User-agent: *\nDisallow: /api/\nDisallow: /mesa/\n\nSitemap: {sitio}/sitemap.xml\n"
    (nuevo / "robots.txt").write_text(robots, encoding="utf-8")


def direccion_publica() -> str:
    """La que dice mkdocs.yml, o la variable URL_PORTAL donde se despliega."""
    from mkdocs.utils.yaml import yaml_load

    with CONFIGURACION.open(encoding="utf-8") as archivo:
        return str(yaml_load(archivo)["site_url"]).rstrip("/")


def escribir_api(nuevo: Path, horneado: Path) -> None:
    """La descripción de la API, con las preguntas que lleva ese horneado."""
    descripcion = openapi.describir(json.loads(horneado.read_text(encoding="utf-8")))
    (nuevo / "api").mkdir(exist_ok=True)
    texto = json.dumps(descripcion, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    (nuevo / "api" / "openapi.json").write_text(texto, encoding="utf-8")


def _escribir(nuevo: Path, ruta: str, html: str) -> None:
    inocuo.exigir(ruta, html)
    archivo = nuevo / ruta.lstrip("/") / "index.html" if ruta.endswith("/") else nuevo / ruta.lstrip("/")
    archivo.parent.mkdir(parents=True, exist_ok=True)
    archivo.write_text(html.rstrip() + "\n", encoding="utf-8")
