"""Qué dice la imagen que se ve al compartir: la de cada evento, la de cada convocatoria y una para lo demás."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from generador.filtros import fecha_hora, rango

if TYPE_CHECKING:
    from generador.ficha_convocatoria import FichaConvocatoria
    from generador.ficha_evento import FichaEvento
    from generador.fichas import Fichas

# Sube cuando cambia el dibujo, para que nadie siga viendo el anterior.
DIBUJO = 1
DEL_PORTAL = "/og/ferias-y-redes.png"


@dataclass(frozen=True)
class Lamina:
    """Lo que lleva escrito una imagen; `cambio` es (palabra, clase) si la actividad no sigue como se anunció."""

    ruta: str
    rotulo: str
    titulo: str
    cuando: str
    donde: str
    componente: int
    orden: int | None
    cambio: tuple[str, str] | None = None
    demostracion: bool = False

    @property
    def texto(self) -> str:
        """Lo mismo que dice la imagen, para quien no la ve."""
        cambio = self.cambio[0] if self.cambio else ""
        marca = "Demostración" if self.demostracion else ""
        partes = (cambio, self.titulo.rstrip("."), self.cuando, self.donde, marca)
        return ". ".join(p for p in partes if p) + "."

    @property
    def huella(self) -> str:
        return hashlib.sha256(repr((DIBUJO, *astuple(self))).encode()).hexdigest()

    @property
    def direccion(self) -> str:
        """Cambia cuando cambia lo que dice: quien la guardó antes no sigue mostrando la vieja."""
        return f"{self.ruta}?v={self.huella[:8]}"


def laminas(fichas: Fichas) -> dict[str, Lamina]:
    """Ruta → imagen; está la del portal y una por evento y por convocatoria."""
    return {lamina.ruta: lamina for lamina in _todas(fichas)}


def _todas(fichas: Fichas) -> Iterator[Lamina]:
    titulo = "Vende en una feria. Conoce a quien te compra."
    yield Lamina(DEL_PORTAL, "Ferias y encuentros de negocios", titulo, "Para micro y pequeñas empresas", "", 1, None)
    for e in fichas.eventos:
        yield de_evento(e)
    for c in fichas.convocatorias:
        yield de_convocatoria(c)


def de_evento(e: FichaEvento) -> Lamina:
    cambio = (e.novedad.palabra, e.novedad.clase) if e.novedad else None
    cuando = rango(e.fila["inicio"], e.fila["termino"])
    ruta = f"/og/eventos/{e.fila['id']}.png"
    marca = e.fila["demostracion"]
    return Lamina(ruta, e.tipo, e.fila["nombre"], cuando, e.lugar, e.fila["componente"], e.region_orden, cambio, marca)


def de_convocatoria(c: FichaConvocatoria) -> Lamina:
    """El estado según la fecha no va escrito: una imagen guardada ayer diría «abierta» de algo que ya cerró."""
    evento = c.fichas.evento.get(c.fila["evento"])
    cambio = None
    if c.fila["situacion"] != "vigente":
        cambio = (c.estado_palabra, c.estado_clase)
    elif evento and evento.novedad:
        cambio = (evento.novedad.palabra, evento.novedad.clase)
    recibe = c.fila["situacion"] == "vigente"
    return Lamina(
        f"/og/convocatorias/{c.fila['id']}.png",
        f"Convocatoria · {c.tipo}",
        c.fila["nombre"],
        f"Cierra el {fecha_hora(c.fila['cierre'])}" if recibe else "No recibe postulaciones",
        f"{c.lugar} · {rango(c.fila['actividad_inicio'], c.fila['actividad_termino'])}",
        c.fila["componente"],
        c.region_orden,
        cambio,
        c.fila["demostracion"],
    )
