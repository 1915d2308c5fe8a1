"""Arma el índice de las decisiones a partir de los archivos que hay."""

import re
from pathlib import Path

TITULO = re.compile(r"^# (.+)$", re.MULTILINE)
ENCABEZADO = """---
seccion: s-tramite
description: Por qué el portal es como es, en una página por decisión.
---
# Decisiones

Aquí dice qué se decidió, qué otras opciones había y qué costo tiene cada una.
{: .guia }

"""


def indexar(carpeta: Path) -> None:
    """Escribe index.md con una línea por decisión, en orden de número."""
    archivos = sorted(a for a in carpeta.glob("*.md") if a.name != "index.md")
    lineas = [f"- [{_titulo(a)}]({a.name})" for a in archivos]
    (carpeta / "index.md").write_text(ENCABEZADO + "\n".join(lineas) + "\n", encoding="utf-8")


def _titulo(archivo: Path) -> str:
    hallado = TITULO.search(archivo.read_text(encoding="utf-8"))
    return hallado[1] if hallado else archivo.stem
