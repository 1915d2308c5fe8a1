"""Los ejemplos que escribe la gente del programa: de una fila de texto a la respuesta que dan las reglas.

Los usan `validar`, la página de la convocatoria y las pruebas: los tres preguntan a la misma función.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from funciones.dominio.admisibilidad import (
    Constancia,
    Declaracion,
    Hallazgo,
    ParticipacionAnterior,
    Reglamento,
    TipoPersona,
    recomendar,
)

# Lo que se escribe en `resultado` cuando a esa persona no se le aplica la regla.
NO_RIGE = "no_rige"
# Lo que se escribe en `otras_actividades` cuando no tiene más que la principal.
NINGUNA = "ninguna"
Fila = Mapping[str, Any]
Comunas = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Ejemplo:
    """Un caso del programa: quién es (`fila`, con las columnas de casos.csv), ante qué convocatoria y qué se espera."""

    titulo: str
    convocatoria: Fila
    fila: Fila
    resultado: str


def ejemplos(archivo: Fila) -> tuple[Ejemplo, ...]:
    """Los casos de un archivo de tests/casos ya leído: cada uno es su persona con lo que cambia y lo que estrecha."""
    return tuple(
        Ejemplo(
            titulo=caso["titulo"],
            convocatoria={**archivo["convocatoria"], **caso.get("convocatoria", {})},
            fila={**archivo["personas"][caso["quien"]], **caso.get("con", {}), "regla": caso["regla"]},
            resultado=caso["resultado"],
        )
        for caso in archivo["casos"]
    )


def respuesta(caso: Fila, reglamento: Reglamento, comunas: Comunas) -> str:
    """Lo que responde la regla del caso: uno de los cuatro resultados, o «no_rige»."""
    hallazgo = hallar(caso, reglamento, comunas)
    return NO_RIGE if hallazgo is None else str(hallazgo.resultado)


def hallar(caso: Fila, reglamento: Reglamento, comunas: Comunas) -> Hallazgo | None:
    """El hallazgo de la regla que nombra el caso; None si no le rige."""
    hallazgos = recomendar(declaracion_del_caso(caso, comunas), reglamento)
    return next((h for h in hallazgos if h.regla == caso["regla"]), None)


def declaracion_del_caso(caso: Fila, comunas: Comunas) -> Declaracion:
    """Fila de casos (texto o valores ya convertidos) → declaración; la celda vacía es un dato que no se sabe.

    Columnas: las de casos.csv. `otras_actividades` vacía es que no se sabe; «ninguna», que no tiene otras.
    """
    comuna = _texto(caso, "comuna")
    tipo = _texto(caso, "tipo_persona")
    return Declaracion(
        tipo_persona=None if tipo is None else TipoPersona(tipo),
        inicio=_texto(caso, "inicio_actividades"),
        actividad=_texto(caso, "actividad"),
        ventas_clp=_entero(caso, "ventas_clp"),
        asociados=_entero(caso, "asociados"),
        region=None if comuna is None else comunas[comuna]["region"],
        comuna=comuna,
        otras_actividades=_lista(caso, "otras_actividades"),
        inicio_fecha=_fecha(caso, "inicio_fecha"),
        liderada_por_mujeres=_si_o_no(caso, "liderada_por_mujeres"),
        deudas=_si_o_no(caso, "deudas"),
        condena_antisindical=_si_o_no(caso, "condena_antisindical"),
        rendiciones_pendientes=_si_o_no(caso, "rendiciones_pendientes"),
        deuda_alimentos=_si_o_no(caso, "deuda_alimentos"),
        consta=_constancia(caso),
    )


def _constancia(caso: Fila) -> Constancia | None:
    """Lo que dicen los registros, si el caso lo cuenta.

    `participaciones`: las del registro cargado; `anotadas`: las que anotó el portal, sin registro cargado;
    `rendicion_en_nomina`: si o no.
    """
    if not {"participaciones", "anotadas", "rendicion_en_nomina"} & set(caso):
        return None
    return Constancia(
        _participaciones(caso["participaciones"]) if "participaciones" in caso else None,
        _si_o_no(caso, "rendicion_en_nomina"),
        _participaciones(caso.get("anotadas", ())),
    )


def _participaciones(escritas: Iterable[Fila]) -> tuple[ParticipacionAnterior, ...]:
    return tuple(
        ParticipacionAnterior(int(p["componente"]), p["tipo_actividad"], p["objetivo"], int(p["anio"]))
        for p in escritas
    )


def _texto(caso: Fila, clave: str) -> str | None:
    return caso.get(clave) or None


def _entero(caso: Fila, clave: str) -> int | None:
    valor = caso.get(clave)
    return None if valor in {None, ""} else int(valor)


def _fecha(caso: Fila, clave: str) -> date | None:
    valor = caso.get(clave)
    return date.fromisoformat(valor) if valor and isinstance(valor, str) else valor or None


def _lista(caso: Fila, clave: str) -> tuple[str, ...] | None:
    valor = caso.get(clave)
    if valor is None or valor == "":
        return None
    if valor == NINGUNA:
        return ()
    return tuple(valor.split("|") if isinstance(valor, str) else valor)


def _si_o_no(caso: Fila, clave: str) -> bool | None:
    valor = caso.get(clave)
    return None if valor in {None, ""} else {"si": True, "no": False, True: True, False: False}[valor]
