"""El correo de una vitrina: qué se decidió de ella, por qué, y cómo volver a ella."""

from __future__ import annotations

from typing import Any

from funciones.adaptadores.correo import Mensaje
from funciones.adaptadores.montaje import montaje
from funciones.adaptadores.redaccion import carta
from funciones.dominio import folio as folios
from funciones.dominio.fechas import fecha_hora_larga
from funciones.dominio.postulacion import Papel, Postulacion
from funciones.dominio.vitrina import Hecho, Vitrina
from funciones.entrada.acceso import convocatoria_de
from funciones.tramite.vista import de_convocatoria, responder_a
from funciones.vitrinas.vista_vitrina import direccion


def mensaje(vitrina: Vitrina, postulacion: Postulacion) -> Mensaje:
    """El correo que le falta; el mismo Message-ID en cada intento."""
    hecho = next(h for h in vitrina.historia if h.version == vitrina.por_avisar)
    asunto, texto, html = carta(
        f"correo_vitrina/{hecho.estado}", contexto(vitrina, hecho, postulacion), montaje().plantillas
    )
    id_mensaje = f"{vitrina.folio}.vitrina.{hecho.version}@avisos"
    a_la_oficina = responder_a(postulacion, montaje().horneado)
    return Mensaje(postulacion.datos.get("correo", ""), asunto, texto, html, id_mensaje, responder_a=a_la_oficina)


def contexto(vitrina: Vitrina, hecho: Hecho, postulacion: Postulacion) -> dict[str, Any]:
    """Lo que llena las plantillas de `correo_vitrina/`."""
    portal, codigo = montaje().url_portal, montaje().llavero.secreto(vitrina.folio)
    return {
        "folio": folios.mostrar(vitrina.folio),
        "nombre": postulacion.datos["nombre"],
        "representante": postulacion.datos.get("representante") or postulacion.datos["nombre"],
        "convocatoria": de_convocatoria(convocatoria_de(postulacion), montaje().horneado),
        "motivo": hecho.motivo,
        "decidio": _decidio(hecho),
        "enlace": f"{portal}/api/exhibir#folio={vitrina.folio}&codigo={codigo}",
        "enlace_publico": f"{portal}{direccion(vitrina)}",
        "codigo": codigo,
        "portal": portal,
        "derechos_url": f"{portal}/privacidad/",
    }


def _decidio(hecho: Hecho) -> dict[str, str] | None:
    if hecho.actor.papel is not Papel.PERSONAL:
        return None
    return {"rol": hecho.actor.rol, "oficina": hecho.actor.oficina, "cuando_texto": fecha_hora_larga(hecho.cuando)}
