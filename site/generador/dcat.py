"""El catálogo de datos en DCAT-AP, escrito como JSON-LD: qué paquetes hay, con qué licencia, fechas y huellas."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from generador.abiertos import Archivo, PaqueteAbierto, TablaAbierta, abiertos
from generador.fichas import Fichas
from generador.filtros import dia_en_chile

RUTA = "/datos/catalogo.jsonld"
# Todo el vocabulario va dentro: quien lo lee no tiene que pedir nada a otro sitio.
CONTEXTO = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LICENCIA = "http://creativecommons.org/licenses/by/4.0/"
AUTORIDAD = "http://publications.europa.eu/resource/authority"
ECONOMIA = ("ECON", "Economía y finanzas")
GOBIERNO = ("GOVE", "Gobierno y sector público")
TEMAS = {"transparencia": GOBIERNO, "parametros": GOBIERNO}
NOMBRE = "Ferias y Redes, portal de demostración"


def escribir_catalogo(fichas: Fichas, portal: Path) -> None:
    """Escribe /datos/catalogo.jsonld."""
    texto = json.dumps(catalogo(fichas), ensure_ascii=False, indent=1) + "\n"
    (portal / RUTA.lstrip("/")).write_text(texto, encoding="utf-8")


def catalogo(fichas: Fichas) -> dict[str, Any]:
    """El grafo entero; direcciones absolutas, fechas del día de publicación en Chile."""
    sitio, hoy = fichas.entradas.sitio, _dia(fichas.ahora)
    return {
        "@context": CONTEXTO,
        "@id": f"{sitio}/datos/",
        "@type": "dcat:Catalog",
        "dct:title": _texto("Datos abiertos de Ferias y Redes"),
        "dct:description": _texto("Las tablas con que se hace el portal de ferias y encuentros de negocios."),
        "dct:publisher": _quien(sitio),
        "dct:language": _ref(f"{AUTORIDAD}/language/SPA", "dct:LinguisticSystem"),
        "dct:license": _ref(LICENCIA, "dct:LicenseDocument"),
        "dct:spatial": _ref(f"{AUTORIDAD}/country/CHL", "dct:Location"),
        "dct:modified": hoy,
        "foaf:homepage": {"@id": f"{sitio}/", "@type": "foaf:Document"},
        "dcat:dataset": [_paquete(p, sitio, hoy) for p in abiertos(fichas)],
    }


def _paquete(paquete: PaqueteAbierto, sitio: str, hoy: dict[str, str]) -> dict[str, Any]:
    pagina = f"{sitio}{paquete.ruta}"
    return {
        "@id": pagina,
        "@type": "dcat:Dataset",
        "dct:identifier": paquete.nombre,
        "dct:title": _texto(paquete.descriptor["title"]),
        "dct:description": _texto(paquete.descriptor["description"]),
        "dct:issued": _dia(datetime.fromisoformat(str(paquete.descriptor["created"]))),
        "dcat:version": str(paquete.descriptor["version"]),
        "dct:publisher": {"@id": f"{sitio}/#editor"},
        "dcat:contactPoint": _contacto(sitio),
        "dcat:theme": _tema(*TEMAS.get(paquete.nombre, ECONOMIA)),
        "dct:accrualPeriodicity": _ref(f"{AUTORIDAD}/frequency/IRREG", "dct:Frequency"),
        "dct:accessRights": _ref(f"{AUTORIDAD}/access-right/PUBLIC", "dct:RightsStatement"),
        "dcat:landingPage": {"@id": pagina, "@type": "foaf:Document"},
        "dct:source": [{"@type": "dcat:Resource", "dct:title": _texto(f["title"])} for f in _fuentes(paquete)],
        "dcat:distribution": [_archivo(a, t, paquete, sitio, hoy) for t in paquete.tablas for a in t.archivos],
    }


def _archivo(
    archivo: Archivo, tabla: TablaAbierta, paquete: PaqueteAbierto, sitio: str, hoy: dict[str, str]
) -> dict[str, Any]:
    formato = archivo.formato
    return {
        "@id": f"{sitio}{paquete.ruta}#{tabla.nombre}-{formato.lower()}",
        "@type": "dcat:Distribution",
        "dct:title": _texto(f"{tabla.titulo}, en {formato}"),
        "dct:description": _texto(tabla.descripcion),
        "dcat:accessURL": {"@id": f"{sitio}{paquete.ruta}#{tabla.nombre}"},
        "dcat:downloadURL": {"@id": f"{sitio}{archivo.ruta}"},
        "dcat:mediaType": _ref(f"https://www.iana.org/assignments/media-types/{archivo.tipo}", "dct:MediaType"),
        "dct:format": _ref(f"{AUTORIDAD}/file-type/{formato}", "dct:MediaTypeOrExtent"),
        "dct:license": {"@id": LICENCIA},
        "dct:modified": hoy,
        "dcat:byteSize": {"@value": str(len(archivo.contenido)), "@type": "xsd:nonNegativeInteger"},
        "dct:conformsTo": _ref(f"{sitio}/datos/{paquete.nombre}/datapackage.json", "dct:Standard"),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": archivo.huella, "@type": "xsd:hexBinary"},
        },
    }


def _fuentes(paquete: PaqueteAbierto) -> list[dict[str, str]]:
    return list(paquete.descriptor.get("sources", ()))


def _quien(sitio: str) -> dict[str, Any]:
    return {
        "@id": f"{sitio}/#editor",
        "@type": "foaf:Agent",
        "foaf:name": _texto(NOMBRE),
        "foaf:homepage": {"@id": f"{sitio}/"},
    }


def _contacto(sitio: str) -> dict[str, Any]:
    return {
        "@id": f"{sitio}/ayuda/#contacto",
        "@type": "vcard:Organization",
        "vcard:fn": NOMBRE,
        "vcard:hasURL": {"@id": f"{sitio}/ayuda/"},
    }


def _tema(codigo: str, nombre: str) -> dict[str, Any]:
    return {**_ref(f"{AUTORIDAD}/data-theme/{codigo}", "skos:Concept"), "skos:prefLabel": _texto(nombre)}


def _ref(direccion: str, tipo: str) -> dict[str, str]:
    return {"@id": direccion, "@type": tipo}


def _texto(texto: str) -> dict[str, str]:
    return {"@value": texto, "@language": "es"}


def _dia(momento: datetime) -> dict[str, str]:
    return {"@value": dia_en_chile(momento).isoformat(), "@type": "xsd:date"}
