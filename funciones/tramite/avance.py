"""El avance de una postulación como archivo: se guarda para seguir otro día o en otro equipo, y se vuelve a cargar."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from funciones.adaptadores.horneado import Horneado
from funciones.adaptadores.montaje import montaje
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.plazo import CHILE
from funciones.entrada.solicitud import Respuesta
from funciones.tramite import borradores
from funciones.tramite.borradores import Cambios
from funciones.tramite.formulario import Recorrido
from funciones.tramite.respuestas import RespuestaMala, canonizar

FORMATO, VERSION = "avance-de-postulacion", 1
TOPE_BYTES = 200_000
QUE_ES = "BORRADOR: aún no has postulado. Este archivo guarda tus respuestas. No lleva tus documentos."
DANADO = "Ese archivo no es un avance, o está dañado. Elige el que guardaste desde este formulario."


class AvanceMalo(Exception):
    """El archivo no se puede cargar; el mensaje dice por qué y qué hacer."""


@dataclass(frozen=True, slots=True)
class Cargado:
    """Lo que se pudo leer: el recorrido con sus respuestas, y lo que cambió o no sirvió."""

    recorrido: Recorrido
    cambios: Cambios


def archivo(recorrido: Recorrido, escritas: Mapping[str, str]) -> Respuesta:
    """El archivo para guardar. `escritas`: lo de la página que se está mirando, sirva o no todavía."""
    convocatoria = recorrido.convocatoria
    respuestas = {**recorrido.respuestas, **escritas}
    contenido = {
        "que_es": QUE_ES,
        "formato": FORMATO,
        "version_del_formato": VERSION,
        "convocatoria": convocatoria.id,
        "nombre_de_la_convocatoria": convocatoria.nombre,
        "version_del_formulario": recorrido.publicado.version_formulario("postulacion"),
        "guardado": montaje().ahora().astimezone(CHILE).isoformat(timespec="seconds"),
        # Todas, también las que no le tocan: así se sabe cuáles había. Sin respuesta va «null»; en blanco, vacía.
        "respuestas": [
            {"clave": p.clave, "pregunta": p.titulo, "respuesta": respuestas.get(p.clave)}
            for p in recorrido.todas
            if p.tipo != "casilla"
        ],
    }
    cabeceras = {
        "content-type": "application/json; charset=utf-8",
        "content-disposition": f'attachment; filename="avance-{convocatoria.id}.json"',
    }
    texto = json.dumps(contenido, ensure_ascii=False, indent=2) + "\n"
    return Respuesta(contenido, cabeceras=cabeceras, texto=texto)


def cargar(crudo: bytes, convocatoria: Convocatoria, publicado: Horneado, guardadas: Mapping[str, str]) -> Cargado:
    """El archivo → lo que se puede seguir llenando. Error: AvanceMalo, y entonces no se toca nada."""
    contenido = _leer(crudo)
    if contenido.get("formato") != FORMATO or contenido.get("version_del_formato") != VERSION:
        raise AvanceMalo(DANADO)
    _exigir_la_misma(contenido, convocatoria, publicado)
    filas = _filas(contenido)
    escritas = {clave: respuesta for clave, (_, respuesta) in filas.items() if respuesta is not None}
    recorrido, malas = _encajar(escritas, Recorrido(publicado, convocatoria, guardadas))
    hay = {p.clave for p in recorrido.todas}
    vistas = borradores.comparar({clave: titulo for clave, (titulo, _) in filas.items()}, recorrido)
    quitadas = tuple(titulo for clave, (titulo, dicho) in filas.items() if clave not in hay and dicho)
    cambios = Cambios(vistas.nuevas, vistas.cambiadas, quitadas, malas)
    return Cargado(recorrido, cambios)


def _leer(crudo: bytes) -> Mapping[str, Any]:
    if not crudo:
        raise AvanceMalo("Elige el archivo de tu avance.")
    if len(crudo) > TOPE_BYTES:
        raise AvanceMalo("Ese archivo pesa demasiado para ser un avance. Elige el que empieza con «avance-».")
    try:
        contenido = json.loads(crudo.decode("utf-8-sig"))
        json.dumps(contenido, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise AvanceMalo(DANADO) from error
    if not isinstance(contenido, dict):
        raise AvanceMalo(DANADO)
    return contenido


def _exigir_la_misma(contenido: Mapping[str, Any], convocatoria: Convocatoria, publicado: Horneado) -> None:
    suya = contenido.get("convocatoria")
    if suya == convocatoria.id:
        return
    otra = publicado.convocatoria(suya) if isinstance(suya, str) else None
    cual = f"«{otra.nombre}»" if otra else "otra convocatoria"
    raise AvanceMalo(f"Ese avance es de {cual}. Ábrela y cárgalo ahí.")


def _filas(contenido: Mapping[str, Any]) -> dict[str, tuple[str, str | None]]:
    """Clave → título y respuesta, None si no la tenía. Error: AvanceMalo si alguna no se entiende."""
    filas = contenido.get("respuestas")
    if not isinstance(filas, list):
        raise AvanceMalo(DANADO)
    leidas: dict[str, tuple[str, str | None]] = {}
    for fila in filas:
        clave, titulo, respuesta = _fila(fila)
        if clave in leidas:
            raise AvanceMalo(DANADO)
        leidas[clave] = (titulo, respuesta)
    return leidas


def _fila(fila: Any) -> tuple[str, str, str | None]:
    valores = tuple(fila.get(c) for c in ("clave", "pregunta", "respuesta")) if isinstance(fila, dict) else ()
    match valores:
        case (str() as clave, str() as titulo, str() | None as respuesta):
            return clave, titulo, respuesta
    raise AvanceMalo(DANADO)


def _encajar(escritas: Mapping[str, str], antes: Recorrido) -> tuple[Recorrido, tuple[tuple[str, str], ...]]:
    """Las respuestas que sirven, sobre las que ya había, y las que no: título y lo que se había escrito."""
    canonicas: dict[str, str] = {}
    malas: list[tuple[str, str]] = []
    for pregunta in antes.todas:
        if pregunta.tipo == "casilla" or pregunta.clave not in escritas:
            continue
        try:
            canonicas[pregunta.clave] = canonizar(pregunta, escritas[pregunta.clave], antes.publicado)
        except RespuestaMala:
            if escritas[pregunta.clave]:
                malas.append((pregunta.titulo, escritas[pregunta.clave]))
    respuestas = {**antes.respuestas, **canonicas}
    respuestas.pop(borradores.RETRATO, None)
    return Recorrido(antes.publicado, antes.convocatoria, respuestas), tuple(malas)
