"""La parte del almacén que guarda suscripciones: lo que responden por igual SQLite y DynamoDB, y cómo se escribe."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol

from funciones.adaptadores import registro
from funciones.adaptadores.llavero import Llavero
from funciones.dominio.suscripcion import Pedido, Preferencias, Suscripcion

# Qué hacer con el error de una fila que no se puede leer.
SiNoSeLee = Callable[[Exception], None]


class Suscripciones(Protocol):
    """Toda operación puede levantar AlmacenNoResponde."""

    def suscripcion(self, id_suscripcion: str) -> Suscripcion | None:
        """La suscripción, aunque nadie la haya confirmado a tiempo; None si no está."""

    def suscripciones(self, si_no_se_lee: SiNoSeLee | None = None) -> Iterator[Suscripcion]:
        """Todas, en cualquier estado, por id. En DynamoDB puede faltar la que se acaba de pedir.

        `si_no_se_lee` recibe el error de cada fila dañada y se sigue con las demás; sin él, el error se levanta.
        """

    def guardar_suscripcion(self, nueva: Suscripcion) -> None:
        """Guarda esta versión sobre la anterior; la versión 1, donde no había nada.

        Error: Conflicto si lo guardado no es la versión anterior a esta, o se dejó y se pidió de nuevo. Tras un
        AlmacenNoResponde pudo quedar guardada: hay que volver a leer.
        """

    def borrar_suscripcion(self, id_suscripcion: str) -> None:
        """La borra entera; no pasa nada si no estaba."""

    def contar_en(self, cuenta: str, tope: int, expira: datetime) -> bool:
        """Suma uno a esa cuenta si no ha llegado al tope; si llegó, no suma y devuelve falso. Se borra al expirar.

        Si se pierde la respuesta puede sumar dos veces: sirve para un presupuesto, no para un contador exacto.
        """

    def devolver_a(self, cuenta: str) -> None:
        """Resta uno a esa cuenta, si algo se había sumado."""

    def purgar_suscripciones(self, ahora: datetime) -> int:
        """Borra las que nadie confirmó a tiempo y las cuentas expiradas; cuántas.

        DynamoDB las borra solo, por el atributo `expira`: ahí no hace nada y devuelve 0.
        """


def expira(suscripcion: Suscripcion) -> datetime | None:
    """Desde cuándo sobra; None si está activa."""
    if suscripcion.activa or suscripcion.pedido is None:
        return None
    return suscripcion.pedido.vence


def a_registro(s: Suscripcion, llavero: Llavero) -> dict[str, Any]:
    """La suscripción como JSON llano: la dirección va sellada, y con ella lo que dice de quién es."""
    sellado = {
        "correo": s.correo,
        "preferencias": json.dumps(_preferencias(s.preferencias)),
        "pedido": json.dumps(None if s.pedido is None else _pedido(s.pedido)),
    }
    return {
        "id": s.id,
        "version": s.version,
        "clave": s.clave,
        "nacida": s.nacida,
        "sellado": registro.sellar(sellado, s.id, llavero),
        "contadas": sorted(s.contadas),
        "escritas": sorted(s.escritas),
        "ultimo": _milisegundos(s.ultimo),
        "arriendo": _milisegundos(s.arriendo),
    }


def de_registro(r: Mapping[str, Any], llavero: Llavero) -> Suscripcion:
    """Lo contrario de `a_registro`."""
    abierto = registro.abrir(r["sellado"], r["id"], llavero)
    preferencias, pedido = json.loads(abierto["preferencias"]), json.loads(abierto["pedido"])
    return Suscripcion(
        id=r["id"],
        correo=abierto["correo"],
        version=int(r["version"]),
        clave=r["clave"],
        preferencias=None if preferencias is None else _preferencias_de(preferencias),
        pedido=None if pedido is None else _pedido_de(pedido),
        contadas=frozenset(r.get("contadas") or ()),
        escritas=_escritas(r),
        ultimo=_instante(r.get("ultimo")),
        arriendo=_instante(r.get("arriendo")),
        nacida=r["nacida"],
    )


def _escritas(r: Mapping[str, Any]) -> frozenset[str]:
    """Antes no se anotaba: de quien ya recibió algún resumen se supone que todo lo contado le llegó."""
    if "escritas" in r:
        return frozenset(r["escritas"] or ())
    return frozenset(r.get("contadas") or ()) if r.get("ultimo") is not None else frozenset()


def legibles(
    registros: Iterable[Mapping[str, Any]], llavero: Llavero, si_no_se_lee: SiNoSeLee | None
) -> Iterator[Suscripcion]:
    """Las que se pueden leer; una dañada no deja sin avisos a las demás."""
    for r in registros:
        try:
            leida = de_registro(r, llavero)
        except Exception as error:
            if si_no_se_lee is None:
                raise
            si_no_se_lee(error)
        else:
            yield leida


def _preferencias(p: Preferencias | None) -> dict[str, Any] | None:
    return None if p is None else {"regiones": sorted(p.regiones), "componentes": sorted(p.componentes)}


def _preferencias_de(r: Mapping[str, Any]) -> Preferencias:
    return Preferencias(frozenset(r["regiones"]), frozenset(r["componentes"]))


def _pedido(p: Pedido) -> dict[str, Any]:
    return {
        "preferencias": _preferencias(p.preferencias),
        "cuando": registro.milisegundos(p.cuando),
        "correos": p.correos,
        "salio": _milisegundos(p.salio),
        "arriendo": _milisegundos(p.arriendo),
    }


def _pedido_de(r: Mapping[str, Any]) -> Pedido:
    return Pedido(
        preferencias=_preferencias_de(r["preferencias"]),
        cuando=registro.instante(r["cuando"]),
        correos=r["correos"],
        salio=_instante(r["salio"]),
        arriendo=_instante(r["arriendo"]),
    )


def _milisegundos(instante: datetime | None) -> int | None:
    return None if instante is None else registro.milisegundos(instante)


def _instante(milisegundos: Any) -> datetime | None:
    return None if milisegundos is None else registro.instante(int(milisegundos))
