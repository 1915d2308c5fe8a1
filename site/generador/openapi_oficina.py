"""La descripción de lo que la oficina hace sin correo: ingresar lo que llegó en papel, contactar y «Mis Datos»."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from funciones.avisos.contactos import RESULTADOS
from funciones.dominio.postulacion import Estado
from funciones.oficina.nomina import COLUMNAS_DE_MIS_DATOS
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
    objeto,
    respuesta,
)

_AVISO: Esquema = {"type": "string", "description": "El id del aviso", "examples": ["K7M4PR9X.seleccionada.5"]}
_ALGO: Esquema = {"type": "object"}
_TIMBRE: Esquema = {"type": "string", "description": "Hora de Chile", "examples": ["2026-11-20T09:40"]}
_DIA: Esquema = {"type": "string", "examples": ["2026-11-20"]}


def rutas(preguntas: Mapping[str, Any]) -> Esquema:
    """Las rutas de `ingresar`, `contactar` y la parte de «Mis Datos» de `registrar`, sin la credencial."""
    return _ingresos(preguntas) | _contactos() | _mis_datos()


def _ingresos(preguntas: Mapping[str, Any]) -> Esquema:
    documentos: Esquema = {"type": "array", "items": TEXTO, "uniqueItems": True}
    papel = objeto(
        {
            "convocatoria": CONVOCATORIA,
            "clave": CLAVE,
            "respuestas": {"type": "object", "properties": dict(preguntas)},
            "documentos": {**documentos, "description": "Los que se subieron"},
            "en_papel": {**documentos, "description": "Los que se vieron en papel"},
            "recibido": {
                "type": "string",
                "description": "El timbre, en hora de Chile",
                "examples": ["2026-11-20T09:40"],
            },
            "domicilio": {"type": "string", "maxLength": 200},
        },
        ["convocatoria", "clave", "respuestas", "recibido"],
    )
    return {
        "/api/mesa/ingresos": {
            "get": {
                "summary": "Qué se pregunta y qué se pide al ingresar una postulación en papel",
                "parameters": [consulta("convocatoria", CONVOCATORIA)],
                "responses": {"200": respuesta(_preparado())} | errores((401, 404)),
            },
            "post": accion(
                "Ingresa una postulación en papel y la pone en la fila",
                papel,
                _comprobante(),
                (400, 401, 404, 409, 422),
            ),
        },
        "/api/mesa/ingresos/consulta": {
            "post": accion(
                "Dice si un RUT ya está en la fila y qué figura de él en «Mis Datos»",
                objeto({"convocatoria": CONVOCATORIA, "rut": TEXTO}),
                _consultado(),
                (400, 401, 404, 422),
            )
        },
    }


def _preparado() -> Esquema:
    textos = ("convocatoria", "nombre", "cierre_texto", "por_que_no")
    return objeto(
        dict.fromkeys(textos, TEXTO)
        | {
            "demostracion": LOGICO,
            "preguntas": lista(_ALGO),
            "documentos": lista(_ALGO),
            "comunas": lista(TEXTO),
            "tope_mb": ENTERO,
        }
    )


def _consultado() -> Esquema:
    fila = objeto(
        {"folio": FOLIO, "estado": {"enum": list(Estado)}, "tiene_el_rut": LOGICO} | _textos("folio", "estado")
    )
    dato = objeto(dict.fromkeys(("clave", "titulo", "valor", "texto"), TEXTO))
    registro = objeto({"datos": lista(dato)} | _textos("cargado", "vence"))
    return objeto({"en_la_fila": lista(fila), "mis_datos": {"oneOf": [registro, {"type": "null"}]}} | _textos("rut"))


def _textos(*claves: str) -> Esquema:
    return {f"{clave}_texto": TEXTO for clave in claves}


def _comprobante() -> Esquema:
    documento = objeto({"titulo": TEXTO, "tamano": {"type": ["integer", "null"]}, "huella": TEXTO})
    return objeto(
        {"folio": FOLIO, "codigo": CODIGO, "estado": {"enum": list(Estado)}, "retenida": LOGICO}
        | _textos("folio", "estado", "recibido", "ingresada")
        | dict.fromkeys(("nombre", "correo", "atendio", "huella", "consultar_url"), TEXTO)
        | {
            "documentos": lista(documento),
            "respuestas": lista(objeto({"titulo": TEXTO, "texto": TEXTO})),
            "convocatoria": _ALGO,
        }
    )


def _contactos() -> Esquema:
    resultados = sorted({resultado for suyos in RESULTADOS.values() for resultado in suyos})
    intento = objeto(
        {"medio": {"enum": list(RESULTADOS)}, "resultado": {"enum": resultados}, "nota": TEXTO, "version": ENTERO},
        ["medio", "resultado", "version"],
    )
    return {
        "/api/mesa/contactos": {
            "get": {
                "summary": "Los avisos que no llegan por correo, primero los que tienen un plazo",
                "responses": {"200": respuesta(objeto({"contactos": lista(_contacto())}))} | errores((401, 404)),
            }
        },
        "/api/mesa/contactos/{aviso}": {
            "post": accion("Anota lo que se hizo para avisarle", intento, _contacto(), (400, 401, 404, 409, 422))
            | {"parameters": [camino("aviso", _AVISO)]}
        },
        "/api/mesa/contactos/{aviso}/carta": {
            "get": {
                "summary": "Lo que decía el correo, para imprimirlo",
                "parameters": [camino("aviso", _AVISO)],
                "responses": {"200": respuesta(_carta())} | errores((401, 404, 409)),
            }
        },
    }


def _contacto() -> Esquema:
    textos: Sequence[str] = ("nombre", "telefono", "comuna", "convocatoria", "convocatoria_nombre")
    intento = objeto(dict.fromkeys(("cuando_texto", "quien", "oficina", "texto", "nota"), TEXTO))
    return objeto(
        {"aviso": _AVISO, "version": ENTERO, "folio": FOLIO, "intentos": lista(intento)}
        | dict.fromkeys(("a_ciegas", "demostracion", "lo_sabe", "con_carta"), LOGICO)
        | dict.fromkeys(textos, TEXTO)
        | _textos("folio", "estado", "causa", "desde", "vence", "notificada")
    )


def _carta() -> Esquema:
    textos = ("asunto", "texto", "nombre", "representante", "domicilio", "comuna", "fecha_texto")
    return objeto(dict.fromkeys(textos, TEXTO) | {"convocatoria": _ALGO})


def _mis_datos() -> Esquema:
    movimiento = objeto(
        dict.fromkeys(("cuando_texto", "quien", "rol", "que", "convocatoria"), TEXTO) | {"filas": ENTERO}
    )
    situacion: Esquema = {"columnas": lista(TEXTO), "dias": ENTERO, "movimientos": lista(movimiento)}
    columnas = ",".join(COLUMNAS_DE_MIS_DATOS)
    archivo: Esquema = {"type": "string", "description": f"El CSV entero, con su encabezado: {columnas}"}
    return {
        "/api/mesa/mis_datos": {
            "get": {
                "summary": "Qué columnas lleva el archivo de «Mis Datos», cuánto dura y quién lo ha movido",
                "responses": {"200": respuesta(objeto(situacion))} | errores((401, 404)),
            },
            "post": accion(
                "Importa «Mis Datos» desde un CSV, todo o nada",
                objeto({"csv": archivo}),
                objeto({"filas": ENTERO, "empresas": ENTERO} | situacion),
                (400, 401, 404, 422),
            ),
        },
        "/api/mesa/mis_datos/exporta": {
            "post": accion(
                "El CSV con lo que se declaró en esos días, para la institución",
                objeto({"convocatoria": CONVOCATORIA, "desde": _DIA, "hasta": _DIA}, ["desde", "hasta"]),
                objeto({"nombre": TEXTO, "csv": archivo, "filas": ENTERO} | situacion),
                (400, 401, 404, 422),
            )
        },
    }
