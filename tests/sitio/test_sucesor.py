"""El mismo árbol de páginas se construye también con el sucesor anunciado del tema."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sitio.conftest import RAIZ
from tests.sitio.lector import leer

CARPETAS = {".obra/paginas": "paginas", ".obra/editorial": "editorial", ".obra/tema": "tema"}


@pytest.mark.lento
def test_las_paginas_editoriales_salen_iguales_con_el_sucesor(portal: Path, tmp_path: Path) -> None:
    obra = portal.with_name(f"{portal.name}.obra")
    for carpeta in ("paginas", "tema"):
        shutil.copytree(obra / carpeta, tmp_path / carpeta)
    configuracion = (RAIZ / "mkdocs.yml").read_text(encoding="utf-8")
    for antes, despues in CARPETAS.items():
        configuracion = configuracion.replace(antes, despues)
    (tmp_path / "mkdocs.yml").write_text(configuracion, encoding="utf-8")
    zensical = Path(sys.executable).with_name("zensical")
    hecho = subprocess.run([zensical, "build"], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert hecho.returncode == 0, hecho.stdout + hecho.stderr

    editoriales = sorted((tmp_path / "paginas").rglob("*.md"))
    assert len(editoriales) >= 8
    for archivo in editoriales:
        if archivo.stem == "cascara":
            continue
        ruta = archivo.relative_to(tmp_path / "paginas").with_suffix("")
        ruta = ruta.parent if ruta.name == "index" else ruta
        propia = leer((tmp_path / "editorial" / ruta / "index.html").read_text(encoding="utf-8"))
        nuestra = leer((portal / ruta / "index.html").read_text(encoding="utf-8"))
        for etiqueta in ("title", "h1", "header", "footer"):
            assert propia.uno(etiqueta).texto == nuestra.uno(etiqueta).texto, f"{ruta}: {etiqueta}"
        assert _palabras(propia.uno("main").texto) == _palabras(nuestra.uno("main").texto), ruta


def _palabras(texto: str) -> list[str]:
    return re.findall(r"\w+", texto)
