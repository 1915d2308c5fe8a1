"""Revisa los parámetros y las listas: las vigencias no se pisan y cada código calza con su sección o su región."""

from collections.abc import Iterator
from datetime import date

from generador.problemas import Problema
from generador.valores import DECIMAL
from generador.vista import Renglon, Vista


def vigencias(vista: Vista) -> Iterator[Problema]:
    for filas in vista.grupos("parametros", "parametros", "clave").values():
        anterior: Renglon | None = None
        for fila in sorted(filas, key=lambda f: f["vigente_desde"]):
            if _hasta(fila) < fila["vigente_desde"]:
                yield fila.mal(
                    "vigente_hasta", "termina antes de empezar", f"escribe {fila['vigente_desde']} o después"
                )
            if anterior and fila["vigente_desde"] <= _hasta(anterior):
                que = f"se pisa con la fila {anterior.fila}, que rige hasta {anterior['vigente_hasta'] or 'siempre'}"
                yield fila.mal("vigente_desde", que, "escribe en la anterior hasta qué día rige")
            anterior = fila


def numeros(vista: Vista) -> Iterator[Problema]:
    for fila in vista.filas("parametros", "parametros"):
        if fila["unidad"] != "texto" and not DECIMAL.fullmatch(fila["valor"]):
            que = f"«{fila['valor']}» no es un número"
            yield fila.mal(
                "valor", que, "escríbelo sin puntos de miles y con punto para los decimales, como 2400 o 2.5"
            )


def secciones(vista: Vista) -> Iterator[Problema]:
    duenia: dict[int, Renglon] = {}
    for fila in vista.filas("parametros", "secciones"):
        for division in divisiones(fila["divisiones"]):
            if division in duenia:
                que = f"la división {division:02d} ya es de la sección {duenia[division]['seccion']}"
                yield fila.mal("divisiones", que, "cada división va en una sola sección")
            duenia.setdefault(division, fila)
    if not vista.completa("parametros", "secciones"):
        return
    for fila in vista.filas("parametros", "actividades"):
        seccion = duenia.get(int(fila["codigo"][:2]))
        if seccion is None or seccion["seccion"] != fila["seccion"]:
            es = f"es de la sección {seccion['seccion']}" if seccion else "no está en secciones.csv"
            yield fila.mal("seccion", f"la división {fila['codigo'][:2]} {es}", "corrige el código o la sección")
    for fila in vista.filas("parametros", "secciones_excepciones"):
        if int(fila["division"]) not in duenia:
            yield fila.mal("division", f"la división {fila['division']} no está en secciones.csv", "corrige el número")


def comunas(vista: Vista) -> Iterator[Problema]:
    for fila in vista.filas("parametros", "comunas"):
        if fila["comuna"][:2] != fila["region"] or fila["comuna"][:3] != fila["provincia"]:
            que = f"el código {fila['comuna']} no es de la provincia {fila['provincia']}, región {fila['region']}"
            yield fila.mal("comuna", que, "las dos primeras cifras son la región y las tres primeras la provincia")


def feriados(vista: Vista) -> Iterator[Problema]:
    regiones = vista.textos("parametros", "regiones", "region")
    for fila in vista.filas("parametros", "feriados"):
        if fila["ambito"] != "nacional" and fila["ambito"] not in regiones:
            yield fila.mal(
                "ambito", f"«{fila['ambito']}» no es una región", "escribe «nacional» o el código de la región"
            )


def divisiones(rango: str) -> range:
    """«10-33» son las divisiones 10 a 33; «35», solo la 35."""
    primera, _, ultima = rango.partition("-")
    return range(int(primera), int(ultima or primera) + 1)


def rige(parametro: Renglon, dia: date) -> bool:
    """Si ese valor está vigente ese día."""
    return bool(parametro["vigente_desde"] <= dia <= _hasta(parametro))


def _hasta(fila: Renglon) -> date:
    hasta: date | None = fila["vigente_hasta"]
    return hasta or date.max
