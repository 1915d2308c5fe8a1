"""Calificar sin saber de quién es: cuándo se oculta la identidad, a quién ya no le sirve, y cómo se tapa un texto."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from funciones.dominio import rut
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.postulacion import Estado, Papel, Postulacion, Transicion

MIENTRAS_SE_CALIFICA = frozenset({Estado.ADMISIBLE, Estado.EVALUADA})
IDENTIDAD = ("nombre", "representante", "rut", "correo", "telefono")
OCULTO = "[oculto]"
LARGO_MINIMO = 3


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
    """El texto sin el nombre, el RUT, el correo ni el teléfono de `datos`, aunque la persona los haya escrito ahí."""
    rastros = sorted({r for clave in IDENTIDAD for r in _formas(clave, datos.get(clave, ""))}, key=len, reverse=True)
    if not rastros:
        return texto
    return re.sub("|".join(re.escape(rastro) for rastro in rastros), OCULTO, texto, flags=re.IGNORECASE)


def _formas(clave: str, valor: str) -> Iterable[str]:
    if len(valor) < LARGO_MINIMO:
        return ()
    if clave == "rut":
        return (valor, rut.mostrar(valor), valor.replace("-", ""), valor.split("-")[0])
    if clave == "telefono":
        nueve = valor.removeprefix("+56")
        return (valor, nueve, f"{nueve[:1]} {nueve[1:5]} {nueve[5:]}", f"{nueve[:1]} {nueve[1:]}")
    return (valor,)
