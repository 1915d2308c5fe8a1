"""Las mediciones que vuelven a los datos abiertos: cómo se suman al CSV sin tocar lo que ya estaba."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

RUTA = "indicadores/mediciones.csv"
CLAVE = ("indicador", "anio", "componente", "region")
# Solo para empezar un archivo que no existe; si existe, mandan sus columnas.
COLUMNAS = (
    *CLAVE,
    "estado",
    "numerador",
    "denominador",
    "valor",
    "respuestas",
    "tasa_respuesta",
    "fuente",
    "calculado_el",
    "version_regla",
    "demostracion",
)


class PublicacionNoResponde(Exception):
    """No se pudo leer o escribir el archivo: nada cambió y se puede reintentar."""


class FilaImposible(ValueError):
    """La fila trae columnas que el archivo no tiene, le falta parte de su clave, o es de otro indicador o año."""


class ArchivoIlegible(Exception):
    """El archivo publicado no es un CSV con estas columnas: lo arregla una persona antes de seguir."""


class Publicacion(Protocol):
    """Dónde se dejan las mediciones."""

    def publicar(self, filas: Sequence[Mapping[str, str]], indicador: str, anio: int) -> str:
        """Deja estas filas como todo lo calculado de ese indicador y año, y devuelve dónde quedaron.

        Errores: FilaImposible, ArchivoIlegible, PublicacionNoResponde; con cualquiera, el archivo queda igual.
        """


def combinar(actual: bytes | None, filas: Sequence[Mapping[str, str]], indicador: str, anio: int) -> bytes:
    """El CSV con las filas puestas: las que ya estaban, en su lugar; las nuevas, al final. None: no había archivo.

    De ese indicador y año se va lo calculado antes que ya no vino; lo que escribió una persona se queda.
    """
    columnas, tabla = _leer(actual)
    nuevas: set[tuple[str, ...]] = set()
    for fila in filas:
        _revisar(fila, columnas, indicador, anio)
        clave = _clave(fila)
        if clave in nuevas:
            raise FilaImposible("la misma clave viene dos veces")
        nuevas.add(clave)
        tabla[clave] = {**tabla.get(clave, dict.fromkeys(columnas, "")), **fila}
    quedan = (fila for clave, fila in tabla.items() if clave in nuevas or not _calculada(fila, indicador, anio))
    return _escribir(columnas, quedan)


def _calculada(fila: Mapping[str, str], indicador: str, anio: int) -> bool:
    """Si la calculó el portal: lleva la versión de la regla de su indicador, como `acceso-vinculacion/1`."""
    es_de = (fila["indicador"], fila["anio"]) == (indicador, str(anio))
    return es_de and fila.get("version_regla", "").startswith(f"{indicador}/")


def _leer(actual: bytes | None) -> tuple[tuple[str, ...], dict[tuple[str, ...], dict[str, str]]]:
    if actual is None:
        return COLUMNAS, {}
    try:
        lector = csv.reader(io.StringIO(actual.decode("utf-8-sig"), newline=""), strict=True)
        columnas, *celdas = [fila for fila in lector if fila]
    except (UnicodeDecodeError, csv.Error, ValueError):
        raise ArchivoIlegible("no se puede leer como CSV en UTF-8 con encabezado") from None
    if len(set(columnas)) != len(columnas) or not set(CLAVE) <= set(columnas):
        raise ArchivoIlegible("el encabezado repite columnas o le falta parte de la clave")
    if any(len(fila) != len(columnas) for fila in celdas):
        raise ArchivoIlegible("una fila tiene más o menos celdas que el encabezado")
    filas = [dict(zip(columnas, fila, strict=True)) for fila in celdas]
    tabla = {_clave(fila): fila for fila in filas}
    if len(tabla) != len(filas):
        raise ArchivoIlegible("dos filas tienen la misma clave")
    return tuple(columnas), tabla


def _revisar(fila: Mapping[str, str], columnas: Sequence[str], indicador: str, anio: int) -> None:
    if sobran := sorted(set(fila) - set(columnas)):
        raise FilaImposible(f"el archivo no tiene estas columnas: {', '.join(sobran)}")
    if faltan := [columna for columna in CLAVE if not fila.get(columna)]:
        raise FilaImposible(f"falta parte de la clave: {', '.join(faltan)}")
    if (fila["indicador"], fila["anio"]) != (indicador, str(anio)):
        raise FilaImposible("la fila es de otro indicador o de otro año")


def _clave(fila: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(fila[columna] for columna in CLAVE)


def _escribir(columnas: Sequence[str], filas: Iterable[Mapping[str, str]]) -> bytes:
    salida = io.StringIO(newline="")
    escritor = csv.DictWriter(salida, columnas, lineterminator="\n")
    escritor.writeheader()
    escritor.writerows(filas)
    return salida.getvalue().encode()
