"""La selección como función pura: mismas postulaciones en cualquier orden, mismas listas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from funciones.dominio.convocatoria import Convocatoria, Cupo, ModoSeleccion
from funciones.dominio.postulacion import Estado, Postulacion


class Motivo(StrEnum):
    """Por qué una postulación no queda ni seleccionada ni en espera; el texto es de plantilla."""

    BAJO_NOTA_MINIMA = "bajo_nota_minima"
    SIN_CUPO_NI_ESPERA = "sin_cupo_ni_espera"


class FaltaRevisar(Exception):
    """Con puntaje no se elige mientras quede una postulación sin revisar: sería elegir entre algunas."""

    def __init__(self, folios: tuple[str, ...]) -> None:
        super().__init__(f"{len(folios)} sin revisar")
        self.folios = folios


@dataclass(frozen=True, slots=True)
class Seleccion:
    """Las tres listas, en orden. `sin_decidir`: por llegada, las que esperan a una anterior aún en revisión."""

    seleccionadas: tuple[str, ...]
    espera: tuple[str, ...]
    no_seleccionadas: tuple[tuple[str, Motivo], ...]
    sin_decidir: tuple[str, ...] = ()


EN_REVISION = frozenset({Estado.RECIBIDA, Estado.EN_CORRECCION, Estado.RETENIDA})


def seleccionar(convocatoria: Convocatoria, postulaciones: Iterable[Postulacion], cupo: Cupo) -> Seleccion:
    """Reparte los puestos libres de `cupo` entre las postulaciones que esperan decisión.

    Se puede repetir: las ya seleccionadas o en espera no se tocan y ya están contadas en `cupo`.
    Errores: FaltaRevisar en modo puntaje con postulaciones en revisión o admisibles sin nota.
    """
    # Lo libre es primero de quienes ya esperan: nadie nuevo se les adelanta.
    cupo = replace(cupo, asignados=cupo.asignados + min(cupo.espera, cupo.libres))
    vivas = tuple(p for p in postulaciones if p.turno is not None)
    if convocatoria.modo_seleccion is ModoSeleccion.PUNTAJE:
        return _por_puntaje(convocatoria, vivas, cupo)
    return _por_llegada(vivas, cupo)


def orden_de_llegada(postulacion: Postulacion) -> tuple[datetime, str]:
    """El turno y, si dos llegan en el mismo milisegundo, el folio."""
    assert postulacion.turno is not None
    return postulacion.turno, postulacion.folio


def _por_puntaje(convocatoria: Convocatoria, vivas: tuple[Postulacion, ...], cupo: Cupo) -> Seleccion:
    pendientes = tuple(sorted(p.folio for p in vivas if p.estado in EN_REVISION | {Estado.ADMISIBLE}))
    if pendientes:
        raise FaltaRevisar(pendientes)
    evaluadas = [p for p in vivas if p.estado is Estado.EVALUADA]
    minima = convocatoria.nota_minima or Decimal(0)
    bajo_minima = [p for p in evaluadas if _puntaje(p) < minima]
    ranking = sorted((p for p in evaluadas if _puntaje(p) >= minima), key=lambda p: orden_de_puntaje(convocatoria, p))
    adentro, espera, afuera = _repartir([p.folio for p in ranking], cupo)
    no = [(folio, Motivo.SIN_CUPO_NI_ESPERA) for folio in afuera]
    no += [(p.folio, Motivo.BAJO_NOTA_MINIMA) for p in sorted(bajo_minima, key=orden_de_llegada)]
    return Seleccion(adentro, espera, tuple(no))


def _puntaje(postulacion: Postulacion) -> Decimal:
    assert postulacion.puntaje is not None
    return postulacion.puntaje


def orden_de_puntaje(convocatoria: Convocatoria, postulacion: Postulacion) -> tuple[object, ...]:
    """Mejor puntaje primero; después, los criterios de desempate en su orden declarado; al final, la llegada."""
    desempates = sorted(convocatoria.criterios, key=lambda criterio: criterio.desempate)
    notas = tuple(-postulacion.notas[criterio.criterio] for criterio in desempates)
    return (-_puntaje(postulacion), notas, orden_de_llegada(postulacion))


def _por_llegada(vivas: tuple[Postulacion, ...], cupo: Cupo) -> Seleccion:
    """Cada una en su turno; una anterior aún en revisión guarda su puesto y deja sin decidir a quien lo tomaría."""
    adentro: list[str] = []
    resto: list[str] = []
    sin_decidir: list[str] = []
    pendientes = 0
    for postulacion in sorted(vivas, key=orden_de_llegada):
        if postulacion.estado in EN_REVISION:
            pendientes += 1
        elif postulacion.estado in {Estado.ADMISIBLE, Estado.EVALUADA}:
            if len(adentro) + pendientes < cupo.libres:
                adentro.append(postulacion.folio)
            elif pendientes:
                sin_decidir.append(postulacion.folio)
            else:
                resto.append(postulacion.folio)
    _, espera, afuera = _repartir(resto, Cupo(0, 0, cupo.espera, cupo.espera_maxima))
    return Seleccion(tuple(adentro), espera, tuple((f, Motivo.SIN_CUPO_NI_ESPERA) for f in afuera), tuple(sin_decidir))


def _repartir(folios: list[str], cupo: Cupo) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    corte = cupo.libres
    tope = len(folios) if cupo.espera_maxima is None else corte + max(cupo.espera_maxima - cupo.espera, 0)
    return tuple(folios[:corte]), tuple(folios[corte:tope]), tuple(folios[max(tope, corte) :])
