"""Los datos de una página como los leen los buscadores: JSON-LD con el vocabulario de schema.org.

Cada función devuelve un nodo (`dict`); `guion` los escribe en la página, escapados. Las direcciones salen completas.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from funciones.dominio.plazo import CHILE

if TYPE_CHECKING:
    from generador.ficha_catalogo import FichaEmpresa, FichaProducto
    from generador.ficha_convocatoria import FichaConvocatoria
    from generador.ficha_evento import FichaEvento
    from generador.fichas import Fichas

Nodo = dict[str, Any]
MARCA = "Ferias y Redes"
INVENTADO = "Contenido de demostración: es inventado."
# Dentro de un guion solo se escapa lo que podría cerrarlo o abrir otro.
ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
SITUACIONES = {
    "programado": "EventScheduled",
    "trasladado": "EventScheduled",
    "pospuesto": "EventRescheduled",
    "cancelado": "EventCancelled",
}
ASISTENCIAS = {
    "presencial": "OfflineEventAttendanceMode",
    "virtual": "OnlineEventAttendanceMode",
    "mixta": "MixedEventAttendanceMode",
}


def guion(*nodos: Mapping[str, Any]) -> Markup:
    """El elemento `script` de datos, que ningún navegador ejecuta, con uno o varios nodos."""
    cuerpo: Nodo = dict(nodos[0]) if len(nodos) == 1 else {"@graph": list(nodos)}
    texto = json.dumps(
        {"@context": "https://schema.org", **cuerpo}, ensure_ascii=False, separators=(",", ":"), default=_texto
    )
    for letra, escape in ESCAPES.items():
        texto = texto.replace(letra, escape)
    return Markup(f'<script type="application/ld+json">{texto}</script>')


def absoluta(sitio: str, ruta: str) -> str:
    """La dirección completa; las que ya lo son quedan igual."""
    return ruta if "://" in ruta else f"{sitio}{ruta}"


def evento(e: FichaEvento) -> Nodo:
    """`Event`, o `BusinessEvent` si es del componente 2: cuándo con su hora de Chile, dónde y si sigue en pie."""
    fila, sitio = e.fila, e.fichas.entradas.sitio
    return _con_valor(
        {
            "@type": "BusinessEvent" if fila["componente"] == 2 else "Event",
            "@id": absoluta(sitio, e.ruta),
            "url": absoluta(sitio, e.ruta),
            "name": fila["nombre"],
            "description": fila["resumen"],
            "disambiguatingDescription": _aclaracion(fila["motivo_situacion"], fila["demostracion"]),
            "startDate": _texto(fila["inicio"]),
            "endDate": _texto(fila["termino"]),
            "eventStatus": f"https://schema.org/{SITUACIONES[fila['situacion']]}",
            "eventAttendanceMode": f"https://schema.org/{ASISTENCIAS[fila['modalidad']]}",
            "location": _donde(e),
            "organizer": _organizador(e),
        }
    )


def convocatoria(c: FichaConvocatoria) -> Nodo:
    """`GovernmentService`: qué entrega, a quién, dónde, entre qué fechas y por qué canal se pide."""
    fila, sitio = c.fila, c.fichas.entradas.sitio
    return _con_valor(
        {
            "@type": "GovernmentService",
            "@id": absoluta(sitio, c.ruta),
            "url": absoluta(sitio, c.ruta),
            "name": fila["nombre"],
            "description": fila["resumen"],
            "disambiguatingDescription": _aclaracion(fila["motivo_situacion"], fila["demostracion"]),
            "serviceType": c.tipo,
            "provider": _oficina(c),
            "areaServed": _admitidas(c.fichas, fila["regiones_admitidas"]),
            "audience": {"@type": "BusinessAudience", "audienceType": "Micro y pequeñas empresas"},
            "serviceOutput": [{"@type": "Thing", "name": a} for a in fila["apoyo"]],
            "hoursAvailable": {
                "@type": "OpeningHoursSpecification",
                "validFrom": _texto(fila["apertura"]),
                "validThrough": _texto(fila["cierre"]),
            },
            "availableChannel": {"@type": "ServiceChannel", "serviceUrl": absoluta(sitio, c.ruta)},
            "termsOfService": absoluta(sitio, f"/datos/convocatorias/bases/{fila['id']}.md"),
        }
    )


def producto(p: FichaProducto, imagenes: Sequence[str] = ()) -> Nodo:
    """`Product` con su precio si lo tiene publicado; `imagenes` son rutas del portal o direcciones completas."""
    fila, sitio = p.fila, p.empresa.fichas.entradas.sitio
    precio = fila["precio_clp"]
    oferta = {"@type": "Offer", "price": precio, "priceCurrency": "CLP", "url": absoluta(sitio, p.ruta)}
    return _con_valor(
        {
            "@type": "Product",
            "@id": absoluta(sitio, p.ruta),
            "url": absoluta(sitio, p.ruta),
            "name": fila["nombre"],
            "description": fila["descripcion"],
            "disambiguatingDescription": _aclaracion(None, fila["demostracion"]),
            "category": p.rubro_nombre,
            "image": [absoluta(sitio, i) for i in imagenes],
            "manufacturer": {
                "@type": "Organization",
                "name": p.empresa.fila["nombre"],
                "url": absoluta(sitio, p.empresa.ruta),
            },
            "offers": None if precio is None else oferta,
        }
    )


def organizacion(empresa: FichaEmpresa) -> Nodo:
    """`Organization`: una empresa del catálogo, con su comuna y su página; nunca un teléfono ni un correo."""
    fila, sitio = empresa.fila, empresa.fichas.entradas.sitio
    contacto = str(fila["contacto"] or "")
    return _con_valor(
        {
            "@type": "Organization",
            "@id": absoluta(sitio, empresa.ruta),
            "url": absoluta(sitio, empresa.ruta),
            "name": fila["nombre"],
            "description": fila["descripcion"],
            "disambiguatingDescription": _aclaracion(None, fila["demostracion"]),
            "address": _direccion(empresa.fichas, fila["region"], fila["comuna"], None),
            "sameAs": contacto if contacto.startswith("https://") else None,
        }
    )


def conjunto_de_datos(
    sitio: str,
    ruta: str,
    nombre: str,
    descripcion: str,
    archivos: Iterable[tuple[str, str]],
    version: str = "",
    modificado: date | datetime | None = None,
    licencia: str = "https://creativecommons.org/licenses/by/4.0/deed.es",
) -> Nodo:
    """`Dataset`; `archivos` son pares (ruta del portal, tipo MIME) de lo que se puede bajar."""
    return _con_valor(
        {
            "@type": "Dataset",
            "@id": absoluta(sitio, ruta),
            "url": absoluta(sitio, ruta),
            "name": nombre,
            "description": descripcion,
            "version": version,
            "dateModified": _texto(modificado) if modificado else None,
            "license": licencia,
            "inLanguage": "es-CL",
            "isAccessibleForFree": True,
            "creator": portal(sitio),
            "distribution": [
                {"@type": "DataDownload", "contentUrl": absoluta(sitio, archivo), "encodingFormat": tipo}
                for archivo, tipo in archivos
            ],
        }
    )


def migas(sitio: str, *pasos: tuple[str, str]) -> Nodo:
    """`BreadcrumbList`: pares (nombre, ruta) desde la portada hasta la página."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": lugar, "name": nombre, "item": absoluta(sitio, ruta)}
            for lugar, (nombre, ruta) in enumerate((("Inicio", "/"), *pasos), 1)
        ],
    }


def portal(sitio: str) -> Nodo:
    """`Organization`: el portal mismo, que no es un sitio del Gobierno."""
    return {"@type": "Organization", "name": MARCA, "url": f"{sitio}/"}


def sitio_web(sitio: str) -> Nodo:
    """`WebSite`, con la dirección de su buscador."""
    return {
        "@type": "WebSite",
        "name": MARCA,
        "url": f"{sitio}/",
        "inLanguage": "es-CL",
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{sitio}/buscar/?q={{q}}"},
            "query-input": "required name=q",
        },
    }


def _donde(e: FichaEvento) -> Nodo | list[Nodo]:
    """El lugar; por internet, la página del evento: el enlace para entrar nunca se publica."""
    virtual = {"@type": "VirtualLocation", "url": absoluta(e.fichas.entradas.sitio, e.ruta)}
    if e.fila["modalidad"] == "virtual":
        return virtual
    sede = e.sede_ficha or {}
    lugar = _con_valor(
        {
            "@type": "Place",
            "name": sede.get("nombre") or e.lugar,
            "address": _direccion(e.fichas, e.fila["region"], e.fila["comuna"], sede.get("direccion")),
            "geo": _punto(sede),
        }
    )
    return [lugar, virtual] if e.fila["modalidad"] == "mixta" else lugar


def _punto(sede: Mapping[str, Any]) -> Nodo | None:
    if sede.get("latitud") is None or sede.get("longitud") is None:
        return None
    return {"@type": "GeoCoordinates", "latitude": str(sede["latitud"]), "longitude": str(sede["longitud"])}


def _direccion(fichas: Fichas, region: str, comuna: str | None, calle: str | None) -> Nodo:
    return _con_valor(
        {
            "@type": "PostalAddress",
            "streetAddress": calle,
            "addressLocality": fichas.comuna[comuna]["nombre"] if comuna else None,
            "addressRegion": fichas.region[region]["nombre"],
            "addressCountry": "CL",
        }
    )


def _organizador(e: FichaEvento) -> Nodo:
    """La oficina de su convocatoria; de lo inventado no se dice que lo organiza una oficina de verdad."""
    return _oficina(e.convocatorias[0]) if e.convocatorias else portal(e.fichas.entradas.sitio)


def _oficina(c: FichaConvocatoria) -> Nodo:
    if c.fila["demostracion"]:
        return portal(c.fichas.entradas.sitio)
    oficina = c.fichas.oficina[c.fila["oficina"]]
    return {"@type": "GovernmentOrganization", "name": oficina["nombre"], "url": oficina["sitio"]}


def _admitidas(fichas: Fichas, codigos: Sequence[str]) -> Nodo | list[Nodo]:
    if not codigos:
        return {"@type": "Country", "name": "Chile"}
    return [{"@type": "AdministrativeArea", "name": fichas.region[c]["nombre"]} for c in codigos]


def _aclaracion(motivo: str | None, demostracion: bool) -> str | None:
    return " ".join(parte for parte in (motivo, INVENTADO if demostracion else None) if parte) or None


def _con_valor(nodo: Nodo) -> Nodo:
    """El nodo sin lo que no se sabe: lo que falta se omite, no se inventa."""
    return {clave: valor for clave, valor in nodo.items() if valor not in (None, "", [])}


def _texto(valor: object) -> str:
    """Los momentos, con la hora de Chile y su diferencia con UTC."""
    if isinstance(valor, datetime):
        return valor.astimezone(CHILE).isoformat(timespec="seconds")
    return valor.isoformat() if isinstance(valor, date) else str(valor)
