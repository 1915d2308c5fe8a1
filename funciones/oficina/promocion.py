"""Un cupo que se libera y la siguiente de la lista que lo recibe: siempre en la misma transacción."""

from __future__ import annotations

from datetime import datetime, timedelta

from funciones.adaptadores.montaje import Montaje
from funciones.dominio import espera
from funciones.dominio.convocatoria import Convocatoria, Cupo, Situacion
from funciones.dominio.postulacion import OCUPAN_CUPO, Paso, Postulacion


def con_promocion(paso: Paso, convocatoria: Convocatoria, montaje: Montaje) -> tuple[Paso, ...]:
    """El paso y, si libera un cupo a tiempo y alguien espera, la oferta a la siguiente."""
    if paso.antes.estado not in OCUPAN_CUPO or paso.despues.estado in OCUPAN_CUPO:
        return (paso,)
    # Si una enmienda bajó los cupos, el liberado puede no existir.
    libres = convocatoria.cupos - _cupo(convocatoria, montaje).asignados + 1
    promovida = _promover(convocatoria, montaje, libres, paso.despues)
    return (paso,) if promovida is None else (paso, promovida)


def pendiente(convocatoria: Convocatoria, montaje: Montaje) -> Paso | None:
    """La oferta a la siguiente, si hay un cupo libre que nadie le ha ofrecido; None si no hay qué ofrecer."""
    cupo = _cupo(convocatoria, montaje)
    return _promover(convocatoria, montaje, cupo.libres) if cupo.libres and cupo.espera else None


def cierre_de_la_fila(convocatoria: Convocatoria, montaje: Montaje) -> datetime:
    """Desde cuándo ya nadie que envió a tiempo puede confirmar su correo y entrar a la fila."""
    return convocatoria.cierre + espera_por_confirmar(convocatoria, montaje)


def espera_por_confirmar(convocatoria: Convocatoria, montaje: Montaje) -> timedelta:
    """La gracia para confirmar el correo, y un minuto más por las confirmaciones que vienen en camino."""
    gracia = int(montaje.horneado.parametro("minutos_confirmacion", convocatoria.publicacion))
    return timedelta(minutes=gracia + 1)


def _cupo(convocatoria: Convocatoria, montaje: Montaje) -> Cupo:
    return montaje.almacen.cupo(convocatoria.id, convocatoria.cupos, convocatoria.espera_maxima)


def _promover(
    convocatoria: Convocatoria, montaje: Montaje, libres: int, quien_sale: Postulacion | None = None
) -> Paso | None:
    """Ni desde el primer día, porque nadie alcanzaría a llegar, ni en una convocatoria suspendida o cancelada."""
    ahora = montaje.ahora()
    if libres < 1 or convocatoria.empezo(ahora) or convocatoria.situacion is not Situacion.VIGENTE:
        return None
    fila = [p for p in montaje.almacen.cola(convocatoria.id) if quien_sale is None or p.folio != quien_sale.folio]
    regla = montaje.horneado.reglamento(convocatoria).version
    cerrada = ahora >= cierre_de_la_fila(convocatoria, montaje)
    return espera.promover(convocatoria, fila, libres, ahora, regla, cerrada=cerrada)
