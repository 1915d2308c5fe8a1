"""El depósito de documentos: lo que responden por igual una carpeta y S3."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

LARGO_INICIO = 16
LARGO_LLAVE = 512
_LLAVE = re.compile(r"[a-z0-9/_.-]+")


class DepositoNoResponde(Exception):
    """El depósito está caído, lleno o sin permiso: se puede reintentar."""


class LlaveImposible(ValueError):
    """La llave no la pudo escribir este programa: sale de su carpeta o usa otros caracteres."""


class ObjetoAusente(Exception):
    """No hay nada bajo esa llave."""


class ObjetoCambiado(Exception):
    """Lo que hay bajo esa llave ya no es la versión que se revisó."""


@dataclass(frozen=True, slots=True)
class Permiso:
    """Lo que necesita un formulario para subir un archivo por sí mismo: a qué dirección y con qué campos."""

    url: str
    campos: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Objeto:
    """Un archivo tal como está guardado. `inicio` son sus primeros 16 bytes; `huella`, su SHA-256 en hexadecimal.

    `version` fija lo revisado: quien copia la entrega y, si el archivo cambió mientras tanto, no se copia.
    """

    llave: str
    tamano: int
    tipo: str
    inicio: bytes
    huella: str
    version: str


class Deposito(Protocol):
    """Toda operación puede levantar DepositoNoResponde, y LlaveImposible si la llave no es de las nuestras."""

    def permiso(self, llave: str, tipo: str, tamano_maximo: int, vence: datetime, retorno: str | None) -> Permiso:
        """El permiso para subir un archivo de ese tipo, de hasta `tamano_maximo` bytes, bajo esa llave y ninguna otra.

        `retorno` es la dirección a la que vuelve el navegador; None si lo sube JavaScript. Con retorno se admite el
        vacío: lo explica la página a la que vuelve, y no el depósito con su error.
        """

    def examinar(self, llave: str) -> Objeto | None:
        """Lo que hay bajo la llave, leído entero una vez; None si no hay nada."""

    def antivirus(self, llave: str) -> str | None:
        """Lo que dejó dicho el antivirus de lo que está bajo la llave; None si aún no lo mira. Error: ObjetoAusente."""

    def leer(self, llave: str) -> bytes:
        """El contenido. Error: ObjetoAusente."""

    def copiar(self, de: str, a: str, version: str | None = None) -> None:
        """Copia con su tipo. Errores: ObjetoAusente; ObjetoCambiado si ya no es esa `version`."""

    def enlace(self, llave: str, vence: datetime, nombre: str) -> str:
        """La dirección, válida hasta `vence`, para bajar el archivo como adjunto con ese nombre."""

    def escribir(self, llave: str, datos: bytes, tipo: str) -> bool:
        """Escribe solo si no hay nada bajo esa llave; si dos llegan a la vez queda uno. Devuelve si fue este.

        Con una respuesta perdida puede decir que no habiendo sido este: quien llama lo sabe leyendo lo que quedó.
        """

    def reemplazar(self, llave: str, datos: bytes, tipo: str) -> None:
        """Escribe aunque ya haya algo: quien lee ve lo anterior o lo nuevo, entero."""

    def borrar(self, llave: str) -> None:
        """Lo borra con todas sus versiones; no pasa nada si no estaba."""

    def caducar(self, prefijo: str, antes_de: datetime) -> int:
        """Borra lo que se dejó bajo ese prefijo antes de esa hora; cuántos. S3 lo hace solo, por su plantilla."""

    def listar(self, prefijo: str) -> tuple[str, ...]:
        """Las llaves que empiezan con el prefijo, en orden."""


def revisar_llave(llave: str) -> str:
    """La misma llave si es de las que escribe este programa. Error: LlaveImposible."""
    tramos = llave.split("/")
    if (
        not _LLAVE.fullmatch(llave)
        or len(llave) > LARGO_LLAVE
        or ".." in llave
        or any(not tramo or tramo.startswith(".") for tramo in tramos)
    ):
        raise LlaveImposible("la llave tiene tramos vacíos, sube de carpeta o usa otros caracteres")
    return llave
