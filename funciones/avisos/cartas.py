"""Los correos de una suscripción: el que pide confirmarla y el resumen de novedades."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import datetime, timedelta

from funciones.adaptadores.almacen import AlmacenNoResponde
from funciones.adaptadores.correo import CorreoNoResponde, DireccionRechazada, Mensaje
from funciones.adaptadores.montaje import montaje
from funciones.adaptadores.redaccion import carta
from funciones.adaptadores.registro import milisegundos
from funciones.avisos import novedades
from funciones.avisos.preferencias import en_palabras
from funciones.dominio.fechas import fecha_hora_larga
from funciones.dominio.novedad import Noticia
from funciones.dominio.suscripcion import PARA_CONFIRMAR, Pedido, Preferencias, Suscripcion, correo_enviado


def enlace_de_alta(suscripcion: Suscripcion) -> str:
    """Dónde se confirma su pedido."""
    return _enlace(suscripcion.id, montaje().llavero.codigo_alta(suscripcion.id, suscripcion.clave))


def enlace_de_baja(suscripcion: Suscripcion) -> str:
    """Dónde se cambian o se dejan sus avisos."""
    return _enlace(suscripcion.id, montaje().llavero.codigo_baja(suscripcion.id))


def _enlace(id_suscripcion: str, codigo: str) -> str:
    # En la dirección y no en el fragmento: la baja de un toque (RFC 8058) no tiene otra parte donde ir, y así se usa
    # sin JavaScript. El código no muestra datos de nadie: solo sirve para confirmar, cambiar o dejar los avisos.
    return f"{montaje().url_portal}/api/suscripcion?codigo={id_suscripcion}{codigo}"


def queda_esta_hora(ahora: datetime, tope: int) -> bool:
    """Gasta uno de los correos de confirmación de esta hora; falso si ya salieron `tope`."""
    return montaje().almacen.contar_en(_cuenta(ahora), tope, ahora + timedelta(hours=2))


def devolver(ahora: datetime) -> None:
    """El correo que se iba a mandar no salió: no gasta de los de esta hora."""
    with suppress(AlmacenNoResponde):
        montaje().almacen.devolver_a(_cuenta(ahora))


def _cuenta(ahora: datetime) -> str:
    return f"suscripciones-{ahora:%Y%m%d%H}"


def mandar_confirmacion(suscripcion: Suscripcion, ahora: datetime) -> None:
    """Manda el correo de su pedido, ya descontado de los de la hora, y lo anota.

    Errores: CorreoNoResponde; Conflicto si cambió mientras tanto.
    """
    assert suscripcion.pedido is not None
    try:
        montaje().correo.enviar(_confirmacion(suscripcion, suscripcion.pedido, ahora))
    except CorreoNoResponde:
        devolver(ahora)
        raise
    except DireccionRechazada:
        # Si la dirección no existe, insistir no sirve: el pedido se borra solo.
        pass
    montaje().almacen.guardar_suscripcion(correo_enviado(suscripcion, ahora))


def _confirmacion(suscripcion: Suscripcion, pedido: Pedido, ahora: datetime) -> Mensaje:
    contexto = _comun(suscripcion, pedido.preferencias) | {
        "enlace": enlace_de_alta(suscripcion),
        "vence_texto": fecha_hora_larga(ahora + PARA_CONFIRMAR),
        "ya_recibe": suscripcion.activa,
        "igual": suscripcion.preferencias == pedido.preferencias,
    }
    asunto, texto, html = carta("suscripcion/confirma", contexto, montaje().plantillas)
    # El mismo en cada reintento de este pedido: si se repite, se reconoce que es el mismo.
    return Mensaje(suscripcion.correo, asunto, texto, html, f"{suscripcion.id}.{milisegundos(pedido.cuando)}@avisos")


def resumen(suscripcion: Suscripcion, noticias: tuple[Noticia, ...], ahora: datetime) -> Mensaje:
    """El correo con todo lo que hay que contarle."""
    assert suscripcion.preferencias is not None
    publicado, portal = montaje().horneado, montaje().url_portal
    contexto = _comun(suscripcion, suscripcion.preferencias) | {
        "noticias": [novedades.de_noticia(n, publicado, portal, ahora) for n in noticias],
        "encabezado": novedades.titulo(noticias),
        "region_orden": _una_region(noticias),
    }
    asunto, texto, html = carta("suscripcion/resumen", contexto, montaje().plantillas)
    contado = hashlib.sha256("\n".join(sorted(i for n in noticias for i in n.ids)).encode()).hexdigest()[:16]
    # Depende de lo que cuenta: el que se reenvía tras un corte es el mismo mensaje.
    id_mensaje = f"{suscripcion.id}.{contado}@avisos"
    return Mensaje(suscripcion.correo, asunto, texto, html, id_mensaje, enlace_de_baja(suscripcion))


def _comun(suscripcion: Suscripcion, preferencias: Preferencias) -> dict[str, object]:
    portal = montaje().url_portal
    return {
        "pide": en_palabras(preferencias, montaje().horneado),
        "enlace_baja": enlace_de_baja(suscripcion),
        "portal": portal,
        "derechos_url": f"{portal}/privacidad/",
    }


def _una_region(noticias: tuple[Noticia, ...]) -> int | None:
    """La franja que se pinta en el toldo, si todo lo que se cuenta es de una misma región."""
    regiones = {n.publicada.convocatoria.region for n in noticias}
    return montaje().horneado.orden_region(regiones.pop()) if len(regiones) == 1 else None
