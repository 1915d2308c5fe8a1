"""Medir: de las participaciones y sus encuestas a filas agregadas, sin ninguna persona adentro."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.dominio.admisibilidad import TipoPersona
from funciones.dominio.indicador import VERSION, Medicion, Participacion, medir, ocultar_chicas
from funciones.dominio.plazo import fecha_en_chile
from funciones.dominio.postulacion import PARTICIPARON
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Respuesta, Solicitud, atender, exigir_rol, registro, solo_campos

ROLES = ("nacional", "administrador")
INDICADOR = "acceso-vinculacion"


def publicar(solicitud: Solicitud) -> Respuesta:
    """Mide el año y deja las filas listas para que un editor las publique."""
    exigir_rol(solicitud, *ROLES)
    solo_campos(solicitud, "anio")
    try:
        anio = int(solicitud.texto("anio"))
    except ValueError as error:
        raise Rechazo("respuestas_por_corregir", campos={"anio": "Escribe el año, como 2026."}) from error
    return Respuesta({"anio": anio, "filas": medir_y_publicar(anio)})


def medir_y_publicar(anio: int) -> list[dict[str, str]]:
    """Las filas publicadas del indicador de ese año. Repetirlo con los mismos datos deja las mismas filas."""
    ahora = montaje().ahora()
    minimo = int(montaje().horneado.parametro("celda_minima_publicable", fecha_en_chile(ahora)))
    demostracion = _hay_demostracion(anio)
    mediciones = medir(anio, _participaciones(anio), montaje().almacen.respuestas(anio))
    visibles = ocultar_chicas(mediciones, minimo)
    filas = [
        _fila(medicion, medicion in visibles, fecha_en_chile(ahora).isoformat(), demostracion)
        for medicion in mediciones
    ]
    montaje().publicacion.publicar(filas, INDICADOR, anio)
    return filas


def _participaciones(anio: int) -> Iterator[Participacion]:
    publicado, llavero = montaje().horneado, montaje().llavero
    for convocatoria in (publicado.convocatoria(c) for c in publicado.ids()):
        if convocatoria is None or convocatoria.actividad_termino.year != anio:
            continue
        for postulacion in montaje().almacen.cola(convocatoria.id):
            if postulacion.estado in PARTICIPARON:
                yield Participacion(
                    llavero.firma_anual(postulacion.datos["rut"], anio),
                    convocatoria.componente,
                    convocatoria.region,
                    postulacion.datos["tipo_persona"] == TipoPersona.EMPRENDEDOR,
                )


def _hay_demostracion(anio: int) -> bool:
    """Si alguna convocatoria del año es de demostración, la cifra entera se marca así: no se mezclan."""
    publicado = montaje().horneado
    convocatorias = (publicado.convocatoria(c) for c in publicado.ids())
    return any(c is not None and c.demostracion and c.actividad_termino.year == anio for c in convocatorias)


def _fila(medicion: Medicion, visible: bool, calculado_el: str, demostracion: bool) -> dict[str, str]:
    numeros = {"numerador": "", "denominador": "", "valor": "", "respuestas": "", "tasa_respuesta": ""}
    if visible:
        numeros = {
            "numerador": str(medicion.numerador),
            "denominador": str(medicion.denominador),
            "valor": str(medicion.valor),
            "respuestas": str(medicion.respuestas),
            "tasa_respuesta": str(medicion.tasa_respuesta),
        }
    return {
        "indicador": INDICADOR,
        "anio": str(medicion.anio),
        "componente": medicion.componente,
        "region": medicion.region,
        "estado": "medido" if visible else "no_se_publica",
        **numeros,
        "fuente": "Encuesta de cierre del portal",
        "calculado_el": calculado_el,
        "version_regla": VERSION,
        "demostracion": "si" if demostracion else "no",
    }


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """POST /api/mesa/medicion, o el evento anual, que mide el año que terminó."""
    if "routeKey" not in event:
        anio = fecha_en_chile(montaje().ahora()).year - 1
        return {"anio": anio, "filas": len(medir_y_publicar(anio))}
    return atender(event, {"POST /api/mesa/medicion": publicar})
