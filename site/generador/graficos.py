"""La geometría del calendario de una convocatoria: una barra por hito y los meses arriba."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from generador.filtros import MESES, dia_y_mes, rango

ANCHO = 360
MARGEN = 10
ALTO_FILA = 33
# Ancho medio de una letra a 13 px: basta para decidir de qué lado cabe un rótulo.
ANCHO_LETRA = 7.2
MESES_ROTULADOS = 5
COLORES = {"postulacion": "b1", "revision": "b2f", "aviso": "b5", "actividad": "b3", "encuesta": "b4"}


@dataclass(frozen=True)
class Rotulo:
    """Un texto del dibujo, con su lugar y hacia dónde crece."""

    texto: str
    x: float
    y: float
    ancla: str = "start"


@dataclass(frozen=True)
class Tramo:
    """Un hito dibujado: barra si dura, rombo si es un solo día de aviso."""

    clase: str
    x: float
    y: float
    ancho: float
    rombo: bool
    fuerte: bool
    rotulo: Rotulo


@dataclass(frozen=True)
class Calendario:
    """El calendario de una convocatoria, listo para dibujar."""

    alto: float
    meses: list[Rotulo]
    lineas: list[float]
    tramos: list[Tramo]
    desde: date
    hasta: date
    descripcion: str


def calendario(hitos: Sequence[Mapping[str, Any]]) -> Calendario:
    """El dibujo de los hitos, del primero al último, con los meses arriba."""
    desde = min(h["inicio"] for h in hitos).replace(day=1)
    hasta = _mes_siguiente(max(h["termino"] for h in hitos))
    dias = (hasta - desde).days

    def x_de(dia: date) -> float:
        return round(MARGEN + (dia - desde).days * (ANCHO - 2 * MARGEN) / dias, 1)

    tramos, y = [], 34.0
    for hito in hitos:
        tramo = _tramo(hito, x_de, y)
        tramos.append(tramo)
        y = tramo.y + ALTO_FILA
    meses = _meses(desde, hasta)
    cada = -(-len(meses) // MESES_ROTULADOS)
    return Calendario(
        alto=y + 14,
        meses=[Rotulo(_rotulo_mes(m, len(meses)), x_de(m), 18) for m in meses[::cada]],
        lineas=[x_de(m) for m in [*meses, hasta]],
        tramos=tramos,
        desde=desde,
        hasta=hasta,
        descripcion=" ".join(f"{h['titulo']}: {rango(h['inicio'], h['termino'])}." for h in hitos),
    )


def _tramo(hito: Mapping[str, Any], x_de: Any, y: float) -> Tramo:
    inicio, termino = hito["inicio"], hito["termino"]
    x, fin = x_de(inicio), x_de(termino + timedelta(days=1))
    rombo = hito["hito"] == "aviso"
    ancho = max(round(fin - x, 1), 10.0)
    texto = _rotulo_hito(hito)
    largo = len(texto) * ANCHO_LETRA
    if x + ancho + 6 + largo <= ANCHO - 4:
        rotulo = Rotulo(texto, round(x + ancho + 6, 1), y + 12)
    elif x - 6 - largo >= 4:
        rotulo = Rotulo(texto, round(x - 6, 1), y + 12, "end")
    else:
        # No cabe a ningún lado: el rótulo va encima y la barra baja.
        rotulo = Rotulo(texto, float(MARGEN), y + 10)
        y += 18
    return Tramo(COLORES.get(hito["hito"], "b2f"), x, y, ancho, rombo, hito["hito"] == "actividad", rotulo)


def _rotulo_hito(hito: Mapping[str, Any]) -> str:
    inicio, termino = hito["inicio"], hito["termino"]
    if hito["hito"] == "revision":
        return str(hito["titulo"])
    if inicio == termino:
        return f"{hito['titulo']}, {dia_y_mes(termino)}"
    if hito["hito"] in {"postulacion", "encuesta"}:
        return f"{hito['titulo']}, hasta el {dia_y_mes(termino)}"
    desde = inicio.day if inicio.month == termino.month else dia_y_mes(inicio)
    return f"{hito['titulo']}, {desde} al {dia_y_mes(termino)}"


def _mes_siguiente(dia: date) -> date:
    return (dia.replace(day=1) + timedelta(days=32)).replace(day=1)


def _meses(desde: date, hasta: date) -> list[date]:
    meses = []
    while desde < hasta:
        meses.append(desde)
        desde = _mes_siguiente(desde)
    return meses


def _rotulo_mes(mes: date, cuantos: int) -> str:
    nombre = MESES[mes.month - 1][:3]
    return f"{nombre} {mes.year % 100}" if cuantos > MESES_ROTULADOS else nombre
