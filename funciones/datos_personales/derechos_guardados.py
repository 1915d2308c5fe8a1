"""Los pedidos sobre los propios datos, tal como se guardan: una hoja por postulación, sellada, en su región."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from funciones.adaptadores.cuaderno import Hoja
from funciones.adaptadores.montaje import montaje
from funciones.dominio import derecho
from funciones.dominio.actor import Actor
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.derecho import Derecho, Hecho, Pedido, Suceso
from funciones.dominio.estado import Papel
from funciones.dominio.plazo import fecha_en_chile
from funciones.tramite.conservacion import conservar_hasta, plazo

CLASE = "derecho"
# Los correos por mandar van aparte: quien los manda no tiene que abrir todos los pedidos de todas las regiones.
POR_AVISAR, TODAS = "derecho_por_avisar", "todas"


def leer(region: str, folio: str) -> tuple[tuple[Pedido, ...], int]:
    """Los pedidos de una postulación y la versión de su hoja; cero si no hay ninguno."""
    hoja = montaje().almacen.hoja(CLASE, region, folio)
    return ((), 0) if hoja is None else (pedidos_de(hoja), hoja.version)


def pedidos_de(hoja: Hoja) -> tuple[Pedido, ...]:
    """Los pedidos escritos en una hoja."""
    return tuple(map(_pedido, hoja.cuerpo["pedidos"]))


def guardar(
    convocatoria: Convocatoria, folio: str, pedidos: tuple[Pedido, ...], version: int, cambiado: Pedido
) -> None:
    """Guarda los pedidos sobre esa versión y deja por mandar el correo de lo último. Error: Conflicto."""
    # El correo se anota antes: si la máquina se apaga entre medio sobra una nota, nunca falta un aviso.
    _anotar_correo(convocatoria.region, folio, cambiado)
    cuerpo = {"pedidos": [escribir(p) for p in pedidos]}
    expira = _expira(convocatoria, pedidos)
    montaje().almacen.guardar_hoja(Hoja(CLASE, convocatoria.region, folio, cuerpo, version + 1, expira))


def _expira(convocatoria: Convocatoria, pedidos: tuple[Pedido, ...]) -> datetime | None:
    """Nunca, mientras uno espera respuesta: si se borrara sola, el pedido se perdería sin que nadie lo viera."""
    if any(pedido.resuelto is None for pedido in pedidos):
        return None
    return max(conservar_hasta(convocatoria), *map(_hasta, pedidos))


def _hasta(pedido: Pedido) -> datetime:
    """Lo respondido tarde no se borra antes que lo respondido a tiempo: se cuenta desde la respuesta."""
    respuesta = pedido.hechos[-1].cuando
    return respuesta + plazo(fecha_en_chile(respuesta))


def _anotar_correo(region: str, folio: str, pedido: Pedido) -> None:
    llave = f"{region}.{folio}.{pedido.numero}.{len(pedido.hechos)}"
    if montaje().almacen.hoja(POR_AVISAR, TODAS, llave) is None:
        ahora = montaje().ahora()
        cuerpo = {"region": region, "folio": folio, "numero": pedido.numero, "hecho": len(pedido.hechos)}
        expira = ahora + timedelta(days=derecho.DIAS_CORRIDOS)
        montaje().almacen.guardar_hoja(Hoja(POR_AVISAR, TODAS, llave, cuerpo | {"desde": ahora.isoformat()}, 1, expira))


def escribir(pedido: Pedido, *, sin_codigos: bool = False) -> dict[str, Any]:
    """El pedido como JSON llano; sin los códigos de quienes lo respondieron, si es para entregarlo."""
    return {
        "numero": pedido.numero,
        "derecho": str(pedido.derecho),
        "vence": pedido.vence.isoformat(),
        "hechos": [
            {
                "que": str(h.que),
                "cuando": h.cuando.isoformat(),
                "papel": str(h.actor.papel),
                "id": "" if sin_codigos else h.actor.id,
                "oficina": h.actor.oficina,
                "rol": h.actor.rol,
                "motivo": h.motivo,
            }
            for h in pedido.hechos
        ],
    }


def _pedido(fila: Mapping[str, Any]) -> Pedido:
    hechos = tuple(
        Hecho(
            Suceso(h["que"]),
            datetime.fromisoformat(h["cuando"]),
            Actor(Papel(h["papel"]), h["id"], h["oficina"], h["rol"]),
            h["motivo"],
        )
        for h in fila["hechos"]
    )
    return Pedido(fila["numero"], Derecho(fila["derecho"]), datetime.fromisoformat(fila["vence"]), hechos)
