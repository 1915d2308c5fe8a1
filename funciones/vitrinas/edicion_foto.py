"""La foto de un producto en su página: subirla, describirla para quien no la ve, cambiarla o quitarla."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from funciones.adaptadores.montaje import montaje
from funciones.dominio.archivo import ProblemaDeArchivo
from funciones.dominio.vitrina import Foto, Producto
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Respuesta
from funciones.tramite import expediente
from funciones.vitrinas import foto, vista_vitrina, vitrina_escrita
from funciones.vitrinas.edicion_vitrina import Visita, formulario, guardar

GALLETA = "vitrina"


def pagina_de_foto(
    visita: Visita, *, avisar: bool = False, errores: Mapping[str, str] | None = None, escrito: str | None = None
) -> Respuesta:
    """La página de la foto. `avisar`: recién se subió, así que si no sirve o no está, se dice por qué."""
    producto = _guardado(visita)
    vista = foto.recien_subida(visita.vitrina.folio, producto.id, visita.convocatoria)
    fallas = dict(errores or {})
    if avisar and not isinstance(vista, Foto):
        fallas["file"] = foto.explicar(vista, visita.convocatoria)
    lista = vista if isinstance(vista, Foto) else None
    escritas = {"foto_alt": producto.foto_alt if escrito is None else escrito}
    mas = vista_vitrina.subida(visita.vitrina, producto, visita.convocatoria, lista)
    respuesta = formulario(visita, "vitrina_foto", escritas, fallas, **mas)
    return replace(respuesta, galletas=(_galleta(visita.vitrina.folio),))


def _guardado(visita: Visita) -> Producto:
    """El producto, que ya tiene que estar guardado. Error: Rechazo."""
    producto = visita.vitrina.borrador.producto(visita.cual or visita.solicitud.texto("producto"))
    if producto is None:
        raise Rechazo("producto_no_existe")
    return producto


def _galleta(folio: str) -> str:
    """Para volver del depósito sin JavaScript: una hora, y ningún guion la lee."""
    segura = "; Secure" if montaje().url_portal.startswith("https:") else ""
    codigo, segundos = montaje().llavero.secreto(folio), expediente.MINUTOS_PERMISO * 60
    return f"{GALLETA}={codigo}; HttpOnly; SameSite=Lax; Path=/api/exhibir; Max-Age={segundos}{segura}"


def guardar_foto(visita: Visita) -> Respuesta:
    """Guarda la foto que llegó, o solo su descripción si no llegó otra."""
    producto, folio = _guardado(visita), visita.vitrina.folio
    descrita, errores = vitrina_escrita.alt(visita.solicitud.texto("foto_alt"))
    # Sin su descripción no se guarda todavía: solo se mira si sirve.
    vista = (foto.recien_subida if errores else foto.archivar)(folio, producto.id, visita.convocatoria)
    if not isinstance(vista, Foto) and (vista is not ProblemaDeArchivo.FALTA or producto.foto is None):
        errores["file"] = foto.explicar(vista, visita.convocatoria)
    if errores:
        return pagina_de_foto(visita, errores=errores, escrito=visita.solicitud.texto("foto_alt"))
    nueva = vista if isinstance(vista, Foto) else producto.foto
    con_foto = replace(producto, foto=nueva, foto_alt=descrita)
    respuesta = guardar(visita, visita.vitrina.borrador.con(con_foto), f"Guardamos la foto de «{producto.nombre}».")
    foto.vaciar(folio, producto.id)
    return respuesta


def quitar_foto(visita: Visita) -> Respuesta:
    """Quita la foto y su descripción."""
    producto = _guardado(visita)
    foto.vaciar(visita.vitrina.folio, producto.id)
    sin_foto = replace(producto, foto=None, foto_alt="")
    return guardar(visita, visita.vitrina.borrador.con(sin_foto), f"Quitamos la foto de «{producto.nombre}».")
