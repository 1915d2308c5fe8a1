"""Un evento con su sede, su programa, su convocatoria y las empresas que van."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from funciones.dominio.plazo import fecha_en_chile
from generador.ficha_convocatoria import MODALIDADES, TIPOS, FichaConvocatoria
from generador.ficha_de_fila import FichaDeFila

if TYPE_CHECKING:
    pass

SITUACIONES_EVENTO = {
    "programado": ("Programado", "abierta"),
    "pospuesto": ("Pospuesto", "espera"),
    "trasladado": ("Cambió de lugar", "evaluacion"),
    "cancelado": ("Cancelado", "no"),
}


@dataclass(frozen=True)
class FichaEvento(FichaDeFila):
    """Un evento con su sede, su programa, su convocatoria y las empresas que van."""

    ruta = property(lambda self: f"/eventos/{self.fila['id']}/")
    ruta_catalogo = property(lambda self: f"/catalogo/eventos/{self.fila['id']}/")
    clase = property(lambda self: f"c{self.fila['componente']}")
    tipo = property(lambda self: TIPOS[self.fila["tipo_actividad"]])
    modalidad_palabra = property(lambda self: MODALIDADES[self.fila["modalidad"]])
    situacion_palabra = property(lambda self: self._situacion[0])
    situacion_clase = property(lambda self: self._situacion[1])
    sede_ficha = property(lambda self: self.fichas.sedes.get(self.fila["sede"]))
    programa = property(lambda self: self.fichas.programa(self.fila["id"]))
    empresas = property(lambda self: self.fichas.participantes.get(self.fila["id"], []))

    @property
    def convocatorias(self) -> list[FichaConvocatoria]:
        return [c for c in self.fichas.convocatorias if c.fila["evento"] == self.fila["id"]]

    @property
    def _situacion(self) -> tuple[str, str]:
        """Lo que dice la fila; si ya pasó y no se pospuso ni canceló, que se realizó."""
        if self.terminado and self.fila["situacion"] in {"programado", "trasladado"}:
            return "Realizado", "cerrada"
        return SITUACIONES_EVENTO[self.fila["situacion"]]

    @property
    def un_dia(self) -> bool:
        return fecha_en_chile(self.fila["inicio"]) == fecha_en_chile(self.fila["termino"])

    @property
    def terminado(self) -> bool:
        return bool(self.fila["termino"] < self.fichas.ahora)
