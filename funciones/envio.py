"""Un envío: su huella, y cómo se reconoce el que ya llegó aunque la respuesta se haya perdido."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from funciones.adaptadores.montaje import montaje
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.postulacion import Adjunto, Postulacion
from funciones.errores import Rechazo

# Cuántos folios se prueban si el de esta clave ya es de otra solicitud.
INTENTOS_FOLIO = 5


def huella(
    convocatoria: Convocatoria, clave: str, canonicas: Mapping[str, str], adjuntos: Mapping[str, Adjunto]
) -> str:
    """`<clave>.<contenido>`: la primera parte distingue otra solicitud; la segunda, otras respuestas de la misma."""
    contenido = {
        "convocatoria": convocatoria.id,
        "respuestas": dict(canonicas),
        "documentos": {documento: adjunto.huella for documento, adjunto in adjuntos.items()},
    }
    digesto = hashlib.sha256(json.dumps(contenido, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return f"{montaje().llavero.huella_borrador(clave)}.{digesto}"


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
