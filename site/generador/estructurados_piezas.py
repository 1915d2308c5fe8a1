"""Las piezas de los datos para buscadores: direcciones completas, lugares, quién organiza y momentos con su hora."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from funciones.dominio.plazo import CHILE

if TYPE_CHECKING:
    from generador.ficha_convocatoria import FichaConvocatoria
    from generador.ficha_evento import FichaEvento
    from generador.fichas import Fichas

Nodo = dict[str, Any]
MARCA = "Ferias y Redes"
INVENTADO = "Contenido de demostración: es inventado."


def absoluta(sitio: str, ruta: str) -> str:
    """La dirección completa; las que ya lo son quedan igual."""
    return ruta if "://" in ruta else f"{sitio}{ruta}"


def portal(sitio: str) -> Nodo:
    """`Organization`: el portal mismo, que no es un sitio del Gobierno."""
    return {"@type": "Organization", "name": MARCA, "url": f"{sitio}/"}


def donde(e: FichaEvento) -> Nodo | list[Nodo]:
    """El lugar; por internet, la página del evento: el enlace para entrar nunca se publica."""
    virtual = {"@type": "VirtualLocation", "url": absoluta(e.fichas.entradas.sitio, e.ruta)}
    if e.fila["modalidad"] == "virtual":
        return virtual
    sede = e.sede_ficha or {}
    lugar = con_valor(
        {
            "@type": "Place",
            "name": sede.get("nombre") or e.lugar,
            "address": direccion(e.fichas, e.fila["region"], e.fila["comuna"], sede.get("direccion")),
            "geo": _punto(sede),
        }
    )
    return [lugar, virtual] if e.fila["modalidad"] == "mixta" else lugar


def _punto(sede: Mapping[str, Any]) -> Nodo | None:
    if sede.get("latitud") is None or sede.get("longitud") is None:
        return None
    return {"@type": "GeoCoordinates", "latitude": str(sede["latitud"]), "longitude": str(sede["longitud"])}


def direccion(fichas: Fichas, region: str, comuna: str | None, calle: str | None) -> Nodo:
    return con_valor(
        {
            "@type": "PostalAddress",
            "streetAddress": calle,
            "addressLocality": fichas.comuna[comuna]["nombre"] if comuna else None,
            "addressRegion": fichas.region[region]["nombre"],
            "addressCountry": "CL",
        }
    )


def organizador(e: FichaEvento) -> Nodo:
    """La oficina de su convocatoria; de lo inventado no se dice que lo organiza una oficina de verdad."""
    return oficina(e.convocatorias[0]) if e.convocatorias else portal(e.fichas.entradas.sitio)


def oficina(c: FichaConvocatoria) -> Nodo:
    if c.fila["demostracion"]:
        return portal(c.fichas.entradas.sitio)
    suya = c.fichas.oficina[c.fila["oficina"]]
    return {"@type": "GovernmentOrganization", "name": suya["nombre"], "url": suya["sitio"]}


def admitidas(fichas: Fichas, codigos: Sequence[str]) -> Nodo | list[Nodo]:
    if not codigos:
        return {"@type": "Country", "name": "Chile"}
    return [{"@type": "AdministrativeArea", "name": fichas.region[c]["nombre"]} for c in codigos]


def aclaracion(motivo: str | None, demostracion: bool) -> str | None:
    return " ".join(parte for parte in (motivo, INVENTADO if demostracion else None) if parte) or None


def con_valor(nodo: Nodo) -> Nodo:
    """El nodo sin lo que no se sabe: lo que falta se omite, no se inventa."""
    return {clave: valor for clave, valor in nodo.items() if valor not in (None, "", [])}


def en_texto(valor: object) -> str:
    """Los momentos, con la hora de Chile y su diferencia con UTC."""
    if isinstance(valor, datetime):
        return valor.astimezone(CHILE).isoformat(timespec="seconds")
    return valor.isoformat() if isinstance(valor, date) else str(valor)
