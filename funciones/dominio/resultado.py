"""Lo que se publica de una selección: quiénes quedaron, por folio, y cuántas no, por motivo.

Ley 20.285: razón social solo de personas jurídicas; nunca el puntaje de quien no quedó ni la deuda de alimentos.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC

from funciones.dominio import rut
from funciones.dominio.acta import Acta
from funciones.dominio.admisibilidad import REGLAS
from funciones.dominio.candidata import Candidata
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
MOTIVOS = (*(str(motivo) for motivo in Motivo), SIN_RESPUESTA, *REQUISITOS, OTROS)


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


def filas_de_motivos(acta: Acta, postulaciones: Iterable[Postulacion], minima: int) -> list[Fila]:
    """Cuántas no quedaron por cada motivo, siempre con todos los motivos para que repetirlo corrija.

    Un requisito con menos de `minima` se deja vacío y se suma a «otros»: no se puede saber quién debía qué.
    """
    cuenta = Counter(motivo for p in postulaciones if (motivo := motivo_de(p)))
    chicas = {regla for regla in REQUISITOS if cuenta[regla] < minima}
    cuenta[OTROS] += sum(cuenta[regla] for regla in chicas)
    return [
        {
            "convocatoria": acta.convocatoria,
            "motivo": motivo,
            "cuantas": "" if motivo in chicas else str(cuenta[motivo]),
            "al": acta.cuando.astimezone(UTC).date().isoformat(),
            "demostracion": "si" if acta.demostracion else "no",
        }
        for motivo in MOTIVOS
    ]


def motivo_de(postulacion: Postulacion) -> str:
    """El código por el que no quedó, o vacío si no es un no. Cada postulación se cuenta una vez."""
    if postulacion.estado is Estado.DESISTIDA:
        return SIN_RESPUESTA
    if postulacion.estado is Estado.NO_SELECCIONADA:
        return postulacion.hallazgos.get("seleccion", "")
    return _requisito(postulacion.hallazgos) if postulacion.estado is Estado.NO_ADMISIBLE else ""


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
