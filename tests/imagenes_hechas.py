"""Las imágenes que ya se dibujaron en otra prueba: van por huella, y hacerlas de nuevo costaría segundos cada vez."""

import os
from contextlib import suppress
from pathlib import Path

HECHAS = Path(__file__).resolve().parents[1] / ".obra" / "imagenes-de-prueba"
CLASES = ("fotos", "laminas")


def traer(obra: Path) -> None:
    """Deja en la obra las que ya existen."""
    for clase in CLASES:
        _pasar(HECHAS / clase, obra / clase)


def guardar(obra: Path) -> None:
    """Guarda las de esta obra para la próxima prueba."""
    for clase in CLASES:
        _pasar(obra / clase, HECHAS / clase)


def _pasar(origen: Path, destino: Path) -> None:
    destino.mkdir(parents=True, exist_ok=True)
    for imagen in origen.glob("*.*"):
        with suppress(OSError):
            os.link(imagen, destino / imagen.name)
