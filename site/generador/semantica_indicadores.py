"""Revisa las cifras: lo medido cuadra, lo no medido va vacío, los pocos casos no se deducen y las fórmulas dan."""

import ast
import operator
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation
from typing import Any

from funciones.dominio.indicador import por_ciento
from generador.problemas import Problema
from generador.vista import Renglon, Vista

CANTIDADES = ("numerador", "denominador", "valor", "respuestas", "tasa_respuesta")
NECESARIAS = ("numerador", "denominador", "valor", "calculado_el", "version_regla")
CON_FORMULA = ("poblacion", "produccion", "presupuesto", "cobertura")
OPERACIONES: dict[type[ast.operator], Any] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def mediciones(vista: Vista) -> Iterator[Problema]:
    for fila in vista.filas("indicadores", "mediciones"):
        if fila["region"] != "todas" and fila["region"] not in vista.textos("parametros", "regiones", "region"):
            yield fila.mal(
                "region", f"«{fila['region']}» no es una región", "escribe su código de dos cifras o «todas»"
            )
        yield from _medida(fila) if fila["estado"] == "medido" else _sin_medir(fila)


def pocos_casos(vista: Vista) -> Iterator[Problema]:
    """Con 10 casos o menos no se publica, ni se deja deducir por diferencia (criterio del SII)."""
    minimo = _celda_minima(vista)
    if minimo is None or not vista.completa("indicadores", "mediciones"):
        return
    grupos: dict[tuple[Any, ...], list[Renglon]] = {}
    for fila in vista.filas("indicadores", "mediciones"):
        grupos.setdefault((fila["indicador"], fila["anio"], fila["componente"]), []).append(fila)
        if fila["estado"] == "medido" and fila["denominador"] and fila["denominador"] < minimo:
            que = f"son {fila['denominador']} casos y se publica desde {minimo}"
            yield fila.mal("denominador", que, "escribe «no_se_publica» en estado y deja vacíos los números")
    for filas in grupos.values():
        yield from _deducible(filas)


def formulas(vista: Vista) -> Iterator[Problema]:
    for tabla in CON_FORMULA:
        for fila in vista.filas("indicadores", tabla):
            if not fila["formula"]:
                continue
            exacto = _calcular(fila["formula"])
            if exacto is None:
                yield fila.mal("formula", f"«{fila['formula']}» no se puede calcular", "usa números y + - * / ( )")
            elif exacto.quantize(_precision(fila["valor"]), ROUND_HALF_UP) != fila["valor"]:
                resultado = exacto.quantize(_precision(fila["valor"]), ROUND_HALF_UP)
                yield fila.mal(
                    "valor",
                    f"la fórmula da {resultado} y dice {fila['valor']}",
                    f"escribe {resultado} o corrige la fórmula",
                )


def _medida(fila: Renglon) -> Iterator[Problema]:
    faltan = [c for c in NECESARIAS if fila[c] is None]
    for columna in faltan:
        yield fila.mal(
            columna,
            "el estado es «medido» y falta este dato",
            "escríbelo, o pon «no_medido» en estado y deja vacíos los números",
        )
    if {"numerador", "denominador", "valor"}.isdisjoint(faltan):
        yield from _porcentaje(fila, "valor", "numerador")
    if fila["respuestas"] is not None and fila["denominador"]:
        yield from _porcentaje(fila, "tasa_respuesta", "respuestas")
    if None not in (fila["numerador"], fila["respuestas"]) and fila["numerador"] > fila["respuestas"]:
        que = f"dicen que sí {fila['numerador']} y respondieron {fila['respuestas']}"
        yield fila.mal("respuestas", que, "no puede ser menor que el numerador")


def _porcentaje(fila: Renglon, columna: str, parte: str) -> Iterator[Problema]:
    if fila[parte] > fila["denominador"]:
        que = f"{fila[parte]} es mayor que el denominador, {fila['denominador']}"
        yield fila.mal(parte, que, "la parte no puede superar al total")
        return
    exacto = por_ciento(fila[parte], fila["denominador"])
    if fila[columna] != exacto:
        que = f"{fila[parte]} de {fila['denominador']} es {exacto} y dice {fila.textos[columna] or 'nada'}"
        yield fila.mal(columna, que, f"escribe {exacto}")


def _sin_medir(fila: Renglon) -> Iterator[Problema]:
    for columna in CANTIDADES:
        if fila[columna] is not None:
            que = f"el estado es «{fila['estado']}» y hay un número"
            yield fila.mal(columna, que, "deja la celda vacía: lo que no se midió no es cero")


def _deducible(filas: list[Renglon]) -> Iterator[Problema]:
    """Una sola región oculta se deduce restando del total lo publicado."""
    total = next((f for f in filas if f["region"] == "todas" and f["estado"] == "medido"), None)
    ocultas = [f for f in filas if f["region"] != "todas" and f["estado"] == "no_se_publica"]
    if total is None:
        return
    if len(ocultas) == 1:
        que = "se puede deducir restando las otras regiones del total"
        yield ocultas[0].mal(
            "estado", que, "oculta también otra región: escribe «no_se_publica» y deja vacíos sus números"
        )


def _celda_minima(vista: Vista) -> int | None:
    fila = vista.uno("parametros", "parametros", "clave", "celda_minima_publicable")
    return int(fila["valor"]) if fila and fila["valor"].isdecimal() else None


def _precision(valor: Decimal) -> Decimal:
    return Decimal(1).scaleb(int(valor.as_tuple().exponent))


def _calcular(formula: str) -> Decimal | None:
    """El resultado de una cuenta de números y + - * / ( ), o None si no lo es."""
    try:
        arbol = ast.parse(formula, mode="eval").body
        return _valor(arbol, formula)
    except (SyntaxError, ValueError, DivisionByZero, InvalidOperation, RecursionError):
        return None


def _valor(nodo: ast.expr, formula: str) -> Decimal:
    match nodo:
        case ast.BinOp(left=izquierda, op=operacion, right=derecha) if type(operacion) in OPERACIONES:
            return Decimal(OPERACIONES[type(operacion)](_valor(izquierda, formula), _valor(derecha, formula)))
        case ast.Constant(value=int() | float()):
            return Decimal(ast.get_source_segment(formula, nodo) or "")
    raise ValueError(formula)
