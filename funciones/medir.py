"""Medir: de las participaciones y sus encuestas a filas agregadas, sin ninguna persona adentro."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.datos_personales import olvido
from funciones.dominio.admisibilidad import TipoPersona
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.indicador import Definicion, Medicion, Participacion, medir, ocultar_chicas
from funciones.dominio.plazo import fecha_en_chile
from funciones.dominio.postulacion import PARTICIPARON
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Respuesta, Solicitud, atender, exigir_rol, registro, solo_campos

ROLES = ("nacional", "administrador")
# Lo que se pregunta igual al postular y en la encuesta.
LINEA_BASE = "base_"


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
    """Las filas de todos los indicadores de ese año, ya publicadas. Repetirlo con los mismos datos deja las mismas.

    Error: Rechazo 409 si ya se borró algo de ese año: medir sin eso cambiaría lo publicado.
    """
    if any(olvido.vencido(c, montaje().ahora()) for c in _convocatorias(anio)):
        raise Rechazo("datos_olvidados")
    hoy = fecha_en_chile(montaje().ahora())
    minimo = int(montaje().horneado.parametro("celda_minima_publicable", hoy))
    demostracion = _hay_demostracion(anio)
    participaciones, respuestas = list(_participaciones(anio)), list(montaje().almacen.respuestas(anio))
    filas: list[dict[str, str]] = []
    for definicion in montaje().horneado.indicadores:
        mediciones = medir(definicion, anio, participaciones, respuestas)
        visibles = ocultar_chicas(mediciones, minimo)
        suyas = [_fila(definicion, m, m in visibles, hoy.isoformat(), demostracion) for m in mediciones]
        montaje().publicacion.publicar(suyas, definicion.indicador, anio)
        filas += suyas
    return filas


def _convocatorias(anio: int) -> Iterator[Convocatoria]:
    """Las de actividades terminadas ese año."""
    publicado = montaje().horneado
    todas = (publicado.convocatoria(c) for c in publicado.ids())
    return (c for c in todas if c is not None and c.actividad_termino.year == anio)


def _participaciones(anio: int) -> Iterator[Participacion]:
    for convocatoria in _convocatorias(anio):
        for postulacion in montaje().almacen.cola(convocatoria.id):
            if postulacion.estado in PARTICIPARON:
                yield _participacion(postulacion.datos, convocatoria, anio)


def _participacion(datos: Mapping[str, str], convocatoria: Convocatoria, anio: int) -> Participacion:
    """Lo que se mide de una participación: de la persona queda solo su seudónimo del año."""
    seccion, _ = montaje().horneado.actividades.get(datos.get("actividad", ""), ("", ""))
    return Participacion(
        montaje().llavero.firma_anual(datos["rut"], anio),
        convocatoria.id,
        convocatoria.componente,
        convocatoria.region,
        datos["tipo_persona"] == TipoPersona.EMPRENDEDOR,
        {"sexo": datos.get("sexo", ""), "nivel_educacional": datos.get("nivel_educacional", ""), "seccion": seccion},
        {clave: escrito for clave, escrito in datos.items() if clave.startswith(LINEA_BASE)},
    )


def _hay_demostracion(anio: int) -> bool:
    """Si alguna convocatoria del año es de demostración, la cifra entera se marca así: no se mezclan."""
    return any(c.demostracion for c in _convocatorias(anio))


def _fila(
    definicion: Definicion, medicion: Medicion, visible: bool, calculado_el: str, demostracion: bool
) -> dict[str, str]:
    return {
        "indicador": definicion.indicador,
        "anio": str(medicion.anio),
        "componente": medicion.componente,
        "region": medicion.region,
        "desagregacion": medicion.desagregacion,
        "categoria": medicion.categoria,
        "estado": _estado(medicion, visible),
        **_numeros(medicion, visible and medicion.denominador > 0),
        "fuente": "Encuesta de cierre del portal",
        "calculado_el": calculado_el,
        "version_regla": definicion.version,
        "demostracion": "si" if demostracion else "no",
    }


def _estado(medicion: Medicion, visible: bool) -> str:
    """Sin nadie que haya dicho lo que se mide no hay cifra: eso es «no medido», nunca cero."""
    if not visible:
        return "no_se_publica"
    return "medido" if medicion.denominador else "no_medido"


def _numeros(medicion: Medicion, con_cifra: bool) -> dict[str, str]:
    desde, hasta = medicion.intervalo or ("", "")
    numeros = {
        "numerador": medicion.numerador,
        "denominador": medicion.denominador,
        "valor": medicion.valor,
        "intervalo_desde": desde,
        "intervalo_hasta": hasta,
        "participantes": medicion.participantes,
        "respuestas": medicion.respuestas,
        "tasa_respuesta": medicion.tasa_respuesta,
    }
    return {columna: str(numero) if con_cifra else "" for columna, numero in numeros.items()}


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """POST /api/mesa/medicion, o el evento anual, que mide el año que terminó."""
    if "routeKey" not in event:
        anio = fecha_en_chile(montaje().ahora()).year - 1
        return {"anio": anio, "filas": len(medir_y_publicar(anio))}
    return atender(event, {"POST /api/mesa/medicion": publicar})
