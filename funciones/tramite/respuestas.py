"""Las respuestas de un formulario: se revisan todas a la vez y se convierten en lo que miran las reglas."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from funciones.adaptadores.casos import NINGUNA
from funciones.adaptadores.horneado import Horneado
from funciones.dominio.admisibilidad import Declaracion, TipoPersona
from funciones.tramite.canonicas import CANONIZADORES, RespuestaMala
from funciones.tramite.preguntas import (
    Pregunta,
    por_bloque,
    pregunta_de,
    preguntas_de,
    preguntas_del_formulario,
    preguntas_para,
)

__all__ = [
    "Pregunta",
    "RespuestaMala",
    "canonizar",
    "como_se_cuenta",
    "declaracion_de",
    "por_bloque",
    "pregunta_de",
    "preguntas_de",
    "preguntas_del_formulario",
    "preguntas_para",
    "revisar",
    "se_pasa",
]


def como_se_cuenta(escrito: str) -> str:
    """Lo escrito, con sus letras como las cuenta la página: compuestas y con un solo salto por renglón."""
    return unicodedata.normalize("NFC", escrito).strip().replace("\r\n", "\n")


def se_pasa(texto: str, tope: int) -> str:
    """Qué decir de un texto más largo que el tope; vacío si cabe. No se corta: se perdería sin que nadie lo note."""
    return f"Acórtalo: tiene {len(texto)} caracteres y caben {tope}." if len(texto) > tope else ""


def canonizar(pregunta: Pregunta, escrito: str, publicado: Horneado) -> str:
    """Lo escrito → forma canónica; vacío si no es obligatoria y no vino. Errores: RespuestaMala."""
    limpio = como_se_cuenta(escrito)
    if not limpio:
        if pregunta.obligatoria:
            raise RespuestaMala(pregunta.error_falta)
        return ""
    if largo := se_pasa(limpio, pregunta.largo_maximo):
        raise RespuestaMala(largo)
    return CANONIZADORES[pregunta.tipo](pregunta, limpio, publicado)


def revisar(
    preguntas: tuple[Pregunta, ...], escritas: Mapping[str, Any], publicado: Horneado
) -> tuple[dict[str, str], dict[str, str]]:
    """Todas las respuestas a la vez: (canónicas, errores por clave)."""
    canonicas, errores = {}, {}
    for pregunta in preguntas:
        escrito = escritas.get(pregunta.clave, "")
        try:
            canonicas[pregunta.clave] = canonizar(pregunta, _como_texto(pregunta, escrito), publicado)
        except RespuestaMala as mala:
            errores[pregunta.clave] = str(mala)
    return canonicas, errores


def _como_texto(pregunta: Pregunta, escrito: Any) -> str:
    """Por JSON pueden llegar números y booleanos; listas y objetos no son respuesta de nada."""
    if isinstance(escrito, bool):
        return "si" if escrito else "no"
    if isinstance(escrito, str | int):
        return str(escrito)
    raise RespuestaMala(pregunta.error_formato)


def declaracion_de(canonicas: Mapping[str, str], publicado: Horneado) -> Declaracion:
    """Las respuestas canónicas → lo que miran las reglas; None donde no hay respuesta."""
    comuna = canonicas.get("comuna")
    return Declaracion(
        tipo_persona=TipoPersona(canonicas["tipo_persona"]) if canonicas.get("tipo_persona") else None,
        inicio=canonicas.get("inicio_actividades") or None,
        actividad=canonicas.get("actividad") or None,
        ventas_clp=_numero(canonicas.get("ventas")),
        asociados=_numero(canonicas.get("asociados")),
        region=publicado.comunas[comuna]["region"] if comuna else None,
        comuna=comuna or None,
        otras_actividades=_otras(canonicas.get("otras_actividades")),
        inicio_fecha=_fecha_o_nada(canonicas.get("inicio_fecha")),
        liderada_por_mujeres=_si_o_no(canonicas.get("liderada_por_mujeres")),
        deudas=_si_o_no(canonicas.get("deudas")),
        condena_antisindical=_si_o_no(canonicas.get("condena_antisindical")),
        rendiciones_pendientes=_si_o_no(canonicas.get("rendiciones_pendientes")),
        deuda_alimentos=_si_o_no(canonicas.get("deuda_alimentos")),
    )


def _otras(canonica: str | None) -> tuple[str, ...] | None:
    """Sin preguntar no se sabe; preguntada y dejada en blanco, no hay más que la principal."""
    if canonica is None:
        return None
    return () if canonica in {"", NINGUNA} else tuple(canonica.split(", "))


def _fecha_o_nada(canonica: str | None) -> date | None:
    return date.fromisoformat(canonica) if canonica else None


def _numero(canonica: str | None) -> int | None:
    return int(canonica) if canonica else None


def _si_o_no(canonica: str | None) -> bool | None:
    return {"si": True, "no": False}.get(canonica or "")
