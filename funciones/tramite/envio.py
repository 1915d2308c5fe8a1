"""Un envío: su huella, y cómo se reconoce el que ya llegó aunque la respuesta se haya perdido."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from funciones.adaptadores.montaje import montaje
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.postulacion import Adjunto, Postulacion
from funciones.entrada.errores import Rechazo

# Cuántos folios se prueban si el de esta clave ya es de otra solicitud.
INTENTOS_FOLIO = 5


def huella(
    convocatoria: Convocatoria, clave: str, canonicas: Mapping[str, str], adjuntos: Mapping[str, Adjunto]
) -> str:
    """`<clave>.<contenido>`: la primera parte distingue otra solicitud; la segunda, otras respuestas de la misma."""
    escrito = contenido(convocatoria.id, canonicas, adjuntos.values())
    digesto = hashlib.sha256(escrito.encode()).hexdigest()
    return f"{montaje().llavero.huella_borrador(clave)}.{digesto}"


def contenido(convocatoria: str, canonicas: Mapping[str, str], adjuntos: Iterable[Adjunto]) -> str:
    """Lo enviado, letra por letra como se le saca la huella: quien lo guarda en un archivo puede sacarla igual."""
    todo = {
        "convocatoria": convocatoria,
        "respuestas": dict(canonicas),
        "documentos": {adjunto.documento: adjunto.huella for adjunto in adjuntos},
    }
    return json.dumps(todo, sort_keys=True, ensure_ascii=False)


def comprobante(postulacion: Postulacion) -> str | None:
    """Lo que se envió, tal como se le sacó la huella; None si después se corrigió algo y ya no es lo mismo."""
    escrito = contenido(postulacion.convocatoria, postulacion.datos, postulacion.adjuntos)
    digesto = hashlib.sha256(escrito.encode()).hexdigest()
    return escrito if digesto == huella_de_lo_enviado(postulacion) else None


def huella_de_lo_enviado(postulacion: Postulacion) -> str:
    """El SHA-256 que dice el comprobante."""
    return postulacion.huella.rpartition(".")[2]


def enviado(convocatoria: Convocatoria, clave: str) -> Postulacion | None:
    """La postulación que ya salió con esta clave, si existe."""
    mia = montaje().llavero.huella_borrador(clave)
    for intento in range(INTENTOS_FOLIO):
        previa = montaje().almacen.postulacion(montaje().llavero.folio(convocatoria.id, clave, intento))
        if previa is None:
            return None
        if previa.huella.startswith(mia):
            return previa
    return None


def el_mismo(guardada: Postulacion, esperada: str) -> Postulacion:
    """La guardada, si lleva esa huella. Error: Rechazo 409 si con la misma clave llegaron otras respuestas."""
    if guardada.huella != esperada:
        raise Rechazo("clave_usada", folio=guardada.folio)
    return guardada
