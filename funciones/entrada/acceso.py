"""Quién puede ver o mover una postulación: con folio y código, o desde la mesa de su región."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from funciones.adaptadores.almacen import Cambio, Conflicto
from funciones.adaptadores.montaje import montaje
from funciones.dominio import folio as folios
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.postulacion import (
    Actor,
    Estado,
    Papel,
    Paso,
    Persona,
    Postulacion,
    denegar,
    es_denegacion,
    transitar,
)
from funciones.entrada import recurso
from funciones.entrada.errores import Rechazo
from funciones.entrada.publicado import convocatoria_pedida
from funciones.entrada.solicitud import Funcionario, Solicitud

REINTENTOS = 8
T = TypeVar("T")


def por_codigo(solicitud: Solicitud, codigo_esperado: Callable[[str], str]) -> Postulacion:
    """La postulación de ese folio si el código calza; si no, el mismo 404 que si no existiera."""
    folio = folios.normalizar(solicitud.texto("folio"))
    codigo = solicitud.texto("codigo").lower().replace(" ", "")
    esperado = codigo_esperado(folio or "")
    if folio is None or not montaje().llavero.iguales(codigo, esperado):
        raise Rechazo("no_existe")
    postulacion = montaje().almacen.postulacion(folio)
    if postulacion is None:
        raise Rechazo("no_existe")
    return postulacion


def con_vuelta(rechazo: Rechazo, solicitud: Solicitud) -> Rechazo:
    """En la página del problema va un botón de vuelta con el folio y el código: nadie los escribe dos veces."""
    if solicitud.quiere_html and rechazo.codigo != "no_existe":
        rechazo.extra["vuelta"] = {"folio": solicitud.texto("folio"), "codigo": solicitud.texto("codigo")}
    return rechazo


def convocatoria_de(postulacion: Postulacion) -> Convocatoria:
    """La convocatoria de una postulación guardada."""
    return convocatoria_pedida(montaje().horneado, postulacion.convocatoria)


def desde_la_mesa(folio_escrito: str, funcionario: Funcionario) -> tuple[Postulacion, Convocatoria]:
    """La postulación y su convocatoria, si le toca a quien pregunta; si no, 404 como si no existiera."""
    folio = folios.normalizar(folio_escrito)
    postulacion = montaje().almacen.postulacion(folio) if folio else None
    if postulacion is None:
        raise Rechazo("no_existe")
    convocatoria = convocatoria_de(postulacion)
    if not funcionario.alcanza(convocatoria):
        raise Rechazo("no_existe")
    return postulacion, convocatoria


def actor_de(funcionario: Funcionario, convocatoria: Convocatoria) -> Actor:
    """Quién queda escrito en el registro: su código, su rol y la oficina que responde por la convocatoria."""
    oficina = str(montaje().horneado.oficina(convocatoria.oficina)["nombre"])
    return Actor(Papel.PERSONAL, funcionario.id, oficina, funcionario.rol)


def decidir(
    antes: Postulacion, a: Estado, funcionario: Funcionario, convocatoria: Convocatoria, motivo: str, **cambios: Any
) -> Paso:
    """El paso que decide una persona de la mesa; si deniega, con el recurso que rige hoy. `cambios` puede traer `acta`.

    Errores: los de `transitar` y `denegar`; Rechazo 409 si toca denegar y nadie definió cómo se recurre.
    """
    ahora, regla = montaje().ahora(), montaje().horneado.reglamento(convocatoria).version
    actor = actor_de(funcionario, convocatoria)
    if not es_denegacion(a):
        return transitar(antes, a, actor, ahora, motivo=motivo, version_regla=regla, **cambios)
    persona, via = Persona(actor.id, actor.rol, actor.oficina), recurso.exigir(montaje().horneado, ahora)
    return denegar(antes, a, persona, ahora, motivo=motivo, version_regla=regla, via=via, **cambios)


def aplicar(pasos: tuple[Paso, ...], convocatoria: Convocatoria) -> None:
    """Guarda los pasos todo o nada, con los topes de cupos que rigen hoy."""
    montaje().almacen.aplicar(Cambio(pasos, convocatoria.cupos, convocatoria.espera_maxima))


def con_reintentos(intento: Callable[[], T]) -> T:
    """Repite `intento` (que vuelve a leer) mientras otro se le adelante. Error: Conflicto si nunca pudo."""
    for _ in range(REINTENTOS - 1):
        try:
            return intento()
        except Conflicto:
            continue
    return intento()
