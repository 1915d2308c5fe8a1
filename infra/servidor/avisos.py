"""Pregunta al almacén de las funciones qué avisos faltan por enviar."""

from collections.abc import Iterable


def ids_pendientes(limite: int) -> Iterable[str]:
    """Los ids de los avisos sin enviar, los más antiguos primero."""
    from funciones.adaptadores.montaje import montaje

    return [aviso.id for aviso in montaje().almacen.avisos_pendientes(limite)]
