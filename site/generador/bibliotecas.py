"""Escribe la página de bibliotecas con la razón que cada una lleva en pyproject.toml o en infra/npm/package.json."""

import json
import re
from pathlib import Path
from typing import NamedTuple

RENGLON = re.compile(r"^    # (?P<razon>.+)\n(?P<seguidas>(?:    # .+\n)*)    \"(?P<nombre>[\w.-]+)", re.MULTILINE)
GRUPO = re.compile(r"^(?P<grupo>[a-z]+) = \[\n(?P<cuerpo>(?:    .*\n)*)\]", re.MULTILINE)
PARA_QUE = {
    "funciones": "Dentro de las funciones",
    "servir": "Para construir y servir el portal",
    "probar": "Para las pruebas",
    "revisar": "Para revisar el código",
    "npm": "Para las pruebas, en JavaScript",
    "ministack": "En su propio entorno, para probar contra servicios de nube simulados",
    "uv": "En su propio entorno, para recalcular las versiones exactas",
}
ENCABEZADO = """---
seccion: s-tramite
miga: /decisiones/
miga_texto: Decisiones
description: Qué bibliotecas usa el proyecto y por qué está cada una.
---
# Las bibliotecas y su razón

Cada biblioteca está por algo que otros ya hacen mejor que nosotros. Las versiones exactas llevan su huella.
{: .guia }
"""


class Biblioteca(NamedTuple):
    """Una dependencia directa y por qué está."""

    grupo: str
    nombre: str
    razon: str


def leer(pyproject: Path) -> list[Biblioteca]:
    """Las dependencias directas con su razón, en el orden del archivo."""
    texto = pyproject.read_text(encoding="utf-8")
    grupos = texto[texto.index("[dependency-groups]") :]
    return [
        Biblioteca(grupo["grupo"], renglon["nombre"], _razon(renglon))
        for grupo in GRUPO.finditer(grupos)
        for renglon in RENGLON.finditer(grupo["cuerpo"])
    ]


def leer_npm(paquete: Path) -> list[Biblioteca]:
    """Las de JavaScript, con su razón; KeyError si a una le falta."""
    descrito = json.loads(paquete.read_text(encoding="utf-8"))
    return [Biblioteca("npm", nombre, descrito["razones"][nombre]) for nombre in descrito["dependencies"]]


def _razon(renglon: re.Match[str]) -> str:
    seguidas = renglon["seguidas"].replace("    # ", " ").replace("\n", "")
    return renglon["razon"] + seguidas


def escribir(raiz: Path, carpeta: Path) -> None:
    """Escribe bibliotecas.md en la carpeta de decisiones."""
    bibliotecas = leer(raiz / "pyproject.toml") + leer_npm(raiz / "infra" / "npm" / "package.json")
    partes = [ENCABEZADO]
    for grupo, titulo in PARA_QUE.items():
        propias = [b for b in bibliotecas if b.grupo == grupo]
        partes.append(f"\n## {titulo}\n\n" + "\n".join(f"- **{b.nombre}**: {b.razon}" for b in propias) + "\n")
    (carpeta / "bibliotecas.md").write_text("".join(partes), encoding="utf-8")
