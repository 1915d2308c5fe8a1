"""Los datos abiertos: cada paquete con su descripción, su CSV en UTF-8 y nada que una planilla ejecute."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from generador.esquemas import Recurso
from generador.paquetes import Paquetes

# Una planilla trata como fórmula la celda que empieza así.
INICIOS_DE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
TIPOS = {
    "string": "texto",
    "integer": "número entero",
    "number": "número",
    "boolean": "si o no",
    "date": "fecha",
    "datetime": "fecha y hora",
}


def describir(datos: Paquetes) -> list[dict[str, Any]]:
    """Cada paquete con sus tablas y columnas, para la página de datos abiertos."""
    return [
        {
            "nombre": nombre,
            "titulo": esquema.descriptor["title"],
            "descripcion": esquema.descriptor["description"],
            "version": esquema.descriptor.get("version", ""),
            "fuentes": esquema.descriptor.get("sources", []),
            "tablas": [_tabla(datos, recurso) for recurso in esquema.recursos.values()],
        }
        for nombre, esquema in datos.esquemas.items()
    ]


def _tabla(datos: Paquetes, recurso: Recurso) -> dict[str, Any]:
    return {
        "nombre": recurso.nombre,
        "titulo": recurso.descriptor.get("title", recurso.nombre),
        "descripcion": recurso.descriptor.get("description", ""),
        "archivo": f"/datos/{recurso.archivo}",
        "filas": len(datos[recurso.paquete][recurso.nombre]),
        "campos": [
            {
                "nombre": campo.nombre,
                "titulo": campo.descriptor.get("title", ""),
                "descripcion": campo.descriptor.get("description", ""),
                "tipo": "lista" if campo.separador else TIPOS.get(campo.tipo, campo.tipo),
                "ejemplo": campo.ejemplo,
                "obligatorio": bool(campo.restricciones.get("required")),
            }
            for campo in recurso.campos.values()
        ],
    }


def publicar(datos: Paquetes, destino: Path) -> None:
    """Escribe los CSV, las bases y un datapackage.json por paquete bajo /datos/."""
    for nombre, esquema in datos.esquemas.items():
        carpeta = destino / "datos" / nombre
        carpeta.mkdir(parents=True, exist_ok=True)
        descriptor = json.dumps(esquema.descriptor, ensure_ascii=False, indent=1, default=str) + "\n"
        (carpeta / "datapackage.json").write_text(descriptor, encoding="utf-8")
        for recurso in esquema.recursos.values():
            texto = sin_formulas(datos.csv(nombre, recurso.nombre), recurso)
            (destino / "datos" / recurso.archivo).write_bytes(texto.encode("utf-8"))
    bases = destino / "datos" / "convocatorias" / "bases"
    bases.mkdir(exist_ok=True)
    for convocatoria, texto in datos.bases.items():
        (bases / f"{convocatoria}.md").write_bytes(texto.encode("utf-8"))


def copiar_actas(datos: Path, destino: Path) -> None:
    """Las actas públicas de cada selección, byte por byte: de ellos sale la huella que está en la tabla."""
    carpeta = destino / "datos" / "transparencia" / "actas"
    carpeta.mkdir(parents=True)
    for acta in sorted((datos / "transparencia" / "actas").glob("*.json")):
        (carpeta / acta.name).write_bytes(acta.read_bytes())


def sin_formulas(texto: str, recurso: Recurso) -> str:
    """El mismo CSV con un apóstrofo delante de los textos que una planilla ejecutaría; los números quedan igual."""
    textos = [i for i, campo in enumerate(recurso.campos.values()) if campo.tipo == "string"]
    salida = io.StringIO()
    escritor = csv.writer(salida, lineterminator="\n")
    for numero, celdas in enumerate(csv.reader(io.StringIO(texto))):
        if numero:
            for i in textos:
                if celdas[i].startswith(INICIOS_DE_FORMULA):
                    celdas[i] = f"'{celdas[i]}"
        escritor.writerow(celdas)
    return salida.getvalue()
