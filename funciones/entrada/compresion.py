"""Comprime lo que contestan las puertas: donde nada se guarda, la red que las sirve tampoco comprime por ellas.

Una respuesta comprimida deja adivinar por su tamaño un secreto que vaya junto a algo escrito por otro. Aquí no pasa: a
las páginas con datos se llega con una galleta `SameSite` o un código en el cuerpo, que otro sitio no puede mandar.
"""

import base64
import gzip
from typing import Any

# Menos que esto cabe en el primer paquete: comprimirlo no llega antes.
MINIMO = 1_000
NIVEL = 6


def comprimida(salida: dict[str, Any], aceptadas: str) -> dict[str, Any]:
    """La misma respuesta, comprimida si quien la pide lo acepta (cabecera `accept-encoding`) y vale la pena."""
    crudo = str(salida.get("body") or "").encode()
    if salida.get("isBase64Encoded") or len(crudo) < MINIMO or not _acepta_gzip(aceptadas):
        return salida
    cuerpo = gzip.compress(crudo, NIVEL, mtime=0)
    cabeceras = {**salida["headers"], "content-encoding": "gzip", "vary": "accept-encoding"}
    return {**salida, "headers": cabeceras, "body": base64.b64encode(cuerpo).decode("ascii"), "isBase64Encoded": True}


def _acepta_gzip(aceptadas: str) -> bool:
    """`gzip, br` sí; `gzip;q=0` es un no."""
    formas = (f"{forma};q=1".replace(" ", "").lower().split(";q=")[:2] for forma in aceptadas.split(","))
    return any(nombre == "gzip" and peso.strip("0.") != "" for nombre, peso in formas)
