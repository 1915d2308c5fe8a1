"""La descripción OpenAPI de la API, sacada de las mismas preguntas y textos de error que usan las funciones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from funciones.dominio.admisibilidad import REGLAS, Resultado
from funciones.dominio.convocatoria import EstadoConvocatoria
from funciones.dominio.postulacion import Estado
from funciones.errores import TEXTOS
from funciones.verificar import PREGUNTAS_DE_REQUISITOS

Esquema = dict[str, Any]

ACCIONES = ("aceptar", "declinar", "retirar")

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


def describir(horneado: Mapping[str, Any]) -> Esquema:
    """El documento OpenAPI 3.1 de lo publicado en ese horneado."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "API de Ferias y Redes",
            "version": "1",
            "description": "Verificar, postular y consultar. Cada ruta responde JSON, o una página si se pide HTML.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": _rutas(horneado),
        "components": {
            "schemas": {"Error": _error()},
            "securitySchemes": {"mesa": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }


def _rutas(horneado: Mapping[str, Any]) -> Esquema:
    postulacion = horneado["formularios"]["postulacion"]
    requisitos = [p for p in postulacion if p["clave"] in PREGUNTAS_DE_REQUISITOS]
    return {
        "/api/verificar": {
            "get": _pagina("Página para revisar los requisitos", [_consulta("convocatoria", CONVOCATORIA)]),
            "post": _accion(
                "Revisa los requisitos sin guardar nada",
                _objeto({"convocatoria": CONVOCATORIA} | _preguntas(requisitos), ["convocatoria"]),
                _verificacion(),
                (400, 404, 422),
            ),
        },
        "/api/postular": {
            "get": _pagina("Primera página del formulario", [_consulta("convocatoria", CONVOCATORIA)], (409,)),
            "post": _accion(
                "Envía una postulación entera", _postulacion(postulacion), _comprobante(), (400, 404, 409, 422)
            ),
        },
        "/api/confirmar": {
            "get": _pagina("Página para confirmar el correo"),
            "post": _accion("Confirma el correo y entra a la fila", _con_codigo(), _estado(), (400, 404, 409)),
        },
        "/api/adjuntar": {
            "get": _pagina(
                "Página a la que se vuelve después de subir un archivo",
                [
                    _consulta("convocatoria", CONVOCATORIA, False),
                    _consulta("documento", TEXTO),
                    _consulta("borrador", TEXTO, False),
                    _consulta("folio", FOLIO, False),
                ],
                (409,),
            ),
            "post": _accion(
                "Pide permiso para subir un documento directo al depósito",
                {
                    "oneOf": [
                        _objeto({"convocatoria": CONVOCATORIA, "clave": CLAVE, "documento": TEXTO}),
                        _con_codigo({"documento": TEXTO}),
                    ]
                },
                _objeto({"url": TEXTO, "campos": _mapa(TEXTO), "minutos": ENTERO}),
                (400, 404, 409),
            ),
        },
        "/api/consultar": {
            "get": _pagina("Página que pide folio y código"),
            "post": _accion("Dónde va la postulación", _con_codigo(), _estado(), (400, 404)),
        },
        "/api/convocatorias/{id}/cupos": {
            "get": {
                "summary": "Los puestos de una convocatoria ahora",
                "parameters": [_camino("id", CONVOCATORIA)],
                "responses": {"200": _respuesta(_cupos())} | _errores((404,)),
            }
        },
        "/api/responder": {
            "post": _accion(
                "Corrige lo pedido, acepta o deja un cupo, o retira la postulación",
                _objeto(
                    {"folio": FOLIO, "codigo": CODIGO, "accion": {"enum": [*ACCIONES, "corregir"]}, "nota": TEXTO},
                    ["folio", "codigo", "accion"],
                ),
                _estado(),
                (400, 404, 409, 422),
            )
        },
        "/api/encuestar": {
            "get": _pagina("Página que pide folio y código de la encuesta"),
            "post": _accion(
                "Responde la encuesta de cierre; la segunda vez corrige la primera",
                _encuesta(horneado["formularios"]["encuesta"]),
                {"type": "object"},
                (400, 404, 409, 422),
            ),
        },
    } | _mesa()


def _mesa() -> Esquema:
    rutas = {
        "/api/mesa/postulaciones": {
            "get": _pagina(
                "La cola de las convocatorias a su alcance",
                [_consulta("convocatoria", CONVOCATORIA, False), _consulta("estado", {"enum": list(Estado)}, False)],
            )
            | {"responses": {"200": _respuesta({"type": "object"})} | _errores((401, 404))}
        },
        "/api/mesa/postulaciones/{folio}": {
            "get": {
                "summary": "El expediente de una postulación",
                "parameters": [_camino("folio", FOLIO)],
                "responses": {"200": _respuesta({"type": "object"})} | _errores((401, 404)),
            }
        },
        "/api/mesa/postulaciones/{folio}/evaluacion": {
            "post": _accion(
                "La decisión de una persona sobre los requisitos o la pauta",
                _objeto(
                    {
                        "version": ENTERO,
                        "decision": {"enum": ["admisible", "no_admisible", "en_correccion", "recibida", "evaluada"]},
                        "motivo": TEXTO,
                        "hallazgos": {
                            "type": "object",
                            "propertyNames": {"enum": list(REGLAS)},
                            "additionalProperties": {"enum": list(Resultado)},
                        },
                        "notas": _mapa({"type": ["string", "number"]}),
                    },
                    ["version", "decision", "motivo"],
                ),
                {"type": "object"},
                (400, 401, 404, 409, 422),
            )
            | {"parameters": [_camino("folio", FOLIO)]}
        },
        "/api/mesa/documentos/{folio}/{documento}": {
            "get": {
                "summary": "Un enlace de cinco minutos a un documento",
                "parameters": [_camino("folio", FOLIO), _camino("documento", TEXTO)],
                "responses": {"200": _respuesta(_objeto({"enlace": TEXTO, "nombre": TEXTO}))} | _errores((401, 404)),
            }
        },
        "/api/mesa/seleccion": {
            "post": _accion(
                "Simula o ejecuta la selección",
                _objeto(
                    {"convocatoria": CONVOCATORIA, "accion": {"enum": ["simular", "ejecutar"]}, "motivo": TEXTO},
                    ["convocatoria", "accion"],
                ),
                {"type": "object"},
                (400, 401, 404, 409, 422),
            )
        },
        "/api/mesa/asistencia": {
            "post": _accion(
                "Anota si la empresa asistió",
                _objeto({"folio": FOLIO, "asistio": {"enum": ["si", "no"]}, "version": ENTERO}),
                {"type": "object"},
                (400, 401, 404, 409, 422),
            )
        },
        "/api/mesa/medicion": {
            "post": _accion(
                "Mide el indicador del año y deja las filas para publicar",
                _objeto({"anio": {"type": ["integer", "string"]}}),
                {"type": "object"},
                (400, 401, 404, 422),
            )
        },
    }
    for operaciones in rutas.values():
        for operacion in operaciones.values():
            operacion["security"] = [{"mesa": []}]
    return rutas


def _objeto(propiedades: Mapping[str, Any], obligatorias: Sequence[str] | None = None) -> Esquema:
    """Un objeto cerrado: un campo que no está aquí se rechaza."""
    return {
        "type": "object",
        "properties": dict(propiedades),
        "required": sorted(propiedades if obligatorias is None else obligatorias),
        "additionalProperties": False,
    }


def _mapa(valor: Esquema) -> Esquema:
    return {"type": "object", "additionalProperties": valor}


def _preguntas(preguntas: Sequence[Mapping[str, Any]]) -> Esquema:
    return {p["clave"]: _pregunta(p) for p in preguntas}


def _pregunta(pregunta: Mapping[str, Any]) -> Esquema:
    esquema: Esquema = {"type": ["string", "integer", "boolean"], "title": pregunta["titulo"]}
    if pregunta.get("ayuda"):
        esquema["description"] = pregunta["ayuda"]
    if pregunta.get("opciones"):
        esquema = {**esquema, "type": "string", "enum": ["", *(opcion["valor"] for opcion in pregunta["opciones"])]}
    return esquema


def _postulacion(preguntas: Sequence[Mapping[str, Any]]) -> Esquema:
    respuestas = {"type": "object", "properties": _preguntas(preguntas), "additionalProperties": False}
    documentos = {"type": "array", "items": TEXTO, "uniqueItems": True}
    campos = {"convocatoria": CONVOCATORIA, "clave": CLAVE, "respuestas": respuestas, "documentos": documentos}
    return _objeto(campos, ["convocatoria", "clave", "respuestas"])


def _encuesta(preguntas: Sequence[Mapping[str, Any]]) -> Esquema:
    campos = {"folio": FOLIO, "codigo": CODIGO, "accion": {"enum": ["enviar"]}} | _preguntas(preguntas)
    return _objeto(campos, ["folio", "codigo"])


def _con_codigo(mas: Mapping[str, Any] | None = None) -> Esquema:
    return _objeto({"folio": FOLIO, "codigo": CODIGO} | dict(mas or {}))


def _verificacion() -> Esquema:
    return {
        "type": "object",
        "properties": {
            "resultado": {"enum": list(Resultado)},
            "guardado": {"const": False},
            "reglas": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"regla": {"enum": list(REGLAS)}, "resultado": {"enum": list(Resultado)}},
                    "required": ["regla", "resultado", "titulo", "requisito", "certificado", "clausula"],
                },
            },
        },
        "required": ["resultado", "reglas", "guardado", "no_se_revisan_aqui"],
    }


def _comprobante() -> Esquema:
    return {
        "type": "object",
        "properties": {"folio": FOLIO, "codigo": CODIGO, "estado": {"enum": list(Estado)}, "huella": TEXTO},
        "required": ["folio", "codigo", "estado", "recibida", "huella"],
    }


def _estado() -> Esquema:
    return {
        "type": "object",
        "properties": {
            "folio": FOLIO,
            "estado": {"enum": list(Estado)},
            "estado_texto": TEXTO,
            "paso": {"type": "integer", "minimum": 1, "maximum": 7},
            "acciones": {"type": "array", "items": {"enum": list(ACCIONES)}},
        },
        "required": ["folio", "estado", "estado_texto", "paso", "acciones", "historia"],
    }


def _cupos() -> Esquema:
    cuenta: Esquema = {"type": "integer", "minimum": 0}
    numeros = {clave: cuenta for clave in ("cupos", "asignados", "en_revision", "espera")}
    return _objeto(
        {
            "convocatoria": CONVOCATORIA,
            "estado": {"enum": list(EstadoConvocatoria)},
            **numeros,
            "espera_maxima": {"type": ["integer", "null"]},
            "al": {"type": "string", "format": "date-time"},
        }
    )


def _error() -> Esquema:
    return {
        "type": "object",
        "properties": {
            "error": {"enum": sorted(TEXTOS)},
            "titulo": TEXTO,
            "mensaje": TEXTO,
            "campos": {**_mapa(TEXTO), "description": "Campo → qué corregir"},
        },
        "required": ["error", "titulo", "mensaje", "campos"],
    }


def _accion(resumen: str, entrada: Esquema, salida: Esquema, errores: Sequence[int]) -> Esquema:
    return {
        "summary": resumen,
        "requestBody": {"required": True, "content": {"application/json": {"schema": entrada}}},
        "responses": {"200": _respuesta(salida)} | _errores(errores),
    }


def _pagina(resumen: str, parametros: Sequence[Esquema] = (), errores: Sequence[int] = ()) -> Esquema:
    contenido = {"text/html": {"schema": TEXTO}, "application/json": {"schema": {"type": "object"}}}
    ausentes = (404, *errores) if parametros else errores
    return {
        "summary": resumen,
        "parameters": list(parametros),
        "responses": {"200": {"description": "La página", "content": contenido}} | _errores(ausentes),
    }


def _respuesta(esquema: Esquema) -> Esquema:
    return {"description": "Hecho", "content": {"application/json": {"schema": esquema}}}


def _errores(estados: Sequence[int]) -> Esquema:
    referencia = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {
        str(estado): {"description": _titulos(estado), "content": referencia} for estado in sorted({*estados, 500, 503})
    }


def _titulos(estado: int) -> str:
    return ". ".join(sorted({texto.titulo for texto in TEXTOS.values() if texto.estado == estado}))


def _consulta(nombre: str, esquema: Esquema, obligatorio: bool = True) -> Esquema:
    return {"name": nombre, "in": "query", "required": obligatorio, "schema": esquema}


def _camino(nombre: str, esquema: Esquema) -> Esquema:
    return {"name": nombre, "in": "path", "required": True, "schema": esquema}
