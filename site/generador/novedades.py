"""Lo nuevo, en orden de tiempo: convocatorias que se publican, abren o dan resultados, y lo que cambia."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from funciones.dominio.convocatoria import Situacion
from funciones.dominio.plazo import inicio_del_dia
from generador.cambio import Cambio
from generador.citas import DOMINIO, regiones_de
from generador.filtros import fecha_hora, numero
from generador.palabras_de_cambio import EN_PIE

if TYPE_CHECKING:
    from generador.ficha_convocatoria import FichaConvocatoria
    from generador.ficha_evento import FichaEvento
    from generador.fichas import Fichas

    Ficha = FichaConvocatoria | FichaEvento

# Un identificador Atom no cambia aunque cambie la dirección del portal (RFC 4151).
ETIQUETA = f"tag:{DOMINIO}.cl,2026"


@dataclass(frozen=True)
class Novedad:
    """Una entrada. `mayor`: también va en las novedades de su región y de su componente, no solo en las propias."""

    id: str
    momento: datetime
    titulo: str
    lineas: tuple[str, ...]
    ruta: str
    clase: str
    mayor: bool
    ficha: Ficha


def novedades(fichas: Fichas) -> list[Novedad]:
    """Todas las que ya ocurrieron, primero la más nueva."""
    sueltas = [n for c in fichas.convocatorias for n in (*_de_convocatoria(c), *_de_cambios(c))]
    sueltas += [n for e in fichas.eventos for n in _de_cambios(e)]
    return sorted((n for n in sueltas if n.momento <= fichas.ahora), key=lambda n: (-n.momento.timestamp(), n.id))


def _de_convocatoria(c: FichaConvocatoria) -> Iterator[Novedad]:
    cierra = f"Cierra el {fecha_hora(c.cierre)}."
    yield _novedad(c, "publicada", inicio_del_dia(c.publicacion), "Nueva", (c.resumen, _abre(c), cierra))
    if c.situacion == Situacion.VIGENTE:
        yield _novedad(c, "abierta", c.apertura, "Ya puedes postular", (c.resumen, cierra))
    if c.resultados_publicados:
        r = c.resultados_publicados
        lineas = (f"{numero(r.seleccionadas)} seleccionadas y {numero(r.espera)} en lista de espera.",)
        yield _novedad(c, "resultados", c.resultados_desde, "Resultados", lineas, ruta=c.ruta_resultados)


def _abre(c: FichaConvocatoria) -> str:
    return f"Abre el {fecha_hora(c.apertura)}."


def _de_cambios(ficha: Ficha) -> Iterator[Novedad]:
    """Una por día: lo que se cambió junto se lee junto."""
    for dia, grupo in groupby(ficha.fichas.cambios.de(ficha), key=lambda c: c.fecha):
        propios = list(grupo)
        lineas = tuple(linea(cambio) for cambio in propios)
        mayor = any(cambio.mayor for cambio in propios)
        yield _novedad(ficha, f"cambios/{dia}", inicio_del_dia(dia), _que_paso(propios), lineas, mayor)


def _que_paso(cambios: list[Cambio]) -> str:
    """`Cambió`, o lo que nadie puede dejar de saber: `Cancelada`, `Cambió de lugar`."""
    situacion = next((c.despues for c in cambios if c.campo == "situacion"), "cambió")
    return {EN_PIE: "Sigue en pie"}.get(situacion, situacion[:1].upper() + situacion[1:])


def linea(cambio: Cambio) -> str:
    """`Cierre: lunes 30 de noviembre → lunes 7 de diciembre de 2026, a las 15:00. Más plazo para obtener el F30.`"""
    paso = f"{cambio.antes} → {cambio.despues}" if cambio.antes else cambio.despues
    frases = f"{cambio.cuantas_frases[:1].upper()}{cambio.cuantas_frases[1:]}." if cambio.cuantas_frases else ""
    return " ".join(p for p in (f"{cambio.titulo}: {paso}{cambio.punto}", cambio.motivo, frases) if p)


def _novedad(
    ficha: Ficha, parte: str, momento: datetime, que: str, lineas: tuple[str, ...], mayor: bool = True, ruta: str = ""
) -> Novedad:
    titulo = f"{que}: {ficha.nombre}" + (" (demostración)" if ficha.demostracion else "")
    ident = f"{ETIQUETA}:{ficha.ruta.strip('/')}/{parte}"
    return Novedad(ident, momento, titulo, lineas, ruta or ficha.ruta, parte.partition("/")[0], mayor, ficha)


def es_de_region(novedad: Novedad, region: str) -> bool:
    return region in regiones_de(novedad.ficha)
