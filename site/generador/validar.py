"""Comprueba todos los paquetes de datos y junta los problemas en una sola lista."""

from collections.abc import Iterator
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

from generador import firmeza
from generador.arbitro import arbitrar
from generador.encabezado import revisar as revisar_encabezado
from generador.esquemas import Esquema, leer_esquemas
from generador.historia import Historia
from generador.lectura import Tabla, leer_tabla, leer_texto
from generador.lugares import por_su_nombre
from generador.paquetes import Paquetes, leer
from generador.problemas import DatosConProblemas, Problema
from generador.revision_de_fotos import revisar_fotos
from generador.semantica import revisar_sentido
from generador.vista import mirar

PLANILLAS = frozenset({".csv", ".xlsx", ".xls", ".ods", ".tsv", ".txt"})
Tablas = dict[str, dict[str, Tabla]]


def exigir(datos: Path, historia: Historia | None = None, ahora: datetime | None = None) -> Paquetes:
    """Los paquetes, si están en orden; si no, DatosConProblemas con todo lo que hay que corregir."""
    problemas = problemas_de(datos, historia, ahora)
    if problemas:
        raise DatosConProblemas(problemas)
    return leer(datos)


def problemas_de(datos: Path, historia: Historia | None = None, ahora: datetime | None = None) -> list[Problema]:
    """Todo lo que hay que corregir: primero la forma de cada tabla y, si se pudieron abrir todas, su sentido.

    Con la historia de los datos, además lo que cambió cuando ya no podía cambiar sin anotarse.
    """
    try:
        esquemas = leer_esquemas(datos)
    except DatosConProblemas as error:
        return error.problemas
    tablas, problemas = _abrir(datos, esquemas)
    en_su_lugar = not problemas and _cada_celda_bajo_su_columna(tablas)
    problemas += _archivos_de_mas(datos, esquemas)
    for esquema in esquemas.values():
        problemas += arbitrar(esquema, tablas[esquema.nombre])
    problemas = list(por_su_nombre(problemas, tablas))
    problemas += revisar_fotos(datos, tablas["catalogos"].get("productos"))
    bases, ilegibles = _abrir_bases(datos)
    problemas += ilegibles
    if en_su_lugar and not ilegibles:
        con_errores = {(p.archivo, p.fila) for p in problemas}
        vista = mirar(esquemas, tablas, bases, con_errores)
        problemas += revisar_sentido(vista)
        problemas += firmeza.revisar(vista, historia or Historia(), ahora or datetime.now(UTC))
    return sorted(problemas)


def resumir(datos: Paquetes) -> str:
    """«6 paquetes, 23 tablas, 1.234 filas: todo en orden.»"""
    tablas = [filas for tablas in datos.values() for filas in tablas.values()]
    filas = f"{sum(map(len, tablas)):,}".replace(",", ".")
    return f"{len(datos)} paquetes, {len(tablas)} tablas, {filas} filas: todo en orden."


def _abrir(datos: Path, esquemas: dict[str, Esquema]) -> tuple[Tablas, list[Problema]]:
    """Las tablas que se pueden leer y por qué no las demás."""
    tablas: Tablas = {}
    problemas: list[Problema] = []
    for esquema in esquemas.values():
        tablas[esquema.nombre] = {}
        for recurso in esquema.recursos.values():
            try:
                tabla = leer_tabla(datos, recurso.archivo)
            except DatosConProblemas as error:
                problemas += error.problemas
                continue
            malas = revisar_encabezado(tabla, recurso)
            problemas += malas
            if not malas:
                tablas[esquema.nombre][recurso.nombre] = tabla
    return tablas, problemas


def _cada_celda_bajo_su_columna(tablas: Tablas) -> bool:
    """Si no hay filas con celdas de más o de menos, que correrían los datos de columna."""
    todas = [tabla for propias in tablas.values() for tabla in propias.values()]
    return all(len(celdas) == len(tabla.columnas) for tabla in todas for _, celdas in tabla.filas)


def _abrir_bases(datos: Path) -> tuple[dict[str, str], list[Problema]]:
    textos: dict[str, str] = {}
    problemas: list[Problema] = []
    for ruta in sorted((datos / "convocatorias" / "bases").glob("*")):
        archivo = ruta.relative_to(datos).as_posix()
        try:
            textos[archivo] = leer_texto(datos, archivo)
        except DatosConProblemas as error:
            problemas += error.problemas
    return textos, problemas


def _archivos_de_mas(datos: Path, esquemas: dict[str, Esquema]) -> Iterator[Problema]:
    for esquema in esquemas.values():
        esperados = [r.archivo for r in esquema.recursos.values()]
        for ruta in sorted((datos / esquema.nombre).iterdir()):
            archivo = ruta.relative_to(datos).as_posix()
            if ruta.suffix.lower() in PLANILLAS and archivo not in esperados:
                cerca = get_close_matches(archivo, esperados, 1, 0.8)
                como = f"¿es {cerca[0]}? Cámbiale el nombre o bórralo" if cerca else "bórralo: el portal no lo usa"
                yield Problema(archivo, 0, "", "sobra este archivo", como)
