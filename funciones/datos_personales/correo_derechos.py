"""Los correos de un pedido sobre los propios datos: que llegó y hasta cuándo, que se alargó, y la respuesta."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from funciones.adaptadores.almacen import Conflicto
from funciones.adaptadores.correo import Mensaje
from funciones.adaptadores.cuaderno import Hoja
from funciones.adaptadores.montaje import montaje
from funciones.adaptadores.redaccion import carta
from funciones.avisos import contactos
from funciones.datos_personales.derechos import TITULOS, efecto, mostrar
from funciones.datos_personales.derechos_guardados import POR_AVISAR, TODAS, leer
from funciones.dominio import folio as folios
from funciones.dominio.derecho import Pedido, Suceso
from funciones.dominio.postulacion import Papel, Postulacion
from funciones.entrada.acceso import convocatoria_de
from funciones.tramite.vista import de_convocatoria

# Lo que basta para mandar un correo; después, otra pasada puede tomarlo.
ARRIENDO = timedelta(minutes=5)
# La nota se escribe antes que el pedido: si en este rato no apareció, no se guardó y no hay nada que avisar.
SIN_PEDIDO = timedelta(minutes=15)


def pendientes() -> Iterator[Hoja]:
    """Las notas de los correos por mandar que nadie está mandando."""
    ahora = montaje().ahora()
    for nota in montaje().almacen.hojas(POR_AVISAR, TODAS):
        tomada = nota.cuerpo.get("hasta")
        if tomada is None or datetime.fromisoformat(tomada) <= ahora:
            yield nota


def avisar(nota: Hoja) -> int:
    """Manda ese correo y borra su nota. Si otra pasada la tomó, nada. Error: CorreoNoResponde."""
    ahora = montaje().ahora()
    # Dos pasadas en el mismo milisegundo escribirían lo mismo, y las dos creerían tenerlo.
    cuerpo = {**nota.cuerpo, "hasta": (ahora + ARRIENDO).isoformat(), "pasada": secrets.token_hex(8)}
    try:
        montaje().almacen.guardar_hoja(replace(nota, cuerpo=cuerpo, version=nota.version + 1))
    except Conflicto:
        return 0
    pedido = _pedido(nota)
    if pedido is None and ahora - datetime.fromisoformat(nota.cuerpo["desde"]) < SIN_PEDIDO:
        return 0
    enviados = 0 if pedido is None else _enviar(nota, pedido)
    montaje().almacen.borrar_hoja(nota.clase, nota.grupo, nota.llave)
    return enviados


def _pedido(nota: Hoja) -> Pedido | None:
    """El pedido tal como estaba cuando pasó lo que se avisa."""
    pedidos, _ = leer(nota.cuerpo["region"], nota.cuerpo["folio"])
    suyo = next((p for p in pedidos if p.numero == nota.cuerpo["numero"]), None)
    if suyo is None or len(suyo.hechos) < nota.cuerpo["hecho"]:
        return None
    return replace(suyo, hechos=suyo.hechos[: nota.cuerpo["hecho"]])


def _enviar(nota: Hoja, pedido: Pedido) -> int:
    postulacion = montaje().almacen.postulacion(nota.cuerpo["folio"])
    if postulacion is None:
        return 0
    # Si no le llega, queda por contactar: se le avisa por teléfono o por carta.
    contactos.mandar(postulacion, mensaje(postulacion, pedido))
    return 1


def mensaje(postulacion: Postulacion, pedido: Pedido) -> Mensaje:
    """El correo de lo último que pasó con el pedido; el mismo Message-ID en cada intento."""
    plantilla = f"correo_derechos/{pedido.hechos[-1].que}"
    asunto, texto, html = carta(plantilla, contexto(postulacion, pedido), montaje().plantillas)
    id_mensaje = f"{postulacion.folio}.derecho.{pedido.numero}.{len(pedido.hechos)}@avisos"
    return Mensaje(postulacion.datos.get("correo", ""), asunto, texto, html, id_mensaje)


def contexto(postulacion: Postulacion, pedido: Pedido) -> dict[str, Any]:
    """Lo que llena las plantillas de `correo_derechos/`. Lo que escribió la persona no vuelve por correo."""
    portal, codigo = montaje().url_portal, montaje().llavero.secreto(postulacion.folio)
    ultimo = pedido.hechos[-1]
    visto = mostrar(pedido, montaje().ahora())
    return {
        "folio": folios.mostrar(postulacion.folio),
        "nombre": postulacion.datos["nombre"],
        "representante": postulacion.datos.get("representante") or postulacion.datos["nombre"],
        "convocatoria": de_convocatoria(convocatoria_de(postulacion), montaje().horneado),
        "derecho": TITULOS[pedido.derecho],
        "pedido_texto": visto["pedido_texto"],
        "vence_texto": visto["vence_texto"],
        "efecto": efecto(pedido),
        "motivo": "" if ultimo.que is Suceso.PEDIDO else ultimo.motivo,
        "decidio": _decidio(visto["historia"][-1]) if ultimo.actor.papel is Papel.PERSONAL else None,
        "enlace": f"{portal}/api/derechos#folio={postulacion.folio}&codigo={codigo}",
        "codigo": codigo,
        "portal": portal,
        "derechos_url": f"{portal}/privacidad/",
    }


def _decidio(hecho: dict[str, str]) -> dict[str, str]:
    rol, _, oficina = hecho["quien"].partition(", ")
    return {"rol": rol, "oficina": oficina, "cuando_texto": hecho["cuando_texto"]}
