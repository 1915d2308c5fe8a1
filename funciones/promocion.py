"""Un cupo que se libera y la siguiente de la lista que lo recibe: siempre en la misma transacción."""

from __future__ import annotations

from funciones.adaptadores.montaje import Montaje
from funciones.dominio import espera
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.plazo import inicio_del_dia
from funciones.dominio.postulacion import OCUPAN_CUPO, Paso


def con_promocion(paso: Paso, convocatoria: Convocatoria, montaje: Montaje) -> tuple[Paso, ...]:
    """El paso y, si libera un cupo a tiempo y alguien espera, la oferta a la siguiente."""
    libera = paso.antes.estado in OCUPAN_CUPO and paso.despues.estado not in OCUPAN_CUPO
    ahora = paso.transicion.cuando
    if not libera or ahora >= inicio_del_dia(convocatoria.actividad_inicio):
        return (paso,)
    cupo = montaje.almacen.cupo(convocatoria.id, convocatoria.cupos, convocatoria.espera_maxima)
    if cupo.asignados > cupo.cupos:
        # Una enmienda bajó los cupos: el cupo liberado ya no existe.
        return (paso,)
    promovida = espera.promover(
        convocatoria, montaje.almacen.cola(convocatoria.id), ahora, paso.transicion.version_regla
    )
    return (paso,) if promovida is None else (paso, promovida)
