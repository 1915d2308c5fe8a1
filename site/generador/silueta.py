"""El mapa de un evento: Chile acostado, de norte a sur como el toldo, con su región pintada y su punto.

El contorno es el de Natural Earth a escala 1:110 millones (dominio público), redondeado a décimas de grado. Las
regiones se dibujan como franjas por latitud: dice hacia dónde queda, no por dónde pasa el límite.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

# Longitud y latitud en décimas de grado: Tierra del Fuego y el continente.
FUEGO = (
    "-686,-526 -686,-549 -676,-549 -670,-549 -673,-553 -681,-556 -686,-556 -692,-555 -700,-552 -710,-551 -723,-545 "
    "-733,-540 -747,-528 -738,-530 -724,-537 -711,-541 -706,-536 -703,-529 -693,-525"
)
CONTINENTE = (
    "-682,-215 -678,-229 -671,-227 -670,-230 -673,-240 -684,-245 -684,-262 -686,-265 -683,-269 -690,-275 -697,-285 "
    "-700,-294 -699,-303 -705,-314 -701,-331 -698,-333 -698,-342 -704,-352 -704,-360 -711,-367 -711,-376 -708,-386 "
    "-714,-389 -717,-398 -719,-408 -717,-421 -721,-423 -719,-434 -715,-438 -718,-442 -713,-444 -712,-448 -717,-450 "
    "-716,-456 -719,-469 -724,-477 -723,-482 -726,-489 -734,-493 -733,-504 -730,-507 -723,-507 -723,-514 -719,-520 "
    "-695,-521 -686,-523 -695,-523 -699,-525 -708,-529 -710,-538 -714,-539 -726,-535 -737,-528 -749,-523 -753,-516 "
    "-750,-510 -755,-504 -756,-487 -752,-477 -741,-469 -756,-466 -747,-458 -744,-441 -732,-445 -727,-424 -734,-421 "
    "-737,-434 -743,-432 -740,-418 -737,-399 -732,-393 -735,-383 -736,-372 -732,-371 -726,-355 -719,-339 -714,-324 "
    "-717,-309 -714,-301 -715,-289 -709,-276 -707,-257 -704,-236 -701,-214 -702,-198 -704,-183 -699,-181 -696,-176 "
    "-691,-183 -690,-190 -684,-194 -688,-204"
)
# Hasta qué latitud llega cada región, de norte a sur. Valparaíso y la Metropolitana van lado a lado: ver LADO.
HASTA = {
    "15": 192, "01": 214, "02": 260, "03": 292, "04": 322, "05": 330, "13": 340, "06": 349, "07": 362, "16": 370,
    "08": 382, "09": 395, "14": 405, "10": 439, "11": 490, "12": 560,
}  # fmt: skip
NORTE, ESTE, OESTE = 170, -664, -762
LADO = -710
ESCALA_X, ESCALA_Y = 1.8, 2.0
ANCHO, ALTO = round((560 - NORTE) * ESCALA_X), round((ESTE - OESTE) * ESCALA_Y)


@dataclass(frozen=True)
class Franja:
    """La banda de una región, antes de recortarla con el contorno."""

    region: str
    camino: str
    clase: str


@dataclass(frozen=True)
class Mapa:
    """Lo que se dibuja: el contorno, las franjas y el punto de la sede si se sabe dónde es."""

    ancho: int
    alto: int
    contorno: str
    franjas: list[Franja]
    punto: tuple[float, float] | None


def mapa(regiones: Sequence[Mapping[str, Any]], region: str, sede: Mapping[str, Any] | None) -> Mapa:
    """Chile con esa región pintada; sin coordenadas no hay punto."""
    codigos = [r["region"] for r in regiones]
    franjas = [Franja(c, _banda(c), "z" if c == region else "xy"[i % 2]) for i, c in enumerate(codigos)]
    con_punto = sede is not None and sede["latitud"] is not None and sede["longitud"] is not None
    punto = _lugar(float(sede["longitud"]) * 10, float(sede["latitud"]) * 10) if sede and con_punto else None
    return Mapa(ANCHO, ALTO, _contorno(), franjas, punto)


@cache
def _contorno() -> str:
    """Un camino con las dos partes; el norte queda a la izquierda y el mar abajo."""
    caminos = []
    for parte in (CONTINENTE, FUEGO):
        puntos = [_lugar(*map(float, par.split(","))) for par in parte.split()]
        caminos.append("M" + " ".join(f"{x:g} {y:g}" for x, y in puntos) + "z")
    return "".join(caminos)


def _banda(region: str) -> str:
    """La Metropolitana toma el lado de la cordillera y Valparaíso sigue por la costa a su lado."""
    norte = max((h for h in HASTA.values() if h < HASTA[region]), default=NORTE)
    if region == "05":
        return _caja(norte, HASTA["05"], OESTE, ESTE) + _caja(HASTA["05"], HASTA["13"], OESTE, LADO)
    if region == "13":
        return _caja(norte, HASTA["13"], LADO, ESTE)
    return _caja(norte, HASTA[region], OESTE, ESTE)


def _caja(norte: int, sur: int, oeste: int, este: int) -> str:
    (x, y), (otra_x, otra_y) = _lugar(este, -norte), _lugar(oeste, -sur)
    return f"M{x:g} {y:g}H{otra_x:g}V{otra_y:g}H{x:g}z"


def _lugar(longitud: float, latitud: float) -> tuple[float, float]:
    """Décimas de grado → lugar en el dibujo."""
    return round((-latitud - NORTE) * ESCALA_X, 1), round((ESTE - longitud) * ESCALA_Y, 1)
