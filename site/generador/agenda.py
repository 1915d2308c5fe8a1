"""La agenda de un evento por jornadas, con sus rondas contadas, y lo que se busca frente a lo que se ofrece."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from funciones.dominio.plazo import fecha_en_chile
from generador.paquetes import Fila

CLASES = {
    "apertura": "Apertura",
    "charla": "Charla",
    "mesa": "Mesa de conversación",
    "ronda": "Ronda de reuniones",
    "muestra": "Muestra",
    "pausa": "Pausa",
    "cierre": "Cierre",
}


@dataclass(frozen=True)
class Parte:
    """Una parte del programa; si es una ronda, cuántos turnos tiene y cuántas reuniones caben."""

    inicio: datetime
    termino: datetime | None
    clase: str
    titulo: str
    detalle: str
    cupo: int | None
    minutos: int | None

    @property
    def clase_palabra(self) -> str:
        return CLASES[self.clase]

    @property
    def turnos(self) -> int:
        """Cuántas reuniones seguidas caben en la ronda; cero si no es una ronda."""
        if not (self.clase == "ronda" and self.termino and self.minutos):
            return 0
        return int((self.termino - self.inicio).total_seconds()) // (60 * self.minutos)

    @property
    def reuniones(self) -> int:
        """Las que se pueden hacer en total."""
        return self.turnos * (self.cupo or 0)


@dataclass(frozen=True)
class Jornada:
    """Un día del programa, con sus partes en orden."""

    dia: date
    partes: list[Parte]


@dataclass(frozen=True)
class Pareja:
    """Un rubro con quienes buscan y quienes ofrecen; un lado puede estar vacío."""

    rubro: Mapping[str, Any]
    busca: list[Fila]
    ofrece: list[Fila]


def jornadas(programa: Iterable[Fila]) -> list[Jornada]:
    """El programa repartido por día, cada día a su hora."""
    partes = sorted(programa, key=lambda p: (p["inicio"], p["orden"]))
    dias = groupby(partes, key=lambda p: fecha_en_chile(p["inicio"]))
    return [Jornada(dia, [_parte(p) for p in propias]) for dia, propias in dias]


def parejas(busquedas: Sequence[Fila], rubros: Mapping[str, Mapping[str, Any]]) -> list[Pareja]:
    """Primero los rubros donde hay de los dos lados: ahí es más fácil que salga un negocio."""
    por_rubro = [(rubros[r], [b for b in busquedas if b["rubro"] == r]) for r in rubros]
    juntas = [
        Pareja(
            rubro,
            [b for b in filas if b["sentido"] == "busca"],
            [b for b in filas if b["sentido"] == "ofrece"],
        )
        for rubro, filas in por_rubro
        if filas
    ]
    return sorted(juntas, key=lambda p: not (p.busca and p.ofrece))


def _parte(fila: Fila) -> Parte:
    return Parte(
        fila["inicio"],
        fila["termino"],
        fila["clase"],
        fila["titulo"],
        fila["detalle"] or "",
        fila["cupo"],
        fila["minutos"],
    )
