"""Las reglas que miran a qué se dedica quien postula: su categoría tributaria y su rubro."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from funciones.dominio.declaracion import Declaracion, TipoPersona
from funciones.dominio.reglamento import Hallazgo, Reglamento, Resultado

# Con varios giros basta el mejor: uno que se desconoce todavía puede salvar a uno que no sirve.
_DE_MEJOR_A_PEOR = (Resultado.CUMPLE, Resultado.LO_REVISA_UNA_PERSONA, Resultado.FALTA_DATO, Resultado.NO_CUMPLE)
_Visto = tuple[Resultado, str]
_FALTA_EL_CODIGO: _Visto = (Resultado.FALTA_DATO, "")
_FALTAN_LOS_OTROS: _Visto = (Resultado.FALTA_DATO, "otras")
_SIN_CODIGO: _Visto = (Resultado.LO_REVISA_UNA_PERSONA, "sin_codigo")
_DESCONOCIDO: _Visto = (Resultado.LO_REVISA_UNA_PERSONA, "desconocido")


def categoria(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """Algún código declarado es de primera categoría; el que depende, lo lee una persona (dominio, §3)."""
    vistos = [_categoria_de(codigo, reglamento) for codigo in _codigos(declaracion, reglamento)]
    return _el_mejor("categoria", [*vistos, *_lo_que_falta(declaracion, reglamento)], declaracion, reglamento)


def _categoria_de(codigo: str, reglamento: Reglamento) -> _Visto:
    if codigo not in reglamento.actividades:
        return _DESCONOCIDO
    return _SEGUN_CATEGORIA[reglamento.actividades[codigo][1], reglamento.componente]


# Por categoría tributaria y componente: el formulario deja fuera del 1 a la segunda categoría y en el 2 no la nombra.
_SEGUN_CATEGORIA: Mapping[tuple[str, int], _Visto] = {
    ("1", 1): (Resultado.CUMPLE, ""),
    ("1", 2): (Resultado.CUMPLE, ""),
    ("2", 1): (Resultado.NO_CUMPLE, ""),
    ("2", 2): (Resultado.LO_REVISA_UNA_PERSONA, "segunda"),
    ("G", 1): (Resultado.LO_REVISA_UNA_PERSONA, "depende"),
    ("G", 2): (Resultado.LO_REVISA_UNA_PERSONA, "depende"),
}


def sector(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """El rubro lo atiende el programa y lo admite la convocatoria; con giro «alguno», basta uno de los declarados."""
    vistos = [_sector_de(codigo, reglamento) for codigo in _codigos(declaracion, reglamento)]
    return _el_mejor("sector", [*vistos, *_lo_que_falta(declaracion, reglamento)], declaracion, reglamento)


def _sector_de(codigo: str, reglamento: Reglamento) -> _Visto:
    if codigo not in reglamento.actividades:
        return _DESCONOCIDO
    atendido = reglamento.sectores.get(codigo[:2], "revisa")
    if atendido == "no":
        return Resultado.NO_CUMPLE, "programa"
    nombres = {reglamento.actividades[codigo][0], codigo[:2], codigo}
    if reglamento.actividades_admitidas and nombres.isdisjoint(reglamento.actividades_admitidas):
        return Resultado.NO_CUMPLE, "convocatoria"
    return (Resultado.CUMPLE, "") if atendido == "si" else (Resultado.LO_REVISA_UNA_PERSONA, "dudoso")


def _codigos(declaracion: Declaracion, reglamento: Reglamento) -> list[str]:
    """Los que cuentan, el principal primero; si la convocatoria exige giro principal, solo ese."""
    principal = [] if declaracion.actividad is None else [declaracion.actividad]
    otros = () if reglamento.giro == "principal" else declaracion.otras_actividades or ()
    return [*principal, *otros]


def _lo_que_falta(declaracion: Declaracion, reglamento: Reglamento) -> Iterable[_Visto]:
    if declaracion.actividad is None:
        # Sin inicio de actividades no hay código del SII: una persona lee a qué se dedica.
        yield _SIN_CODIGO if declaracion.tipo_persona is TipoPersona.EMPRENDEDOR else _FALTA_EL_CODIGO
    elif declaracion.otras_actividades is None and reglamento.giro == "alguno":
        yield _FALTAN_LOS_OTROS


def _el_mejor(regla: str, vistos: list[_Visto], declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    resultado, porque = min(vistos, key=lambda visto: _DE_MEJOR_A_PEOR.index(visto[0]))
    codigos = _codigos(declaracion, reglamento)
    palabra = {0: "", 1: "código "}.get(len(codigos), "códigos ")
    return Hallazgo(regla, resultado, palabra + ", ".join(codigos), porque)
