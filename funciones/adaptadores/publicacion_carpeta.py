"""La publicación embebida: el CSV de la carpeta de datos, que un editor revisa y guarda en el repositorio."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from funciones.adaptadores.disco import escribir_entero
from funciones.adaptadores.publicacion import RUTA, PublicacionNoResponde, combinar

# Es un dato público que leen otros programas, no un secreto.
_MODO = 0o644


class PublicacionCarpeta:
    """Cumple el Protocol Publicacion sobre `datos/indicadores/mediciones.csv`."""

    def __init__(self, datos: Path) -> None:
        self._archivo = datos / RUTA

    def publicar(self, filas: Sequence[Mapping[str, str]], indicador: str, anio: int) -> str:
        try:
            self._archivo.parent.mkdir(parents=True, exist_ok=True)
            with _turno(self._archivo.parent):
                actual = self._archivo.read_bytes() if self._archivo.exists() else None
                nuevo = combinar(actual, filas, indicador, anio)
                if nuevo != actual:
                    escribir_entero(self._archivo, nuevo, _MODO)
        except OSError as error:
            raise PublicacionNoResponde(errno.errorcode.get(error.errno or 0, type(error).__name__)) from None
        return str(self._archivo)


@contextmanager
def _turno(carpeta: Path) -> Iterator[None]:
    # El candado es la carpeta misma: no deja un archivo de más entre los datos, y se suelta solo si el proceso muere.
    descriptor = os.open(carpeta, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
