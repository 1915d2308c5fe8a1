"""El mundo de las reglas: un reglamento que mira todo, y alguien de cada tipo que cumple todo lo que puede."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from funciones.dominio.admisibilidad import (
    Constancia,
    Declaracion,
    Hallazgo,
    ParticipacionAnterior,
    Reglamento,
    Resultado,
    TipoPersona,
    recomendar,
)

MATRIZ = Path(__file__).resolve().parents[1] / "datos" / "parametros" / "matriz.csv"


def leida(texto: str) -> str:
    """La misma palabra como llega de un formulario o de una tabla: igual, pero no el mismo objeto que la del código."""
    return "".join(list(texto))


def matriz(componente: int) -> dict[tuple[str, str], str]:
    """La publicada, para un componente: (tipo de persona, regla) → «si», «no» o «con_inicio»."""
    with MATRIZ.open(encoding="utf-8", newline="") as archivo:
        filas = [f for f in csv.DictReader(archivo) if f["componente"] == str(componente)]
    return {(f["tipo_persona"], f["regla"]): f["rige"] for f in filas}


# La UF del 31 de diciembre de 2025: con ella, 200 y 2.400 UF son pesos enteros.
UF = Decimal("39727.96")
MINIMO, MAXIMO = 7_945_592, 95_347_104
REGLAMENTO = Reglamento(
    version="prueba/1",
    componente=1,
    ventas_minimas_uf=Decimal(200),
    ventas_maximas_uf=Decimal(2400),
    ventas_cooperativa_maximas_uf=Decimal(2400),
    uf_clp=UF,
    sectores={"10": leida("si"), "46": leida("no"), "47": "revisa", "74": leida("si")},
    actividades={
        "101010": ("C", "1"),
        "107100": ("C", "1"),
        "461000": ("G", "1"),
        "471000": ("G", "1"),
        "471001": ("G", "2"),
        "741000": ("M", "G"),
        "742000": ("M", "2"),
        "990000": ("U", "1"),
    },
    regiones_admitidas=frozenset({"08", "16"}),
    tipo_actividad="feria",
    objetivo="vender_al_publico",
    publicacion=date(2026, 11, 2),
    antiguedad_maxima_anios=5,
    perfil="liderada_por_mujeres",
    matriz=matriz(1),
    participaciones_maximas=2,
)
ENCUENTROS = replace(REGLAMENTO, componente=2, tipo_actividad="rueda_de_negocios", matriz=matriz(2))

JURIDICA = Declaracion(
    tipo_persona=TipoPersona.JURIDICA,
    inicio=leida("primera"),
    inicio_fecha=date(2023, 3, 1),
    actividad="101010",
    otras_actividades=(),
    ventas_clp=50_000_000,
    region="08",
    comuna="08101",
    liderada_por_mujeres=True,
    deudas=False,
    condena_antisindical=False,
    rendiciones_pendientes=False,
)
NATURAL = replace(JURIDICA, tipo_persona=TipoPersona.NATURAL, deuda_alimentos=False)
COOPERATIVA = replace(JURIDICA, tipo_persona=TipoPersona.COOPERATIVA, ventas_clp=3 * MAXIMO - 1, asociados=3)
EMPRENDEDOR = replace(NATURAL, tipo_persona=TipoPersona.EMPRENDEDOR)
SIN_INICIO = replace(EMPRENDEDOR, inicio=leida("no"), inicio_fecha=None, actividad=None, otras_actividades=None)
BUENAS = {"natural": NATURAL, "juridica": JURIDICA, "cooperativa": COOPERATIVA, "emprendedor": EMPRENDEDOR}


def participo(componente: int, tipo_actividad: str, objetivo: str = "vender_al_publico") -> ParticipacionAnterior:
    """Una participación del año pasado."""
    return ParticipacionAnterior(componente, tipo_actividad, objetivo, 2025)


def con_registro(
    declaracion: Declaracion, *participaciones: ParticipacionAnterior, pendiente: bool | None = None
) -> Declaracion:
    """La misma declaración, ya mirada en los registros de Sercotec."""
    return replace(declaracion, consta=Constancia(participaciones, pendiente))


def hallado(regla: str, declaracion: Declaracion, reglamento: Reglamento = REGLAMENTO) -> Hallazgo:
    """El hallazgo de esa regla."""
    return next(h for h in recomendar(declaracion, reglamento) if h.regla == regla)


def resultado(regla: str, declaracion: Declaracion, reglamento: Reglamento = REGLAMENTO) -> Resultado:
    """El resultado de esa regla."""
    return hallado(regla, declaracion, reglamento).resultado
