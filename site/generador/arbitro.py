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
COMPROBABLE = frozenset({"name", "type", "format", "trueValues", "falseValues", "constraints"})
DE_FORMA = frozenset({"extra-cell", "missing-cell"})


@dataclass(frozen=True)
class _Pregunta:
    """Una tabla con las claves ajenas que nombra; dos son iguales si dicen lo mismo."""

    contenido: str
    recurso: Recurso = field(compare=False)
    tabla: Tabla = field(compare=False)
    ajenas: dict[str, Tabla] = field(compare=False)


def arbitrar(esquema: Esquema, tablas: dict[str, Tabla]) -> list[Problema]:
    """Los problemas de tipos, restricciones y claves de un paquete; `tablas` trae las que se pudieron leer."""
    hallados: list[Problema] = []
    for nombre, tabla in tablas.items():
        recurso = esquema.recursos[nombre]
        ajenas = {ajena: _solo(tablas[ajena], columnas) for ajena, columnas in _ajenas(recurso) if ajena in tablas}
        contenido = repr((recurso.descriptor, tabla, ajenas))
        hallados += _responder(_Pregunta(contenido, recurso, tabla, ajenas))
    return hallados


# El servidor local valida cada vez que alguien guarda: solo se vuelve a preguntar por la tabla que cambió.
@lru_cache(maxsize=64)
def _responder(pregunta: _Pregunta) -> tuple[Problema, ...]:
    from frictionless import Package

    recurso, tabla, ajenas = pregunta.recurso, pregunta.tabla, pregunta.ajenas
    paquete = Package.from_descriptor(_descriptor(recurso, tabla, ajenas))
    informe = paquete.get_resource(recurso.nombre).validate(limit_errors=10_000)
    hallados = list(_traducir(informe.task.errors, recurso, tabla, ajenas))
    vistas = {(p.fila, p.columna) for p in hallados}
    return (*hallados, *_mal_escritas(recurso, tabla, vistas))


def _ajenas(recurso: Recurso) -> list[tuple[str, list[str]]]:
    """Las tablas del mismo paquete que nombra, con las columnas que busca en ellas."""
    claves = recurso.descriptor["schema"].get("foreignKeys", [])
    return [(clave["reference"]["resource"], clave["reference"]["fields"]) for clave in claves]


def _solo(tabla: Tabla, columnas: list[str]) -> Tabla:
    """La tabla con solo esas columnas; una celda que falta va vacía."""
    lugares = [tabla.columnas.index(c) for c in columnas]
    return Tabla(columnas, [(n, [f[i] if i < len(f) else "" for i in lugares]) for n, f in tabla.filas])


def _descriptor(recurso: Recurso, tabla: Tabla, ajenas: dict[str, Tabla]) -> dict[str, Any]:
    """El recurso con sus celdas dentro y, de los ajenos, solo sus claves; las columnas van como vinieron."""
    original = recurso.descriptor["schema"]
    esquema = {
        "fields": [_lo_que_se_comprueba(recurso.campos[c]) for c in tabla.columnas],
        "primaryKey": list(original["primaryKey"]),
        "foreignKeys": [deepcopy(k) for k in original.get("foreignKeys", []) if k["reference"]["resource"] in ajenas],
    }
    recursos = [{"name": recurso.nombre, "data": _celdas(tabla), "schema": esquema}]
    for nombre, ajena in ajenas.items():
        campos = [{"name": columna, "type": "string"} for columna in ajena.columnas]
        recursos.append({"name": nombre, "data": _celdas(ajena), "schema": {"fields": campos}})
    return {"name": recurso.paquete, "resources": recursos}


def _celdas(tabla: Tabla) -> list[list[str]]:
    return [tabla.columnas, *(celdas for _, celdas in tabla.filas)]


def _lo_que_se_comprueba(campo: Campo) -> dict[str, Any]:
    """La columna sin títulos ni ejemplos: frictionless copia cada descripción muchas veces."""
    return deepcopy({clave: valor for clave, valor in campo.descriptor.items() if clave in COMPROBABLE})


def _traducir(errores: list[Any], recurso: Recurso, tabla: Tabla, ajenas: dict[str, Tabla]) -> Iterator[Problema]:
    numeros = [1] + [numero for numero, _ in tabla.filas]
    deformes = {e.row_number for e in errores if e.type in DE_FORMA}
    avisadas = set()
    for error in errores:
        posicion = getattr(error, "row_number", 1)
        if posicion in deformes and (error.type not in DE_FORMA or posicion in avisadas):
            continue
        avisadas.add(posicion)
        columna = _columna(error, recurso)
        caso = _caso(error, recurso.campos.get(columna), columna, numeros, tabla, ajenas)
        tipo = "type-error" if caso.campo and not _se_lee(caso.texto, caso.campo) else error.type
        yield Problema(recurso.archivo, numeros[posicion - 1], columna, *mensaje(tipo, caso))


def _columna(error: Any, recurso: Recurso) -> str:
    if error.type in DE_FORMA:
        return ""
    if error.type == "foreign-key":
        return str(error.field_names[-1])
    return str(getattr(error, "field_name", "") or recurso.clave[-1])


def _caso(
    error: Any, campo: Campo | None, columna: str, numeros: list[int], tabla: Tabla, ajenas: dict[str, Tabla]
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
        posibles=_columna_de(ajenas[ajena], error.reference_field_names[-1]) if ajena else (),
        celdas=len(celdas),
        columnas=len(tabla.columnas),
    )


def _columna_de(tabla: Tabla, columna: str) -> tuple[str, ...]:
    lugar = tabla.columnas.index(columna)
    return tuple(celdas[lugar] for _, celdas in tabla.filas)


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
