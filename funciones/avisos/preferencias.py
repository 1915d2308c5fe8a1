"""De qué quiere saber quien se suscribe: de las casillas o el JSON a valores, y de vuelta a casillas y palabras."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from funciones.adaptadores.horneado import Horneado
from funciones.dominio.suscripcion import Preferencias
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Solicitud

TODO_CHILE = "todo_chile"
COMPONENTES: Mapping[int, str] = {1: "Ferias, eventos y catálogos", 2: "Encuentros y ruedas de negocios"}
FALTA_REGION = "Marca al menos una región, o «Todo Chile»."
FALTA_COMPONENTE = "Marca qué te interesa: ferias, encuentros o los dos."
CODIGOS = "Usa códigos de región de dos cifras, como «07»."
NUMEROS = "Usa 1 para ferias y catálogos, y 2 para encuentros y ruedas."


def campos(publicado: Horneado) -> tuple[str, ...]:
    """Los nombres de las casillas: en un formulario cada una va con el suyo."""
    return (TODO_CHILE, *map(_region, publicado.regiones()), *map(_componente, COMPONENTES))


def _region(codigo: str) -> str:
    return f"region_{codigo}"


def _componente(numero: int) -> str:
    return f"componente_{numero}"


def leer(solicitud: Solicitud, publicado: Horneado) -> tuple[Preferencias, dict[str, str]]:
    """Lo elegido y lo que hay que corregir, por campo."""
    return _del_json(solicitud, publicado) if solicitud.es_json else _de_las_casillas(solicitud, publicado)


def _de_las_casillas(solicitud: Solicitud, publicado: Horneado) -> tuple[Preferencias, dict[str, str]]:
    regiones = {codigo for codigo in publicado.regiones() if solicitud.texto(_region(codigo))}
    componentes = {numero for numero in COMPONENTES if solicitud.texto(_componente(numero))}
    todo = bool(solicitud.texto(TODO_CHILE))
    errores = {} if todo or regiones else {TODO_CHILE: FALTA_REGION}
    if not componentes:
        errores[_componente(1)] = FALTA_COMPONENTE
    return _preferencias(() if todo else regiones, componentes), errores


def _del_json(solicitud: Solicitud, publicado: Horneado) -> tuple[Preferencias, dict[str, str]]:
    """Una lista vacía, o que no viene, es «todo»."""
    regiones = _lista(solicitud, "regiones", str)
    componentes = _lista(solicitud, "componentes", int)
    errores = {} if set(regiones) <= set(publicado.regiones()) else {"regiones": CODIGOS}
    if not set(componentes) <= set(COMPONENTES):
        errores["componentes"] = NUMEROS
    return _preferencias(regiones, componentes), errores


def _lista(solicitud: Solicitud, campo: str, de: type) -> list[Any]:
    valor = solicitud.campos.get(campo, [])
    if not isinstance(valor, list) or any(type(elemento) is not de for elemento in valor):
        raise Rechazo("solicitud_mal_formada")
    return valor


def _preferencias(regiones: Iterable[str], componentes: Iterable[int]) -> Preferencias:
    elegidos = frozenset(componentes)
    return Preferencias(frozenset(regiones), frozenset() if elegidos == set(COMPONENTES) else elegidos)


def marcadas(preferencias: Preferencias) -> set[str]:
    """Las casillas que van marcadas para mostrar estas preferencias."""
    regiones = {_region(codigo) for codigo in preferencias.regiones} or {TODO_CHILE}
    return regiones | {_componente(numero) for numero in preferencias.componentes or COMPONENTES}


def de_la_consulta(solicitud: Solicitud, publicado: Horneado) -> set[str]:
    """Las casillas que trae marcadas un enlace del portal: `?region=07&componente=1`. Sin componente, los dos."""
    region, componente = solicitud.consulta.get("region", ""), solicitud.consulta.get("componente", "")
    elegidos = {numero for numero in COMPONENTES if str(numero) == componente} or set(COMPONENTES)
    regiones = {_region(region)} if region in publicado.regiones() else set[str]()
    return regiones | {_componente(numero) for numero in elegidos}


def de_lo_escrito(solicitud: Solicitud, publicado: Horneado) -> set[str]:
    """Las casillas que la persona marcó, para devolverle la página tal como la mandó."""
    return {campo for campo in campos(publicado) if solicitud.texto(campo)}


def casillas(marcadas: set[str], publicado: Horneado) -> dict[str, object]:
    """Lo que dibuja la parte del formulario que comparten pedir y cambiar: (nombre, texto, marcada)."""
    nombres = publicado.regiones().items()
    return {
        "todo_chile": (TODO_CHILE, "Todo Chile", TODO_CHILE in marcadas),
        "regiones": [(_region(c), nombre, _region(c) in marcadas) for c, nombre in nombres],
        "componentes": [(_componente(n), texto, _componente(n) in marcadas) for n, texto in COMPONENTES.items()],
    }


def en_palabras(preferencias: Preferencias, publicado: Horneado) -> dict[str, str]:
    """`regiones`: «Maule y Ñuble» o «Todo Chile»; `componentes`: «Ferias, eventos y catálogos»."""
    nombres = [nombre for codigo, nombre in publicado.regiones().items() if codigo in preferencias.regiones]
    elegidos = [texto for numero, texto in COMPONENTES.items() if numero in preferencias.componentes]
    return {
        "regiones": enumerar(nombres) or "Todo Chile",
        "componentes": ". ".join(elegidos or COMPONENTES.values()),
    }


def enumerar(nombres: list[str]) -> str:
    """«a», «a y b», «a, b y c»."""
    *primeros, ultimo = nombres or [""]
    return f"{', '.join(primeros)} y {ultimo}" if primeros else ultimo
