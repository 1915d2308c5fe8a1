"""Revisa la agenda de los eventos: partes y rondas que caben, búsquedas donde van, y nada que abra una sala."""

import re
from collections.abc import Iterator

from generador.problemas import Problema
from generador.semantica_fechas import hora_despues
from generador.vista import Renglon, Vista

# Quien tiene el enlace entra a la reunión: por eso no va en un archivo público.
SALAS = re.compile(r"\b(zoom\.us|meet\.google|teams\.(?:microsoft|live)|meet\.jit\.si|webex\.com|whereby\.com)", re.I)
CON_TEXTOS = (("eventos", "eventos"), ("eventos", "programa"), ("eventos", "busquedas"), ("eventos", "sedes"))
# Direcciones de /eventos/ que ya son de otra página.
RESERVADOS = re.compile(r"\d{4}-\d{2}|regiones|componentes")


def partes(vista: Vista) -> Iterator[Problema]:
    for parte in vista.filas("eventos", "programa"):
        if parte["termino"] and parte["termino"] <= parte["inicio"]:
            yield parte.mal("termino", "termina antes de empezar", hora_despues(parte))
        elif parte["clase"] == "ronda":
            yield from _ronda(parte)
        elif parte["minutos"]:
            que = f"dice cuánto dura cada reunión y es «{parte['clase']}»"
            yield parte.mal("minutos", que, "deja la celda vacía o escribe «ronda» en «clase»")


def dentro_del_evento(vista: Vista) -> Iterator[Problema]:
    for parte in vista.filas("eventos", "programa"):
        suyo = vista.uno("eventos", "eventos", "id", parte["evento"])
        if suyo and parte["termino"] and parte["inicio"] < suyo["termino"] < parte["termino"]:
            que = f"termina después que el evento, que llega hasta {suyo.textos['termino']}"
            yield parte.mal("termino", que, f"escribe una hora dentro del evento, por ejemplo {suyo.textos['termino']}")


def busquedas(vista: Vista) -> Iterator[Problema]:
    """Las ferias no reúnen a quien busca con quien ofrece: eso es de las ruedas y los encuentros."""
    for fila in vista.filas("eventos", "busquedas"):
        suyo = vista.uno("eventos", "eventos", "id", fila["evento"])
        if suyo and suyo["componente"] != 2:
            que = f"«{fila['evento']}» es del componente 1, donde no hay reuniones"
            yield fila.mal("evento", que, "escribe una rueda o un encuentro, o borra la fila")


def salas(vista: Vista) -> Iterator[Problema]:
    for paquete, tabla in CON_TEXTOS:
        for fila in vista.filas(paquete, tabla):
            for columna, texto in fila.textos.items():
                if SALAS.search(texto):
                    que = "trae el enlace para entrar a una reunión, y este archivo lo ve cualquiera"
                    yield fila.mal(columna, que, "bórralo; la mesa lo guarda y lo muestra solo a quienes quedaron")


def nombres_reservados(vista: Vista) -> Iterator[Problema]:
    for evento in vista.filas("eventos", "eventos"):
        if RESERVADOS.fullmatch(evento["id"]):
            yield evento.mal("id", f"«{evento['id']}» es la dirección de otra página", "agrega una palabra del nombre")


def cancelado_en_los_dos(vista: Vista) -> Iterator[Problema]:
    """A lo que no se hará no se postula: si el evento se cancela, su convocatoria también."""
    for fila in vista.filas("convocatorias", "convocatorias"):
        evento = vista.uno("eventos", "eventos", "id", fila["evento"]) if fila["evento"] else None
        if evento and evento["situacion"] == "cancelado" and fila["situacion"] != "cancelada":
            que = f"su evento está cancelado (fila {evento.fila} de eventos.csv) y la convocatoria no"
            yield fila.mal("situacion", que, "escribe «cancelada» y agrega la fila en enmiendas.csv")


def _ronda(parte: Renglon) -> Iterator[Problema]:
    for columna, ejemplo in (("termino", "2027-01-20T13:00"), ("cupo", "12"), ("minutos", "15")):
        if parte[columna] is None:
            yield parte.mal(columna, f"es una ronda y falta «{columna}»", f"escribe, por ejemplo, «{ejemplo}»")
    if not (parte["termino"] and parte["minutos"]):
        return
    if parte["minutos"] * 60 > (parte["termino"] - parte["inicio"]).total_seconds():
        yield parte.mal("minutos", "la ronda dura menos que una reunión", "escribe menos minutos o alarga la ronda")
