"""Los indicadores: de las participaciones y sus encuestas a una cifra por celda, según la definición de cada uno.

Fuente: formulario de evaluación ex ante, indicador de propósito: Mipes que declaran acceder a vinculación comercial ÷
Mipes que participan × 100. Decisiones del proyecto (dominio §4): el denominador son todas las participantes, no las que
respondieron; «aún no se sabe» y el silencio no cuentan; en el total cada Mipe una vez, y por componente una vez en cada
uno; la región es la de la convocatoria; los emprendedores van aparte.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from funciones.dominio.encuesta import Respuesta
from funciones.dominio.intervalo import wilson
from funciones.dominio.secreto import Cuentas, Llave, Suma, publicables

TODAS = "todas"
TODOS = "todos"
# Según qué se separa una cifra, además de región y componente; solo en los totales del país, donde hay casos.
DESAGREGACIONES = ("sexo", "nivel_educacional", "seccion")


class Cuenta(StrEnum):
    """Qué se cuenta arriba: quien elige una de esas respuestas, la nota que pone, o quien aumentó desde que postuló."""

    DECLARA = "declara"
    NOTA = "nota"
    AUMENTA = "aumenta"


class Universo(StrEnum):
    """Qué se cuenta abajo: todas las que participan, o solo las que respondieron lo que se mide."""

    PARTICIPAN = "participan"
    RESPONDEN = "responden"


class Poblacion(StrEnum):
    """De quiénes es la cifra. El programa mide a las Mipes; los emprendedores sin inicio se informan aparte."""

    MIPES = "mipes"
    EMPRENDEDORES = "emprendedores"


@dataclass(frozen=True, slots=True)
class Definicion:
    """Cómo se calcula un indicador. `preguntas` son claves de la encuesta; en AUMENTA, también de la postulación."""

    indicador: str
    version: str
    cuenta: Cuenta
    preguntas: tuple[str, ...]
    valores: frozenset[str]
    universo: Universo
    poblacion: Poblacion


@dataclass(frozen=True, slots=True)
class Participacion:
    """Quien participó en una actividad terminada en el año, bajo su seudónimo anual, sin nada que lo nombre."""

    firma: str
    convocatoria: str
    componente: int
    region: str
    emprendedor: bool = False
    categorias: Mapping[str, str] = field(default_factory=dict)
    base: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Medicion:
    """Una celda: cuántas participaron, cuántas respondieron y qué suman las que cuentan.

    `numerador` y `denominador` son Mipes, salvo en una nota: ahí son puntos y notas puestas.
    """

    anio: int
    componente: str
    region: str
    numerador: int
    denominador: int
    participantes: int
    respuestas: int
    desagregacion: str = TODOS
    categoria: str = TODOS
    cuenta: Cuenta = Cuenta.DECLARA
    universo: Universo = Universo.PARTICIPAN

    @property
    def llave(self) -> Llave:
        """El nombre de la celda."""
        return (self.componente, self.region, self.desagregacion, self.categoria)

    @property
    def valor(self) -> Decimal | None:
        """Por ciento o nota a dos decimales; None si no hay de quién: eso es «no medido», nunca cero."""
        return razon(self.numerador, self.denominador, 1 if self.cuenta is Cuenta.NOTA else 100)

    @property
    def tasa_respuesta(self) -> Decimal | None:
        """Qué por ciento de las participantes respondió la encuesta."""
        return por_ciento(self.respuestas, self.participantes)

    @property
    def intervalo(self) -> tuple[Decimal, Decimal] | None:
        """Los bordes de 95 % cuando respondió una parte; None si están todas: lo contado no se estima."""
        es_muestra = self.universo is Universo.RESPONDEN and 0 < self.denominador < self.participantes
        if not es_muestra or self.cuenta is Cuenta.NOTA:
            return None
        return wilson(self.numerador, self.denominador)


def razon(parte: int, todo: int, escala: int) -> Decimal | None:
    """`parte` ÷ `todo` × `escala` a dos decimales, mitad hacia arriba; None si el todo es cero."""
    if todo == 0:
        return None
    return (Decimal(parte) * escala / Decimal(todo)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def por_ciento(parte: int, todo: int) -> Decimal | None:
    """`parte` ÷ `todo` × 100 a dos decimales, mitad hacia arriba; None si el todo es cero."""
    return razon(parte, todo, 100)


def medir(
    definicion: Definicion, anio: int, participaciones: Iterable[Participacion], respuestas: Iterable[Respuesta]
) -> tuple[Medicion, ...]:
    """Una medición por celda con participantes (componente × región, y en el país cada desagregación), ordenadas.

    La respuesta de quien no participó no cuenta; si hay dos de una misma participación, vale la última que viene.
    """
    dadas = {(r.firma, r.convocatoria): r.respuestas for r in respuestas}
    suyas = definicion.poblacion is Poblacion.EMPRENDEDORES
    unicas = {(p.firma, p.convocatoria): p for p in participaciones if p.emprendedor is suyas}
    celdas: dict[Llave, _Celda] = defaultdict(_Celda)
    for quien, participacion in unicas.items():
        for llave in _llaves(participacion):
            celdas[llave].sumar(definicion, participacion, dadas.get(quien))
    return tuple(celda.medicion(definicion, anio, llave) for llave, celda in sorted(celdas.items()))


class _Celda:
    """Lo que se va juntando de una celda. Por seudónimo, para contar una vez a quien está dos."""

    def __init__(self) -> None:
        self.participan: set[str] = set()
        self.responden: set[str] = set()
        self.dicen: set[str] = set()
        self.cumplen: set[str] = set()
        self.notas: list[int] = []

    def sumar(self, definicion: Definicion, participacion: Participacion, dada: Mapping[str, str] | None) -> None:
        """Agrega una participación y, si la hay, su respuesta."""
        self.participan.add(participacion.firma)
        if dada is None:
            return
        self.responden.add(participacion.firma)
        if (cumple := _cumple(definicion, participacion.base, dada)) is not None:
            self.dicen.add(participacion.firma)
            self.cumplen |= {participacion.firma} if cumple else set()
        if definicion.cuenta is Cuenta.NOTA:
            self.notas += [int(dada[pregunta]) for pregunta in definicion.preguntas if dada.get(pregunta)]

    def medicion(self, definicion: Definicion, anio: int, llave: Llave) -> Medicion:
        """La celda cerrada."""
        todas = self.participan if definicion.universo is Universo.PARTICIPAN else self.dicen
        numerador, denominador = len(self.cumplen), len(todas)
        if definicion.cuenta is Cuenta.NOTA:
            numerador, denominador = sum(self.notas), len(self.notas)
        componente, region, desagregacion, categoria = llave
        return Medicion(
            anio,
            componente,
            region,
            numerador,
            denominador,
            len(self.participan),
            len(self.responden),
            desagregacion,
            categoria,
            definicion.cuenta,
            definicion.universo,
        )


def _cumple(definicion: Definicion, base: Mapping[str, str], dada: Mapping[str, str]) -> bool | None:
    """Si cuenta arriba; None si no dijo lo que se mide."""
    if definicion.cuenta is Cuenta.AUMENTA:
        pares = [(base[p], dada[p]) for p in definicion.preguntas if base.get(p) and dada.get(p)]
        return any(int(despues) > int(antes) for antes, despues in pares) if pares else None
    elegidas = [dada[p] for p in definicion.preguntas if dada.get(p)]
    return any(elegida in definicion.valores for elegida in elegidas) if elegidas else None


def _llaves(participacion: Participacion) -> Iterator[Llave]:
    """Las celdas donde va: su componente y el total, en su región y en el país; y en el país, sus categorías."""
    for componente in (str(participacion.componente), TODOS):
        yield (componente, participacion.region, TODOS, TODOS)
        yield (componente, TODAS, TODOS, TODOS)
        for desagregacion in DESAGREGACIONES:
            if categoria := participacion.categorias.get(desagregacion):
                yield (componente, TODAS, desagregacion, categoria)


def ocultar_chicas(mediciones: Sequence[Medicion], celda_minima: int) -> frozenset[Medicion]:
    """Las que se pueden publicar sin señalar a nadie: ni por chicas, ni porque se deduzcan sumando y restando.

    Cuentan quienes participaron, quienes respondieron y quienes están en el denominador. Un total cuenta una vez a
    quien está en dos partes: se protege como si nadie se repitiera, que es lo más que se puede deducir.
    """
    celdas: dict[Llave, Cuentas] = {m.llave: (m.participantes, m.respuestas, m.denominador) for m in mediciones}
    visibles = publicables(celdas, list(_sumas(celdas)), celda_minima)
    return frozenset(m for m in mediciones if m.llave in visibles)


def _sumas(llaves: Collection[Llave]) -> Iterator[Suma]:
    """Cada total con las partes que lo suman: las regiones de un componente, los componentes, cada desagregación."""
    partes: dict[tuple[Llave, str], list[Llave]] = defaultdict(list)
    for llave in llaves:
        componente, region, desagregacion, categoria = llave
        if region != TODAS:
            partes[(componente, TODAS, desagregacion, categoria), "region"].append(llave)
        if componente != TODOS:
            partes[(TODOS, region, desagregacion, categoria), "componente"].append(llave)
        if desagregacion != TODOS:
            partes[(componente, region, TODOS, TODOS), desagregacion].append(llave)
    yield from (Suma(total, tuple(suyas)) for (total, _), suyas in partes.items() if total in llaves)
