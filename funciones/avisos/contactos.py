"""Los avisos que no llegan por correo: a quién hay que contactar, qué se intentó y desde cuándo cuenta."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from funciones.adaptadores.correo import DireccionRechazada, Mensaje
from funciones.adaptadores.cuaderno import Hoja
from funciones.adaptadores.montaje import montaje
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.fechas import fecha_hora_larga, fecha_larga
from funciones.dominio.plazo import fecha_en_chile, notificado_el
from funciones.dominio.postulacion import (
    DIRECCION_RECHAZADA,
    PRESENCIAL,
    SIN_CORREO,
    VERSION_INICIAL,
    Aviso,
    Estado,
    Postulacion,
)
from funciones.entrada.publicado import convocatoria_pedida
from funciones.tramite.conservacion import conservar_hasta, mientras_confirma

CLASE, DIRECCIONES = "contacto", "direccion_mala"
DIAS_DE_UNA_DIRECCION_MALA = 90
VIGENCIA_DE_UNA_DIRECCION_MALA = timedelta(days=DIAS_DE_UNA_DIRECCION_MALA)


class Causa(StrEnum):
    """Por qué ese aviso no llega por correo."""

    SIN_CORREO = "sin_correo"
    RECHAZADA = "rechazada"
    REBOTE = "rebote"


CAUSA_EN_PALABRAS: Mapping[Causa, str] = {
    Causa.SIN_CORREO: "No tiene correo",
    Causa.RECHAZADA: "Su correo no existe",
    Causa.REBOTE: "El correo volvió",
}
# Cada medio con lo que puede pasar, y si con eso la persona ya lo sabe.
RESULTADOS: Mapping[str, Mapping[str, bool]] = {
    "telefono": {"contactada": True, "no_contesta": False, "numero_malo": False},
    "carta": {"despachada": True, "devuelta": False},
    "en_persona": {"entregada": True},
}
EN_PALABRAS: Mapping[str, str] = {
    "telefono": "Por teléfono",
    "carta": "Por carta",
    "en_persona": "En la oficina",
    "contactada": "se lo contamos",
    "no_contesta": "no contestó",
    "numero_malo": "el número no es suyo",
    "despachada": "la carta salió",
    "devuelta": "la carta volvió",
    "entregada": "se llevó la carta",
}


def se_lo_llevo(aviso: Aviso, postulacion: Postulacion) -> bool:
    """Si es el aviso de haber entrado a la fila y la persona, sin correo, se llevó su comprobante impreso."""
    de_la_entrada = aviso.version == VERSION_INICIAL + 1
    return de_la_entrada and postulacion.canal == PRESENCIAL and not postulacion.datos.get("correo")


def sin_a_donde(aviso: Aviso, postulacion: Postulacion) -> Causa | None:
    """Por qué no vale la pena mandar ese aviso; None si se puede. El de confirmar se intenta siempre: es la prueba."""
    causa = sin_direccion(postulacion)
    return None if causa is Causa.REBOTE and aviso.estado is Estado.POR_CONFIRMAR else causa


def sin_direccion(postulacion: Postulacion) -> Causa | None:
    """Por qué no se le puede escribir un correo a quien postuló; None si se puede."""
    correo = postulacion.datos.get("correo", "")
    if not correo:
        return Causa.SIN_CORREO
    return Causa.REBOTE if _no_recibe(correo, postulacion) else None


def _no_recibe(correo: str, postulacion: Postulacion) -> bool:
    """Si volvió hace poco. Quien postuló en línea después de eso confirmó desde esa dirección: ya recibe otra vez."""
    hoja = montaje().almacen.hoja(DIRECCIONES, "correo", montaje().llavero.huella_correo(correo))
    if hoja is None or hoja.expira is None or hoja.expira <= montaje().ahora():
        return False
    return postulacion.canal == PRESENCIAL or postulacion.llego <= hoja.expira - VIGENCIA_DE_UNA_DIRECCION_MALA


def anotar(aviso: Aviso, causa: Causa) -> None:
    """Lo deja en la lista por contactar; si ya estaba, sigue como estaba."""
    # Quien no confirma su correo se borra a las horas: su aviso por contactar tampoco se queda.
    convocatoria = convocatoria_pedida(montaje().horneado, aviso.convocatoria)
    sin_confirmar = aviso.estado is Estado.POR_CONFIRMAR
    expira = mientras_confirma(convocatoria) if sin_confirmar else conservar_hasta(convocatoria)
    cuerpo = {"folio": aviso.folio, "estado": str(aviso.estado), "causa": str(causa)}
    _anotar(Hoja(CLASE, aviso.convocatoria, aviso.id, cuerpo, expira=expira))


def mandar(postulacion: Postulacion, mensaje: Mensaje) -> str:
    """Manda un correo que no es de un estado, y con qué referencia queda. Si no puede salir, queda por contactar.

    Error: CorreoNoResponde.
    """
    causa = sin_direccion(postulacion)
    if causa is None:
        try:
            return montaje().correo.enviar(mensaje)
        except DireccionRechazada:
            causa = Causa.RECHAZADA
    anotar_correo(postulacion, id_de(mensaje), causa, mensaje.asunto, mensaje.texto)
    return SIN_CORREO if causa is Causa.SIN_CORREO else DIRECCION_RECHAZADA


def id_de(mensaje: Mensaje) -> str:
    """El del correo, sin lo que lo vuelve una dirección: con él se reconoce si vuelve."""
    return mensaje.id_mensaje.partition("@")[0]


def anotar_correo(postulacion: Postulacion, id_correo: str, causa: Causa, asunto: str, texto: str) -> None:
    """Lo mismo con un correo que no es de un estado, como el de una actividad que cambió: va con su propio texto."""
    cuerpo = {"folio": postulacion.folio, "asunto": asunto, "texto": texto, "causa": str(causa)}
    convocatoria = convocatoria_pedida(montaje().horneado, postulacion.convocatoria)
    _anotar(Hoja(CLASE, convocatoria.id, id_correo, cuerpo, expira=conservar_hasta(convocatoria)))


def _anotar(hoja: Hoja) -> None:
    if montaje().almacen.hoja(hoja.clase, hoja.grupo, hoja.llave) is None:
        desde = {"desde": montaje().ahora().isoformat(), "intentos": []}
        montaje().almacen.guardar_hoja(replace(hoja, cuerpo={**hoja.cuerpo, **desde}))


def marcar_direccion(correo: str) -> None:
    """Esa dirección no recibe: por un tiempo no se le escribe más. Se guarda solo su huella."""
    ahora, llave = montaje().ahora(), montaje().llavero.huella_correo(correo)
    anterior = montaje().almacen.hoja(DIRECCIONES, "correo", llave)
    expira = ahora + VIGENCIA_DE_UNA_DIRECCION_MALA
    version = anterior.version + 1 if anterior else 1
    montaje().almacen.guardar_hoja(Hoja(DIRECCIONES, "correo", llave, {}, version, expira))


def de_la_convocatoria(convocatoria: Convocatoria) -> tuple[Hoja, ...]:
    """Los avisos de esa convocatoria que no llegaron por correo."""
    return montaje().almacen.hojas(CLASE, convocatoria.id)


def hoja_de(aviso: Aviso) -> Hoja | None:
    """La anotación de ese aviso; None si llegó por correo."""
    return montaje().almacen.hoja(CLASE, aviso.convocatoria, aviso.id)


def intentar(hoja: Hoja, intento: Mapping[str, Any]) -> Hoja:
    """Suma lo que se hizo. Error: Conflicto si otra persona anotó algo mientras tanto."""
    nueva = replace(
        hoja, version=hoja.version + 1, cuerpo={**hoja.cuerpo, "intentos": [*hoja.cuerpo["intentos"], dict(intento)]}
    )
    montaje().almacen.guardar_hoja(nueva)
    return nueva


def lo_sabe(hoja: Hoja) -> bool:
    """Si lo último que se hizo resultó: una carta que vuelve la deja otra vez por contactar."""
    intentos = hoja.cuerpo["intentos"]
    return bool(intentos) and RESULTADOS[intentos[-1]["medio"]][intentos[-1]["resultado"]]


def notificada_texto(hoja: Hoja, convocatoria: Convocatoria) -> str:
    """Desde qué día cuenta como notificada; vacío si solo se habló por teléfono o no se ha logrado nada.

    La entrega en la oficina cuenta ese día; la carta, al tercer día hábil de que salió (Ley 19.880, artículo 46).
    """
    primero = _primera_entrega(hoja)
    if primero is None:
        return ""
    feriados = montaje().horneado.feriados_de(convocatoria.region)
    cuando = datetime.fromisoformat(primero["cuando"])
    entregada = primero["resultado"] == "entregada"
    return fecha_larga(fecha_en_chile(cuando) if entregada else notificado_el(cuando, feriados))


def _primera_entrega(hoja: Hoja) -> Mapping[str, str] | None:
    """La primera carta o entrega que vale: lo anterior a una carta que volvió ya no cuenta."""
    entrega: Mapping[str, str] | None = None
    for intento in hoja.cuerpo["intentos"]:
        if intento["resultado"] == "devuelta":
            entrega = None
        elif intento["resultado"] in {"despachada", "entregada"}:
            entrega = entrega or intento
    return entrega


def por_correo_texto(aviso: Aviso, convocatoria: Convocatoria) -> str:
    """Desde qué día cuenta como notificado lo que salió por correo; vacío si no salió."""
    if aviso.enviado is None or aviso.rechazado:
        return ""
    if aviso.en_mano:
        return fecha_larga(fecha_en_chile(aviso.enviado))
    return fecha_larga(notificado_el(aviso.enviado, montaje().horneado.feriados_de(convocatoria.region)))


def intento_en_palabras(intento: Mapping[str, str]) -> dict[str, str]:
    """Quién, cuándo y qué pasó."""
    return {
        "cuando_texto": fecha_hora_larga(datetime.fromisoformat(intento["cuando"])),
        "quien": intento["quien"],
        "oficina": intento["oficina"],
        "texto": f"{EN_PALABRAS[intento['medio']]}: {EN_PALABRAS[intento['resultado']]}.",
        "nota": intento["nota"],
    }
