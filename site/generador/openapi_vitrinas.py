"""La descripción de las fichas del catálogo: la ruta de quien las arma y las de quien las modera."""

from __future__ import annotations

from funciones.dominio.vitrina import EstadoVitrina
from funciones.exhibir import ACCIONES
from funciones.moderar import DECISIONES
from generador.openapi_piezas import (
    CODIGO,
    CONVOCATORIA,
    ENTERO,
    FOLIO,
    LOGICO,
    TEXTO,
    Esquema,
    accion,
    camino,
    consulta,
    errores,
    lista,
    objeto,
    pagina,
    respuesta,
)

_ESTADO: Esquema = {"enum": list(EstadoVitrina)}
_FOTO: Esquema = {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "SHA-256 de la foto"}
_ACCION: Esquema = {
    "type": "string",
    "pattern": f"^({'|'.join(ACCIONES)})(:p[0-9]+)?$",
    "description": "Qué hacer y, tras dos puntos, con qué producto; sin ella solo muestra la ficha",
    "examples": ["guardar_ficha", "foto:p1", "enviar"],
}


def rutas() -> Esquema:
    """La ruta pública, que pide folio y código."""
    return {
        "/api/exhibir": {
            "get": pagina(
                "Página que pide folio y código, o la vuelta de subir una foto",
                [consulta("folio", FOLIO, False), consulta("producto", TEXTO, False)],
                (409, 422),
            ),
            "post": accion(
                "Muestra la ficha del catálogo de quien participa, o la cambia, la envía a revisión o la retira",
                _pedido(),
                _pagina(),
                (400, 404, 409, 422),
            ),
        }
    }


def rutas_de_la_mesa() -> Esquema:
    """Las rutas de `moderar`, sin la credencial."""
    folio = {"parameters": [camino("folio", FOLIO)]}
    return {
        "/api/mesa/vitrinas": {
            "get": {
                "summary": "Las fichas por revisar y las publicadas, a su alcance",
                "responses": {"200": respuesta(objeto({"vitrinas": lista(_renglon())}))} | errores((401, 404)),
            }
        },
        "/api/mesa/vitrinas/{folio}": {
            "get": {
                "summary": "Una ficha: lo que se quiere publicar y lo ya publicado",
                "responses": {"200": respuesta(_entera())} | errores((401, 404)),
                **folio,
            },
            "post": accion(
                "Publica, devuelve con su razón o saca una ficha",
                objeto(
                    {"version": ENTERO, "decision": {"enum": list(DECISIONES)}, "motivo": TEXTO},
                    ["version", "decision"],
                ),
                _entera(),
                (400, 401, 404, 409, 422),
            )
            | folio,
        },
        "/api/mesa/vitrinas/{folio}/fotos/{foto}": {
            "get": {
                "summary": "Un enlace de cinco minutos a una foto de la ficha",
                "parameters": [camino("folio", FOLIO), camino("foto", _FOTO)],
                "responses": {"200": respuesta(objeto({"enlace": TEXTO, "nombre": TEXTO}))} | errores((401, 404)),
            }
        },
    }


def _pedido() -> Esquema:
    textos = ("nombre", "rubro", "descripcion", "contacto", "precio", "unidad", "variantes", "producto", "foto_alt")
    campos: Esquema = {"folio": FOLIO, "codigo": CODIGO, "accion": _ACCION, "permiso": {"enum": ["si", ""]}}
    return objeto(campos | dict.fromkeys(textos, TEXTO), ["folio", "codigo"])


def _pagina() -> Esquema:
    return {
        "type": "object",
        "properties": {
            "folio": FOLIO,
            "estado": _ESTADO,
            "corresponde": LOGICO,
            "publicada": LOGICO,
            "contenido": _contenido(),
            "permiso": {"type": "object", "description": "Cómo subir la foto: dirección y campos"},
        },
        "required": ["folio", "estado", "estado_texto", "corresponde", "campos"],
    }


def _contenido() -> Esquema:
    textos = ("nombre", "rubro", "rubro_nombre", "descripcion", "contacto")
    return objeto(dict.fromkeys(textos, TEXTO) | {"productos": lista(_producto())})


def _producto() -> Esquema:
    textos = ("id", "nombre", "descripcion", "rubro", "rubro_nombre", "precio_texto", "unidad", "foto_alt")
    foto = objeto({"huella": _FOTO, "tipo": {"enum": ["image/jpeg", "image/png"]}, "tamano": ENTERO})
    return objeto(
        dict.fromkeys(textos, TEXTO)
        | {
            "precio_clp": {"type": ["integer", "null"]},
            "variantes": lista(TEXTO),
            "foto": {"anyOf": [foto, {"type": "null"}]},
        }
    )


def _renglon() -> Esquema:
    textos = ("folio_texto", "nombre", "convocatoria_nombre", "region", "cambio", "cambio_texto")
    propios: Esquema = {"folio": FOLIO, "convocatoria": CONVOCATORIA, "estado": _ESTADO, "productos": ENTERO}
    return objeto(propios | dict.fromkeys(textos, TEXTO) | dict.fromkeys(("publicada", "demostracion"), LOGICO))


def _entera() -> Esquema:
    textos = ("folio_texto", "nombre", "convocatoria_nombre", "direccion", "permiso_texto")
    o_nada: Esquema = {"anyOf": [_contenido(), {"type": "null"}]}
    return objeto(
        {"folio": FOLIO, "convocatoria": CONVOCATORIA, "estado": _ESTADO, "version": ENTERO, "demostracion": LOGICO}
        | dict.fromkeys(textos, TEXTO)
        | {"por_publicar": o_nada, "publicado": o_nada}
        | {
            "decisiones": lista({"enum": list(DECISIONES)}),
            "avisos": lista(TEXTO),
            "historia": lista({"type": "object"}),
        }
    )
