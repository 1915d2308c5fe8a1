"""La lista de espera: quién sigue, en qué lugar va cada una y cuándo vence una oferta."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from funciones.dominio.convocatoria import Convocatoria, ModoSeleccion
from funciones.dominio.postulacion import Actor, Estado, Papel, Paso, Postulacion, transitar
from funciones.dominio.seleccion import orden_de_llegada, orden_de_puntaje

PROMOTOR = Actor(Papel.SISTEMA, "lista-de-espera")


def en_orden(convocatoria: Convocatoria, postulaciones: Iterable[Postulacion]) -> tuple[Postulacion, ...]:
    """Las que esperan, de la primera a la última: por puntaje si la convocatoria lo usa, si no por llegada."""
    esperan = [p for p in postulaciones if p.estado is Estado.LISTA_DE_ESPERA]
    if convocatoria.modo_seleccion is ModoSeleccion.PUNTAJE:
        return tuple(sorted(esperan, key=lambda p: orden_de_puntaje(convocatoria, p)))
    return tuple(sorted(esperan, key=orden_de_llegada))


def lugar(convocatoria: Convocatoria, postulaciones: Iterable[Postulacion], folio: str) -> int | None:
    """El lugar en la lista, desde 1; None si no está en ella."""
    for numero, postulacion in enumerate(en_orden(convocatoria, postulaciones), start=1):
        if postulacion.folio == folio:
            return numero
    return None


def promover(
    convocatoria: Convocatoria, postulaciones: Iterable[Postulacion], ahora: datetime, version_regla: str
) -> Paso | None:
    """El paso que ofrece a la siguiente un puesto recién liberado; None si nadie espera."""
    lista = en_orden(convocatoria, postulaciones)
    if not lista:
        return None
    return transitar(
        lista[0],
        Estado.OFRECIDA,
        PROMOTOR,
        ahora,
        motivo="Se liberó un puesto y sigue en la lista de espera",
        version_regla=version_regla,
        oferta_vence=convocatoria.vencimiento_oferta(ahora),
    )


def vencida(postulacion: Postulacion, ahora: datetime) -> bool:
    """Si la oferta ya pasó su hora. Se compara; no se espera a que algo la borre."""
    return (
        postulacion.estado is Estado.OFRECIDA
        and postulacion.oferta_vence is not None
        and ahora >= postulacion.oferta_vence
    )
