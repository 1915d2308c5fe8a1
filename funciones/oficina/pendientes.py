"""Qué le falta a cada postulación para que se pueda elegir."""

from __future__ import annotations

from collections.abc import Iterable

from funciones.dominio import folio as folios
from funciones.dominio import pauta
from funciones.dominio.candidata import EN_REVISION
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.postulacion import Estado, Postulacion


def en_palabras(cuales: Iterable[str], convocatoria: Convocatoria, fila: Iterable[Postulacion]) -> list[dict[str, str]]:
    """Cada folio con lo que espera, en el orden en que se leen."""
    por_folio = {p.folio: p for p in fila}
    return [
        {"folio": f, "folio_texto": folios.mostrar(f), "falta": que_falta(por_folio[f], convocatoria)}
        for f in sorted(set(cuales))
    ]


def que_falta(postulacion: Postulacion, convocatoria: Convocatoria) -> str:
    """Revisarla, que corrija, o cuántas notas; las puestas con una pauta que cambió no cuentan."""
    if postulacion.estado is Estado.EN_CORRECCION:
        return "espera que corrija lo que se le pidió"
    if postulacion.estado in EN_REVISION:
        return "falta revisar sus requisitos"
    notas = convocatoria.evaluadores - len(pauta.vigentes(convocatoria, postulacion.evaluaciones))
    return "le falta 1 nota" if notas == 1 else f"le faltan {notas} notas"
