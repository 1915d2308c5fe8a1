"""Los pasos del formulario: guardar una respuesta, ir y volver, llevarse el avance y traerlo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from funciones.adaptadores.montaje import montaje
from funciones.dominio.convocatoria import Convocatoria
from funciones.entrada import multiparte
from funciones.entrada.publicado import exigir_abierta
from funciones.entrada.solicitud import Respuesta, Solicitud
from funciones.tramite import avance, borradores, formulario
from funciones.tramite.vista import de_convocatoria


def retomar(recorrido: formulario.Recorrido, clave: str) -> Respuesta:
    """Donde quedó el borrador que este navegador tiene a medias; o qué cambió desde entonces."""
    if cambios := borradores.cambios(recorrido):
        return _anunciar(recorrido, clave, cambios, cargado=False)
    return formulario.pagina(recorrido, clave, recorrido.donde_iba, sigue=True)


def hacer(accion: str, solicitud: Solicitud, recorrido: formulario.Recorrido, clave: str) -> Respuesta:
    """Lo que pide el botón que se tocó; enviar lo hace la puerta.

    Errores: Rechazo si la convocatoria ya no recibe y el botón guarda algo.
    """
    cual, _, destino = accion.partition(":")
    if cual == "borrar":
        return _borrar(recorrido.convocatoria, clave)
    if cual == "guardar":
        return _guardar_archivo(solicitud, recorrido, clave)
    if cual not in {"cargar", "al_dia"} and (cambios := borradores.cambios(recorrido)):
        return _anotar_y_anunciar(solicitud, recorrido, clave, cambios)
    if cual in {"cambiar", "ir"}:
        return _llevar(solicitud, recorrido, clave, destino, vuelve=cual == "cambiar")
    if cual == "volver":
        return _llevar(solicitud, recorrido, clave, recorrido.anterior(solicitud.texto("paso")))
    exigir_abierta(recorrido.convocatoria, montaje().ahora())
    if cual == "cargar":
        return _cargar(solicitud, recorrido, clave)
    if cual == "al_dia":
        return _ponerse_al_dia(solicitud, recorrido, clave)
    return _responder(solicitud, recorrido, clave)


def _responder(solicitud: Solicitud, recorrido: formulario.Recorrido, clave: str) -> Respuesta:
    """Guarda la respuesta de esta página y muestra la que sigue; si no sirve, dice por qué."""
    paso = solicitud.texto("paso")
    nuevas, error = _respuesta_de(solicitud, recorrido, clave)
    if error:
        return formulario.pagina(recorrido, clave, paso, error=error, escrito=solicitud.texto(paso))
    recorrido = _con(recorrido, nuevas)
    borradores.guardar(recorrido, clave)
    destino = recorrido.siguiente(paso, revisando=solicitud.texto("vuelve") == "revisar")
    return _con_galleta(_llevar(solicitud, recorrido, clave, destino), clave)


def en_su_direccion(recorrido: formulario.Recorrido, clave: str, paso: str, *, vuelve: bool) -> Respuesta:
    """La página de un paso, pedida por su dirección; si ya no le toca, la primera que falta."""
    if cambios := borradores.cambios(recorrido):
        return _anunciar(recorrido, clave, cambios, cargado=False)
    if paso not in recorrido.pasos:
        return formulario.pagina(recorrido, clave, recorrido.donde_iba, sigue=True)
    return formulario.pagina(recorrido, clave, paso, vuelve=vuelve)


def _llevar(
    solicitud: Solicitud, recorrido: formulario.Recorrido, clave: str, paso: str, *, vuelve: bool = False
) -> Respuesta:
    """La página que sigue, en su propia dirección: así el botón «atrás» y el de recargar del navegador sirven.

    Al navegador que no guarda galletas se le contesta aquí mismo.
    """
    guarda = solicitud.galletas.keys() & {formulario.PRUEBA, formulario.nombre_de_galleta(formulario.marca(clave))}
    if not (guarda and solicitud.quiere_html and paso in recorrido.pasos):
        return formulario.pagina(recorrido, clave, paso, vuelve=vuelve)
    destino = formulario.direccion(recorrido, clave, paso, vuelve=vuelve)
    return Respuesta({}, estado=303, cabeceras={"location": destino}, texto="")


def _respuesta_de(solicitud: Solicitud, recorrido: formulario.Recorrido, clave: str) -> tuple[dict[str, str], str]:
    paso = solicitud.texto("paso")
    return recorrido.responder(paso, solicitud.texto(paso), montaje(), montaje().llavero.huella_borrador(clave))


def _con(recorrido: formulario.Recorrido, nuevas: Mapping[str, str]) -> formulario.Recorrido:
    return formulario.Recorrido(recorrido.publicado, recorrido.convocatoria, {**recorrido.respuestas, **nuevas})


def _con_galleta(respuesta: Respuesta, clave: str) -> Respuesta:
    """Desde la primera respuesta guardada, este navegador puede volver a su borrador."""
    return replace(respuesta, galletas=(formulario.galleta(clave),))


def _guardar_archivo(solicitud: Solicitud, recorrido: formulario.Recorrido, clave: str) -> Respuesta:
    """El avance, con lo escrito en esta página aunque todavía no sirva; si sirve, queda además en el borrador."""
    paso = solicitud.texto("paso")
    escrito = solicitud.texto(paso) if recorrido.pregunta(paso) else ""
    if not escrito:
        return avance.archivo(recorrido, {})
    nuevas, error = _respuesta_de(solicitud, recorrido, clave)
    if error or not recorrido.convocatoria.recibe(montaje().ahora()):
        return avance.archivo(recorrido, nuevas or {paso: escrito})
    recorrido = _con(recorrido, nuevas)
    borradores.guardar(recorrido, clave, recorrido.respuestas.get(borradores.RETRATO))
    return _con_galleta(avance.archivo(recorrido, {}), clave)


def _cargar(solicitud: Solicitud, recorrido: formulario.Recorrido, clave: str) -> Respuesta:
    """Sigue desde un archivo. Si no se puede leer, no cambia nada de lo que ya había."""
    crudo = solicitud.archivos.get(multiparte.DE_ARCHIVO, b"")
    try:
        cargado = avance.cargar(crudo, recorrido.convocatoria, recorrido.publicado, recorrido.respuestas)
    except avance.AvanceMalo as malo:
        return formulario.pagina(recorrido, clave, recorrido.primero, errores={multiparte.DE_ARCHIVO: str(malo)})
    borradores.guardar(cargado.recorrido, clave)
    return _con_galleta(_anunciar(cargado.recorrido, clave, cargado.cambios, cargado=True), clave)


def _anotar_y_anunciar(
    solicitud: Solicitud, recorrido: formulario.Recorrido, clave: str, cambios: borradores.Cambios
) -> Respuesta:
    """El formulario cambió mientras se llenaba: lo que se acaba de responder se guarda, y se dice qué cambió."""
    paso = solicitud.texto("paso")
    exigir_abierta(recorrido.convocatoria, montaje().ahora())
    if solicitud.texto("accion") in {"", "seguir"} and recorrido.pregunta(paso):
        nuevas, _ = _respuesta_de(solicitud, recorrido, clave)
        recorrido = _con(recorrido, nuevas)
        borradores.guardar(recorrido, clave, recorrido.respuestas[borradores.RETRATO])
    return _con_galleta(_anunciar(recorrido, clave, cambios, cargado=False), clave)


def _anunciar(recorrido: formulario.Recorrido, clave: str, cambios: borradores.Cambios, *, cargado: bool) -> Respuesta:
    al_dia = borradores.al_dia(recorrido)
    cuerpo = {
        "convocatoria": de_convocatoria(recorrido.convocatoria, recorrido.publicado),
        "clave": clave,
        "paso": recorrido.primero,
        "cargado": cargado,
        "cambios": cambios,
        "respondidas": al_dia.respondidas,
        "con_documentos": bool(recorrido.documentos),
        "sigue": False,
        "vuelve": False,
        "numero": al_dia.pasos.index(al_dia.donde_iba) + 1,
        "total": len(al_dia.pasos),
        "se_sabe_el_total": bool(al_dia.tipo_persona),
        "horas_borrador": formulario.HORAS_BORRADOR,
    }
    return Respuesta(cuerpo, "avance")


def _ponerse_al_dia(solicitud: Solicitud, recorrido: formulario.Recorrido, clave: str) -> Respuesta:
    """Deja el borrador con las preguntas de hoy y muestra la primera que falta."""
    recorrido = borradores.al_dia(recorrido)
    borradores.guardar(recorrido, clave)
    return _con_galleta(_llevar(solicitud, recorrido, clave, recorrido.donde_iba), clave)


def _borrar(convocatoria: Convocatoria, clave: str) -> Respuesta:
    montaje().almacen.borrar_borrador(montaje().llavero.huella_borrador(clave))
    cuerpo = {"convocatoria": de_convocatoria(convocatoria, montaje().horneado)}
    return Respuesta(cuerpo, "borrador_borrado", galletas=(formulario.galleta_gastada(clave),))
