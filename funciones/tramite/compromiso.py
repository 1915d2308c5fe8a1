"""La carta de compromiso: se muestra entera, se acepta en línea, y queda con su texto, su versión y su hora."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from funciones.adaptadores.cuaderno import Hoja
from funciones.adaptadores.montaje import montaje
from funciones.adaptadores.redaccion import llano
from funciones.dominio import rut
from funciones.dominio.convocatoria import Convocatoria, Situacion
from funciones.dominio.fechas import fecha_hora_larga
from funciones.dominio.postulacion import Estado, Postulacion
from funciones.entrada.errores import Rechazo
from funciones.tramite.conservacion import conservar_hasta
from funciones.tramite.vista import de_convocatoria

CLASE = "compromiso"
# Desde que tiene un cupo, o se lo ofrecen, hasta que cierra su participación.
SE_ACEPTA = frozenset({Estado.SELECCIONADA, Estado.OFRECIDA, Estado.CONFIRMADA, Estado.PARTICIPO})
_EN_BLANCO = "________________"


@dataclass(frozen=True, slots=True)
class Carta:
    """El texto que ve esta empresa, y la huella del mismo texto sin los datos de nadie: su versión."""

    texto: str
    version: str


@dataclass(frozen=True, slots=True)
class Aceptada:
    """Lo que se aceptó, palabra por palabra, y cuándo."""

    texto: str
    version: str
    cuando: datetime


def pide(convocatoria: Convocatoria) -> bool:
    """Si la convocatoria pide la carta: la pide la que tiene obligaciones escritas."""
    return bool(convocatoria.compromisos)


def carta(postulacion: Postulacion, convocatoria: Convocatoria) -> Carta:
    """La carta de hoy de esta convocatoria, para esta empresa."""
    datos = postulacion.datos
    propios = {
        "nombre": datos["nombre"],
        "representante": datos.get("representante") or datos["nombre"],
        "rut": rut.mostrar(datos["rut"]),
    }
    vacia = _escrita(convocatoria, dict.fromkeys(propios, _EN_BLANCO))
    return Carta(_escrita(convocatoria, propios), hashlib.sha256(vacia.encode()).hexdigest())


def _escrita(convocatoria: Convocatoria, de_quien: Mapping[str, str]) -> str:
    contexto = {
        "convocatoria": de_convocatoria(convocatoria, montaje().horneado),
        "obligaciones": list(convocatoria.compromisos),
        **de_quien,
    }
    return llano("compromiso/carta", contexto, montaje().plantillas)


def aceptada(postulacion: Postulacion) -> Aceptada | None:
    """La última carta que aceptó, o None."""
    hoja = montaje().almacen.hoja(CLASE, postulacion.convocatoria, postulacion.folio)
    if hoja is None:
        return None
    ultima = hoja.cuerpo["aceptadas"][-1]
    return Aceptada(ultima["texto"], ultima["version"], datetime.fromisoformat(ultima["cuando"]))


def puede_aceptarse(postulacion: Postulacion, convocatoria: Convocatoria) -> bool:
    """Si a esta postulación le toca aceptar la carta ahora."""
    vigente = convocatoria.situacion is Situacion.VIGENTE or postulacion.estado is Estado.PARTICIPO
    return pide(convocatoria) and vigente and postulacion.estado in SE_ACEPTA


def aceptar(postulacion: Postulacion, convocatoria: Convocatoria, version: str) -> None:
    """Guarda la carta que se mostró; aceptar otra vez la misma no cambia nada. Las anteriores quedan.

    Errores: 409 si no le toca, o si el texto cambió después de mostrarlo; Conflicto si otro la guardó en este instante.
    """
    if not puede_aceptarse(postulacion, convocatoria):
        raise Rechazo("accion_imposible")
    de_hoy = carta(postulacion, convocatoria)
    if version != de_hoy.version:
        raise Rechazo("carta_cambio")
    hoja = montaje().almacen.hoja(CLASE, convocatoria.id, postulacion.folio)
    antes: list[dict[str, Any]] = [] if hoja is None else list(hoja.cuerpo["aceptadas"])
    if antes and antes[-1]["version"] == version:
        return
    nueva = {"version": version, "texto": de_hoy.texto, "cuando": montaje().ahora().isoformat()}
    siguiente = 1 if hoja is None else hoja.version + 1
    cuerpo = {"aceptadas": [*antes, nueva]}
    hasta = conservar_hasta(convocatoria)
    montaje().almacen.guardar_hoja(Hoja(CLASE, convocatoria.id, postulacion.folio, cuerpo, siguiente, hasta))


def para_mostrar(postulacion: Postulacion, convocatoria: Convocatoria) -> dict[str, Any] | None:
    """La carta en la página de quien postula; None si no se pide o todavía no le toca.

    Aceptada, muestra lo que aceptó. Si el texto cambió después, muestra el de hoy para aceptarlo otra vez.
    """
    hecha = aceptada(postulacion) if pide(convocatoria) else None
    por_aceptar = puede_aceptarse(postulacion, convocatoria)
    if hecha is None and not por_aceptar:
        return None
    de_hoy = carta(postulacion, convocatoria)
    cambio = hecha is not None and hecha.version != de_hoy.version
    mostrada = Carta(hecha.texto, hecha.version) if hecha is not None and not (cambio and por_aceptar) else de_hoy
    return {
        "texto": mostrada.texto,
        "version": mostrada.version,
        "por_aceptar": por_aceptar and (hecha is None or cambio),
        "cambio": cambio,
        "aceptada_texto": "" if hecha is None else fecha_hora_larga(hecha.cuando),
    }


def para_la_mesa(postulacion: Postulacion, convocatoria: Convocatoria) -> dict[str, str] | None:
    """Cómo va la carta, para la ficha; None si la convocatoria no la pide."""
    if not pide(convocatoria):
        return None
    hecha = aceptada(postulacion)
    if hecha is None:
        return {"aceptada_texto": "", "version": "", "texto": ""}
    return {"aceptada_texto": fecha_hora_larga(hecha.cuando), "version": hecha.version, "texto": hecha.texto}
