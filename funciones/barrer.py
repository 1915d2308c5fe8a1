"""Barrer: cada cinco minutos vence ofertas y correcciones, borra lo expirado y pide otra vez los avisos atrasados."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from funciones import actas, correccion, promocion, recurso
from funciones.acceso import aplicar
from funciones.adaptadores.almacen import Conflicto, SinCupo
from funciones.adaptadores.montaje import montaje
from funciones.constancia import repasar_participaciones
from funciones.dominio import espera
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.plazo import fecha_en_chile
from funciones.dominio.postulacion import Estado, Postulacion, transitar
from funciones.solicitud import contar, registro

AVISOS_POR_BARRIDA = 500
MINUTOS_DE_ATRASO = 5
CUENTAS = (
    "ofertas_vencidas",
    "desistidas",
    "ofrecidas",
    "participaciones",
    "borradas",
    "avisos_pedidos",
    "seleccionadas",
)


def barrer() -> Counter[str]:
    """Lo hecho en esta pasada. Se puede cortar y repetir en cualquier punto."""
    hecho = Counter(dict.fromkeys(CUENTAS, 0))
    publicado = montaje().horneado
    for convocatoria in (publicado.convocatoria(c) for c in publicado.ids()):
        if convocatoria is not None:
            hecho["ofertas_vencidas"] += _vencer_ofertas(convocatoria)
            hecho["desistidas"] += _cerrar_sin_corregir(convocatoria)
            hecho["ofrecidas"] += _ofrecer_libres(convocatoria)
            hecho["participaciones"] += repasar_participaciones(convocatoria)
    ahora = montaje().ahora()
    horas = int(publicado.parametro("horas_enlace_confirmacion", fecha_en_chile(ahora)))
    hecho["borradas"] = montaje().almacen.purgar(ahora, ahora - timedelta(hours=horas))
    atrasados = [
        aviso.id
        for aviso in montaje().almacen.avisos_pendientes(AVISOS_POR_BARRIDA)
        if ahora - aviso.creado > timedelta(minutes=MINUTOS_DE_ATRASO)
    ]
    montaje().cola.pedir_envio(atrasados)
    hecho["avisos_pedidos"] = len(atrasados)
    # Al final: si el depósito no responde, lo demás ya quedó hecho.
    for convocatoria in (publicado.convocatoria(c) for c in publicado.ids()):
        if convocatoria is not None:
            hecho["seleccionadas"] += actas.terminar_cortada(convocatoria)
    return hecho


def _vencer_ofertas(convocatoria: Convocatoria) -> int:
    vencidas = 0
    for postulacion in montaje().almacen.cola(convocatoria.id):
        if espera.vencida(postulacion, montaje().ahora()):
            motivo = "Pasó el plazo para aceptar el cupo"
            vencidas += _mover(postulacion, Estado.OFERTA_VENCIDA, motivo, convocatoria)
    return vencidas


def _cerrar_sin_corregir(convocatoria: Convocatoria) -> int:
    """Las que no corrigieron a tiempo quedan desistidas: no es una denegación, y tiene su correo y su recurso.

    Mientras nadie defina el recurso no se cierra ninguna: no habría cómo reclamar.
    """
    if recurso.vigente(montaje().horneado, montaje().ahora()) is None:
        return 0
    cerradas = 0
    for postulacion in montaje().almacen.cola(convocatoria.id):
        if correccion.vencida(postulacion, convocatoria, montaje().ahora()):
            cerradas += _mover(postulacion, Estado.DESISTIDA, "Pasó el plazo para corregir", convocatoria)
    return cerradas


def _ofrecer_libres(convocatoria: Convocatoria) -> int:
    """Ofrece los cupos libres a quienes esperan: los de una enmienda que los sube, o los que soltó un retiro justo
    mientras la selección armaba la lista.
    """
    ofrecidas = 0
    while paso := promocion.pendiente(convocatoria, montaje()):
        try:
            aplicar((paso,), convocatoria)
        except (Conflicto, SinCupo):
            break
        ofrecidas += 1
    return ofrecidas


def _mover(postulacion: Postulacion, destino: Estado, motivo: str, convocatoria: Convocatoria) -> int:
    paso = transitar(
        postulacion,
        destino,
        espera.PROMOTOR,
        montaje().ahora(),
        motivo=motivo,
        version_regla=montaje().horneado.reglamento(convocatoria).version,
    )
    try:
        aplicar(promocion.con_promocion(paso, convocatoria, montaje()), convocatoria)
    except Conflicto:
        # La persona respondió en este mismo instante, u otra barrida se adelantó: la próxima lo verá.
        return 0
    return 1


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """El evento programado."""
    hecho = dict(barrer())
    registro.info("barrido", extra=hecho)
    contar("AvisosAtrasados", hecho["avisos_pedidos"])
    return hecho
