"""Lo que ve la mesa de muchas a la vez: sus convocatorias y la cola de postulaciones."""

from __future__ import annotations

from collections import Counter
from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.dominio import espera, pauta, sala
from funciones.dominio import folio as folios
from funciones.dominio.abstencion import se_abstuvo
from funciones.dominio.admisibilidad import NECESITAN_REGISTRO, REGLAS, SE_REVISAN_OTRA_VEZ, recomendar
from funciones.dominio.ciegas import a_ciegas
from funciones.dominio.convocatoria import Convocatoria, Criterio
from funciones.dominio.fechas import fecha_hora_larga, fecha_larga
from funciones.dominio.postulacion import Postulacion
from funciones.entrada.solicitud import Funcionario
from funciones.oficina.calificacion import propia
from funciones.tramite.respuestas import declaracion_de
from funciones.tramite.vista import ESTADO_EN_PALABRAS

DEL_REGISTRO = frozenset({*NECESITAN_REGISTRO, *SE_REVISAN_OTRA_VEZ})


def convocatorias_de(funcionario: Funcionario) -> tuple[Convocatoria, ...]:
    """Las convocatorias a las que alcanza quien pregunta."""
    publicado = montaje().horneado
    todas = (publicado.convocatoria(id_convocatoria) for id_convocatoria in publicado.ids())
    return tuple(c for c in todas if c is not None and funcionario.alcanza(c))


def resumen_de_convocatoria(convocatoria: Convocatoria) -> dict[str, Any]:
    """Los datos de una convocatoria que usa la mesa; `recibidas`, cuántas van del tope, None si no tiene."""
    con_tope = convocatoria.postulaciones_maximas is not None
    cupo = montaje().almacen.cupo(convocatoria.id, convocatoria.cupos, convocatoria.espera_maxima)
    return {
        "id": convocatoria.id,
        "nombre": convocatoria.nombre,
        "estado": str(convocatoria.estado(montaje().ahora(), cupo)),
        "modo_seleccion": str(convocatoria.modo_seleccion),
        "por_internet": sala.tiene_sala(convocatoria),
        "demostracion": convocatoria.demostracion,
        "cupos": cupo.cupos,
        "asignados": cupo.asignados,
        "espera": cupo.espera,
        "postulaciones_maximas": convocatoria.postulaciones_maximas,
        "recibidas": montaje().almacen.cuantas(convocatoria.id) if con_tope else None,
        "cierre_texto": fecha_hora_larga(convocatoria.cierre),
        "evaluadores": convocatoria.evaluadores,
        "a_ciegas": convocatoria.a_ciegas,
        "criterios": [_criterio(c) for c in convocatoria.criterios],
        "reservas": [{"titulo": r.titulo, "cupos": r.cupos} for r in convocatoria.reservas],
        "actividad_texto": fecha_larga(convocatoria.actividad_inicio),
        "actividad_empezo": convocatoria.empezo(montaje().ahora()),
    }


def _criterio(criterio: Criterio) -> dict[str, Any]:
    return {
        "criterio": criterio.criterio,
        "titulo": criterio.titulo,
        "descripcion": criterio.descripcion,
        "ponderacion": criterio.ponderacion,
        "escala_minima": str(criterio.escala_minima),
        "escala_maxima": str(criterio.escala_maxima),
        "descriptores": [{"nota": str(d.nota), "texto": d.texto} for d in criterio.descriptores],
    }


def cola(convocatorias: tuple[Convocatoria, ...], estado: str, funcionario: Funcionario) -> dict[str, Any]:
    """Las postulaciones de esas convocatorias por turno, y cuántas hay en cada estado."""
    colas = [(c, tuple(montaje().almacen.cola(c.id))) for c in convocatorias]
    pares = [(c, p) for c, filas in colas for p in filas]
    lugares = {p.folio: n for c, filas in colas for n, p in enumerate(espera.en_orden(c, filas), start=1)}
    pares.sort(key=lambda par: (par[1].turno, par[1].folio))
    return {
        "conteo": dict(Counter(str(p.estado) for _, p in pares)),
        "postulaciones": [
            _renglon(c, p, funcionario) | {"lugar": lugares.get(p.folio)}
            for c, p in pares
            if not estado or p.estado == estado
        ],
    }


def nombre_visible(convocatoria: Convocatoria, postulacion: Postulacion) -> str:
    """El nombre, o el folio mientras se califica a ciegas: es lo único que la mesa muestra de quién es."""
    if a_ciegas(convocatoria, postulacion):
        return f"Postulación {folios.mostrar(postulacion.folio)}"
    return postulacion.datos["nombre"]


def signos(convocatoria: Convocatoria, postulacion: Postulacion) -> dict[str, str]:
    """Cómo va cada requisito sin mirar los registros, los mismos en la cola y en la ficha: lo propuesto, o lo marcado.

    Los registros se leen solo al abrir la ficha: leerlos por cada renglón haría esperar a quien abre la cola.
    """
    publicado = montaje().horneado
    hallazgos = recomendar(declaracion_de(postulacion.datos, publicado), publicado.reglamento(convocatoria))
    recomendados = {h.regla: str(h.resultado) for h in hallazgos if h.regla not in DEL_REGISTRO}
    return recomendados | {regla: visto for regla, visto in postulacion.hallazgos.items() if regla in REGLAS}


def _renglon(convocatoria: Convocatoria, postulacion: Postulacion, funcionario: Funcionario) -> dict[str, Any]:
    return {
        "folio": postulacion.folio,
        "folio_texto": folios.mostrar(postulacion.folio),
        "nombre": nombre_visible(convocatoria, postulacion),
        "convocatoria": convocatoria.id,
        "convocatoria_nombre": convocatoria.nombre,
        "region": convocatoria.region,
        "estado": str(postulacion.estado),
        "estado_texto": ESTADO_EN_PALABRAS[postulacion.estado],
        "turno": postulacion.turno.isoformat() if postulacion.turno else None,
        "turno_texto": "" if postulacion.turno is None else fecha_hora_larga(postulacion.turno),
        "version": postulacion.version,
        "hallazgos": signos(convocatoria, postulacion),
        "puntaje": None if postulacion.puntaje is None else str(postulacion.puntaje),
        "canal": postulacion.canal,
        "a_ciegas": a_ciegas(convocatoria, postulacion),
        "notas_puestas": len(pauta.vigentes(convocatoria, postulacion.evaluaciones)),
        "ya_calificaste": propia(postulacion, funcionario) is not None,
        "te_abstuviste": se_abstuvo(postulacion, funcionario.id),
    }
