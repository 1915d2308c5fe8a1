"""Una empresa del catálogo con sus productos, y un producto con la empresa que lo hace."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from generador.ficha_de_fila import FichaDeFila
from generador.ficha_evento import FichaEvento
from generador.paquetes import Fila

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class FichaEmpresa(FichaDeFila):
    """Una empresa del catálogo, con sus productos y los eventos a los que va."""

    ruta = property(lambda self: f"/catalogo/empresas/{self.fila['id']}/")
    region_nombre = property(lambda self: self.fichas.region[self.fila["region"]]["nombre"])
    comuna_nombre = property(lambda self: self.fichas.comuna[self.fila["comuna"]]["nombre"])
    rubro_nombre = property(lambda self: self.fichas.rubro[self.fila["rubro"]]["nombre"])

    @cached_property
    def productos(self) -> list[FichaProducto]:
        return [FichaProducto(p, self) for p in self.fichas.productos(self.fila["id"])]

    @property
    def eventos(self) -> list[FichaEvento]:
        return [e for e in self.fichas.eventos if self in e.empresas]


@dataclass(frozen=True)
class FichaProducto:
    """Un producto, con la empresa que lo hace."""

    fila: Fila
    empresa: FichaEmpresa

    def __getattr__(self, nombre: str) -> Any:
        try:
            return self.fila[nombre]
        except KeyError:
            raise AttributeError(nombre) from None

    ruta = property(lambda self: f"/catalogo/productos/{self.fila['id']}/")
    rubro_nombre = property(lambda self: self.empresa.fichas.rubro[self.fila["rubro"]]["nombre"])
