"""Auditar: cada día compara el libro de cada convocatoria con lo guardado, y publica hasta dónde llega."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.datos_personales import olvido
from funciones.dominio import auditoria
from funciones.dominio.auditoria import Falla
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.libro import Cabeza
from funciones.dominio.plazo import fecha_en_chile
from funciones.entrada.solicitud import registro

TABLA, CLAVE = "transparencia/cabezas.csv", ("fecha", "convocatoria")
# Mientras se lee pueden entrar cambios: es falla lo que no calza en todas las pasadas.
PASADAS = 3


@dataclass(frozen=True, slots=True)
class Revision:
    """Lo visto en una convocatoria: la cabeza de su libro, cuántas postulaciones y qué no calza."""

    convocatoria: str
    demostracion: bool
    cabeza: Cabeza
    postulaciones: int
    fallas: tuple[Falla, ...]


def auditar() -> tuple[Revision, ...]:
    """Revisa todas las convocatorias publicadas, también contra las cabezas que ya se dieron a conocer."""
    publicadas = _publicadas()
    convocatorias = (montaje().horneado.convocatoria(c) for c in montaje().horneado.ids())
    return tuple(_revisar(c, publicadas.get(c.id, ())) for c in convocatorias if c is not None)


def publicar(revisiones: Iterable[Revision]) -> int:
    """Da a conocer la cabeza de los libros sanos que avanzaron desde la última vez; cuántas."""
    publicadas, hoy = _publicadas(), fecha_en_chile(montaje().ahora()).isoformat()
    filas = [
        _fila(revision, hoy)
        for revision in revisiones
        if not revision.fallas
        and revision.cabeza.numero
        and revision.cabeza not in publicadas.get(revision.convocatoria, ())
    ]
    montaje().publicacion.anexar(TABLA, filas, CLAVE)
    return len(filas)


def _publicadas() -> Mapping[str, tuple[Cabeza, ...]]:
    publicadas: dict[str, tuple[Cabeza, ...]] = {}
    for fila in montaje().publicacion.leer(TABLA):
        cabeza = Cabeza(int(fila["numero"]), fila["cabeza"])
        publicadas[fila["convocatoria"]] = (*publicadas.get(fila["convocatoria"], ()), cabeza)
    return publicadas


def _revisar(convocatoria: Convocatoria, publicadas: tuple[Cabeza, ...]) -> Revision:
    revision = _pasada(convocatoria, publicadas)
    for _ in range(PASADAS - 1):
        if not revision.fallas:
            break
        otra = _pasada(convocatoria, publicadas)
        revision = replace(otra, fallas=tuple(falla for falla in otra.fallas if falla in revision.fallas))
    return revision


def _pasada(convocatoria: Convocatoria, publicadas: tuple[Cabeza, ...]) -> Revision:
    # Primero lo guardado y después el libro: lo que se ve guardado ya está anotado.
    en_cola = montaje().almacen.folios(convocatoria.id)
    legajos = [montaje().almacen.legajo(folio) for folio in en_cola]
    asientos = tuple(montaje().almacen.libro(convocatoria.id))
    if otros := sorted(auditoria.por_folio(asientos).keys() - set(en_cola)):
        legajos += [montaje().almacen.legajo(folio) for folio in otros]
        # Entró a la cola y se decidió mientras se leía, o alguien la sacó: se sabe mirando otra vez.
        en_cola = (*en_cola, *montaje().almacen.folios(convocatoria.id))
    cabeza = montaje().almacen.cabeza(convocatoria.id)
    cupo = montaje().almacen.cupo(convocatoria.id, convocatoria.cupos, convocatoria.espera_maxima)
    puestos = (cupo.asignados, cupo.espera)
    fallas = auditoria.revisar(
        convocatoria.id,
        asientos,
        cabeza,
        legajos,
        puestos,
        publicadas,
        en_cola=en_cola,
        olvidadas=olvido.vencido(convocatoria, montaje().ahora()),
    )
    return Revision(convocatoria.id, convocatoria.demostracion, cabeza, len(legajos), fallas)


def _fila(revision: Revision, fecha: str) -> dict[str, str]:
    return {
        "fecha": fecha,
        "convocatoria": revision.convocatoria,
        "numero": str(revision.cabeza.numero),
        "cabeza": revision.cabeza.huella,
        "demostracion": "si" if revision.demostracion else "no",
    }


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """El evento diario. Al registro va la cuenta; qué falla y dónde, solo a quien la invoca."""
    revisiones = auditar()
    fallas = [{"convocatoria": r.convocatoria, "donde": f.donde, "que": f.que} for r in revisiones for f in r.fallas]
    hecho = {"convocatorias": len(revisiones), "publicadas": publicar(revisiones), "fallas": len(fallas)}
    registro.info("libro auditado", extra=hecho)
    return {**hecho, "detalle": fallas}


def en_palabras(revisiones: Iterable[Revision]) -> str:
    """El resultado para leerlo en pantalla, una convocatoria por renglón."""
    renglones: list[str] = []
    for r in revisiones:
        resultado = "calza" if not r.fallas else "NO calza"
        visto = f"asientos: {r.cabeza.numero}, postulaciones: {r.postulaciones}"
        renglones.append(f"{r.convocatoria}: {resultado} ({visto})")
        renglones += [f"  · {falla.donde}: {falla.que}" for falla in r.fallas]
    return "\n".join(renglones)


def principal() -> int:
    """`make auditar`: revisa el almacén de esta máquina; termina en 1 si algo no calza."""
    if montaje().entorno.get("ALMACEN") != "dynamodb" and not (montaje().estado_local / "almacen.sqlite").exists():
        print("Todavía no hay nada guardado que auditar.")
        return 0
    revisiones = auditar()
    print(en_palabras(revisiones))
    rotas = sum(bool(r.fallas) for r in revisiones)
    print("Todo calza." if not rotas else f"Algo cambió fuera del libro en {rotas} de {len(revisiones)} convocatorias.")
    return 1 if rotas else 0


if __name__ == "__main__":
    sys.exit(principal())
