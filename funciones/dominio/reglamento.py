"""Los números y listas que rigen para una convocatoria, y lo que una regla encuentra al mirarlos."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Resultado(StrEnum):
    """Los cuatro resultados de una regla."""

    CUMPLE = "cumple"
    NO_CUMPLE = "no_cumple"
    FALTA_DATO = "falta_dato"
    LO_REVISA_UNA_PERSONA = "lo_revisa_una_persona"


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """Lo que una regla encontró. `declarado` es lo visto, en palabras cortas; `porque` elige la frase entre varias."""

    regla: str
    resultado: Resultado
    declarado: str = ""
    porque: str = ""


@dataclass(frozen=True, slots=True)
class Reglamento:
    """Los números que rigen para una convocatoria: los del programa, ya estrechados por ella.

    `sectores` va de división CIIU (dos cifras) a «si», «no» o «revisa»; `actividades`, de código SII de seis cifras a
    (sección, categoría tributaria «1», «2» o «G»). `uf_clp` es la UF de la fecha que declara la convocatoria.
    `actividades_admitidas` mezcla secciones (`C`), divisiones (`10`) y códigos (`561000`); vacía, todas.
    `matriz` va de (tipo de persona, regla) a «si», «no» o «con_inicio», en el componente de la convocatoria.
    """

    version: str
    componente: int
    ventas_minimas_uf: Decimal
    ventas_maximas_uf: Decimal
    ventas_cooperativa_maximas_uf: Decimal
    uf_clp: Decimal
    sectores: Mapping[str, str]
    actividades: Mapping[str, tuple[str, str]]
    matriz: Mapping[tuple[str, str], str]
    participaciones_maximas: int
    tipo_actividad: str
    objetivo: str
    publicacion: date
    regiones_admitidas: frozenset[str] = frozenset()
    giro: str = "alguno"
    comunas_admitidas: frozenset[str] = frozenset()
    actividades_admitidas: frozenset[str] = frozenset()
    antiguedad_minima_anios: int | None = None
    antiguedad_maxima_anios: int | None = None
    perfil: str = ""
    permite_repetir: bool = False
    # Los del programa, cuando la convocatoria los estrecha; None, los mismos de arriba.
    ventas_minimas_programa_uf: Decimal | None = None
    ventas_maximas_programa_uf: Decimal | None = None

    def pide(self, regla: str) -> bool:
        """La antigüedad y el perfil solo se piden si la convocatoria los nombra; lo demás, siempre."""
        if regla == "antiguedad":
            return self.antiguedad_minima_anios is not None or self.antiguedad_maxima_anios is not None
        return regla != "perfil" or bool(self.perfil)


def en_uf(pesos: int, uf_clp: Decimal) -> Decimal:
    """Pesos ÷ UF, solo para mostrar: los bordes se comparan en pesos, donde no hay división."""
    return Decimal(pesos) / uf_clp


def mostrar_uf(monto: Decimal) -> str:
    """`2612.0449` → `2.612,04 UF`. Hacia abajo: lo mostrado nunca cruza un borde que el monto exacto no cruzó."""
    entero, decimales = f"{monto.quantize(Decimal('0.01'), rounding='ROUND_DOWN'):,.2f}".split(".")
    return f"{entero.replace(',', '.')},{decimales} UF"
