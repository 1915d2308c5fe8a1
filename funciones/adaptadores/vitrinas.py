"""Las vitrinas en el almacén: las preguntas que responden por igual SQLite y DynamoDB, y cómo se escriben."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, Protocol

from funciones.adaptadores.llavero import Llavero
from funciones.adaptadores.registro import abrir, instante, milisegundos, sellar
from funciones.dominio.actor import Actor
from funciones.dominio.estado import Papel
from funciones.dominio.vitrina import Contenido, EstadoVitrina, Foto, Hecho, Permiso, Producto, Vitrina

# Recibe el error de una vitrina que no se pudo leer.
Ilegible = Callable[[Exception], None]


class Vitrinas(Protocol):
    """Toda operación puede levantar AlmacenNoResponde."""

    def vitrina(self, folio: str) -> Vitrina | None:
        """La vitrina de esa postulación, o None."""

    def vitrinas(self, ilegible: Ilegible | None = None) -> Iterator[Vitrina]:
        """Todas, de la que cambió hace más a la más reciente.

        Con `ilegible`, la que no se puede abrir se le entrega como error y las demás siguen; sin él, se levanta.
        """

    def guardar_vitrina(self, vitrina: Vitrina) -> None:
        """La guarda si nadie la cambió desde la versión anterior; guardar otra vez lo mismo no hace nada.

        Error: Conflicto, o si la versión es 1, que ya exista otra.
        """

    def tomar_correo_de_vitrina(self, vitrina: Vitrina, ahora: datetime, hasta: datetime) -> bool:
        """Arrienda hasta `hasta` el correo que le falta; falso si ya salió o si otro lo tiene arrendado."""

    def correo_de_vitrina_enviado(self, vitrina: Vitrina) -> None:
        """Anota que salió el correo `por_avisar`; no pasa nada si ya estaba anotado o si ya hay otro por mandar."""


def vitrina_a_registro(v: Vitrina, llavero: Llavero) -> dict[str, Any]:
    """La vitrina como JSON llano; lo que se escribe en ella y las razones de la mesa van selladas."""
    sellado = {
        "borrador": _a_texto(v.borrador),
        "publicado": "" if v.publicado is None else _a_texto(v.publicado),
        "historia": json.dumps([_hecho_a_registro(h) for h in v.historia], ensure_ascii=False),
    }
    return {
        "folio": v.folio,
        "convocatoria": v.convocatoria,
        "publica": v.publica,
        "version": v.version,
        "estado": str(v.estado),
        "cambio": milisegundos(v.cambio),
        "permiso": None if v.permiso is None else [v.permiso.version, milisegundos(v.permiso.cuando)],
        "ultimo_producto": v.ultimo_producto,
        "por_avisar": v.por_avisar,
        "sellado": sellar(sellado, _atado(v.folio), llavero),
    }


def vitrina_de_registro(r: Mapping[str, Any], llavero: Llavero) -> Vitrina:
    """Lo contrario de `vitrina_a_registro`."""
    abierto = abrir(r["sellado"], _atado(r["folio"]), llavero)
    permiso, por_avisar = r.get("permiso"), r.get("por_avisar")
    return Vitrina(
        folio=r["folio"],
        convocatoria=r["convocatoria"],
        publica=r["publica"],
        version=int(r["version"]),
        estado=EstadoVitrina(r["estado"]),
        cambio=instante(int(r["cambio"])),
        borrador=_de_texto(abierto["borrador"]),
        publicado=_de_texto(abierto["publicado"]) if abierto["publicado"] else None,
        permiso=None if permiso is None else Permiso(int(permiso[0]), instante(int(permiso[1]))),
        historia=tuple(_hecho_de_registro(h) for h in json.loads(abierto["historia"])),
        ultimo_producto=int(r["ultimo_producto"]),
        por_avisar=None if por_avisar is None else int(por_avisar),
    )


def abrir_cada_una(
    registros: Iterable[Mapping[str, Any]], llavero: Llavero, ilegible: Ilegible | None
) -> Iterator[Vitrina]:
    """Las vitrinas de esos registros, en su orden."""
    for r in registros:
        try:
            vitrina = vitrina_de_registro(r, llavero)
        except Exception as error:
            if ilegible is None:
                raise
            ilegible(error)
        else:
            yield vitrina


def es_la_misma(guardada: Vitrina | None, otra: Vitrina) -> bool:
    """Si lo guardado es lo que se quiso guardar: se perdió la respuesta de un intento y se repitió."""
    return guardada is not None and _lo_que_distingue(guardada) == _lo_que_distingue(otra)


def _lo_que_distingue(v: Vitrina) -> tuple[object, ...]:
    return v.version, v.estado, milisegundos(v.cambio), v.borrador, v.publicado, v.permiso is None


def _atado(folio: str) -> str:
    """Lo sellado de una vitrina no se abre como si fuera de la postulación."""
    return f"vitrina.{folio}"


def _a_texto(contenido: Contenido) -> str:
    return json.dumps(asdict(contenido), ensure_ascii=False, sort_keys=True)


def _de_texto(texto: str) -> Contenido:
    crudo = json.loads(texto)
    return Contenido(**{**crudo, "productos": tuple(_producto(p) for p in crudo["productos"])})


def _producto(crudo: dict[str, Any]) -> Producto:
    foto = None if crudo["foto"] is None else Foto(**crudo["foto"])
    return Producto(**{**crudo, "variantes": tuple(crudo["variantes"]), "foto": foto})


def _hecho_a_registro(h: Hecho) -> dict[str, Any]:
    return {**asdict(h), "cuando": milisegundos(h.cuando)}


def _hecho_de_registro(r: dict[str, Any]) -> Hecho:
    actor = Actor(**{**r["actor"], "papel": Papel(r["actor"]["papel"])})
    valores = {**r, "actor": actor, "estado": EstadoVitrina(r["estado"]), "cuando": instante(r["cuando"])}
    return Hecho(**valores)
