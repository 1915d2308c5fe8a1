"""Recurrir: quien recibió un no pide que otra persona lo revise, dentro del plazo y con sus razones."""

from __future__ import annotations

from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.consultar import pagina_de_estado
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.postulacion import Actor, Estado, Papel, Postulacion, TransicionImposible, transitar
from funciones.entrada import recurso
from funciones.entrada.acceso import aplicar, con_reintentos, con_vuelta, convocatoria_de, por_codigo
from funciones.entrada.errores import Rechazo, rechazo_de
from funciones.entrada.solicitud import Respuesta, Solicitud, atender, registro, solo_campos
from funciones.tramite import plazos
from funciones.tramite.respuestas import como_se_cuenta, se_pasa


def recurrir(solicitud: Solicitud) -> Respuesta:
    """Deja presentado el pedido y muestra cómo quedó. Repetirlo no cambia nada más.

    Errores: 409 si pasó el plazo o no hay nada que revisar; 422 si falta el texto o no cabe.
    """
    solo_campos(solicitud, "folio", "codigo", "texto")
    try:
        return con_reintentos(lambda: _recurrir(solicitud))
    except (Rechazo, TransicionImposible) as error:
        rechazo = rechazo_de(error)
        if solicitud.quiere_html and rechazo.codigo == "recurso_vacio":
            folio = por_codigo(solicitud, montaje().llavero.secreto).folio
            return pagina_de_estado(folio, errores=rechazo.campos, escritas={"texto": solicitud.texto("texto")})
        raise con_vuelta(rechazo, solicitud) from None


def _recurrir(solicitud: Solicitud) -> Respuesta:
    postulacion = por_codigo(solicitud, montaje().llavero.secreto)
    if postulacion.estado is not Estado.RECURRIDA:
        convocatoria = convocatoria_de(postulacion)
        _presentar(postulacion, convocatoria, _texto(solicitud))
    return pagina_de_estado(postulacion.folio)


def _texto(solicitud: Solicitud) -> str:
    texto = como_se_cuenta(solicitud.texto("texto"))
    if not texto:
        raise Rechazo("recurso_vacio", campos={"texto": "Escribe qué quieres que revisemos y por qué."})
    if largo := se_pasa(texto, recurso.LARGO):
        raise Rechazo("recurso_vacio", campos={"texto": largo})
    return texto


def _presentar(postulacion: Postulacion, convocatoria: Convocatoria, texto: str) -> None:
    publicado, ahora = montaje().horneado, montaje().ahora()
    transiciones = montaje().almacen.transiciones(postulacion.folio)
    if plazos.paso_el_de_recurrir(transiciones, convocatoria, publicado, ahora):
        raise Rechazo("recurso_vencido")
    actor, regla = Actor(Papel.POSTULANTE, postulacion.folio), publicado.reglamento(convocatoria).version
    paso = transitar(postulacion, Estado.RECURRIDA, actor, ahora, motivo=texto, version_regla=regla)
    aplicar((paso,), convocatoria)


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """POST /api/recurrir."""
    return atender(event, {"POST /api/recurrir": recurrir})
