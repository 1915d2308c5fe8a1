"""Repite en segundo plano lo que en la nube hacen la cola de avisos y el reloj."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from servidor.ejecucion import registrar_falla
from servidor.evento import evento_de_cola, evento_de_reloj

Invocar = Callable[[dict[str, Any]], Any]
LOTE = 10
ESPERA_MAXIMA = 60.0


class Lazo(threading.Thread):
    """Una tarea que se repite hasta que se apaga el servidor; si falla, lo dice y sigue."""

    def __init__(self, nombre: str, cada: float, tarea: Callable[[], None]) -> None:
        super().__init__(name=nombre, daemon=True)
        self._cada, self._tarea = cada, tarea
        self._apagar = threading.Event()
        self._ultima_falla = ""

    def run(self) -> None:
        while not self._apagar.is_set():
            self.una_vez()
            self._apagar.wait(self._cada)

    def una_vez(self) -> None:
        try:
            self._tarea()
            self._ultima_falla = ""
        except Exception as error:
            # La misma falla cada segundo llenaría la pantalla: se dice una vez.
            if type(error).__name__ != self._ultima_falla:
                registrar_falla(self.name, error)
            self._ultima_falla = type(error).__name__

    def detener(self) -> None:
        self._apagar.set()


@dataclass
class RepartoDeAvisos:
    """Entrega avisos al notificador como SQS: en lotes, y lo que falla vuelve cada vez más tarde."""

    pendientes: Callable[[int], Iterable[str]]
    notificar: Invocar
    ahora: Callable[[], datetime]
    reloj: Callable[[], float] = time.monotonic
    _intentos: dict[str, int] = field(default_factory=dict)
    _no_antes: dict[str, float] = field(default_factory=dict)

    def una_vuelta(self) -> None:
        """Lee lo pendiente, entrega un lote y recuerda lo que falló."""
        # Se piden además tantos como esperan turno: si no, los que fallan taparían a los nuevos.
        avisos = list(self.pendientes(LOTE + len(self._no_antes)))
        self._olvidar(set(avisos))
        listos = [a for a in avisos if self._no_antes.get(a, 0.0) <= self.reloj()][:LOTE]
        if not listos:
            return
        evento = evento_de_cola([(a, self._intentos.get(a, 0)) for a in listos], self.ahora())
        try:
            fallados = self._fallados(evento, self.notificar(evento))
        except Exception:
            self._demorar(listos)
            raise
        self._demorar([a for a, r in zip(listos, evento["Records"], strict=True) if r["messageId"] in fallados])

    def _fallados(self, evento: dict[str, Any], devuelto: Any) -> set[str]:
        fallas = devuelto.get("batchItemFailures", []) if isinstance(devuelto, dict) else []
        return {falla["itemIdentifier"] for falla in fallas}

    def _demorar(self, avisos: list[str]) -> None:
        for aviso in avisos:
            intentos = self._intentos[aviso] = self._intentos.get(aviso, 0) + 1
            self._no_antes[aviso] = self.reloj() + min(ESPERA_MAXIMA, 2.0**intentos)

    def _olvidar(self, vigentes: set[str]) -> None:
        for memoria in (self._intentos, self._no_antes):
            for aviso in memoria.keys() - vigentes:
                del memoria[aviso]  # type: ignore[attr-defined]


def auditoria(auditar: Invocar, ahora: Callable[[], datetime]) -> Callable[[], None]:
    """La tarea que una vez por día avisa al auditor que llegó la hora; si falla, se repite a la vuelta siguiente."""
    hechas: set[date] = set()

    def tarea() -> None:
        hoy = ahora().date()
        if hoy not in hechas:
            auditar(evento_de_reloj("auditar", ahora()))
            hechas.add(hoy)

    return tarea


def barrido(barrer: Invocar, ahora: Callable[[], datetime]) -> Callable[[], None]:
    """La tarea que cada minuto avisa al barrendero que llegó la hora."""

    def tarea() -> None:
        barrer(evento_de_reloj("barrer", ahora()))

    return tarea


def difusion(difundir: Invocar, ahora: Callable[[], datetime]) -> Callable[[], None]:
    """La tarea que avisa a quien difunde que llegó la hora."""

    def tarea() -> None:
        difundir(evento_de_reloj("difundir", ahora()))

    return tarea


def exposicion(exponer: Invocar, ahora: Callable[[], datetime]) -> Callable[[], None]:
    """La tarea que pone al día las fichas del catálogo que se publican."""

    def tarea() -> None:
        exponer(evento_de_reloj("exponer", ahora()))

    return tarea
