"""La descripción OpenAPI de la API, sacada de las mismas preguntas y textos de error que usan las funciones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from funciones.dominio.admisibilidad import REGLAS, Resultado
from funciones.dominio.convocatoria import EstadoConvocatoria
from funciones.dominio.postulacion import Estado
from funciones.entrada.errores import TEXTOS
from funciones.verificar import PREGUNTAS_DE_REQUISITOS
from generador import openapi_derechos, openapi_mesa, openapi_suscripciones, openapi_vitrinas
from generador.openapi_piezas import (
    CLAVE,
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
    mapa,
    objeto,
    pagina,
    respuesta,
)

ACCIONES = ("aceptar", "declinar", "retirar")


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
    comunes = horneado["formularios"]["postulacion"]
    postulacion = [*comunes, *_propias(horneado)]
    requisitos = [p for p in comunes if p["clave"] in PREGUNTAS_DE_REQUISITOS]
    return (
        {
            "/api/verificar": {
                "get": pagina("Página para revisar los requisitos", [consulta("convocatoria", CONVOCATORIA)]),
                "post": accion(
                    "Revisa los requisitos sin guardar nada",
                    objeto({"convocatoria": CONVOCATORIA} | _preguntas(requisitos), ["convocatoria"]),
                    _verificacion(),
                    (400, 404, 422),
                ),
            },
            "/api/postular": {
                "get": pagina(
                    "Primera página del formulario, o donde quedó el borrador de este navegador",
                    [
                        consulta("convocatoria", CONVOCATORIA),
                        consulta("nuevo", {"enum": ["si"]}, False),
                        consulta("borrador", TEXTO, False),
                        consulta("paso", TEXTO, False),
                        consulta("vuelve", {"enum": ["revisar"]}, False),
                    ],
                    (409,),
                ),
                "post": accion(
                    "Envía una postulación entera", _postulacion(postulacion), _comprobante(), (400, 404, 409, 422, 429)
                ),
            },
            "/api/confirmar": {
                "get": pagina("Página para confirmar el correo"),
                "post": accion("Confirma el correo y entra a la fila", _con_codigo(), _estado(), (400, 404, 409)),
            },
            "/api/adjuntar": {
                "get": pagina(
                    "Página a la que se vuelve después de subir un archivo",
                    [
                        consulta("convocatoria", CONVOCATORIA, False),
                        consulta("documento", TEXTO),
                        consulta("borrador", TEXTO, False),
                        consulta("folio", FOLIO, False),
                    ],
                    (409,),
                ),
                "post": accion(
                    "Pide permiso para subir un documento directo al depósito",
                    {
                        "oneOf": [
                            objeto({"convocatoria": CONVOCATORIA, "clave": CLAVE, "documento": TEXTO}),
                            _con_codigo({"documento": TEXTO}),
                        ]
                    },
                    objeto({"url": TEXTO, "campos": mapa(TEXTO), "minutos": ENTERO}),
                    (400, 404, 409),
                ),
            },
            "/api/consultar": {
                "get": pagina("Página que pide folio y código"),
                "post": accion(
                    "Dónde va la postulación; con «correo», uno de los enviados; con «carta», la de compromiso",
                    objeto({"folio": FOLIO, "codigo": CODIGO, "correo": TEXTO, "carta": TEXTO}, ["folio", "codigo"]),
                    {"type": "object", "properties": _estado()["properties"], "required": ["folio"]},
                    (400, 404),
                ),
            },
            "/api/convocatorias/{id}/cupos": {
                "get": {
                    "summary": "Los puestos de una convocatoria ahora",
                    "parameters": [camino("id", CONVOCATORIA)],
                    "responses": {"200": respuesta(_cupos())} | errores((404,)),
                }
            },
            "/api/responder": {
                "post": accion(
                    "Corrige lo pedido, acepta o deja un cupo, acepta la carta de compromiso, o retira la postulación",
                    objeto(
                        {
                            "folio": FOLIO,
                            "codigo": CODIGO,
                            "accion": {"enum": [*ACCIONES, "corregir", "comprometer"]},
                            "nota": TEXTO,
                            "carta": {**TEXTO, "description": "La versión de la carta que se leyó, para «comprometer»"},
                            "respuestas": {"type": "object", "properties": _preguntas(postulacion)},
                        },
                        ["folio", "codigo", "accion"],
                    ),
                    _estado(),
                    (400, 404, 409, 422),
                )
            },
            "/api/recurrir": {
                "post": accion(
                    "Pide que otra persona revise una denegación o un cierre",
                    _con_codigo({"texto": {**TEXTO, "description": "Qué está mal y por qué; hasta 2.000 caracteres"}}),
                    _estado(),
                    (400, 404, 409, 422),
                )
            },
            "/api/encuestar": {
                "get": pagina("Página que pide folio y código de la encuesta"),
                "post": accion(
                    "Responde la encuesta de cierre; la segunda vez corrige la primera",
                    _encuesta(horneado["formularios"]["encuesta"]),
                    {"type": "object"},
                    (400, 404, 409, 422),
                ),
            },
        }
        | openapi_suscripciones.rutas()
        | openapi_vitrinas.rutas()
        | openapi_derechos.rutas()
        | openapi_mesa.rutas(_preguntas(postulacion))
    )


def _propias(horneado: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Las preguntas de cada convocatoria. Si dos usan el mismo nombre, aquí no se dice nada de la respuesta."""
    todas = [f for c in horneado["convocatorias"].values() for f in c.get("preguntas_propias", ())]
    veces = Counter(fila["clave"] for fila in todas)
    return [f if veces[f["clave"]] == 1 else {"clave": f["clave"], "titulo": "La dice su convocatoria"} for f in todas]


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
    return objeto(campos, ["convocatoria", "clave", "respuestas"])


def _encuesta(preguntas: Sequence[Mapping[str, Any]]) -> Esquema:
    campos = {"folio": FOLIO, "codigo": CODIGO, "accion": {"enum": ["enviar"]}} | _preguntas(preguntas)
    return objeto(campos, ["folio", "codigo"])


def _con_codigo(mas: Mapping[str, Any] | None = None) -> Esquema:
    return objeto({"folio": FOLIO, "codigo": CODIGO} | dict(mas or {}))


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
            # null mientras la convocatoria sigue en pie.
            "detenida": {
                "type": ["object", "null"],
                "properties": {"situacion": {"enum": ["suspendida", "cancelada"]}, "motivo": TEXTO},
                "required": ["situacion", "motivo"],
            },
            # Lo próximo, con su fecha; vacía la fecha, el detalle dice por qué no hay.
            "sigue": lista(objeto(dict.fromkeys(("que", "cuando", "detalle"), TEXTO))),
            # Lo que pide la convocatoria para egresar y todavía no está.
            "falta": lista({"enum": ["encuesta", "carta"]}),
            # null si la convocatoria no la pide, o si todavía no le toca.
            "carta": {
                "type": ["object", "null"],
                "properties": dict.fromkeys(("texto", "version", "aceptada_texto"), TEXTO)
                | dict.fromkeys(("por_aceptar", "cambio"), LOGICO),
            },
        },
        "required": [
            *("folio", "estado", "estado_texto", "paso", "acciones", "detenida", "historia", "sigue", "falta", "carta"),
        ],
    }


def _cupos() -> Esquema:
    cuenta: Esquema = {"type": "integer", "minimum": 0}
    numeros = {clave: cuenta for clave in ("cupos", "asignados", "en_revision", "espera", "recibidas")}
    return objeto(
        {
            "convocatoria": CONVOCATORIA,
            "estado": {"enum": list(EstadoConvocatoria)},
            **numeros,
            "espera_maxima": {"type": ["integer", "null"]},
            "postulaciones_maximas": {"type": ["integer", "null"]},
            # «actas»: aquí no hay postulaciones y las cifras son las de las actas publicadas, con su fecha.
            "fuente": {"enum": ["ahora", "actas"]},
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
            "campos": {**mapa(TEXTO), "description": "Campo → qué corregir"},
        },
        "required": ["error", "titulo", "mensaje", "campos"],
    }
