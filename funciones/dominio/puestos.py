"""Los puestos libres y cuántos de ellos están asegurados a un grupo: quién puede tomar uno, y cuál."""

from __future__ import annotations

from collections.abc import Iterable

from funciones.dominio.candidata import Candidata, Condiciones

# El nombre de un puesto que no es de ninguna reserva.
GENERAL = ""


class Puestos:
    """Se reparten de a uno. Cada quien ocupa un solo puesto: el primero reservado que le toque o, si no, uno general.

    Una reserva es un mínimo: quienes ya están dentro cuentan para ella. Lo que falte se guarda aunque haya quien lo
    quiera, y se reparte a cualquiera solo después de `soltar`.
    """

    def __init__(self, condiciones: Condiciones, libres: int, dentro: Iterable[Candidata]) -> None:
        self._libres, self._guardados = max(libres, 0), dict(condiciones.reservas)
        for candidata in sorted(dentro, key=lambda c: c.llegada):
            if (reserva := self._le_toca(candidata)) is not None:
                self._guardados[reserva] -= 1
        por_guardar = self._libres
        for reserva, faltan in self._guardados.items():
            # Con menos puestos que reservas, se aseguran las que se declararon antes.
            self._guardados[reserva] = min(faltan, por_guardar)
            por_guardar -= self._guardados[reserva]

    @property
    def libres(self) -> int:
        """Puestos que nadie ha tomado, asegurados o no."""
        return self._libres

    @property
    def guardados(self) -> dict[str, int]:
        """Los puestos que cada reserva todavía asegura, si le queda alguno."""
        return {reserva: cuantos for reserva, cuantos in self._guardados.items() if cuantos}

    def tomar(self, candidata: Candidata) -> str | None:
        """La reserva del puesto que toma, GENERAL si no es de ninguna, o None si no hay puesto para ella."""
        reserva = self._le_toca(candidata)
        if reserva is not None:
            self._guardados[reserva] -= 1
        elif self._libres == sum(self._guardados.values()):
            return None
        self._libres -= 1
        return GENERAL if reserva is None else reserva

    def descontar(self, cuantos: int) -> None:
        """Quita puestos generales, hasta que no quede ninguno."""
        self._libres -= min(max(cuantos, 0), self._libres - sum(self._guardados.values()))

    def soltar(self) -> None:
        """Lo asegurado que nadie tomó pasa a ser de cualquiera."""
        self._guardados = dict.fromkeys(self._guardados, 0)

    def _le_toca(self, candidata: Candidata) -> str | None:
        return next((r for r, quedan in self._guardados.items() if quedan and r in candidata.reservas), None)
