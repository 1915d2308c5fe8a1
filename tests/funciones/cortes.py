"""Adaptadores de verdad a los que se les puede cortar la luz en la llamada que haga falta."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from funciones.adaptadores.almacen import AlmacenNoResponde
from funciones.adaptadores.correo import CorreoNoResponde
from funciones.adaptadores.deposito import DepositoNoResponde
from funciones.adaptadores.montaje import montaje
from funciones.adaptadores.publicacion import PublicacionNoResponde

NO_RESPONDE: dict[str, type[Exception]] = {
    "almacen": AlmacenNoResponde,
    "deposito": DepositoNoResponde,
    "correo": CorreoNoResponde,
    "publicacion": PublicacionNoResponde,
}


class Corte(BaseException):
    """El proceso murió: nada lo atrapa."""


class Falla(Enum):
    """Qué le pasa a la llamada elegida."""

    MUERE_ANTES = auto()
    MUERE_DESPUES = auto()
    SE_PIERDE_LA_RESPUESTA = auto()


@dataclass
class Cortador:
    """Cuenta las llamadas a los adaptadores y falla una sola vez, en la número `en`."""

    falla: Falla = Falla.MUERE_ANTES
    en: int = 0
    llamadas: int = 0
    _terminado: bool = False

    def instalar(self) -> None:
        """Pone el proceso recién nacido de las funciones bajo este cortador."""
        montaje.cache_clear()
        for nombre in NO_RESPONDE:
            montaje().__dict__[nombre] = _Vigilado(getattr(montaje(), nombre), nombre, self)

    def terminar(self) -> None:
        """Ya no corta ni cuenta: lo que sigue es mirar cómo quedó."""
        self._terminado = True

    def llamar(self, nombre: str, accion: Callable[[], Any]) -> Any:
        """La llamada, o su falla si le toca."""
        if self._terminado:
            return accion()
        self.llamadas += 1
        if self.llamadas != self.en:
            return accion()
        if self.falla is Falla.MUERE_ANTES:
            raise Corte
        hecho = accion()
        if self.falla is Falla.MUERE_DESPUES:
            raise Corte
        del hecho
        raise NO_RESPONDE[nombre]("se perdió la respuesta")


class _Vigilado:
    def __init__(self, adaptador: Any, nombre: str, cortador: Cortador) -> None:
        self._adaptador, self._nombre, self._cortador = adaptador, nombre, cortador

    def __getattr__(self, operacion: str) -> Any:
        valor = getattr(self._adaptador, operacion)
        if not callable(valor):
            return valor
        return lambda *a, **k: self._cortador.llamar(self._nombre, lambda: valor(*a, **k))
