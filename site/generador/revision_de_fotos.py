"""Revisa las fotos del catálogo que están junto a los datos: que exista cada una, que sirva y que alguien la use."""

from collections.abc import Iterator
from pathlib import Path

from generador.examen_de_foto import examinar
from generador.lectura import Tabla
from generador.problemas import Problema

CARPETA = "catalogos/fotos"
PRODUCTOS = "catalogos/productos.csv"


def revisar_fotos(datos: Path, productos: Tabla | None) -> Iterator[Problema]:
    """Los problemas de cada foto, en la fila del producto que la nombra; sin tabla que leer, ninguno."""
    if productos is None or "foto" not in productos.columnas:
        return
    lugar = productos.columnas.index("foto")
    nombradas = {n: celdas[lugar] for n, celdas in productos.filas if len(celdas) > lugar and celdas[lugar]}
    for fila, nombre in nombradas.items():
        yield from (Problema(PRODUCTOS, fila, "foto", que, como) for que, como in _de_una(datos / CARPETA, nombre))
    yield from _sin_dueno(datos, set(nombradas.values()))


def _de_una(carpeta: Path, nombre: str) -> Iterator[tuple[str, str]]:
    if "/" in nombre:
        return
    ruta = carpeta / nombre
    if not ruta.is_file():
        yield f"falta la foto «{nombre}»", f"súbela a datos/{CARPETA}/ con ese nombre o deja la celda vacía"
        return
    yield from examinar(ruta)


def _sin_dueno(datos: Path, nombradas: set[str]) -> Iterator[Problema]:
    for ruta in sorted((datos / CARPETA).glob("*")):
        if ruta.name not in nombradas and not ruta.name.startswith("."):
            como = "escribe su nombre en la columna «foto» de un producto o bórrala"
            yield Problema(f"{CARPETA}/{ruta.name}", 0, "", "ningún producto usa esta foto", como)
