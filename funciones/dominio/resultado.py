"""Lo que se publica de una selección: quiénes quedaron, por folio, y cuántas no, por motivo.

Ley 20.285: razón social solo de personas jurídicas; nunca el puntaje de quien no quedó ni la deuda de alimentos.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from funciones.dominio import rut
from funciones.dominio.acta import Acta
from funciones.dominio.admisibilidad import REGLAS
from funciones.dominio.candidata import Candidata
from funciones.dominio.plazo import fecha_en_chile
from funciones.dominio.postulacion import Estado, Postulacion
from funciones.dominio.seleccion import Motivo

Fila = dict[str, str]
JURIDICAS = frozenset({"juridica", "cooperativa"})
# Bajo este número los RUT son de personas naturales: si alguien se equivoca de tipo, su nombre no se publica.
PRIMER_RUT_JURIDICO = 50_000_000
RESERVADAS = frozenset({"deuda_alimentos"})
SIN_RESPUESTA, OTROS = "desistida", "otros_requisitos"
# Las reglas que se pueden nombrar cuando no dejan ver a nadie.
REQUISITOS = tuple(regla for regla in REGLAS if regla not in RESERVADAS)
# De cada grupo se sabe el total por el acta: nada puede quedar a una resta de distancia.
DE_LA_SELECCION = tuple(str(motivo) for motivo in Motivo)
DE_LA_REVISION = (SIN_RESPUESTA, *REQUISITOS)
MOTIVOS = (*DE_LA_SELECCION, *DE_LA_REVISION, OTROS)


def filas_de_resultados(acta: Acta, postulaciones: Iterable[Postulacion]) -> list[Fila]:
    """Una fila por cada seleccionada y cada una en espera, en su orden. Las demás no aparecen."""
    nombres = {p.folio: razon_social(p) for p in postulaciones}
    entradas = {e.candidata.folio: e.candidata for e in acta.entradas}
    reservas = dict(acta.seleccion.por_reserva)
    listas = (("seleccionada", acta.seleccion.seleccionadas), ("lista_de_espera", acta.seleccion.espera))
    return [
        _encabezado(acta, folio, resultado, orden)
        | _de_la_candidata(entradas[folio])
        | {"reserva": reservas.get(folio, ""), "razon_social": nombres.get(folio, "")}
        | {"demostracion": "si" if acta.demostracion else "no"}
        for resultado, folios in listas
        for orden, folio in enumerate(folios, start=1)
    ]


def razon_social(postulacion: Postulacion) -> str:
    """El nombre si es de una persona jurídica; vacío si es de una persona."""
    datos = postulacion.datos
    if datos.get("tipo_persona") not in JURIDICAS or rut.numero(datos.get("rut", "0-0")) < PRIMER_RUT_JURIDICO:
        return ""
    return datos.get("nombre", "")


def contar_motivos(acta: Acta, postulaciones: Iterable[Postulacion]) -> Counter[str]:
    """Cuántas no quedaron por cada motivo, tal como estaban al levantar el acta: lo que pasó después no cuenta."""
    hallazgos = {p.folio: p.hallazgos for p in postulaciones}
    negadas = dict(acta.seleccion.no_seleccionadas)
    motivos = (
        str(negadas.get(c.folio, "")) or motivo_de(c.estado, hallazgos.get(c.folio, {}))
        for c in (entrada.candidata for entrada in acta.entradas)
    )
    return Counter(motivo for motivo in motivos if motivo)


def filas_de_motivos(acta: Acta, cuenta: Mapping[str, int], minima: int) -> list[Fila]:
    """Lo publicable de esa cuenta, siempre con todos los motivos: un hueco no dice si no hubo o si fueron pocas.

    Menos de `minima` se deja vacío, y también otro motivo si restando del total se sabría el primero. Lo vacío de la
    revisión se suma en «otros», que también se deja vacío si no llega.
    """
    publicables = {m: cuenta[m] for m in _visibles(cuenta, DE_LA_SELECCION, 0, minima)}
    publicables |= {m: cuenta[m] for m in _visibles(cuenta, DE_LA_REVISION, cuenta.get(OTROS, 0), minima)}
    resto = sum(cuenta.get(m, 0) for m in (*DE_LA_REVISION, OTROS) if m not in publicables)
    if resto >= minima:
        publicables[OTROS] = resto
    return [
        {
            "convocatoria": acta.convocatoria,
            "motivo": motivo,
            "cuantas": str(publicables.get(motivo, "")),
            "al": fecha_en_chile(acta.cuando).isoformat(),
            "demostracion": "si" if acta.demostracion else "no",
        }
        for motivo in MOTIVOS
    ]


def _visibles(cuenta: Mapping[str, int], grupo: Sequence[str], aparte: int, minima: int) -> list[str]:
    """Los motivos del grupo que se pueden mostrar. `aparte`: las que nunca se nombran y también salen en la resta."""
    visibles = sorted((m for m in grupo if cuenta.get(m, 0) >= minima), key=lambda m: cuenta[m])
    while visibles and _se_deduce([cuenta.get(m, 0) for m in grupo if m not in visibles], aparte, minima):
        del visibles[0]
    return visibles


def _se_deduce(ocultas: Sequence[int], aparte: int, minima: int) -> bool:
    """Si el total menos lo visible deja muy pocas, o deja una sola cuenta posible."""
    con_casos = [n for n in (*ocultas, aparte) if n]
    resto = sum(con_casos)
    return resto > 0 and (resto < minima or len(con_casos) < 2 or resto == (minima - 1) * len(con_casos))


def motivo_de(estado: Estado, hallazgos: Mapping[str, str]) -> str:
    """El código por el que no quedó, o vacío si no es un no. Cada postulación se cuenta una vez."""
    if estado is Estado.DESISTIDA:
        return SIN_RESPUESTA
    if estado is Estado.NO_SELECCIONADA:
        return hallazgos.get("seleccion", "")
    return _requisito(hallazgos) if estado is Estado.NO_ADMISIBLE else ""


def _requisito(hallazgos: Mapping[str, str]) -> str:
    return next((regla for regla in REQUISITOS if hallazgos.get(regla) == "no_cumple"), OTROS)


def _encabezado(acta: Acta, folio: str, resultado: str, orden: int) -> Fila:
    return {
        "acta": acta.id,
        "convocatoria": acta.convocatoria,
        "folio": folio,
        "resultado": resultado,
        "orden": str(orden),
    }


def _de_la_candidata(candidata: Candidata) -> Fila:
    return {
        "llegada": str(candidata.llegada),
        "puntaje": "" if candidata.puntaje is None else str(candidata.puntaje),
    }
