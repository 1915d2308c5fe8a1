"""Editar una vitrina: quién es y qué vende; cada cambio se guarda solo y nada se publica todavía."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.dominio import exhibicion
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.postulacion import Postulacion
from funciones.dominio.vitrina import Contenido, Producto, Vitrina
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Respuesta, Solicitud
from funciones.vitrinas import foto, vista_vitrina, vitrina_escrita


@dataclass(frozen=True, slots=True)
class Visita:
    """Quién entró y qué pide: su vitrina recién leída, lo que escribió y, tras los dos puntos, de qué producto."""

    solicitud: Solicitud
    postulacion: Postulacion
    convocatoria: Convocatoria
    vitrina: Vitrina
    cual: str

    @property
    def rubros(self) -> Mapping[str, str]:
        """Los rubros entre los que se elige."""
        return montaje().horneado.rubros

    def producto(self) -> Producto:
        """El producto que nombra, o uno nuevo con el id que sigue. Error: Rechazo si no es suyo."""
        id_producto = self.cual or self.solicitud.texto("producto")
        if id_producto == self.vitrina.siguiente_producto and self.vitrina.borrador.producto(id_producto) is None:
            return Producto(id_producto, "", "", self.vitrina.borrador.rubro)
        producto = self.vitrina.borrador.producto(id_producto)
        if producto is None:
            raise Rechazo("producto_no_existe")
        return producto


def portada(visita: Visita, vitrina: Vitrina, hecho: str = "", errores: Mapping[str, str] | None = None) -> Respuesta:
    """La portada de la vitrina; `hecho` dice lo que se acaba de guardar, y con `errores` es un 422."""
    cuerpo = vista_vitrina.portada(vitrina, visita.postulacion, visita.convocatoria)
    return Respuesta(cuerpo | {"hecho": hecho, "campos": dict(errores or {})}, "vitrina", 422 if errores else 200)


def guardar(visita: Visita, contenido: Contenido, hecho: str) -> Respuesta:
    """Guarda si algo cambió, y vuelve a la portada."""
    antes = visita.vitrina
    if contenido == antes.borrador and antes.version:
        return portada(visita, antes, hecho)
    despues = exhibicion.editar(antes, contenido, montaje().ahora())
    montaje().almacen.guardar_vitrina(despues)
    foto.borrar_sobrantes(antes, despues)
    return portada(visita, despues, hecho)


def formulario(
    visita: Visita, plantilla: str, escritas: Mapping[str, str], errores: Mapping[str, str], **mas: Any
) -> Respuesta:
    """Una página con campos; con `errores` es un 422 que conserva lo escrito, o un rechazo si se pidió por JSON."""
    if errores and visita.solicitud.es_json:
        raise Rechazo("respuestas_por_corregir", campos=errores)
    cuerpo = vista_vitrina.comun(visita.vitrina, visita.postulacion, visita.convocatoria) | {
        "escritas": dict(escritas),
        "campos": dict(errores),
        "rubros": list(visita.rubros.items()),
        "largos": dict(vitrina_escrita.LARGOS),
        **mas,
    }
    return Respuesta(cuerpo, plantilla, 422 if errores else 200)


def ficha(visita: Visita) -> Respuesta:
    """El formulario de quién es."""
    return formulario(visita, "vitrina_ficha", vitrina_escrita.como_escrito(visita.vitrina.borrador), {})


def guardar_ficha(visita: Visita) -> Respuesta:
    """Guarda quién es, o muestra qué corregir sin perder lo escrito."""
    contenido, errores = vitrina_escrita.de_la_ficha(visita.vitrina.borrador, visita.solicitud.texto, visita.rubros)
    if errores:
        escritas = {campo: visita.solicitud.texto(campo) for campo in vitrina_escrita.DE_LA_FICHA}
        return formulario(visita, "vitrina_ficha", escritas, errores)
    return guardar(visita, contenido, "Guardamos quién eres.")


def un_producto(visita: Visita) -> Respuesta:
    """El formulario de un producto, nuevo o guardado."""
    producto = visita.producto()
    return _pagina_de_producto(visita, producto, vitrina_escrita.como_escrito(producto), {})


def _pagina_de_producto(
    visita: Visita, producto: Producto, escritas: Mapping[str, str], errores: Mapping[str, str]
) -> Respuesta:
    es_nuevo = visita.vitrina.borrador.producto(producto.id) is None
    return formulario(
        visita,
        "vitrina_producto",
        escritas,
        errores,
        producto={"id": producto.id, "nombre": producto.nombre, "es_nuevo": es_nuevo},
    )


def guardar_producto(visita: Visita) -> Respuesta:
    """Guarda un producto, o muestra qué corregir. El id de uno nuevo viaja en su formulario: dos envíos dejan uno."""
    antes = visita.producto()
    producto, errores = vitrina_escrita.del_producto(antes, visita.solicitud.texto, visita.rubros)
    if errores:
        escritas = {campo: visita.solicitud.texto(campo) for campo in vitrina_escrita.DEL_PRODUCTO}
        return _pagina_de_producto(visita, antes, escritas, errores)
    return guardar(visita, visita.vitrina.borrador.con(producto), f"Guardamos «{producto.nombre}».")


def quitar(visita: Visita) -> Respuesta:
    """Quita un producto; no pasa nada si ya no estaba."""
    return guardar(visita, visita.vitrina.borrador.sin(visita.cual), "Quitamos el producto.")
