"""Qué sigue y cuándo: lo próximo que pasa con una postulación, con su fecha; o por qué todavía no la tiene."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from funciones.dominio.convocatoria import Convocatoria, Situacion
from funciones.dominio.fechas import fecha_larga
from funciones.dominio.plazo import fin_del_dia, vencio
from funciones.dominio.postulacion import Estado
from funciones.tramite import egreso


class Paso(NamedTuple):
    """Lo que viene. `cuando` vacío: todavía no hay fecha, y el detalle dice por qué."""

    que: str
    cuando: str
    detalle: str = ""


def de(
    estado: Estado, convocatoria: Convocatoria, correo: Mapping[str, Any], falta: tuple[str, ...], ahora: datetime
) -> list[Paso]:
    """Los próximos pasos, el primero primero. `correo` es lo que también llevan los correos: las mismas fechas."""
    if convocatoria.situacion is not Situacion.VIGENTE and estado not in _CERRADAS:
        return _detenida(convocatoria)
    if estado is Estado.PARTICIPO:
        return _para_egresar(convocatoria, falta, ahora)
    return _POR_ESTADO.get(estado, _nada)(convocatoria, correo, ahora)


def _detenida(convocatoria: Convocatoria) -> list[Paso]:
    if convocatoria.situacion is Situacion.CANCELADA:
        return [Paso("No tienes que hacer nada", "", "La actividad no se hace.")]
    return [Paso("La oficina dirá cuándo se retoma", "", "Mientras está suspendida no hay fecha. Te escribimos.")]


def _por_confirmar(convocatoria: Convocatoria, correo: Mapping[str, Any], ahora: datetime) -> list[Paso]:
    return [Paso("Confirma tu correo", f"Hasta el {correo['confirmar_hasta_texto']}", "Con eso entras a la fila.")]


def _retenida(convocatoria: Convocatoria, correo: Mapping[str, Any], ahora: datetime) -> list[Paso]:
    return [
        Paso(
            "Una persona mira quién postula por este RUT", "", "No hay un plazo fijo. Te escribimos con la respuesta."
        ),
        *_resultado(convocatoria, correo, ahora),
    ]


def _resultado(convocatoria: Convocatoria, correo: Mapping[str, Any], ahora: datetime) -> list[Paso]:
    """El día del resultado. Si ya pasó sin resultado, se dice, con quién hablar."""
    if vencio(fin_del_dia(convocatoria.resultados), ahora):
        oficina = correo["convocatoria"]["oficina_nombre"]
        atraso = f"Debía ser el {fecha_larga(convocatoria.resultados)} y se atrasó. Pregunta en la {oficina}."
        return [Paso("Te avisamos el resultado", "", atraso)]
    return [Paso("Te avisamos el resultado", f"El {fecha_larga(convocatoria.resultados)}", "Por correo y aquí.")]


def _en_correccion(convocatoria: Convocatoria, correo: Mapping[str, Any], ahora: datetime) -> list[Paso]:
    corrige = Paso("Corrige lo que te pedimos", f"Hasta el {correo['corregir_hasta_texto']}", "Después se cierra.")
    return [corrige, *(_resultado(convocatoria, correo, ahora) if correo["sabras_texto"] else ())]


def _seleccionada(convocatoria: Convocatoria, correo: Mapping[str, Any], ahora: datetime) -> list[Paso]:
    confirma = Paso("Confirma que vas, o deja tu cupo", f"Antes del {correo['empieza_texto']}")
    return [*(() if convocatoria.empezo(ahora) else (confirma,)), *_actividad(convocatoria, correo, ahora)]


def _actividad(convocatoria: Convocatoria, correo: Mapping[str, Any], ahora: datetime) -> list[Paso]:
    dias = correo["convocatoria"]["actividad_texto"]
    vas = Paso("Participas en la actividad", f"Del {dias}" if " al " in dias else f"El {dias}")
    return [vas, Paso("Respondes la encuesta", f"Hasta el {correo['convocatoria']['encuesta_cierre_texto']}")]


def _ofrecida(convocatoria: Convocatoria, correo: Mapping[str, Any], ahora: datetime) -> list[Paso]:
    return [
        Paso("Acepta el cupo o déjalo", f"Hasta el {correo['oferta_vence_texto']}", "Después pasa a quien sigue."),
        *_actividad(convocatoria, correo, ahora)[:1],
    ]


def _espera(convocatoria: Convocatoria, correo: Mapping[str, Any], ahora: datetime) -> list[Paso]:
    if convocatoria.en_su_dia(ahora):
        en_el_lugar = "Si alguien no llega, la oficina da su puesto ahí mismo, en el orden de la lista, a quien esté."
        return [Paso("Ya no se ofrecen cupos por correo", "", en_el_lugar)]
    if convocatoria.empezo(ahora):
        return [Paso("Ya no se ofrecen cupos", "", f"La actividad empezó el {correo['empieza_texto']}.")]
    return [Paso("Si se libera un cupo y te toca, te escribimos", f"Hasta el {correo['empieza_texto']}")]


def _recurrida(convocatoria: Convocatoria, correo: Mapping[str, Any], ahora: datetime) -> list[Paso]:
    return [Paso("Otra persona revisa tu pedido", "", "No hay un plazo fijo. Te escribimos con la respuesta.")]


def _denegada(convocatoria: Convocatoria, correo: Mapping[str, Any], ahora: datetime) -> list[Paso]:
    recurso = correo["recurso"]
    if not recurso:
        return _nada(convocatoria, correo, ahora)
    return [Paso("Si no estás de acuerdo, puedes reclamar", f"Hasta el {recurso['hasta_texto']}")]


def _para_egresar(convocatoria: Convocatoria, falta: tuple[str, ...], ahora: datetime) -> list[Paso]:
    """Lo que falta para terminar, cada cosa con su plazo."""
    plazo = f"Hasta el {fecha_larga(convocatoria.encuesta_cierre)}"
    if vencio(fin_del_dia(convocatoria.encuesta_cierre), ahora):
        plazo = ""
    textos = {
        egreso.ENCUESTA: Paso(
            "Responde la encuesta", plazo, "" if plazo else "El plazo ya pasó. Habla con la oficina."
        ),
        egreso.CARTA: Paso("Acepta tu carta de compromiso", plazo, "La pide esta convocatoria para terminar."),
    }
    return [textos[que] for que in falta]


def _nada(convocatoria: Convocatoria, correo: Mapping[str, Any], ahora: datetime) -> list[Paso]:
    return []


_CERRADAS = frozenset(
    {
        Estado.NO_ADMISIBLE,
        Estado.NO_SELECCIONADA,
        Estado.DESISTIDA,
        Estado.RECURSO_RECHAZADO,
        Estado.DECLINADA,
        Estado.OFERTA_VENCIDA,
        Estado.RETIRADA,
        Estado.PARTICIPO,
        Estado.NO_ASISTIO,
        Estado.EGRESADA,
    }
)
_POR_ESTADO: Mapping[Estado, Callable[[Convocatoria, Mapping[str, Any], datetime], list[Paso]]] = {
    Estado.POR_CONFIRMAR: _por_confirmar,
    Estado.RETENIDA: _retenida,
    Estado.RECIBIDA: _resultado,
    Estado.ADMISIBLE: _resultado,
    Estado.EVALUADA: _resultado,
    Estado.EN_CORRECCION: _en_correccion,
    Estado.SELECCIONADA: _seleccionada,
    Estado.CONFIRMADA: _actividad,
    Estado.OFRECIDA: _ofrecida,
    Estado.LISTA_DE_ESPERA: _espera,
    Estado.RECURRIDA: _recurrida,
    Estado.NO_ADMISIBLE: _denegada,
    Estado.NO_SELECCIONADA: _denegada,
    Estado.DESISTIDA: _denegada,
    Estado.RECURSO_RECHAZADO: _denegada,
}
