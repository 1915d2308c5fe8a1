"""El libro: una cadena de huellas por convocatoria con cada decisión, para que ninguna cambie sin que se note.

La entrada (enviar y confirmar el correo) no pasa por aquí: la anota la primera decisión sobre esa postulación.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from funciones.dominio.postulacion import Estado, Postulacion, Transicion

SIN_HUELLA = "-"
_RENGLON = re.compile(r"(\S+) ([1-9][0-9]*) ([0-9a-f]{64}) ([0-9a-f]{64}|-)")
_TITULO = re.compile(r"(\S+) ([1-9][0-9]*) ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Cabeza:
    """El último asiento de una convocatoria: quien la conoce puede comprobar todos los anteriores."""

    numero: int
    huella: str


@dataclass(frozen=True, slots=True)
class Anotado:
    """Una transición en el libro: su versión, y las huellas SHA-256 de su registro y de cómo quedó la postulación."""

    folio: str
    version: int
    transicion: str
    postulacion: str = SIN_HUELLA


@dataclass(frozen=True, slots=True)
class Asiento:
    """Lo que se decidió de una vez. Su texto nombra la huella del anterior: cambiar uno rompe los que siguen."""

    convocatoria: str
    numero: int
    anterior: str
    anotados: tuple[Anotado, ...]

    @property
    def texto(self) -> str:
        """Un título y un renglón por transición; estos bytes son los que se guardan y de los que sale la huella."""
        renglones = (f"{a.folio} {a.version} {a.transicion} {a.postulacion}\n" for a in self.anotados)
        return f"{self.convocatoria} {self.numero} {self.anterior}\n" + "".join(renglones)

    @property
    def cabeza(self) -> Cabeza:
        """La cabeza que deja este asiento."""
        return Cabeza(self.numero, huella(self.texto))


@dataclass(frozen=True, slots=True)
class AsientoGuardado:
    """Un asiento tal como está escrito, sin suponer que está sano."""

    numero: int
    texto: str
    huella: str


@dataclass(frozen=True, slots=True)
class TransicionGuardada:
    """Una transición tal como está escrita: la huella de su registro, y lo que dice o None si no se puede leer."""

    version: int
    huella: str
    transicion: Transicion | None


@dataclass(frozen=True, slots=True)
class Legajo:
    """Todo lo guardado de un folio. `postulacion` None: no está, o no se puede leer.

    `desacuerdos`: lo que se guarda aparte para encontrarla y no dice lo mismo que ella, en palabras.
    """

    folio: str
    postulacion: Postulacion | None
    huella: str
    transiciones: tuple[TransicionGuardada, ...]
    desacuerdos: tuple[str, ...] = ()


def huella(texto: str) -> str:
    """SHA-256 en hexadecimal."""
    return hashlib.sha256(texto.encode()).hexdigest()


def sin_asientos(convocatoria: str) -> Cabeza:
    """La cabeza de un libro vacío: distinta para cada convocatoria, así ninguna cadena sirve para otra."""
    return Cabeza(0, huella(f"libro de {convocatoria}"))


def asentar(convocatoria: str, cabeza: Cabeza, anotados: Sequence[Anotado]) -> Asiento:
    """El asiento que sigue a esa cabeza."""
    return Asiento(convocatoria, cabeza.numero + 1, cabeza.huella, tuple(anotados))


def leer(texto: str) -> Asiento | None:
    """El asiento que dice ese texto; None si no tiene exactamente su forma."""
    titulo, *renglones = texto.split("\n")
    cabecera = _TITULO.fullmatch(titulo)
    leidos = [_RENGLON.fullmatch(renglon) for renglon in renglones[:-1]]
    if cabecera is None or not leidos or renglones[-1]:
        return None
    anotados = [Anotado(r[1], int(r[2]), r[3], r[4]) for r in leidos if r is not None]
    asiento = Asiento(cabecera[1], int(cabecera[2]), cabecera[3], tuple(anotados))
    return asiento if asiento.texto == texto else None


def es_entrada(de: str | None) -> bool:
    """Si una transición desde ese estado es de la entrada: nacer, o confirmar el correo."""
    return de is None or de == Estado.POR_CONFIRMAR
