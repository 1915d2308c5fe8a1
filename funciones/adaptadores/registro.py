"""De los valores del dominio a JSON y de vuelta; lo personal va cifrado y nada más que lo personal."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from funciones.adaptadores.llavero import Llavero
from funciones.dominio.encuesta import Respuesta
from funciones.dominio.postulacion import (
    Abstencion,
    Actor,
    Adjunto,
    Aviso,
    Correccion,
    Estado,
    Evaluacion,
    Papel,
    Postulacion,
    Transicion,
)


def milisegundos(instante: datetime) -> int:
    """Instante con zona → milisegundos desde 1970, la resolución en que se ordenan las llegadas."""
    return int(instante.timestamp() * 1000)


def instante(ms: int) -> datetime:
    """Milisegundos desde 1970 → instante en UTC."""
    return datetime.fromtimestamp(ms / 1000, tz=UTC)


def sellar(datos: Mapping[str, str], atado_a: str, llavero: Llavero) -> str:
    """Respuestas → texto cifrado en base64, atado al folio o la llave donde se guarda."""
    claro = json.dumps(dict(datos), ensure_ascii=False, sort_keys=True).encode()
    return base64.b64encode(llavero.cifrar(claro, atado_a)).decode()


def abrir(sellado: str, atado_a: str, llavero: Llavero) -> dict[str, str]:
    """Lo contrario de `sellar`."""
    abierto: dict[str, str] = json.loads(llavero.descifrar(base64.b64decode(sellado), atado_a))
    return abierto


def canonico(registro: Mapping[str, Any]) -> str:
    """El registro como JSON de una sola forma posible: de estos bytes sale su huella."""
    return json.dumps(registro, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_llano)


def _llano(valor: object) -> int | str:
    """DynamoDB devuelve los números como Decimal; los nuestros son todos enteros."""
    return int(valor) if isinstance(valor, Decimal) and valor == int(valor) else str(valor)


def postulacion_a_registro(p: Postulacion, llavero: Llavero) -> dict[str, Any]:
    """La postulación como JSON llano; `datos`, los archivos y lo que escribió la mesa van sellados."""
    adjuntos = [asdict(a) for a in p.adjuntos]
    personal = {
        "datos": json.dumps(dict(p.datos), ensure_ascii=False, sort_keys=True),
        "adjuntos": json.dumps(adjuntos, ensure_ascii=False),
        "motivo": p.motivo,
        "hallazgos": json.dumps(dict(p.hallazgos), ensure_ascii=False, sort_keys=True),
        "correcciones": json.dumps([asdict(c) for c in p.correcciones], ensure_ascii=False),
        "evaluaciones": json.dumps([_evaluacion_a_registro(e) for e in p.evaluaciones], ensure_ascii=False),
        "abstenciones": json.dumps([_abstencion_a_registro(a) for a in p.abstenciones], ensure_ascii=False),
    }
    return {
        "folio": p.folio,
        "convocatoria": p.convocatoria,
        "estado": str(p.estado),
        "version": p.version,
        "llego": milisegundos(p.llego),
        "turno": None if p.turno is None else milisegundos(p.turno),
        "huella": p.huella,
        "huella_rut": p.huella_rut,
        "sellado": sellar(personal, p.folio, llavero),
        "version_formulario": p.version_formulario,
        "notas": {criterio: str(nota) for criterio, nota in p.notas.items()},
        "puntaje": None if p.puntaje is None else str(p.puntaje),
        "oferta_vence": None if p.oferta_vence is None else milisegundos(p.oferta_vence),
        "canal": p.canal,
    }


def postulacion_de_registro(r: Mapping[str, Any], llavero: Llavero) -> Postulacion:
    """Lo contrario de `postulacion_a_registro`; lo guardado antes de que existiera un campo se lee sin él."""
    personal = abrir(r["sellado"], r["folio"], llavero)
    return Postulacion(
        folio=r["folio"],
        convocatoria=r["convocatoria"],
        estado=Estado(r["estado"]),
        version=int(r["version"]),
        llego=instante(int(r["llego"])),
        turno=None if r["turno"] is None else instante(int(r["turno"])),
        huella=r["huella"],
        huella_rut=r["huella_rut"],
        datos=json.loads(personal["datos"]),
        adjuntos=tuple(Adjunto(**a) for a in json.loads(personal["adjuntos"])),
        motivo=personal["motivo"],
        version_formulario=int(r["version_formulario"]),
        hallazgos=json.loads(personal["hallazgos"]),
        notas={criterio: Decimal(nota) for criterio, nota in r["notas"].items()},
        puntaje=None if r["puntaje"] is None else Decimal(r["puntaje"]),
        oferta_vence=None if r["oferta_vence"] is None else instante(int(r["oferta_vence"])),
        canal=r["canal"],
        correcciones=tuple(Correccion(**c) for c in json.loads(personal.get("correcciones", "[]"))),
        evaluaciones=tuple(_evaluacion_de_registro(e) for e in json.loads(personal.get("evaluaciones", "[]"))),
        abstenciones=tuple(_abstencion_de_registro(a) for a in json.loads(personal.get("abstenciones", "[]"))),
    )


def _evaluacion_a_registro(e: Evaluacion) -> dict[str, Any]:
    return {
        "evaluador": e.evaluador,
        "cuando": milisegundos(e.cuando),
        "notas": {criterio: str(nota) for criterio, nota in e.notas.items()},
        "justificaciones": dict(e.justificaciones),
    }


def _evaluacion_de_registro(r: Mapping[str, Any]) -> Evaluacion:
    notas = {criterio: Decimal(nota) for criterio, nota in r["notas"].items()}
    return Evaluacion(r["evaluador"], instante(r["cuando"]), notas, r["justificaciones"])


def _abstencion_a_registro(a: Abstencion) -> dict[str, Any]:
    return {"evaluador": a.evaluador, "cuando": milisegundos(a.cuando), "motivo": a.motivo}


def _abstencion_de_registro(r: Mapping[str, Any]) -> Abstencion:
    return Abstencion(r["evaluador"], instante(r["cuando"]), r["motivo"])


def transicion_a_registro(t: Transicion, llavero: Llavero) -> dict[str, Any]:
    """La transición como JSON llano; el motivo y lo visto pueden nombrar lo declarado y van sellados."""
    sellado = {
        "motivo": t.motivo,
        "hallazgos": json.dumps(dict(t.hallazgos), ensure_ascii=False, sort_keys=True),
        "puntaje": "" if t.puntaje is None else str(t.puntaje),
        "oferta_vence": "" if t.oferta_vence is None else str(milisegundos(t.oferta_vence)),
    }
    return {
        "folio": t.folio,
        "version": t.version,
        "de": None if t.de is None else str(t.de),
        "a": str(t.a),
        "cuando": milisegundos(t.cuando),
        "papel": str(t.actor.papel),
        "actor": t.actor.id,
        "oficina": t.actor.oficina,
        "rol": t.actor.rol,
        "sellado": sellar(sellado, f"{t.folio}.{t.version}", llavero),
        "version_regla": t.version_regla,
        "acta": t.acta,
    }


def transicion_de_registro(r: Mapping[str, Any], llavero: Llavero) -> Transicion:
    """Lo contrario de `transicion_a_registro`."""
    abierto = abrir(r["sellado"], f"{r['folio']}.{int(r['version'])}", llavero)
    return Transicion(
        folio=r["folio"],
        version=int(r["version"]),
        de=None if r["de"] is None else Estado(r["de"]),
        a=Estado(r["a"]),
        cuando=instante(int(r["cuando"])),
        actor=Actor(Papel(r["papel"]), r["actor"], r["oficina"], r["rol"]),
        motivo=abierto["motivo"],
        version_regla=r["version_regla"],
        hallazgos=json.loads(abierto["hallazgos"]),
        puntaje=Decimal(abierto["puntaje"]) if abierto["puntaje"] else None,
        oferta_vence=instante(int(abierto["oferta_vence"])) if abierto["oferta_vence"] else None,
        acta=r.get("acta", ""),
    )


def aviso_a_registro(a: Aviso) -> dict[str, Any]:
    """El aviso como JSON llano: no lleva la dirección, que se lee de la postulación al enviar."""
    return {
        "id": a.id,
        "folio": a.folio,
        "convocatoria": a.convocatoria,
        "estado": str(a.estado),
        "version": a.version,
        "creado": milisegundos(a.creado),
        "enviado": None if a.enviado is None else milisegundos(a.enviado),
        "referencia": a.referencia,
    }


def aviso_de_registro(r: Mapping[str, Any]) -> Aviso:
    """Lo contrario de `aviso_a_registro`."""
    return Aviso(
        folio=r["folio"],
        convocatoria=r["convocatoria"],
        estado=Estado(r["estado"]),
        version=int(r["version"]),
        creado=instante(int(r["creado"])),
        enviado=None if r["enviado"] is None else instante(int(r["enviado"])),
        referencia=r["referencia"],
    )


def respuesta_a_registro(r: Respuesta, llavero: Llavero) -> dict[str, Any]:
    """La respuesta de encuesta como JSON llano; lo contestado va sellado."""
    return {
        "id": r.id,
        "convocatoria": r.convocatoria,
        "anio": r.anio,
        "componente": r.componente,
        "region": r.region,
        "firma": r.firma,
        "emprendedor": r.emprendedor,
        "version_formulario": r.version_formulario,
        "dia": r.dia.isoformat(),
        "sellado": sellar(r.respuestas, r.id, llavero),
    }


def respuesta_de_registro(r: Mapping[str, Any], llavero: Llavero) -> Respuesta:
    """Lo contrario de `respuesta_a_registro`."""
    return Respuesta(
        id=r["id"],
        convocatoria=r["convocatoria"],
        anio=int(r["anio"]),
        componente=int(r["componente"]),
        region=r["region"],
        firma=r["firma"],
        emprendedor=bool(r["emprendedor"]),
        version_formulario=int(r["version_formulario"]),
        dia=date.fromisoformat(r["dia"]),
        respuestas=abrir(r["sellado"], r["id"], llavero),
    )
