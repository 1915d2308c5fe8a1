"""La descripción de las rutas de la mesa: las que piden credencial."""

from __future__ import annotations

from funciones.dominio.postulacion import Estado
from generador import (
    openapi_derechos,
    openapi_jornada,
    openapi_oficina,
    openapi_postulaciones,
    openapi_registros,
    openapi_vitrinas,
)
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
    objeto,
    respuesta,
)


def rutas(preguntas: Esquema) -> Esquema:
    """Las rutas de la mesa, todas con credencial; `preguntas`, las respuestas de una postulación."""
    descritas: Esquema = {
        **openapi_postulaciones.rutas(),
        **openapi_registros.rutas(),
        **openapi_jornada.rutas(),
        **openapi_oficina.rutas(preguntas),
        **openapi_vitrinas.rutas_de_la_mesa(),
        **openapi_derechos.rutas_de_la_mesa(),
        "/api/mesa/recursos": {
            "get": {
                "summary": "Los recursos sin resolver, el más antiguo primero",
                "responses": {"200": respuesta(objeto({"recursos": {"type": "array", "items": _recurso()}}))}
                | errores((401, 404)),
            }
        },
        "/api/mesa/recursos/{folio}": {
            "post": accion(
                "Acoge o rechaza un recurso",
                objeto({"version": ENTERO, "decision": {"enum": ["acoger", "rechazar"]}, "motivo": TEXTO}),
                objeto({"folio": FOLIO, "estado": {"enum": list(Estado)}, "estado_texto": TEXTO, "version": ENTERO}),
                (400, 401, 404, 409, 422),
            )
            | {"parameters": [camino("folio", FOLIO)]}
        },
        "/api/mesa/seleccion": {
            "post": accion(
                "Simula o ejecuta la selección",
                objeto(
                    {"convocatoria": CONVOCATORIA, "accion": {"enum": ["simular", "ejecutar"]}, "motivo": TEXTO},
                    ["convocatoria", "accion"],
                ),
                {"type": "object"},
                (400, 401, 404, 409, 422),
            )
        },
        "/api/mesa/actas": {
            "get": {
                "summary": "Las actas de selección de una convocatoria",
                "parameters": [consulta("convocatoria", CONVOCATORIA)],
                "responses": {"200": respuesta(objeto({"actas": {"type": "array", "items": _acta()}}))}
                | errores((401, 404, 409)),
            }
        },
        "/api/mesa/actas/{acta}": {
            "get": {
                "summary": "Un enlace de cinco minutos a un acta entera",
                "parameters": [camino("acta", TEXTO)],
                "responses": {"200": respuesta(objeto({"enlace": TEXTO, "nombre": TEXTO}))} | errores((401, 404, 409)),
            }
        },
        "/api/mesa/actas/{acta}/hoja": {
            "get": {
                "summary": "Lo que dice un acta, por folio, para leerla o imprimirla",
                "parameters": [camino("acta", TEXTO)],
                "responses": {"200": respuesta(_hoja_del_acta())} | errores((401, 404, 409)),
            }
        },
        "/api/mesa/asistencia": {
            "post": accion(
                "Anota si la empresa asistió",
                objeto({"folio": FOLIO, "asistio": {"enum": ["si", "no"]}, "version": ENTERO}),
                {"type": "object"},
                (400, 401, 404, 409, 422),
            )
        },
        "/api/mesa/enlace_virtual": {
            "get": {
                "summary": "El enlace que ven quienes tienen cupo; vacío si no se ha guardado",
                "parameters": [consulta("convocatoria", CONVOCATORIA)],
                "responses": {"200": respuesta(_enlace())} | errores((401, 404, 409)),
            },
            "post": accion(
                "Guarda el enlace para entrar por internet; vacío lo borra",
                _enlace(),
                _enlace(),
                (400, 401, 404, 409, 422),
            ),
        },
        "/api/mesa/medicion": {
            "post": accion(
                "Mide el indicador del año y deja las filas para publicar",
                objeto({"anio": {"type": ["integer", "string"]}}),
                {"type": "object"},
                (400, 401, 404, 422),
            )
        },
    }
    for operaciones in descritas.values():
        for operacion in operaciones.values():
            operacion["security"] = [{"mesa": []}]
    return descritas


def _enlace() -> Esquema:
    return objeto({"convocatoria": CONVOCATORIA, "enlace": {"type": "string", "maxLength": 300}})


def _recurso() -> Esquema:
    textos = ("folio_texto", "convocatoria_nombre", "presentado_texto", "texto", "de_texto", "decision", "por_que_no")
    campos: Esquema = {"folio": FOLIO, "convocatoria": CONVOCATORIA, "version": ENTERO, "de": {"enum": list(Estado)}}
    return objeto(campos | dict.fromkeys(textos, TEXTO) | {"puede_abstenerse": {"type": "boolean"}})


def _acta() -> Esquema:
    numeros = {clave: ENTERO for clave in ("numero", "seleccionadas", "espera", "no_seleccionadas")}
    return objeto({"acta": TEXTO, "cuando_texto": TEXTO, "sha256": TEXTO, **numeros})


def _hoja_del_acta() -> Esquema:
    """El resumen del acta, quién la levantó y por qué, y cada folio con su resultado."""
    textos = ("convocatoria_nombre", "quien", "rol", "oficina", "motivo", "regla")
    fila = objeto(dict.fromkeys(("folio_texto", "resultado", "puntaje", "motivo_texto"), TEXTO))
    propias: Esquema = dict.fromkeys(textos, TEXTO) | {"cupos": ENTERO, "filas": {"type": "array", "items": fila}}
    return objeto(_acta()["properties"] | propias | {"demostracion": LOGICO})
