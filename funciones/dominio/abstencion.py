"""Abstenerse: quien tiene un conflicto de interés lo declara, y ya no pone nota ni decide (Ley 19.880, art. 12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from funciones.dominio import pauta
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.postulacion import (
    Abstencion,
    Actor,
    Estado,
    MotivoFaltante,
    Papel,
    Paso,
    Postulacion,
    Transicion,
    TransicionImposible,
    transitar,
)

# Lo que dice el registro, que también puede leer quien postuló; cuál es el conflicto queda solo en la abstención.
SE_ABSTUVO = "Una persona de la mesa declaró un conflicto de interés"
# Mientras alguien de la mesa revisa, califica o resuelve un recurso; después ya no hay nada que decidir.
SE_REVISA = frozenset({Estado.RETENIDA, Estado.RECIBIDA, Estado.ADMISIBLE, Estado.EVALUADA, Estado.RECURRIDA})


def se_abstuvo(postulacion: Postulacion, persona: str) -> bool:
    """Si esa persona declaró un conflicto de interés con esta postulación."""
    return any(abstencion.evaluador == persona for abstencion in postulacion.abstenciones)


def abstenerse(
    antes: Postulacion, convocatoria: Convocatoria, actor: Actor, ahora: datetime, *, motivo: str, version_regla: str
) -> Paso:
    """El paso que escribe la abstención y retira la nota que esa persona hubiera puesto.

    Si con eso falta una nota, la evaluada vuelve a calificarse. Al resolver un recurso las notas no se tocan.
    Errores: TransicionImposible si ya no hay nada que decidir; MotivoFaltante si no da su razón.
    """
    if antes.estado not in SE_REVISA:
        raise TransicionImposible(antes.estado, antes.estado, Papel.PERSONAL)
    if not motivo.strip():
        raise MotivoFaltante
    cambios: dict[str, Any] = {"abstenciones": (*antes.abstenciones, Abstencion(actor.id, ahora, motivo))}
    # Con estas notas se decidió lo que se pide revisar.
    if antes.estado is Estado.RECURRIDA:
        return _sin_mover(antes, actor, ahora, version_regla, cambios)
    quedan = tuple(e for e in antes.evaluaciones if e.evaluador != actor.id)
    calificacion = pauta.resumir(convocatoria, quedan)
    cambios |= {"evaluaciones": quedan, "notas": calificacion.notas, "puntaje": calificacion.puntaje}
    if antes.estado is Estado.EVALUADA and not calificacion.completa:
        return transitar(
            antes, Estado.ADMISIBLE, actor, ahora, motivo=SE_ABSTUVO, version_regla=version_regla, **cambios
        )
    return _sin_mover(antes, actor, ahora, version_regla, cambios)


def _sin_mover(antes: Postulacion, actor: Actor, ahora: datetime, version_regla: str, cambios: dict[str, Any]) -> Paso:
    """Queda en el registro, pero no cambia de estado ni manda correo: es un asunto de la mesa."""
    despues = replace(antes, version=antes.version + 1, motivo=SE_ABSTUVO, **cambios)
    transicion = Transicion(
        antes.folio,
        despues.version,
        antes.estado,
        antes.estado,
        ahora,
        actor,
        SE_ABSTUVO,
        version_regla,
        despues.hallazgos,
        despues.puntaje,
        despues.oferta_vence,
    )
    return Paso(antes, despues, transicion, None)
