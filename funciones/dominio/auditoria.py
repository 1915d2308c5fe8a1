"""La auditoría: compara el libro con lo guardado y dice dónde no calza."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from funciones.dominio import libro
from funciones.dominio.libro import SIN_HUELLA, Anotado, AsientoGuardado, Cabeza, Legajo, TransicionGuardada
from funciones.dominio.postulacion import (
    OCUPAN_CUPO,
    OCUPAN_ESPERA,
    VERSION_INICIAL,
    Postulacion,
    Transicion,
    como_quedo,
)

Anotados = Mapping[str, Mapping[int, Anotado]]


@dataclass(frozen=True, slots=True)
class Falla:
    """Algo que no calza: en qué asiento o en qué folio, y qué."""

    donde: str
    que: str


def revisar(
    convocatoria: str,
    asientos: Sequence[AsientoGuardado],
    cabeza: Cabeza,
    legajos: Iterable[Legajo],
    puestos: tuple[int, int],
    publicadas: Iterable[Cabeza] = (),
    *,
    en_cola: Collection[str],
    olvidadas: bool = False,
) -> tuple[Falla, ...]:
    """Todo lo que no calza en una convocatoria; nada si está sana.

    `legajos`: los de la cola y los que nombra el libro. `puestos`: asignados y en espera, según el contador.
    `publicadas`: cabezas que ya se dieron a conocer y tienen que seguir en la cadena. `en_cola`: los folios que
    entrega la cola. `olvidadas`: si ya pasó el plazo de guardarlas; entonces una puede no tener nada, y los puestos
    no se cuentan.
    """
    todos, anotados = tuple(legajos), por_folio(asientos)
    legajos = tuple(filter(_guarda_algo, todos)) if olvidadas else todos
    return (
        *_de_la_cadena(convocatoria, asientos, cabeza),
        *_de_lo_publicado(asientos, publicadas),
        *_repetidos(asientos),
        *(falla for legajo in legajos for falla in _del_legajo(convocatoria, legajo, anotados.get(legajo.folio, {}))),
        *_fuera_de_la_cola(legajos, en_cola),
        *(_de_los_puestos(legajos, puestos) if legajos == todos else ()),
    )


def _guarda_algo(legajo: Legajo) -> bool:
    return legajo.postulacion is not None or bool(legajo.transiciones)


def por_folio(asientos: Iterable[AsientoGuardado]) -> dict[str, dict[int, Anotado]]:
    """Lo anotado de cada folio, por versión; lo que no se puede leer queda fuera."""
    anotados: dict[str, dict[int, Anotado]] = {}
    for anotado in _anotados(asientos):
        anotados.setdefault(anotado.folio, {})[anotado.version] = anotado
    return anotados


def _anotados(asientos: Iterable[AsientoGuardado]) -> Iterator[Anotado]:
    for guardado in asientos:
        asiento = libro.leer(guardado.texto)
        yield from asiento.anotados if asiento else ()


def _repetidos(asientos: Iterable[AsientoGuardado]) -> Iterator[Falla]:
    vistos: set[tuple[str, int]] = set()
    for anotado in _anotados(asientos):
        if (anotado.folio, anotado.version) in vistos:
            yield Falla(_version(anotado.folio, anotado.version), "está dos veces en el libro")
        vistos.add((anotado.folio, anotado.version))


# La cadena


def _de_la_cadena(convocatoria: str, asientos: Sequence[AsientoGuardado], cabeza: Cabeza) -> Iterator[Falla]:
    anterior = libro.sin_asientos(convocatoria)
    for guardado in asientos:
        que = _que_tiene(guardado, convocatoria, anterior)
        if que:
            yield Falla(f"asiento {guardado.numero}", que)
        # Se sigue desde lo escrito: así se dice cada asiento malo y no todos los que vienen detrás.
        anterior = Cabeza(guardado.numero, guardado.huella)
    if anterior != cabeza:
        yield Falla("la cabeza del libro", f"dice {cabeza.numero} y el último asiento es el {anterior.numero}")


def _que_tiene(guardado: AsientoGuardado, convocatoria: str, anterior: Cabeza) -> str:
    if guardado.numero != anterior.numero + 1:
        return f"falta lo que va entre el {anterior.numero} y este"
    asiento = libro.leer(guardado.texto)
    if asiento is None:
        return "no tiene la forma de un asiento"
    if libro.huella(guardado.texto) != guardado.huella:
        return "su texto no da su huella"
    if (asiento.convocatoria, asiento.numero) != (convocatoria, guardado.numero):
        return "es de otra convocatoria o tiene otro número"
    return "" if asiento.anterior == anterior.huella else "no sigue al asiento anterior"


def _de_lo_publicado(asientos: Iterable[AsientoGuardado], publicadas: Iterable[Cabeza]) -> Iterator[Falla]:
    cadena = {guardado.numero: guardado.huella for guardado in asientos}
    for publicada in publicadas:
        if cadena.get(publicada.numero) != publicada.huella:
            yield Falla(f"asiento {publicada.numero}", "no es el que se publicó")


# Cada folio


def _del_legajo(convocatoria: str, legajo: Legajo, anotados: Mapping[int, Anotado]) -> Iterator[Falla]:
    escritas = {t.version: t for t in legajo.transiciones}
    for version in sorted(anotados.keys() - escritas.keys()):
        yield Falla(_version(legajo.folio, version), "está en el libro y no está guardada")
    for guardada in legajo.transiciones:
        que = _que_tiene_la_transicion(legajo.folio, guardada, anotados)
        if que:
            yield Falla(_version(legajo.folio, guardada.version), que)
    yield from _de_la_historia(legajo)
    if que := _que_tiene_la_postulacion(convocatoria, legajo, anotados):
        yield Falla(legajo.folio, que)
    if legajo.desacuerdos:
        yield Falla(legajo.folio, f"no dice lo mismo que la postulación: {', '.join(legajo.desacuerdos)}")


def _fuera_de_la_cola(legajos: Iterable[Legajo], en_cola: Collection[str]) -> Iterator[Falla]:
    for legajo in legajos:
        if legajo.postulacion is not None and legajo.postulacion.turno is not None and legajo.folio not in en_cola:
            yield Falla(legajo.folio, "tiene turno y no está en la cola")


def _que_tiene_la_transicion(folio: str, guardada: TransicionGuardada, anotados: Mapping[int, Anotado]) -> str:
    transicion, anotado = guardada.transicion, anotados.get(guardada.version)
    if anotado is not None and anotado.transicion != guardada.huella:
        return "cambió después de anotarse en el libro"
    if transicion is None:
        return "no se puede leer"
    if (transicion.folio, transicion.version) != (folio, guardada.version):
        return "es de otro folio o de otra versión"
    if anotado is None and (anotados or not libro.es_entrada(transicion.de)):
        return "no está en el libro"
    return ""


def _de_la_historia(legajo: Legajo) -> Iterator[Falla]:
    versiones = [t.version for t in legajo.transiciones]
    if versiones != list(range(VERSION_INICIAL, VERSION_INICIAL + len(versiones))):
        yield Falla(legajo.folio, "le falta una parte de su historia")
    for antes, despues in pairwise(t.transicion for t in legajo.transiciones):
        if antes is not None and despues is not None and antes.a is not despues.de:
            yield Falla(_version(legajo.folio, despues.version), "no parte del estado en que quedó la anterior")


def _que_tiene_la_postulacion(convocatoria: str, legajo: Legajo, anotados: Mapping[int, Anotado]) -> str:
    postulacion = legajo.postulacion
    if postulacion is None:
        return "la postulación no está o no se puede leer"
    if (postulacion.folio, postulacion.convocatoria) != (legajo.folio, convocatoria):
        return "la postulación es de otro folio o de otra convocatoria"
    ultima = legajo.transiciones[-1].transicion if legajo.transiciones else None
    if ultima is None or not _calza(postulacion, ultima):
        return "la postulación no está como la dejó su última transición"
    anotado = anotados.get(postulacion.version)
    if anotado is not None and anotado.postulacion not in (SIN_HUELLA, legajo.huella):
        return "la postulación cambió después de anotarse en el libro"
    return ""


def _calza(postulacion: Postulacion, ultima: Transicion) -> bool:
    if ultima.version == VERSION_INICIAL:
        # Al nacer no hay motivo ni hallazgos que comparar.
        return (postulacion.estado, postulacion.version) == (ultima.a, ultima.version)
    return como_quedo(postulacion, ultima) == postulacion


# Los puestos


def _de_los_puestos(legajos: Iterable[Legajo], puestos: tuple[int, int]) -> Iterator[Falla]:
    estados = [legajo.postulacion.estado for legajo in legajos if legajo.postulacion is not None]
    contados = sum(e in OCUPAN_CUPO for e in estados), sum(e in OCUPAN_ESPERA for e in estados)
    if contados != puestos:
        yield Falla("los puestos", f"el contador dice {puestos[0]} y {puestos[1]}; hay {contados[0]} y {contados[1]}")


def _version(folio: str, version: int) -> str:
    return f"{folio}, versión {version}"
