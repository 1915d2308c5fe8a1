"""Revisa la matriz: cada regla dice a quién rige, y cada convocatoria pide los documentos que la prueban."""

from collections.abc import Iterator

from funciones.dominio.admisibilidad import REGLAS
from funciones.dominio.declaracion import ADMITE, TipoPersona
from generador.problemas import Problema
from generador.vista import Renglon, Vista

ARCHIVO = "parametros/matriz.csv"
# Lo que no se puede mirar antes de vender o de cumplir años; lo demás rige desde el primer día.
CON_INICIO = ("ventas", "antiguedad")
# Con qué se acredita lo dicen las bases de cada convocatoria.
LO_DICEN_LAS_BASES = ("perfil",)


def completa(vista: Vista) -> Iterator[Problema]:
    """Una fila por cada tipo de persona, componente y regla; la clave ya impide que haya dos."""
    escritas = {(f["tipo_persona"], f["componente"], f["regla"]) for f in vista.todas["parametros", "matriz"]}
    for regla in REGLAS:
        faltan = [f"{tipo} {n}" for n in (1, 2) for tipo in TipoPersona if (tipo, str(n), regla) not in escritas]
        if faltan:
            que = f"la regla «{regla}» no dice si rige para: {', '.join(faltan)}"
            yield Problema(ARCHIVO, 0, "regla", que, "agrega una fila por cada tipo de persona y componente que falta")


def filas(vista: Vista) -> Iterator[Problema]:
    """Lo que rige tiene quien lo pruebe y con qué, y solo quien postula sube documentos."""
    for fila in vista.filas("parametros", "matriz"):
        if fila["rige"] == "no" and (fila["documento"] or fila["quien_prueba"]):
            columna = "documento" if fila["documento"] else "quien_prueba"
            yield fila.mal(columna, "la regla no rige y dice con qué se prueba", "deja la celda vacía")
        elif fila["rige"] != "no" and not fila["quien_prueba"]:
            yield fila.mal("quien_prueba", "la regla rige y falta quién la prueba", "escribe «postulante» o «sercotec»")
        elif fila["quien_prueba"] == "sercotec" and fila["documento"]:
            yield fila.mal("documento", "la mira Sercotec y pide un documento", "deja la celda vacía")
        elif fila["quien_prueba"] == "postulante" and not fila["documento"] and fila["regla"] not in LO_DICEN_LAS_BASES:
            que = "la prueba quien postula y falta con qué documento"
            yield fila.mal("documento", que, "escríbelo como está en documentos.csv, por ejemplo carpeta-tributaria")


def con_inicio(vista: Vista) -> Iterator[Problema]:
    """Solo unas pocas reglas pueden esperar a que haya inicio de actividades."""
    for fila in vista.filas("parametros", "matriz"):
        if fila["rige"] == "con_inicio" and fila["regla"] not in CON_INICIO:
            que = f"la regla «{fila['regla']}» no espera al inicio de actividades"
            como = f"escribe «si» o «no»; «con_inicio» es solo para: {', '.join(CON_INICIO)}"
            yield fila.mal("rige", que, como)


def documentos(vista: Vista) -> Iterator[Problema]:
    """A cada tipo de persona que admite, la convocatoria le pide los documentos de la matriz."""
    if not (vista.completa("convocatorias", "documentos") and vista.completa("parametros", "matriz")):
        return
    pedidos = vista.grupos("convocatorias", "documentos", "convocatoria")
    for fila in vista.filas("convocatorias", "convocatorias"):
        faltan = _faltan(vista, fila, pedidos.get(fila["id"], []))
        if faltan:
            dichos = [f"{documento} (para {', '.join(tipos)})" for documento, tipos in sorted(faltan.items())]
            que = f"en documentos.csv faltan para esta convocatoria: {'; '.join(dichos)}"
            yield fila.mal("id", que, "agrega una fila por cada uno; prueban los requisitos, según matriz.csv")


def _faltan(vista: Vista, convocatoria: Renglon, pedidos: list[Renglon]) -> dict[str, list[str]]:
    """Documento → a qué tipos de persona les falta."""
    faltan: dict[str, list[str]] = {}
    for tipo in ADMITE[convocatoria["componente"]]:
        suyos = {p["documento"] for p in pedidos if not p["tipos_persona"] or tipo in p["tipos_persona"]}
        for documento in sorted(_de_la_matriz(vista, tipo, convocatoria["componente"]) - suyos):
            faltan.setdefault(documento, []).append(tipo)
    return faltan


def _de_la_matriz(vista: Vista, tipo: str, componente: int) -> set[str]:
    suyas = vista.grupos("parametros", "matriz", "tipo_persona").get(tipo, [])
    return {documento for f in suyas if f["componente"] == componente for documento in f["documento"]}
