"""El borrador guardado: de quién es, qué formulario vio y qué cambió desde entonces."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from funciones.adaptadores.almacen import Borrador
from funciones.adaptadores.montaje import montaje
from funciones.dominio.convocatoria import Convocatoria
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Solicitud
from funciones.tramite import formulario
from funciones.tramite.respuestas import RespuestaMala, canonizar

# Qué preguntas había al guardar: va entre las respuestas, con un nombre que ninguna pregunta puede tener.
RETRATO = "formulario"
# Nadie llena más a la vez; así una dirección hecha a mano no obliga a leer cientos.
GALLETAS_QUE_SE_MIRAN = 5


@dataclass(frozen=True, slots=True)
class Cambios:
    """Qué cambió del formulario desde que se guardó, por título; y qué hay que responder otra vez."""

    nuevas: tuple[str, ...] = ()
    cambiadas: tuple[str, ...] = ()
    quitadas: tuple[str, ...] = ()
    otra_vez: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.nuevas or self.cambiadas or self.quitadas or self.otra_vez)


def abrir(convocatoria: Convocatoria, clave: str) -> Borrador | None:
    """El borrador de esa clave, o None. Error: Rechazo 409 si es de otra convocatoria."""
    borrador = montaje().almacen.borrador(montaje().llavero.huella_borrador(clave), montaje().ahora())
    if borrador is not None and borrador.convocatoria != convocatoria.id:
        raise Rechazo("borrador_no_existe")
    return borrador


def guardar(recorrido: formulario.Recorrido, clave: str, retrato: str | None = None) -> None:
    """Lo guarda por otras veinticuatro horas; `retrato`, si todavía no se le muestra lo que cambió."""
    respuestas = {**recorrido.respuestas, RETRATO: retratar(recorrido) if retrato is None else retrato}
    expira = montaje().ahora() + timedelta(hours=formulario.HORAS_BORRADOR)
    llave = montaje().llavero.huella_borrador(clave)
    montaje().almacen.guardar_borrador(Borrador(llave, recorrido.convocatoria.id, respuestas, expira))


def seguir(solicitud: Solicitud, convocatoria: Convocatoria) -> tuple[str, Borrador] | None:
    """La clave y el borrador de esta convocatoria que este navegador tiene a medias: el último que se tocó."""
    claves = [c for nombre, c in solicitud.galletas.items() if _es_suya(nombre, c)][:GALLETAS_QUE_SE_MIRAN]
    llaves = {clave: montaje().llavero.huella_borrador(clave) for clave in claves}
    hallados = [(c, montaje().almacen.borrador(llave, montaje().ahora())) for c, llave in llaves.items()]
    suyos = [(clave, b) for clave, b in hallados if b is not None and b.convocatoria == convocatoria.id]
    return max(suyos, key=lambda par: par[1].expira, default=None)


def el_de(solicitud: Solicitud, convocatoria: Convocatoria, marca: str) -> tuple[str, Borrador] | None:
    """La clave y el borrador de esa marca, si este navegador trae su galleta."""
    nombre = formulario.nombre_de_galleta(marca)
    clave = solicitud.galletas.get(nombre, "")
    borrador = abrir(convocatoria, clave) if _es_suya(nombre, clave) else None
    return None if borrador is None else (clave, borrador)


def _es_suya(nombre: str, clave: str) -> bool:
    return bool(formulario.CLAVE.fullmatch(clave)) and nombre == formulario.nombre_de_galleta(formulario.marca(clave))


def retratar(recorrido: formulario.Recorrido) -> str:
    """Las preguntas de hoy, para saber mañana si cambiaron."""
    return json.dumps({p.clave: p.titulo for p in recorrido.todas}, ensure_ascii=False)


def cambios(recorrido: formulario.Recorrido) -> Cambios:
    """Lo que cambió desde que se guardó; nada si se guardó con estas mismas preguntas."""
    retrato = recorrido.respuestas.get(RETRATO)
    return Cambios() if retrato is None else comparar(json.loads(retrato), recorrido)


def comparar(antes: Mapping[str, str], recorrido: formulario.Recorrido) -> Cambios:
    """`antes`: clave → título de las preguntas que había. Las que no le tocan a esta persona no se nombran."""
    hay = {p.clave for p in recorrido.todas}
    return Cambios(
        nuevas=tuple(p.titulo for p in recorrido.preguntas if p.clave not in antes and p.tipo != "casilla"),
        cambiadas=tuple(p.titulo for p in recorrido.preguntas if antes.get(p.clave, p.titulo) != p.titulo),
        quitadas=tuple(t for clave, t in antes.items() if clave not in hay and recorrido.respuestas.get(clave)),
        otra_vez=tuple((p, t) for p, t in _no_sirven(recorrido).values()),
    )


def al_dia(recorrido: formulario.Recorrido) -> formulario.Recorrido:
    """Con las respuestas que siguen sirviendo; las demás hay que darlas otra vez."""
    fuera = {*_no_sirven(recorrido), RETRATO}
    quedan = {clave: valor for clave, valor in recorrido.respuestas.items() if clave not in fuera}
    return formulario.Recorrido(recorrido.publicado, recorrido.convocatoria, quedan)


def _no_sirven(recorrido: formulario.Recorrido) -> dict[str, tuple[str, str]]:
    """Clave → título y respuesta de lo que las preguntas de hoy ya no aceptan."""
    malas = {}
    for pregunta in recorrido.preguntas:
        respuesta = recorrido.respuestas.get(pregunta.clave, "")
        try:
            canonizar(pregunta, respuesta, recorrido.publicado)
        except RespuestaMala:
            if respuesta:
                malas[pregunta.clave] = (pregunta.titulo, respuesta)
    return malas
