"""La admisibilidad: aplica a cada quien las reglas que le rigen y recomienda; la decisión es siempre de una persona.

Fuente: formulario de evaluación ex ante del programa, requisitos de los componentes 1 y 2; los números vienen de los
parámetros vigentes a la publicación de la convocatoria y a quién rige cada regla, de la matriz: nunca de este archivo.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from funciones.dominio import giro, registros, reglas
from funciones.dominio.declaracion import Constancia, Declaracion, ParticipacionAnterior, TipoPersona
from funciones.dominio.reglamento import Hallazgo, Reglamento, Resultado, en_uf, mostrar_uf

__all__ = [
    "NECESITAN_REGISTRO",
    "REGLAS",
    "SE_REVISAN_OTRA_VEZ",
    "Constancia",
    "Declaracion",
    "Hallazgo",
    "ParticipacionAnterior",
    "Regla",
    "Reglamento",
    "Resultado",
    "TipoPersona",
    "en_uf",
    "mostrar_uf",
    "recomendar",
    "resumen",
    "rige",
]

Regla = Callable[[Declaracion, Reglamento], Hallazgo]

# Todas las reglas, en el orden en que se muestran.
REGLAS: Mapping[str, Regla] = {
    "inicio_actividades": reglas.inicio_actividades,
    "categoria": giro.categoria,
    "ventas": reglas.ventas,
    "ventas_cooperativa": reglas.ventas_cooperativa,
    "sector": giro.sector,
    "territorio": reglas.territorio,
    "antiguedad": reglas.antiguedad,
    "perfil": reglas.perfil,
    "deudas": reglas.deudas,
    "practicas_antisindicales": reglas.practicas_antisindicales,
    "rendiciones": registros.rendiciones,
    "deuda_alimentos": reglas.deuda_alimentos,
    "no_repetir": registros.no_repetir,
}
# Sin el registro de Sercotec no dicen nada: antes de postular no se pueden revisar.
NECESITAN_REGISTRO = ("no_repetir",)
# Responden con lo declarado, pero se comprueban otra vez en el registro antes de la actividad.
SE_REVISAN_OTRA_VEZ = ("rendiciones",)


def rige(regla: str, declaracion: Declaracion, reglamento: Reglamento) -> bool:
    """Si esa regla se le aplica a quien postula. Sin tipo de persona, solo las que rigen para todas."""
    if not reglamento.pide(regla):
        return False
    if declaracion.tipo_persona is None:
        return all(reglamento.matriz[tipo, regla] == "si" for tipo in TipoPersona)
    cuando = reglamento.matriz[declaracion.tipo_persona, regla]
    return cuando == "si" or (cuando == "con_inicio" and declaracion.inicio == "primera")


def recomendar(declaracion: Declaracion, reglamento: Reglamento) -> tuple[Hallazgo, ...]:
    """Un hallazgo por cada regla que rige para quien postula, en el orden de REGLAS."""
    return tuple(
        mirar(declaracion, reglamento) for regla, mirar in REGLAS.items() if rige(regla, declaracion, reglamento)
    )


def resumen(hallazgos: tuple[Hallazgo, ...]) -> Resultado:
    """El resultado más grave de todos: no cumple, falta dato, lo revisa una persona, cumple."""
    gravedad = (Resultado.NO_CUMPLE, Resultado.FALTA_DATO, Resultado.LO_REVISA_UNA_PERSONA)
    vistos = {hallazgo.resultado for hallazgo in hallazgos}
    return next((resultado for resultado in gravedad if resultado in vistos), Resultado.CUMPLE)
