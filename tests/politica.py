"""La política de contenido de producción, para que ninguna prueba mire el portal con otra."""

from pathlib import Path

from servidor.aplicacion import VALORES_LOCALES
from servidor.plantilla import cabeceras_de_seguridad, leer

PLANTILLA = Path(__file__).parents[1] / "template.yaml"
POLITICA = next(
    cabecera.valor
    for cabecera in cabeceras_de_seguridad(leer(PLANTILLA), VALORES_LOCALES)
    if cabecera.nombre == "Content-Security-Policy"
)
