"""La publicación embebida: los archivos de la carpeta de datos, que un editor revisa y guarda en el repositorio."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from funciones.adaptadores.disco import escribir_entero, escribir_si_falta
from funciones.adaptadores.publicacion import RUTA, PublicacionNoResponde, YaPublicado, combinar, revisar_ruta
from funciones.adaptadores.publicacion_csv import anexar, filas_de

# Es un dato público que leen otros programas, no un secreto.
_MODO = 0o644


class PublicacionCarpeta:
    """Cumple el Protocol Publicacion sobre la carpeta `datos`."""

    def __init__(self, datos: Path) -> None:
        self._datos = datos

    def publicar(self, filas: Sequence[Mapping[str, str]], indicador: str, anio: int) -> str:
        return self._reescribir(RUTA, lambda actual: combinar(actual, filas, indicador, anio))

    def anexar(self, tabla: str, filas: Sequence[Mapping[str, str]], clave: Sequence[str]) -> str:
        if not filas:
            return str(self._archivo(tabla))
        return self._reescribir(tabla, lambda actual: anexar(actual, filas, clave))

    def leer(self, tabla: str) -> tuple[dict[str, str], ...]:
        archivo = self._archivo(tabla)
        with _fallas_del_disco():
            return filas_de(archivo.read_bytes() if archivo.exists() else None)

    def guardar(self, ruta: str, contenido: bytes) -> str:
        archivo = self._archivo(ruta)
        with _fallas_del_disco():
            archivo.parent.mkdir(parents=True, exist_ok=True)
            if not escribir_si_falta(archivo, contenido, _MODO) and archivo.read_bytes() != contenido:
                raise YaPublicado(ruta)
        return str(archivo)

    def _reescribir(self, ruta: str, cambiar: Callable[[bytes | None], bytes]) -> str:
        archivo = self._archivo(ruta)
        with _fallas_del_disco():
            archivo.parent.mkdir(parents=True, exist_ok=True)
            with _turno(archivo.parent):
                actual = archivo.read_bytes() if archivo.exists() else None
                nuevo = cambiar(actual)
                if nuevo != actual:
                    escribir_entero(archivo, nuevo, _MODO)
        return str(archivo)

    def _archivo(self, ruta: str) -> Path:
        return self._datos / revisar_ruta(ruta)


@contextmanager
def _fallas_del_disco() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PublicacionNoResponde(errno.errorcode.get(error.errno or 0, type(error).__name__)) from None


@contextmanager
def _turno(carpeta: Path) -> Iterator[None]:
    # El candado es la carpeta misma: no deja un archivo de más entre los datos, y se suelta solo si el proceso muere.
    descriptor = os.open(carpeta, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
