"""Una nómina en CSV: se lee entera o no se lee, y cada falla dice su fila, su columna y cómo escribirlo."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from funciones.adaptadores.horneado import Horneado
from funciones.dominio import folio as folios
from funciones.dominio.admisibilidad import ParticipacionAnterior
from funciones.dominio.convocatoria import OBJETIVOS, TIPOS_POR_COMPONENTE
from funciones.dominio.jornada import Marca
from funciones.tramite.canonicas import RespuestaMala, sin_tildes
from funciones.tramite.respuestas import Pregunta, canonizar, preguntas_de

T = TypeVar("T")
FILAS_DE_PARTICIPACIONES = 5_000
FILAS_DE_RENDICIONES = 100_000
FILAS_DE_MARCAS = 2_000
FILAS_DE_MIS_DATOS = 2_000
FALLAS_QUE_SE_MUESTRAN = 50
PRIMER_ANIO = 2000
ACTIVIDAD = re.compile(r"[a-z0-9-]{0,60}")


@dataclass(frozen=True, slots=True)
class Forma:
    """Las columnas que trae un archivo, las que puede traer además, y cuántas filas caben."""

    columnas: tuple[str, ...]
    filas: int
    optativas: tuple[str, ...] = ()

    def es(self, escritas: tuple[str, ...]) -> bool:
        """Si ese encabezado sirve, en cualquier orden."""
        de_mas = set(escritas) - set(self.columnas)
        return len(set(escritas)) == len(escritas) == len(self.columnas) + len(de_mas) and de_mas <= {*self.optativas}


DE_PARTICIPACIONES = Forma(
    ("rut", "componente", "tipo_actividad", "objetivo", "anio"), FILAS_DE_PARTICIPACIONES, ("actividad",)
)
DE_RENDICIONES = Forma(("rut",), FILAS_DE_RENDICIONES)
# Las que van de más son las de la lista que se baja de la mesa: se puede llenar y volver a cargar tal cual.
DE_MARCAS = Forma(("folio", "asistio"), FILAS_DE_MARCAS, ("hora", "version", "empresa", "lugar", "telefono", "estado"))
# Los campos de «Mis Datos», con los nombres de las preguntas del formulario: se leen y se escriben igual.
COLUMNAS_DE_MIS_DATOS = ("rut", "nombre", "correo", "telefono", "comuna", "nivel_educacional", "sexo", "actividad")
DE_MIS_DATOS = Forma(COLUMNAS_DE_MIS_DATOS, FILAS_DE_MIS_DATOS, ("declarado",))


@dataclass(frozen=True, slots=True)
class Falla:
    """Qué corregir. `fila` es el renglón del archivo, 1 el encabezado; nunca repite lo escrito, que es personal."""

    fila: int
    columna: str
    mensaje: str


class NominaMala(Exception):
    """El archivo no se puede cargar: trae todas sus fallas, hasta las que caben mostrar."""

    def __init__(self, *fallas: Falla) -> None:
        super().__init__(f"{len(fallas)} fallas")
        self.fallas = fallas


class _CeldaMala(Exception):
    """Una celda no sirve; el mensaje dice cómo escribirla."""

    def __init__(self, columna: str, mensaje: str) -> None:
        super().__init__(mensaje)
        self.columna = columna


Celdas = Mapping[str, str]


def participaciones(texto: str, publicado: Horneado, anio: int) -> tuple[tuple[str, ParticipacionAnterior], ...]:
    """Las participaciones como (RUT canónico, participación), hasta ese año. Error: NominaMala."""
    leer_rut = _lector_de_rut(publicado)
    leidas = _leer(texto, DE_PARTICIPACIONES, lambda celdas: (leer_rut(celdas), _participacion(celdas, anio)))
    if not leidas:
        raise NominaMala(Falla(2, "rut", "El archivo no trae ninguna participación."))
    return leidas


def rendiciones(texto: str, publicado: Horneado) -> tuple[str, ...]:
    """Los RUT canónicos con rendiciones pendientes; puede no haber ninguno. Error: NominaMala."""
    return _leer(texto, DE_RENDICIONES, _lector_de_rut(publicado))


def mis_datos(texto: str, publicado: Horneado) -> tuple[dict[str, str], ...]:
    """Cada fila del registro «Mis Datos» en su forma canónica; un RUT va una sola vez. Error: NominaMala."""
    preguntas = {p.clave: p for p in preguntas_de(publicado, "postulacion")}
    vistos: set[str] = set()

    def leer(celdas: Celdas) -> dict[str, str]:
        fila = {columna: _celda(preguntas[columna], celdas[columna], publicado) for columna in COLUMNAS_DE_MIS_DATOS}
        if fila["rut"] in vistos:
            raise _CeldaMala("rut", "Ese RUT ya está en una fila de más arriba. Déjalo una sola vez.")
        vistos.add(fila["rut"])
        return fila

    leidas = _leer(texto, DE_MIS_DATOS, leer)
    if not leidas:
        raise NominaMala(Falla(2, "rut", "El archivo no trae ninguna fila."))
    return leidas


def _celda(pregunta: Pregunta, escrita: str, publicado: Horneado) -> str:
    """Solo el RUT es obligatorio. El apóstrofo con que una planilla neutraliza una fórmula no es parte del dato."""
    limpia = escrita[1:] if escrita.startswith("'") else escrita
    try:
        return canonizar(replace(pregunta, obligatoria=pregunta.tipo == "rut"), limpia, publicado)
    except RespuestaMala as mala:
        raise _CeldaMala(pregunta.clave, str(mala)) from mala


def marcas(texto: str, leer_hora: Callable[[str], datetime]) -> tuple[tuple[int, Marca], ...]:
    """Las marcas de asistencia, cada una con su fila. `leer_hora` levanta ValueError con qué escribir.

    Error: NominaMala.
    """
    vistos: set[str] = set()

    def leer(celdas: Celdas) -> Marca:
        folio = folios.normalizar(celdas["folio"])
        if folio is None:
            raise _CeldaMala("folio", "Un folio tiene ocho letras y números, como K7M4 PR9X.")
        if folio in vistos:
            raise _CeldaMala("folio", "Ese folio ya está en una fila de más arriba. Déjalo una sola vez.")
        vistos.add(folio)
        return Marca(folio, _asistio(celdas), _hora(celdas, leer_hora), _version(celdas))

    # En la lista impresa quedan filas sin marcar: esas no dicen nada.
    con_marca = [(fila, celdas) for fila, celdas in _filas(texto, DE_MARCAS) if celdas["asistio"]]
    leidas, fallas = [], []
    for fila, celdas in con_marca:
        try:
            leidas.append((fila, leer(celdas)))
        except _CeldaMala as mala:
            fallas.append(Falla(fila, mala.columna, str(mala)))
    if not leidas and not fallas:
        fallas.append(Falla(2, "asistio", "El archivo no trae ninguna marca: escribe si o no."))
    if fallas:
        raise NominaMala(*fallas[:FALLAS_QUE_SE_MUESTRAN])
    return tuple(leidas)


def _asistio(celdas: Celdas) -> bool:
    dicho = sin_tildes(celdas["asistio"])
    if dicho not in {"si", "no"}:
        raise _CeldaMala("asistio", "Escribe si o no.")
    return dicho == "si"


def _hora(celdas: Celdas, leer_hora: Callable[[str], datetime]) -> datetime | None:
    try:
        return leer_hora(celdas["hora"]) if celdas.get("hora") else None
    except ValueError as error:
        raise _CeldaMala("hora", str(error)) from error


def _version(celdas: Celdas) -> int | None:
    escrita = celdas.get("version", "")
    if escrita and not re.fullmatch(r"[0-9]{1,6}", escrita):
        raise _CeldaMala("version", "Deja esta columna como venía, o vacía.")
    return int(escrita) if escrita else None


def _leer(texto: str, forma: Forma, de_celdas: Callable[[Celdas], T]) -> tuple[T, ...]:
    leidas, fallas = [], []
    for numero, celdas in _filas(texto, forma):
        try:
            leidas.append(de_celdas(celdas))
        except _CeldaMala as mala:
            fallas.append(Falla(numero, mala.columna, str(mala)))
        if len(fallas) == FALLAS_QUE_SE_MUESTRAN:
            break
    if fallas:
        raise NominaMala(*fallas)
    return tuple(leidas)


def _filas(texto: str, forma: Forma) -> Iterator[tuple[int, Celdas]]:
    """Cada fila con su número de renglón. Entiende coma o punto y coma, que es como guarda Excel en Chile."""
    renglones = texto.removeprefix("\ufeff")
    separador = ";" if ";" in renglones.partition("\n")[0] else ","
    lector = csv.reader(io.StringIO(renglones, newline=""), delimiter=separador, strict=True)
    encabezado: tuple[str, ...] | None = None
    cuantas = 0
    for celdas in _sin_romperse(lector):
        if encabezado is None:
            encabezado = _encabezado(celdas, forma)
        elif any(celda.strip() for celda in celdas):
            cuantas += 1
            _comprobar_fila(lector.line_num, celdas, encabezado, cuantas, forma.filas)
            yield lector.line_num, dict(zip(encabezado, (c.strip() for c in celdas), strict=True))
    if encabezado is None:
        raise NominaMala(Falla(1, forma.columnas[0], "El archivo está vacío."))


def _sin_romperse(lector: Any) -> Iterator[list[str]]:
    try:
        yield from lector
    except csv.Error as error:
        raise NominaMala(Falla(lector.line_num, "", "Hay comillas sin cerrar o un signo que no va.")) from error


def _encabezado(celdas: list[str], forma: Forma) -> tuple[str, ...]:
    escritas = tuple(celda.strip().lower() for celda in celdas)
    if not forma.es(escritas):
        ademas = f" Puede llevar además: {','.join(forma.optativas)}." if forma.optativas else ""
        raise NominaMala(Falla(1, "", f"La primera fila tiene que decir: {','.join(forma.columnas)}.{ademas}"))
    return escritas


def _comprobar_fila(numero: int, celdas: list[str], columnas: tuple[str, ...], cuantas: int, tope: int) -> None:
    if len(celdas) != len(columnas):
        raise NominaMala(Falla(numero, "", f"Tiene {len(celdas)} celdas y tienen que ser {len(columnas)}."))
    if cuantas > tope:
        miles = f"{tope:,}".replace(",", ".")
        raise NominaMala(Falla(numero, "", f"Caben {miles} filas por archivo: divídelo y carga una parte a la vez."))


def _lector_de_rut(publicado: Horneado) -> Callable[[Celdas], str]:
    """El RUT se entiende igual que en el formulario."""
    pregunta = next(p for p in preguntas_de(publicado, "postulacion") if p.tipo == "rut")

    def leer(celdas: Celdas) -> str:
        try:
            return canonizar(pregunta, celdas["rut"], publicado)
        except RespuestaMala as mala:
            raise _CeldaMala("rut", str(mala)) from mala

    return leer


def _participacion(celdas: Celdas, anio: int) -> ParticipacionAnterior:
    if celdas["componente"] not in {"1", "2"}:
        raise _CeldaMala("componente", "Escribe 1 o 2.")
    componente = int(celdas["componente"])
    _exigir_de_la_lista(celdas, "tipo_actividad", TIPOS_POR_COMPONENTE[componente])
    _exigir_de_la_lista(celdas, "objetivo", OBJETIVOS)
    if not re.fullmatch(r"[0-9]{4}", celdas["anio"]) or not PRIMER_ANIO <= int(celdas["anio"]) <= anio:
        raise _CeldaMala("anio", f"Escribe un año de {PRIMER_ANIO} a {anio}.")
    actividad = celdas.get("actividad", "")
    if not ACTIVIDAD.fullmatch(actividad):
        raise _CeldaMala("actividad", "Escribe hasta 60 letras minúsculas sin tilde, números o guiones.")
    return ParticipacionAnterior(
        componente, celdas["tipo_actividad"], celdas["objetivo"], int(celdas["anio"]), actividad
    )


def _exigir_de_la_lista(celdas: Celdas, columna: str, admitidos: tuple[str, ...]) -> None:
    if celdas[columna] not in admitidos:
        raise _CeldaMala(columna, f"Escribe uno de estos: {', '.join(admitidos)}.")
