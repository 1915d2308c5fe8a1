"""La lista de espera: quién sigue, en qué lugar va cada una y cuándo vence una oferta."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from funciones.dominio.candidata import candidatas, condiciones_de, en_su_orden
from funciones.dominio.convocatoria import Convocatoria, Situacion
from funciones.dominio.novedad import Enmienda
from funciones.dominio.plazo import fin_del_dia, inicio_del_dia
from funciones.dominio.postulacion import Actor, Estado, Papel, Paso, Postulacion, transitar
from funciones.dominio.puestos import Puestos

PROMOTOR = Actor(Papel.SISTEMA, "lista-de-espera")


def en_orden(convocatoria: Convocatoria, postulaciones: Iterable[Postulacion]) -> tuple[Postulacion, ...]:
    """Las que esperan, de la primera a la última: por puntaje si la convocatoria lo usa, si no por llegada."""
    por_folio = {p.folio: p for p in postulaciones}
    esperan = (c for c in candidatas(convocatoria, por_folio.values()) if c.espera)
    return tuple(por_folio[c.folio] for c in en_su_orden(condiciones_de(convocatoria), esperan))


def lugar(convocatoria: Convocatoria, postulaciones: Iterable[Postulacion], folio: str) -> int | None:
    """El lugar en la lista, desde 1; None si no está en ella."""
    for numero, postulacion in enumerate(en_orden(convocatoria, postulaciones), start=1):
        if postulacion.folio == folio:
            return numero
    return None


def siguiente(
    convocatoria: Convocatoria, postulaciones: Iterable[Postulacion], libres: int, *, cerrada: bool
) -> Postulacion | None:
    """La primera de la lista que puede tomar uno de los `libres` puestos; None si ninguna.

    Un puesto reservado espera a su grupo: pasa a la primera de la lista solo con la fila `cerrada` y sin nadie de ese
    grupo que aún pueda ser elegida.
    """
    por_folio = {p.folio: p for p in postulaciones}
    condiciones, todas = condiciones_de(convocatoria), candidatas(convocatoria, por_folio.values())
    puestos = Puestos(condiciones, libres, (c for c in todas if c.dentro))
    esperan = en_su_orden(condiciones, (c for c in todas if c.espera))
    for candidata in esperan:
        if puestos.tomar(candidata) is not None:
            return por_folio[candidata.folio]
    for candidata in todas:
        if (candidata.en_revision or candidata.lista) and not condiciones.sobra(candidata):
            puestos.tomar(candidata)
    hay_de_mas = puestos.libres > 0 and (cerrada or condiciones.con_puntaje or condiciones.llena(todas))
    return por_folio[esperan[0].folio] if esperan and hay_de_mas else None


def quien_entra(
    convocatoria: Convocatoria, postulaciones: Iterable[Postulacion], libres: int, saltadas: Collection[str]
) -> Postulacion | None:
    """El día de la actividad: la primera de la lista que puede tomar un puesto, sin las `saltadas`, que no están.

    Ya nadie más puede llegar a pedir un puesto reservado: si en la lista no queda nadie de su grupo, es de cualquiera.
    """
    presentes = [p for p in postulaciones if p.estado is not Estado.LISTA_DE_ESPERA or p.folio not in saltadas]
    return siguiente(convocatoria, presentes, libres, cerrada=True) if libres > 0 else None


def promover(
    convocatoria: Convocatoria,
    postulaciones: Iterable[Postulacion],
    libres: int,
    ahora: datetime,
    version_regla: str,
    *,
    cerrada: bool = False,
) -> Paso | None:
    """El paso que ofrece uno de los `libres` puestos a quien sigue; None si nadie de la lista puede tomarlo."""
    sigue = siguiente(convocatoria, postulaciones, libres, cerrada=cerrada)
    if sigue is None:
        return None
    return transitar(
        sigue,
        Estado.OFRECIDA,
        PROMOTOR,
        ahora,
        motivo="Se liberó un puesto y sigue en la lista de espera",
        version_regla=version_regla,
        oferta_vence=convocatoria.vencimiento_oferta(ahora),
    )


def responder_hasta(
    postulacion: Postulacion, convocatoria: Convocatoria, enmiendas: Iterable[Enmienda] = ()
) -> datetime | None:
    """Hasta cuándo se responde la oferta; None si no tiene una, o si la convocatoria está detenida: ese plazo no corre.

    Si una suspensión la pilló con la oferta en la mano, al levantarse tiene otra vez todas sus horas, desde que
    termina ese día.
    """
    vence = postulacion.oferta_vence
    if postulacion.estado is not Estado.OFRECIDA or vence is None or convocatoria.situacion is not Situacion.VIGENTE:
        return None
    detenida = False
    for cambio in sorted((e for e in enmiendas if e.campo == "situacion"), key=lambda e: (e.fecha, e.numero)):
        if cambio.despues != Situacion.VIGENTE:
            detenida = detenida or inicio_del_dia(cambio.fecha) < vence
        elif detenida:
            vence, detenida = max(vence, convocatoria.vencimiento_oferta(fin_del_dia(cambio.fecha))), False
    return vence
