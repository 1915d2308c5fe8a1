"""Leer en la página de estado un correo ya enviado: se escribe otra vez desde lo que pasó, sin enlaces secretos."""

from __future__ import annotations

from funciones.acceso import convocatoria_de
from funciones.adaptadores.montaje import montaje
from funciones.adaptadores.redaccion import redactar
from funciones.dominio import folio as folios
from funciones.dominio.fechas import fecha_hora_larga
from funciones.dominio.postulacion import Aviso, Estado, Postulacion, como_quedo
from funciones.errores import Rechazo
from funciones.solicitud import Respuesta
from funciones.vista import de_convocatoria, de_correo

# Con ellos se entra: en una página que se imprime o se muestra a otra persona no van.
_SECRETOS = ("enlace", "enlace_confirmar", "enlace_encuesta", "codigo", "codigo_encuesta")
_TAPADO = "(va solo en tu correo)"


def leer(postulacion: Postulacion, id_aviso: str) -> Respuesta:
    """La página con ese correo entero. Error: 404 si no es de esta postulación."""
    aviso = next((a for a in montaje().almacen.avisos(postulacion.folio) if a.id == id_aviso), None)
    if aviso is None:
        raise Rechazo("no_existe")
    asunto, texto = _escrito(aviso, postulacion)
    cuerpo = {
        "folio": postulacion.folio,
        "folio_texto": folios.mostrar(postulacion.folio),
        "codigo": montaje().llavero.secreto(postulacion.folio),
        "convocatoria": de_convocatoria(convocatoria_de(postulacion), montaje().horneado),
        "asunto": asunto,
        "texto": texto,
        "enviado_texto": "" if aviso.rechazado or aviso.enviado is None else fecha_hora_larga(aviso.enviado),
        "rechazado": aviso.rechazado,
        "lugar_de_hoy": aviso.estado is Estado.LISTA_DE_ESPERA,
    }
    return Respuesta(cuerpo, "correo_leido")


def _escrito(aviso: Aviso, postulacion: Postulacion) -> tuple[str, str]:
    """El asunto y el texto de lo que se decidió entonces."""
    hasta_el_aviso = tuple(t for t in montaje().almacen.transiciones(aviso.folio) if t.version <= aviso.version)
    entonces = como_quedo(postulacion, hasta_el_aviso[-1])
    contexto = de_correo(entonces, convocatoria_de(postulacion), hasta_el_aviso, montaje())
    contexto |= dict.fromkeys(_SECRETOS, _TAPADO)
    asunto, texto, _ = redactar(aviso.estado, contexto, montaje().plantillas)
    return asunto, texto
