"""Las reglas del programa: cada una mira una respuesta y recomienda; la decisión es siempre de una persona.

Fuente: formulario de evaluación ex ante del programa, requisitos de los componentes 1 y 2; los números vienen de
los parámetros vigentes a la publicación de la convocatoria, nunca de este archivo.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class TipoPersona(StrEnum):
    """Quién postula. El emprendedor no ha iniciado actividades en primera categoría."""

    NATURAL = "natural"
    JURIDICA = "juridica"
    COOPERATIVA = "cooperativa"
    EMPRENDEDOR = "emprendedor"


class Resultado(StrEnum):
    """Los cuatro resultados de una regla."""

    CUMPLE = "cumple"
    NO_CUMPLE = "no_cumple"
    FALTA_DATO = "falta_dato"
    LO_REVISA_UNA_PERSONA = "lo_revisa_una_persona"


@dataclass(frozen=True, slots=True)
class ParticipacionAnterior:
    """Una vez que la Mipe ya participó, según el registro de participaciones."""

    componente: int
    tipo_actividad: str
    objetivo: str
    anio: int


@dataclass(frozen=True, slots=True)
class Constancia:
    """Lo que dicen los registros de Sercotec sobre un RUT. `rendicion_pendiente` None: no se ha cargado la nómina."""

    participaciones: tuple[ParticipacionAnterior, ...] = ()
    rendicion_pendiente: bool | None = None


@dataclass(frozen=True, slots=True)
class Declaracion:
    """Lo que dice quien postula; None donde no lo ha dicho. Ventas netas del año en pesos enteros."""

    tipo_persona: TipoPersona | None = None
    inicio: str | None = None
    actividad: str | None = None
    ventas_clp: int | None = None
    asociados: int | None = None
    region: str | None = None
    comuna: str | None = None
    otras_actividades: tuple[str, ...] | None = None
    inicio_fecha: date | None = None
    liderada_por_mujeres: bool | None = None
    deudas: bool | None = None
    condena_antisindical: bool | None = None
    rendiciones_pendientes: bool | None = None
    deuda_alimentos: bool | None = None
    consta: Constancia | None = None


@dataclass(frozen=True, slots=True)
class Reglamento:
    """Los números que rigen para una convocatoria.

    `sectores` va de división CIIU (dos cifras) a «si», «no» o «revisa»; `actividades`, de código SII de seis cifras a
    (sección, categoría tributaria «1», «2» o «G»). `uf_clp` es la UF de la fecha que declara la convocatoria.
    """

    version: str
    componente: int
    ventas_minimas_uf: Decimal
    ventas_maximas_uf: Decimal
    ventas_cooperativa_maximas_uf: Decimal
    uf_clp: Decimal
    sectores: Mapping[str, str]
    actividades: Mapping[str, tuple[str, str]]
    regiones_admitidas: frozenset[str] = frozenset()
    tipo_actividad: str = ""
    objetivo: str = ""
    publicacion: date | None = None
    giro: str = "alguno"
    comunas_admitidas: frozenset[str] = frozenset()
    actividades_admitidas: frozenset[str] = frozenset()
    antiguedad_minima_anios: int | None = None
    antiguedad_maxima_anios: int | None = None
    perfil: str = ""
    permite_repetir: bool = False
    participaciones_maximas: int = 2


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """Lo que una regla encontró. `declarado` es lo visto, ya en palabras cortas; el texto completo es de plantilla."""

    regla: str
    resultado: Resultado
    declarado: str = ""


Regla = Callable[[Declaracion, Reglamento], Hallazgo]

_INICIADAS = frozenset({TipoPersona.NATURAL, TipoPersona.JURIDICA})


def en_uf(pesos: int, uf_clp: Decimal) -> Decimal:
    """Pesos ÷ UF, sin redondear: se compara exacto y se redondea solo al mostrar."""
    return Decimal(pesos) / uf_clp


def inicio_actividades(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """Primera categoría ante el SII; el componente 2 admite además al emprendedor sin inicio."""
    regla, inicio = "inicio_actividades", declaracion.inicio
    if inicio is None:
        return Hallazgo(regla, Resultado.FALTA_DATO)
    if inicio == "primera":
        return Hallazgo(regla, Resultado.CUMPLE, "primera categoría")
    if reglamento.componente == 1:
        return Hallazgo(regla, Resultado.NO_CUMPLE, _INICIO_EN_PALABRAS[inicio])
    # Segunda categoría en el componente 2: el formulario no lo dice, lo mira una persona (dominio, §3).
    if inicio == "segunda":
        return Hallazgo(regla, Resultado.LO_REVISA_UNA_PERSONA, _INICIO_EN_PALABRAS[inicio])
    admite = declaracion.tipo_persona is TipoPersona.EMPRENDEDOR
    return Hallazgo(regla, Resultado.CUMPLE if admite else Resultado.NO_CUMPLE, _INICIO_EN_PALABRAS[inicio])


_INICIO_EN_PALABRAS = {"segunda": "solo segunda categoría", "no": "sin inicio de actividades"}


def ventas(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """Ventas netas del año entre el mínimo y el máximo en UF; los dos bordes cuentan."""
    regla = "ventas"
    if declaracion.ventas_clp is None:
        return Hallazgo(regla, Resultado.FALTA_DATO)
    monto = en_uf(declaracion.ventas_clp, reglamento.uf_clp)
    dentro = reglamento.ventas_minimas_uf <= monto <= reglamento.ventas_maximas_uf
    return Hallazgo(regla, Resultado.CUMPLE if dentro else Resultado.NO_CUMPLE, mostrar_uf(monto))


def ventas_cooperativa(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """Promedio anual por asociado inferior al máximo: este borde no cuenta («inferior a»)."""
    regla = "ventas_cooperativa"
    if declaracion.ventas_clp is None or not declaracion.asociados:
        return Hallazgo(regla, Resultado.FALTA_DATO)
    promedio = en_uf(declaracion.ventas_clp, reglamento.uf_clp) / declaracion.asociados
    dentro = promedio < reglamento.ventas_cooperativa_maximas_uf
    declarado = f"{mostrar_uf(promedio)} por asociado"
    return Hallazgo(regla, Resultado.CUMPLE if dentro else Resultado.NO_CUMPLE, declarado)


def sector(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """El rubro lo atiende el programa, según la división del código de actividad del SII."""
    regla, codigo = "sector", declaracion.actividad
    if codigo is None and declaracion.tipo_persona is TipoPersona.EMPRENDEDOR:
        # Sin inicio de actividades no hay código del SII: una persona lee a qué se dedica.
        return Hallazgo(regla, Resultado.LO_REVISA_UNA_PERSONA)
    if codigo is None:
        return Hallazgo(regla, Resultado.FALTA_DATO)
    if codigo not in reglamento.actividades:
        return Hallazgo(regla, Resultado.LO_REVISA_UNA_PERSONA, f"código {codigo}")
    atendido = reglamento.sectores.get(codigo[:2], "revisa")
    return Hallazgo(regla, _RESULTADO_DEL_SECTOR[atendido], f"código {codigo}")


_RESULTADO_DEL_SECTOR = {
    "si": Resultado.CUMPLE,
    "no": Resultado.NO_CUMPLE,
    "revisa": Resultado.LO_REVISA_UNA_PERSONA,
}


def territorio(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """La comuna queda en una región que la convocatoria admite."""
    if declaracion.region is None:
        return Hallazgo("territorio", Resultado.FALTA_DATO)
    dentro = not reglamento.regiones_admitidas or declaracion.region in reglamento.regiones_admitidas
    return Hallazgo("territorio", Resultado.CUMPLE if dentro else Resultado.NO_CUMPLE)


def deudas(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """Sin deudas laborales, previsionales ni tributarias."""
    return _no_debe_declarar("deudas", declaracion.deudas)


def practicas_antisindicales(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """Sin condena por prácticas antisindicales."""
    return _no_debe_declarar("practicas_antisindicales", declaracion.condena_antisindical)


def rendiciones(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """Sin rendiciones pendientes con Sercotec al momento de participar."""
    return _no_debe_declarar("rendiciones", declaracion.rendiciones_pendientes)


def deuda_alimentos(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """Sin inscripción vigente como deudor de alimentos (Ley 21.389)."""
    return _no_debe_declarar("deuda_alimentos", declaracion.deuda_alimentos)


def no_repetir(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """No repetir actividad ni objetivo: depende del registro de participaciones, que mira una persona."""
    return Hallazgo("no_repetir", Resultado.LO_REVISA_UNA_PERSONA)


def _no_debe_declarar(regla: str, declarado: bool | None) -> Hallazgo:
    if declarado is None:
        return Hallazgo(regla, Resultado.FALTA_DATO)
    return Hallazgo(regla, Resultado.NO_CUMPLE if declarado else Resultado.CUMPLE, "sí" if declarado else "no")


def _siempre(declaracion: Declaracion) -> bool:
    return True


def _con_inicio(declaracion: Declaracion) -> bool:
    return declaracion.tipo_persona in _INICIADAS or (
        declaracion.tipo_persona is TipoPersona.EMPRENDEDOR and declaracion.inicio == "primera"
    )


def _es_cooperativa(declaracion: Declaracion) -> bool:
    return declaracion.tipo_persona is TipoPersona.COOPERATIVA


def _es_persona_natural(declaracion: Declaracion) -> bool:
    return declaracion.tipo_persona in {TipoPersona.NATURAL, TipoPersona.EMPRENDEDOR}


# Todas las reglas, en el orden en que se muestran, y a quién se le aplica cada una.
REGLAS: Mapping[str, tuple[Callable[[Declaracion], bool], Regla]] = {
    "inicio_actividades": (_siempre, inicio_actividades),
    "ventas": (_con_inicio, ventas),
    "ventas_cooperativa": (_es_cooperativa, ventas_cooperativa),
    "sector": (_siempre, sector),
    "territorio": (_siempre, territorio),
    "deudas": (_siempre, deudas),
    "practicas_antisindicales": (_siempre, practicas_antisindicales),
    "rendiciones": (_siempre, rendiciones),
    "deuda_alimentos": (_es_persona_natural, deuda_alimentos),
    "no_repetir": (_siempre, no_repetir),
}


def recomendar(declaracion: Declaracion, reglamento: Reglamento) -> tuple[Hallazgo, ...]:
    """Un hallazgo por cada regla que rige para quien postula, en el orden de REGLAS."""
    return tuple(regla(declaracion, reglamento) for rige, regla in REGLAS.values() if rige(declaracion))


def resumen(hallazgos: tuple[Hallazgo, ...]) -> Resultado:
    """El resultado más grave de todos: no cumple, falta dato, lo revisa una persona, cumple."""
    gravedad = (Resultado.NO_CUMPLE, Resultado.FALTA_DATO, Resultado.LO_REVISA_UNA_PERSONA)
    vistos = {hallazgo.resultado for hallazgo in hallazgos}
    return next((resultado for resultado in gravedad if resultado in vistos), Resultado.CUMPLE)


def mostrar_uf(monto: Decimal) -> str:
    """`2612.0449` → `2.612,04 UF`. Hacia abajo: lo mostrado nunca cruza un borde que el monto exacto no cruzó."""
    entero, decimales = f"{monto.quantize(Decimal('0.01'), rounding='ROUND_DOWN'):,.2f}".split(".")
    return f"{entero.replace(',', '.')},{decimales} UF"
