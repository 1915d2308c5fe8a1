"""Lo que se pidió corregir, con nombre: documentos que se suben otra vez y respuestas que se escriben de nuevo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from funciones.adaptadores.horneado import Horneado
from funciones.dominio.convocatoria import Convocatoria, DocumentoPedido
from funciones.dominio.postulacion import Correccion, Postulacion
from funciones.tramite.respuestas import Pregunta, preguntas_para, revisar

DOCUMENTO, RESPUESTA = "documento:", "respuesta:"
_VINETA = "· "


def documentos(postulacion: Postulacion, convocatoria: Convocatoria) -> tuple[DocumentoPedido, ...]:
    """Los que se pueden subir otra vez: los nombrados o, si no se nombró nada, todos los suyos."""
    suyos = convocatoria.documentos_de(postulacion.datos["tipo_persona"])
    nombrados = _nombrados(postulacion.correcciones, DOCUMENTO)
    return tuple(d for d in suyos if not postulacion.correcciones or d.documento in nombrados)


def preguntas(postulacion: Postulacion, convocatoria: Convocatoria, publicado: Horneado) -> tuple[Pregunta, ...]:
    """Las que hay que responder de nuevo."""
    nombradas = _nombrados(postulacion.correcciones, RESPUESTA)
    return tuple(p for p in preguntas_para(convocatoria, publicado) if p.clave in nombradas)


def que_hacer(postulacion: Postulacion, que: str) -> str:
    """Lo que escribió quien lo pidió; vacío si no se nombró."""
    return next((c.texto for c in postulacion.correcciones if c.que == que), "")


def _nombrados(correcciones: Iterable[Correccion], prefijo: str) -> frozenset[str]:
    return frozenset(c.que.removeprefix(prefijo) for c in correcciones if c.que.startswith(prefijo))


def en_palabras(motivo: str, correcciones: Iterable[Correccion], titulos: Mapping[str, str]) -> str:
    """El motivo con la lista de lo pedido, un renglón por cosa: así queda en el correo y en el registro."""
    return "\n".join([motivo, *(_VINETA + _renglon(titulos[c.que], c.texto) for c in correcciones)])


def _renglon(titulo: str, texto: str) -> str:
    return f"{titulo}{'' if titulo.endswith('?') else ':'} {' '.join(texto.split())}"


def motivo_general(postulacion: Postulacion) -> str:
    """El motivo sin los renglones de lo pedido, que la página muestra junto a cada campo."""
    renglones, pedidos = postulacion.motivo.splitlines(), len(postulacion.correcciones)
    if pedidos and all(renglon.startswith(_VINETA) for renglon in renglones[-pedidos:]):
        renglones = renglones[:-pedidos]
    return "\n".join(renglones)


def respondidas(
    postulacion: Postulacion, preguntadas: tuple[Pregunta, ...], escritas: Mapping[str, Any], publicado: Horneado
) -> tuple[dict[str, str], dict[str, str]]:
    """Las respuestas nuevas, canónicas, y los errores por clave; lo que no viene o no cambia no está en ninguna."""
    traidas = tuple(p for p in preguntadas if p.clave in escritas)
    canonicas, errores = revisar(traidas, escritas, publicado)
    return {clave: c for clave, c in canonicas.items() if c != postulacion.datos.get(clave)}, errores
