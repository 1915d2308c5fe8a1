"""Avisar cambios: a quien ya postuló, un correo cuando su actividad se cancela, se detiene o se mueve."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from funciones.adaptadores.almacen import Conflicto
from funciones.adaptadores.correo import Mensaje
from funciones.adaptadores.cuaderno import Hoja
from funciones.adaptadores.montaje import montaje
from funciones.adaptadores.redaccion import carta
from funciones.avisos import contactos, novedades
from funciones.dominio import cambio_de_actividad as cambios
from funciones.dominio import folio as folios
from funciones.dominio.cambio_de_actividad import Cambio, Caso
from funciones.dominio.novedad import Publicada
from funciones.dominio.plazo import fin_del_dia
from funciones.dominio.postulacion import DIRECCION_RECHAZADA, SIN_CORREO, Postulacion
from funciones.entrada.acceso import con_reintentos, convocatoria_de
from funciones.tramite import vista
from funciones.tramite.conservacion import plazo

# Una hoja por postulación, en el grupo de su convocatoria, con los correos que ya recibió.
AVISADOS = "cambio_avisado"
# Una hoja por cambio: cuándo se encontró publicado.
VISTOS = "cambio_visto"
# Lo que basta para mandar un correo; después, otra pasada puede tomarlo.
ARRIENDO = timedelta(minutes=5)
# Con estas referencias no le llegó: hay que llamar por teléfono o escribirle una carta.
NO_LLEGAN = frozenset({DIRECCION_RECHAZADA, SIN_CORREO})


@dataclass(frozen=True, slots=True)
class PorAvisar:
    """Un correo que falta: qué cambios le cuenta a qué postulación, y su hoja si ya tiene una."""

    postulacion: Postulacion
    cambios: tuple[Cambio, ...]
    hoja: Hoja


def con_cambios() -> Iterator[Publicada]:
    """Las convocatorias con algún cambio que rige y cuya actividad no ha terminado: las demás ni se leen."""
    ahora = montaje().ahora()
    return (p for p in montaje().horneado.publicadas() if _rigen(p, ahora) and not p.termino(ahora))


def _rigen(publicada: Publicada, ahora: datetime) -> tuple[Cambio, ...]:
    del_evento = montaje().horneado.cambios_del_evento(publicada.convocatoria.id)
    return cambios.vigentes(publicada.enmiendas, del_evento, ahora)


def por_avisar(publicada: Publicada) -> list[PorAvisar]:
    """Los correos que faltan en esa convocatoria, por turno."""
    ahora, convocatoria = montaje().ahora(), publicada.convocatoria.id
    rigen = _rigen(publicada, ahora)
    vistos = _vistos(publicada, rigen, ahora)
    hojas = {hoja.llave: hoja for hoja in montaje().almacen.hojas(AVISADOS, convocatoria)}
    pendientes = []
    for postulacion in montaje().almacen.cola(convocatoria):
        hoja = hojas.get(postulacion.folio) or Hoja(AVISADOS, convocatoria, postulacion.folio, {}, 0, _hasta(publicada))
        faltan = _faltan(hoja, [c for c in rigen if cambios.le_concierne(c, postulacion, vistos[c.id])], ahora)
        if faltan:
            pendientes.append(PorAvisar(postulacion, faltan, hoja))
    return pendientes


def _vistos(publicada: Publicada, rigen: tuple[Cambio, ...], ahora: datetime) -> dict[str, datetime]:
    """Cuándo se vio cada cambio por primera vez; los que recién aparecen quedan anotados con la hora de ahora."""
    convocatoria = publicada.convocatoria.id
    vistos = {h.llave: datetime.fromisoformat(h.cuerpo["visto"]) for h in montaje().almacen.hojas(VISTOS, convocatoria)}
    for cambio in rigen:
        if cambio.id not in vistos:
            hoja = Hoja(VISTOS, convocatoria, cambio.id, {"visto": ahora.isoformat()}, 1, _hasta(publicada))
            # Otra pasada lo vio en este mismo instante: da lo mismo cuál de las dos horas queda.
            with suppress(Conflicto):
                montaje().almacen.guardar_hoja(hoja)
            vistos[cambio.id] = ahora
    return vistos


def _hasta(publicada: Publicada) -> datetime:
    return fin_del_dia(publicada.convocatoria.actividad_termino) + plazo(publicada.convocatoria.publicacion)


def _faltan(hoja: Hoja, suyos: list[Cambio], ahora: datetime) -> tuple[Cambio, ...]:
    """Los que no se le han contado. Si una pasada quedó a medias, primero esos mismos: así el correo es el mismo."""
    contados = {i for correo in hoja.cuerpo.get("correos", ()) for i in correo["cambios"]}
    enviando = hoja.cuerpo.get("enviando")
    if enviando and ahora < datetime.fromisoformat(enviando["hasta"]):
        return ()
    # Si entre medio dejaron de concernirle, ese correo ya no sale: se sigue con los que falten.
    if enviando and (a_medias := tuple(c for c in suyos if c.id in enviando["cambios"])):
        return a_medias
    return tuple(c for c in suyos if c.id not in contados)


def avisar(pendiente: PorAvisar) -> int:
    """Manda ese correo y lo anota; 0 si otra pasada se adelantó. Errores: CorreoNoResponde, AlmacenNoResponde."""
    tomada = _tomar(pendiente)
    if tomada is None:
        return 0
    anotado = _anotacion(pendiente)
    mensaje = _mensaje(pendiente.postulacion, pendiente.cambios, Caso(anotado["caso"]))
    referencia = contactos.mandar(pendiente.postulacion, mensaje)
    correos = [*tomada.cuerpo.get("correos", ()), anotado | {"referencia": referencia}]
    hecha = replace(tomada, cuerpo={"correos": correos}, version=tomada.version + 1)
    con_reintentos(lambda: montaje().almacen.guardar_hoja(hecha))
    return 1


def _tomar(pendiente: PorAvisar) -> Hoja | None:
    """La hoja arrendada; None si otra pasada la tomó antes."""
    enviando = {
        "cambios": [c.id for c in pendiente.cambios],
        "hasta": (montaje().ahora() + ARRIENDO).isoformat(),
        # Dos pasadas en el mismo milisegundo escribirían lo mismo, y las dos creerían tenerlo.
        "pasada": secrets.token_hex(8),
    }
    hoja = pendiente.hoja
    tomada = replace(hoja, cuerpo={**hoja.cuerpo, "enviando": enviando}, version=hoja.version + 1)
    try:
        montaje().almacen.guardar_hoja(tomada)
    except Conflicto:
        return None
    return tomada


def _anotacion(pendiente: PorAvisar) -> dict[str, Any]:
    suyo = cambios.caso(pendiente.postulacion.estado)
    assert suyo is not None
    ids = [c.id for c in pendiente.cambios]
    return {"cambios": ids, "caso": str(suyo), "cuando": montaje().ahora().isoformat()}


def _mensaje(postulacion: Postulacion, contados: tuple[Cambio, ...], suyo: Caso) -> Mensaje:
    asunto, texto, html = carta("correo_cambio/actividad", contexto(postulacion, contados, suyo), montaje().plantillas)
    huella = hashlib.sha256("\n".join(sorted(c.id for c in contados)).encode()).hexdigest()[:16]
    # Depende de lo que cuenta: el que se reenvía tras un corte es el mismo mensaje.
    return Mensaje(
        postulacion.datos.get("correo", ""),
        asunto,
        texto,
        html,
        f"{postulacion.folio}.{huella}@avisos",
        responder_a=vista.responder_a(postulacion, montaje().horneado),
    )


def contexto(postulacion: Postulacion, contados: tuple[Cambio, ...], suyo: Caso) -> dict[str, Any]:
    """Lo que llena las plantillas de `correo_cambio/`."""
    convocatoria, publicado = convocatoria_de(postulacion), montaje().horneado
    return {
        "folio": folios.mostrar(postulacion.folio),
        "nombre": postulacion.datos["nombre"],
        "representante": postulacion.datos.get("representante") or postulacion.datos["nombre"],
        "convocatoria": vista.de_convocatoria(convocatoria, publicado),
        **vista.enlaces(postulacion, montaje()),
        "efecto": str(cambios.efecto(contados)),
        "caso": str(suyo),
        "cambios": [novedades.cambio(e, publicado) for e in cambios.por_decir(contados)],
    }


# Lo que se lee después


def cambios_avisados(postulacion: Postulacion) -> list[dict[str, Any]]:
    """Los correos de cambios que se le mandaron, del más viejo al nuevo: cuándo, asunto, texto y si no llegó.

    El texto se vuelve a escribir con lo que entonces se le contó.
    """
    hoja = montaje().almacen.hoja(AVISADOS, postulacion.convocatoria, postulacion.folio)
    return [] if hoja is None else [_releido(postulacion, correo) for correo in hoja.cuerpo.get("correos", ())]


def _releido(postulacion: Postulacion, correo: Mapping[str, Any]) -> dict[str, Any]:
    mensaje = _mensaje(postulacion, _por_ids(postulacion, correo["cambios"]), Caso(correo["caso"]))
    return {
        "id": contactos.id_de(mensaje),
        "cuando": datetime.fromisoformat(correo["cuando"]),
        "asunto": mensaje.asunto,
        "texto": mensaje.texto,
        "rechazado": correo["referencia"] in NO_LLEGAN,
    }


def _por_ids(postulacion: Postulacion, ids: list[str]) -> tuple[Cambio, ...]:
    """Esos cambios: lo anotado solo aumenta, así que siguen publicados."""
    publicada = next(p for p in montaje().horneado.publicadas() if p.convocatoria.id == postulacion.convocatoria)
    del_evento = montaje().horneado.cambios_del_evento(postulacion.convocatoria)
    todos = cambios.vigentes(publicada.enmiendas, del_evento, montaje().ahora())
    return tuple(c for c in todos if c.id in ids)
