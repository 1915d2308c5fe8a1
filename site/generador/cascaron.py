"""El cascarón: MkDocs dibuja las páginas editoriales y presta una vacía, que se llena con lo que sale de los datos."""

import logging
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from generador.problemas import DatosConProblemas, Problema

NOMBRE = "cascara"
HUECO = re.compile(r"(?:<p>)?@@([a-z]+)@@(?:</p>)?")
PAGINA_VACIA = """---
cascara: true
seccion: "@@seccion@@"
---
@@contenido@@
"""


class Cascaron:
    """Una página del tema partida en sus huecos; se llena en una sola pasada, sin volver a mirar lo que se puso."""

    def __init__(self, html: str) -> None:
        self._trozos = HUECO.split(html)

    @property
    def huecos(self) -> frozenset[str]:
        return frozenset(self._trozos[1::2])

    def llenar(self, valores: Mapping[str, str]) -> str:
        return "".join(valores[t] if i % 2 else t for i, t in enumerate(self._trozos))


def preparar(paginas: Path, tema: Path, partes: Path, obra: Path) -> None:
    """Deja en la obra el árbol de Markdown y el tema con sus partes, como los esperan MkDocs y su sucesor."""
    for carpeta in ("paginas", "tema", "editorial"):
        shutil.rmtree(obra / carpeta, ignore_errors=True)
    shutil.copytree(paginas, obra / "paginas")
    (obra / "paginas" / f"{NOMBRE}.md").write_text(PAGINA_VACIA, encoding="utf-8")
    shutil.copytree(tema, obra / "tema", ignore=lambda _, nombres: {n for n in nombres if not n.endswith(".html")})
    shutil.copytree(partes, obra / "tema" / "partes")


def dibujar(configuracion: Path, obra: Path, ahora: datetime) -> Path:
    """Corre MkDocs callado y devuelve la carpeta con sus páginas."""
    with _entorno(NO_MKDOCS_2_WARNING="1", SOURCE_DATE_EPOCH=str(int(ahora.timestamp()))):
        from mkdocs.commands.build import build
        from mkdocs.config import load_config
        from mkdocs.exceptions import Abort

        logging.getLogger("mkdocs").setLevel(logging.WARNING)
        opciones = load_config(
            str(configuracion),
            docs_dir=str((obra / "paginas").resolve()),
            site_dir=str((obra / "editorial").resolve()),
            theme={"name": "material", "custom_dir": str((obra / "tema").resolve()), "language": "es", "font": False},
        )
        try:
            build(opciones)
        except Abort as error:
            problema = Problema("site/paginas", 0, "", str(error), "revisa los avisos de arriba: dicen página y enlace")
            raise DatosConProblemas([problema]) from None
    return obra / "editorial"


def paginas_editoriales(editorial: Path) -> Iterator[tuple[str, str]]:
    """Ruta y HTML de cada página editorial, sin el cascarón ni lo que trae el tema."""
    for archivo in sorted(editorial.rglob("index.html")):
        ruta = archivo.relative_to(editorial).as_posix()
        if not ruta.startswith(f"{NOMBRE}/"):
            yield ruta, archivo.read_text(encoding="utf-8")


def leer(editorial: Path) -> Cascaron:
    return Cascaron((editorial / NOMBRE / "index.html").read_text(encoding="utf-8"))


@contextmanager
def _entorno(**valores: str) -> Iterator[None]:
    antes = {clave: os.environ.get(clave) for clave in valores}
    os.environ.update(valores)
    try:
        yield
    finally:
        for clave, valor in antes.items():
            os.environ.pop(clave) if valor is None else os.environ.update({clave: valor})
