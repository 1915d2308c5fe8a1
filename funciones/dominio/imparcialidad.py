"""A quien le corrigieron un no ya no decide sobre los requisitos de esa postulación: la mira otra persona."""

from __future__ import annotations

from collections.abc import Sequence

from funciones.dominio.postulacion import SE_RECURREN, Estado, Papel, Transicion

# Las decisiones sobre los requisitos; poner nota no es una de ellas.
DE_REQUISITOS = frozenset({Estado.ADMISIBLE, Estado.NO_ADMISIBLE, Estado.EN_CORRECCION})


def fue_corregida(transiciones: Sequence[Transicion], persona: str) -> bool:
    """Si esta persona le dijo que no, y después alguien acogió el recurso."""
    acogidos = [lugar for lugar, t in enumerate(transiciones) if (t.de, t.a) == (Estado.RECURRIDA, Estado.RECIBIDA)]
    antes = transiciones[: acogidos[-1]] if acogidos else ()
    return any(t.a in SE_RECURREN and t.actor.papel is Papel.PERSONAL and t.actor.id == persona for t in antes)
