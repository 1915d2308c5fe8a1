"""Repetir una selección desde su acta, entera o pública, y decir si da lo mismo o en qué difiere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from funciones.dominio import acta_leida
from funciones.dominio.acta import ENTERA, PUBLICA, Llano, Version, canonico, con_sal, repetir, sha256
from funciones.dominio.convocatoria import Cupo
from funciones.dominio.seleccion import FaltaRevisar, Seleccion, elegir


@dataclass(frozen=True, slots=True)
class Comprobada:
    """Lo que dio repetir: sin diferencias, es igual. `alcance` dice qué se pudo comprobar con ese archivo.

    `sha256`: la huella del acta entera, la que se publica; una pública la trae escrita.
    """

    acta: str
    regla: Version
    alcance: str
    diferencias: tuple[str, ...]
    sha256: str


_ALCANCE = {
    ENTERA: "todas las postulaciones, sus notas, las huellas y las tres listas",
    PUBLICA: "las seleccionadas, la lista de espera y su orden; de las demás, cuántas son",
}


def comprobar(contenido: bytes) -> Comprobada:
    """Repite el acta que trae ese archivo. Error: ActaIlegible."""
    crudo = acta_leida.abrir(contenido)
    formato = str(crudo.get("formato"))
    if formato not in _ALCANCE:
        raise acta_leida.ActaIlegible(f"no es un acta: su formato debería ser «{ENTERA}» o «{PUBLICA}»")
    with acta_leida.si_falta_algo():
        partes = _de_la_entera(crudo) if formato == ENTERA else _de_la_publica(crudo)
        diferencias = (*_del_archivo(crudo, contenido), *partes)
        propia = sha256(contenido) if formato == ENTERA else str(crudo["sha256"]["acta"])
        return Comprobada(crudo["acta"], Version(**crudo["regla"]), _ALCANCE[formato], diferencias, propia)


def _del_archivo(crudo: Llano, contenido: bytes) -> Iterator[str]:
    """Lo que se ve sin elegir nada: si el archivo es, letra por letra, el que se escribió."""
    huellas = dict(crudo["sha256"])
    dicha = huellas.pop("contenido")
    if sha256(canonico(crudo | {"sha256": huellas})) != dicha:
        yield "el archivo cambió: su huella no es la que dice"
    elif canonico(crudo) != contenido:
        yield "el archivo dice lo mismo, pero alguien lo volvió a escribir"


def _de_la_entera(crudo: Llano) -> Iterator[str]:
    acta = acta_leida.acta(crudo)
    for parte in ("entradas", "salidas"):
        if con_sal(acta.sal, crudo[parte]) != crudo["sha256"][parte]:
            yield f"las {parte} cambiaron: su huella no es la que dice el acta"
    if crudo["acta"] != acta.id:
        yield f"el acta dice llamarse {crudo['acta']} y es la {acta.id}"
    por_turno = sorted(acta.entradas, key=lambda e: (e.turno, e.candidata.folio))
    if [e.candidata.llegada for e in por_turno] != list(range(1, len(por_turno) + 1)):
        yield "el orden de llegada no es el de los turnos"
    yield from _comparar(acta.seleccion, lambda: repetir(acta))


def _de_la_publica(crudo: Llano) -> Iterator[str]:
    entradas, negadas = crudo["entradas"], crudo["no_seleccionadas"]
    compromisos = len(set(negadas["compromisos"]))
    if compromisos != negadas["cuantas"]:
        yield f"dice {negadas['cuantas']} no seleccionadas y trae {compromisos} compromisos"
    quienes = [acta_leida.candidata(p) for p in entradas["postulaciones"]]
    if len(quienes) + compromisos > entradas["recibidas"]:
        yield f"nombra más postulaciones que las {entradas['recibidas']} recibidas"
    condiciones, cupo = acta_leida.condiciones(entradas["condiciones"]), Cupo(**entradas["cupo"])
    dicha = acta_leida.seleccion(crudo["salidas"])
    yield from _comparar(dicha, lambda: elegir(condiciones, quienes, cupo, cerrada=entradas["cerrada"]))


_LISTAS = {
    "seleccionadas": "las seleccionadas",
    "por_reserva": "quién ocupa un cupo reservado",
    "espera": "la lista de espera",
    "no_seleccionadas": "las no seleccionadas y su motivo",
    "sin_decidir": "las que quedan sin decidir",
    "guardados": "los cupos reservados que se guardan",
}


def _comparar(dicha: Seleccion, volver_a_elegir: Callable[[], Seleccion]) -> Iterator[str]:
    try:
        dada = volver_a_elegir()
    except FaltaRevisar as falta:
        yield f"no se podía elegir: {falta}"
        return
    for campo, nombre in _LISTAS.items():
        antes, ahora = getattr(dicha, campo), getattr(dada, campo)
        if antes != ahora:
            yield f"en {nombre} el acta dice {_en_texto(antes)}; al repetir da {_en_texto(ahora)}"


def _en_texto(lista: Iterable[object]) -> str:
    textos = [" ".join(map(str, cosa)) if isinstance(cosa, tuple) else str(cosa) for cosa in lista]
    return ", ".join(textos) or "ninguna"
