"""Las cifras del programa: lo medido, lo que falta, las metas, el gasto y las notas de la fuente."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from funciones.dominio.indicador import TODOS
from generador.barras import Barras, barras
from generador.columnas import Columna, columnas
from generador.fichas import Fichas
from generador.mapa import Tesela, teselas
from generador.paquetes import Fila
from generador.puestos import Puestos, puestos
from generador.serie import Serie
from generador.series import (
    de_beneficiarias,
    de_cobertura,
    de_componentes,
    de_diagnostico,
    de_gasto,
    de_gasto_unitario,
    de_poblacion,
    de_produccion,
    de_regiones,
    del_resultado,
)

INDICADOR = "acceso-vinculacion"


@dataclass(frozen=True)
class Cifras:
    """Todo lo que se publica del indicador de propósito y del formulario del programa."""

    ficha: Fila
    mediciones: list[Fila]
    metas: dict[int, Decimal]
    tablas: dict[str, list[Fila]]
    regiones: list[Fila]

    @cached_property
    def anuales(self) -> list[Fila]:
        """El total del programa, del año más antiguo al más nuevo."""
        return sorted(self._de(componente="todos", region="todas"), key=lambda m: m["anio"])

    @cached_property
    def anio_region(self) -> int | None:
        """El último año con alguna región informada."""
        return max((m["anio"] for m in self._regionales()), default=None)

    @property
    def meta(self) -> tuple[int | None, Decimal | None]:
        """La última meta fijada, con su año."""
        anio = max(self.metas, default=None)
        return anio, None if anio is None else self.metas[anio]

    @property
    def ultima(self) -> Fila | None:
        """La última medición con valor."""
        medidas = [m for m in self.anuales if m["valor"] is not None]
        return medidas[-1] if medidas else None

    @property
    def hay_demostracion(self) -> bool:
        return any(m["demostracion"] for m in self.mediciones)

    @cached_property
    def columnas(self) -> list[Columna]:
        return columnas(self.anuales, self.metas)

    @cached_property
    def teselas(self) -> list[Tesela]:
        """El mapa del último año con regiones."""
        return self.mapa_de(self.anio_region)

    def mapa_de(self, anio: int | None) -> list[Tesela]:
        """Las dieciséis regiones en ese año, frente a la meta de ese año o la última."""
        por_region = {m["region"]: m for m in self._regionales() if m["anio"] == anio}
        return teselas(self.regiones, por_region, self.meta_de(anio))

    @cached_property
    def resultado(self) -> Serie:
        return del_resultado(self.anuales, self.metas)

    @cached_property
    def por_region(self) -> Serie:
        return de_regiones(self.regiones, self._regionales(), self.anio_region, self.meta_de(self.anio_region))

    @cached_property
    def por_componente(self) -> Barras | None:
        """Cada componente en cada año; None si nadie lo informó."""
        propias = [m for c in ("1", "2") for m in self._de(componente=c, region="todas")]
        serie = de_componentes(sorted(propias, key=lambda m: (m["anio"], str(m["componente"]))), self.metas)
        meta = self.meta_de(max((m["anio"] for m in propias), default=None))
        return barras(serie, Decimal(100), meta) if propias else None

    @cached_property
    def poblacion(self) -> Barras:
        return barras(de_poblacion(self.tablas["poblacion"]))

    @cached_property
    def beneficiarias(self) -> Barras:
        return barras(de_beneficiarias(self.tablas["poblacion"]))

    @cached_property
    def cobertura(self) -> Puestos:
        return puestos(de_cobertura(self.tablas["cobertura"]))

    @cached_property
    def produccion(self) -> Barras:
        return barras(de_produccion(self.tablas["produccion"]))

    @cached_property
    def gasto(self) -> Barras:
        return barras(de_gasto(self.tablas["presupuesto"]))

    @cached_property
    def gasto_unitario(self) -> Barras:
        return barras(de_gasto_unitario(self.tablas["presupuesto"]))

    @cached_property
    def diagnostico(self) -> Barras:
        return barras(de_diagnostico(self.tablas["diagnostico"]))

    @property
    def series(self) -> tuple[Serie, ...]:
        """Todas las que tienen dibujo, en el orden de la página."""
        dibujos = (self.poblacion, self.cobertura, self.beneficiarias, self.produccion, self.gasto)
        otros = (self.gasto_unitario, self.diagnostico)
        componentes = (self.por_componente.serie,) if self.por_componente else ()
        return (self.resultado, *componentes, self.por_region, *(b.serie for b in (*dibujos, *otros)))

    def valor(self, tabla: str, clave: str, componente: str = "todos", anio: int | None = None) -> Decimal | None:
        """La cifra de esa clave; sin año, la primera que aparezca."""
        propias = (f for f in self.tablas[tabla] if f["clave"] == clave and str(f["componente"]) == componente)
        return next((f["valor"] for f in propias if anio in (None, f["anio"])), None)

    def notas(self, *claves: str) -> list[Fila]:
        """Las contradicciones del formulario que tocan a un gráfico."""
        return [n for n in self.tablas["notas"] if n["clave"] in claves]

    def _de(self, componente: str, region: str) -> Iterable[Fila]:
        return (m for m in self.mediciones if str(m["componente"]) == componente and m["region"] == region)

    def _regionales(self) -> list[Fila]:
        return [m for m in self.mediciones if m["region"] != "todas" and str(m["componente"]) == "todos"]

    def meta_de(self, anio: int | None) -> Decimal | None:
        """La de ese año o, si no se fijó, la última."""
        return self.metas[anio] if anio in self.metas else self.meta[1]


def cifras(fichas: Fichas) -> Cifras:
    """Reúne el paquete de indicadores."""
    tablas: dict[str, list[Fila]] = fichas.datos["indicadores"]
    return Cifras(
        ficha=next(f for f in tablas["fichas"] if f["indicador"] == INDICADOR),
        mediciones=[m for m in tablas["mediciones"] if m["indicador"] == INDICADOR and m["desagregacion"] == TODOS],
        metas={m["anio"]: m["valor"] for m in tablas["metas"] if m["indicador"] == INDICADOR},
        tablas=tablas,
        regiones=fichas.regiones,
    )


def escribir_series(fichas: Fichas, portal: Path) -> None:
    """Un CSV por gráfico, con los números que se ven en él."""
    for serie in cifras(fichas).series:
        (portal / serie.ruta.lstrip("/")).write_text(serie.csv(), encoding="utf-8")
