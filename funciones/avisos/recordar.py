"""Recordar el cierre: quien lo pide deja su correo y recibe uno solo, dos días antes; después su dirección se borra."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from funciones.adaptadores.almacen import Conflicto
from funciones.adaptadores.correo import DireccionRechazada, Mensaje
from funciones.adaptadores.cuaderno import Hoja
from funciones.adaptadores.montaje import montaje
from funciones.adaptadores.redaccion import carta
from funciones.adaptadores.registro import milisegundos
from funciones.avisos.presupuesto import buzon
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.fechas import fecha_hora_larga
from funciones.dominio.recordatorio import ANTES_DEL_CIERRE, ARRIENDO, expira, ofrece_recordar, toca_recordar
from funciones.entrada.acceso import con_reintentos
from funciones.entrada.errores import Rechazo
from funciones.entrada.publicado import convocatoria_pedida
from funciones.entrada.solicitud import Respuesta, Solicitud, solo_campos
from funciones.tramite.preguntas import Pregunta
from funciones.tramite.respuestas import revisar
from funciones.tramite.vista import de_convocatoria

# Una hoja por correo, en el grupo de su convocatoria: lleva la dirección hasta que se le escribe.
RECORDATORIOS = "recordatorio"
# A una dirección, en un día, de todas las convocatorias juntas: nadie llena el correo de otra persona.
POR_CORREO_AL_DIA = 5
# De todas las direcciones en una hora: más que eso no es gente pidiendo.
POR_HORA = 500
# No se ve en la página: quien la llena es un programa.
TRAMPA = "sitio"
CORREO = Pregunta(
    clave="correo",
    titulo="Tu correo",
    tipo="correo",
    bloque="",
    ayuda="Te mandamos un solo mensaje y después borramos tu dirección.",
    opciones=(),
    obligatoria=True,
    largo_maximo=200,
    tipos_persona=(),
    componentes=(),
    error_falta="Escribe tu correo.",
    error_formato="Escribe tu correo completo, como nombre@correo.cl.",
)


# La página


def mostrar(solicitud: Solicitud) -> Respuesta:
    """La página con un solo campo."""
    return _formulario(_ofrecida(solicitud.consulta.get("convocatoria", "")), "", {})


def recibir(solicitud: Solicitud) -> Respuesta:
    """Anota el pedido. Contesta lo mismo aunque ya estuviera pedido: no dice nada de esa dirección."""
    solo_campos(solicitud, "convocatoria", "correo", *(() if solicitud.es_json else (TRAMPA,)))
    convocatoria = _ofrecida(solicitud.texto("convocatoria"))
    canonicas, errores = revisar((CORREO,), solicitud.campos, montaje().horneado)
    if errores and solicitud.quiere_html:
        return _formulario(convocatoria, solicitud.texto("correo"), errores)
    if errores:
        raise Rechazo("respuestas_por_corregir", campos=errores)
    if not solicitud.texto(TRAMPA):
        _anotar(convocatoria, canonicas["correo"])
    return Respuesta(_dicho(convocatoria) | {"correo": canonicas["correo"]}, "recordar_listo")


def _ofrecida(id_convocatoria: str) -> Convocatoria:
    convocatoria = convocatoria_pedida(montaje().horneado, id_convocatoria)
    if not ofrece_recordar(convocatoria, montaje().ahora()):
        raise Rechazo("recordatorio_tarde", convocatoria=convocatoria.id)
    return convocatoria


def _formulario(convocatoria: Convocatoria, escrito: str, errores: dict[str, str]) -> Respuesta:
    cuerpo = _dicho(convocatoria) | {"pregunta": CORREO, "escrito": escrito, "campos": errores, "trampa": TRAMPA}
    return Respuesta(cuerpo, "recordar", 422 if errores else 200)


def _dicho(convocatoria: Convocatoria) -> dict[str, object]:
    cuando = fecha_hora_larga(convocatoria.cierre - ANTES_DEL_CIERRE)
    return {"convocatoria": de_convocatoria(convocatoria, montaje().horneado), "cuando_texto": cuando}


def _anotar(convocatoria: Convocatoria, correo: str) -> None:
    ahora = montaje().ahora()
    if not montaje().almacen.contar_en(f"recordatorios-{ahora:%Y%m%d%H}", POR_HORA, ahora + timedelta(hours=2)):
        raise Rechazo("muchos_recordatorios")
    suya = montaje().llavero.id_recordatorio("", buzon(correo))
    if montaje().almacen.contar_en(
        f"recordatorios-{suya}-{ahora:%Y%m%d}", POR_CORREO_AL_DIA, ahora + timedelta(days=2)
    ):
        con_reintentos(lambda: _pedir(convocatoria, correo))


def _pedir(convocatoria: Convocatoria, correo: str) -> None:
    """Si ya estaba pedido no cambia nada; si ya se mandó y el cierre se corrió, vuelve a quedar pedido."""
    llave = montaje().llavero.id_recordatorio(convocatoria.id, buzon(correo))
    previa = montaje().almacen.hoja(RECORDATORIOS, convocatoria.id, llave)
    if previa is not None and previa.cuerpo.get("enviado") in {None, convocatoria.cierre.isoformat()}:
        return
    version = 1 if previa is None else previa.version + 1
    cuerpo = {"correo": correo}
    montaje().almacen.guardar_hoja(Hoja(RECORDATORIOS, convocatoria.id, llave, cuerpo, version, expira(convocatoria)))


# El reparto


def por_recordar() -> Iterator[tuple[Convocatoria, Hoja]]:
    """Los que hay que mandar ahora, y de paso los demás quedan guardados hasta el cierre que rige hoy."""
    ahora = montaje().ahora()
    for publicada in montaje().horneado.publicadas():
        convocatoria = publicada.convocatoria
        if convocatoria.cierre <= ahora:
            continue
        for hoja in montaje().almacen.hojas(RECORDATORIOS, convocatoria.id):
            al_dia = _con_su_plazo(hoja, convocatoria)
            if toca_recordar(convocatoria, ahora) and _espera(al_dia, ahora):
                yield convocatoria, al_dia


def _con_su_plazo(hoja: Hoja, convocatoria: Convocatoria) -> Hoja:
    """Una enmienda corrió el cierre: la hoja no puede borrarse antes de escribirle."""
    if hoja.expira == expira(convocatoria):
        return hoja
    corrida = replace(hoja, expira=expira(convocatoria), version=hoja.version + 1)
    montaje().almacen.guardar_hoja(corrida)
    return corrida


def _espera(hoja: Hoja, ahora: datetime) -> bool:
    tomada = hoja.cuerpo.get("hasta")
    return "correo" in hoja.cuerpo and (tomada is None or ahora >= datetime.fromisoformat(tomada))


def mandar(convocatoria: Convocatoria, hoja: Hoja) -> int:
    """Lo manda y borra la dirección; 0 si otra pasada se adelantó. Errores: CorreoNoResponde, AlmacenNoResponde."""
    hasta = (montaje().ahora() + ARRIENDO).isoformat()
    # Dos pasadas en el mismo milisegundo escribirían lo mismo, y las dos creerían tenerlo.
    cuerpo = {"correo": hoja.cuerpo["correo"], "hasta": hasta, "pasada": secrets.token_hex(8)}
    tomada = replace(hoja, cuerpo=cuerpo, version=hoja.version + 1)
    try:
        montaje().almacen.guardar_hoja(tomada)
    except Conflicto:
        return 0
    try:
        montaje().correo.enviar(_mensaje(convocatoria, tomada))
        escritos = 1
    except DireccionRechazada:
        escritos = 0
    enviado = {"enviado": convocatoria.cierre.isoformat()}
    montaje().almacen.guardar_hoja(replace(tomada, cuerpo=enviado, version=tomada.version + 1))
    return escritos


def _mensaje(convocatoria: Convocatoria, hoja: Hoja) -> Mensaje:
    portal = montaje().url_portal
    contexto = {
        "convocatoria": de_convocatoria(convocatoria, montaje().horneado),
        "region_orden": montaje().horneado.orden_region(convocatoria.region),
        "enlace": f"{portal}/api/postular?convocatoria={convocatoria.id}",
        "enlace_convocatoria": f"{portal}/convocatorias/{convocatoria.id}/",
        "portal": portal,
        "derechos_url": f"{portal}/privacidad/",
    }
    asunto, texto, html = carta("suscripcion/recordatorio", contexto, montaje().plantillas)
    # El mismo si se repite tras un corte: muchos lectores muestran uno solo.
    id_mensaje = f"{hoja.llave}.{milisegundos(convocatoria.cierre)}@recordatorio"
    return Mensaje(hoja.cuerpo["correo"], asunto, texto, html, id_mensaje)
