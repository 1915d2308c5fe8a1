"""La lista de chequeo de la mesa: qué propone el sistema en cada requisito y cupo asegurado, y qué falta mirar."""

from __future__ import annotations

from collections.abc import Mapping

from funciones.adaptadores import textos
from funciones.adaptadores.montaje import montaje
from funciones.dominio.admisibilidad import Hallazgo, Resultado, recomendar
from funciones.dominio.candidata import clave_de_reserva, reservas_de
from funciones.dominio.convocatoria import Convocatoria, Reserva
from funciones.dominio.postulacion import Postulacion
from funciones.entrada.errores import Rechazo
from funciones.tramite.constancia import declaracion_con_registros

# La que pone la mesa cuando nadie escribe otra: sirve si todo lo propuesto cumple.
RAZON_DE_SIEMPRE = "Cumple los requisitos revisados."
# Con estas dos se marca un cupo asegurado: acreditado, o no acreditado.
SE_ACREDITA = frozenset({Resultado.CUMPLE, Resultado.NO_CUMPLE})


def lista(postulacion: Postulacion, convocatoria: Convocatoria) -> list[dict[str, str]]:
    """Cada requisito con sus textos, lo propuesto y el documento que lo prueba; al final, sus cupos asegurados."""
    publicado, tipo = montaje().horneado, postulacion.datos["tipo_persona"]
    propuestos = _propuestos(postulacion, convocatoria)
    explicados = textos.explicar(propuestos, convocatoria, publicado, montaje().plantillas, tipo)
    requisitos = [
        {**explicado, "texto": explicado["requisito"], "visto": _visto(h, explicado["declarado"])}
        for h, explicado in zip(propuestos, explicados, strict=True)
    ]
    return requisitos + [_por_acreditar(reserva) for reserva in declaradas(postulacion, convocatoria)]


def _propuestos(postulacion: Postulacion, convocatoria: Convocatoria) -> tuple[Hallazgo, ...]:
    return tuple(recomendar(declaracion_con_registros(postulacion), montaje().horneado.reglamento(convocatoria)))


def _visto(hallazgo: Hallazgo, declarado: str) -> str:
    """Lo que se sabe, y quién lo dice: las participaciones anteriores salen del registro, nadie las declara."""
    if hallazgo.regla == "no_repetir":
        return f"El registro dice: {declarado}." if declarado else "No hay registro de participaciones cargado."
    return f"Declaró: {declarado}." if declarado else "No lo declaró."


def _por_acreditar(reserva: Reserva) -> dict[str, str]:
    vacios = dict.fromkeys(("declarado", "certificado", "donde", "documento"), "")
    return {
        "regla": clave_de_reserva(reserva.reserva),
        "titulo": f"Cupo asegurado: {reserva.titulo}",
        "resultado": str(Resultado.LO_REVISA_UNA_PERSONA),
        "texto": "Hay cupos asegurados para este grupo, y lo que respondió dice que es de él.",
        "frase": "Si no se acredita, compite por los cupos de todos: no es una razón para decirle que no.",
        "visto": "Declaró que es del grupo.",
        "clausula": "Bases de la convocatoria: cupos asegurados",
        **vacios,
    }


def declaradas(postulacion: Postulacion, convocatoria: Convocatoria) -> tuple[Reserva, ...]:
    """Los cupos asegurados a cuyo grupo dice pertenecer."""
    suyas = reservas_de(convocatoria, postulacion.datos)
    return tuple(reserva for reserva in convocatoria.reservas if reserva.reserva in suyas)


def por_marcar(postulacion: Postulacion, convocatoria: Convocatoria) -> dict[str, frozenset[Resultado]]:
    """Lo que una persona tiene que haber marcado para decir que cumple, y con qué marcas."""
    requisitos = {
        h.regla: frozenset({Resultado.CUMPLE})
        for h in _propuestos(postulacion, convocatoria)
        if h.resultado is not Resultado.CUMPLE
    }
    cupos = {clave_de_reserva(reserva.reserva): SE_ACREDITA for reserva in declaradas(postulacion, convocatoria)}
    return requisitos | cupos


def exigir_mirado(
    postulacion: Postulacion, convocatoria: Convocatoria, marcados: Mapping[str, str], motivo: str
) -> None:
    """Rechazo 422 si se da por cumplido algo que nadie miró, o contra lo propuesto sin una razón propia."""
    faltan = [
        regla for regla, sirven in por_marcar(postulacion, convocatoria).items() if marcados.get(regla) not in sirven
    ]
    if faltan:
        raise Rechazo("respuestas_por_corregir", campos={f"hallazgos.{regla}": _falta(regla) for regla in faltan})
    contra = any(h.resultado is Resultado.NO_CUMPLE for h in _propuestos(postulacion, convocatoria))
    if contra and motivo == RAZON_DE_SIEMPRE:
        raise Rechazo("falta_motivo", campos={"motivo": "Escribe qué viste: lo declarado no cumple y tú dices que sí."})


def _falta(regla: str) -> str:
    if regla.startswith(clave_de_reserva("")):
        return "Marca si acreditó que es del grupo."
    return "Mira el documento y marca «Cumple», o decide otra cosa."
