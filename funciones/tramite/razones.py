"""Las razones de un no: qué reglas fallaron, qué se declaró en cada una y qué cláusula la deja fuera."""

from __future__ import annotations

from funciones.adaptadores import textos
from funciones.adaptadores.montaje import Montaje
from funciones.dominio.admisibilidad import recomendar
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.postulacion import Estado, Postulacion
from funciones.tramite.respuestas import declaracion_de

# Los que se deben a un requisito; en los demás, una regla que falló antes y se corrigió no viene al caso.
EXPLICAN_REGLAS = frozenset({Estado.NO_ADMISIBLE, Estado.EN_CORRECCION, Estado.DESISTIDA, Estado.RECURSO_RECHAZADO})


def reglas_incumplidas(postulacion: Postulacion, convocatoria: Convocatoria, montaje: Montaje) -> list[dict[str, str]]:
    """Las reglas que una persona marcó «no cumple», con lo que se declaró en cada una y cómo se corrige."""
    if postulacion.estado not in EXPLICAN_REGLAS:
        return []
    requisitos = textos.requisitos(convocatoria, montaje.horneado, montaje.plantillas)
    declaradas = _lo_que_fallaba(postulacion, convocatoria, montaje)
    return [
        {
            "titulo": requisitos[regla]["titulo"],
            "regla": requisitos[regla]["requisito"],
            "correccion": requisitos[regla]["correccion"],
            "clausula": requisitos[regla]["clausula"],
            "declarado": "",
            **declaradas.get(regla, {}),
        }
        for regla, resultado in postulacion.hallazgos.items()
        if resultado == "no_cumple" and regla in requisitos
    ]


def _lo_que_fallaba(
    postulacion: Postulacion, convocatoria: Convocatoria, montaje: Montaje
) -> dict[str, dict[str, str]]:
    """Por cada regla que ya no se cumplía con lo declarado, lo que se declaró y la cláusula que lo deja fuera."""
    publicado = montaje.horneado
    hallazgos = recomendar(declaracion_de(postulacion.datos, publicado), publicado.reglamento(convocatoria))
    explicados = textos.explicar(hallazgos, convocatoria, publicado, montaje.plantillas)
    return {
        e["regla"]: {"declarado": e["declarado"], "clausula": e["clausula"]}
        for e in explicados
        if e["resultado"] == "no_cumple"
    }
