"""El correo embebido: cada mensaje queda en una carpeta Maildir, que abre cualquier lector; nada sale a la red."""

from __future__ import annotations

import errno
import mailbox
from email.utils import localtime
from pathlib import Path

from funciones.adaptadores.correo import CorreoNoResponde, Mensaje, escribir, remitente
from funciones.adaptadores.disco import carpeta_privada


class CorreoMaildir:
    """Cumple el Protocol Correo; la referencia es la clave del mensaje en la carpeta."""

    def __init__(self, carpeta: Path, desde: str = "portal@localhost") -> None:
        self._carpeta, self._desde = carpeta, remitente(desde)

    def enviar(self, mensaje: Mensaje) -> str:
        escrito = escribir(mensaje, self._desde)
        escrito["Date"] = localtime()
        try:
            carpeta_privada(self._carpeta.parent)
            # No las crea Maildir: dos que escriben el primer correo a la vez se estorban.
            for carpeta in (self._carpeta, *(self._carpeta / parte for parte in ("tmp", "new", "cur"))):
                carpeta.mkdir(mode=0o700, exist_ok=True)
            buzon = mailbox.Maildir(self._carpeta, factory=None, create=False)
            return buzon.add(escrito.as_bytes(policy=escrito.policy.clone(linesep="\n")))
        except (OSError, mailbox.Error) as error:
            codigo = getattr(error, "errno", None) or 0
            raise CorreoNoResponde(errno.errorcode.get(codigo, type(error).__name__)) from None
