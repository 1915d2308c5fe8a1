"""Revisar los requisitos: qué puede decidir una persona ahora, qué marcó en cada regla y qué pide corregir."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.dominio.admisibilidad import REGLAS, Resultado, rige
from funciones.dominio.candidata import clave_de_reserva, reservas_de
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.postulacion import TRANSICIONES, Correccion, Estado, Papel, Postulacion
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Solicitud
from funciones.tramite.respuestas import declaracion_de, preguntas_de

# Lo que la mesa decide con su formulario; elegir, anotar asistencia y resolver recursos tienen su propia puerta.
DECISIONES = (
    Estado.ADMISIBLE,
    Estado.NO_ADMISIBLE,
    Estado.EN_CORRECCION,
    Estado.RECIBIDA,
    Estado.EVALUADA,
    Estado.LISTA_DE_ESPERA,
)
DE_OTRA_PUERTA = frozenset({Estado.RECURRIDA})
# A la lista de espera por esta puerta solo se vuelve: entrar a ella es de la selección.
VUELVEN_A_LA_ESPERA = frozenset({Estado.OFERTA_VENCIDA, Estado.DECLINADA})
VUELVEN_A_EMPEZAR = frozenset({Estado.RECIBIDA, Estado.ADMISIBLE})
LARGO_DEL_MOTIVO = 2000
CORRECCIONES_MAXIMAS = 20
LARGO_DE_CORRECCION = 600
# Quién es no se corrige: con otro RUT o en otra forma, es otra postulación; el correo ya está confirmado.
NO_SE_CORRIGEN = frozenset({"rut", "tipo_persona", "correo", "declaracion"})


def decisiones_de(estado: Estado) -> tuple[Estado, ...]:
    """Lo que una persona de la mesa puede decidir por esta puerta desde ese estado."""
    if estado in DE_OTRA_PUERTA:
        return ()
    return tuple(d for d in DECISIONES if Papel.PERSONAL in TRANSICIONES[estado].get(d, ()) and _corresponde(estado, d))


def _corresponde(estado: Estado, decision: Estado) -> bool:
    if decision is Estado.LISTA_DE_ESPERA:
        return estado in VUELVEN_A_LA_ESPERA
    return decision is not estado or decision is Estado.EVALUADA


def decision_de(solicitud: Solicitud, postulacion: Postulacion) -> Estado:
    """La decisión escrita, con su razón. Errores: Rechazo 422 si falta algo; 409 si ya no se puede decidir eso."""
    texto = solicitud.texto("decision")
    if texto not in DECISIONES:
        raise Rechazo("respuestas_por_corregir", campos={"decision": "Elige una decisión de la lista."})
    exigir_motivo(solicitud, "Escribe la razón de tu decisión.")
    if texto not in decisiones_de(postulacion.estado):
        raise Rechazo("accion_imposible")
    return Estado(texto)


def exigir_motivo(solicitud: Solicitud, si_falta: str) -> None:
    """Rechazo 422 si la razón no viene, o no cabe en un correo."""
    motivo = solicitud.texto("motivo")
    if not motivo:
        raise Rechazo("falta_motivo", campos={"motivo": si_falta})
    if len(motivo) > LARGO_DEL_MOTIVO:
        miles = f"{LARGO_DEL_MOTIVO:,}".replace(",", ".")
        raise _mala("motivo", f"Acórtala: tiene {len(motivo)} letras y caben {miles}.")


def hallazgos(
    solicitud: Solicitud, decision: Estado, postulacion: Postulacion, convocatoria: Convocatoria
) -> dict[str, str]:
    """Lo que la persona marcó, sobre lo ya marcado que sigue valiendo; todo, de reglas que le rigen a quien postula.

    Al volver a revisión o cumplir, lo que antes no cumplía quedó atrás: no puede ser después la razón de un no.
    """
    rigen = _rigen(postulacion, convocatoria)
    escritos = _escritos(solicitud, rigen)
    # No acreditar un cupo asegurado no es incumplir: compite por los de todos.
    hay_incumplida = any(r == Resultado.NO_CUMPLE for regla, r in escritos.items() if regla in REGLAS)
    if decision is Estado.ADMISIBLE and hay_incumplida:
        mensaje = "Marcaste un requisito que no cumple: corrígelo o decide que no cumple."
        raise Rechazo("respuestas_por_corregir", campos={"hallazgos": mensaje})
    # La retenida se puede negar por duplicada, sin que falle ningún requisito: la razón va escrita.
    if decision is Estado.NO_ADMISIBLE and not hay_incumplida and postulacion.estado is not Estado.RETENIDA:
        mensaje = "Marca al menos un requisito que no cumple: la persona tiene derecho a saber cuál."
        raise Rechazo("respuestas_por_corregir", campos={"hallazgos": mensaje})
    anteriores = {
        regla: resultado
        for regla, resultado in postulacion.hallazgos.items()
        if regla in rigen and not (regla in REGLAS and decision in VUELVEN_A_EMPEZAR and resultado == "no_cumple")
    }
    return {**anteriores, **escritos}


def _rigen(postulacion: Postulacion, convocatoria: Convocatoria) -> frozenset[str]:
    """Las reglas que se le aplican a lo que declaró, y los cupos asegurados a cuyo grupo dice pertenecer."""
    declarado = declaracion_de(postulacion.datos, montaje().horneado)
    reglamento = montaje().horneado.reglamento(convocatoria)
    reservas = {clave_de_reserva(reserva) for reserva in reservas_de(convocatoria, postulacion.datos)}
    return reservas | frozenset(regla for regla in REGLAS if rige(regla, declarado, reglamento))


def _escritos(solicitud: Solicitud, rigen: frozenset[str]) -> Mapping[str, str]:
    escritos = solicitud.campos.get("hallazgos") or {}
    validos = isinstance(escritos, Mapping) and all(
        (regla in REGLAS or regla in rigen) and isinstance(resultado, str) and resultado in set(Resultado)
        for regla, resultado in escritos.items()
    )
    if not validos:
        raise _mala("hallazgos", "Hay una regla o un resultado que no existe.")
    if not escritos.keys() <= rigen:
        raise _mala("hallazgos", "Marcaste un requisito que no se le pide a esta postulación: quítalo.")
    return escritos


def correcciones(solicitud: Solicitud, postulacion: Postulacion, convocatoria: Convocatoria) -> tuple[Correccion, ...]:
    """Lo que se pide corregir, una por documento o respuesta de esta postulación.

    Errores: Rechazo 422 con el campo si nombra algo que no se le pidió, lo repite o no dice qué hacer.
    """
    escritas = solicitud.campos.get("correcciones") or []
    if not isinstance(escritas, list) or len(escritas) > CORRECCIONES_MAXIMAS:
        raise _mala("correcciones", f"Escribe una lista de hasta {CORRECCIONES_MAXIMAS} correcciones.")
    corregibles = {que for que, _ in corregibles_de(postulacion, convocatoria)}
    pedidas = tuple(_correccion(f"correcciones.{lugar}", una, corregibles) for lugar, una in enumerate(escritas))
    if len({pedida.que for pedida in pedidas}) < len(pedidas):
        raise _mala("correcciones", "Pide cada documento o respuesta una sola vez.")
    return pedidas


def _correccion(campo: str, escrita: Any, corregibles: set[str]) -> Correccion:
    que, texto = (escrita.get("que"), escrita.get("texto")) if isinstance(escrita, Mapping) else (None, None)
    if not isinstance(que, str) or que not in corregibles:
        raise _mala(f"{campo}.que", "Elige un documento o una respuesta de esta postulación.")
    if not isinstance(texto, str) or not 0 < len(texto.strip()) <= LARGO_DE_CORRECCION:
        raise _mala(f"{campo}.texto", f"Di qué tiene que hacer, en hasta {LARGO_DE_CORRECCION} letras.")
    return Correccion(que, texto.strip())


def _mala(campo: str, mensaje: str) -> Rechazo:
    return Rechazo("respuestas_por_corregir", campos={campo: mensaje})


def corregibles_de(postulacion: Postulacion, convocatoria: Convocatoria) -> tuple[tuple[str, str], ...]:
    """Lo que se le puede pedir corregir, como (`documento:f30`, título): sus documentos y sus respuestas."""
    tipo = postulacion.datos["tipo_persona"]
    documentos = tuple((f"documento:{d.documento}", d.titulo) for d in convocatoria.documentos_de(tipo))
    preguntas = preguntas_de(montaje().horneado, "postulacion", convocatoria)
    respuestas = tuple(
        (f"respuesta:{p.clave}", p.titulo)
        for p in preguntas
        if p.clave in postulacion.datos and p.clave not in NO_SE_CORRIGEN
    )
    return documentos + respuestas
