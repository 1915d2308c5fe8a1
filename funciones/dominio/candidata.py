"""Lo único que mira la selección: las condiciones de la convocatoria y, de cada postulación, lo que la ordena."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from funciones.dominio.convocatoria import Convocatoria, Grupo, ModoSeleccion, Reserva
from funciones.dominio.postulacion import OCUPAN_CUPO, OCUPAN_ESPERA, Estado, Postulacion

EN_REVISION = frozenset({Estado.RECIBIDA, Estado.EN_CORRECCION, Estado.RETENIDA})
# Las que ya pasaron su revisión y esperan que se elija.
LISTAS = frozenset({Estado.ADMISIBLE, Estado.EVALUADA})


@dataclass(frozen=True, slots=True)
class Candidata:
    """Una postulación vista por la selección. `llegada`: su lugar entre todas las que tienen turno, desde 1.

    `reservas`: los grupos con cupos reservados a los que pertenece.
    """

    folio: str
    estado: Estado
    llegada: int
    puntaje: Decimal | None = None
    notas: Mapping[str, Decimal] = field(default_factory=dict)
    reservas: frozenset[str] = frozenset()

    @property
    def en_revision(self) -> bool:
        """Si todavía no se sabe si puede entrar."""
        return self.estado in EN_REVISION

    @property
    def lista(self) -> bool:
        """Si espera que se elija."""
        return self.estado in LISTAS

    @property
    def dentro(self) -> bool:
        """Si ya tiene un cupo."""
        return self.estado in OCUPAN_CUPO

    @property
    def espera(self) -> bool:
        """Si ya está en la lista de espera."""
        return self.estado in OCUPAN_ESPERA


@dataclass(frozen=True, slots=True)
class Condiciones:
    """Lo que la convocatoria declara sobre cómo se elige.

    `desempate`: los criterios en el orden en que deciden. `reservas`: cada una con sus cupos, en su orden declarado.
    """

    modo: ModoSeleccion
    nota_minima: Decimal = Decimal(0)
    desempate: tuple[str, ...] = ()
    reservas: tuple[tuple[str, int], ...] = ()
    postulaciones_maximas: int | None = None

    @property
    def con_puntaje(self) -> bool:
        """Si manda la nota y no la llegada."""
        return self.modo is ModoSeleccion.PUNTAJE

    def sobra(self, candidata: Candidata) -> bool:
        """Si llegó después de la última que la convocatoria recibe."""
        return self.postulaciones_maximas is not None and candidata.llegada > self.postulaciones_maximas

    def llena(self, en_fila: Iterable[Candidata]) -> bool:
        """Si ya llegaron todas las que recibe: quien llegue ahora sobra, como si hubiera pasado la fecha."""
        tope = self.postulaciones_maximas
        return tope is not None and any(c.llegada >= tope for c in en_fila)


def condiciones_de(convocatoria: Convocatoria) -> Condiciones:
    """Las condiciones que declara una convocatoria."""
    criterios = sorted(convocatoria.criterios, key=lambda criterio: criterio.desempate)
    return Condiciones(
        convocatoria.modo_seleccion,
        convocatoria.nota_minima or Decimal(0),
        tuple(criterio.criterio for criterio in criterios),
        tuple((reserva.reserva, reserva.cupos) for reserva in convocatoria.reservas),
        convocatoria.postulaciones_maximas,
    )


def candidatas(convocatoria: Convocatoria, postulaciones: Iterable[Postulacion]) -> tuple[Candidata, ...]:
    """Las que tienen turno, por orden de llegada."""
    vivas = sorted((p for p in postulaciones if p.turno is not None), key=orden_de_llegada)
    return tuple(
        Candidata(p.folio, p.estado, llegada, p.puntaje, p.notas, _reservas_que_cuentan(convocatoria, p))
        for llegada, p in enumerate(vivas, start=1)
    )


def orden_de_llegada(postulacion: Postulacion) -> tuple[datetime, str]:
    """El turno y, si dos llegan en el mismo milisegundo, el folio."""
    assert postulacion.turno is not None
    return postulacion.turno, postulacion.folio


def en_su_orden(condiciones: Condiciones, quienes: Iterable[Candidata]) -> tuple[Candidata, ...]:
    """Por llegada; con puntaje, la mejor nota primero, después cada criterio de desempate y al final la llegada."""
    if not condiciones.con_puntaje:
        return tuple(sorted(quienes, key=lambda c: c.llegada))
    return tuple(sorted(quienes, key=lambda c: _orden_de_puntaje(condiciones, c)))


def _orden_de_puntaje(condiciones: Condiciones, candidata: Candidata) -> tuple[object, ...]:
    notas = tuple(_mayor_primero(candidata.notas.get(criterio)) for criterio in condiciones.desempate)
    return (_mayor_primero(candidata.puntaje), notas, candidata.llegada)


def _mayor_primero(nota: Decimal | None) -> tuple[bool, Decimal]:
    """La que falta va al final: una enmienda puede cambiar la pauta con que ya se eligió a alguien."""
    return (nota is None, -(nota or Decimal(0)))


def reservas_de(convocatoria: Convocatoria, datos: Mapping[str, str]) -> frozenset[str]:
    """Los grupos con cupos reservados a los que pertenece quien respondió esos datos."""
    return frozenset(r.reserva for r in convocatoria.reservas if _pertenece(r, datos))


def clave_de_reserva(reserva: str) -> str:
    """`mujeres` → `reserva:mujeres`: con qué nombre la mesa anota si acreditó que es del grupo."""
    return f"reserva:{reserva}"


def _reservas_que_cuentan(convocatoria: Convocatoria, postulacion: Postulacion) -> frozenset[str]:
    """Los grupos que declara, sin los que la mesa vio que no acreditó."""
    declaradas = reservas_de(convocatoria, postulacion.datos)
    return frozenset(r for r in declaradas if postulacion.hallazgos.get(clave_de_reserva(r)) != "no_cumple")


def _pertenece(reserva: Reserva, datos: Mapping[str, str]) -> bool:
    match reserva.grupo:
        case Grupo.LIDERADA_POR_MUJERES:
            return datos.get("liderada_por_mujeres") == "si"
        case Grupo.TIPO_PERSONA:
            return datos.get("tipo_persona") == reserva.valor
        case Grupo.REGION:
            # Los dos primeros números del código de una comuna son los de su región.
            return datos.get("comuna", "")[:2] == reserva.valor
        case Grupo.COMUNA:
            return datos.get("comuna") == reserva.valor
