"""La descripción de la jornada de una actividad: marcas, reemplazos, lugares, aportes y cierre."""

from __future__ import annotations

from generador.openapi_piezas import (
    CONVOCATORIA,
    ENTERO,
    FOLIO,
    LOGICO,
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

_FIRMA: Esquema = dict.fromkeys(("quien", "rol", "cuando_texto"), TEXTO)
_CSV: Esquema = {"type": "string", "description": "folio,asistio y, si se sabe, hora; coma o punto y coma"}
_FALLAS = (400, 401, 404, 409, 422)


def rutas() -> Esquema:
    """Las rutas de la jornada, sin la credencial."""
    return {
        "/api/mesa/jornada": {
            "get": {
                "summary": "Todo lo de la jornada: quién marcó, quién espera, el plano, los aportes y el cierre",
                "parameters": [consulta("convocatoria", CONVOCATORIA)],
                "responses": {"200": respuesta(_jornada())} | errores((401, 404)),
            }
        },
        "/api/mesa/jornada/marcas": {
            "post": accion(
                "Pone las marcas de asistencia de un CSV; lo que choca con otra marca queda aparte",
                objeto({"convocatoria": CONVOCATORIA, "csv": _CSV}),
                _jornada({"puestas": ENTERO, "ya_estaban": ENTERO, "sin_poner": lista(_sin_poner())}),
                _FALLAS,
            )
        },
        "/api/mesa/jornada/reemplazo": {
            "post": accion(
                "Da un puesto libre a quien sigue en la lista de espera y está presente",
                objeto(
                    {
                        "convocatoria": CONVOCATORIA,
                        "entra": FOLIO,
                        "saltadas": mapa({"enum": ["no_esta", "no_quiere", "rendicion"]}),
                        "en_lugar_de": FOLIO,
                    },
                    ["convocatoria", "entra", "saltadas"],
                ),
                _jornada(),
                _FALLAS,
            )
        },
        "/api/mesa/jornada/lugares": {
            "post": accion(
                "Da o quita lugares en el plano; `version`, la del plano que se tenía a la vista",
                objeto({"convocatoria": CONVOCATORIA, "version": ENTERO, "lugares": mapa(TEXTO)}),
                _jornada(),
                _FALLAS,
            )
        },
        "/api/mesa/jornada/aporte": {
            "post": accion(
                "Anota lo que una empresa se compromete a aportar; con todo vacío, lo quita",
                objeto(
                    {"folio": FOLIO, "version_aporte": ENTERO, "monto": TEXTO, "comprometio": TEXTO}
                    | {"fecha": TEXTO, "documento": TEXTO}
                ),
                _jornada(),
                _FALLAS,
            )
        },
        "/api/mesa/jornada/cierre": {
            "post": accion(
                "Cierra la actividad, o la vuelve a abrir",
                objeto(
                    {"convocatoria": CONVOCATORIA, "accion": {"enum": ["cerrar", "reabrir"]}, "motivo": TEXTO}
                    | {"version": ENTERO}
                ),
                _jornada(),
                _FALLAS,
            )
        },
        "/api/mesa/exportar": {
            "post": accion(
                "La cola, las listas o la asistencia, en filas y en CSV, con las columnas de cada rol",
                objeto(
                    {"convocatoria": CONVOCATORIA, "que": {"enum": ["cola", "listas", "asistencia"]}}
                    | {"para": {"enum": ["csv", "imprimir"]}}
                ),
                objeto({"nombre": TEXTO, "csv": TEXTO, "columnas": lista(TEXTO), "filas": lista(lista(TEXTO))}),
                (400, 401, 404, 422),
            )
        },
        "/api/mesa/invitaciones": {
            "get": {
                "summary": "La invitación de una convocatoria y a cuántas personas llega",
                "parameters": [consulta("convocatoria", CONVOCATORIA)],
                "responses": {"200": respuesta(_invitacion())} | errores((401, 404)),
            },
            "post": accion(
                "Cuenta a cuántas llegaría, invita o se detiene",
                objeto(
                    {"convocatoria": CONVOCATORIA, "accion": {"enum": ["contar", "invitar", "detener"]}}
                    | {"region": TEXTO, "tope": {"type": ["integer", "string"]}, "version": ENTERO},
                    ["convocatoria", "accion"],
                ),
                _invitacion(),
                _FALLAS,
            ),
        },
    }


def _invitacion() -> Esquema:
    actual = objeto({"viva": LOGICO, "region": TEXTO, "tope": ENTERO} | _FIRMA)
    numeros = ("componente", "tope_maximo", "version", "piden", "ya_escritas", "por_escribir")
    campos: Esquema = {"convocatoria": CONVOCATORIA, "recibe": LOGICO, "region": TEXTO, "regiones": lista(TEXTO)}
    return objeto(campos | dict.fromkeys(numeros, ENTERO) | {"actual": {"anyOf": [{"type": "null"}, actual]}})


def _jornada(ademas: Esquema | None = None) -> Esquema:
    cuentas = dict.fromkeys(("asistieron", "no_asistieron", "sin_marcar", "sin_encuesta"), ENTERO)
    espera: Esquema = {"folio": FOLIO, "version": ENTERO, "debe_rendiciones": LOGICO}
    return objeto(
        {
            "convocatoria": CONVOCATORIA,
            "en_su_dia": LOGICO,
            "termino": LOGICO,
            "balance": objeto(cuentas),
            "marcas": lista(objeto({"folio": FOLIO, "motivo": TEXTO} | _FIRMA)),
            "choques": lista(_choque()),
            "libres": ENTERO,
            "reemplazadas": lista(FOLIO),
            "espera": lista(objeto(espera | dict.fromkeys(("folio_texto", "nombre", "telefono"), TEXTO))),
            "plano": objeto({"version": ENTERO, "lugares": lista(objeto({"folio": FOLIO, "lugar": TEXTO} | _FIRMA))}),
            "aportes": {"anyOf": [{"type": "null"}, _aportes()]},
            "cierre": _cierre(),
            "bitacora": lista(objeto({"que_texto": TEXTO, "detalle": TEXTO} | _FIRMA)),
        }
        | (ademas or {})
    )


def _choque() -> Esquema:
    textos = dict.fromkeys(("folio_texto", "hora_texto", "por_que"), TEXTO)
    return objeto({"folio": FOLIO, "asistio": {"enum": ["si", "no"]}} | textos | _FIRMA)


def _sin_poner() -> Esquema:
    return objeto({"folio": FOLIO, "folio_texto": TEXTO, "por_que": TEXTO})


def _aportes() -> Esquema:
    textos = dict.fromkeys(("folio_texto", "monto", "comprometio", "fecha", "fecha_texto", "documento"), TEXTO)
    uno = objeto({"folio": FOLIO, "version": ENTERO, "correcciones": ENTERO} | textos | _FIRMA)
    return objeto({"pedido_clp": {"type": ["string", "null"]}, "total_clp": TEXTO, "aportes": lista(uno)})


def _cierre() -> Esquema:
    paso = objeto({"accion": {"enum": ["cerrar", "reabrir"]}, "motivo": TEXTO, "cuentas": TEXTO} | _FIRMA)
    return objeto({"cerrada": LOGICO, "version": ENTERO, "faltan": lista(TEXTO), "historia": lista(paso)})
