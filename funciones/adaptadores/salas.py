"""La parte del almacén que guarda los enlaces para entrar por internet: nunca van en git ni en el portal."""

from __future__ import annotations

from typing import Protocol

from funciones.adaptadores import registro
from funciones.adaptadores.llavero import Llavero


class Salas(Protocol):
    """Toda operación puede levantar AlmacenNoResponde; repetirla deja lo mismo."""

    def sala(self, convocatoria: str) -> str | None:
        """El enlace de esa convocatoria; None si no se ha guardado."""

    def guardar_sala(self, convocatoria: str, enlace: str) -> None:
        """Guarda o reemplaza el enlace; vacío lo borra."""


def sellar(convocatoria: str, enlace: str, llavero: Llavero) -> str:
    """El enlace cifrado y atado a su convocatoria: copiado a otra, no abre."""
    return registro.sellar({"enlace": enlace}, f"sala#{convocatoria}", llavero)


def abrir(convocatoria: str, sellado: str, llavero: Llavero) -> str:
    """Lo contrario de `sellar`."""
    return registro.abrir(sellado, f"sala#{convocatoria}", llavero)["enlace"]
