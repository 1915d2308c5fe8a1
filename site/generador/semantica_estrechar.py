"""Revisa que una convocatoria estreche a quién admite y nunca lo ensanche más allá del programa."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from generador.problemas import Problema
from generador.semantica_parametros import rige
from generador.sugerencias import sin_tildes
from generador.valores import DECIMAL
from generador.vista import Renglon, Vista

LISTAS = ("regiones_admitidas", "comunas_admitidas", "actividades_admitidas")
# Columna → qué tienen que decir las bases, y un ejemplo de cómo.
CLAUSULAS = {
    "permite_repetir": (
        re.compile(r"\bpued\w+ volver a participar\b"),
        "que se puede volver a participar",
        "Puedes volver a participar, aunque ya lo hiciste una vez en este componente.",
    ),
    "perfil": (
        re.compile(r"\blider\w+ por (una )?mujer(es)?\b"),
        "que es para negocios liderados por mujeres",
        "Negocios liderados por mujeres.",
    ),
}


def listas(vista: Vista) -> Iterator[Problema]:
    """Una lista no repite lo mismo dos veces."""
    for fila in vista.filas("convocatorias", "convocatorias"):
        for columna in LISTAS:
            repetidos = sorted({v for v in fila[columna] if fila[columna].count(v) > 1})
            if repetidos:
                yield fila.mal(columna, f"«{repetidos[0]}» está dos veces", "déjalo una sola vez")


def comunas(vista: Vista) -> Iterator[Problema]:
    """Las comunas admitidas son de las regiones admitidas."""
    for fila in vista.filas("convocatorias", "convocatorias"):
        regiones = fila["regiones_admitidas"]
        for codigo in fila["comunas_admitidas"]:
            comuna = vista.uno("parametros", "comunas", "comuna", codigo)
            if comuna and regiones and comuna["region"] not in regiones:
                que = f"{comuna['nombre']} ({codigo}) es de la región {comuna['region']}, que no está admitida"
                yield fila.mal("comunas_admitidas", que, "bórrala o agrega su región a regiones_admitidas")


def ventas(vista: Vista) -> Iterator[Problema]:
    """El rango propio queda dentro del que tenía el programa el día de la publicación."""
    if not vista.completa("parametros", "parametros"):
        return
    for fila in vista.filas("convocatorias", "convocatorias"):
        dia, minima, maxima = fila["publicacion"], fila["ventas_minimas_uf"], fila["ventas_maximas_uf"]
        piso, techo = (_vigente(vista, clave, dia) for clave in ("ventas_minimas_uf", "ventas_maximas_uf"))
        if piso is None or techo is None:
            continue
        yield from _fuera_del_programa(fila, "ventas_minimas_uf", piso, techo)
        yield from _fuera_del_programa(fila, "ventas_maximas_uf", piso, techo)
        if minima is not None and maxima is not None and minima > maxima:
            que = f"el máximo ({_uf(maxima)}) es menor que el mínimo ({_uf(minima)})"
            yield fila.mal("ventas_maximas_uf", que, f"escribe {minima} o más")


def antiguedad(vista: Vista) -> Iterator[Problema]:
    for fila in vista.filas("convocatorias", "convocatorias"):
        minima, maxima = fila["antiguedad_minima_anios"], fila["antiguedad_maxima_anios"]
        if minima is not None and maxima is not None and minima > maxima:
            que = f"el máximo ({maxima}) es menor que el mínimo ({minima})"
            yield fila.mal("antiguedad_maxima_anios", que, f"escribe {minima} o más")


def clausulas(vista: Vista) -> Iterator[Problema]:
    """Lo excepcional lo tienen que decir las bases (formulario de evaluación, sección 3)."""
    for fila in vista.filas("convocatorias", "convocatorias"):
        archivo = f"bases/{fila['id']}.md"
        bases = sin_tildes(vista.bases.get(f"convocatorias/{archivo}", "")).lower()
        for columna, (patron, que_dicen, ejemplo) in CLAUSULAS.items():
            if fila[columna] and not patron.search(bases):
                yield fila.mal(columna, f"las bases no dicen {que_dicen}", f"agrega en {archivo}: «{ejemplo}»")
        if not fila["permite_repetir"] and CLAUSULAS["permite_repetir"][0].search(bases):
            que = "las bases dicen que se puede volver a participar y la fila no"
            yield fila.mal("permite_repetir", que, f"escribe «si» o quita esa frase de {archivo}")


def _fuera_del_programa(fila: Renglon, columna: str, piso: Decimal, techo: Decimal) -> Iterator[Problema]:
    valor = fila[columna]
    if valor is not None and not piso <= valor <= techo:
        que = f"{_uf(valor)} queda fuera de lo que admite el programa, de {_uf(piso)} a {_uf(techo)}"
        yield fila.mal(columna, que, "escribe un número dentro de ese rango o deja la celda vacía")


def _vigente(vista: Vista, clave: str, dia: date) -> Decimal | None:
    filas = vista.grupos("parametros", "parametros", "clave").get(clave, [])
    return next((Decimal(f["valor"]) for f in filas if rige(f, dia) and DECIMAL.fullmatch(f["valor"])), None)


def _uf(monto: Decimal) -> str:
    entero, _, decimales = f"{monto.normalize():,f}".partition(".")
    return f"{entero.replace(',', '.')}{',' + decimales if decimales else ''} UF"
