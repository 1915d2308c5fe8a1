"""Los formularios, los correos y los mensajes se leen todavía más fácil que el portal."""

import csv
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import textstat

from funciones.entrada import errores
from tests.sitio.frases import frases, palabras, partir

RAIZ = Path(__file__).resolve().parents[2]
PLANTILLAS = RAIZ / "plantillas"
MINIMO = 70
MAS_LARGA = 25
DE_CORRIDO = 5
BASTANTES = 20
CON_PALABRAS = sorted(
    p for carpeta in ("formulario", "correo", "suscripcion") for p in (PLANTILLAS / carpeta).glob("*.html.j2")
)
# La cláusula cita la fuente; el título y el certificado son nombres propios.
NOMBRES_PROPIOS = frozenset({"clausula", "titulo", "certificado"})


def sin_jinja(texto: str) -> str:
    """La plantilla con una palabra cualquiera en cada hueco, como se leerá."""
    for patron, puesto in ((r"\{#.*?#\}", ""), (r"\{%.*?%\}", "\n"), (r"\{\{.*?\}\}", "esto")):
        texto = re.sub(patron, puesto, texto, flags=re.DOTALL)
    return f"<main>{texto}</main>"


def indice(propias: list[str]) -> float | None:
    """Fernández-Huerta de lo que se lee de corrido; None si es muy poco para medirlo."""
    textstat.set_lang("es")
    seguidas = [f for f in propias if palabras(f) >= DE_CORRIDO]
    if sum(map(palabras, seguidas)) < BASTANTES:
        return None
    return float(textstat.fernandez_huerta(" ".join(f"{f.rstrip('.:')}." for f in seguidas)))


def de_las_preguntas() -> list[str]:
    columnas = ("titulo", "ayuda", "error_falta", "error_formato")
    escritas: list[str] = []
    for tabla in ("preguntas.csv", "preguntas_propias.csv"):
        with (RAIZ / "datos" / "convocatorias" / tabla).open(encoding="utf-8", newline="") as archivo:
            escritas += [f for fila in csv.DictReader(archivo) for c in columnas for f in partir(fila[c])]
    return escritas


def de_las_reglas() -> list[str]:
    reglas = tomllib.loads((PLANTILLAS / "reglas.toml").read_text(encoding="utf-8"))
    return [f for r in reglas.values() for c, v in r.items() if c not in NOMBRES_PROPIOS for f in partir(v)]


def de_los_errores() -> list[str]:
    return [f for t in errores.TEXTOS.values() for f in partir(f"{t.titulo}. {t.mensaje}")]


@pytest.mark.parametrize("de", [de_las_preguntas, de_las_reglas, de_los_errores])
def test_las_preguntas_las_reglas_y_los_errores_se_leen_facil(de: Callable[[], list[str]]) -> None:
    propias = de()
    assert not [f for f in propias if palabras(f) > MAS_LARGA]
    medido = indice(propias)
    assert medido is not None
    assert medido >= MINIMO


@pytest.mark.parametrize("plantilla", CON_PALABRAS, ids=lambda p: f"{p.parent.name}/{p.name.split('.')[0]}")
def test_cada_formulario_y_cada_correo_se_lee_facil(plantilla: Path) -> None:
    propias = frases(sin_jinja(plantilla.read_text(encoding="utf-8")))
    assert not [f for f in propias if palabras(f) > MAS_LARGA]
    assert (indice(propias) or 100) >= MINIMO
