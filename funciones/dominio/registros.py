"""Las reglas que miran los registros de Sercotec: rendiciones pendientes y participaciones anteriores."""

from __future__ import annotations

from funciones.dominio.declaracion import Constancia, Declaracion
from funciones.dominio.reglamento import Hallazgo, Reglamento, Resultado


def rendiciones(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """Sin rendiciones pendientes con Sercotec: manda la nómina; sin ella vale lo declarado y se vuelve a revisar."""
    regla, declara = "rendiciones", declaracion.rendiciones_pendientes
    consta = declaracion.consta.rendicion_pendiente if declaracion.consta else None
    declarado = {None: "", True: "sí", False: "no"}[declara]
    if consta:
        return Hallazgo(regla, Resultado.NO_CUMPLE, declarado, "nomina")
    if declara is None:
        return Hallazgo(regla, Resultado.FALTA_DATO)
    if declara and consta is False:
        return Hallazgo(regla, Resultado.LO_REVISA_UNA_PERSONA, declarado, "no_consta")
    if declara:
        return Hallazgo(regla, Resultado.NO_CUMPLE, declarado)
    return Hallazgo(regla, Resultado.CUMPLE, declarado, "" if consta is None else "nomina")


def no_repetir(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """No repetir el par (tipo de actividad, objetivo); en un componente, hasta el máximo y si las bases lo dicen.

    Un registro sin cargar no dice que nunca participó: solo lo ya anotado puede romper la regla.
    """
    consta = declaracion.consta or Constancia()
    sin_registro = consta.participaciones is None
    anteriores = (*(consta.participaciones or ()), *consta.anotadas)
    pares = {(anterior.tipo_actividad, anterior.objetivo) for anterior in anteriores}
    veces = sum(anterior.componente == reglamento.componente for anterior in anteriores)
    resultado, porque = _segun_lo_anterior((reglamento.tipo_actividad, reglamento.objetivo) in pares, veces, reglamento)
    if sin_registro and resultado is not Resultado.NO_CUMPLE:
        resultado, porque = Resultado.LO_REVISA_UNA_PERSONA, "sin_registro"
    return Hallazgo("no_repetir", resultado, "" if sin_registro and not veces else _veces_en_palabras(veces), porque)


def _segun_lo_anterior(repite: bool, veces: int, reglamento: Reglamento) -> tuple[Resultado, str]:
    """`veces`: participaciones anteriores en el componente."""
    if repite and not reglamento.permite_repetir:
        return Resultado.NO_CUMPLE, "repite"
    if veces >= reglamento.participaciones_maximas:
        return Resultado.NO_CUMPLE, "maximo"
    if veces and not reglamento.permite_repetir:
        # Otra actividad en el mismo componente: las bases no dicen que se pueda y nadie dijo que no.
        return Resultado.LO_REVISA_UNA_PERSONA, "otra_actividad"
    return Resultado.CUMPLE, "permitida" if veces else ""


def _veces_en_palabras(veces: int) -> str:
    if veces == 0:
        return "ninguna participación anterior"
    return "1 participación anterior" if veces == 1 else f"{veces} participaciones anteriores"
