"""Las cifras del programa para la portada y los indicadores: lo medido, lo que falta, las metas y las notas."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generador.fichas import Fichas, agrupar
from generador.graficos import Columna, Tesela, columnas, teselas
from generador.paquetes import Fila

INDICADOR = "acceso-vinculacion"
AUSENCIAS = {"no_medido": "No medido", "no_se_publica": "No se publica"}


@dataclass(frozen=True)
class Cifras:
    """Todo lo que se publica del indicador de propósito y del formulario del programa."""

    ficha: Fila
    anuales: list[Fila]
    columnas: list[Columna]
    anio_region: int | None
    teselas: list[Tesela]
    regionales: dict[str, Fila]
    por_componente: list[Fila]
    metas: dict[int, Decimal]
    tablas: dict[str, list[Fila]]
    series: dict[Any, list[Fila]]

    @property
    def meta(self) -> tuple[int, Decimal]:
        """La última meta fijada, con su año."""
        anio = max(self.metas)
        return anio, self.metas[anio]

    @property
    def ultima(self) -> Fila | None:
        """La última medición con valor."""
        medidas = [m for m in self.anuales if m["valor"] is not None]
        return medidas[-1] if medidas else None

    @property
    def hay_demostracion(self) -> bool:
        return any(m["demostracion"] for m in [*self.anuales, *self.regionales.values()])

    def valor(self, tabla: str, clave: str, componente: str = "todos", anio: int | None = None) -> Decimal | None:
        """La cifra de esa clave; sin año, la primera que aparezca."""
        return next(
            (
                f["valor"]
                for f in self.tablas[tabla]
                if f["clave"] == clave and str(f["componente"]) == componente and anio in (None, f["anio"])
            ),
            None,
        )


def cifras(fichas: Fichas) -> Cifras:
    """Reúne el paquete de indicadores."""
    tablas = fichas.datos["indicadores"]
    mediciones = [m for m in tablas["mediciones"] if m["indicador"] == INDICADOR]
    metas = {m["anio"]: m["valor"] for m in tablas["metas"] if m["indicador"] == INDICADOR}
    totales = [m for m in mediciones if str(m["componente"]) == "todos" and m["region"] == "todas"]
    anuales = sorted(totales, key=lambda m: m["anio"])
    regionales = [m for m in mediciones if m["region"] != "todas" and str(m["componente"]) == "todos"]
    anio = max((m["anio"] for m in regionales), default=None)
    por_region = {m["region"]: m for m in regionales if m["anio"] == anio}
    meta = metas.get(anio, metas[max(metas)])
    return Cifras(
        ficha=next(f for f in tablas["fichas"] if f["indicador"] == INDICADOR),
        anuales=anuales,
        columnas=columnas(anuales, metas),
        anio_region=anio,
        teselas=teselas(fichas.regiones, por_region, meta),
        regionales=por_region,
        por_componente=[m for m in mediciones if m["region"] == "todas" and str(m["componente"]) != "todos"],
        metas=metas,
        tablas=tablas,
        series=agrupar(tablas["diagnostico"], "serie"),
    )
