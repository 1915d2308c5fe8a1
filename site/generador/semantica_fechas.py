"""Revisa que las fechas de convocatorias, calendarios y eventos vayan en orden y que sus horas existan."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from generador.problemas import Problema
from generador.valores import CHILE, hora_local, rareza_horaria
from generador.vista import Renglon, Vista

UN_DIA, UNA_HORA = timedelta(days=1), timedelta(hours=1)
# (antes, después, si puede ser el mismo día, cómo se dice)
ORDEN = (
    ("publicacion", "apertura", True, "la apertura va el mismo día de la publicación o después"),
    ("apertura", "cierre", False, "el cierre va después de la apertura"),
    ("cierre", "resultados", True, "los resultados se avisan después del cierre"),
    ("cierre", "actividad_inicio", False, "la actividad empieza al menos un día después del cierre"),
    ("resultados", "actividad_inicio", True, "los resultados se avisan antes de la actividad"),
    ("actividad_inicio", "actividad_termino", True, "la actividad termina el día en que empieza o después"),
    ("actividad_termino", "encuesta_cierre", False, "la encuesta cierra después de la actividad"),
)
# La culpa de un orden malo es de la columna que más se mueve.
CULPABLE = {("cierre", "actividad_inicio"): "cierre", ("resultados", "actividad_inicio"): "resultados"}
HORAS = (
    ("convocatorias", "convocatorias", ("apertura", "cierre")),
    ("eventos", "eventos", ("inicio", "termino")),
    ("eventos", "programa", ("inicio", "termino")),
)
# Etapa del calendario → de qué columnas de la convocatoria salen su inicio y su término.
ETAPAS = {
    "postulacion": ("apertura", "cierre"),
    "aviso": ("resultados", "resultados"),
    "actividad": ("actividad_inicio", "actividad_termino"),
    "encuesta": (None, "encuesta_cierre"),
}


def fechas_de_convocatoria(vista: Vista) -> Iterator[Problema]:
    for fila in vista.filas("convocatorias", "convocatorias"):
        for antes, despues, mismo_dia, regla in ORDEN:
            if _al_reves(fila[antes], fila[despues], mismo_dia):
                culpable = CULPABLE.get((antes, despues), despues)
                otra = antes if culpable == despues else despues
                que = f"{culpable} es {fila.textos[culpable]} y {otra} es {fila.textos[otra]}"
                yield fila.mal(culpable, que, f"{regla}: {_ejemplo(fila, antes, despues, culpable, mismo_dia)}")


def horas_que_existen(vista: Vista) -> Iterator[Problema]:
    for paquete, tabla, columnas in HORAS:
        for fila in vista.filas(paquete, tabla):
            for columna in (c for c in columnas if fila.textos[c]):
                rareza = rareza_horaria(hora_local(fila.textos[columna]))
                if rareza:
                    que = f"esa hora {rareza} en Chile: ese día se cambia la hora"
                    yield fila.mal(columna, que, f"elige otra, por ejemplo {fila.textos[columna][:10]}T12:00")


def calendario(vista: Vista) -> Iterator[Problema]:
    for hito in vista.filas("convocatorias", "hitos"):
        if hito["termino"] < hito["inicio"]:
            yield hito.mal(
                "termino", "la etapa termina antes de empezar", f"escribe {hito['inicio']} o un día posterior"
            )
            continue
        convocatoria = vista.uno("convocatorias", "convocatorias", "id", hito["convocatoria"])
        if convocatoria:
            yield from _etapa(hito, convocatoria)


def eventos(vista: Vista) -> Iterator[Problema]:
    for evento in vista.filas("eventos", "eventos"):
        if evento["termino"] <= evento["inicio"]:
            yield evento.mal("termino", "el evento termina antes de empezar", hora_despues(evento))
    for parte in vista.filas("eventos", "programa"):
        suyo = vista.uno("eventos", "eventos", "id", parte["evento"])
        if not suyo or suyo["termino"] <= suyo["inicio"]:
            continue
        if not suyo["inicio"] <= parte["inicio"] <= suyo["termino"]:
            que = f"queda fuera del evento, que va de {suyo.textos['inicio']} a {suyo.textos['termino']}"
            yield parte.mal("inicio", que, f"escribe una hora dentro del evento, por ejemplo {suyo.textos['inicio']}")


def evento_de_la_convocatoria(vista: Vista) -> Iterator[Problema]:
    for fila in vista.filas("convocatorias", "convocatorias"):
        evento = vista.uno("eventos", "eventos", "id", fila["evento"]) if fila["evento"] else None
        if evento:
            yield from _calza_con(fila, evento)


def _calza_con(fila: Renglon, evento: Renglon) -> Iterator[Problema]:
    for columna in ("componente", "tipo_actividad", "modalidad", "region", "comuna"):
        if fila[columna] != evento[columna]:
            que = f"dice «{fila.textos[columna]}» y el evento «{evento.textos[columna]}»"
            yield fila.mal(
                columna, que, f"deja lo mismo en los dos; el evento está en la fila {evento.fila} de eventos.csv"
            )
    for columna, momento in (("actividad_inicio", "inicio"), ("actividad_termino", "termino")):
        if fila[columna] != dia(evento[momento]):
            que = f"dice {fila.textos[columna]} y el evento {evento.textos[momento]}"
            yield fila.mal(
                columna, que, f"escribe {dia(evento[momento])} o corrige la fila {evento.fila} de eventos.csv"
            )
    if fila["cierre"] >= evento["inicio"]:
        que = f"se reciben postulaciones cuando el evento ya empezó ({evento.textos['inicio']})"
        antes = f"{dia(evento['inicio']) - UN_DIA}T{fila.textos['cierre'].partition('T')[2]}"
        yield fila.mal("cierre", que, f"cierra antes del evento: escribe, por ejemplo, {antes}")


def _etapa(hito: Renglon, convocatoria: Renglon) -> Iterator[Problema]:
    for columna, de_donde in zip(("inicio", "termino"), ETAPAS.get(hito["hito"], (None, None)), strict=True):
        if de_donde and hito[columna] != dia(convocatoria[de_donde]):
            que = f"no calza con «{de_donde}» de la convocatoria, que es {convocatoria.textos[de_donde]}"
            yield hito.mal(columna, que, f"escribe {dia(convocatoria[de_donde])}")
    if hito["inicio"] < convocatoria["publicacion"]:
        yield hito.mal(
            "inicio",
            "la etapa empieza antes de publicar la convocatoria",
            f"escribe {convocatoria['publicacion']} o después",
        )
    if hito["termino"] > convocatoria["encuesta_cierre"]:
        yield hito.mal(
            "termino",
            "la etapa termina después del cierre de la encuesta",
            f"escribe {convocatoria['encuesta_cierre']} o antes",
        )


def _al_reves(antes: Any, despues: Any, mismo_dia: bool) -> bool:
    if isinstance(antes, datetime) and isinstance(despues, datetime):
        return despues <= antes
    return dia(despues) < dia(antes) if mismo_dia else dia(despues) <= dia(antes)


def _ejemplo(fila: Renglon, antes: str, despues: str, culpable: str, mismo_dia: bool) -> str:
    """Una celda que sí cumple ese orden, con la hora que ya estaba escrita."""
    otra, signo = (antes, 1) if culpable == despues else (despues, -1)
    bueno = dia(fila[otra]) + signo * (timedelta() if mismo_dia else UN_DIA)
    con_hora = fila.textos[culpable].partition("T")[2]
    return f"escribe, por ejemplo, {bueno}{con_hora and f'T{con_hora}'}"


def hora_despues(parte: Renglon) -> str:
    """Cómo escribir un término que vaya después de su inicio."""
    ejemplo = (parte["inicio"] + UNA_HORA).astimezone(CHILE)
    return f"escribe una hora posterior al inicio, por ejemplo {ejemplo:%Y-%m-%dT%H:%M}"


def dia(momento: date | datetime) -> date:
    """El día en Chile continental."""
    return momento.astimezone(CHILE).date() if isinstance(momento, datetime) else momento
