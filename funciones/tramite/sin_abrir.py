"""Los documentos que el antivirus todavía no mira: se cuentan para que alguien se entere si dejó de mirar."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import datetime, timedelta

from funciones.adaptadores.almacen import Conflicto
from funciones.adaptadores.cuaderno import Hoja
from funciones.adaptadores.montaje import montaje
from funciones.dominio.antivirus import Antivirus
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.postulacion import Estado, Postulacion
from funciones.tramite import expediente
from funciones.tramite.conservacion import conservar_hasta

CLASE, LLAVE = "antivirus", "cuenta"
ESPERA = timedelta(minutes=15)
# Mientras alguien de la mesa tiene que abrirlos.
SE_ABREN = frozenset({Estado.RETENIDA, Estado.RECIBIDA, Estado.EN_CORRECCION, Estado.ADMISIBLE, Estado.EVALUADA})


def contar(convocatoria: Convocatoria) -> int:
    """Cuántas postulaciones llevan más de quince minutos con un documento sin mirar.

    Recuerda cuáles ya están listas: de esas no vuelve a preguntar mientras no cambien sus documentos.
    """
    hoja = montaje().almacen.hoja(CLASE, convocatoria.id, LLAVE)
    antes = dict(hoja.cuerpo) if hoja else {"listas": {}, "esperan": {}}
    ahora = montaje().ahora()
    despues = _mirar(convocatoria, antes, ahora)
    if despues != antes:
        # Otra barrida se adelantó: la que viene parte de lo que dejó.
        with suppress(Conflicto):
            version = hoja.version + 1 if hoja else 1
            montaje().almacen.guardar_hoja(
                Hoja(CLASE, convocatoria.id, LLAVE, despues, version, conservar_hasta(convocatoria))
            )
    return sum(ahora - datetime.fromisoformat(desde) > ESPERA for desde in despues["esperan"].values())


def _mirar(convocatoria: Convocatoria, antes: dict[str, dict[str, str]], ahora: datetime) -> dict[str, dict[str, str]]:
    listas, esperan = {}, {}
    for postulacion in montaje().almacen.cola(convocatoria.id):
        if postulacion.estado not in SE_ABREN:
            continue
        folio, marca = postulacion.folio, _marca(postulacion)
        if antes["listas"].get(folio) == marca or not _falta_mirar(postulacion):
            listas[folio] = marca
        else:
            esperan[folio] = antes["esperan"].get(folio, ahora.isoformat())
    return {"listas": listas, "esperan": esperan}


def _marca(postulacion: Postulacion) -> str:
    """Cambia cuando cambia alguno de sus documentos."""
    return hashlib.sha256("\n".join(a.llave for a in postulacion.adjuntos).encode()).hexdigest()[:12]


def _falta_mirar(postulacion: Postulacion) -> bool:
    return any(expediente.estado_de(a) is Antivirus.REVISANDO for a in postulacion.adjuntos)
