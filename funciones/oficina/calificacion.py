"""Poner nota: lo que escribió una persona en la pauta, y si le corresponde ponerla a ella."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.dominio import pauta
from funciones.dominio.abstencion import se_abstuvo
from funciones.dominio.ciegas import a_ciegas, vio_el_nombre
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.postulacion import Estado, Evaluacion, Postulacion
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Funcionario, Solicitud

LARGO_DE_RAZON = 1000
LARGO_DE_NOTA = 6


def exigir_sin_conflicto(postulacion: Postulacion, funcionario: Funcionario) -> None:
    """Rechazo 409 si esta persona se abstuvo: ni pone nota ni decide."""
    if se_abstuvo(postulacion, funcionario.id):
        raise Rechazo("te_abstuviste")


def impedimento(postulacion: Postulacion, convocatoria: Convocatoria, funcionario: Funcionario) -> str:
    """El código de error por el que esta persona no puede poner nota; vacío si puede."""
    if se_abstuvo(postulacion, funcionario.id):
        return "te_abstuviste"
    if a_ciegas(convocatoria, postulacion) and vio_el_nombre(
        montaje().almacen.transiciones(postulacion.folio), funcionario.id
    ):
        return "viste_el_nombre"
    puestas = pauta.vigentes(convocatoria, postulacion.evaluaciones)
    es_nueva = all(e.evaluador != funcionario.id for e in puestas)
    return "pauta_completa" if es_nueva and len(puestas) >= convocatoria.evaluadores else ""


def propia(postulacion: Postulacion, funcionario: Funcionario) -> Evaluacion | None:
    """La evaluación que ya puso esta persona."""
    return next((e for e in postulacion.evaluaciones if e.evaluador == funcionario.id), None)


def calificar(
    solicitud: Solicitud, postulacion: Postulacion, convocatoria: Convocatoria, funcionario: Funcionario
) -> tuple[Estado, dict[str, Any]]:
    """A qué estado pasa con las notas de esta persona, y lo que cambia: sigue admisible mientras falten evaluadores.

    Errores: Rechazo 409 si no le corresponde calificar; 422 con el criterio por corregir.
    """
    if not convocatoria.criterios:
        raise Rechazo("respuestas_por_corregir", campos={"decision": "Esta convocatoria no tiene pauta de notas."})
    if codigo := impedimento(postulacion, convocatoria, funcionario):
        raise Rechazo(codigo)
    calificada = _calificada(solicitud, postulacion, convocatoria, funcionario)
    cambios = {
        "evaluaciones": calificada.evaluaciones,
        "notas": calificada.notas,
        "puntaje": calificada.puntaje,
    }
    return (Estado.EVALUADA if calificada.completa else Estado.ADMISIBLE), cambios


def _calificada(
    solicitud: Solicitud, postulacion: Postulacion, convocatoria: Convocatoria, funcionario: Funcionario
) -> pauta.Calificacion:
    nueva = Evaluacion(funcionario.id, montaje().ahora(), _notas(solicitud), _justificaciones(solicitud))
    try:
        return pauta.calificar(convocatoria, postulacion.evaluaciones, nueva)
    except (pauta.NotaFueraDeEscala, InvalidOperation) as error:
        campo = f"notas.{error.criterio}" if isinstance(error, pauta.NotaFueraDeEscala) else "notas"
        raise Rechazo("nota_fuera_de_escala", campos={campo: "Pon una nota dentro de la escala."}) from error
    except pauta.JustificacionFaltante as error:
        campo = f"justificaciones.{error.criterio}"
        raise Rechazo("falta_motivo", campos={campo: "Escribe por qué pones esa nota."}) from error


def _notas(solicitud: Solicitud) -> dict[str, Decimal]:
    escritas = solicitud.campos.get("notas") or {}
    try:
        return {str(criterio): _nota(escrita) for criterio, escrita in escritas.items()}
    except (InvalidOperation, AttributeError) as error:
        raise Rechazo("nota_fuera_de_escala", campos={"notas": "Escribe cada nota como 6,5."}) from error


def _nota(escrita: Any) -> Decimal:
    """`6,5` o `6.50` → Decimal, con dos decimales a lo más: los que se ven en la pantalla son los que se promedian."""
    texto = str(escrita).strip().replace(",", ".")
    if len(texto) > LARGO_DE_NOTA or len(texto.partition(".")[2]) > 2:
        raise InvalidOperation
    return Decimal(texto)


def _justificaciones(solicitud: Solicitud) -> dict[str, str]:
    escritas = solicitud.campos.get("justificaciones") or {}
    if not isinstance(escritas, Mapping) or not all(isinstance(razon, str) for razon in escritas.values()):
        raise Rechazo("falta_motivo", campos={"justificaciones": "Escribe una razón por criterio."})
    for criterio, razon in escritas.items():
        if len(razon) > LARGO_DE_RAZON:
            mensaje = f"Acórtala: caben {LARGO_DE_RAZON} letras."
            raise Rechazo("respuestas_por_corregir", campos={f"justificaciones.{str(criterio)[:60]}": mensaje})
    return {str(criterio): razon.strip() for criterio, razon in escritas.items()}
