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
from funciones.dominio.secreto import Cuentas, Llave, Suma, publicables

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
    """Las que se pueden publicar sin señalar a nadie: ni por chicas, ni porque se deduzcan sumando y restando.

    Cuentan quienes participaron y quienes respondieron. Un total cuenta una vez a quien está en dos partes: se
    protege como si nadie se repitiera, que es lo más que se puede deducir.
    """
    celdas: dict[Llave, Cuentas] = {(m.componente, m.region): (m.denominador, m.respuestas) for m in mediciones}
    visibles = publicables(celdas, _sumas(mediciones), celda_minima)
    return frozenset(m for m in mediciones if (m.componente, m.region) in visibles)


def _sumas(mediciones: tuple[Medicion, ...]) -> list[Suma]:
    """Cada total con las partes que lo suman: las regiones de un componente y los componentes de una región."""
    sumas = []
    for total in mediciones:
        otras = [m for m in mediciones if m is not total]
        if total.region == TODAS:
            sumas.append(_suma(total, [m for m in otras if m.componente == total.componente]))
        if total.componente == TODOS:
            sumas.append(_suma(total, [m for m in otras if m.region == total.region]))
    return sumas


def _suma(total: Medicion, partes: list[Medicion]) -> Suma:
    return Suma((total.componente, total.region), tuple((m.componente, m.region) for m in partes))


def _celdas(componente: int, region: str) -> tuple[tuple[str, str], ...]:
    return ((str(componente), region), (str(componente), TODAS), (TODOS, region), (TODOS, TODAS))
