"""Escribe los calendarios que se agregan al teléfono: todo, por región, por componente y de cada ficha."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from icalendar import Alarm, Calendar, Component, Event, Timezone

from funciones.dominio.plazo import CHILE
from generador.citas import DOMINIO, Cita, de_ficha, juntas, regiones_de

if TYPE_CHECKING:
    from generador.fichas import Fichas

COMPONENTES = {1: "ferias y catálogos", 2: "encuentros y ruedas"}
SE_REVISA_CADA = timedelta(hours=12)
UN_DIA = timedelta(days=1)
UN_SEGUNDO = timedelta(seconds=1)


def escribir_calendarios(fichas: Fichas, destino: Path) -> None:
    """Todos los calendarios bajo /calendario/, siempre con los mismos bytes para los mismos datos."""
    for ruta, nombre, citas in calendarios(fichas):
        archivo = destino / "calendario" / f"{ruta}.ics"
        archivo.parent.mkdir(parents=True, exist_ok=True)
        archivo.write_bytes(calendario(nombre, ruta, citas, fichas.entradas.sitio))


def calendarios(fichas: Fichas) -> Iterator[tuple[str, str, list[Cita]]]:
    """Ruta dentro de /calendario/, nombre y citas de cada uno; el que queda sin citas también se publica."""
    por_ficha = [(f, de_ficha(f)) for f in (*fichas.convocatorias, *fichas.eventos)]
    yield "todo", "Ferias y Redes", juntas(cita for _, citas in por_ficha for cita in citas)
    for region in fichas.regiones:
        propias = (cita for f, citas in por_ficha if region["region"] in regiones_de(f) for cita in citas)
        yield f"regiones/{region['region']}", f"Ferias y Redes · {region['nombre']}", juntas(propias)
    for componente, nombre in COMPONENTES.items():
        propias = (cita for f, citas in por_ficha if f.componente == componente for cita in citas)
        yield f"componentes/{componente}", f"Ferias y Redes · {nombre}", juntas(propias)
    for ficha, citas in por_ficha:
        yield ficha.ruta.strip("/"), ficha.nombre, juntas(citas)


def calendario(nombre: str, ruta: str, citas: Sequence[Cita], sitio: str) -> bytes:
    """Un iCalendar (RFC 5545 y 7986), con su zona horaria adentro."""
    ics = Calendar()
    ics.add("prodid", f"-//{DOMINIO}//calendario//ES")
    ics.add("version", "2.0")
    ics.add("calscale", "GREGORIAN")
    ics.add("method", "PUBLISH")
    ics.add("name", nombre)
    ics.add("x-wr-calname", nombre)
    ics.add("x-wr-timezone", CHILE.key)
    ics.add("url", f"{sitio}/novedades/")
    ics.add("source", f"{sitio}/calendario/{ruta}.ics", parameters={"VALUE": "URI"})
    ics.add("refresh-interval", SE_REVISA_CADA, parameters={"VALUE": "DURATION"})
    ics.add("x-published-ttl", "PT12H")
    ics.add_component(_zona(citas))
    for cita in citas:
        ics.add_component(_evento(cita, sitio))
    return ics.to_ical()


def _zona(citas: Sequence[Cita]) -> Timezone:
    """Los cambios de hora de los años que tocan las citas, desde el anterior: así la primera ya tiene su regla.

    Uno por parte: de una lista de fechas (RDATE), algunos teléfonos leen solo la primera.
    """
    anios = [c.inicio.year for c in citas] + [c.termino.year for c in citas] or [2026]
    leida = Timezone.from_tzinfo(CHILE, CHILE.key, date(min(anios) - 1, 1, 1), date(max(anios) + 1, 12, 31))
    zona = Timezone()
    zona.add("tzid", CHILE.key)
    for cambio, parte in sorted(_cambios_de_hora(leida), key=lambda par: par[0]):
        propio = type(parte)()
        propio.add("dtstart", _en_la_hora_de_antes(cambio, parte))
        for columna in ("tzname", "tzoffsetfrom", "tzoffsetto"):
            propio[columna] = parte[columna]
        zona.add_component(propio)
    return zona


def _en_la_hora_de_antes(cambio: datetime, parte: Component) -> datetime:
    """Cuándo cambia, con la hora que regía hasta entonces, como pide la norma (RFC 5545, 3.6.5).

    La biblioteca lo da a veces con la hora nueva: al adelantar el reloj, una después.
    """
    antes, despues = parte["tzoffsetfrom"].td, parte["tzoffsetto"].td
    for diferencia in (antes, despues):
        instante = (cambio - diferencia).replace(tzinfo=UTC)
        hasta = (instante - UN_SEGUNDO).astimezone(CHILE).utcoffset()
        if (hasta, instante.astimezone(CHILE).utcoffset()) == (antes, despues):
            return cambio - diferencia + antes
    return cambio


def _cambios_de_hora(zona: Timezone) -> Iterator[tuple[datetime, Component]]:
    for parte in zona.subcomponents:
        listas = parte.get("rdate", [])
        for lista in listas if isinstance(listas, list) else [listas]:
            yield from ((fecha.dt, parte) for fecha in lista.dts)
        yield parte["dtstart"].dt, parte


def _evento(cita: Cita, sitio: str) -> Event:
    evento = Event()
    evento.add("uid", cita.uid)
    evento.add("sequence", cita.secuencia)
    evento.add("dtstamp", cita.modificada)
    evento.add("last-modified", cita.modificada)
    evento.add("summary", cita.titulo)
    evento.add("description", f"{cita.descripcion}\n{sitio}{cita.ruta}")
    evento.add("url", f"{sitio}{cita.ruta}")
    evento.add("status", cita.estado)
    evento.add("categories", list(cita.categorias))
    _cuando(evento, cita)
    if cita.lugar:
        evento.add("location", cita.lugar)
    if cita.punto:
        evento.add("geo", cita.punto)
    if cita.avisa_antes:
        evento.add_component(_aviso(cita))
    return evento


def _cuando(evento: Event, cita: Cita) -> None:
    """Con hora, en la de Chile; sin hora, días enteros y el término es el día siguiente (RFC 5545, 3.6.1)."""
    if not isinstance(cita.inicio, datetime):
        evento.add("dtstart", cita.inicio)
        evento.add("dtend", cita.termino + UN_DIA)
    else:
        evento.add("dtstart", cita.inicio.astimezone(CHILE))
        if cita.termino != cita.inicio:
            evento.add("dtend", cita.termino.astimezone(CHILE))
    if cita.es_plazo:
        # Un plazo no ocupa el día de nadie.
        evento.add("transp", "TRANSPARENT")


def _aviso(cita: Cita) -> Alarm:
    aviso = Alarm()
    aviso.add("action", "DISPLAY")
    aviso.add("trigger", -cita.avisa_antes)
    aviso.add("description", cita.titulo)
    return aviso
