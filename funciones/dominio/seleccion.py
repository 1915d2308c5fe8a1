"""La selección como función pura: mismas postulaciones en cualquier orden, mismas listas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from funciones.dominio.candidata import Candidata, Condiciones, candidatas, condiciones_de, en_su_orden
from funciones.dominio.convocatoria import Convocatoria, Cupo
from funciones.dominio.pauta import al_dia
from funciones.dominio.postulacion import Estado, Postulacion
from funciones.dominio.puestos import GENERAL, Puestos

# Cambia cuando cambia a quién se elige con los mismos datos.
VERSION = "seleccion/2"


class Motivo(StrEnum):
    """Por qué una postulación no queda ni seleccionada ni en espera; el texto es de plantilla."""

    BAJO_NOTA_MINIMA = "bajo_nota_minima"
    SIN_CUPO_NI_ESPERA = "sin_cupo_ni_espera"
    SOBRE_EL_TOPE = "sobre_el_tope"


class FaltaRevisar(Exception):
    """Con puntaje no se elige mientras quede una postulación sin revisar: sería elegir entre algunas."""

    def __init__(self, folios: tuple[str, ...]) -> None:
        super().__init__(f"{len(folios)} sin revisar")
        self.folios = folios


Negadas = tuple[tuple[str, Motivo], ...]


@dataclass(frozen=True, slots=True)
class Seleccion:
    """Las tres listas, en orden.

    `sin_decidir`: por llegada, las que esperan a otra aún en revisión. `por_reserva`: de las seleccionadas, las que
    ocupan un cupo reservado y cuál. `guardados`: cupos que se guardan para un grupo porque aún puede llegar alguien.
    """

    seleccionadas: tuple[str, ...]
    espera: tuple[str, ...]
    no_seleccionadas: Negadas
    sin_decidir: tuple[str, ...] = ()
    por_reserva: tuple[tuple[str, str], ...] = ()
    guardados: tuple[tuple[str, int], ...] = ()


def seleccionar(
    convocatoria: Convocatoria, postulaciones: Iterable[Postulacion], cupo: Cupo, *, cerrada: bool = False
) -> Seleccion:
    """Reparte los puestos libres de `cupo` entre las postulaciones que esperan decisión.

    Se puede repetir: las ya seleccionadas o en espera no se tocan y ya están contadas en `cupo`. `cerrada`: ya nadie
    más puede entrar a la fila. Errores: FaltaRevisar en modo puntaje con postulaciones en revisión o sin nota.
    """
    return elegir(condiciones_de(convocatoria), candidatas(convocatoria, postulaciones), cupo, cerrada=cerrada)


def de_otra_pauta(convocatoria: Convocatoria, postulaciones: Iterable[Postulacion]) -> tuple[str, ...]:
    """Los folios que se elegirían por una nota que ya no vale: la pauta cambió después de ponerla."""
    condiciones, por_folio = condiciones_de(convocatoria), {p.folio: p for p in postulaciones}
    evaluadas = (c for c in candidatas(convocatoria, por_folio.values()) if c.estado is Estado.EVALUADA)
    if not condiciones.con_puntaje:
        return ()
    por_nota = (por_folio[c.folio] for c in evaluadas if not condiciones.sobra(c))
    return tuple(sorted(p.folio for p in por_nota if not al_dia(convocatoria, p)))


def elegir(condiciones: Condiciones, todas: Iterable[Candidata], cupo: Cupo, *, cerrada: bool) -> Seleccion:
    """Lo mismo que `seleccionar`, con lo único que de verdad mira: así lo repite cualquiera desde un acta."""
    en_fila = sorted(todas, key=lambda c: c.llegada)
    caben = [c for c in en_fila if not condiciones.sobra(c) or c.dentro or c.espera]
    sobran = tuple((c.folio, Motivo.SOBRE_EL_TOPE) for c in en_fila if condiciones.sobra(c) and c.lista)
    if condiciones.con_puntaje:
        return _por_puntaje(condiciones, caben, cupo, sobran)
    return _por_llegada(condiciones, caben, cupo, sobran, cerrada=cerrada or condiciones.llena(en_fila))


def _por_puntaje(condiciones: Condiciones, todas: list[Candidata], cupo: Cupo, sobran: Negadas) -> Seleccion:
    pendientes = tuple(sorted(c.folio for c in todas if c.en_revision or c.estado is Estado.ADMISIBLE))
    if pendientes:
        raise FaltaRevisar(pendientes)
    listas = [c for c in todas if c.lista]
    bajo = tuple((c.folio, Motivo.BAJO_NOTA_MINIMA) for c in listas if _bajo_la_minima(condiciones, c))
    ranking = en_su_orden(condiciones, (c for c in listas if not _bajo_la_minima(condiciones, c)))
    # Todas están revisadas: lo reservado que nadie del grupo toma es de quien sigue.
    _, con = _repartir(condiciones, todas, ranking, cupo, y_soltar=True)
    espera, fuera = _a_la_espera([c.folio for c in ranking if c.folio not in con], cupo)
    no = tuple((folio, Motivo.SIN_CUPO_NI_ESPERA) for folio in fuera)
    adentro = [c.folio for c in ranking if c.folio in con]
    return Seleccion(tuple(adentro), espera, no + bajo + sobran, por_reserva=_por_reserva(adentro, con))


def _bajo_la_minima(condiciones: Condiciones, candidata: Candidata) -> bool:
    assert candidata.puntaje is not None
    return candidata.puntaje < condiciones.nota_minima


def _por_llegada(
    condiciones: Condiciones, todas: list[Candidata], cupo: Cupo, sobran: Negadas, *, cerrada: bool
) -> Seleccion:
    """Cada una en su turno; una anterior aún en revisión guarda su puesto y deja sin decidir a quien lo tomaría."""
    fila = [c for c in todas if c.en_revision or c.lista]
    puestos, con = _repartir(condiciones, todas, fila, cupo, y_soltar=cerrada)
    adentro: list[str] = []
    resto: list[str] = []
    sin_decidir: list[str] = []
    hay_anterior = False
    for candidata in fila:
        hay_anterior = hay_anterior or candidata.en_revision
        if candidata.lista:
            lista = adentro if candidata.folio in con else sin_decidir if hay_anterior else resto
            lista.append(candidata.folio)
    espera, fuera = _a_la_espera(resto, cupo)
    if puestos.guardados or any(con.get(c.folio) for c in fila if c.en_revision):
        # Un cupo reservado todavía puede quedar libre para cualquiera: a nadie se le dice que no.
        fuera, sin_decidir = (), [*fuera, *sin_decidir]
    no = tuple((folio, Motivo.SIN_CUPO_NI_ESPERA) for folio in fuera)
    por_reserva, guardados = _por_reserva(adentro, con), tuple(puestos.guardados.items())
    return Seleccion(tuple(adentro), espera, no + sobran, tuple(sin_decidir), por_reserva, guardados)


def _repartir(
    condiciones: Condiciones, todas: list[Candidata], nuevas: Iterable[Candidata], cupo: Cupo, *, y_soltar: bool
) -> tuple[Puestos, dict[str, str]]:
    """Los puestos que quedan y quién toma cuál: primero quienes ya esperan, para que nadie nuevo se les adelante.

    `y_soltar`: lo reservado que nadie del grupo toma se da después, en el mismo orden.
    """
    puestos = Puestos(condiciones, cupo.libres, (c for c in todas if c.dentro))
    esperan = en_su_orden(condiciones, (c for c in todas if c.espera))
    # El contador puede saber de alguien que la fila leída todavía no muestra.
    puestos.descontar(cupo.espera - len(esperan))
    quienes = (*esperan, *nuevas)
    con = _sentar(quienes, puestos)
    if y_soltar:
        puestos.soltar()
        con |= _sentar((c for c in quienes if c.folio not in con), puestos)
    return puestos, con


def _sentar(quienes: Iterable[Candidata], puestos: Puestos) -> dict[str, str]:
    """Folio → puesto, para las que alcanzan uno en ese orden."""
    return {c.folio: puesto for c in quienes if (puesto := puestos.tomar(c)) is not None}


def _por_reserva(adentro: list[str], con: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((folio, con[folio]) for folio in adentro if con[folio] != GENERAL)


def _a_la_espera(folios: list[str], cupo: Cupo) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Las que caben en la lista de espera y las que no."""
    caben = len(folios) if cupo.espera_maxima is None else max(cupo.espera_maxima - cupo.espera, 0)
    return tuple(folios[:caben]), tuple(folios[caben:])
