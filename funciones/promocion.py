"""Un cupo que se libera y la siguiente de la lista que lo recibe: siempre en la misma transacción."""

from __future__ import annotations

from funciones.adaptadores.montaje import Montaje
from funciones.dominio import espera
from funciones.dominio.convocatoria import Convocatoria, Cupo, Situacion
from funciones.dominio.postulacion import OCUPAN_CUPO, Paso


def con_promocion(paso: Paso, convocatoria: Convocatoria, montaje: Montaje) -> tuple[Paso, ...]:
    """El paso y, si libera un cupo a tiempo y alguien espera, la oferta a la siguiente."""
    libera = paso.antes.estado in OCUPAN_CUPO and paso.despues.estado not in OCUPAN_CUPO
    # Si una enmienda bajó los cupos, el liberado ya no existe.
    if not libera or _cupo(convocatoria, montaje).asignados > convocatoria.cupos:
        return (paso,)
    promovida = _promover(convocatoria, montaje)
    return (paso,) if promovida is None else (paso, promovida)


def pendiente(convocatoria: Convocatoria, montaje: Montaje) -> Paso | None:
    """La oferta a la siguiente, si hay un cupo libre que nadie le ha ofrecido; None si no hay qué ofrecer."""
    cupo = _cupo(convocatoria, montaje)
    return _promover(convocatoria, montaje) if cupo.libres and cupo.espera else None


def _cupo(convocatoria: Convocatoria, montaje: Montaje) -> Cupo:
    return montaje.almacen.cupo(convocatoria.id, convocatoria.cupos, convocatoria.espera_maxima)


def _promover(convocatoria: Convocatoria, montaje: Montaje) -> Paso | None:
    """Ni desde el primer día, porque nadie alcanzaría a llegar, ni en una convocatoria suspendida o cancelada."""
    ahora = montaje.ahora()
    if convocatoria.empezo(ahora) or convocatoria.situacion is not Situacion.VIGENTE:
        return None
    regla = montaje.horneado.reglamento(convocatoria).version
    return espera.promover(convocatoria, montaje.almacen.cola(convocatoria.id), ahora, regla)
