"""Las listas del catálogo: todo, por rubro, por región, por rubro en una región, por precio, con foto y por evento."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from generador.ficha_catalogo import A_CONVENIR, TRAMOS, FichaEmpresa, FichaProducto, Tramo
from generador.paquetes import Fila

if TYPE_CHECKING:
    from generador.ficha_evento import FichaEvento
    from generador.fichas import Fichas


@dataclass(frozen=True, eq=False)
class Lista:
    """Una lista de productos con su propia dirección. `nombre`: lo que la distingue, por ejemplo «Textil en Maule»."""

    ruta: str
    nombre: str
    titulo: str
    guia: str
    productos: list[FichaProducto]
    rubro: Fila | None = None
    region: Fila | None = None
    tramo: Tramo | None = None
    evento: FichaEvento | None = None
    con_foto: bool = False
    # Si tiene su propia copia en CSV y JSON y su versión para imprimir.
    se_baja: bool = True
    # Si desde ella se sigue acotando; lo de un evento o una empresa ya es corto.
    se_filtra: bool = True
    # A dónde vuelve la miga: nombre y dirección; la lista entera no vuelve a ninguna.
    vuelta: tuple[str, str] | None = ("Todo el catálogo", "/catalogo/")

    @cached_property
    def empresas(self) -> list[FichaEmpresa]:
        """Quienes venden lo de esta lista, en su orden."""
        return list(dict.fromkeys(p.empresa for p in self.productos))

    @property
    def region_orden(self) -> int | None:
        if self.evento:
            return self.evento.region_orden
        return int(self.region["orden"]) if self.region else None

    @property
    def archivo_csv(self) -> str:
        return f"{self.ruta}catalogo.csv"

    @property
    def archivo_json(self) -> str:
        return f"{self.ruta}catalogo.json"

    @property
    def ruta_imprimir(self) -> str:
        return f"{self.ruta}imprimir/"


@dataclass(frozen=True, eq=False)
class Catalogo:
    """El catálogo entero, con sus listas por cada manera de entrar."""

    todo: Lista
    rubros: list[Lista] = field(default_factory=list)
    regiones: list[Lista] = field(default_factory=list)
    cruces: dict[tuple[str, str], Lista] = field(default_factory=dict)
    tramos: list[Lista] = field(default_factory=list)
    con_foto: Lista | None = None
    eventos: list[Lista] = field(default_factory=list)
    # Lo de cada empresa no tiene lista propia: se ve en su página, y desde ahí se imprime y se baja.
    empresas: list[Lista] = field(default_factory=list)

    @property
    def listas(self) -> Iterator[Lista]:
        yield self.todo
        yield from self.rubros
        yield from self.regiones
        yield from self.cruces.values()
        yield from self.tramos
        if self.con_foto:
            yield self.con_foto
        yield from self.eventos


@lru_cache(maxsize=1)
def catalogo(fichas: Fichas) -> Catalogo:
    """Todas las listas; se arman una vez por construcción, de norte a sur y por empresa."""
    productos = [p for empresa in fichas.empresas for p in empresa.productos]
    con_foto = [p for p in productos if p.imagen]
    return Catalogo(
        _todo(productos),
        _de_rubros(fichas, productos),
        _de_regiones(fichas, productos),
        _de_cruces(fichas, productos),
        _de_tramos(productos),
        _con_foto(con_foto) if con_foto else None,
        [_de_evento(e) for e in fichas.eventos if e.empresas],
        [de_empresa(e) for e in fichas.empresas if e.productos],
    )


def _todo(productos: list[FichaProducto]) -> Lista:
    guia = "Productos de quienes van a nuestras ferias. Eliges, les escribes y se ponen de acuerdo. El portal no vende."
    return Lista("/catalogo/", "todo", "Compra directo a quien lo hace", guia, productos, vuelta=None)


def _de_rubros(fichas: Fichas, productos: list[FichaProducto]) -> list[Lista]:
    grupos = _juntar(productos, lambda p: p.rubro)
    return [
        Lista(
            f"/catalogo/rubros/{r['id']}/",
            r["nombre"],
            r["nombre"],
            f"{r['descripcion']} Eliges, le escribes a quien lo hace y se ponen de acuerdo.",
            grupos[r["id"]],
            rubro=r,
        )
        for r in fichas.rubro.values()
        if r["id"] in grupos
    ]


def _de_regiones(fichas: Fichas, productos: list[FichaProducto]) -> list[Lista]:
    grupos = _juntar(productos, lambda p: p.empresa.region)
    guia = "Lo que se hace y se vende en esta región. Eliges, les escribes y se ponen de acuerdo."
    return [
        Lista(f"/catalogo/regiones/{r['region']}/", r["nombre"], r["nombre"], guia, grupos[r["region"]], region=r)
        for r in fichas.regiones
        if r["region"] in grupos
    ]


def _de_cruces(fichas: Fichas, productos: list[FichaProducto]) -> dict[tuple[str, str], Lista]:
    grupos = _juntar(productos, lambda p: (p.rubro, p.empresa.region))
    return {
        (rubro, region): _cruce(fichas.rubro[rubro], fichas.region[region], propios)
        for (rubro, region), propios in grupos.items()
    }


def _cruce(rubro: Fila, region: Fila, productos: list[FichaProducto]) -> Lista:
    nombre = f"{rubro['nombre']} · {region['nombre']}"
    ruta = f"/catalogo/rubros/{rubro['id']}/regiones/{region['region']}/"
    guia = f"{rubro['nombre']} de quienes producen en esta región. Eliges, les escribes y se ponen de acuerdo."
    return Lista(ruta, nombre, nombre, guia, productos, rubro=rubro, region=region, se_baja=False)


def _de_tramos(productos: list[FichaProducto]) -> list[Lista]:
    grupos = _juntar(productos, lambda p: p.tramo)
    guia = "El precio es el que publicó quien lo hace. Escríbele para saber si lo tiene y cómo te llega."
    return [
        Lista(f"/catalogo/precios/{t.id}/", t.nombre, t.nombre, guia, grupos[t], tramo=t, se_baja=False)
        for t in (*TRAMOS, A_CONVENIR)
        if t in grupos
    ]


def _con_foto(productos: list[FichaProducto]) -> Lista:
    guia = "Los productos que ya tienen foto. Eliges, les escribes y se ponen de acuerdo."
    return Lista("/catalogo/con-foto/", "Con foto", "Con foto", guia, productos, con_foto=True, se_baja=False)


def _de_evento(evento: FichaEvento) -> Lista:
    empresas = sorted(evento.empresas, key=lambda e: e.region_orden)
    productos = [p for empresa in empresas for p in empresa.productos]
    llevaron = "llevaron" if evento.terminado else "llevan"
    guia = f"Esto es lo que {llevaron} quienes participan. Puedes escribirles antes o después del evento."
    titulo = f"Catálogo de {evento.nombre}"
    return Lista(evento.ruta_catalogo, evento.nombre, titulo, guia, productos, evento=evento, se_filtra=False)


def de_empresa(empresa: FichaEmpresa) -> Lista:
    """Lo que vende una empresa, para imprimir y bajar desde su página."""
    guia = f"Todo lo que vende {empresa.nombre}, de {empresa.comuna_nombre}. Escríbele directo: el portal no vende."
    return Lista(empresa.ruta, empresa.nombre, empresa.nombre, guia, empresa.productos, se_filtra=False)


def _juntar(productos: list[FichaProducto], clave: Callable[[FichaProducto], Hashable]) -> dict[Any, Any]:
    grupos: dict[Any, list[FichaProducto]] = defaultdict(list)
    for producto in productos:
        grupos[clave(producto)].append(producto)
    return grupos
