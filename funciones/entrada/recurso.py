"""La vía de recurso de toda denegación: su canal y su plazo, que son un parámetro con fecha."""

from __future__ import annotations

from datetime import datetime

from funciones.adaptadores.horneado import Horneado
from funciones.dominio.plazo import fecha_en_chile
from funciones.dominio.postulacion import Recurso
from funciones.entrada.errores import Rechazo

# De lo que escribe quien pide otra revisión, en letras.
LARGO = 2000


def vigente(publicado: Horneado, cuando: datetime) -> Recurso | None:
    """La vía que rige ese día; None si nadie la definió: entonces no se le dice que no a nadie."""
    el = fecha_en_chile(cuando)
    try:
        canal, dias = publicado.parametro("recurso_canal", el), publicado.parametro("recurso_plazo_dias_habiles", el)
        return Recurso(canal, int(dias))
    except (KeyError, ValueError):
        return None


def exigir(publicado: Horneado, cuando: datetime) -> Recurso:
    """La vía que rige ese día. Error: Rechazo 409 si nadie la definió."""
    via = vigente(publicado, cuando)
    if via is None:
        raise Rechazo("recurso_sin_definir")
    return via
