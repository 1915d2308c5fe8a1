"""Los derechos sobre los propios datos: se piden con folio y código, se guardan sellados y se avisan por correo."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.datos_personales import portabilidad
from funciones.datos_personales.derechos_guardados import guardar, leer
from funciones.dominio import derecho
from funciones.dominio import folio as folios
from funciones.dominio.actor import Actor, se_ve
from funciones.dominio.derecho import Derecho, Hecho, Pedido, Suceso
from funciones.dominio.estado import Papel
from funciones.dominio.fechas import fecha_hora_larga, fecha_larga
from funciones.dominio.plazo import CHILE
from funciones.dominio.postulacion import SIN_CONFIRMAR, Postulacion
from funciones.entrada.acceso import con_reintentos, convocatoria_de, por_codigo
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Respuesta, Solicitud, solo_campos
from funciones.tramite.respuestas import como_se_cuenta, se_pasa
from funciones.tramite.vista import de_convocatoria

LARGO_TEXTO = 2000
MAXIMO_POR_FOLIO = 20

TITULOS: Mapping[Derecho, str] = {
    Derecho.ACCESO: "Saber más de mis datos",
    Derecho.RECTIFICACION: "Corregir un dato",
    Derecho.SUPRESION: "Borrar mis datos",
    Derecho.OPOSICION: "Que no usen mis datos para algo",
    Derecho.PORTABILIDAD: "Llevarme mis datos de otra forma",
    Derecho.BLOQUEO: "Que dejen de usar mis datos por un tiempo",
}
AYUDAS: Mapping[Derecho, str] = {
    Derecho.ACCESO: "Si el archivo no te basta: para qué los usamos o quién los vio. Se llama acceso.",
    Derecho.RECTIFICACION: "Si un dato está mal o cambió. Se llama rectificación.",
    Derecho.SUPRESION: "Si ya no hacen falta. Lo que la ley obliga a guardar, se guarda. Se llama supresión.",
    Derecho.OPOSICION: "Por ejemplo, para estudios. Se llama oposición.",
    Derecho.PORTABILIDAD: "Si necesitas otro formato que el de aquí arriba. Se llama portabilidad.",
    Derecho.BLOQUEO: "Mientras revisamos otro pedido tuyo. Respondemos en dos días hábiles. Se llama bloqueo.",
}
# Qué cambia y qué no cuando se acepta. Solo lo que de verdad pasa: lo demás lo dice la respuesta de una persona.
EFECTOS: Mapping[Derecho, tuple[str, str]] = {
    Derecho.ACCESO: ("Ya tienes la respuesta.", "Tus datos y tu postulación siguen igual."),
    Derecho.RECTIFICACION: (
        "Se corrige lo que dice la respuesta.",
        "Tu postulación conserva su lugar. El comprobante muestra lo que enviaste ese día.",
    ),
    Derecho.SUPRESION: (
        "Se borra lo que dice la respuesta.",
        "Lo que la ley obliga a guardar sigue guardado.",
    ),
    Derecho.OPOSICION: (
        "Tus datos dejan de usarse para lo que dice la respuesta.",
        "Tu postulación sigue en pie: para revisarla se siguen usando.",
    ),
    Derecho.PORTABILIDAD: (
        "Te entregan tus datos como dice la respuesta.",
        "Tus datos y tu postulación siguen igual.",
    ),
    Derecho.BLOQUEO: (
        "Quien abre tu postulación en la oficina ve el aviso de no usar tus datos.",
        "No se borra nada. Tu postulación conserva su lugar, y sus plazos siguen corriendo.",
    ),
}
RESULTADOS: Mapping[Suceso, str] = {
    Suceso.PEDIDO: "Lo pediste",
    Suceso.PRORROGADO: "Alargamos el plazo",
    Suceso.ACOGIDO: "Lo aceptamos",
    Suceso.RECHAZADO: "No lo aceptamos",
}


def pedir_codigo(solicitud: Solicitud) -> Respuesta:
    """La página que pide folio y código, y dice cómo hacerlo a quien no los tiene."""
    return Respuesta({"campos": {}}, "derechos_entrada")


def atender_derechos(solicitud: Solicitud) -> Respuesta:
    """Sin acción, muestra los datos y los pedidos; con ella, entrega el archivo o guarda un pedido."""
    solo_campos(solicitud, "folio", "codigo", "accion", "derecho", "texto")
    postulacion = por_codigo(solicitud, montaje().llavero.secreto)
    acciones = {"": pagina, "descargar": portabilidad.entregar, "tabla": portabilidad.entregar_tabla}
    accion = solicitud.texto("accion")
    if accion == "pedir":
        return _pedir(solicitud, postulacion)
    if accion not in acciones:
        raise Rechazo("solicitud_mal_formada")
    return acciones[accion](postulacion)


def _pedir(solicitud: Solicitud, postulacion: Postulacion) -> Respuesta:
    if postulacion.estado in SIN_CONFIRMAR:
        raise Rechazo("derechos_sin_confirmar")
    escrito = {"derecho": solicitud.texto("derecho"), "texto": como_se_cuenta(solicitud.texto("texto"))}
    if errores := _errores(**escrito):
        if solicitud.quiere_html:
            return pagina(postulacion, errores=errores, escrito=escrito)
        raise Rechazo("respuestas_por_corregir", campos=errores)
    cual = Derecho(escrito["derecho"])
    guardado = con_reintentos(lambda: _guardar_pedido(postulacion, cual, escrito["texto"]))
    return pagina(postulacion, recien=guardado)


def _errores(derecho: str, texto: str) -> dict[str, str]:
    errores = {}
    if derecho not in set(Derecho):
        errores["derecho"] = "Elige qué quieres pedir."
    if not se_ve(texto):
        errores["texto"] = "Cuéntanos qué necesitas, con tus palabras."
    elif largo := se_pasa(texto, LARGO_TEXTO):
        errores["texto"] = largo
    return errores


def _guardar_pedido(postulacion: Postulacion, cual: Derecho, texto: str) -> Pedido:
    """El pedido nuevo. Si ya hay uno igual sin responder, es ese: enviar dos veces no hace dos."""
    convocatoria, ahora = convocatoria_de(postulacion), montaje().ahora()
    antes, version = leer(convocatoria.region, postulacion.folio)
    abierto = next((p for p in antes if p.derecho is cual and p.resuelto is None), None)
    if abierto is not None:
        return abierto
    if len(antes) >= MAXIMO_POR_FOLIO:
        raise Rechazo("demasiados_pedidos")
    actor = Actor(Papel.POSTULANTE, postulacion.folio)
    feriados = montaje().horneado.feriados_de(convocatoria.region)
    nuevo = derecho.pedir(len(antes) + 1, cual, texto, actor, ahora, feriados)
    guardar(convocatoria, postulacion.folio, (*antes, nuevo), version, nuevo)
    return nuevo


# Lo que se muestra


def pagina(
    postulacion: Postulacion,
    *,
    recien: Pedido | None = None,
    errores: Mapping[str, str] | None = None,
    escrito: Mapping[str, str] | None = None,
) -> Respuesta:
    """Los datos para llevarse, los pedidos hechos y cómo hacer otro."""
    convocatoria, publicado = convocatoria_de(postulacion), montaje().horneado
    pedidos, _ = leer(convocatoria.region, postulacion.folio)
    cuerpo = {
        "folio": postulacion.folio,
        "folio_texto": folios.mostrar(postulacion.folio),
        "codigo": montaje().llavero.secreto(postulacion.folio),
        "convocatoria": de_convocatoria(convocatoria, publicado),
        "derechos": [{"derecho": str(d), "titulo": t, "ayuda": AYUDAS[d]} for d, t in TITULOS.items()],
        "pedidos": [mostrar(p, montaje().ahora()) | {"efecto": efecto(p)} for p in reversed(pedidos)],
        "recien": None if recien is None else mostrar(recien, montaje().ahora()),
        "sin_confirmar": postulacion.estado in SIN_CONFIRMAR,
        "dias": derecho.DIAS_CORRIDOS,
        "largo": LARGO_TEXTO,
        "escrito": dict(escrito or {}),
        "campos": dict(errores or {}),
    }
    return Respuesta(cuerpo, "derechos", 422 if errores else 200)


def mostrar(pedido: Pedido, ahora: datetime) -> dict[str, Any]:
    """Un pedido en palabras, con su plazo y su historia."""
    return {
        "numero": pedido.numero,
        "derecho": str(pedido.derecho),
        "titulo": TITULOS[pedido.derecho],
        "texto": pedido.texto,
        "pedido_texto": fecha_hora_larga(pedido.cuando),
        "vence": pedido.vence.isoformat(),
        "vence_texto": fecha_larga(pedido.vence.astimezone(CHILE).date()),
        "resuelto": None if pedido.resuelto is None else str(pedido.resuelto.que),
        "atrasado": pedido.atrasado(ahora),
        "historia": [_hecho(h) for h in pedido.hechos],
    }


def efecto(pedido: Pedido) -> dict[str, str] | None:
    """Qué cambia y qué no con lo aceptado; None si no se aceptó o todavía se espera."""
    if pedido.resuelto is None or pedido.resuelto.que is not Suceso.ACOGIDO:
        return None
    cambia, sigue_igual = EFECTOS[pedido.derecho]
    return {"cambia": cambia, "sigue_igual": sigue_igual}


def _hecho(hecho: Hecho) -> dict[str, str]:
    """Quién va con su rol y su oficina; nunca con su código."""
    return {
        "que": str(hecho.que),
        "que_texto": RESULTADOS[hecho.que],
        "cuando_texto": fecha_hora_larga(hecho.cuando),
        "quien": ", ".join(dato for dato in (hecho.actor.rol, hecho.actor.oficina) if dato),
        "motivo": hecho.motivo,
    }
