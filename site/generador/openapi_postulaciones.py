"""La descripción de lo que la mesa hace con una postulación: abrirla, decidir, calificar y abstenerse."""

from __future__ import annotations

from funciones.dominio.admisibilidad import REGLAS, Resultado
from funciones.dominio.convocatoria import EstadoConvocatoria, ModoSeleccion
from funciones.dominio.postulacion import Estado
from funciones.oficina.revision import DECISIONES
from generador.openapi_piezas import (
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

# Un requisito, o un cupo asegurado por acreditar.
_REGLA: Esquema = {"anyOf": [{"enum": list(REGLAS)}, {"type": "string", "pattern": "^reserva:"}]}
_RESULTADOS: Esquema = {
    "type": "object",
    "propertyNames": {"anyOf": [_REGLA, {"const": "seleccion"}]},
    "additionalProperties": TEXTO,
}
_ENTERO_O_NADA: Esquema = {"type": ["integer", "null"]}
_PUNTAJE: Esquema = {"type": ["string", "null"], "pattern": r"^\d+\.\d{2}$"}


def rutas() -> Esquema:
    """Las rutas de `evaluar`, sin la credencial."""
    decide = (400, 401, 404, 409, 422)
    return {
        "/api/mesa/postulaciones": {
            "get": pagina(
                "La cola de las convocatorias a su alcance",
                [consulta("convocatoria", CONVOCATORIA, False), consulta("estado", {"enum": list(Estado)}, False)],
            )
            | {"responses": {"200": respuesta(_cola())} | errores((401, 404))}
        },
        "/api/mesa/postulaciones/{folio}": {
            "get": {
                "summary": "El expediente de una postulación",
                "parameters": [camino("folio", FOLIO)],
                "responses": {"200": respuesta(_expediente())} | errores((401, 404)),
            }
        },
        "/api/mesa/postulaciones/{folio}/evaluacion": {
            "post": accion(_DECISION, _decision(), _expediente(), decide) | {"parameters": [camino("folio", FOLIO)]}
        },
        "/api/mesa/postulaciones/{folio}/abstencion": {
            "post": accion(
                "Declara un conflicto de interés: retira su nota y ya no decide",
                objeto({"version": ENTERO, "motivo": TEXTO}),
                _expediente(),
                decide,
            )
            | {"parameters": [camino("folio", FOLIO)]}
        },
        "/api/mesa/documentos/{folio}/{documento}": {
            "get": {
                "summary": "Un enlace de cinco minutos a un documento; mientras se califica a ciegas, ninguno",
                "parameters": [camino("folio", FOLIO), camino("documento", TEXTO)],
                "responses": {"200": respuesta(objeto({"enlace": TEXTO, "nombre": TEXTO}))} | errores((401, 404, 409)),
            }
        },
    }


_DECISION = (
    "La decisión de una persona. «evaluada» suma o corrige su nota: queda admisible mientras falten evaluadores. "
    "«admisible» desde evaluada borra las notas para calificar de nuevo. "
    "«lista_de_espera» devuelve a su lugar una oferta vencida o un cupo dejado"
)


def _decision() -> Esquema:
    campos = {
        "version": ENTERO,
        "decision": {"enum": [str(decision) for decision in DECISIONES]},
        "motivo": TEXTO,
        "hallazgos": {
            "type": "object",
            "propertyNames": _REGLA,
            "additionalProperties": {"enum": list(Resultado)},
        },
        "notas": mapa({"type": ["string", "number"]}),
        "justificaciones": mapa(TEXTO),
        "correcciones": lista(objeto({"que": _QUE, "texto": TEXTO})),
    }
    return objeto(campos, ["version", "decision", "motivo"])


_QUE: Esquema = {"type": "string", "pattern": "^(documento|respuesta):", "examples": ["documento:f30"]}


def _cola() -> Esquema:
    return objeto(
        {
            "convocatorias": lista(_convocatoria()),
            "conteo": mapa(ENTERO),
            "postulaciones": lista(_renglon()),
        }
    )


def _convocatoria() -> Esquema:
    """`recibidas`: cuántas van de `postulaciones_maximas`; sin tope, las dos son nulas."""
    return objeto(
        {
            "id": CONVOCATORIA,
            "estado": {"enum": list(EstadoConvocatoria)},
            "modo_seleccion": {"enum": list(ModoSeleccion)},
            "criterios": lista({"type": "object"}),
            "reservas": lista(objeto({"titulo": TEXTO, "cupos": ENTERO})),
        }
        | dict.fromkeys(("nombre", "cierre_texto", "actividad_texto"), TEXTO)
        | dict.fromkeys(("cupos", "asignados", "espera", "evaluadores"), ENTERO)
        | dict.fromkeys(("postulaciones_maximas", "recibidas"), _ENTERO_O_NADA)
        | dict.fromkeys(("demostracion", "a_ciegas", "actividad_empezo", "por_internet"), LOGICO)
    )


def _renglon() -> Esquema:
    textos = ("folio_texto", "nombre", "convocatoria_nombre", "region", "estado_texto", "turno_texto", "canal")
    return objeto(
        {
            "folio": FOLIO,
            "convocatoria": CONVOCATORIA,
            "estado": {"enum": list(Estado)},
            "turno": {"type": ["string", "null"]},
            "version": ENTERO,
            "hallazgos": _RESULTADOS,
            "puntaje": _PUNTAJE,
            "notas_puestas": ENTERO,
            "lugar": _ENTERO_O_NADA,
        }
        | dict.fromkeys(textos, TEXTO)
        | dict.fromkeys(("a_ciegas", "ya_calificaste", "te_abstuviste"), LOGICO)
    )


def _expediente() -> Esquema:
    textos = ("folio_texto", "convocatoria_nombre", "estado_texto", "motivo", "oferta_vence_texto", "por_que_no")
    return objeto(
        {
            "folio": FOLIO,
            "convocatoria": CONVOCATORIA,
            "estado": {"enum": list(Estado)},
            "version": ENTERO,
            "puntaje": _PUNTAJE,
            "notas": mapa(TEXTO),
            "evaluadores": ENTERO,
            "notas_puestas": ENTERO,
            "respuestas": lista(objeto(dict.fromkeys(("clave", "titulo", "texto"), TEXTO))),
            "hallazgos": lista(_hallazgo()),
            "revisados": _RESULTADOS,
            "signos": _RESULTADOS,
            "documentos": lista({"type": "object"}),
            # null si se envió en línea.
            "presencial": {"type": ["object", "null"]},
            "no_calza": lista(objeto(dict.fromkeys(("titulo", "declarado", "registro"), TEXTO))),
            "evaluaciones": lista(_evaluacion()),
            "abstenciones": lista({"type": "object"}),
            "correcciones": lista(objeto({"que": _QUE, "titulo": TEXTO, "texto": TEXTO})),
            "corregibles": lista(objeto({"que": _QUE, "titulo": TEXTO})),
            # null si la convocatoria no la pide; sin aceptar, todo vacío.
            "carta": {
                "oneOf": [{"type": "null"}, objeto(dict.fromkeys(("aceptada_texto", "version", "texto"), TEXTO))]
            },
            "derechos": lista({"type": "object"}),
            "historia": lista({"type": "object"}),
            "avisos": lista({"type": "object"}),
            "acciones": lista({"enum": [str(decision) for decision in DECISIONES]}),
        }
        | dict.fromkeys(textos, TEXTO)
        | dict.fromkeys(("a_ciegas", "te_abstuviste", "puede_abstenerse"), LOGICO)
    )


def _hallazgo() -> Esquema:
    textos = ("titulo", "texto", "frase", "declarado", "visto", "certificado", "donde", "clausula", "documento")
    propios = {"regla": _REGLA, "resultado": {"enum": list(Resultado)}}
    return {"type": "object", "properties": propios | dict.fromkeys(textos, TEXTO), "required": [*propios, *textos]}


def _evaluacion() -> Esquema:
    return objeto(
        {
            "evaluador": TEXTO,
            "propia": LOGICO,
            "cuando_texto": TEXTO,
            "notas": mapa(TEXTO),
            "justificaciones": mapa(TEXTO),
            "puntaje": _PUNTAJE,
        }
    )
