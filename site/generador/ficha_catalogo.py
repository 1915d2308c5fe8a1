"""Una empresa del catálogo con sus productos, y un producto con la empresa que lo hace."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from generador.ficha_de_fila import FichaDeFila
from generador.ficha_evento import FichaEvento
from generador.fotos import Foto
from generador.paquetes import Fila

TIPOS_DE_PERSONA = {
    "juridica": "Empresa con RUT propio",
    "cooperativa": "Cooperativa",
    "natural": "Persona natural",
    "emprendedor": "Emprendimiento",
}


class Contacto(NamedTuple):
    """Cómo escribirle a quien vende: la dirección y lo que dice el botón."""

    direccion: str
    texto: str


class Tramo(NamedTuple):
    """Un tramo de precios: su nombre en la dirección, lo que dice y su tope en pesos (None: sin tope)."""

    id: str
    nombre: str
    tope: int | None


TRAMOS = (
    Tramo("hasta-5000", "Hasta $5.000", 5_000),
    Tramo("de-5001-a-10000", "De $5.001 a $10.000", 10_000),
    Tramo("de-10001-a-20000", "De $10.001 a $20.000", 20_000),
    Tramo("mas-de-20000", "Más de $20.000", None),
)
A_CONVENIR = Tramo("a-convenir", "Precio a convenir", None)


@dataclass(frozen=True, eq=False)
class FichaEmpresa(FichaDeFila):
    """Una empresa del catálogo, con sus productos y los eventos a los que va."""

    ruta = property(lambda self: f"/catalogo/empresas/{self.fila['id']}/")
    region_nombre = property(lambda self: self.fichas.region[self.fila["region"]]["nombre"])
    comuna_nombre = property(lambda self: self.fichas.comuna[self.fila["comuna"]]["nombre"])
    rubro_nombre = property(lambda self: self.fichas.rubro[self.fila["rubro"]]["nombre"])
    eventos = property(lambda self: self.fichas.eventos_por_empresa.get(self.fila["id"], []))
    # De una vitrina: la cuida su dueña por enlace y no está en git.
    vitrina = property(lambda self: self.fila.get("vitrina", False))
    persona_palabra = property(lambda self: TIPOS_DE_PERSONA[self.fila["persona"]])

    @cached_property
    def productos(self) -> list[FichaProducto]:
        return [FichaProducto(p, self) for p in self.fichas.productos(self.fila["id"])]

    @cached_property
    def contacto_ficha(self) -> Contacto | None:
        """El botón para escribirle, según a dónde lleva; None si no dejó contacto."""
        direccion = self.fila["contacto"]
        return Contacto(direccion, _texto_del_boton(direccion)) if direccion else None

    @property
    def proximos(self) -> list[FichaEvento]:
        """Los eventos donde todavía se la puede encontrar."""
        return [e for e in self.eventos if not e.terminado and e.situacion != "cancelado"]


@dataclass(frozen=True, eq=False)
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

    @cached_property
    def imagen(self) -> Foto | None:
        """Su foto; None si se muestra el dibujo."""
        fichas = self.empresa.fichas
        if not self.fila.get("foto"):
            return None
        propia = fichas.vitrinas.fotos.get(self.fila["id"])
        return fichas.fotos.de(propia or fichas.entradas.datos / "catalogos" / "fotos" / self.fila["foto"])

    @cached_property
    def tramo(self) -> Tramo:
        precio = self.fila["precio_clp"]
        if precio is None:
            return A_CONVENIR
        return next(t for t in TRAMOS if t.tope is None or precio <= t.tope)


def _texto_del_boton(direccion: str) -> str:
    """Lo que va a pasar al tocarlo."""
    if direccion.startswith(("https://wa.me/", "https://api.whatsapp.com/")):
        return "Escribir por WhatsApp"
    if direccion.startswith("mailto:"):
        return "Enviar un correo"
    return "Llamar por teléfono" if direccion.startswith("tel:") else "Ir a su sitio"
