"""Los requisitos del programa, sin ninguna convocatoria: matriz, números vigentes, rubros y ejemplos."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from funciones.adaptadores import textos
from funciones.adaptadores.casos import ejemplos
from funciones.dominio.plazo import fecha_en_chile
from generador.ejemplos import EN_PALABRAS
from generador.fichas import Fichas
from generador.matriz import SOLO_SI_LO_PIDE, TIPOS, FilaDeMatriz, filas

RAIZ = Path(__file__).resolve().parents[2]
PLANTILLAS, CASOS = RAIZ / "plantillas", RAIZ / "tests" / "casos"
COMPONENTES = {1: "Ferias y canales de comercialización", 2: "Encuentros y ruedas de negocios"}
NUMEROS = (
    "ventas_minimas_uf",
    "ventas_maximas_uf",
    "ventas_cooperativa_maximas_uf",
    "participaciones_maximas_componente",
    "dias_subsanar",
)
ATENDIDAS = {"si": "Los atiende", "revisa": "Los ve una persona", "no": "No los atiende"}


@dataclass(frozen=True)
class GrupoDeEjemplos:
    """Un archivo de tests/casos: los mismos ejemplos que corren en cada prueba."""

    titulo: str
    casos: tuple[Mapping[str, str], ...]


def programa(fichas: Fichas) -> dict[str, Any]:
    """Lo que necesita la página de requisitos del programa."""
    return {
        "componentes": [(nombre, _matriz(fichas, numero)) for numero, nombre in COMPONENTES.items()],
        "tipos": TIPOS,
        "a_pedido": SOLO_SI_LO_PIDE,
        "numeros": _numeros(fichas),
        "rubros": _rubros(fichas),
        "grupos": [_grupo(archivo) for archivo in sorted(CASOS.glob("*.yaml"))],
    }


def _titulos() -> dict[str, str]:
    return {regla: suyos["titulo"] for regla, suyos in textos.reglas(PLANTILLAS).items()}


def _matriz(fichas: Fichas, componente: int) -> list[FilaDeMatriz]:
    papeles = {d["documento"]: d["titulo"] for d in fichas.datos["parametros"]["documentos"]}
    titulos = _titulos()
    return filas(fichas.publicado.matriz, componente, titulos, titulos, papeles)


def _numeros(fichas: Fichas) -> list[Mapping[str, Any]]:
    """Los que rigen hoy, con su fuente."""
    hoy = fecha_en_chile(fichas.ahora)
    vigentes = {
        fila["clave"]: fila
        for fila in fichas.datos["parametros"]["parametros"]
        if fila["vigente_desde"] <= hoy and (fila["vigente_hasta"] is None or hoy <= fila["vigente_hasta"])
    }
    return [vigentes[clave] for clave in NUMEROS if clave in vigentes]


def _rubros(fichas: Fichas) -> list[tuple[str, list[str]]]:
    """Las secciones del clasificador, por lo que hace con ellas el programa."""
    secciones = fichas.datos["parametros"]["secciones"]
    return [(titulo, [s["nombre"] for s in secciones if s["atendida"] == que]) for que, titulo in ATENDIDAS.items()]


def _grupo(archivo: Path) -> GrupoDeEjemplos:
    escrito = yaml.load(archivo.read_text(encoding="utf-8"), yaml.BaseLoader)
    titulos = _titulos()
    casos = tuple(
        {
            "titulo": caso.titulo,
            "requisito": titulos[caso.fila["regla"]],
            "resultado": caso.resultado,
            "palabra": EN_PALABRAS[caso.resultado],
        }
        for caso in ejemplos(escrito)
    )
    return GrupoDeEjemplos(escrito["titulo"], casos)
