"""Escribe los datos abiertos: cada tabla en CSV y JSON, la descripción de cada paquete, las bases y las actas."""

import json
from pathlib import Path
from typing import Any

from generador.abiertos import PaqueteAbierto, TablaAbierta, abiertos
from generador.fichas import Fichas


def publicar(fichas: Fichas, destino: Path) -> None:
    """Escribe los paquetes y las bases bajo /datos/."""
    for paquete in abiertos(fichas):
        carpeta = destino / "datos" / paquete.nombre
        carpeta.mkdir(parents=True, exist_ok=True)
        for archivo in (a for tabla in paquete.tablas for a in tabla.archivos):
            (destino / archivo.ruta.lstrip("/")).write_bytes(archivo.contenido)
        texto = json.dumps(descriptor_publico(paquete), ensure_ascii=False, indent=1, default=str) + "\n"
        (carpeta / "datapackage.json").write_text(texto, encoding="utf-8")
    bases = destino / "datos" / "convocatorias" / "bases"
    bases.mkdir(exist_ok=True)
    for convocatoria, texto in fichas.datos.bases.items():
        (bases / f"{convocatoria}.md").write_bytes(texto.encode("utf-8"))


def descriptor_publico(paquete: PaqueteAbierto) -> dict[str, Any]:
    """El datapackage con el tamaño y la huella de cada CSV que se publica."""
    return {**paquete.descriptor, "resources": [_recurso(t) for t in paquete.tablas]}


def _recurso(tabla: TablaAbierta) -> dict[str, Any]:
    archivo = tabla.archivos[0]
    medidas = {"bytes": len(archivo.contenido), "hash": f"sha256:{archivo.huella}"}
    return {**tabla.recurso.descriptor, **medidas}


def copiar_actas(datos: Path, destino: Path) -> None:
    """Las actas públicas de cada selección, byte por byte: de ellos sale la huella que está en la tabla."""
    carpeta = destino / "datos" / "transparencia" / "actas"
    carpeta.mkdir(parents=True)
    for acta in sorted((datos / "transparencia" / "actas").glob("*.json")):
        (carpeta / acta.name).write_bytes(acta.read_bytes())
