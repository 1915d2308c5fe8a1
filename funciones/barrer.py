"""Barrer: cada cinco minutos vence ofertas y correcciones, borra lo expirado y pide otra vez los avisos atrasados."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from funciones.adaptadores.almacen import Conflicto, SinCupo
from funciones.adaptadores.montaje import montaje
from funciones.datos_personales import derechos_vencidos, olvido
from funciones.dominio import espera
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.postulacion import Estado, Postulacion, transitar
from funciones.entrada import recurso
from funciones.entrada.acceso import aplicar
from funciones.entrada.solicitud import contar, registro
from funciones.entrada.tropiezo import tropiezo
from funciones.oficina import actas, promocion
from funciones.tramite import correccion, expediente, plazos, presencial, sin_abrir
from funciones.tramite.constancia import repasar_participaciones

AVISOS_POR_BARRIDA = 500
MINUTOS_DE_ATRASO = 5
CUENTAS = (
    "ofertas_vencidas",
    "desistidas",
    "ofrecidas",
    "participaciones",
    "papeles",
    "olvidadas",
    "borradas",
    "documentos_borrados",
    "sin_revisar",
    "derechos_vencidos",
    "avisos_pedidos",
    "seleccionadas",
    "publicadas",
)


class BarridoIncompleto(Exception):
    """Hubo tareas que no se pudieron hacer; las demás se hicieron."""


def barrer() -> Counter[str]:
    """Lo hecho en esta pasada, y en `fallas` cuántas tareas no se pudieron. Se puede cortar y repetir siempre.

    Lo que falla en una convocatoria no detiene a las demás: se anota y se sigue.
    """
    hecho = Counter(dict.fromkeys((*CUENTAS, "fallas"), 0))
    for cuenta, convocatoria, tarea in _tareas():
        try:
            hecho[cuenta] += tarea()
        except Exception as error:
            _anotar_falla(error, cuenta, convocatoria)
            hecho["fallas"] += 1
    return hecho


def _tareas() -> Iterator[tuple[str, str, Callable[[], int]]]:
    """Cada tarea con su cuenta y su convocatoria, en el orden en que se hacen."""
    convocatorias = _convocatorias()
    for convocatoria in convocatorias:
        yield "ofertas_vencidas", convocatoria.id, partial(_vencer_ofertas, convocatoria)
        yield "desistidas", convocatoria.id, partial(_cerrar_sin_corregir, convocatoria)
        yield "ofrecidas", convocatoria.id, partial(_ofrecer_libres, convocatoria)
        yield "participaciones", convocatoria.id, partial(repasar_participaciones, convocatoria)
        yield "papeles", convocatoria.id, partial(presencial.conservar_las_que_entraron, convocatoria)
        yield "olvidadas", convocatoria.id, partial(olvido.olvidar, convocatoria)
    yield "borradas", "", _borrar_lo_expirado
    yield "documentos_borrados", "", _borrar_documentos_caducos
    for convocatoria in convocatorias:
        yield "sin_revisar", convocatoria.id, partial(sin_abrir.contar, convocatoria)
    yield "derechos_vencidos", "", derechos_vencidos.contar
    yield "avisos_pedidos", "", _pedir_avisos_atrasados
    # Al final: si el depósito no responde, lo demás ya quedó hecho.
    for convocatoria in convocatorias:
        yield "seleccionadas", convocatoria.id, partial(actas.terminar_cortada, convocatoria)
    yield "publicadas", "", actas.publicar_pendientes


def _convocatorias() -> tuple[Convocatoria, ...]:
    publicado = montaje().horneado
    return tuple(c for c in map(publicado.convocatoria, publicado.ids()) if c is not None)


def _anotar_falla(error: Exception, tarea: str, convocatoria: str) -> None:
    """Se anota el tipo y el lugar del error, nunca su texto: lleva datos."""
    registro.error("tarea_sin_barrer", extra={"tarea": tarea, "convocatoria": convocatoria, **tropiezo(error)})


def _borrar_lo_expirado() -> int:
    """Cada enlace dura las horas que regían al publicar su convocatoria: nada se borra antes que el más largo."""
    publicado, ahora = montaje().horneado, montaje().ahora()
    horas = (int(publicado.parametro("horas_enlace_confirmacion", c.publicacion)) for c in _convocatorias())
    return montaje().almacen.purgar(ahora, ahora - timedelta(hours=max(horas, default=0)))


def _borrar_documentos_caducos() -> int:
    """Lo subido y nunca enviado, y lo de quien no confirmó. En la nube lo hacen las reglas de la cubeta."""
    deposito, ahora = montaje().deposito, montaje().ahora()
    return sum(deposito.caducar(carpeta, ahora - dura) for carpeta, dura in expediente.DURAN.items())


def _pedir_avisos_atrasados() -> int:
    ahora = montaje().ahora()
    atrasados = [
        aviso.id
        for aviso in montaje().almacen.avisos_pendientes(AVISOS_POR_BARRIDA)
        if ahora - aviso.creado > timedelta(minutes=MINUTOS_DE_ATRASO)
    ]
    montaje().cola.pedir_envio(atrasados)
    return len(atrasados)


def _vencer_ofertas(convocatoria: Convocatoria) -> int:
    vencidas = 0
    for postulacion in montaje().almacen.cola(convocatoria.id):
        if plazos.oferta_vencida(postulacion, convocatoria, montaje().horneado, montaje().ahora()):
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
    """El evento programado. Error: BarridoIncompleto si algo falló, para que la alarma lo vea."""
    hecho = dict(barrer())
    registro.info("barrido", extra=hecho)
    contar("AvisosAtrasados", hecho["avisos_pedidos"])
    contar("TareasSinBarrer", hecho["fallas"])
    contar("DerechosVencidos", hecho["derechos_vencidos"])
    if hecho["fallas"]:
        raise BarridoIncompleto(f"{hecho['fallas']} tareas sin hacer")
    return hecho
