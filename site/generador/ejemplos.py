"""Un caso de ejemplo para leerlo: qué le pasa a quién, y la frase con que lo contesta la regla."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from funciones.adaptadores.casos import NO_RIGE, Comunas, Fila, hallar
from funciones.adaptadores.textos import clave_de_frase
from funciones.dominio.admisibilidad import Reglamento

# «Una cooperativa con 2.400 UF por asociado: no cumple.»
EN_PALABRAS = {
    "cumple": "cumple",
    "no_cumple": "no cumple",
    "falta_dato": "falta un dato",
    "lo_revisa_una_persona": "lo revisa una persona",
    NO_RIGE: "no se le mira",
}


@dataclass(frozen=True)
class CasoMostrado:
    """`resultado` es el que dan las reglas al construir; la validación exige que sea el que se escribió."""

    titulo: str
    requisito: str
    resultado: str
    palabra: str
    frase: str


def mostrar(
    caso: Fila, reglamento: Reglamento, textos: Mapping[str, Mapping[str, str]], comunas: Comunas
) -> CasoMostrado:
    """`textos`: los de cada regla para esa convocatoria."""
    hallazgo = hallar(caso, reglamento, comunas)
    de_la_regla = textos[caso["regla"]]
    resultado = NO_RIGE if hallazgo is None else str(hallazgo.resultado)
    return CasoMostrado(
        titulo=caso["titulo"],
        requisito=de_la_regla["titulo"],
        resultado=resultado,
        palabra=EN_PALABRAS[resultado],
        frase="" if hallazgo is None else de_la_regla[clave_de_frase(hallazgo)],
    )
