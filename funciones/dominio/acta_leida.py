"""El acta leída: del JSON que se guardó a los valores con que se puede repetir."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal

from funciones.dominio.acta import Acta, Entrada, Llano, Version
from funciones.dominio.candidata import Candidata, Condiciones
from funciones.dominio.convocatoria import Cupo, ModoSeleccion
from funciones.dominio.postulacion import Actor, Estado, Papel
from funciones.dominio.seleccion import Motivo, Seleccion


class ActaIlegible(Exception):
    """El archivo no es un acta, está cortado o le falta algo; el texto dice qué, en español."""


def leer(contenido: bytes) -> Acta:
    """El acta entera de ese archivo. Error: ActaIlegible."""
    crudo = abrir(contenido)
    with si_falta_algo():
        return acta(crudo)


@contextmanager
def si_falta_algo() -> Iterator[None]:
    """Lo que no se puede leer es un ActaIlegible que dice qué falta."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, AssertionError) as error:
        raise ActaIlegible(f"al acta le falta algo o está mal escrito ({type(error).__name__}: {error})") from error


def abrir(contenido: bytes) -> Llano:
    """El JSON de un acta, sin mirar más adentro. Error: ActaIlegible."""
    try:
        crudo = json.loads(contenido)
    except (ValueError, RecursionError) as error:
        raise ActaIlegible("el archivo está cortado o no es JSON") from error
    if not isinstance(crudo, dict):
        raise ActaIlegible("el archivo no trae un acta")
    return crudo


def acta(crudo: Llano) -> Acta:
    """El acta entera."""
    entradas, quien = crudo["entradas"], crudo["quien"]
    return Acta(
        convocatoria=crudo["convocatoria"],
        numero=crudo["numero"],
        cuando=datetime.fromisoformat(crudo["cuando"]),
        quien=Actor(Papel.PERSONAL, quien["id"], quien["oficina"], quien["rol"]),
        motivo=crudo["motivo"],
        demostracion=crudo["demostracion"],
        regla=Version(**crudo["regla"]),
        parametros=Version(**crudo["parametros"]),
        sal=crudo["sal"],
        condiciones=condiciones(entradas["condiciones"]),
        cupo=Cupo(**entradas["cupo"]),
        cerrada=entradas["cerrada"],
        entradas=tuple(
            Entrada(candidata(p), datetime.fromisoformat(p["turno"]), p["version"]) for p in entradas["postulaciones"]
        ),
        seleccion=seleccion(crudo["salidas"]),
    )


def condiciones(crudas: Llano) -> Condiciones:
    """Lo que declaraba la convocatoria."""
    return Condiciones(
        modo=ModoSeleccion(crudas["modo"]),
        nota_minima=Decimal(crudas["nota_minima"]),
        desempate=tuple(crudas["desempate"]),
        reservas=tuple((r["reserva"], r["cupos"]) for r in crudas["reservas"]),
        postulaciones_maximas=crudas["postulaciones_maximas"],
    )


def candidata(cruda: Llano) -> Candidata:
    """Una postulación como la vio la selección."""
    return Candidata(
        folio=cruda["folio"],
        estado=Estado(cruda["estado"]),
        llegada=cruda["llegada"],
        puntaje=None if cruda["puntaje"] is None else Decimal(cruda["puntaje"]),
        notas={criterio: Decimal(nota) for criterio, nota in cruda["notas"].items()},
        reservas=frozenset(cruda["reservas"]),
    )


def seleccion(cruda: Llano) -> Seleccion:
    """Las listas que dice el acta."""
    return Seleccion(
        seleccionadas=tuple(s["folio"] for s in cruda["seleccionadas"]),
        espera=tuple(cruda["espera"]),
        no_seleccionadas=tuple((n["folio"], Motivo(n["motivo"])) for n in cruda["no_seleccionadas"]),
        sin_decidir=tuple(cruda["sin_decidir"]),
        por_reserva=tuple((s["folio"], s["reserva"]) for s in cruda["seleccionadas"] if s["reserva"]),
        guardados=tuple((g["reserva"], g["cupos"]) for g in cruda["guardados"]),
    )
