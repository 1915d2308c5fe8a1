"""Los avisos por contactar que quedaron atrás: después salió otro por lo mismo, y contar el viejo confunde."""

from __future__ import annotations

from funciones.adaptadores.cuaderno import Hoja
from funciones.adaptadores.montaje import montaje

# Los correos que cuentan cómo va una misma cosa: el último dice lo que vale. Los de una actividad que cambió dicen cada
# uno algo distinto, y ninguno reemplaza a otro.
DERECHO, VITRINA = "derecho", "vitrina"


def superados(hojas: tuple[Hoja, ...]) -> frozenset[str]:
    """Las llaves de las que quedaron atrás, entre las anotaciones de una convocatoria."""
    ultimos: dict[str, int] = {}
    for hoja in hojas:
        motivo, numero = _motivo(hoja)
        ultimos[motivo] = max(ultimos.get(motivo, numero), numero, _ultimo_aviso(hoja))
    return frozenset(h.llave for h in hojas for motivo, numero in [_motivo(h)] if numero < ultimos[motivo])


def _motivo(hoja: Hoja) -> tuple[str, int]:
    """De qué le habla a quién, y cuál de los correos sobre eso es: crece con cada uno."""
    folio, *partes = hoja.llave.split(".")
    if "estado" in hoja.cuerpo:
        return folio, int(partes[-1])
    if partes[0] in {DERECHO, VITRINA}:
        return ".".join([folio, *partes[:-1]]), int(partes[-1])
    return hoja.llave, 0


def _ultimo_aviso(hoja: Hoja) -> int:
    """El último de sus estados, también si ese sí llegó por correo."""
    if "estado" not in hoja.cuerpo:
        return 0
    return max((aviso.version for aviso in montaje().almacen.avisos(hoja.cuerpo["folio"])), default=0)
