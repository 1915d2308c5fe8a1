"""Lo que va a un calendario: cada evento y las fechas de cada convocatoria, con su identificador de siempre."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from funciones.dominio.plazo import inicio_del_dia

if TYPE_CHECKING:
    from generador.ficha_convocatoria import FichaConvocatoria
    from generador.ficha_evento import FichaEvento

    Ficha = FichaConvocatoria | FichaEvento

# No cambia nunca, ni de una instalación a otra: es lo que deja reconocer una cita ya guardada en un teléfono.
DOMINIO = "ferias-y-redes"
DIAS_CANCELADA = 30
AVISO_DE_CIERRE = timedelta(days=2)
CONFIRMADA, TENTATIVA, CANCELADA = "CONFIRMED", "TENTATIVE", "CANCELLED"
SITUACION = {"suspendida": ("Suspendida", TENTATIVA), "cancelada": ("Cancelada", CANCELADA)}


@dataclass(frozen=True)
class Cita:
    """Una cita. `inicio` y `termino` con hora, o los dos sin ella (días enteros, el último incluido)."""

    uid: str
    secuencia: int
    modificada: datetime
    inicio: datetime | date
    termino: datetime | date
    titulo: str
    descripcion: str
    ruta: str
    lugar: str
    categorias: tuple[str, ...]
    estado: str = CONFIRMADA
    punto: tuple[str, str] | None = None
    avisa_antes: timedelta | None = None

    @property
    def es_plazo(self) -> bool:
        """Si es una fecha de la convocatoria, y no algo a lo que se va."""
        return self.uid.startswith("convocatoria-") and "-actividad@" not in self.uid


def de_ficha(ficha: Ficha) -> list[Cita]:
    """Las citas de un evento o de una convocatoria."""
    return list(de_convocatoria(ficha) if "publicacion" in ficha.fila else de_evento(ficha))  # type: ignore[arg-type]


def regiones_de(ficha: Ficha) -> frozenset[str]:
    """Donde interesa: el evento, también en las regiones que admite su convocatoria."""
    if "publicacion" in ficha.fila:
        return frozenset(ficha.codigos_region)
    return frozenset({ficha.fila["region"]}.union(*(c.codigos_region for c in ficha.convocatorias)))


def de_evento(evento: FichaEvento) -> Iterator[Cita]:
    """La cita del evento; cancelada, se queda treinta días para que los calendarios la tachen, y después se va."""
    if not _se_fue(evento, "cancelado"):
        yield _de_evento(evento)


def de_convocatoria(convocatoria: FichaConvocatoria) -> Iterator[Cita]:
    """Apertura, cierre, aviso de resultados y la actividad, o su evento si ya lo tiene."""
    if _se_fue(convocatoria, "cancelada"):
        return
    yield from _plazos(convocatoria)
    evento = next((e for e in convocatoria.fichas.eventos if e.fila["id"] == convocatoria.fila["evento"]), None)
    if evento is not None:
        yield from de_evento(evento)
        return
    c = convocatoria
    yield _de_convocatoria(c, "actividad", c.nombre, c.actividad_inicio, c.actividad_termino, "Cuándo se hace.")


def _plazos(c: FichaConvocatoria) -> Iterator[Cita]:
    nombre = c.nombre
    yield _de_convocatoria(
        c, "apertura", f"Abre: {nombre}", c.apertura, c.apertura, "Desde esta hora recibe postulaciones."
    )
    yield _de_convocatoria(
        c, "cierre", f"Cierra: {nombre}", c.cierre, c.cierre, "Hasta esta hora puedes postular.", AVISO_DE_CIERRE
    )
    yield _de_convocatoria(
        c, "resultados", f"Resultados: {nombre}", c.resultados, c.resultados, "Avisamos por correo a quien postuló."
    )


def _de_convocatoria(
    c: FichaConvocatoria,
    parte: str,
    titulo: str,
    inicio: date,
    termino: date,
    frase: str,
    avisa: timedelta | None = None,
) -> Cita:
    palabra, estado = SITUACION.get(c.situacion, ("", CONFIRMADA))
    return Cita(
        uid=f"convocatoria-{c.id}-{parte}@{DOMINIO}",
        secuencia=len(c.fichas.cambios.filas(c)),
        modificada=modificada(c),
        inicio=inicio,
        termino=termino,
        titulo=_titulo(titulo, palabra, c.demostracion),
        descripcion=_descripcion(
            f"{palabra}. {c.motivo_situacion}" if palabra else "", frase, c.resumen, c.demostracion
        ),
        ruta=c.ruta,
        lugar=c.lugar if parte == "actividad" else "",
        categorias=(c.tipo, str(c.fichas.region[c.region]["nombre"])),
        estado=estado,
        avisa_antes=avisa if estado == CONFIRMADA else None,
    )


def _de_evento(e: FichaEvento) -> Cita:
    sede = e.sede_ficha
    donde = [sede["nombre"], sede["direccion"], e.lugar] if sede else [e.lugar]
    novedad = e.novedad
    return Cita(
        uid=f"evento-{e.id}@{DOMINIO}",
        secuencia=len(e.fichas.cambios.filas(e)),
        modificada=modificada(e),
        inicio=e.inicio,
        termino=e.termino,
        titulo=_titulo(e.nombre, novedad.palabra if novedad else "", e.demostracion),
        descripcion=_descripcion(novedad.frase if novedad else "", e.resumen, "", e.demostracion),
        ruta=e.ruta,
        lugar=", ".join(parte for parte in donde if parte),
        categorias=(e.tipo, str(e.fichas.region[e.region]["nombre"])),
        estado=CANCELADA if e.situacion == "cancelado" else CONFIRMADA,
        punto=(str(sede["latitud"]), str(sede["longitud"])) if sede and sede["latitud"] is not None else None,
    )


def modificada(ficha: Ficha) -> datetime:
    """Cuándo cambió por última vez lo anotado; si nunca, cuándo se publicó. Sale de los datos, no del reloj."""
    fechas = [f["fecha"] for f in ficha.fichas.cambios.filas(ficha)]
    return inicio_del_dia(max(fechas, default=publicada(ficha)))


def publicada(ficha: Ficha) -> date:
    """El día en que se conoció: el que dice la convocatoria; el evento, el de la suya o el de su paquete de datos."""
    if "publicacion" in ficha.fila:
        return ficha.fila["publicacion"]
    propias = [c.fila["publicacion"] for c in ficha.convocatorias]
    creado = date.fromisoformat(str(ficha.fichas.datos.esquemas["eventos"].descriptor["created"])[:10])
    return min(propias, default=creado)


def juntas(citas: Iterable[Cita]) -> list[Cita]:
    """Sin repetir la que traen dos fichas, en orden de tiempo."""
    unicas = {cita.uid: cita for cita in citas}
    return sorted(unicas.values(), key=lambda c: (_instante(c.inicio), c.uid))


def _instante(cuando: datetime | date) -> datetime:
    return cuando if isinstance(cuando, datetime) else inicio_del_dia(cuando)


def _se_fue(ficha: Ficha, cancelada: str) -> bool:
    """Si ya pasaron los días en que se muestra cancelada; sin la fila que dice desde cuándo, se sigue mostrando."""
    if ficha.fila["situacion"] != cancelada:
        return False
    desde = [
        f["fecha"] for f in ficha.fichas.cambios.filas(ficha) if (f["campo"], f["despues"]) == ("situacion", cancelada)
    ]
    return bool(desde) and ficha.fichas.ahora > inicio_del_dia(max(desde)) + timedelta(days=DIAS_CANCELADA)


def _titulo(titulo: str, novedad: str, demostracion: bool) -> str:
    return (f"{novedad.upper()} · " if novedad else "") + titulo + (" (demostración)" if demostracion else "")


def _descripcion(novedad: str, *frases: str | bool) -> str:
    *textos, demostracion = frases
    partes = [novedad, *map(str, textos), "Es una demostración: no es real." if demostracion else ""]
    return "\n".join(p for p in partes if p)
