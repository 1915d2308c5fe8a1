"""Calificar sin saber de quién es: cuándo se oculta la identidad, a quién ya no le sirve, y cómo se tapa un texto."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from funciones.dominio import rastros
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.postulacion import Estado, Papel, Postulacion, Transicion

MIENTRAS_SE_CALIFICA = frozenset({Estado.ADMISIBLE, Estado.EVALUADA})
OCULTO = "[oculto]"


def a_ciegas(convocatoria: Convocatoria, postulacion: Postulacion) -> bool:
    """Si en este momento la mesa no debe saber de quién es esta postulación."""
    return convocatoria.a_ciegas and postulacion.estado in MIENTRAS_SE_CALIFICA


def vio_el_nombre(transiciones: Iterable[Transicion], persona: str) -> bool:
    """Si esa persona de la mesa la movió cuando el nombre estaba a la vista: revisó sus requisitos, por ejemplo."""
    return any(
        t.actor.papel is Papel.PERSONAL and t.actor.id == persona and not {t.de, t.a} <= MIENTRAS_SE_CALIFICA
        for t in transiciones
    )


def tapar(texto: str, datos: Mapping[str, str]) -> str:
    """El texto sin el nombre, el RUT, el correo ni el teléfono de `datos`, aunque la persona los haya escrito ahí.

    Ni por partes, ni sin tildes, ni con otros espacios o puntos: mejor tapar de más que decir de quién es.
    """
    plano = rastros.aplanar(texto)
    hallados = (tramo for clave, buscar in _BUSCAR.items() for tramo in buscar(plano, datos.get(clave, "")))
    tapado, hasta = "", 0
    for desde, fin in _juntos(texto, sorted(plano.en_el_original(*tramo) for tramo in hallados)):
        tapado, hasta = f"{tapado}{texto[hasta:desde]}{OCULTO}", fin
    return tapado + texto[hasta:]


_BUSCAR = {
    "nombre": rastros.de_nombre,
    "representante": rastros.de_nombre,
    "rut": rastros.de_rut,
    "correo": rastros.de_correo,
    "telefono": rastros.de_telefono,
}


def _juntos(texto: str, tramos: Iterable[rastros.Tramo]) -> list[rastros.Tramo]:
    """Los que se pisan o solo tienen espacios entre medio, como uno."""
    juntos: list[rastros.Tramo] = []
    for desde, fin in tramos:
        if juntos and not texto[juntos[-1][1] : desde].strip():
            juntos[-1] = juntos[-1][0], max(fin, juntos[-1][1])
        else:
            juntos.append((desde, fin))
    return juntos
