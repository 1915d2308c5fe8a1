"""El intervalo de Wilson: entre qué valores está el por ciento de todas cuando solo respondió una parte.

Fuente: E. B. Wilson, «Probable inference, the law of succession, and statistical inference», 1927. Se usa este y no el
de la aproximación normal, que con pocas respuestas o por cientos extremos se sale de 0 a 100.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext

# El cuantil 97,5 de la normal: un intervalo de 95 %.
Z_95 = Decimal("1.959963984540054")
_CENTESIMA = Decimal("0.01")


def wilson(exitos: int, total: int) -> tuple[Decimal, Decimal]:
    """Los dos bordes, en por ciento a dos decimales, redondeados hacia afuera: el intervalo nunca se achica.

    Error: ValueError si no hay nadie o si los éxitos no caben en el total.
    """
    if not 0 <= exitos <= total or total == 0:
        raise ValueError(f"{exitos} de {total} no es una proporción")
    with localcontext(prec=40):
        proporcion, z2 = Decimal(exitos) / total, Z_95 * Z_95
        centro = proporcion + z2 / (2 * total)
        mitad = Z_95 * (proporcion * (1 - proporcion) / total + z2 / (4 * total * total)).sqrt()
        divisor = 1 + z2 / total
        desde, hasta = (centro - mitad) * 100 / divisor, (centro + mitad) * 100 / divisor
        # Con ninguno o con todos el borde es exacto; la raíz lo deja a una cuarentava cifra de distancia.
        desde = Decimal(0) if exitos == 0 else desde
        hasta = Decimal(100) if exitos == total else hasta
        return desde.quantize(_CENTESIMA, ROUND_FLOOR), hasta.quantize(_CENTESIMA, ROUND_CEILING)
