"""Las fichas del catálogo en la mesa de mentira: una nueva, una que cambia y una ya publicada."""

from __future__ import annotations

import base64
from copy import deepcopy
from typing import Any

FOTO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFElEQVR4nGM80ePGgA0wYRUdtBIARLUBqm+hPrIAAAAASUVORK5CYII="
)
HUELLA = "ab" * 32


def _producto(id_producto: str, nombre: str, **cambios: Any) -> dict[str, Any]:
    return {
        "id": id_producto,
        "nombre": nombre,
        "descripcion": "Hecho a mano.",
        "rubro": "alimentos",
        "rubro_nombre": "Alimentos y bebidas",
        "precio_clp": 4500,
        "precio_texto": "$4.500, cada uno",
        "unidad": "cada uno",
        "variantes": ["chico", "grande"],
        "foto": None,
        "foto_alt": "",
    } | cambios


def _contenido(nombre: str, *productos: dict[str, Any], **cambios: str) -> dict[str, Any]:
    return {
        "nombre": nombre,
        "rubro": "alimentos",
        "rubro_nombre": "Alimentos y bebidas",
        "descripcion": "Pan de masa madre.",
        "contacto": "https://panes.example",
        "productos": list(productos),
    } | cambios


def _ficha(folio: str, texto: str, por_publicar: Any, publicado: Any) -> dict[str, Any]:
    return {
        "folio": folio,
        "folio_texto": texto,
        "nombre": (por_publicar or publicado)["nombre"],
        "convocatoria": "2027-feria-de-prueba",
        "convocatoria_nombre": "Feria de prueba",
        "demostracion": True,
        "version": 4,
        "estado": "en_revision" if por_publicar else "publicada",
        "por_publicar": por_publicar,
        "publicado": publicado,
        "direccion": "/catalogo/empresas/v-1/",
        "permiso_texto": "lunes 23 de noviembre de 2026 a las 10:00",
        "decisiones": [*(["publicar", "observar"] if por_publicar else []), *(["bajar"] if publicado else [])],
        "avisos": ["Parece haber un correo en qué hace."] if por_publicar else [],
        "historia": [
            {
                "estado": "en_revision",
                "estado_texto": "Enviada a revisión",
                "cuando_texto": "lunes 23 de noviembre de 2026 a las 10:00",
                "quien": "",
                "motivo": "",
                "permiso": 1,
            }
        ],
    }


CON_FOTO = _producto(
    "p1", "Pan de campo", foto={"huella": HUELLA, "tipo": "image/png", "tamano": 80}, foto_alt="Un pan redondo"
)
_ANTES = _contenido("Dulces de Talca", _producto("p1", "Alfajor"), _producto("p2", "Chilenito"))
_DESPUES = _contenido(
    "Dulces de Talca",
    _producto("p1", "Alfajor", precio_texto="$900, cada uno"),
    _producto("p3", "Brazo de reina"),
    descripcion="Dulces chilenos.",
)
_FICHAS = (
    _ficha("K7M4PR9X", "K7M4 PR9X", _contenido("Panes del Maule", CON_FOTO), None),
    _ficha("H2PN7XKB", "H2PN 7XKB", _DESPUES, _ANTES),
    _ficha("R4JH8VPA", "R4JH 8VPA", None, _contenido("Mermeladas Huaso Sur", _producto("p1", "Mermelada"))),
)


def todas() -> dict[str, dict[str, Any]]:
    """Las fichas, cada una por su folio."""
    return {ficha["folio"]: deepcopy(ficha) for ficha in _FICHAS}


def renglon(ficha: dict[str, Any]) -> dict[str, Any]:
    """Una ficha como se ve en la lista."""
    comunes = ("folio", "folio_texto", "nombre", "convocatoria", "convocatoria_nombre", "demostracion", "estado")
    return {clave: ficha[clave] for clave in comunes} | {
        "productos": len((ficha["por_publicar"] or ficha["publicado"])["productos"]),
        "region": "07",
        "publicada": ficha["publicado"] is not None,
        "cambio": "2026-11-23T13:00:00+00:00",
        "cambio_texto": "lunes 23 de noviembre de 2026 a las 10:00",
    }


def decidir(ficha: dict[str, Any], cuerpo: dict[str, Any]) -> dict[str, Any]:
    """Cómo queda después de la decisión."""
    if cuerpo["decision"] == "publicar":
        ficha |= {"publicado": ficha["por_publicar"], "estado": "publicada", "decisiones": ["bajar"]}
    else:
        ficha |= {"estado": "observada", "decisiones": []}
        ficha["publicado"] = None if cuerpo["decision"] == "bajar" else ficha["publicado"]
    ficha |= {"por_publicar": None, "version": ficha["version"] + 1}
    return ficha
