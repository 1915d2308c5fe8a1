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
from generador.estructurados_piezas import (
    MARCA,
    Nodo,
    absoluta,
    aclaracion,
    admitidas,
    con_valor,
    direccion,
    donde,
    en_texto,
    oficina,
    organizador,
    portal,
)
from generador.lamina import de_evento

if TYPE_CHECKING:
    from generador.ficha_catalogo import FichaEmpresa, FichaProducto
    from generador.ficha_convocatoria import FichaConvocatoria
    from generador.ficha_evento import FichaEvento

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
        {"@context": "https://schema.org", **cuerpo}, ensure_ascii=False, separators=(",", ":"), default=en_texto
    )
    for letra, escape in ESCAPES.items():
        texto = texto.replace(letra, escape)
    return Markup(f'<script type="application/ld+json">{texto}</script>')


def evento(e: FichaEvento) -> Nodo:
    """`Event`, o `BusinessEvent` si es del componente 2: cuándo con su hora de Chile, dónde y si sigue en pie."""
    fila, sitio = e.fila, e.fichas.entradas.sitio
    return con_valor(
        {
            "@type": "BusinessEvent" if fila["componente"] == 2 else "Event",
            "@id": absoluta(sitio, e.ruta),
            "url": absoluta(sitio, e.ruta),
            "name": fila["nombre"],
            "description": fila["resumen"],
            "disambiguatingDescription": aclaracion(fila["motivo_situacion"], fila["demostracion"]),
            "startDate": en_texto(fila["inicio"]),
            "endDate": en_texto(fila["termino"]),
            "eventStatus": f"https://schema.org/{SITUACIONES[fila['situacion']]}",
            "eventAttendanceMode": f"https://schema.org/{ASISTENCIAS[fila['modalidad']]}",
            "previousStartDate": _antes(e),
            "location": donde(e),
            "image": absoluta(sitio, de_evento(e).direccion),
            "organizer": organizador(e),
        }
    )


def convocatoria(c: FichaConvocatoria) -> Nodo:
    """`GovernmentService`: qué entrega, a quién, dónde, entre qué fechas y por qué canal se pide."""
    fila, sitio = c.fila, c.fichas.entradas.sitio
    return con_valor(
        {
            "@type": "GovernmentService",
            "@id": absoluta(sitio, c.ruta),
            "url": absoluta(sitio, c.ruta),
            "name": fila["nombre"],
            "description": fila["resumen"],
            "disambiguatingDescription": aclaracion(fila["motivo_situacion"], fila["demostracion"]),
            "serviceType": c.tipo,
            "provider": oficina(c),
            "areaServed": admitidas(c.fichas, fila["regiones_admitidas"]),
            "audience": {"@type": "BusinessAudience", "audienceType": "Micro y pequeñas empresas"},
            "serviceOutput": [{"@type": "Thing", "name": a} for a in fila["apoyo"]],
            "hoursAvailable": {
                "@type": "OpeningHoursSpecification",
                "validFrom": en_texto(fila["apertura"]),
                "validThrough": en_texto(fila["cierre"]),
            },
            "availableChannel": {"@type": "ServiceChannel", "serviceUrl": absoluta(sitio, c.ruta)},
            "termsOfService": absoluta(sitio, f"/datos/convocatorias/bases/{fila['id']}.md"),
        }
    )


def producto(p: FichaProducto, imagenes: Sequence[str] = ()) -> Nodo:
    """`Product` con su precio si lo tiene publicado; `imagenes` son rutas del portal o direcciones completas.

    La oferta va sin `availability`: nadie declara existencias, y decir InStock sería inventarlo.
    """
    fila, sitio = p.fila, p.empresa.fichas.entradas.sitio
    precio = fila["precio_clp"]
    oferta = {"@type": "Offer", "price": precio, "priceCurrency": "CLP", "url": absoluta(sitio, p.ruta)}
    return con_valor(
        {
            "@type": "Product",
            "@id": absoluta(sitio, p.ruta),
            "url": absoluta(sitio, p.ruta),
            "name": fila["nombre"],
            "description": fila["descripcion"],
            "disambiguatingDescription": aclaracion(None, fila["demostracion"]),
            "category": p.rubro_nombre,
            "image": [absoluta(sitio, i) for i in imagenes],
            "manufacturer": {
                "@type": _clase(p.empresa),
                "name": p.empresa.fila["nombre"],
                "url": absoluta(sitio, p.empresa.ruta),
            },
            "offers": None if precio is None else oferta,
        }
    )


def organizacion(empresa: FichaEmpresa) -> Nodo:
    """`Organization` o `Person`: quién vende, con su comuna y su página; nunca un teléfono ni un correo.

    De una vitrina no va el contacto: puede llevar su teléfono, y se retira con su página.
    """
    fila, sitio = empresa.fila, empresa.fichas.entradas.sitio
    contacto = str(fila["contacto"] or "")
    return con_valor(
        {
            "@type": _clase(empresa),
            "@id": absoluta(sitio, empresa.ruta),
            "url": absoluta(sitio, empresa.ruta),
            "name": fila["nombre"],
            "description": fila["descripcion"],
            "disambiguatingDescription": aclaracion(None, fila["demostracion"]),
            "address": direccion(empresa.fichas, fila["region"], fila["comuna"], None),
            "sameAs": contacto if contacto.startswith("https://") and not empresa.vitrina else None,
        }
    )


def _clase(empresa: FichaEmpresa) -> str:
    return "Organization" if empresa.fila["persona"] in {"juridica", "cooperativa"} else "Person"


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
    return con_valor(
        {
            "@type": "Dataset",
            "@id": absoluta(sitio, ruta),
            "url": absoluta(sitio, ruta),
            "name": nombre,
            "description": descripcion,
            "version": version,
            "dateModified": en_texto(modificado) if modificado else None,
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


def _antes(e: FichaEvento) -> str | None:
    """Cuándo empezaba antes de moverse, si el cambio está anotado."""
    if e.fila["situacion"] != "pospuesto":
        return None
    filas = [c for c in e.fichas.datos["eventos"]["cambios"] if (c["evento"], c["campo"]) == (e.fila["id"], "inicio")]
    ultimo = max(filas, key=lambda c: c["numero"], default=None)
    return en_texto(datetime.fromisoformat(ultimo["antes"]).replace(tzinfo=CHILE)) if ultimo else None
