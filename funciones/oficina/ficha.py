"""El expediente de una postulación como lo ve una persona de la mesa: a ciegas, sin nada que diga de quién es."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.avisos import contactos
from funciones.dominio import folio as folios
from funciones.dominio import pauta
from funciones.dominio.abstencion import SE_REVISA, se_abstuvo
from funciones.dominio.ciegas import MIENTRAS_SE_CALIFICA, a_ciegas, tapar
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.fechas import fecha_hora_larga
from funciones.dominio.imparcialidad import DE_REQUISITOS, fue_corregida
from funciones.dominio.postulacion import Aviso, Estado, Evaluacion, Postulacion, Transicion
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Funcionario
from funciones.oficina import bandeja_derechos, chequeo, mesa, mis_datos
from funciones.oficina.calificacion import impedimento, propia
from funciones.oficina.revision import corregibles_de, decisiones_de
from funciones.tramite import compromiso, presencial
from funciones.tramite.expediente import estado_de
from funciones.tramite.respuestas import Pregunta, preguntas_de
from funciones.tramite.vista import ESTADO_EN_PALABRAS

# De un bloque que pide el RUT, el correo o el teléfono, a ciegas solo queda lo que dice qué hace y dónde.
_TIPOS_PERSONALES = frozenset({"rut", "correo", "telefono"})
_DICEN_QUE_HACE = frozenset({"tipo_persona", "comuna", "actividad", "actividades"})


def expediente(postulacion: Postulacion, convocatoria: Convocatoria, funcionario: Funcionario) -> dict[str, Any]:
    """Respuestas, lo que recomiendan las reglas, documentos, notas, historia y avisos, hasta donde le toca ver."""
    oculto = a_ciegas(convocatoria, postulacion)
    callado = oculto or _espera_mi_nota(postulacion, funcionario)
    return {
        "folio": postulacion.folio,
        "folio_texto": folios.mostrar(postulacion.folio),
        "convocatoria": convocatoria.id,
        "convocatoria_nombre": convocatoria.nombre,
        "estado": str(postulacion.estado),
        "estado_texto": ESTADO_EN_PALABRAS[postulacion.estado],
        "version": postulacion.version,
        "a_ciegas": oculto,
        "motivo": "" if callado else postulacion.motivo,
        "oferta_vence_texto": _instante(postulacion.oferta_vence),
        "respuestas": _respuestas(postulacion, convocatoria, oculto),
        "hallazgos": chequeo.lista(postulacion, convocatoria),
        "revisados": dict(postulacion.hallazgos),
        "signos": mesa.signos(convocatoria, postulacion),
        "documentos": [] if oculto else _documentos(postulacion, convocatoria),
        "presencial": presencial.para_la_ficha(postulacion, convocatoria, oculto),
        "no_calza": [] if oculto else mis_datos.diferencias(postulacion),
        # La carta lleva nombre y RUT: a ciegas no se ve, ni lo que pidió sobre sus datos.
        "carta": None if oculto else compromiso.para_la_mesa(postulacion, convocatoria),
        "derechos": [] if oculto else bandeja_derechos.de_la_ficha(postulacion, convocatoria, funcionario),
        "historia": [
            _transicion(t, sin_motivo=oculto or (callado and _califica(t)))
            for t in montaje().almacen.transiciones(postulacion.folio)
        ],
        "avisos": [_aviso(a, convocatoria) for a in montaje().almacen.avisos(postulacion.folio)],
        "acciones": _acciones(postulacion, convocatoria, funcionario),
        "por_que_no": _por_que_no(postulacion, funcionario),
        "correcciones": _correcciones(postulacion, convocatoria),
        "corregibles": [{"que": q, "titulo": t} for q, t in corregibles_de(postulacion, convocatoria)],
    } | _notas(postulacion, convocatoria, funcionario, oculto)


def _notas(
    postulacion: Postulacion, convocatoria: Convocatoria, funcionario: Funcionario, oculto: bool
) -> dict[str, Any]:
    """Las notas que puede ver: las de otra persona, solo después de poner la suya o cuando ya están todas."""
    mia = propia(postulacion, funcionario)
    visibles = (mia,) if _espera_mi_nota(postulacion, funcionario) else postulacion.evaluaciones
    return {
        "puntaje": None if postulacion.puntaje is None else str(postulacion.puntaje),
        "notas": {criterio: str(nota) for criterio, nota in postulacion.notas.items()},
        "evaluadores": convocatoria.evaluadores,
        "notas_puestas": len(pauta.vigentes(convocatoria, postulacion.evaluaciones)),
        "evaluaciones": [_evaluacion(e, convocatoria, funcionario) for e in visibles if e is not None],
        "te_abstuviste": se_abstuvo(postulacion, funcionario.id),
        "puede_abstenerse": postulacion.estado in SE_REVISA and not se_abstuvo(postulacion, funcionario.id),
        "abstenciones": [
            {
                "evaluador": a.evaluador,
                "propia": a.evaluador == funcionario.id,
                "cuando_texto": fecha_hora_larga(a.cuando),
                "motivo": "" if oculto else a.motivo,
            }
            for a in postulacion.abstenciones
        ],
    }


def _espera_mi_nota(postulacion: Postulacion, funcionario: Funcionario) -> bool:
    """Si todavía se califica y esta persona no ha puesto la suya: lo de las demás no debe influirla."""
    return postulacion.estado is Estado.ADMISIBLE and propia(postulacion, funcionario) is None


def _evaluacion(evaluacion: Evaluacion, convocatoria: Convocatoria, funcionario: Funcionario) -> dict[str, Any]:
    return {
        "evaluador": evaluacion.evaluador,
        "propia": evaluacion.evaluador == funcionario.id,
        "cuando_texto": fecha_hora_larga(evaluacion.cuando),
        "notas": {criterio: str(nota) for criterio, nota in evaluacion.notas.items()},
        "justificaciones": dict(evaluacion.justificaciones),
        "puntaje": _puntaje_de(evaluacion, convocatoria),
    }


def _puntaje_de(evaluacion: Evaluacion, convocatoria: Convocatoria) -> str | None:
    """Lo que da sola; nada si una enmienda cambió la pauta con que se puso."""
    if not pauta.vigentes(convocatoria, (evaluacion,)):
        return None
    return str(pauta.puntaje(convocatoria.criterios, evaluacion.notas))


def _fue_corregida(postulacion: Postulacion, funcionario: Funcionario) -> bool:
    return fue_corregida(montaje().almacen.transiciones(postulacion.folio), funcionario.id)


def _por_que_no(postulacion: Postulacion, funcionario: Funcionario) -> str:
    """Por qué a esta persona no le toca decidir sobre los requisitos; vacío si le toca."""
    if se_abstuvo(postulacion, funcionario.id):
        return str(Rechazo("te_abstuviste").mensaje)
    return str(Rechazo("te_corrigieron").mensaje) if _fue_corregida(postulacion, funcionario) else ""


def _acciones(postulacion: Postulacion, convocatoria: Convocatoria, funcionario: Funcionario) -> list[str]:
    """Lo que esta persona puede decidir ahora; «admisible» en una evaluada es volver a calificarla."""
    if se_abstuvo(postulacion, funcionario.id):
        return []
    corregida = _fue_corregida(postulacion, funcionario)
    posibles = [d for d in decisiones_de(postulacion.estado) if not (corregida and d in DE_REQUISITOS)]
    if Estado.EVALUADA in posibles and impedimento(postulacion, convocatoria, funcionario):
        posibles.remove(Estado.EVALUADA)
    return [str(decision) for decision in posibles]


def _respuestas(postulacion: Postulacion, convocatoria: Convocatoria, oculto: bool) -> list[dict[str, str]]:
    publicado = montaje().horneado
    preguntas = preguntas_de(publicado, "postulacion", convocatoria)
    vistas = [p for p in preguntas if p.clave in postulacion.datos and not (oculto and _identifica(p, preguntas))]
    dichas = [(p, p.mostrar(postulacion.datos[p.clave], publicado)) for p in vistas]
    # Lo que se elige de una lista no lo escribió nadie: «Talca» sigue ahí aunque también esté en su nombre.
    return [
        {"clave": p.clave, "titulo": p.titulo, "texto": tapar(texto, postulacion.datos) if escrita else texto}
        for p, texto in dichas
        for escrita in [oculto and p.tipo not in _DICEN_QUE_HACE]
    ]


def _identifica(pregunta: Pregunta, todas: tuple[Pregunta, ...]) -> bool:
    personales = {p.bloque for p in todas if p.tipo in _TIPOS_PERSONALES}
    return pregunta.bloque in personales and pregunta.tipo not in _DICEN_QUE_HACE


def _documentos(postulacion: Postulacion, convocatoria: Convocatoria) -> list[dict[str, Any]]:
    titulos = {d.documento: d.titulo for d in convocatoria.documentos}
    return [
        {
            "documento": a.documento,
            "titulo": titulos.get(a.documento, a.documento),
            "nombre": a.nombre,
            "tipo": a.tipo,
            "tamano_texto": _tamano(a.tamano),
            "huella": a.huella,
            "estado": str(estado_de(a)),
        }
        for a in postulacion.adjuntos
    ]


def _correcciones(postulacion: Postulacion, convocatoria: Convocatoria) -> list[dict[str, str]]:
    titulos = dict(corregibles_de(postulacion, convocatoria))
    return [{"que": c.que, "titulo": titulos.get(c.que, c.que), "texto": c.texto} for c in postulacion.correcciones]


def _transicion(transicion: Transicion, *, sin_motivo: bool) -> dict[str, Any]:
    return {
        "cuando_texto": fecha_hora_larga(transicion.cuando),
        "de": transicion.de and str(transicion.de),
        "a": str(transicion.a),
        "a_texto": ESTADO_EN_PALABRAS[transicion.a],
        "papel": str(transicion.actor.papel),
        "oficina": transicion.actor.oficina,
        "motivo": "" if sin_motivo else transicion.motivo,
    }


def _califica(transicion: Transicion) -> bool:
    """Si en ese paso alguien puso notas: su razón las deja ver."""
    return {transicion.de, transicion.a} <= MIENTRAS_SE_CALIFICA


def _aviso(aviso: Aviso, convocatoria: Convocatoria) -> dict[str, Any]:
    """Un correo y si llegó; si no, alguien tiene que llamar o escribir. Y desde qué día cuenta como notificado."""
    hoja = contactos.hoja_de(aviso)
    por_correo = contactos.por_correo_texto(aviso, convocatoria) if hoja is None else ""
    return {
        "en_mano": aviso.en_mano,
        "notificado_texto": por_correo or (contactos.notificada_texto(hoja, convocatoria) if hoja else ""),
        "lo_sabe": hoja is None or contactos.lo_sabe(hoja),
        "estado_texto": ESTADO_EN_PALABRAS[aviso.estado],
        "creado_texto": fecha_hora_larga(aviso.creado),
        "enviado_texto": None if aviso.rechazado else _instante(aviso.enviado) or None,
        "rechazado": aviso.rechazado or hoja is not None,
    }


def _instante(momento: datetime | None) -> str:
    return "" if momento is None else fecha_hora_larga(momento)


def _tamano(octetos: int) -> str:
    """`1258291` → `1,2 MB`."""
    if octetos < 1024 * 1024:
        return f"{max(octetos // 1024, 1)} kB"
    decimos = octetos * 10 // (1024 * 1024)
    return f"{decimos // 10},{decimos % 10} MB"
