"""Los pedidos sobre los propios datos que pasaron su plazo sin respuesta: se cuentan para que alguien se entere."""

from __future__ import annotations

from funciones.adaptadores.montaje import montaje
from funciones.datos_personales.derechos_guardados import CLASE, pedidos_de


def contar() -> int:
    """Cuántos hay en todas las regiones, sin los de una postulación que ya se borró: esos nadie los puede responder."""
    almacen, ahora = montaje().almacen, montaje().ahora()
    return sum(
        sum(pedido.atrasado(ahora) for pedido in pedidos_de(hoja))
        for region in montaje().horneado.regiones()
        for hoja in almacen.hojas(CLASE, region)
        if almacen.postulacion(hoja.llave) is not None
    )
