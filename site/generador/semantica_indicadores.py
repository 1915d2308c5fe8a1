"""Revisa las cifras: lo medido cuadra, lo no medido va vacío, los pocos casos no se deducen y las fórmulas dan."""

import ast
import operator
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation
from typing import Any

from funciones.dominio.indicador import razon
from funciones.dominio.intervalo import wilson
from generador.problemas import Problema
from generador.vista import Renglon, Vista

CANTIDADES = (
    "numerador",
    "denominador",
    "valor",
    "intervalo_desde",
    "intervalo_hasta",
    "participantes",
    "respuestas",
    "tasa_respuesta",
)
NECESARIAS = ("numerador", "denominador", "valor", "participantes", "calculado_el", "version_regla")
ARTICULOS = {"denominador": "el denominador", "participantes": "quienes participaron"}
PARTES = {"region": ("regiones", "región"), "categoria": ("categorías", "categoría")}
CON_FORMULA = ("poblacion", "produccion", "presupuesto", "cobertura")
OPERACIONES: dict[type[ast.operator], Any] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def fichas(vista: Vista) -> Iterator[Problema]:
    """La definición de cada indicador se puede calcular con las preguntas que hay."""
    for fila in vista.filas("indicadores", "fichas"):
        for pregunta in fila["preguntas"]:
            yield from _pregunta(vista, fila, pregunta)
        if (fila["cuenta"] == "declara") != bool(fila["valores"]):
            que = (
                "«declara» necesita saber qué respuestas suman" if not fila["valores"] else "solo «declara» usa valores"
            )
            yield fila.mal("valores", que, "escribe los valores de la pregunta, o deja la celda vacía")
        if fila["cuenta"] != "declara" and fila["universo"] != "responden":
            yield fila.mal("universo", "solo se promedia o compara lo que alguien respondió", "escribe «responden»")


def _pregunta(vista: Vista, ficha: Renglon, clave: str) -> Iterator[Problema]:
    formularios = ("encuesta", "postulacion") if ficha["cuenta"] == "aumenta" else ("encuesta",)
    for formulario in formularios:
        preguntas = {p["clave"]: p for p in vista.filas("convocatorias", "preguntas") if p["formulario"] == formulario}
        if clave not in preguntas:
            yield ficha.mal("preguntas", f"«{clave}» no está en {formulario}", "usa una clave de preguntas.csv")
            continue
        posibles = {opcion["valor"] for opcion in preguntas[clave]["opciones"]}
        if faltan := [v for v in ficha["valores"] if v not in posibles]:
            yield ficha.mal("valores", f"«{faltan[0]}» no es una respuesta de «{clave}»", "usa uno de sus valores")
        if ficha["cuenta"] == "nota" and not all(valor.isdecimal() for valor in posibles or {""}):
            yield ficha.mal("preguntas", f"«{clave}» no se responde con notas", "usa preguntas de nota")


def mediciones(vista: Vista) -> Iterator[Problema]:
    for fila in vista.filas("indicadores", "mediciones"):
        if fila["region"] != "todas" and fila["region"] not in vista.textos("parametros", "regiones", "region"):
            yield fila.mal(
                "region", f"«{fila['region']}» no es una región", "escribe su código de dos cifras o «todas»"
            )
        yield from _categoria(fila)
        ficha = vista.uno("indicadores", "fichas", "indicador", fila["indicador"])
        if fila["estado"] != "medido":
            yield from _sin_medir(fila)
        elif ficha is not None:
            yield from _medida(fila, ficha)


def _categoria(fila: Renglon) -> Iterator[Problema]:
    if (fila["desagregacion"] == "todos") != (fila["categoria"] == "todos"):
        yield fila.mal("categoria", "o las dos columnas dicen «todos» o ninguna", "escribe cuál de ellas es")
    if fila["desagregacion"] != "todos" and fila["region"] != "todas":
        yield fila.mal("region", "solo se separa en los totales del país", "escribe «todas»")


def pocos_casos(vista: Vista) -> Iterator[Problema]:
    """Con 10 casos o menos no se publica, ni se deja deducir por diferencia (criterio del SII)."""
    minimo = _celda_minima(vista)
    if minimo is None or not vista.completa("indicadores", "mediciones"):
        return
    grupos: dict[tuple[Any, ...], list[Renglon]] = {}
    for fila in vista.filas("indicadores", "mediciones"):
        yield from _pocos(fila, minimo)
        grupos.setdefault((fila["indicador"], fila["anio"], fila["componente"]), []).append(fila)
    for filas in grupos.values():
        yield from _deducible([f for f in filas if f["desagregacion"] == "todos"], "region")
        for desagregacion in sorted({f["desagregacion"] for f in filas} - {"todos"}):
            yield from _deducible([f for f in filas if f["desagregacion"] in {"todos", desagregacion}], "categoria")


def _pocos(fila: Renglon, minimo: int) -> Iterator[Problema]:
    for columna in ("denominador", "participantes", "respuestas"):
        if fila["estado"] == "medido" and 0 < (fila[columna] or 0) < minimo:
            que = f"son {fila[columna]} casos y se publica desde {minimo}"
            yield fila.mal(columna, que, "escribe «no_se_publica» en estado y deja vacíos los números")


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


def _medida(fila: Renglon, ficha: Renglon) -> Iterator[Problema]:
    faltan = [c for c in NECESARIAS if fila[c] is None]
    for columna in faltan:
        yield fila.mal(
            columna,
            "el estado es «medido» y falta este dato",
            "escríbelo, o pon «no_medido» en estado y deja vacíos los números",
        )
    es_nota = ficha["cuenta"] == "nota"
    if {"numerador", "denominador", "valor"}.isdisjoint(faltan):
        yield from _razon(fila, "valor", "numerador", "denominador", 1 if es_nota else 100)
        yield from _intervalo(fila, ficha)
    if fila["respuestas"] is not None and fila["participantes"]:
        yield from _razon(fila, "tasa_respuesta", "respuestas", "participantes", 100)
    if not es_nota and None not in (fila["numerador"], fila["respuestas"]) and fila["numerador"] > fila["respuestas"]:
        que = f"dicen que sí {fila['numerador']} y respondieron {fila['respuestas']}"
        yield fila.mal("respuestas", que, "no puede ser menor que el numerador")


def _razon(fila: Renglon, columna: str, parte: str, todo: str, escala: int) -> Iterator[Problema]:
    if escala == 100 and fila[parte] > fila[todo]:
        que = f"{fila[parte]} es mayor que {ARTICULOS[todo]}, {fila[todo]}"
        yield fila.mal(parte, que, "la parte no puede superar al total")
        return
    exacto = razon(fila[parte], fila[todo], escala)
    if fila[columna] != exacto:
        que = f"{fila[parte]} de {fila[todo]} es {exacto} y dice {fila.textos[columna] or 'nada'}"
        yield fila.mal(columna, que, f"escribe {exacto}")


def _intervalo(fila: Renglon, ficha: Renglon) -> Iterator[Problema]:
    """El de Wilson donde respondió una parte; en lo demás no hay nada que estimar."""
    es_muestra = ficha["universo"] == "responden" and fila["denominador"] < (fila["participantes"] or 0)
    cabe = fila["numerador"] <= fila["denominador"]
    bordes = wilson(fila["numerador"], fila["denominador"]) if es_muestra and cabe else (None, None)
    for columna, exacto in zip(("intervalo_desde", "intervalo_hasta"), bordes, strict=True):
        if fila[columna] != exacto and not (ficha["cuenta"] == "nota" and fila[columna] is None):
            como = "deja la celda vacía" if exacto is None else f"escribe {exacto}"
            yield fila.mal(columna, f"dice {fila.textos[columna] or 'nada'} y el intervalo no es ese", como)


def _sin_medir(fila: Renglon) -> Iterator[Problema]:
    for columna in CANTIDADES:
        if fila[columna] is not None:
            que = f"el estado es «{fila['estado']}» y hay un número"
            yield fila.mal(columna, que, "deja la celda vacía: lo que no se midió no es cero")


def _deducible(filas: list[Renglon], columna: str) -> Iterator[Problema]:
    """Una sola parte oculta se deduce restando del total lo publicado."""
    muchas, una = PARTES[columna]
    total = next((f for f in filas if (f["region"], f["categoria"]) == ("todas", "todos")), None)
    ocultas = [f for f in filas if f[columna] not in {"todas", "todos"} and f["estado"] == "no_se_publica"]
    if total is not None and total["estado"] == "medido" and len(ocultas) == 1:
        yield ocultas[0].mal(
            "estado",
            f"se puede deducir restando las otras {muchas} del total",
            f"oculta también otra {una}: escribe «no_se_publica» y deja vacíos sus números",
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
