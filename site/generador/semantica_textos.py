"""Cuida que los textos no lleven código a una página, fórmulas a una planilla ni datos de personas al repositorio."""

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

from funciones.dominio.celda_segura import INICIOS_DE_FORMULA
from generador.problemas import Problema
from generador.vista import Vista

# Donde nunca va un dato de contacto. En preguntas.csv hay ejemplos y el teléfono de una oficina es público.
SIN_DATOS_PERSONALES = ("convocatorias", "eventos", "catalogos")
CON_EJEMPLOS = {("convocatorias", "preguntas")}
PERSONALES = (
    (re.compile(r"(?<![\w.-])\d{1,2}\.?\d{3}\.?\d{3}-[\dkK](?!\w)"), "parece un RUT"),
    (re.compile(r"[^\s@|<>()]+@[^\s@|<>()]+\.[a-zA-Z]{2,}"), "parece un correo"),
    (
        re.compile(r"(?<![\d-])(\+?56[ -]?)?(9[ -]?\d{4}[ -]?\d{4}|\(?\d{2}\)?[ -]\d{3}[ -]?\d{4})(?![\d-])"),
        "parece un teléfono",
    ),
)
CODIGO = (
    (re.compile(r"<\s*/?\s*script", re.I), "código (script)"),
    (re.compile(r"(javascript|vbscript|data)\s*:", re.I), "un enlace que ejecuta código"),
    (re.compile(r"\bon(?!line)[a-z]{3,}\s*=", re.I), "código que se ejecuta al tocar la página"),
    (re.compile(r"<\s*[a-zA-Z/!?]"), "etiquetas HTML"),
    (re.compile(r"\{\{|\{%|\{#|\{:"), "llaves de plantilla"),
)
NUMERO_CON_SIGNO = re.compile(r"[+-]?[\d\s().,-]+")
IMAGEN = re.compile(r"!\[")
DESTINO = re.compile(r"\]\(\s*<?\s*([^)\s>]*)|^\s{0,3}\[[^\]]+\]:\s*<?(\S+)", re.M)
# Los navegadores leen «\» como «/»: así empezada, la dirección es de otro sitio.
DOS_BARRAS = re.compile(r"[/\\]{2}")
ESQUEMA_URL = re.compile(r"^[a-z][a-z0-9+.-]*:", re.I)


def celdas(vista: Vista) -> Iterator[Problema]:
    for paquete, esquema in vista.esquemas.items():
        for tabla, recurso in esquema.recursos.items():
            textos = [c.nombre for c in recurso.campos.values() if c.tipo == "string" and "enum" not in c.restricciones]
            cuida_personas = paquete in SIN_DATOS_PERSONALES and (paquete, tabla) not in CON_EJEMPLOS
            for fila in vista.filas(paquete, tabla):
                for columna in textos:
                    for que, como in revisar_celda(fila.textos[columna], cuida_personas):
                        yield fila.mal(columna, que, como)


def bases(vista: Vista) -> Iterator[Problema]:
    for archivo, texto in vista.bases.items():
        if texto.startswith("---"):
            yield Problema(archivo, 1, "", "empieza con una línea de guiones", "empieza con el título, como «# Bases»")
        for numero, linea in enumerate(texto.split("\n"), 1):
            for que, como in revisar_linea(linea):
                yield Problema(archivo, numero, "", que, como)


def archivo_de_bases(vista: Vista) -> Iterator[Problema]:
    nombrados = vista.textos("convocatorias", "convocatorias", "bases")
    for fila in vista.filas("convocatorias", "convocatorias"):
        esperado = f"bases/{fila['id']}.md"
        if fila["bases"] != esperado:
            yield fila.mal("bases", f"«{fila['bases']}» no es el archivo de esta convocatoria", f"escribe «{esperado}»")
        elif f"convocatorias/{esperado}" not in vista.bases:
            yield fila.mal("bases", f"falta el archivo {esperado}", "súbelo a datos/convocatorias/bases/")
        elif not vista.bases[f"convocatorias/{esperado}"].strip():
            yield Problema(f"convocatorias/{esperado}", 1, "", "el archivo está vacío", "escribe las bases")
    for archivo in sorted(vista.bases):
        if archivo.removeprefix("convocatorias/") not in nombrados:
            yield Problema(
                archivo, 0, "", "ninguna convocatoria usa estas bases", "borra el archivo o agrega su convocatoria"
            )


def revisar_celda(texto: str, cuida_personas: bool) -> Iterator[tuple[str, str]]:
    """Qué está mal y cómo escribirlo, para el texto de una celda."""
    yield from _codigo(texto)
    visible = texto.lstrip()
    if visible.startswith(INICIOS_DE_FORMULA) and not NUMERO_CON_SIGNO.fullmatch(visible):
        yield f"empieza con «{visible[0]}» y una planilla lo toma por una fórmula", "empieza con una letra o un número"
    if cuida_personas:
        yield from _personales(texto)


def revisar_linea(linea: str) -> Iterator[tuple[str, str]]:
    """Qué está mal y cómo escribirlo, para una línea de las bases."""
    con_codigo = list(_codigo(linea))
    yield from con_codigo
    yield from _personales(linea)
    if not con_codigo:
        yield from _enlaces(linea)


def _codigo(texto: str) -> Iterator[tuple[str, str]]:
    limpio = _sin_disfraz(texto)
    for patron, que_es in CODIGO:
        if patron.search(texto) or patron.search(limpio):
            yield f"lleva {que_es}", "escribe solo texto; en las bases puedes usar Markdown"
            return


def _personales(texto: str) -> Iterator[tuple[str, str]]:
    for patron, parece in PERSONALES:
        calce = patron.search(texto)
        if calce:
            yield (
                f"«{calce.group().strip()}» {parece}",
                "bórralo: aquí no se publican datos de contacto; usa la página web o la oficina",
            )


def _enlaces(linea: str) -> Iterator[tuple[str, str]]:
    if IMAGEN.search(linea):
        yield "las bases no llevan imágenes", "describe con palabras lo que muestra"
    for calce in DESTINO.finditer(linea):
        destino = _sin_disfraz(calce[1] or calce[2] or "")
        if DOS_BARRAS.match(destino) or (ESQUEMA_URL.match(destino) and not destino.lower().startswith("https://")):
            yield f"el enlace «{destino}» no es seguro", "usa una dirección que empiece con https://"


def _sin_disfraz(texto: str) -> str:
    """El texto sin las formas de esconder código: entidades, porcentajes y caracteres invisibles."""
    return re.sub(r"[\x00-\x20\x7f\xad\u200b-\u200f\u2028-\u202e\u2060\ufeff]", "", unquote(html.unescape(texto)))
