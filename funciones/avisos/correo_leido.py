"""Leer en la página de estado un correo ya enviado: se escribe otra vez desde lo que pasó, sin enlaces secretos."""

from __future__ import annotations

from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.adaptadores.redaccion import redactar
from funciones.avisos.avisar_cambios import cambios_avisados
from funciones.dominio import folio as folios
from funciones.dominio.fechas import fecha_hora_larga
from funciones.dominio.postulacion import Aviso, Estado, Postulacion, como_quedo
from funciones.entrada.acceso import convocatoria_de
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Respuesta
from funciones.tramite.vista import de_convocatoria, de_correo

# Con ellos se entra: en una página que se imprime o se muestra a otra persona no van.
_SECRETOS = ("enlace", "enlace_confirmar", "enlace_encuesta", "codigo", "codigo_encuesta")
# Los correos de cambios no son de un estado: se piden por su lugar, `cambio-1`.
DE_CAMBIO = "cambio-"
_TAPADO = "(va solo en tu correo)"


def leer(postulacion: Postulacion, pedido: str) -> Respuesta:
    """La página con ese correo entero: un aviso por su id, o `cambio-2`. Error: 404 si no es de esta postulación."""
    visto = _de_un_cambio(postulacion, pedido) if pedido.startswith(DE_CAMBIO) else _de_un_aviso(postulacion, pedido)
    if visto is None:
        raise Rechazo("no_existe")
    cuerpo = visto | {
        "folio": postulacion.folio,
        "folio_texto": folios.mostrar(postulacion.folio),
        "codigo": montaje().llavero.secreto(postulacion.folio),
        "convocatoria": de_convocatoria(convocatoria_de(postulacion), montaje().horneado),
    }
    return Respuesta(cuerpo, "correo_leido")


def _de_un_aviso(postulacion: Postulacion, id_aviso: str) -> dict[str, Any] | None:
    aviso = next((a for a in montaje().almacen.avisos(postulacion.folio) if a.id == id_aviso), None)
    if aviso is None:
        return None
    asunto, texto = _escrito(aviso, postulacion)
    return {
        "asunto": asunto,
        "texto": texto,
        "enviado_texto": "" if aviso.rechazado or aviso.enviado is None else fecha_hora_larga(aviso.enviado),
        "rechazado": aviso.rechazado,
        "lugar_de_hoy": aviso.estado is Estado.LISTA_DE_ESPERA,
    }


def _de_un_cambio(postulacion: Postulacion, pedido: str) -> dict[str, Any] | None:
    avisados = cambios_avisados(postulacion)
    numero = pedido.removeprefix(DE_CAMBIO)
    if not numero.isdecimal() or not 1 <= int(numero) <= len(avisados):
        return None
    uno = avisados[int(numero) - 1]
    secreto = montaje().llavero.secreto(postulacion.folio)
    return {
        "asunto": uno["asunto"],
        "texto": uno["texto"].replace(secreto, _TAPADO),
        "enviado_texto": "" if uno["rechazado"] else fecha_hora_larga(uno["cuando"]),
        "rechazado": uno["rechazado"],
        "lugar_de_hoy": False,
    }


def de_cambios(postulacion: Postulacion) -> list[dict[str, Any]]:
    """Los correos que le contaron un cambio de su actividad, para la lista de la página de estado."""
    return [
        {"id": f"{DE_CAMBIO}{numero}", "asunto": uno["asunto"], "enviado": uno["cuando"], "rechazado": uno["rechazado"]}
        for numero, uno in enumerate(cambios_avisados(postulacion), 1)
    ]


def _escrito(aviso: Aviso, postulacion: Postulacion) -> tuple[str, str]:
    """El asunto y el texto de lo que se decidió entonces."""
    hasta_el_aviso = tuple(t for t in montaje().almacen.transiciones(aviso.folio) if t.version <= aviso.version)
    entonces = como_quedo(postulacion, hasta_el_aviso[-1])
    contexto = de_correo(entonces, convocatoria_de(postulacion), hasta_el_aviso, montaje())
    contexto |= dict.fromkeys(_SECRETOS, _TAPADO)
    asunto, texto, _ = redactar(aviso.estado, contexto, montaje().plantillas)
    return asunto, texto
