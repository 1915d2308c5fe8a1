"""Los eventos puestos en la grilla de un mes: semanas de lunes a domingo, con los de varios días en una sola franja."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generador.ficha_evento import FichaEvento
from generador.filtros import MESES

DIAS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")


@dataclass(frozen=True)
class EnElDia:
    """Un evento en un día. `abre` si ese día se escribe su nombre: el primero, o el lunes si venía de antes.

    `dias` son los que le quedan en su renglón, y `cierra` dice si ahí termina.
    """

    evento: FichaEvento
    abre: bool
    dias: int
    cierra: bool


@dataclass(frozen=True)
class Dia:
    """Un día de la grilla; `carriles` deja un hueco (None) para que cada franja siga a la misma altura."""

    fecha: date
    del_mes: bool
    carriles: list[EnElDia | None]

    @property
    def ocupado(self) -> bool:
        return any(self.carriles)


@dataclass(frozen=True)
class Mes:
    """Un mes con algo: sus semanas enteras y sus eventos en orden."""

    primero: date
    semanas: list[list[Dia]]
    eventos: list[FichaEvento]

    @property
    def ruta(self) -> str:
        return f"/eventos/{self.primero:%Y-%m}/"

    @property
    def nombre(self) -> str:
        """`enero de 2027`"""
        return f"{MESES[self.primero.month - 1]} de {self.primero.year}"

    @property
    def corto(self) -> str:
        """`ene`"""
        return MESES[self.primero.month - 1][:3]


def meses(eventos: Sequence[FichaEvento]) -> list[Mes]:
    """Los meses en que hay algo, del más antiguo al más nuevo; un evento a caballo de dos meses sale en los dos."""
    primeros = sorted({dia.replace(day=1) for e in eventos for dia in e.dias})
    return [_mes(primero, [e for e in eventos if _toca(e, primero)]) for primero in primeros]


def _toca(evento: FichaEvento, primero: date) -> bool:
    return evento.primer_dia < _siguiente(primero) and evento.ultimo_dia >= primero


def _mes(primero: date, eventos: list[FichaEvento]) -> Mes:
    lunes = primero - timedelta(days=primero.weekday())
    semanas = []
    while lunes < _siguiente(primero):
        semanas.append(_semana(lunes, primero, eventos))
        lunes += timedelta(days=7)
    return Mes(primero, semanas, eventos)


def _semana(lunes: date, primero: date, eventos: list[FichaEvento]) -> list[Dia]:
    dias = [lunes + timedelta(days=n) for n in range(7)]
    propios = [e for e in eventos if e.primer_dia <= dias[-1] and e.ultimo_dia >= lunes]
    carriles = _repartir(propios)
    return [_dia(dia, dia.month == primero.month, carriles) for dia in dias]


def _repartir(eventos: Iterable[FichaEvento]) -> list[list[FichaEvento]]:
    """Cada evento al primer carril libre: dos que se topan nunca comparten carril."""
    carriles: list[list[FichaEvento]] = []
    for evento in sorted(eventos, key=lambda e: (e.primer_dia, e.fila["id"])):
        libre = next((c for c in carriles if c[-1].ultimo_dia < evento.primer_dia), None)
        if libre is None:
            carriles.append([evento])
        else:
            libre.append(evento)
    return carriles


def _dia(dia: date, del_mes: bool, carriles: list[list[FichaEvento]]) -> Dia:
    if not del_mes:
        return Dia(dia, False, [])
    ocupantes = [next((e for e in carril if e.primer_dia <= dia <= e.ultimo_dia), None) for carril in carriles]
    while ocupantes and ocupantes[-1] is None:
        ocupantes.pop()
    return Dia(dia, True, [e and _en_el_dia(e, dia) for e in ocupantes])


def _en_el_dia(evento: FichaEvento, dia: date) -> EnElDia:
    abre = dia == evento.primer_dia or dia.weekday() == 0 or dia.day == 1
    domingo = dia + timedelta(days=6 - dia.weekday())
    ultimo = min(evento.ultimo_dia, domingo, _siguiente(dia.replace(day=1)) - timedelta(days=1))
    return EnElDia(evento, abre, (ultimo - dia).days + 1, ultimo == evento.ultimo_dia)


def _siguiente(primero: date) -> date:
    return (primero.replace(day=1) + timedelta(days=32)).replace(day=1)
