"""Las piezas con que se escribe la descripción de la API: formas, respuestas, errores y parámetros."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from funciones.entrada.errores import TEXTOS

Esquema = dict[str, Any]

TEXTO: Esquema = {"type": "string"}
ENTERO: Esquema = {"type": "integer"}
LOGICO: Esquema = {"type": "boolean"}
FOLIO: Esquema = {"type": "string", "description": "Ocho letras y números, con o sin espacio", "examples": ["K7M4PR9X"]}
CODIGO: Esquema = {"type": "string", "description": "Código secreto de la postulación, del correo o del comprobante"}
CONVOCATORIA: Esquema = {"type": "string", "description": "Id de la convocatoria", "examples": ["2026-feria-biobio"]}
CLAVE: Esquema = {
    "type": "string",
    "pattern": "^[A-Za-z0-9_-]{22,64}$",
    "description": "La crea quien envía, con al menos 128 bits al azar. Repetirla da el mismo folio.",
}


def objeto(propiedades: Mapping[str, Any], obligatorias: Sequence[str] | None = None) -> Esquema:
    """Un objeto cerrado: un campo que no está aquí se rechaza."""
    return {
        "type": "object",
        "properties": dict(propiedades),
        "required": sorted(propiedades if obligatorias is None else obligatorias),
        "additionalProperties": False,
    }


def mapa(valor: Esquema) -> Esquema:
    """Un objeto de claves libres con valores de esa forma."""
    return {"type": "object", "additionalProperties": valor}


def lista(de: Esquema) -> Esquema:
    """Una lista de elementos de esa forma."""
    return {"type": "array", "items": de}


def accion(resumen: str, entrada: Esquema, salida: Esquema, fallas: Sequence[int]) -> Esquema:
    """Una operación POST: lo que recibe, lo que contesta y con qué estados puede fallar."""
    return {
        "summary": resumen,
        "requestBody": {"required": True, "content": {"application/json": {"schema": entrada}}},
        "responses": {"200": respuesta(salida)} | errores(fallas),
    }


def pagina(resumen: str, parametros: Sequence[Esquema] = (), fallas: Sequence[int] = ()) -> Esquema:
    """Una operación GET que contesta una página, o un JSON si se pide."""
    contenido = {"text/html": {"schema": TEXTO}, "application/json": {"schema": {"type": "object"}}}
    ausentes = (404, *fallas) if parametros else fallas
    return {
        "summary": resumen,
        "parameters": list(parametros),
        "responses": {"200": {"description": "La página", "content": contenido}} | errores(ausentes),
    }


def respuesta(esquema: Esquema) -> Esquema:
    """La respuesta buena, con su forma."""
    return {"description": "Hecho", "content": {"application/json": {"schema": esquema}}}


def errores(estados: Sequence[int]) -> Esquema:
    """Las respuestas de error de esos estados; caerse siempre es posible."""
    referencia = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {
        str(estado): {"description": _titulos(estado), "content": referencia} for estado in sorted({*estados, 500, 503})
    }


def _titulos(estado: int) -> str:
    return ". ".join(sorted({texto.titulo for texto in TEXTOS.values() if texto.estado == estado}))


def consulta(nombre: str, esquema: Esquema, obligatorio: bool = True) -> Esquema:
    """Un parámetro de la dirección, después del signo de pregunta."""
    return {"name": nombre, "in": "query", "required": obligatorio, "schema": esquema}


def camino(nombre: str, esquema: Esquema) -> Esquema:
    """Un hueco de la ruta."""
    return {"name": nombre, "in": "path", "required": True, "schema": esquema}
