"""Postular: una pregunta por página o todo en un JSON; al final, una sola escritura condicionada."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from funciones.adaptadores.almacen import AlmacenNoResponde
from funciones.adaptadores.montaje import montaje
from funciones.avisos import presupuesto
from funciones.dominio import folio as folios
from funciones.dominio.archivo import ProblemaDeArchivo
from funciones.dominio.convocatoria import Convocatoria, DocumentoPedido
from funciones.dominio.postulacion import Actor, Adjunto, Estado, Papel, Postulacion, nacimiento
from funciones.entrada import multiparte
from funciones.entrada.acceso import por_codigo
from funciones.entrada.errores import Rechazo
from funciones.entrada.publicado import convocatoria_pedida, exigir_abierta
from funciones.entrada.solicitud import Respuesta, Solicitud, atender, registro, solo_campos
from funciones.tramite import borradores, envio, expediente, formulario, pasos
from funciones.tramite.respuestas import preguntas_de, revisar
from funciones.tramite.vista import de_convocatoria


def empezar(solicitud: Solicitud) -> Respuesta:
    """La primera pregunta, con la clave de este envío recién creada; o donde quedó el borrador de este navegador.

    No guarda nada.
    """
    publicado = montaje().horneado
    convocatoria = convocatoria_pedida(publicado, solicitud.consulta.get("convocatoria", ""))
    if "paso" in solicitud.consulta:
        return _en_su_direccion(solicitud, convocatoria)
    exigir_abierta(convocatoria, montaje().ahora())
    _exigir_lugar(convocatoria)
    suyo = None if solicitud.consulta.get("nuevo") == "si" else borradores.seguir(solicitud, convocatoria)
    if suyo is not None:
        clave, borrador = suyo
        return pasos.retomar(formulario.Recorrido(publicado, convocatoria, borrador.respuestas), clave)
    recorrido = formulario.Recorrido(publicado, convocatoria, {})
    primera = formulario.pagina(recorrido, secrets.token_urlsafe(24), recorrido.primero)
    return replace(primera, galletas=(formulario.galleta_de_prueba(),))


def _en_su_direccion(solicitud: Solicitud, convocatoria: Convocatoria) -> Respuesta:
    """Una página del borrador de este navegador; también si ya cerró, para ver o llevarse lo respondido."""
    suyo = borradores.el_de(solicitud, convocatoria, solicitud.consulta.get("borrador", ""))
    if suyo is None:
        raise Rechazo("borrador_no_existe")
    clave, borrador = suyo
    recorrido = formulario.Recorrido(montaje().horneado, convocatoria, borrador.respuestas)
    vuelve = solicitud.consulta.get("vuelve") == formulario.REVISAR
    return pasos.en_su_direccion(recorrido, clave, solicitud.consulta["paso"], vuelve=vuelve)


def recibir(solicitud: Solicitud) -> Respuesta:
    """Un paso del formulario en HTML, la postulación entera en JSON, o lo enviado para guardar."""
    if solicitud.texto("accion") == "comprobante":
        return _bajar_comprobante(solicitud)
    convocatoria = convocatoria_pedida(montaje().horneado, solicitud.texto("convocatoria"))
    clave = solicitud.texto("clave")
    if not formulario.CLAVE.fullmatch(clave):
        raise Rechazo("falta_clave")
    return _por_json(solicitud, convocatoria, clave) if solicitud.es_json else _por_paso(solicitud, convocatoria, clave)


def _exigir_lugar(convocatoria: Convocatoria) -> None:
    """Rechazo 409 si ya llegaron todas las que recibe. Si dos llegan a la vez a la última, la selección decide."""
    if _tope_completo(convocatoria):
        raise Rechazo("tope_de_postulaciones", convocatoria=convocatoria.id)


def _tope_completo(convocatoria: Convocatoria) -> bool:
    if convocatoria.postulaciones_maximas is None:
        return False
    return convocatoria.llena(montaje().almacen.cuantas(convocatoria.id))


def _por_paso(solicitud: Solicitud, convocatoria: Convocatoria, clave: str) -> Respuesta:
    paso, accion = solicitud.texto("paso"), solicitud.texto("accion") or "seguir"
    archivo = (multiparte.DE_ARCHIVO,) if accion == "cargar" else ()
    solo_campos(
        solicitud, "convocatoria", "clave", "paso", "accion", "vuelve", "declaracion", formulario.TRAMPA, paso, *archivo
    )
    if accion == "enviar" and (previa := envio.enviado(convocatoria, clave)) is not None:
        # Enviada dos veces, aunque ya haya cerrado o siga el borrador: la clave lleva a la misma postulación.
        return _comprobante(previa, convocatoria, galleta=formulario.galleta_gastada(clave))
    borrador = borradores.abrir(convocatoria, clave)
    recorrido = formulario.Recorrido(montaje().horneado, convocatoria, borrador.respuestas if borrador else {})
    if borrador is None and paso != recorrido.primero and accion != "borrar":
        raise Rechazo("borrador_no_existe")
    if accion == "enviar" and not borradores.cambios(recorrido):
        exigir_abierta(convocatoria, montaje().ahora())
        return _enviar_borrador(solicitud, recorrido, clave)
    return pasos.hacer(accion, solicitud, recorrido, clave)


def _enviar_borrador(solicitud: Solicitud, recorrido: formulario.Recorrido, clave: str) -> Respuesta:
    escritas = {**recorrido.respuestas, "declaracion": solicitud.texto("declaracion")}
    canonicas, errores = revisar(recorrido.preguntas, escritas, montaje().horneado)
    adjuntos = recorrido.adjuntos
    errores |= _documentos_que_faltan(recorrido.convocatoria, canonicas.get("tipo_persona", ""), adjuntos)
    if solicitud.texto(formulario.TRAMPA):
        errores[formulario.TRAMPA] = formulario.CON_TRAMPA
    if errores:
        return formulario.pagina(recorrido, clave, formulario.REVISAR, errores=errores)
    try:
        postulacion = _guardar(recorrido.convocatoria, clave, canonicas, adjuntos)
    except Rechazo as rechazo:
        if rechazo.codigo != "faltan_documentos":
            raise
        return formulario.pagina(recorrido, clave, formulario.REVISAR, errores=rechazo.campos)
    # La postulación ya quedó: si el borrador no se deja borrar, expira solo.
    with suppress(AlmacenNoResponde):
        montaje().almacen.borrar_borrador(montaje().llavero.huella_borrador(clave))
    return _comprobante(postulacion, recorrido.convocatoria, galleta=formulario.galleta_gastada(clave))


def _por_json(solicitud: Solicitud, convocatoria: Convocatoria, clave: str) -> Respuesta:
    solo_campos(solicitud, "convocatoria", "clave", "respuestas", "documentos")
    respuestas, documentos = solicitud.campos.get("respuestas"), solicitud.campos.get("documentos", [])
    if not isinstance(respuestas, dict) or not isinstance(documentos, list):
        raise Rechazo("solicitud_mal_formada")
    pedidos = _pedidos(convocatoria, documentos)
    recorrido = formulario.Recorrido(montaje().horneado, convocatoria, respuestas)
    todas = {p.clave for p in preguntas_de(montaje().horneado, "postulacion", convocatoria)}
    sobran = sorted(set(respuestas) - todas)
    if sobran:
        raise Rechazo("campo_desconocido", campos={sobran[0][:60]: "Este campo no existe en el formulario. Quítalo."})
    canonicas, errores = revisar(recorrido.preguntas, respuestas, montaje().horneado)
    tipo_persona = canonicas.get("tipo_persona", "")
    adjuntos, defectos = _examinar(convocatoria, clave, pedidos, tipo_persona)
    errores |= _documentos_que_faltan(convocatoria, tipo_persona, adjuntos) | defectos
    if errores:
        _rechazar_si_cerro(convocatoria, clave)
        raise Rechazo("respuestas_por_corregir", campos=errores)
    return _comprobante(_guardar(convocatoria, clave, canonicas, adjuntos), convocatoria)


def _rechazar_si_cerro(convocatoria: Convocatoria, clave: str) -> None:
    """A quien llega tarde se le dice que llegó tarde, no que le falta un documento."""
    if envio.enviado(convocatoria, clave) is None:
        exigir_abierta(convocatoria, montaje().ahora())


def _pedidos(convocatoria: Convocatoria, documentos: list[Any]) -> list[DocumentoPedido]:
    """Los documentos nombrados, antes de leer ninguno. Errores: Rechazo si sobran, se repiten o no existen."""
    nombres = Counter(str(documento) for documento in documentos)
    repetidos = [nombre for nombre, veces in nombres.items() if veces > 1]
    if repetidos:
        campos = {repetidos[0][:60]: "Este documento viene más de una vez. Déjalo una sola."}
        raise Rechazo("respuestas_por_corregir", campos=campos)
    if len(nombres) > len(convocatoria.documentos):
        campos = {"documentos": f"Esta convocatoria pide {len(convocatoria.documentos)} documentos. Quita los demás."}
        raise Rechazo("respuestas_por_corregir", campos=campos)
    return [expediente.documento_pedido(convocatoria, nombre) for nombre in nombres]


def _examinar(
    convocatoria: Convocatoria, clave: str, pedidos: list[DocumentoPedido], tipo_persona: str
) -> tuple[dict[str, Adjunto], dict[str, str]]:
    """Los archivos que sirven y lo que impide aceptar los demás."""
    llave, tope = montaje().llavero.huella_borrador(clave), expediente.tope_bytes(montaje().horneado, convocatoria)
    adjuntos, defectos = {}, {}
    for pedido in pedidos:
        if tipo_persona and not pedido.rige_para(tipo_persona):
            defectos[pedido.documento] = f"A ti no te pedimos este documento: {pedido.titulo}. Quítalo."
            continue
        visto = expediente.revisar(
            montaje().deposito, expediente.llave_cuarentena(llave, pedido.documento), pedido, tope
        )
        if isinstance(visto, ProblemaDeArchivo):
            defectos[pedido.documento] = expediente.explicar(visto, pedido, tope)
        else:
            adjuntos[pedido.documento] = visto
    return adjuntos, defectos


def _documentos_que_faltan(
    convocatoria: Convocatoria, tipo_persona: str, adjuntos: Mapping[str, Adjunto]
) -> dict[str, str]:
    return {
        pedido.documento: f"Falta subir: {pedido.titulo}."
        for pedido in convocatoria.documentos_de(tipo_persona)
        if pedido.obligatorio and pedido.documento not in adjuntos
    }


def _guardar(
    convocatoria: Convocatoria, clave: str, canonicas: Mapping[str, str], adjuntos: Mapping[str, Adjunto]
) -> Postulacion:
    """Guarda o encuentra la misma: el folio sale de la clave, y repetir el envío no crea otra.

    Errores: Rechazo si la convocatoria no recibe (salvo que ya estuviera enviada), o si la clave trae otras respuestas.
    """
    huella, ahora = envio.huella(convocatoria, clave, canonicas, adjuntos), montaje().ahora()
    if not convocatoria.recibe(ahora) or _tope_completo(convocatoria):
        previa = envio.enviado(convocatoria, clave)
        if previa is not None:
            return envio.el_mismo(previa, huella)
        exigir_abierta(convocatoria, ahora)
        _exigir_lugar(convocatoria)
    if envio.enviado(convocatoria, clave) is None:
        # Después de reconocer el envío repetido: reintentar no gasta.
        presupuesto.gastar(canonicas["rut"], canonicas["correo"])
    for intento in range(envio.INTENTOS_FOLIO):
        folio = montaje().llavero.folio(convocatoria.id, clave, intento)
        nueva = Postulacion(
            folio=folio,
            convocatoria=convocatoria.id,
            estado=Estado.POR_CONFIRMAR,
            version=1,
            llego=ahora,
            huella=huella,
            huella_rut=montaje().llavero.huella_rut(canonicas["rut"]),
            datos=canonicas,
            version_formulario=montaje().horneado.version_formulario("postulacion"),
            adjuntos=expediente.apartar(montaje().deposito, folio, adjuntos),
        )
        regla = montaje().horneado.reglamento(convocatoria).version
        guardada = montaje().almacen.recibir(nueva, *nacimiento(nueva, Actor(Papel.POSTULANTE, folio), regla))
        if guardada.huella.split(".")[0] == huella.split(".")[0]:
            return envio.el_mismo(guardada, huella)
    raise Rechazo("servicio_caido")


def _comprobante(postulacion: Postulacion, convocatoria: Convocatoria, galleta: str = "") -> Respuesta:
    publicado = montaje().horneado
    cuerpo = {
        "folio": postulacion.folio,
        "folio_texto": folios.mostrar(postulacion.folio),
        "codigo": montaje().llavero.secreto(postulacion.folio),
        "estado": str(postulacion.estado),
        "recibida": postulacion.llego.isoformat(),
        "llego": postulacion.llego,
        "nombre": postulacion.datos["nombre"],
        "correo_oculto": _ocultar(postulacion.datos["correo"]),
        "minutos_confirmacion": publicado.parametro("minutos_confirmacion", convocatoria.publicacion),
        "huella": envio.huella_de_lo_enviado(postulacion),
        "documentos": [
            {"documento": a.documento, "tamano": a.tamano, "huella": a.huella} for a in postulacion.adjuntos
        ],
        "convocatoria": de_convocatoria(convocatoria, publicado),
    }
    return Respuesta(cuerpo, "recibida", galletas=(galleta,) if galleta else ())


def _bajar_comprobante(solicitud: Solicitud) -> Respuesta:
    """Lo enviado en un archivo: su SHA-256 es el que dice el comprobante."""
    solo_campos(solicitud, "folio", "codigo", "accion")
    postulacion = por_codigo(solicitud, montaje().llavero.secreto)
    escrito = envio.comprobante(postulacion)
    if escrito is None:
        raise Rechazo("comprobante_anterior")
    nombre = f"postulacion-{postulacion.folio}.json"
    cabeceras = {
        "content-type": "application/json; charset=utf-8",
        "content-disposition": f'attachment; filename="{nombre}"',
    }
    return Respuesta({}, cabeceras=cabeceras, texto=escrito)


def _ocultar(correo: str) -> str:
    """`maria@ejemplo.cl` → `m···@ejemplo.cl`: para reconocerlo sin mostrarlo a quien mire la pantalla."""
    cuenta, dominio = correo.rsplit("@", 1)
    return f"{cuenta[0]}···@{dominio}"


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """GET y POST /api/postular."""
    return atender(event, {"GET /api/postular": empezar, "POST /api/postular": recibir})
