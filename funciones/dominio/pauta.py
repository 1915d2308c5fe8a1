"""La pauta: cada persona pone notas con su razón; el puntaje es el promedio exacto de las que pide la convocatoria."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from funciones.dominio.convocatoria import Convocatoria, Criterio
from funciones.dominio.postulacion import Evaluacion, Postulacion


class NotaFueraDeEscala(Exception):
    """Falta la nota de un criterio, sobra una, o se sale de la escala que declara la convocatoria."""

    def __init__(self, criterio: str) -> None:
        super().__init__(criterio)
        self.criterio = criterio


class JustificacionFaltante(Exception):
    """Una nota vino sin su razón, o vino una razón de un criterio que no existe."""

    def __init__(self, criterio: str) -> None:
        super().__init__(criterio)
        self.criterio = criterio


class PautaCompleta(Exception):
    """Ya están las notas que pide la convocatoria: solo quien puso una puede corregir la suya."""


@dataclass(frozen=True, slots=True)
class Calificacion:
    """Las evaluaciones de una postulación y lo que sale de ellas; sin `puntaje` mientras falten evaluadores.

    `notas` es el promedio por criterio, a dos decimales: con él se desempata.
    """

    evaluaciones: tuple[Evaluacion, ...]
    notas: Mapping[str, Decimal]
    puntaje: Decimal | None

    @property
    def completa(self) -> bool:
        """Si ya están todas las notas que pide la convocatoria."""
        return self.puntaje is not None


def comprobar(criterios: tuple[Criterio, ...], evaluacion: Evaluacion) -> None:
    """Cada criterio con su nota dentro de la escala y su razón escrita.

    Errores: NotaFueraDeEscala o JustificacionFaltante con el criterio que falta, sobra o se sale.
    """
    _comprobar_notas(criterios, evaluacion.notas)
    razones = evaluacion.justificaciones
    sin_razon = [c.criterio for c in criterios if not razones.get(c.criterio, "").strip()]
    for criterio in (*sin_razon, *sorted(_sobran(criterios, razones))):
        raise JustificacionFaltante(criterio)


def _comprobar_notas(criterios: tuple[Criterio, ...], notas: Mapping[str, Decimal]) -> None:
    for criterio in _fuera(criterios, notas):
        raise NotaFueraDeEscala(criterio)


def _fuera(criterios: tuple[Criterio, ...], notas: Mapping[str, Decimal]) -> tuple[str, ...]:
    fuera = [c.criterio for c in criterios if not _en_escala(c, notas.get(c.criterio))]
    return (*fuera, *sorted(_sobran(criterios, notas)))


def _en_escala(criterio: Criterio, nota: Decimal | None) -> bool:
    return nota is not None and criterio.escala_minima <= nota <= criterio.escala_maxima


def _sobran(criterios: tuple[Criterio, ...], escritos: Mapping[str, object]) -> set[str]:
    return set(escritos) - {criterio.criterio for criterio in criterios}


def calificar(convocatoria: Convocatoria, anteriores: tuple[Evaluacion, ...], nueva: Evaluacion) -> Calificacion:
    """Suma la evaluación de una persona, o reemplaza la que ya había puesto.

    Errores: los de `comprobar`; PautaCompleta si ya están todas y esta persona no puso ninguna.
    """
    comprobar(convocatoria.criterios, nueva)
    valen = vigentes(convocatoria, anteriores)
    es_correccion = any(e.evaluador == nueva.evaluador for e in valen)
    if not es_correccion and len(valen) >= convocatoria.evaluadores:
        raise PautaCompleta
    if not es_correccion:
        return resumir(convocatoria, (*valen, nueva))
    return resumir(convocatoria, tuple(nueva if e.evaluador == nueva.evaluador else e for e in valen))


def vigentes(convocatoria: Convocatoria, evaluaciones: Iterable[Evaluacion]) -> tuple[Evaluacion, ...]:
    """Las que calzan con la pauta de hoy: si una enmienda la cambió, las de antes ya no cuentan."""
    return tuple(e for e in evaluaciones if not _fuera(convocatoria.criterios, e.notas))


def resumir(convocatoria: Convocatoria, evaluaciones: tuple[Evaluacion, ...]) -> Calificacion:
    """Lo que sale de esas evaluaciones.

    El puntaje es el promedio de los puntajes ponderados de cada persona: exacto, y redondeado una sola vez.
    """
    valen = vigentes(convocatoria, evaluaciones)
    if len(valen) < convocatoria.evaluadores:
        return Calificacion(valen, {}, None)
    notas = {
        criterio.criterio: _centesimas(_promedio(Fraction(e.notas[criterio.criterio]) for e in valen))
        for criterio in convocatoria.criterios
    }
    promedio = _promedio(_ponderado(convocatoria.criterios, e.notas) for e in valen)
    return Calificacion(valen, notas, _centesimas(promedio))


def al_dia(convocatoria: Convocatoria, postulacion: Postulacion) -> bool:
    """Si su puntaje y sus notas son los que dan hoy sus evaluaciones: una enmienda puede haber cambiado la pauta."""
    hoy = resumir(convocatoria, postulacion.evaluaciones)
    return hoy.completa and (hoy.puntaje, hoy.notas) == (postulacion.puntaje, postulacion.notas)


def puntaje(criterios: tuple[Criterio, ...], notas: Mapping[str, Decimal]) -> Decimal:
    """El puntaje de una sola persona: suma de nota × ponderación ÷ 100, a dos decimales, mitad hacia arriba.

    Errores: NotaFueraDeEscala con el criterio que falta, sobra o se sale de su escala.
    """
    _comprobar_notas(criterios, notas)
    return _centesimas(_ponderado(criterios, notas))


def _ponderado(criterios: tuple[Criterio, ...], notas: Mapping[str, Decimal]) -> Fraction:
    return sum((Fraction(notas[c.criterio]) * c.ponderacion for c in criterios), Fraction(0)) / 100


def _promedio(valores: Iterable[Fraction]) -> Fraction:
    todos = tuple(valores)
    return sum(todos, Fraction(0)) / len(todos)


def _centesimas(exacto: Fraction) -> Decimal:
    """A dos decimales, la mitad hacia arriba. Con tres evaluadores un decimal no alcanza: por eso la fracción."""
    return Decimal(floor(exacto * 100 + Fraction(1, 2))).scaleb(-2)
