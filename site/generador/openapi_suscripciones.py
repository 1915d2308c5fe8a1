"""La descripción de la suscripción a avisos: pedirla, confirmarla, cambiarla y dejarla."""

from __future__ import annotations

from funciones.avisos.inscripcion import UN_TOQUE
from funciones.avisos.preferencias import COMPONENTES
from funciones.dominio.suscripcion import PARA_CONFIRMAR
from generador.openapi_piezas import (
    CONVOCATORIA,
    ENTERO,
    LOGICO,
    TEXTO,
    Esquema,
    accion,
    consulta,
    lista,
    objeto,
    pagina,
)

_REGIONES: Esquema = lista({"type": "string", "pattern": r"^\d{2}$"}) | {
    "description": "Códigos de región; vacía o ausente, todo Chile",
    "examples": [["07", "16"]],
}
_COMPONENTES: Esquema = lista({"enum": list(COMPONENTES)}) | {"description": "Vacía o ausente, los dos"}
_QUIERE: Esquema = {"regiones": _REGIONES, "componentes": _COMPONENTES}
_CODIGO: Esquema = {
    "type": "string",
    "pattern": "^[a-z2-7]{56}$",
    "description": "Solo viaja en el correo; no se guarda en ninguna parte",
}
_PIDE: Esquema = objeto({"regiones": TEXTO, "componentes": TEXTO})


def rutas() -> Esquema:
    """Las rutas de `suscribir`."""
    return {
        "/api/suscribir": {
            "get": pagina(
                "Página para pedir avisos, con la región y el componente del enlace ya marcados",
                [consulta("region", TEXTO, False), consulta("componente", TEXTO, False)],
            ),
            "post": accion(
                f"Pide avisos: manda un correo que se confirma dentro de {PARA_CONFIRMAR.days * 24} horas. Contesta lo "
                "mismo reciba o no avisos esa dirección",
                objeto({"correo": {"type": "string", "format": "email"}} | _QUIERE, ["correo"]),
                objeto({"correo": TEXTO, "horas": ENTERO, "pide": _PIDE}),
                (400, 422),
            ),
        },
        "/api/recordar": {
            "get": pagina(
                "Página para pedir que se recuerde el cierre", [consulta("convocatoria", CONVOCATORIA)], (404, 409)
            ),
            "post": accion(
                "Pide un correo dos días antes del cierre. Contesta lo mismo si ya estaba pedido",
                objeto({"convocatoria": CONVOCATORIA, "correo": {"type": "string", "format": "email"}}),
                objeto({"correo": TEXTO, "cuando_texto": TEXTO, "convocatoria": {"type": "object"}}),
                (400, 404, 409, 422, 429),
            ),
        },
        "/api/suscripcion": {
            "get": pagina(
                "Página para confirmar, cambiar o dejar los avisos; mirar no cambia nada",
                [consulta("codigo", _CODIGO, False)],
            ),
            "post": _decidir(),
        },
    }


def _decidir() -> Esquema:
    acciones: Esquema = {"enum": ["confirmar", "cambiar", "baja"]}
    decision = accion(
        "Confirma, cambia o deja los avisos. Repetirlo da lo mismo",
        objeto({"codigo": _CODIGO, "accion": acciones} | _QUIERE, ["codigo", "accion"]),
        _hecho(),
        (400, 404, 409, 422),
    )
    # RFC 8058: la baja de un toque que manda el lector de correo, con el código en la dirección.
    un_toque = {"schema": objeto({UN_TOQUE: {"const": "One-Click"}})}
    for forma in ("multipart/form-data", "application/x-www-form-urlencoded"):
        decision["requestBody"]["content"][forma] = un_toque
    return decision | {"parameters": [consulta("codigo", _CODIGO, False)]}


def _hecho() -> Esquema:
    abiertas = lista(objeto(dict.fromkeys(("nombre", "plazo", "enlace"), TEXTO)))
    campos = {"hecho": {"enum": ["confirmada", "cambiada", "baja"]}, "recibe": LOGICO}
    si_recibe = _QUIERE | {"pide": _PIDE, "enlace_baja": TEXTO, "abiertas": abiertas}
    return objeto(campos | si_recibe, list(campos))
