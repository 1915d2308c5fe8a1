"""Revisa los parámetros y las listas: las vigencias no se pisan y cada código calza con su sección o su región."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from generador.problemas import Problema
from generador.sugerencias import parecido
from generador.valores import DECIMAL
from generador.vista import Renglon, Vista

# Todos los que lee el portal, por cómo se escriben. Los días, las horas y las veces se cuentan de a uno.
CANTIDADES = (
    "ventas_minimas_uf",
    "ventas_maximas_uf",
    "ventas_cooperativa_maximas_uf",
    "nota_escala_minima",
    "nota_escala_maxima",
)
ENTEROS = (
    "participaciones_maximas_componente",
    "dias_subsanar",
    "recurso_plazo_dias_habiles",
    "minutos_confirmacion",
    "horas_enlace_confirmacion",
    "tamano_maximo_archivo_mb",
    "celda_minima_publicable",
    "correos_por_invitacion_al_dia",
    "dias_conservar",
)
TEXTOS = ("recurso_canal", "programa_estado")
CONOCIDOS = (*CANTIDADES, *ENTEROS, *TEXTOS)
# Sin su recurso no se deniega nada, y el trámite sigue; sin los demás, no.
NECESARIOS = tuple(clave for clave in CONOCIDOS if not clave.startswith("recurso_"))
TOPES = (("ventas_minimas_uf", "ventas_maximas_uf"), ("nota_escala_minima", "nota_escala_maxima"))
ENTERO = re.compile(r"[1-9][0-9]{0,3}")
CANTIDAD = re.compile(r"(0|[1-9][0-9]{0,6})(\.[0-9]{1,2})?")


def conocidos(vista: Vista) -> Iterator[Problema]:
    """Un parámetro que nadie lee es casi siempre otro mal escrito."""
    for fila in vista.filas("parametros", "parametros"):
        if fila["clave"] not in CONOCIDOS:
            cerca = parecido(fila["clave"], CONOCIDOS)
            como = f"escribe «{cerca}»" if cerca else "escribe uno de los que ya están en el archivo"
            yield fila.mal("clave", f"el portal no usa ningún parámetro «{fila['clave']}»", como)


def continuidad(vista: Vista) -> Iterator[Problema]:
    """Lo que se necesita rige todos los días, sin huecos ni final: hay trámites que lo leen años después."""
    filas = vista.filas("parametros", "parametros")
    for fila in filas:
        if fila["clave"] in NECESARIOS and _hasta(fila) < date.max:
            siguiente = _hasta(fila) + timedelta(days=1)
            if not any(rige(otra, siguiente) for otra in filas if otra["clave"] == fila["clave"]):
                que = f"desde el {siguiente} no rige ningún valor de «{fila['clave']}»"
                yield fila.mal("vigente_hasta", que, "agrega una fila que rija desde ese día o deja la celda vacía")


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
        valor = fila["valor"]
        if fila["clave"] in ENTEROS and not ENTERO.fullmatch(valor):
            que = f"«{valor}» no es un número entero de 1 a 9999"
            yield fila.mal("valor", que, "escríbelo sin puntos ni decimales, como 5")
        elif fila["clave"] in CANTIDADES and not DECIMAL.fullmatch(valor):
            como = "escríbelo sin puntos de miles y con punto para los decimales, como 2400 o 2.5"
            yield fila.mal("valor", f"«{valor}» no es un número", como)
        elif fila["clave"] in CANTIDADES and not CANTIDAD.fullmatch(valor):
            como = "escribe 0 o más, con hasta dos decimales, como 2400 o 2.5"
            yield fila.mal("valor", f"«{valor}» no es una cantidad que el portal use", como)


def topes(vista: Vista) -> Iterator[Problema]:
    """Un máximo no baja del mínimo que rige al mismo tiempo."""
    filas = [f for f in vista.filas("parametros", "parametros") if CANTIDAD.fullmatch(f["valor"])]
    for minimo, maximo in TOPES:
        for alto in (f for f in filas if f["clave"] == maximo):
            for bajo in (f for f in filas if f["clave"] == minimo and _coinciden(f, alto)):
                if Decimal(alto["valor"]) < Decimal(bajo["valor"]):
                    que = f"{alto['valor']} es menor que el mínimo, {bajo['valor']}, de la fila {bajo.fila}"
                    yield alto.mal("valor", que, "escribe un número mayor o corrige el mínimo")


def _coinciden(una: Renglon, otra: Renglon) -> bool:
    """Si hay algún día en que rigen las dos."""
    return bool(una["vigente_desde"] <= _hasta(otra) and otra["vigente_desde"] <= _hasta(una))


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
