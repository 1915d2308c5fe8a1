"""Lo que se le muestra a cada quien de su vitrina, en las páginas del trámite y en la mesa."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.dominio import folio as folios
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.exhibicion import puede_exhibir
from funciones.dominio.fechas import fecha_hora_larga
from funciones.dominio.postulacion import Papel, Postulacion
from funciones.dominio.vitrina import (
    PERMISO_VIGENTE,
    PRODUCTOS_MAXIMOS,
    Contenido,
    EstadoVitrina,
    Foto,
    Hecho,
    Producto,
    Vitrina,
)
from funciones.tramite import expediente
from funciones.tramite.vista import de_convocatoria
from funciones.vitrinas import foto

EN_PALABRAS = {
    EstadoVitrina.BORRADOR: "Sin enviar",
    EstadoVitrina.EN_REVISION: "La mira una persona",
    EstadoVitrina.OBSERVADA: "Hay que arreglar algo",
    EstadoVitrina.PUBLICADA: "En el catálogo",
    EstadoVitrina.RETIRADA: "Fuera del catálogo",
}
# Lo mismo, como algo que ya pasó.
EN_LA_HISTORIA = {
    EstadoVitrina.BORRADOR: "Guardada",
    EstadoVitrina.EN_REVISION: "Enviada a revisión",
    EstadoVitrina.OBSERVADA: "Devuelta para arreglarla",
    EstadoVitrina.PUBLICADA: "Aprobada para publicarse",
    EstadoVitrina.RETIRADA: "Sacada del catálogo",
}


def direccion(vitrina: Vitrina) -> str:
    """La página del catálogo donde se ve."""
    return f"/catalogo/empresas/{vitrina.publica}/"


def precio(producto: Producto) -> str:
    """`$4.500, el frasco` o «A convenir»."""
    if producto.precio_clp is None:
        return "A convenir"
    return f"${producto.precio_clp:,}".replace(",", ".") + f", {producto.unidad}"


def contenido(c: Contenido) -> dict[str, Any]:
    """Lo que dice la ficha, con sus productos y los nombres de sus rubros."""
    rubros = montaje().horneado.rubros
    return {
        "nombre": c.nombre,
        "rubro": c.rubro,
        "rubro_nombre": rubros.get(c.rubro, ""),
        "descripcion": c.descripcion,
        "contacto": c.contacto,
        "productos": [
            {
                "id": p.id,
                "nombre": p.nombre,
                "descripcion": p.descripcion,
                "rubro": p.rubro,
                "rubro_nombre": rubros.get(p.rubro, ""),
                "precio_clp": p.precio_clp,
                "precio_texto": precio(p),
                "unidad": p.unidad,
                "variantes": list(p.variantes),
                "foto": None if p.foto is None else asdict(p.foto),
                "foto_alt": p.foto_alt,
            }
            for p in c.productos
        ],
    }


def comun(vitrina: Vitrina, postulacion: Postulacion, convocatoria: Convocatoria) -> dict[str, Any]:
    """Lo que lleva toda página de la vitrina: de quién es y cómo volver a ella."""
    return {
        "folio": vitrina.folio,
        "folio_texto": folios.mostrar(vitrina.folio),
        "codigo": montaje().llavero.secreto(vitrina.folio),
        "convocatoria": de_convocatoria(convocatoria, montaje().horneado),
        "estado": str(vitrina.estado),
        "estado_texto": EN_PALABRAS[vitrina.estado],
        "corresponde": puede_exhibir(postulacion.estado, convocatoria.componente),
    }


def portada(vitrina: Vitrina, postulacion: Postulacion, convocatoria: Convocatoria) -> dict[str, Any]:
    """La página de la vitrina: cómo va, qué dice y qué se puede hacer."""
    comuna = montaje().horneado.comunas[postulacion.datos["comuna"]]
    return comun(vitrina, postulacion, convocatoria) | {
        "motivo": vitrina.motivo if vitrina.estado in {EstadoVitrina.OBSERVADA, EstadoVitrina.RETIRADA} else "",
        "la_bajo_la_mesa": _la_bajo_la_mesa(vitrina),
        "publicada": vitrina.publicado is not None,
        "direccion": direccion(vitrina),
        "contenido": contenido(vitrina.borrador),
        "comuna_nombre": comuna["nombre"],
        "region_nombre": montaje().horneado.region(comuna["region"]),
        "productos_maximos": PRODUCTOS_MAXIMOS,
        "caben_mas": len(vitrina.borrador.productos) < PRODUCTOS_MAXIMOS,
        "siguiente_producto": vitrina.siguiente_producto,
        "puede_enviar": vitrina.estado not in {EstadoVitrina.EN_REVISION, EstadoVitrina.PUBLICADA},
        "puede_retirar": vitrina.permiso is not None,
        "permiso_version": PERMISO_VIGENTE,
        "permiso_dado": None if vitrina.permiso is None else fecha_hora_larga(vitrina.permiso.cuando),
        "historia": [hecho(h) for h in vitrina.historia],
    }


def _la_bajo_la_mesa(vitrina: Vitrina) -> bool:
    if vitrina.estado is not EstadoVitrina.RETIRADA:
        return False
    return vitrina.historia[-1].actor.papel is Papel.PERSONAL


def hecho(h: Hecho) -> dict[str, Any]:
    """Un cambio de estado: qué, cuándo, quién y por qué. De quien atiende la mesa, su rol y su oficina."""
    de_la_mesa = h.actor.papel is Papel.PERSONAL
    return {
        "estado": str(h.estado),
        "estado_texto": EN_LA_HISTORIA[h.estado],
        "cuando_texto": fecha_hora_larga(h.cuando),
        "quien": ", ".join(filter(None, [h.actor.rol, h.actor.oficina])) if de_la_mesa else "",
        "motivo": h.motivo,
        "permiso": h.permiso,
    }


def subida(vitrina: Vitrina, producto: Producto, convocatoria: Convocatoria, lista: Foto | None) -> dict[str, Any]:
    """La página de la foto: el permiso para subirla, la que ya tiene y la que acaba de llegar."""
    permiso, tope = (
        foto.permiso_para_subir(vitrina.folio, producto.id),
        expediente.tope_bytes(montaje().horneado, convocatoria),
    )
    return {
        "producto": {
            "id": producto.id,
            "nombre": producto.nombre,
            "foto": None if producto.foto is None else asdict(producto.foto),
            "foto_alt": producto.foto_alt,
        },
        "permiso": {"url": permiso.url, "campos": dict(permiso.campos)},
        "recien_subida": None if lista is None else asdict(lista),
        "tope": tope,
        "tope_mb": tope // expediente.MEGA,
        "palabras": {falla: foto.explicar(falla, convocatoria) for falla in foto.SE_VEN_ANTES},
    }
