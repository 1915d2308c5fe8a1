"""El CSV que se publica: se lee entero, se le ponen filas por su clave y lo demás queda como estaba."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

Tabla = dict[tuple[str, ...], dict[str, str]]


class FilaImposible(ValueError):
    """La fila trae columnas que el archivo no tiene, le falta parte de su clave, o no es de lo que se publica."""


class ArchivoIlegible(Exception):
    """El archivo publicado no es un CSV con estas columnas: lo arregla una persona antes de seguir."""


def anexar(actual: bytes | None, filas: Sequence[Mapping[str, str]], clave: Sequence[str]) -> bytes:
    """El CSV con las filas puestas: la que ya estaba se corrige en su lugar; la nueva va al final.

    Si no había archivo (None), nace con las columnas de la primera fila. Errores: FilaImposible, ArchivoIlegible.
    """
    columnas, tabla = leer(actual, clave) if actual is not None else (tuple(filas[0]), {})
    poner(tabla, columnas, filas, clave)
    return escribir(columnas, tabla.values())


def filas_de(actual: bytes | None) -> tuple[dict[str, str], ...]:
    """Las filas del CSV tal como vienen; ninguna si no había archivo. Error: ArchivoIlegible."""
    return () if actual is None else tuple(_leer(actual)[1])


def leer(actual: bytes, clave: Sequence[str]) -> tuple[tuple[str, ...], Tabla]:
    """Las columnas y las filas por su clave, en el orden del archivo. Error: ArchivoIlegible."""
    columnas, filas = _leer(actual)
    if not set(clave) <= set(columnas):
        raise ArchivoIlegible("al encabezado le falta parte de la clave")
    tabla = {_clave(fila, clave): fila for fila in filas}
    if len(tabla) != len(filas):
        raise ArchivoIlegible("dos filas tienen la misma clave")
    return columnas, tabla


def _leer(actual: bytes) -> tuple[tuple[str, ...], list[dict[str, str]]]:
    try:
        lector = csv.reader(io.StringIO(actual.decode("utf-8-sig"), newline=""), strict=True)
        columnas, *celdas = [fila for fila in lector if fila]
    except (UnicodeDecodeError, csv.Error, ValueError):
        raise ArchivoIlegible("no se puede leer como CSV en UTF-8 con encabezado") from None
    if len(set(columnas)) != len(columnas):
        raise ArchivoIlegible("el encabezado repite columnas")
    if any(len(fila) != len(columnas) for fila in celdas):
        raise ArchivoIlegible("una fila tiene más o menos celdas que el encabezado")
    return tuple(columnas), [dict(zip(columnas, fila, strict=True)) for fila in celdas]


def poner(
    tabla: Tabla, columnas: Sequence[str], filas: Sequence[Mapping[str, str]], clave: Sequence[str]
) -> set[tuple[str, ...]]:
    """Pone las filas en la tabla y devuelve sus claves. Error: FilaImposible."""
    puestas: set[tuple[str, ...]] = set()
    for fila in filas:
        _revisar(fila, columnas, clave)
        propia = _clave(fila, clave)
        if propia in puestas:
            raise FilaImposible("la misma clave viene dos veces")
        puestas.add(propia)
        tabla[propia] = {**tabla.get(propia, dict.fromkeys(columnas, "")), **fila}
    return puestas


def escribir(columnas: Sequence[str], filas: Iterable[Mapping[str, str]]) -> bytes:
    """El CSV en UTF-8, con saltos de línea de Unix."""
    salida = io.StringIO(newline="")
    escritor = csv.DictWriter(salida, columnas, lineterminator="\n")
    escritor.writeheader()
    escritor.writerows(filas)
    return salida.getvalue().encode()


def _revisar(fila: Mapping[str, str], columnas: Sequence[str], clave: Sequence[str]) -> None:
    if sobran := sorted(set(fila) - set(columnas)):
        raise FilaImposible(f"el archivo no tiene estas columnas: {', '.join(sobran)}")
    if faltan := [columna for columna in clave if not fila.get(columna)]:
        raise FilaImposible(f"falta parte de la clave: {', '.join(faltan)}")


def _clave(fila: Mapping[str, str], clave: Sequence[str]) -> tuple[str, ...]:
    return tuple(fila[columna] for columna in clave)
