"""El indicador de propósito: Mipes que declaran acceder a vinculación comercial ÷ Mipes que participan × 100.

Fuente: formulario de evaluación ex ante, indicador de propósito. Decisiones del proyecto (dominio §4): el denominador
son todas las participantes, no las que respondieron; «aún no se sabe» y el silencio no cuentan; en el total cada Mipe
una vez, y por componente una vez en cada uno; la región es la de la convocatoria; los emprendedores van aparte.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from funciones.dominio.encuesta import Respuesta, Vinculacion

TODAS = "todas"
TODOS = "todos"
VERSION = "acceso-vinculacion/1"


@dataclass(frozen=True, slots=True)
class Participacion:
    """Una Mipe que participó en una actividad terminada en el año, bajo su seudónimo anual."""

    firma: str
    componente: int
    region: str
    emprendedor: bool = False


@dataclass(frozen=True, slots=True)
class Medicion:
    """Una celda publicable: cuántas participaron, cuántas respondieron y cuántas declaran vinculación."""

    anio: int
    componente: str
    region: str
    numerador: int
    denominador: int
    respuestas: int

    @property
    def valor(self) -> Decimal | None:
        """Por ciento a dos decimales; None si nadie participó: eso es «no medido», nunca cero."""
        return por_ciento(self.numerador, self.denominador)

    @property
    def tasa_respuesta(self) -> Decimal | None:
        """Qué por ciento de las participantes respondió."""
        return por_ciento(self.respuestas, self.denominador)

    def publicable(self, celda_minima: int) -> bool:
        """Si la celda tiene suficientes participantes para no señalar a nadie."""
        return self.denominador >= celda_minima


def por_ciento(parte: int, todo: int) -> Decimal | None:
    """`parte` ÷ `todo` × 100 a dos decimales, mitad hacia arriba; None si el todo es cero."""
    if todo == 0:
        return None
    return (Decimal(parte) * 100 / Decimal(todo)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def medir(anio: int, participaciones: Iterable[Participacion], respuestas: Iterable[Respuesta]) -> tuple[Medicion, ...]:
    """Una medición por celda (componente × región, con sus totales), ordenadas; solo Mipes, no emprendedores."""
    participantes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for participacion in participaciones:
        if not participacion.emprendedor:
            for celda in _celdas(participacion.componente, participacion.region):
                participantes[celda].add(participacion.firma)
    respondieron: dict[tuple[str, str], set[str]] = defaultdict(set)
    vinculadas: dict[tuple[str, str], set[str]] = defaultdict(set)
    for respuesta in respuestas:
        for celda in _celdas(respuesta.componente, respuesta.region):
            respondieron[celda].add(respuesta.firma)
            if respuesta.vinculacion is Vinculacion.SI:
                vinculadas[celda].add(respuesta.firma)
    return tuple(
        Medicion(
            anio, componente, region, len(vinculadas[celda] & firmas), len(firmas), len(respondieron[celda] & firmas)
        )
        for celda, firmas in sorted(participantes.items())
        for componente, region in (celda,)
    )


def ocultar_chicas(mediciones: tuple[Medicion, ...], celda_minima: int) -> frozenset[Medicion]:
    """Las que se pueden publicar: ni celdas chicas, ni una sola oculta que se deduzca restando del total.

    Vale por filas y por columnas de la tabla componente × región; se repite hasta que nada más haga falta ocultar.
    """
    visibles = {m for m in mediciones if m.publicable(celda_minima)}
    while True:
        deducible = next(filter(None, (_la_que_delata(grupo, visibles) for grupo in _grupos(mediciones))), None)
        if deducible is None:
            return frozenset(visibles)
        visibles.discard(deducible)


def _grupos(mediciones: tuple[Medicion, ...]) -> tuple[tuple[Medicion, tuple[Medicion, ...]], ...]:
    """Cada total con las partes que lo suman: las regiones de un componente y los componentes de una región."""
    grupos = []
    for total in mediciones:
        if total.region == TODAS:
            grupos.append((total, tuple(m for m in mediciones if m.componente == total.componente and m is not total)))
        if total.componente == TODOS:
            grupos.append((total, tuple(m for m in mediciones if m.region == total.region and m is not total)))
    return tuple(grupos)


def _la_que_delata(grupo: tuple[Medicion, tuple[Medicion, ...]], visibles: set[Medicion]) -> Medicion | None:
    """La parte visible más chica, si el total se ve y una sola parte está oculta; o el total, si no queda otra."""
    total, partes = grupo
    ocultas = [parte for parte in partes if parte not in visibles]
    if total not in visibles or len(ocultas) != 1:
        return None
    vistas = sorted(
        (parte for parte in partes if parte in visibles), key=lambda m: (m.denominador, m.componente, m.region)
    )
    return vistas[0] if vistas else total


def _celdas(componente: int, region: str) -> tuple[tuple[str, str], ...]:
    return ((str(componente), region), (str(componente), TODAS), (TODOS, region), (TODOS, TODAS))
