"""La vitrina: la ficha de catálogo que cada Mipe arma y cuida, con su permiso; antes de salir la mira una persona."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from funciones.dominio.actor import Actor, se_ve

PRODUCTOS_MAXIMOS = 12
# Con qué texto se pide hoy el permiso: plantillas/formulario/_permiso_<versión>.html.j2.
PERMISO_VIGENTE = 1


class EstadoVitrina(StrEnum):
    """Cómo va lo último que escribió su dueña; lo ya publicado sigue a la vista mientras tanto."""

    BORRADOR = "borrador"
    EN_REVISION = "en_revision"
    OBSERVADA = "observada"
    PUBLICADA = "publicada"
    RETIRADA = "retirada"


# A cuáles les sigue un correo: su plantilla es `vitrina_<estado>`.
SE_AVISAN = frozenset({EstadoVitrina.OBSERVADA, EstadoVitrina.PUBLICADA, EstadoVitrina.RETIRADA})


class VitrinaImposible(Exception):
    """La vitrina no está en un estado en que eso se pueda hacer."""


class VitrinaIncompleta(Exception):
    """Le falta algo para enviarla; `faltan` son códigos: nombre, rubro, descripcion, productos, foto_alt:<producto>."""

    def __init__(self, faltan: tuple[str, ...]) -> None:
        super().__init__(", ".join(faltan))
        self.faltan = faltan


@dataclass(frozen=True, slots=True)
class Foto:
    """Una foto ya revisada: su SHA-256 en hexadecimal, su tipo (image/jpeg o image/png) y su tamaño en bytes."""

    huella: str
    tipo: str
    tamano: int


@dataclass(frozen=True, slots=True)
class Producto:
    """Un producto. `id` es propio de su vitrina y no se usa dos veces; sin `precio_clp` es a convenir."""

    id: str
    nombre: str
    descripcion: str
    rubro: str
    precio_clp: int | None = None
    unidad: str = ""
    variantes: tuple[str, ...] = ()
    foto: Foto | None = None
    foto_alt: str = ""


@dataclass(frozen=True, slots=True)
class Contenido:
    """Lo que se muestra: quién es y qué vende. `contacto` es una dirección https o vacío."""

    nombre: str = ""
    rubro: str = ""
    descripcion: str = ""
    contacto: str = ""
    productos: tuple[Producto, ...] = ()

    def producto(self, id_producto: str) -> Producto | None:
        """El producto de ese id, o None."""
        return next((p for p in self.productos if p.id == id_producto), None)

    def con(self, producto: Producto) -> Contenido:
        """Con el producto en su lugar, o al final si es nuevo. Error: VitrinaImposible si ya no caben más."""
        if self.producto(producto.id) is not None:
            return replace(self, productos=tuple(producto if p.id == producto.id else p for p in self.productos))
        if len(self.productos) >= PRODUCTOS_MAXIMOS:
            raise VitrinaImposible("ya hay doce productos")
        return replace(self, productos=(*self.productos, producto))

    def sin(self, id_producto: str) -> Contenido:
        """Sin ese producto; igual si no estaba."""
        return replace(self, productos=tuple(p for p in self.productos if p.id != id_producto))

    @property
    def fotos(self) -> frozenset[str]:
        """Las huellas de sus fotos."""
        return frozenset(p.foto.huella for p in self.productos if p.foto is not None)

    @property
    def faltan(self) -> tuple[str, ...]:
        """Lo que impide enviarla, con los códigos de VitrinaIncompleta."""
        vacios = tuple(campo for campo in ("nombre", "rubro", "descripcion") if not se_ve(getattr(self, campo)))
        sin_productos = () if self.productos else ("productos",)
        mudas = tuple(f"foto_alt:{p.id}" for p in self.productos if p.foto is not None and not se_ve(p.foto_alt))
        return (*vacios, *sin_productos, *mudas)


@dataclass(frozen=True, slots=True)
class Permiso:
    """El permiso para publicar: cuándo se dio y qué versión del texto se aceptó."""

    version: int
    cuando: datetime


@dataclass(frozen=True, slots=True)
class Hecho:
    """Lo que queda escrito de cada cambio de estado: quién, cuándo y por qué; y el permiso, si con él se dio."""

    version: int
    estado: EstadoVitrina
    cuando: datetime
    actor: Actor
    motivo: str = ""
    permiso: int | None = None


@dataclass(frozen=True, slots=True)
class Vitrina:
    """La vitrina de una postulación. `publica` es su nombre en el catálogo, el mismo para un mismo RUT y sin folio.

    `ultimo_producto` cuenta los ids ya usados. `por_avisar` es la versión del cambio cuyo correo falta, o None.
    """

    folio: str
    convocatoria: str
    publica: str
    version: int
    estado: EstadoVitrina
    cambio: datetime
    borrador: Contenido = field(default_factory=Contenido)
    publicado: Contenido | None = None
    permiso: Permiso | None = None
    historia: tuple[Hecho, ...] = ()
    ultimo_producto: int = 0
    por_avisar: int | None = None

    @property
    def siguiente_producto(self) -> str:
        """El id del próximo producto."""
        return f"p{self.ultimo_producto + 1}"

    @property
    def motivo(self) -> str:
        """Por qué está como está: lo que escribió quien decidió por último."""
        return self.historia[-1].motivo if self.historia else ""

    @property
    def fotos(self) -> frozenset[str]:
        """Las huellas de todas las fotos que usa, publicadas o por publicar."""
        return self.borrador.fotos | (self.publicado.fotos if self.publicado is not None else frozenset())
