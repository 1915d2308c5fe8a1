"""La página verdadera de la mesa, armada con las plantillas del portal."""

import csv
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, FileSystemLoader, StrictUndefined

RAIZ = Path(__file__).parents[2]
MARCO = """<!doctype html>
<html lang="es-CL"><head>{cabeza}{propia}</head>
<body class="s-tramite"><a class="saltar" href="#contenido">Saltar al contenido</a>
<header>{techo}{toldo}</header><main id="contenido">{contenido}</main>{pie}</body></html>
"""


@cache
def pagina() -> str:
    """La mesa dentro de las partes del portal."""
    entorno = Environment(loader=FileSystemLoader(RAIZ / "plantillas"), autoescape=True, undefined=StrictUndefined)
    with (RAIZ / "datos/parametros/regiones.csv").open(encoding="utf-8") as archivo:
        regiones = sorted(csv.DictReader(archivo), key=lambda fila: int(fila["orden"]))
    plantilla = entorno.get_template("portal/mesa.html.j2")
    contexto = plantilla.new_context({"fichas": SimpleNamespace(regiones=regiones)})
    parte = {
        nombre: entorno.get_template(f"partes/{nombre}.html").render(
            titulo="La mesa", descripcion="La mesa", seccion="s-tramite", nav_actual="", region_orden=None
        )
        for nombre in ("cabeza", "techo", "toldo", "pie")
    }
    propios = {nombre: "".join(plantilla.blocks[nombre](contexto)) for nombre in ("cabeza", "contenido")}
    return MARCO.format(**{**parte, "propia": propios["cabeza"], "contenido": propios["contenido"]})
