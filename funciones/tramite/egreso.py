"""El egreso: una participación se cierra con todo lo que pidió su convocatoria, y mientras tanto se dice qué falta."""

from __future__ import annotations

from contextlib import suppress

from funciones.adaptadores.almacen import Conflicto
from funciones.adaptadores.cuaderno import Hoja
from funciones.adaptadores.montaje import montaje
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.postulacion import Actor, Estado, Papel, Postulacion, transitar
from funciones.entrada.acceso import aplicar
from funciones.tramite import compromiso
from funciones.tramite.conservacion import conservar_hasta

# Que alguien respondió la encuesta; no qué respondió, que se guarda aparte de su nombre.
CLASE = "encuesta_respondida"
ENCUESTA, CARTA = "encuesta", "carta"


def anotar_encuesta(postulacion: Postulacion, convocatoria: Convocatoria) -> None:
    """Deja escrito que respondió, cuando todavía puede faltarle otra cosa para egresar."""
    if not compromiso.pide(convocatoria) or respondio(postulacion):
        return
    with suppress(Conflicto):  # Otro envío de la misma persona lo anotó en este instante.
        montaje().almacen.guardar_hoja(
            Hoja(CLASE, convocatoria.id, postulacion.folio, expira=conservar_hasta(convocatoria))
        )


def respondio(postulacion: Postulacion) -> bool:
    """Si ya respondió la encuesta."""
    if postulacion.estado is Estado.EGRESADA:
        return True
    return montaje().almacen.hoja(CLASE, postulacion.convocatoria, postulacion.folio) is not None


def falta(postulacion: Postulacion, convocatoria: Convocatoria) -> tuple[str, ...]:
    """Lo que le falta a quien participó para egresar; vacío si no participó todavía, o si ya egresó."""
    if postulacion.estado is not Estado.PARTICIPO:
        return ()
    sin_encuesta = not respondio(postulacion)
    sin_carta = compromiso.pide(convocatoria) and compromiso.aceptada(postulacion) is None
    return tuple(que for que, no_esta in ((ENCUESTA, sin_encuesta), (CARTA, sin_carta)) if no_esta)


def egresar_si_completo(folio: str, convocatoria: Convocatoria, *, encuesta: bool = False) -> None:
    """Si no le falta nada, egresa. `encuesta`: la acaba de responder."""
    postulacion = montaje().almacen.postulacion(folio)
    assert postulacion is not None
    pendiente = set(falta(postulacion, convocatoria)) - ({ENCUESTA} if encuesta else set())
    if postulacion.estado is not Estado.PARTICIPO or pendiente:
        return
    con_carta = compromiso.pide(convocatoria)
    paso = transitar(
        postulacion,
        Estado.EGRESADA,
        Actor(Papel.POSTULANTE, folio),
        montaje().ahora(),
        motivo="Encuesta respondida y carta de compromiso aceptada" if con_carta else "Encuesta respondida",
        version_regla=montaje().horneado.reglamento(convocatoria).version,
    )
    aplicar((paso,), convocatoria)
