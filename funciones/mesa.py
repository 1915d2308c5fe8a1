"""Lo que ve la mesa: la cola de una región y el expediente de una postulación."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from funciones.adaptadores import textos
from funciones.adaptadores.montaje import montaje
from funciones.dominio import folio as folios
from funciones.dominio.admisibilidad import recomendar
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.fechas import fecha_hora_larga
from funciones.dominio.postulacion import TRANSICIONES, Aviso, Estado, Papel, Postulacion
from funciones.respuestas import declaracion_de, preguntas_de
from funciones.solicitud import Funcionario
from funciones.vista import ESTADO_EN_PALABRAS

# Lo que la mesa decide con su formulario; seleccionar y registrar asistencia tienen su propia puerta.
DECISIONES = (Estado.ADMISIBLE, Estado.NO_ADMISIBLE, Estado.EN_CORRECCION, Estado.RECIBIDA, Estado.EVALUADA)


def convocatorias_de(funcionario: Funcionario) -> tuple[Convocatoria, ...]:
    """Las convocatorias de la región de quien pregunta, o todas."""
    publicado = montaje().horneado
    todas = (publicado.convocatoria(id_convocatoria) for id_convocatoria in publicado.ids())
    return tuple(c for c in todas if c is not None and funcionario.alcanza(c.region))


def resumen_de_convocatoria(convocatoria: Convocatoria) -> dict[str, Any]:
    """Los datos de una convocatoria que usa la mesa."""
    cupo = montaje().almacen.cupo(convocatoria.id, convocatoria.cupos, convocatoria.espera_maxima)
    return {
        "id": convocatoria.id,
        "nombre": convocatoria.nombre,
        "estado": str(convocatoria.estado(montaje().ahora(), cupo)),
        "modo_seleccion": str(convocatoria.modo_seleccion),
        "demostracion": convocatoria.demostracion,
        "cupos": cupo.cupos,
        "asignados": cupo.asignados,
        "espera": cupo.espera,
        "cierre_texto": fecha_hora_larga(convocatoria.cierre),
        "criterios": [
            {
                "criterio": c.criterio,
                "titulo": c.titulo,
                "descripcion": c.descripcion,
                "ponderacion": c.ponderacion,
                "escala_minima": str(c.escala_minima),
                "escala_maxima": str(c.escala_maxima),
            }
            for c in convocatoria.criterios
        ],
    }


def cola(convocatorias: tuple[Convocatoria, ...], estado: str) -> dict[str, Any]:
    """Las postulaciones de esas convocatorias por turno, y cuántas hay en cada estado."""
    pares = [(c, p) for c in convocatorias for p in montaje().almacen.cola(c.id)]
    pares.sort(key=lambda par: (par[1].turno, par[1].folio))
    return {
        "conteo": dict(Counter(str(p.estado) for _, p in pares)),
        "postulaciones": [_renglon(c, p) for c, p in pares if not estado or p.estado == estado],
    }


def _renglon(convocatoria: Convocatoria, postulacion: Postulacion) -> dict[str, Any]:
    publicado = montaje().horneado
    hallazgos = recomendar(declaracion_de(postulacion.datos, publicado), publicado.reglamento(convocatoria))
    recomendados = {h.regla: str(h.resultado) for h in hallazgos}
    return {
        "folio": postulacion.folio,
        "folio_texto": folios.mostrar(postulacion.folio),
        "nombre": postulacion.datos["nombre"],
        "convocatoria": convocatoria.id,
        "convocatoria_nombre": convocatoria.nombre,
        "region": convocatoria.region,
        "estado": str(postulacion.estado),
        "estado_texto": ESTADO_EN_PALABRAS[postulacion.estado],
        "turno": postulacion.turno.isoformat() if postulacion.turno else None,
        "turno_texto": _instante(postulacion.turno),
        "version": postulacion.version,
        "hallazgos": recomendados | dict(postulacion.hallazgos),
        "puntaje": None if postulacion.puntaje is None else str(postulacion.puntaje),
        "canal": postulacion.canal,
    }


def _instante(momento: datetime | None) -> str:
    return "" if momento is None else fecha_hora_larga(momento)


def expediente(postulacion: Postulacion, convocatoria: Convocatoria) -> dict[str, Any]:
    """Todo lo de una postulación: respuestas, lo que recomiendan las reglas, documentos, historia y avisos."""
    publicado = montaje().horneado
    hallazgos = recomendar(declaracion_de(postulacion.datos, publicado), publicado.reglamento(convocatoria))
    titulos = {d.documento: d.titulo for d in convocatoria.documentos}
    return {
        "folio": postulacion.folio,
        "folio_texto": folios.mostrar(postulacion.folio),
        "convocatoria": convocatoria.id,
        "convocatoria_nombre": convocatoria.nombre,
        "estado": str(postulacion.estado),
        "estado_texto": ESTADO_EN_PALABRAS[postulacion.estado],
        "version": postulacion.version,
        "motivo": postulacion.motivo,
        "puntaje": None if postulacion.puntaje is None else str(postulacion.puntaje),
        "notas": {criterio: str(nota) for criterio, nota in postulacion.notas.items()},
        "oferta_vence_texto": _instante(postulacion.oferta_vence),
        "respuestas": [
            {
                "clave": p.clave,
                "titulo": p.titulo,
                "texto": p.mostrar(postulacion.datos[p.clave], publicado),
            }
            for p in preguntas_de(publicado, "postulacion", convocatoria.anio_ventas)
            if p.clave in postulacion.datos
        ],
        "hallazgos": [
            {**texto, "texto": texto["requisito"]}
            for texto in textos.explicar(hallazgos, convocatoria, publicado, montaje().plantillas)
        ],
        "revisados": dict(postulacion.hallazgos),
        "documentos": [
            {
                "documento": a.documento,
                "titulo": titulos.get(a.documento, a.documento),
                "nombre": a.nombre,
                "tipo": a.tipo,
                "tamano_texto": _tamano(a.tamano),
                "huella": a.huella,
            }
            for a in postulacion.adjuntos
        ],
        "historia": _historia(postulacion.folio),
        "avisos": [_aviso(a) for a in montaje().almacen.avisos(postulacion.folio)],
        "acciones": [
            str(estado)
            for estado in DECISIONES
            if Papel.PERSONAL in TRANSICIONES[postulacion.estado].get(estado, frozenset())
        ],
    }


def _aviso(aviso: Aviso) -> dict[str, Any]:
    """Un correo y si salió; el rechazado no salió, y alguien tiene que llamar o escribir."""
    return {
        "estado_texto": ESTADO_EN_PALABRAS[aviso.estado],
        "creado_texto": fecha_hora_larga(aviso.creado),
        "enviado_texto": None if aviso.rechazado else _instante(aviso.enviado) or None,
        "rechazado": aviso.rechazado,
    }


def _historia(folio: str) -> list[dict[str, Any]]:
    return [
        {
            "cuando_texto": fecha_hora_larga(t.cuando),
            "de": t.de and str(t.de),
            "a": str(t.a),
            "a_texto": ESTADO_EN_PALABRAS[t.a],
            "papel": str(t.actor.papel),
            "oficina": t.actor.oficina,
            "motivo": t.motivo,
        }
        for t in montaje().almacen.transiciones(folio)
    ]


def _tamano(octetos: int) -> str:
    """`1258291` → `1,2 MB`."""
    if octetos < 1024 * 1024:
        return f"{max(octetos // 1024, 1)} kB"
    decimos = octetos * 10 // (1024 * 1024)
    return f"{decimos // 10},{decimos % 10} MB"
