"""Pregunta a frictionless si las tablas cumplen su esquema y traduce lo que responde."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from generador.esquemas import Campo, Esquema, Recurso
from generador.lectura import Tabla
from generador.mensajes import Caso, mensaje
from generador.problemas import Problema
from generador.valores import convertir

NOMBRE_RESTRICCION = re.compile(r'constraint "(\w+)"')
POSICION = re.compile(r"position (\d+)")
DE_FORMA = frozenset({"extra-cell", "missing-cell"})


@dataclass(frozen=True)
class _Pregunta:
    """Un paquete con sus tablas; dos son iguales si dicen lo mismo."""

    contenido: str
    esquema: Esquema = field(compare=False)
    tablas: dict[str, Tabla] = field(compare=False)


def arbitrar(esquema: Esquema, tablas: dict[str, Tabla]) -> list[Problema]:
    """Los problemas de tipos, restricciones y claves de un paquete; `tablas` trae las que se pudieron leer."""
    return list(_responder(_Pregunta(repr((esquema.descriptor, tablas)), esquema, tablas))) if tablas else []


# El servidor local valida cada vez que alguien guarda: solo se vuelve a preguntar por el paquete que cambió.
@lru_cache(maxsize=32)
def _responder(pregunta: _Pregunta) -> tuple[Problema, ...]:
    from frictionless import Package

    esquema, tablas = pregunta.esquema, pregunta.tablas
    informe = Package.from_descriptor(_descriptor(esquema, tablas)).validate(limit_errors=10_000)
    hallados: list[Problema] = []
    for tarea in informe.tasks:
        recurso = esquema.recursos[tarea.name]
        hallados += _traducir(tarea.errors, recurso, tablas)
        hallados += _mal_escritas(
            recurso, tablas[tarea.name], {(p.fila, p.columna) for p in hallados if p.archivo == recurso.archivo}
        )
    return tuple(hallados)


def _descriptor(esquema: Esquema, tablas: dict[str, Tabla]) -> dict[str, Any]:
    recursos = [_recurso(r, tablas) for r in esquema.recursos.values() if r.nombre in tablas]
    return {"name": esquema.nombre, "resources": recursos}


def _recurso(recurso: Recurso, tablas: dict[str, Tabla]) -> dict[str, Any]:
    """El recurso con sus celdas dentro; las columnas van en el orden en que vinieron."""
    tabla = tablas[recurso.nombre]
    esquema = deepcopy(recurso.descriptor["schema"])
    esquema["fields"] = [deepcopy(recurso.campos[c].descriptor) for c in tabla.columnas]
    esquema["foreignKeys"] = [k for k in esquema.get("foreignKeys", []) if k["reference"]["resource"] in tablas]
    filas = [celdas for _, celdas in tabla.filas]
    return {"name": recurso.nombre, "data": [tabla.columnas, *filas], "schema": esquema}


def _traducir(errores: list[Any], recurso: Recurso, tablas: dict[str, Tabla]) -> Iterator[Problema]:
    tabla = tablas[recurso.nombre]
    numeros = [1] + [numero for numero, _ in tabla.filas]
    deformes = {e.row_number for e in errores if e.type in DE_FORMA}
    avisadas = set()
    for error in errores:
        posicion = getattr(error, "row_number", 1)
        if posicion in deformes and (error.type not in DE_FORMA or posicion in avisadas):
            continue
        avisadas.add(posicion)
        columna = _columna(error, recurso)
        caso = _caso(error, recurso.campos.get(columna), columna, numeros, tabla, tablas)
        tipo = "type-error" if caso.campo and not _se_lee(caso.texto, caso.campo) else error.type
        yield Problema(recurso.archivo, numeros[posicion - 1], columna, *mensaje(tipo, caso))


def _columna(error: Any, recurso: Recurso) -> str:
    if error.type in DE_FORMA:
        return ""
    if error.type == "foreign-key":
        return str(error.field_names[-1])
    return str(getattr(error, "field_name", "") or recurso.clave[-1])


def _caso(
    error: Any, campo: Campo | None, columna: str, numeros: list[int], tabla: Tabla, tablas: dict[str, Tabla]
) -> Caso:
    nota = error.note or ""
    celdas = [str(c) for c in getattr(error, "cells", [])]
    restriccion = NOMBRE_RESTRICCION.search(nota)
    posicion = POSICION.search(nota)
    ajena = getattr(error, "reference_name", "")
    lugar = tabla.columnas.index(columna) if columna in tabla.columnas else -1
    return Caso(
        texto=celdas[lugar] if 0 <= lugar < len(celdas) else "",
        campo=campo,
        restriccion=restriccion[1] if restriccion else "",
        otra_fila=numeros[int(posicion[1]) - 1] if posicion else 0,
        tabla_ajena=f"{ajena}.csv",
        posibles=_columna_de(tablas[ajena], error.reference_field_names[-1]) if ajena else (),
        celdas=len(celdas),
        columnas=len(tabla.columnas),
    )


def _columna_de(tabla: Tabla, columna: str) -> tuple[str, ...]:
    lugar = tabla.columnas.index(columna)
    return tuple(celdas[lugar] for _, celdas in tabla.filas if len(celdas) > lugar)


def _mal_escritas(recurso: Recurso, tabla: Tabla, vistas: set[tuple[int, str]]) -> Iterator[Problema]:
    """Lo que frictionless deja pasar y no debe publicarse: «1e3», «NaN», «2026-1-2», «1_000»."""
    for numero, celdas in tabla.filas:
        if len(celdas) != len(tabla.columnas):
            continue
        for columna, texto in zip(tabla.columnas, celdas, strict=True):
            campo = recurso.campos[columna]
            if campo.tipo != "string" and (numero, columna) not in vistas and not _se_lee(texto, campo):
                yield Problema(recurso.archivo, numero, columna, *mensaje("type-error", Caso(texto, campo)))


def _se_lee(texto: str, campo: Campo) -> bool:
    try:
        convertir(texto, campo)
    except ValueError:
        return False
    return True
