"""Evaluar: la mesa revisa requisitos y pone notas. El sistema propone; decide una persona, con su razón."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from funciones import mesa
from funciones.acceso import aplicar, decidir, desde_la_mesa
from funciones.adaptadores.almacen import RutTomado
from funciones.adaptadores.montaje import montaje
from funciones.dominio.admisibilidad import REGLAS, Resultado
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.pauta import NotaFueraDeEscala, puntaje
from funciones.dominio.postulacion import Estado, Postulacion
from funciones.errores import Rechazo
from funciones.promocion import con_promocion
from funciones.solicitud import (
    Funcionario,
    Respuesta,
    Solicitud,
    atender,
    exigir_rol,
    registro,
    solo_campos,
)

ROLES = ("evaluador", "operador", "nacional", "administrador")
MINUTOS_ENLACE = 5
VUELVEN_A_EMPEZAR = frozenset({Estado.RECIBIDA, Estado.ADMISIBLE})


def listar(solicitud: Solicitud) -> Respuesta:
    """La cola de las convocatorias a su alcance."""
    funcionario = exigir_rol(solicitud, *ROLES)
    alcance = mesa.convocatorias_de(funcionario)
    elegida = solicitud.consulta.get("convocatoria", "")
    vistas = tuple(c for c in alcance if not elegida or c.id == elegida)
    cuerpo = mesa.cola(vistas, solicitud.consulta.get("estado", ""))
    return Respuesta({"convocatorias": [mesa.resumen_de_convocatoria(c) for c in alcance], **cuerpo})


def abrir(solicitud: Solicitud) -> Respuesta:
    """El expediente completo de una postulación."""
    postulacion, convocatoria = desde_la_mesa(solicitud.camino["folio"], exigir_rol(solicitud, *ROLES))
    return Respuesta(mesa.expediente(postulacion, convocatoria))


def documento(solicitud: Solicitud) -> Respuesta:
    """Un enlace de cinco minutos al archivo, que se baja como adjunto."""
    postulacion, _ = desde_la_mesa(solicitud.camino["folio"], exigir_rol(solicitud, *ROLES))
    for adjunto in postulacion.adjuntos:
        if adjunto.documento == solicitud.camino["documento"]:
            vence = montaje().ahora() + timedelta(minutes=MINUTOS_ENLACE)
            enlace = montaje().deposito.enlace(adjunto.llave, vence, adjunto.nombre)
            return Respuesta({"enlace": enlace, "nombre": adjunto.nombre})
    raise Rechazo("no_existe")


def evaluar(solicitud: Solicitud) -> Respuesta:
    """Guarda la decisión de una persona sobre los requisitos o la pauta.

    Errores: 409 si alguien la cambió entre medio; 422 con el campo por corregir.
    """
    funcionario = exigir_rol(solicitud, *ROLES)
    solo_campos(solicitud, "version", "decision", "motivo", "hallazgos", "notas")
    postulacion, convocatoria = desde_la_mesa(solicitud.camino["folio"], funcionario)
    if solicitud.campos.get("version") != postulacion.version:
        raise Rechazo("cambio_entre_medio", version=postulacion.version)
    decision = _decision(solicitud)
    cambios: dict[str, Any] = {"hallazgos": _hallazgos(solicitud, decision, postulacion)}
    if decision is Estado.EVALUADA:
        cambios |= _notas(solicitud, convocatoria)
    _decidir(postulacion, convocatoria, decision, funcionario, solicitud.texto("motivo"), cambios)
    guardada, _ = desde_la_mesa(postulacion.folio, funcionario)
    return Respuesta(mesa.expediente(guardada, convocatoria))


def _decision(solicitud: Solicitud) -> Estado:
    texto = solicitud.texto("decision")
    if texto not in mesa.DECISIONES:
        raise Rechazo("respuestas_por_corregir", campos={"decision": "Elige una decisión de la lista."})
    if not solicitud.texto("motivo"):
        raise Rechazo("falta_motivo", campos={"motivo": "Escribe la razón de tu decisión."})
    return Estado(texto)


def _hallazgos(solicitud: Solicitud, decision: Estado, postulacion: Postulacion) -> dict[str, str]:
    """Lo que la persona marcó, sobre lo ya marcado que sigue valiendo.

    Al volver a revisión o cumplir, lo que antes no cumplía quedó atrás: no puede ser después la razón de un no.
    """
    escritos = solicitud.campos.get("hallazgos") or {}
    validos = isinstance(escritos, Mapping) and all(
        regla in REGLAS and isinstance(resultado, str) and resultado in set(Resultado)
        for regla, resultado in escritos.items()
    )
    if not validos:
        raise Rechazo("respuestas_por_corregir", campos={"hallazgos": "Hay una regla o un resultado que no existe."})
    hay_incumplida = Resultado.NO_CUMPLE in escritos.values()
    if decision is Estado.ADMISIBLE and hay_incumplida:
        mensaje = "Marcaste un requisito que no cumple: corrígelo o decide que no cumple."
        raise Rechazo("respuestas_por_corregir", campos={"hallazgos": mensaje})
    # La retenida se puede negar por duplicada, sin que falle ningún requisito: la razón va escrita.
    if decision is Estado.NO_ADMISIBLE and not hay_incumplida and postulacion.estado is not Estado.RETENIDA:
        mensaje = "Marca al menos un requisito que no cumple: la persona tiene derecho a saber cuál."
        raise Rechazo("respuestas_por_corregir", campos={"hallazgos": mensaje})
    anteriores = {
        regla: resultado
        for regla, resultado in postulacion.hallazgos.items()
        if regla in REGLAS and not (decision in VUELVEN_A_EMPEZAR and resultado == Resultado.NO_CUMPLE)
    }
    return {**anteriores, **escritos}


def _notas(solicitud: Solicitud, convocatoria: Convocatoria) -> dict[str, Any]:
    if not convocatoria.criterios:
        raise Rechazo("respuestas_por_corregir", campos={"decision": "Esta convocatoria no tiene pauta de notas."})
    escritas = solicitud.campos.get("notas") or {}
    try:
        notas = {str(c): Decimal(str(nota).replace(",", ".")) for c, nota in escritas.items()}
        return {"notas": notas, "puntaje": puntaje(convocatoria.criterios, notas)}
    except NotaFueraDeEscala as error:
        mensaje = "Pon una nota dentro de la escala."
        raise Rechazo("nota_fuera_de_escala", campos={f"notas.{error.criterio}": mensaje}) from error
    except (InvalidOperation, AttributeError) as error:
        raise Rechazo("nota_fuera_de_escala", campos={"notas": "Escribe cada nota como 6,5."}) from error


def _decidir(
    postulacion: Postulacion,
    convocatoria: Convocatoria,
    decision: Estado,
    funcionario: Funcionario,
    motivo: str,
    cambios: dict[str, Any],
) -> None:
    paso = decidir(postulacion, decision, funcionario, convocatoria, motivo, **cambios)
    try:
        aplicar(con_promocion(paso, convocatoria, montaje()), convocatoria)
    except RutTomado as tomado:
        raise Rechazo("rut_tomado") from tomado


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Las rutas de la mesa sobre una postulación."""
    return atender(
        event,
        {
            "GET /api/mesa/postulaciones": listar,
            "GET /api/mesa/postulaciones/{folio}": abrir,
            "POST /api/mesa/postulaciones/{folio}/evaluacion": evaluar,
            "GET /api/mesa/documentos/{folio}/{documento}": documento,
        },
    )
