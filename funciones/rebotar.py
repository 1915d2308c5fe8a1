"""Rebotar: un correo que volvió horas después deja su aviso por contactar, y a esa dirección no se le escribe más."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.avisos import contactos
from funciones.avisos.avisar_cambios import cambios_avisados
from funciones.avisos.contactos import Causa
from funciones.dominio.postulacion import Postulacion
from funciones.entrada.solicitud import contar, registro

# Lo que no tiene vuelta. Un rebote pasajero (casilla llena, servidor caído) lo reintenta quien lleva el correo.
PERMANENTE = "Permanent"
# Con este nombre marca el correo a qué aviso corresponde, con guiones en lugar de puntos.
MARCA = "aviso"


def rebotar(detalle: Mapping[str, Any]) -> bool:
    """Si ese suceso dejó un aviso por contactar. Repetido no cambia nada; lo que no es un aviso nuestro se ignora."""
    if not _es_definitivo(detalle):
        return False
    id_aviso = ".".join(_marca(detalle).split("-"))
    postulacion = montaje().almacen.postulacion(id_aviso.partition(".")[0])
    if postulacion is None:
        return False
    if not _anotar(id_aviso, postulacion):
        return False
    correo = postulacion.datos.get("correo", "")
    # Pudo corregirla después de que salió ese correo: la nueva no tiene la culpa.
    if correo.lower() in _destinos(detalle):
        contactos.marcar_direccion(correo)
    return True


def _anotar(id_aviso: str, postulacion: Postulacion) -> bool:
    """Lo deja por contactar, sea el aviso de un estado o el de una actividad que cambió; falso si no es ninguno."""
    aviso = next((a for a in montaje().almacen.avisos(postulacion.folio) if a.id == id_aviso), None)
    if aviso is not None:
        contactos.anotar(aviso, Causa.REBOTE)
        return True
    cambio = next((c for c in cambios_avisados(postulacion) if c["id"] == id_aviso), None)
    if cambio is not None:
        contactos.anotar_correo(postulacion, id_aviso, Causa.REBOTE, cambio["asunto"], cambio["texto"])
    return cambio is not None


def _es_definitivo(detalle: Mapping[str, Any]) -> bool:
    """Un rebote sin vuelta, o que la persona lo marcó como no deseado: después de eso tampoco le llega nada."""
    if detalle.get("eventType") == "Complaint":
        return True
    return detalle.get("eventType") == "Bounce" and detalle.get("bounce", {}).get("bounceType") == PERMANENTE


def _marca(detalle: Mapping[str, Any]) -> str:
    marcas = detalle.get("mail", {}).get("tags", {}).get(MARCA) or [""]
    return str(marcas[0])


def _destinos(detalle: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(str(uno).lower() for uno in detalle.get("mail", {}).get("destination") or ())


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Un suceso de SES. Se anota si sirvió y nada de lo que trae: lleva la dirección."""
    anotado = rebotar(event.get("detail") or {})
    registro.info("rebote", extra={"por_contactar": anotado})
    contar("CorreosRebotados")
    return {"por_contactar": anotado}
