"""Selecciones al azar: con puntaje y por llegada, con reservas, tope y gente ya dentro."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from funciones.dominio.candidata import Candidata, Condiciones
from funciones.dominio.convocatoria import Cupo, ModoSeleccion
from funciones.dominio.postulacion import Estado

A, B = "a", "b"
ESTADOS = [
    Estado.ADMISIBLE,
    Estado.ADMISIBLE,
    Estado.EVALUADA,
    Estado.RECIBIDA,
    Estado.EN_CORRECCION,
    Estado.RETENIDA,
    Estado.SELECCIONADA,
    Estado.CONFIRMADA,
    Estado.LISTA_DE_ESPERA,
    Estado.RETIRADA,
    Estado.NO_ADMISIBLE,
]
grupos = st.frozensets(st.sampled_from([A, B]))
notas = st.integers(1, 3).map(Decimal)


@st.composite
def reservas(draw: st.DrawFn, cupos: int) -> tuple[tuple[str, int], ...]:
    """Nunca suman más que los cupos: lo comprueba la validación de los datos."""
    de_a = draw(st.integers(0, cupos))
    return ((A, de_a), (B, draw(st.integers(0, cupos - de_a))))


@st.composite
def con_puntaje(draw: st.DrawFn) -> tuple[Condiciones, list[Candidata], Cupo]:
    cupos = draw(st.integers(0, 6))
    quienes = [
        Candidata(f"F{n:02}", Estado.EVALUADA, n, draw(notas), {"x": draw(notas), "y": draw(notas)}, draw(grupos))
        for n in range(1, draw(st.integers(0, 12)) + 1)
    ]
    condiciones = Condiciones(ModoSeleccion.PUNTAJE, Decimal(2), ("y", "x"), draw(reservas(cupos)))
    return condiciones, quienes, Cupo(cupos, 0, 0, draw(st.one_of(st.none(), st.integers(0, 4))))


@st.composite
def por_llegada(draw: st.DrawFn) -> tuple[Condiciones, list[Candidata], Cupo, bool]:
    """Una convocatoria a medio camino: con gente dentro, gente en revisión y, a veces, gente que ya espera."""
    quienes = [
        Candidata(f"F{n:02}", draw(st.sampled_from(ESTADOS)), n, reservas=draw(grupos))
        for n in range(1, draw(st.integers(0, 10)) + 1)
    ]
    dentro = sum(c.dentro for c in quienes)
    cupos = dentro + draw(st.integers(0, 4))
    tope = draw(st.one_of(st.none(), st.integers(1, 12)))
    condiciones = Condiciones(ModoSeleccion.LLEGADA, reservas=draw(reservas(cupos)), postulaciones_maximas=tope)
    esperan = sum(c.espera for c in quienes)
    cupo = Cupo(cupos, dentro, esperan, draw(st.one_of(st.none(), st.integers(0, 3))))
    return condiciones, quienes, cupo, draw(st.booleans())
