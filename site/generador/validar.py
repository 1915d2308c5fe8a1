"""Comprueba todos los paquetes de datos y junta los problemas en una sola lista."""

from pathlib import Path

from generador.paquetes import Paquetes, leer


def exigir(datos: Path) -> Paquetes:
    """Los paquetes, si están en orden; si no, DatosConProblemas con todo lo que hay que corregir."""
    return leer(datos)


def resumir(datos: Paquetes) -> str:
    """«5 paquetes, 23 tablas, 1.234 filas: todo en orden.»"""
    tablas = [filas for tablas in datos.values() for filas in tablas.values()]
    filas = f"{sum(map(len, tablas)):,}".replace(",", ".")
    return f"{len(datos)} paquetes, {len(tablas)} tablas, {filas} filas: todo en orden."
