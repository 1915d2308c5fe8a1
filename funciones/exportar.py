"""Exportar: la mesa baja o imprime la cola, las listas o la asistencia; cada vez queda quién, cuándo y cuántas."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.dominio import espera
from funciones.dominio import folio as folios
from funciones.dominio.celda_segura import celda_segura
from funciones.dominio.ciegas import a_ciegas
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.estado import OCUPAN_CUPO, PARTICIPARON, Estado
from funciones.dominio.jornada import EN_LA_LISTA
from funciones.dominio.plazo import CHILE
from funciones.dominio.postulacion import Postulacion
from funciones.ejecucion import lugares
from funciones.ejecucion.jornada import convocatoria_al_alcance
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Funcionario, Respuesta, Solicitud, atender, exigir_rol, registro, solo_campos
from funciones.oficina import bitacora
from funciones.oficina.mesa import nombre_visible

ROLES = ("evaluador", "operador", "nacional", "administrador")
# Quien opera llama por teléfono a quien participa; el RUT y el correo son de quien evalúa.
DECIDEN = frozenset({"evaluador", "nacional", "administrador"})
USOS = {"csv": "en CSV", "imprimir": "para imprimir"}
Columna = tuple[str, Callable[[Postulacion], str]]


def exportar(solicitud: Solicitud) -> Respuesta:
    """Las filas y su CSV, con las columnas que le tocan a ese rol. Error: 404 si no es de las suyas."""
    funcionario = exigir_rol(solicitud, *ROLES)
    solo_campos(solicitud, "convocatoria", "que", "para")
    convocatoria = convocatoria_al_alcance(solicitud.texto("convocatoria"), funcionario)
    que, para = solicitud.texto("que"), solicitud.texto("para")
    if que not in _LISTAS or para not in USOS:
        raise Rechazo("solicitud_mal_formada")
    cuales, columnas = _LISTAS[que]
    elegidas = cuales(convocatoria, tuple(montaje().almacen.cola(convocatoria.id)))
    armadas = columnas(convocatoria, funcionario)
    filas = [[dato(p) for _, dato in armadas] for p in elegidas]
    # Antes de entregarlas: si esto no se puede anotar, no sale nada.
    bitacora.anotar(convocatoria.id, "exportacion", funcionario, f"{que}, {len(filas)} filas, {USOS[para]}")
    nombres = [nombre for nombre, _ in armadas]
    cuerpo = {"nombre": f"{que}-{convocatoria.id}.csv", "columnas": nombres, "filas": filas, "csv": ""}
    return Respuesta(cuerpo | ({"csv": _csv(nombres, filas)} if para == "csv" else {}))


def _csv(nombres: list[str], filas: Iterable[list[str]]) -> str:
    salida = io.StringIO(newline="")
    escritor = csv.writer(salida, lineterminator="\r\n")
    escritor.writerow(nombres)
    escritor.writerows([celda_segura(celda) for celda in fila] for fila in filas)
    # La marca del comienzo es para que una planilla lea bien las tildes.
    return f"\ufeff{salida.getvalue()}"


def _toda(convocatoria: Convocatoria, cola: tuple[Postulacion, ...]) -> Iterable[Postulacion]:
    return cola


def _elegidas(convocatoria: Convocatoria, cola: tuple[Postulacion, ...]) -> Iterable[Postulacion]:
    """Primero quienes tienen puesto, después la espera en su orden, y al final quienes no quedaron."""
    dentro = [p for p in cola if p.estado in OCUPAN_CUPO | {Estado.NO_ASISTIO}]
    return [*dentro, *espera.en_orden(convocatoria, cola), *(p for p in cola if p.estado is Estado.NO_SELECCIONADA)]


def _con_puesto(convocatoria: Convocatoria, cola: tuple[Postulacion, ...]) -> Iterable[Postulacion]:
    return [p for p in cola if p.estado in EN_LA_LISTA]


def _de_quien(convocatoria: Convocatoria) -> list[Columna]:
    return [("folio", lambda p: folios.mostrar(p.folio)), ("empresa", lambda p: nombre_visible(convocatoria, p))]


def _dato(convocatoria: Convocatoria, clave: str) -> Columna:
    """Una respuesta de la postulación; vacía mientras se califica a ciegas."""
    return clave, lambda p: "" if a_ciegas(convocatoria, p) else str(p.datos.get(clave, ""))


def _de_la_cola(convocatoria: Convocatoria, funcionario: Funcionario) -> list[Columna]:
    personales = ("rut", "telefono", "correo") if funcionario.rol in DECIDEN else ("telefono",)
    return [
        *_de_quien(convocatoria),
        ("estado", lambda p: str(p.estado)),
        ("llegada", lambda p: "" if p.turno is None else p.turno.astimezone(CHILE).isoformat(timespec="seconds")),
        ("canal", lambda p: p.canal),
        ("comuna", lambda p: "" if a_ciegas(convocatoria, p) else _comuna(p)),
        *([("puntaje", _puntaje)] if funcionario.rol in DECIDEN else []),
        *(_dato(convocatoria, clave) for clave in personales),
    ]


def _de_las_listas(convocatoria: Convocatoria, funcionario: Funcionario) -> list[Columna]:
    cola = tuple(montaje().almacen.cola(convocatoria.id))
    turnos = {p.folio: str(n) for n, p in enumerate(espera.en_orden(convocatoria, cola), start=1)}
    return [
        ("lista", _lista),
        ("orden", lambda p: turnos.get(p.folio, "")),
        *_de_quien(convocatoria),
        ("estado", lambda p: str(p.estado)),
        *([("puntaje", _puntaje)] if funcionario.rol in DECIDEN else []),
    ]


def _de_la_asistencia(convocatoria: Convocatoria, funcionario: Funcionario) -> list[Columna]:
    """Las mismas columnas con que se cargan las marcas: se llena y se vuelve a subir."""
    plano = {dado["folio"]: dado["lugar"] for dado in lugares.ver(convocatoria)["lugares"]}
    return [
        *_de_quien(convocatoria),
        ("lugar", lambda p: plano.get(p.folio, "")),
        _dato(convocatoria, "telefono"),
        ("asistio", _asistio),
        ("hora", lambda p: ""),
        ("version", lambda p: str(p.version)),
    ]


def _asistio(postulacion: Postulacion) -> str:
    if postulacion.estado in PARTICIPARON:
        return "si"
    return "no" if postulacion.estado is Estado.NO_ASISTIO else ""


def _lista(postulacion: Postulacion) -> str:
    if postulacion.estado is Estado.LISTA_DE_ESPERA:
        return "espera"
    return "no_seleccionadas" if postulacion.estado is Estado.NO_SELECCIONADA else "seleccionadas"


def _puntaje(postulacion: Postulacion) -> str:
    return "" if postulacion.puntaje is None else str(postulacion.puntaje).replace(".", ",")


def _comuna(postulacion: Postulacion) -> str:
    codigo = postulacion.datos.get("comuna", "")
    return montaje().horneado.comunas[codigo]["nombre"] if codigo in montaje().horneado.comunas else codigo


_LISTAS = {
    "cola": (_toda, _de_la_cola),
    "listas": (_elegidas, _de_las_listas),
    "asistencia": (_con_puesto, _de_la_asistencia),
}


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """POST /api/mesa/exportar."""
    return atender(event, {"POST /api/mesa/exportar": exportar})
