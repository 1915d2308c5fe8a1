"""La descripción de los registros de la mesa: participaciones anteriores y rendiciones pendientes."""

from __future__ import annotations

from funciones.dominio.postulacion import Estado
from generador.openapi_piezas import (
    CONVOCATORIA,
    ENTERO,
    FOLIO,
    TEXTO,
    Esquema,
    accion,
    consulta,
    errores,
    lista,
    mapa,
    objeto,
    respuesta,
)

_CSV: Esquema = {"type": "string", "description": "El archivo entero, con su encabezado; coma o punto y coma"}
_CORTE: Esquema = {"type": "string", "examples": ["2026-11-20", "2026-11-20T15:00"]}
_REGISTROS: Esquema = dict.fromkeys(("participaciones_texto", "rendiciones_corte_texto"), TEXTO) | {
    "tipos_actividad": mapa(lista(TEXTO)),
    "objetivos": lista(TEXTO),
    "quien_cargo": lista(objeto(dict.fromkeys(("que_texto", "detalle", "quien", "rol", "cuando_texto"), TEXTO))),
}


def rutas() -> Esquema:
    """Las rutas de `registrar`, sin la credencial."""
    cargado = objeto({"filas": ENTERO, "empresas": ENTERO} | _REGISTROS)
    carga = (400, 401, 404, 422)
    return {
        "/api/mesa/participaciones": {
            "post": accion(
                "Suma participaciones desde un CSV, todas o ninguna: rut,componente,tipo_actividad,objetivo,anio y, si "
                "hace falta, actividad",
                objeto({"csv": _CSV}),
                cargado,
                carga,
            )
        },
        "/api/mesa/rendiciones": {
            "get": {
                "summary": "Quienes tienen un puesto y aparecen con rendiciones pendientes",
                "parameters": [consulta("convocatoria", CONVOCATORIA)],
                "responses": {"200": respuesta(_pendientes())} | errores((401, 404)),
            },
            "post": accion(
                "Reemplaza la nómina de rendiciones pendientes por la de un CSV con la columna rut",
                objeto({"csv": _CSV, "corte": _CORTE}),
                cargado,
                carga,
            ),
        },
        "/api/mesa/registros": {
            "get": {
                "summary": "De cuándo es lo cargado",
                "responses": {"200": respuesta(objeto(_REGISTROS))} | errores((401, 404)),
            }
        },
    }


def _pendientes() -> Esquema:
    textos = dict.fromkeys(("folio_texto", "nombre", "estado_texto"), TEXTO)
    pendiente = objeto({"folio": FOLIO, "estado": {"enum": list(Estado)}} | textos)
    return objeto({"corte_texto": TEXTO, "pendientes": lista(pendiente)})
