"""Lo que se le muestra a una persona sobre su postulación y su convocatoria: los mismos textos en página y correo."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from funciones.adaptadores.horneado import Horneado
from funciones.adaptadores.montaje import Montaje
from funciones.dominio import espera, folio
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.fechas import fecha_hora_larga, fecha_larga, rango
from funciones.dominio.plazo import inicio_del_dia
from funciones.dominio.postulacion import DENEGACIONES, Estado, Papel, Postulacion, Transicion, confirmar_hasta
from funciones.entrada import recurso as recursos
from funciones.tramite import plazos
from funciones.tramite.razones import reglas_incumplidas

ESTADO_EN_PALABRAS: Mapping[Estado, str] = {
    Estado.POR_CONFIRMAR: "Falta confirmar tu correo",
    Estado.RETENIDA: "La revisa una persona antes de entrar a la fila",
    Estado.RECIBIDA: "Recibida",
    Estado.EN_CORRECCION: "Tienes que corregir algo",
    Estado.DESISTIDA: "Se cerró por falta de respuesta",
    Estado.ADMISIBLE: "Cumple los requisitos",
    Estado.NO_ADMISIBLE: "No cumple los requisitos",
    Estado.EVALUADA: "Ya tiene nota",
    Estado.SELECCIONADA: "Seleccionada",
    Estado.LISTA_DE_ESPERA: "En lista de espera",
    Estado.NO_SELECCIONADA: "No seleccionada",
    Estado.OFRECIDA: "Tienes un cupo por aceptar",
    Estado.CONFIRMADA: "Confirmada",
    Estado.DECLINADA: "Dejaste el cupo",
    Estado.OFERTA_VENCIDA: "Venció el plazo para aceptar",
    Estado.RETIRADA: "Retirada",
    Estado.PARTICIPO: "Participaste: falta la encuesta",
    Estado.NO_ASISTIO: "No asististe",
    Estado.EGRESADA: "Terminada",
    Estado.RECURRIDA: "Otra persona revisa el resultado",
    Estado.RECURSO_RECHAZADO: "La nueva revisión no cambió el resultado",
}

# En qué paso de la ruta del usuario (1 a 7) está cada estado.
PASO_DE_LA_RUTA: Mapping[Estado, int] = {
    Estado.POR_CONFIRMAR: 2,
    Estado.RETENIDA: 3,
    Estado.RECIBIDA: 3,
    Estado.EN_CORRECCION: 3,
    Estado.DESISTIDA: 3,
    Estado.ADMISIBLE: 4,
    Estado.NO_ADMISIBLE: 3,
    Estado.EVALUADA: 4,
    Estado.SELECCIONADA: 5,
    Estado.LISTA_DE_ESPERA: 5,
    Estado.NO_SELECCIONADA: 5,
    Estado.OFRECIDA: 5,
    Estado.CONFIRMADA: 6,
    Estado.DECLINADA: 5,
    Estado.OFERTA_VENCIDA: 5,
    Estado.RETIRADA: 5,
    Estado.PARTICIPO: 7,
    Estado.NO_ASISTIO: 6,
    Estado.EGRESADA: 7,
    Estado.RECURRIDA: 5,
    Estado.RECURSO_RECHAZADO: 5,
}


# Ya no avanzan: la página dice hasta dónde llegaron, no dónde van.
TERMINADAS = frozenset(
    {
        Estado.DESISTIDA,
        Estado.NO_ADMISIBLE,
        Estado.NO_SELECCIONADA,
        Estado.DECLINADA,
        Estado.OFERTA_VENCIDA,
        Estado.RETIRADA,
        Estado.NO_ASISTIO,
        Estado.EGRESADA,
        Estado.RECURSO_RECHAZADO,
    }
)


def de_convocatoria(convocatoria: Convocatoria, publicado: Horneado) -> dict[str, Any]:
    """Los datos de la convocatoria que llevan páginas y correos."""
    oficina = publicado.oficina(convocatoria.oficina)
    return {
        "id": convocatoria.id,
        "nombre": convocatoria.nombre,
        "componente": convocatoria.componente,
        "resumen": convocatoria.resumen,
        "region": convocatoria.region,
        "region_nombre": publicado.region(convocatoria.region),
        "region_orden": publicado.orden_region(convocatoria.region),
        "apertura_texto": fecha_hora_larga(convocatoria.apertura),
        "cierre_texto": fecha_hora_larga(convocatoria.cierre),
        "resultados_texto": fecha_larga(convocatoria.resultados),
        "actividad_texto": rango(convocatoria.actividad_inicio, convocatoria.actividad_termino),
        "encuesta_cierre_texto": fecha_larga(convocatoria.encuesta_cierre),
        "anio_ventas": convocatoria.anio_ventas,
        "oficina_nombre": oficina["nombre"],
        "oficina_sitio": oficina.get("sitio") or "",
        "oficina_telefono": oficina.get("telefono") or "",
        "oficina_direccion": oficina.get("direccion") or "",
        "oficina_correo": oficina.get("correo") or "",
        "responsable_rol": convocatoria.responsable_rol,
        "postulaciones_maximas": convocatoria.postulaciones_maximas,
        "demostracion": convocatoria.demostracion,
    }


def responder_a(postulacion: Postulacion, publicado: Horneado) -> str:
    """La casilla de la oficina que organiza, donde llega lo que se responde a sus correos; vacía si no se conoce."""
    convocatoria = publicado.convocatoria(postulacion.convocatoria)
    return "" if convocatoria is None else str(publicado.oficina(convocatoria.oficina).get("correo") or "")


def enlaces(postulacion: Postulacion, montaje: Montaje) -> dict[str, str]:
    """Los enlaces con su código en el fragmento, que no llega a ningún registro, y los códigos para escribirlos."""
    llavero, portal = montaje.llavero, montaje.url_portal
    confirma = llavero.codigo_confirmacion(postulacion.folio)
    secreto, encuesta = llavero.secreto(postulacion.folio), llavero.codigo_encuesta(postulacion.folio)
    por_confirmar = postulacion.estado is Estado.POR_CONFIRMAR
    return {
        "enlace": f"{portal}/api/consultar#folio={postulacion.folio}&codigo={secreto}",
        "enlace_confirmar": f"{portal}/api/confirmar#folio={postulacion.folio}&codigo={confirma}",
        "enlace_encuesta": f"{portal}/api/encuestar#folio={postulacion.folio}&codigo={encuesta}",
        "codigo": confirma if por_confirmar else secreto,
        "codigo_encuesta": encuesta,
        "portal": portal,
        "derechos_url": f"{portal}/privacidad/",
    }


def de_correo(
    postulacion: Postulacion, convocatoria: Convocatoria, transiciones: tuple[Transicion, ...], montaje: Montaje
) -> dict[str, Any]:
    """El contexto de los correos de una postulación, tal como quedó en su última transición."""
    publicado = montaje.horneado
    return {
        "folio": folio.mostrar(postulacion.folio),
        "nombre": postulacion.datos["nombre"],
        "representante": postulacion.datos.get("representante") or postulacion.datos["nombre"],
        "convocatoria": de_convocatoria(convocatoria, publicado),
        **enlaces(postulacion, montaje),
        "minutos_confirmacion": publicado.parametro("minutos_confirmacion", convocatoria.publicacion),
        "confirmar_hasta_texto": fecha_hora_larga(_confirmar_hasta(postulacion, convocatoria, publicado)),
        "motivo": _motivo(postulacion, transiciones),
        "motivo_codigo": postulacion.hallazgos.get("seleccion", ""),
        "reglas_incumplidas": reglas_incumplidas(postulacion, convocatoria, montaje),
        "puntaje": None if postulacion.puntaje is None else str(postulacion.puntaje).replace(".", ","),
        "nota_minima": None if convocatoria.nota_minima is None else str(convocatoria.nota_minima).replace(".", ","),
        **_lista_de_espera(postulacion, convocatoria, montaje),
        "oferta_vence_texto": _instante(
            plazos.oferta_hasta(postulacion, convocatoria, publicado) or postulacion.oferta_vence
        ),
        "corregir_hasta_texto": _instante(plazos.corregir_hasta(transiciones, convocatoria, publicado)),
        "sabras_texto": _sabras(transiciones, convocatoria, publicado),
        "decidio": quien_decidio(transiciones, publicado),
        "huellas": _huellas(postulacion),
        "venia_de": str(transiciones[-1].de or "") if transiciones else "",
        "recurso": recurso(postulacion, transiciones, convocatoria, publicado),
        "recurso_agotado": postulacion.estado is Estado.RECURSO_RECHAZADO,
        "resultado_previo": _resultado_previo(transiciones),
        **_presentado(transiciones, convocatoria, publicado),
    }


def _huellas(postulacion: Postulacion) -> dict[str, object]:
    """Las del comprobante: con ellas se prueba que nadie cambió lo enviado."""
    return {
        "respuestas": postulacion.huella.rpartition(".")[2],
        "documentos": [{"documento": a.documento, "huella": a.huella} for a in postulacion.adjuntos],
    }


def _lista_de_espera(postulacion: Postulacion, convocatoria: Convocatoria, montaje: Montaje) -> dict[str, object]:
    """Su lugar, cuántas esperan y las reglas de la lista: horas para aceptar, hasta cuándo y cupos asegurados."""
    esperan = [p.folio for p in espera.en_orden(convocatoria, montaje.almacen.cola(convocatoria.id))]
    return {
        "lugar_espera": esperan.index(postulacion.folio) + 1 if postulacion.folio in esperan else None,
        "total_espera": len(esperan),
        "horas_oferta": convocatoria.horas_oferta,
        "empieza_texto": fecha_larga(convocatoria.actividad_inicio),
        "con_cupos_asegurados": bool(convocatoria.reservas),
    }


def _sabras(transiciones: tuple[Transicion, ...], convocatoria: Convocatoria, publicado: Horneado) -> str:
    """El día del resultado, si todavía viene y cae después del plazo para corregir; si no, vacío."""
    plazo = plazos.corregir_hasta(transiciones, convocatoria, publicado)
    pasados = [momento for momento in (plazo, transiciones[-1].cuando if transiciones else None) if momento]
    viene = all(momento < inicio_del_dia(convocatoria.resultados) for momento in pasados)
    return fecha_larga(convocatoria.resultados) if viene else ""


def _confirmar_hasta(postulacion: Postulacion, convocatoria: Convocatoria, publicado: Horneado) -> datetime:
    gracia = timedelta(minutes=int(publicado.parametro("minutos_confirmacion", convocatoria.publicacion)))
    vigencia = timedelta(hours=int(publicado.parametro("horas_enlace_confirmacion", convocatoria.publicacion)))
    return confirmar_hasta(postulacion.llego, convocatoria.cierre, gracia, vigencia)


def _instante(momento: datetime | None) -> str:
    return "" if momento is None else fecha_hora_larga(momento)


def quien_decidio(transiciones: tuple[Transicion, ...], publicado: Horneado) -> dict[str, str] | None:
    """La última persona del personal que decidió: su rol, su oficina y cuándo."""
    for transicion in reversed(transiciones):
        if transicion.actor.papel is Papel.PERSONAL:
            return {
                "rol": transicion.actor.rol,
                "oficina": transicion.actor.oficina,
                "cuando_texto": fecha_hora_larga(transicion.cuando),
            }
    return None


def recurso(
    postulacion: Postulacion, transiciones: tuple[Transicion, ...], convocatoria: Convocatoria, publicado: Horneado
) -> dict[str, str] | None:
    """Cómo y hasta cuándo se puede reclamar; solo cuando hay algo que reclamar."""
    if postulacion.estado not in DENEGACIONES | {Estado.DESISTIDA} or not transiciones:
        return None
    via = recursos.vigente(publicado, transiciones[-1].cuando)
    vence = plazos.reclamar_hasta(transiciones[-1], convocatoria, publicado)
    if via is None or vence is None:
        return None
    return {
        "canal": via.canal,
        "plazo_texto": f"{via.dias_habiles} días hábiles",
        "hasta_texto": fecha_hora_larga(vence),
    }


def _motivo(postulacion: Postulacion, transiciones: tuple[Transicion, ...]) -> str:
    """Por qué está donde está; con un recurso, lo que escribió quien postuló, aunque después alguien se abstenga.

    Vacío si lo decidió una selección: su motivo explica por qué se corrió el lote, no lo que le pasó a cada una.
    """
    if transiciones and transiciones[-1].acta:
        return ""
    pedido = _pedido(transiciones)
    return pedido.motivo if pedido and postulacion.estado is Estado.RECURRIDA else postulacion.motivo


def _pedido(transiciones: tuple[Transicion, ...]) -> Transicion | None:
    """La última vez que se pidió otra revisión; una abstención de la mesa no es un pedido."""
    return next((t for t in reversed(transiciones) if t.a is Estado.RECURRIDA and t.de is not t.a), None)


def _resultado_previo(transiciones: tuple[Transicion, ...]) -> str:
    """El resultado que se pidió revisar la última vez, en palabras; vacío si nunca se pidió."""
    pedido = _pedido(transiciones)
    return ESTADO_EN_PALABRAS[pedido.de] if pedido and pedido.de else ""


def _presentado(
    transiciones: tuple[Transicion, ...], convocatoria: Convocatoria, publicado: Horneado
) -> dict[str, object]:
    """Desde cuándo cuenta el último recurso, y si es porque se envió en día inhábil; vacío si no hay."""
    pedido = _pedido(transiciones)
    if pedido is None:
        return {"presentado_texto": "", "enviado_inhabil": False}
    cuenta = plazos.cuenta_desde(pedido.cuando, convocatoria, publicado)
    return {"presentado_texto": fecha_hora_larga(cuenta), "enviado_inhabil": cuenta != pedido.cuando}
