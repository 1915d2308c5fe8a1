"""Resolver: la bandeja de recursos, que resuelve quien no tuvo parte en lo decidido, y la de los derechos."""

from __future__ import annotations

from typing import Any

from funciones.adaptadores.almacen import RutTomado
from funciones.adaptadores.montaje import montaje
from funciones.dominio import folio as folios
from funciones.dominio.abstencion import se_abstuvo
from funciones.dominio.admisibilidad import REGLAS, Resultado
from funciones.dominio.ciegas import MIENTRAS_SE_CALIFICA
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.fechas import fecha_hora_larga
from funciones.dominio.postulacion import SE_RECURREN, Estado, Papel, Postulacion, Transicion
from funciones.entrada.acceso import aplicar, decidir, desde_la_mesa
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Funcionario, Respuesta, Solicitud, atender, exigir_rol, registro, solo_campos
from funciones.oficina import bandeja_derechos, mesa
from funciones.tramite import plazos
from funciones.tramite.vista import ESTADO_EN_PALABRAS

ROLES = ("evaluador", "nacional", "administrador")
_DESTINOS = {"acoger": Estado.RECIBIDA, "rechazar": Estado.RECURSO_RECHAZADO}


def listar(solicitud: Solicitud) -> Respuesta:
    """Los recursos sin resolver de las convocatorias a su alcance, el que lleva más tiempo primero."""
    funcionario = exigir_rol(solicitud, *ROLES)
    pendientes = [
        (montaje().almacen.transiciones(postulacion.folio), postulacion, convocatoria)
        for convocatoria in mesa.convocatorias_de(funcionario)
        for postulacion in montaje().almacen.cola(convocatoria.id)
        if postulacion.estado is Estado.RECURRIDA
    ]
    pendientes.sort(key=lambda pendiente: (_pedido(pendiente[0]).cuando, pendiente[1].folio))
    return Respuesta({"recursos": [_renglon(*pendiente, funcionario) for pendiente in pendientes]})


def _renglon(
    transiciones: tuple[Transicion, ...], postulacion: Postulacion, convocatoria: Convocatoria, funcionario: Funcionario
) -> dict[str, Any]:
    """Sin el nombre ni el RUT: quien resuelve a ciegas lee primero las razones."""
    recurrida, pedido = _recurrida(transiciones), _pedido(transiciones)
    presentado = plazos.cuenta_desde(pedido.cuando, convocatoria, montaje().horneado)
    impedimento = _impedimento(postulacion, transiciones, funcionario)
    return {
        "folio": postulacion.folio,
        "folio_texto": folios.mostrar(postulacion.folio),
        "convocatoria": convocatoria.id,
        "convocatoria_nombre": convocatoria.nombre,
        "version": postulacion.version,
        "presentado_texto": fecha_hora_larga(presentado),
        "texto": pedido.motivo,
        "de": str(recurrida.a),
        "de_texto": ESTADO_EN_PALABRAS[recurrida.a],
        "decision": recurrida.motivo,
        "por_que_no": Rechazo(impedimento).mensaje if impedimento else "",
        "puede_abstenerse": not impedimento,
    }


def _recurrida(transiciones: tuple[Transicion, ...]) -> Transicion:
    """La decisión que se pidió revisar."""
    return next(t for t in reversed(transiciones) if t.a in SE_RECURREN)


def _pedido(transiciones: tuple[Transicion, ...]) -> Transicion:
    """Cuando se pidió revisarla; una abstención posterior no la mueve."""
    return next(t for t in reversed(transiciones) if t.a is Estado.RECURRIDA and t.de is not t.a)


def _impedimento(postulacion: Postulacion, transiciones: tuple[Transicion, ...], funcionario: Funcionario) -> str:
    """El código de error por el que esta persona no puede resolverlo; vacío si puede.

    No resuelve quien tiene un conflicto, ni quien ya tuvo parte: negó alguna vez a este folio, o le puso nota.
    """
    if se_abstuvo(postulacion, funcionario.id):
        return "te_abstuviste"
    suyas = [t for t in transiciones if t.actor.papel is Papel.PERSONAL and t.actor.id == funcionario.id]
    if any(t.a in SE_RECURREN for t in suyas):
        return "misma_persona"
    # En la historia y no en la postulación: de una vuelta anterior solo queda ahí.
    return "la_calificaste" if any({t.de, t.a} <= MIENTRAS_SE_CALIFICA for t in suyas) else ""


def resolver(solicitud: Solicitud) -> Respuesta:
    """Acoge el recurso, y la postulación vuelve a revisión, o lo rechaza, y es final.

    Errores: 409 si alguien lo resolvió antes, o si a quien resuelve no le toca; 422 con el campo por corregir.
    """
    funcionario = exigir_rol(solicitud, *ROLES)
    solo_campos(solicitud, "version", "decision", "motivo")
    postulacion, convocatoria = desde_la_mesa(solicitud.camino["folio"], funcionario)
    destino = _destino(solicitud)
    if solicitud.campos.get("version") != postulacion.version:
        raise Rechazo("cambio_entre_medio", version=postulacion.version)
    if postulacion.estado is not Estado.RECURRIDA:
        raise Rechazo("accion_imposible")
    if codigo := _impedimento(postulacion, montaje().almacen.transiciones(postulacion.folio), funcionario):
        raise Rechazo(codigo)
    quedo = _guardar(postulacion, convocatoria, destino, funcionario, solicitud.texto("motivo"))
    cuerpo = {"folio": quedo.folio, "estado": str(quedo.estado), "estado_texto": ESTADO_EN_PALABRAS[quedo.estado]}
    return Respuesta(cuerpo | {"version": quedo.version})


def _destino(solicitud: Solicitud) -> Estado:
    if solicitud.texto("decision") not in _DESTINOS:
        raise Rechazo("respuestas_por_corregir", campos={"decision": "Elige acoger o rechazar."})
    if not solicitud.texto("motivo"):
        raise Rechazo("falta_motivo", campos={"motivo": "Escribe la razón de tu decisión."})
    return _DESTINOS[solicitud.texto("decision")]


def _guardar(
    postulacion: Postulacion, convocatoria: Convocatoria, destino: Estado, funcionario: Funcionario, motivo: str
) -> Postulacion:
    vuelve = {"hallazgos": _sin_lo_negado(postulacion), "correcciones": ()} if destino is Estado.RECIBIDA else {}
    paso = decidir(postulacion, destino, funcionario, convocatoria, motivo, **vuelve)
    try:
        aplicar((paso,), convocatoria)
    except RutTomado as tomado:
        raise Rechazo("rut_tomado") from tomado
    return paso.despues


def _sin_lo_negado(postulacion: Postulacion) -> dict[str, str]:
    """Al volver a revisión, lo que antes se negó queda atrás: no puede ser después la razón de otro no."""
    return {
        regla: resultado
        for regla, resultado in postulacion.hallazgos.items()
        if regla in REGLAS and resultado != Resultado.NO_CUMPLE
    }


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Las rutas de la mesa sobre recursos y sobre pedidos de los propios datos."""
    return atender(
        event,
        {
            "GET /api/mesa/recursos": listar,
            "POST /api/mesa/recursos/{folio}": resolver,
            "GET /api/mesa/derechos": bandeja_derechos.listar,
            "POST /api/mesa/derechos/{folio}": bandeja_derechos.decidir,
        },
    )
