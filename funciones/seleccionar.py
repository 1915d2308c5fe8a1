"""Seleccionar: simular las tres listas o ejecutarlas, por lotes todo o nada y reanudable si se corta."""

from __future__ import annotations

from typing import Any

from funciones.acceso import aplicar, decidir
from funciones.adaptadores.almacen import PASOS_MAXIMOS
from funciones.adaptadores.montaje import montaje
from funciones.dominio import folio as folios
from funciones.dominio.convocatoria import Convocatoria, ModoSeleccion, Situacion
from funciones.dominio.fechas import fecha_hora_larga
from funciones.dominio.postulacion import Estado, Postulacion
from funciones.dominio.seleccion import FaltaRevisar, Motivo, Seleccion, seleccionar
from funciones.errores import Rechazo
from funciones.mesa import nombre_visible
from funciones.promocion import cierre_de_la_fila, espera_por_confirmar
from funciones.publicado import convocatoria_pedida
from funciones.solicitud import (
    Funcionario,
    Respuesta,
    Solicitud,
    atender,
    exigir_rol,
    registro,
    solo_campos,
)

ROLES = ("evaluador", "nacional", "administrador")
MOTIVO_EN_PALABRAS = {
    Motivo.BAJO_NOTA_MINIMA: "Quedó bajo la nota mínima",
    Motivo.SIN_CUPO_NI_ESPERA: "No quedó cupo ni lugar en la lista de espera",
    Motivo.SOBRE_EL_TOPE: "Llegó después de completarse las postulaciones que recibe la convocatoria",
}


def atender_seleccion(solicitud: Solicitud) -> Respuesta:
    """Simula o ejecuta. Ejecutar dos veces no cambia nada la segunda."""
    funcionario = exigir_rol(solicitud, *ROLES)
    solo_campos(solicitud, "convocatoria", "accion", "motivo")
    convocatoria = convocatoria_pedida(montaje().horneado, solicitud.texto("convocatoria"))
    if not funcionario.alcanza(convocatoria.region):
        raise Rechazo("convocatoria_no_existe")
    if convocatoria.situacion is not Situacion.VIGENTE:
        raise Rechazo("convocatoria_suspendida")
    accion = solicitud.texto("accion")
    if accion not in {"simular", "ejecutar"}:
        raise Rechazo("solicitud_mal_formada")
    if accion == "ejecutar" and not solicitud.texto("motivo"):
        raise Rechazo("falta_motivo", campos={"motivo": "Escribe por qué ejecutas la selección ahora."})
    postulaciones = _postulaciones(convocatoria)
    seleccion = _calcular(convocatoria, postulaciones)
    if accion == "ejecutar":
        _ejecutar(convocatoria, postulaciones, seleccion, funcionario, solicitud.texto("motivo"))
    return Respuesta(_en_palabras(convocatoria, postulaciones, seleccion) | {"ejecutada": accion == "ejecutar"})


def _postulaciones(convocatoria: Convocatoria) -> dict[str, Postulacion]:
    """Por llegada solo entran turnos más viejos que la gracia: nadie que confirme ahora puede ponerse delante."""
    cola = montaje().almacen.cola(convocatoria.id)
    if convocatoria.modo_seleccion is ModoSeleccion.PUNTAJE:
        return {p.folio: p for p in cola}
    limite = montaje().ahora() - espera_por_confirmar(convocatoria, montaje())
    return {p.folio: p for p in cola if p.turno is not None and p.turno <= limite}


def _calcular(convocatoria: Convocatoria, postulaciones: dict[str, Postulacion]) -> Seleccion:
    desde = cierre_de_la_fila(convocatoria, montaje())
    cerrada = montaje().ahora() >= desde
    if convocatoria.modo_seleccion is ModoSeleccion.PUNTAJE and not cerrada:
        raise Rechazo("aun_abierta", mensaje=f"Se elige desde el {fecha_hora_larga(desde)}.")
    cupo = montaje().almacen.cupo(convocatoria.id, convocatoria.cupos, convocatoria.espera_maxima)
    try:
        return seleccionar(convocatoria, postulaciones.values(), cupo, cerrada=cerrada)
    except FaltaRevisar as falta:
        raise Rechazo("falta_revisar", folios=[folios.mostrar(folio) for folio in falta.folios]) from falta


def _ejecutar(
    convocatoria: Convocatoria,
    postulaciones: dict[str, Postulacion],
    seleccion: Seleccion,
    funcionario: Funcionario,
    motivo: str,
) -> None:
    """Primero los cupos, después la espera, al final los no: si se corta, lo que falta se decide al repetir."""
    destinos = [(folio, Estado.SELECCIONADA, "") for folio in seleccion.seleccionadas]
    destinos += [(folio, Estado.LISTA_DE_ESPERA, "") for folio in seleccion.espera]
    destinos += [(folio, Estado.NO_SELECCIONADA, str(codigo)) for folio, codigo in seleccion.no_seleccionadas]
    pasos = []
    for folio, destino, codigo in destinos:
        antes = postulaciones[folio]
        hallazgos = {**antes.hallazgos, "seleccion": codigo} if codigo else antes.hallazgos
        pasos.append(decidir(antes, destino, funcionario, convocatoria, motivo, hallazgos=hallazgos))
    for inicio in range(0, len(pasos), PASOS_MAXIMOS):
        aplicar(tuple(pasos[inicio : inicio + PASOS_MAXIMOS]), convocatoria)


def _en_palabras(
    convocatoria: Convocatoria, postulaciones: dict[str, Postulacion], seleccion: Seleccion
) -> dict[str, Any]:
    def renglon(folio: str) -> dict[str, Any]:
        postulacion = postulaciones[folio]
        return {
            "folio": folio,
            "folio_texto": folios.mostrar(folio),
            "nombre": nombre_visible(convocatoria, postulacion),
            "puntaje": None if postulacion.puntaje is None else str(postulacion.puntaje),
        }

    cupo = montaje().almacen.cupo(convocatoria.id, convocatoria.cupos, convocatoria.espera_maxima)
    return {
        "seleccionadas": [renglon(folio) for folio in seleccion.seleccionadas],
        "espera": [renglon(folio) for folio in seleccion.espera],
        "no_seleccionadas": [
            {**renglon(folio), "motivo_codigo": str(codigo), "motivo_texto": MOTIVO_EN_PALABRAS[codigo]}
            for folio, codigo in seleccion.no_seleccionadas
        ],
        "sin_decidir": [renglon(folio) for folio in seleccion.sin_decidir],
        "cupo": {"cupos": cupo.cupos, "asignados": cupo.asignados, "espera": cupo.espera},
    }


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """POST /api/mesa/seleccion."""
    return atender(event, {"POST /api/mesa/seleccion": atender_seleccion})
