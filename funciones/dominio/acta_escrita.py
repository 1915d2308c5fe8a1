"""El acta escrita: la entera que guarda la mesa, la pública que ve cualquiera y su fila en la tabla de actas."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

from funciones.dominio.acta import ENTERA, PUBLICA, Acta, Entrada, Llano, canonico, cerrar, con_sal, sal_de, sha256
from funciones.dominio.candidata import Candidata
from funciones.dominio.postulacion import Estado
from funciones.dominio.seleccion import Seleccion


def entera(acta: Acta) -> Llano:
    """El acta que guarda la mesa."""
    entradas, salidas = _entradas(acta), _salidas(acta.seleccion)
    huellas = {"entradas": con_sal(acta.sal, entradas), "salidas": con_sal(acta.sal, salidas)}
    resto = _encabezado(acta, ENTERA) | {
        "quien": {"id": acta.quien.id, "rol": acta.quien.rol, "oficina": acta.quien.oficina},
        "motivo": acta.motivo,
        "sal": acta.sal,
        "entradas": entradas,
        "salidas": salidas,
    }
    return cerrar(resto, huellas)


def publica(acta: Acta) -> Llano:
    """El acta que se publica: las huellas de la entera, y los puntajes de seleccionadas y en espera."""
    completa, seleccion = entera(acta), acta.seleccion
    huellas = {parte: completa["sha256"][parte] for parte in ("entradas", "salidas")}
    negadas = {folio for folio, _ in seleccion.no_seleccionadas}
    visibles = {*seleccion.seleccionadas, *seleccion.espera}
    todas = [e.candidata for e in acta.entradas]
    secretas = {e.candidata.folio: con_sal(sal_de(acta.sal, e.candidata.folio), _entrada(e)) for e in acta.entradas}
    resto = _encabezado(acta, PUBLICA) | {
        "entradas": _generales(acta)
        | {
            "recibidas": len(todas),
            # Que la fila estuviera completa se ve en las que no se publican: aquí va dicho.
            "cerrada": acta.cerrada or acta.condiciones.llena(todas),
            "postulaciones": [
                vista for c in todas if c.folio not in negadas and (vista := _a_la_vista(c, visibles, secretas, acta))
            ],
        },
        "salidas": _salidas(
            replace(
                seleccion, no_seleccionadas=(), sin_decidir=tuple(secretas[folio] for folio in seleccion.sin_decidir)
            )
        ),
        "no_seleccionadas": {"cuantas": len(negadas), "compromisos": sorted(secretas[folio] for folio in negadas)},
    }
    return cerrar(resto, huellas | {"acta": sha256(canonico(completa))})


def fila_publica(acta: Acta) -> dict[str, str]:
    """La fila de `transparencia/actas.csv`."""
    huellas = publica(acta)["sha256"]
    return {
        "acta": acta.id,
        "convocatoria": acta.convocatoria,
        "numero": str(acta.numero),
        "fecha": acta.cuando.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "seleccionadas": str(len(acta.seleccion.seleccionadas)),
        "espera": str(len(acta.seleccion.espera)),
        "no_seleccionadas": str(len(acta.seleccion.no_seleccionadas)),
        "version_regla": acta.regla.version,
        "sha256_acta": huellas["acta"],
        "sha256_reglas": acta.regla.sha256,
        "sha256_parametros": acta.parametros.sha256,
        "sha256_entradas": huellas["entradas"],
        "sha256_salidas": huellas["salidas"],
        "demostracion": "si" if acta.demostracion else "no",
    }


def _encabezado(acta: Acta, formato: str) -> Llano:
    return {
        "formato": formato,
        "acta": acta.id,
        "convocatoria": acta.convocatoria,
        "numero": acta.numero,
        "cuando": acta.cuando.isoformat(),
        "demostracion": acta.demostracion,
        "regla": {"version": acta.regla.version, "sha256": acta.regla.sha256},
        "parametros": {"version": acta.parametros.version, "sha256": acta.parametros.sha256},
    }


def _entradas(acta: Acta) -> Llano:
    return _generales(acta) | {"cerrada": acta.cerrada, "postulaciones": [_entrada(e) for e in acta.entradas]}


def _generales(acta: Acta) -> Llano:
    condiciones, cupo = acta.condiciones, acta.cupo
    return {
        "condiciones": {
            "modo": str(condiciones.modo),
            "nota_minima": str(condiciones.nota_minima),
            "desempate": list(condiciones.desempate),
            "reservas": [{"reserva": reserva, "cupos": cupos} for reserva, cupos in condiciones.reservas],
            "postulaciones_maximas": condiciones.postulaciones_maximas,
        },
        "cupo": {
            "cupos": cupo.cupos,
            "asignados": cupo.asignados,
            "espera": cupo.espera,
            "espera_maxima": cupo.espera_maxima,
        },
    }


def _entrada(entrada: Entrada) -> Llano:
    return _candidata(entrada.candidata) | {"turno": entrada.turno.isoformat(), "version": entrada.version}


def _candidata(candidata: Candidata) -> Llano:
    return {
        "folio": candidata.folio,
        "estado": str(candidata.estado),
        "llegada": candidata.llegada,
        "puntaje": None if candidata.puntaje is None else str(candidata.puntaje),
        "notas": {criterio: str(nota) for criterio, nota in candidata.notas.items()},
        "reservas": sorted(candidata.reservas),
    }


def _a_la_vista(candidata: Candidata, visibles: set[str], secretas: dict[str, str], acta: Acta) -> Llano | None:
    """Lo que hace falta para repetir la selección; None si no influye o ya no está en la fila."""
    if candidata.folio in visibles or candidata.espera:
        return _candidata(candidata)
    if candidata.dentro:
        # De quien ya tenía su cupo solo importa si cuenta para una reserva: ni su nota ni si asistió.
        dentro = replace(candidata, estado=Estado.SELECCIONADA, puntaje=None, notas={})
        return _candidata(dentro) if acta.condiciones.reservas else None
    if candidata.lista:
        return _candidata(_sin_nombre(candidata, Estado.ADMISIBLE, secretas))
    if candidata.en_revision and not acta.condiciones.sobra(candidata):
        return _candidata(_sin_nombre(candidata, Estado.RECIBIDA, secretas))
    return None


def _sin_nombre(candidata: Candidata, estado: Estado, secretas: dict[str, str]) -> Candidata:
    return replace(candidata, folio=secretas[candidata.folio], estado=estado, puntaje=None, notas={})


def _salidas(seleccion: Seleccion) -> Llano:
    por_reserva = dict(seleccion.por_reserva)
    return {
        "seleccionadas": [{"folio": f, "reserva": por_reserva.get(f, "")} for f in seleccion.seleccionadas],
        "espera": list(seleccion.espera),
        "no_seleccionadas": [{"folio": folio, "motivo": str(motivo)} for folio, motivo in seleccion.no_seleccionadas],
        "sin_decidir": list(seleccion.sin_decidir),
        "guardados": [{"reserva": reserva, "cupos": cupos} for reserva, cupos in seleccion.guardados],
    }
