"""La matriz para leerla: por cada regla, a qué tipos de persona rige y con qué papel se prueba."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from funciones.dominio.admisibilidad import REGLAS, TipoPersona

Fila = Mapping[str, Any]
# Cómo se nombra a cada tipo en su columna, y entero para quien pasa por encima.
TIPOS = {
    TipoPersona.NATURAL: ("Persona", "Persona con inicio de actividades"),
    TipoPersona.JURIDICA: ("Empresa", "Empresa con RUT propio"),
    TipoPersona.COOPERATIVA: ("Cooperativa", "Cooperativa"),
    TipoPersona.EMPRENDEDOR: ("Emprendedor", "Emprendedor sin inicio de actividades"),
}
# Al programa entero no le rigen: las mira quien postula a una convocatoria que las pide.
SOLO_SI_LO_PIDE = ("territorio", "antiguedad", "perfil")


@dataclass(frozen=True)
class FilaDeMatriz:
    """Una regla. `rige` va de tipo de persona a «si», «no» o «con_inicio»; `papeles`, ya en palabras."""

    regla: str
    titulo: str
    rige: Mapping[str, str]
    papeles: str
    notas: tuple[str, ...]
    propuesta: bool

    @property
    def a_medias(self) -> bool:
        """Si a alguien le rige solo cuando ya inició actividades."""
        return "con_inicio" in self.rige.values()


def filas(
    matriz: Iterable[Fila],
    componente: int,
    reglas: Collection[str],
    titulos: Mapping[str, str],
    papeles: Mapping[str, str],
) -> list[FilaDeMatriz]:
    """Las de un componente, en el orden de las reglas. `titulos`: regla → título; `papeles`: documento → título."""
    propias = [fila for fila in matriz if fila["componente"] == componente]
    por_regla = {regla: [f for f in propias if f["regla"] == regla] for regla in REGLAS if regla in reglas}
    return [_fila(regla, titulos[regla], suyas, papeles) for regla, suyas in por_regla.items()]


def _fila(regla: str, titulo: str, suyas: list[Fila], papeles: Mapping[str, str]) -> FilaDeMatriz:
    rigen = [fila for fila in suyas if fila["rige"] != "no"]
    return FilaDeMatriz(
        regla=regla,
        titulo=titulo,
        rige={fila["tipo_persona"]: fila["rige"] for fila in suyas},
        papeles=_papeles(rigen, papeles),
        notas=tuple(dict.fromkeys(fila["nota"] for fila in rigen if fila["nota"])),
        propuesta=any(fila["certeza"] == "propuesta" for fila in rigen),
    )


def _papeles(rigen: list[Fila], titulos: Mapping[str, str]) -> str:
    """Los mismos para todos se dicen una vez; los que son de algunos, con su nombre."""
    documentos = {d: [f for f in rigen if d in f["documento"]] for f in rigen for d in f["documento"]}
    partes = [_papel(titulos.get(d, d), quienes, rigen) for d, quienes in documentos.items()]
    if any(fila["quien_prueba"] == "sercotec" for fila in rigen):
        partes.append("Lo miramos nosotros")
    return ". ".join(partes) or "Lo dicen las bases"


def _papel(titulo: str, quienes: list[Fila], rigen: list[Fila]) -> str:
    if len(quienes) == len(rigen) or len(quienes) > 1:
        return titulo
    return f"{TIPOS[quienes[0]['tipo_persona']][0]}: {titulo[0].lower()}{titulo[1:]}"
