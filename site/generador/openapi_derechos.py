"""La descripción de las rutas de los derechos sobre los propios datos."""

from __future__ import annotations

from funciones.dominio.derecho import RESUELVEN, Derecho, Suceso
from funciones.oficina.bandeja_derechos import DECISIONES
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
    errores,
    lista,
    objeto,
    pagina,
    respuesta,
)

_RESUELTO: Esquema = {"enum": [None, *sorted(RESUELVEN)]}


def rutas() -> Esquema:
    """Lo que hace cada persona con lo suyo."""
    return {
        "/api/derechos": {
            "get": pagina("Página que pide folio y código para ver los propios datos"),
            "post": accion(
                "Muestra los pedidos hechos, hace uno nuevo o entrega los datos en JSON («descargar») o CSV («tabla»)",
                objeto(
                    {
                        "folio": FOLIO,
                        "codigo": CODIGO,
                        "accion": {"enum": ["", "pedir", "descargar", "tabla"]},
                        "derecho": {"enum": ["", *Derecho]},
                        "texto": TEXTO,
                    },
                    ["folio", "codigo"],
                ),
                {"type": "object", "properties": {"folio": TEXTO, "pedidos": lista(_pedido())}, "required": ["folio"]},
                (400, 404, 409, 422),
            ),
        },
    }


def rutas_de_la_mesa() -> Esquema:
    """La bandeja."""
    return {
        "/api/mesa/derechos": {
            "get": {
                "summary": "Los pedidos sobre los propios datos: primero los que esperan, por plazo",
                "responses": {"200": respuesta(objeto({"derechos": lista(_renglon())}))} | errores((401, 404)),
            }
        },
        "/api/mesa/derechos/{folio}": {
            "post": accion(
                "Acepta, no acepta o alarga un pedido, con su razón",
                objeto({"numero": ENTERO, "version": ENTERO, "decision": {"enum": list(DECISIONES)}, "motivo": TEXTO}),
                _renglon(),
                (400, 401, 404, 409, 422),
            )
            | {"parameters": [camino("folio", FOLIO)]}
        },
    }


def _pedido() -> Esquema:
    efecto = {"anyOf": [{"type": "null"}, objeto({"cambia": TEXTO, "sigue_igual": TEXTO})]}
    return objeto(_campos() | {"efecto": efecto})


def _campos() -> dict[str, Esquema]:
    textos = ("titulo", "texto", "pedido_texto", "vence", "vence_texto")
    hecho = {"que": {"enum": list(Suceso)}} | dict.fromkeys(("que_texto", "cuando_texto", "quien", "motivo"), TEXTO)
    return (
        {"numero": ENTERO, "derecho": {"enum": list(Derecho)}, "resuelto": _RESUELTO, "atrasado": LOGICO}
        | dict.fromkeys(textos, TEXTO)
        | {"historia": lista(objeto(hecho))}
    )


def _renglon() -> Esquema:
    """`version` es la de todos los pedidos de ese folio: si cambió, alguien respondió otro."""
    return objeto(
        _campos()
        | {"folio": FOLIO, "convocatoria": CONVOCATORIA, "version": ENTERO}
        | dict.fromkeys(("folio_texto", "convocatoria_nombre", "region"), TEXTO)
        | dict.fromkeys(("demostracion", "sin_correo"), LOGICO)
        | {"decisiones": lista({"enum": list(DECISIONES)})}
    )
