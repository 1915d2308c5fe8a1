"""Los resultados publicados de una convocatoria: cada acta con sus listas y su corte, y por qué otras no quedaron."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from funciones.dominio import folio
from funciones.dominio.resultado import OTROS, SIN_RESPUESTA
from funciones.seleccionar import MOTIVO_EN_PALABRAS
from generador.paquetes import Fila

if TYPE_CHECKING:
    from generador.ficha_convocatoria import FichaConvocatoria

FRASES = {
    **{str(motivo): texto for motivo, texto in MOTIVO_EN_PALABRAS.items()},
    SIN_RESPUESTA: "No respondió lo que se le pidió corregir",
    OTROS: "Otros motivos de la revisión, juntos",
}


@dataclass(frozen=True)
class Puesto:
    """Una postulación de una lista, tal como se publica."""

    fila: Fila
    reserva: str

    @property
    def folio(self) -> str:
        """`K7M4 PR9X`"""
        return folio.mostrar(self.fila["folio"])


@dataclass(frozen=True)
class ActaPublicada:
    """Una selección ejecutada. Las listas van en el orden en que quedaron."""

    fila: Fila
    seleccionadas: list[Puesto]
    espera: list[Puesto]

    @property
    def cuando(self) -> datetime:
        return datetime.fromisoformat(self.fila["fecha"])

    @property
    def archivo(self) -> str:
        """Dónde se descarga el acta pública."""
        return f"/datos/transparencia/actas/{self.fila['acta']}.json"

    @property
    def corte(self) -> Decimal | None:
        """La nota de la última que entró sin cupo asegurado; None si no se eligió con nota."""
        notas = [p.fila["puntaje"] for p in self.seleccionadas if not p.reserva and p.fila["puntaje"] is not None]
        return min(notas, default=None)

    @property
    def empatadas(self) -> frozenset[str]:
        """Los folios con la nota del corte, si el empate dejó a unas con cupo y a otras en espera."""
        en_el_corte = [
            [p.fila["folio"] for p in lista if p.fila["puntaje"] == self.corte and not p.reserva]
            for lista in (self.seleccionadas, self.espera)
        ]
        return frozenset().union(*en_el_corte) if self.corte is not None and all(en_el_corte) else frozenset()

    @property
    def ultima_llegada(self) -> int | None:
        """En qué lugar llegó la última que entró; None si nadie entró."""
        return max((p.fila["llegada"] for p in self.seleccionadas), default=None)


@dataclass(frozen=True)
class Resultados:
    """Todo lo publicado de una convocatoria, de la primera acta a la última."""

    c: FichaConvocatoria

    @cached_property
    def actas(self) -> list[ActaPublicada]:
        filas = sorted(self._propias("actas"), key=lambda a: a["numero"])
        return [ActaPublicada(a, self._lista(a, "seleccionada"), self._lista(a, "lista_de_espera")) for a in filas]

    @cached_property
    def motivos(self) -> list[tuple[str, int]]:
        """Cada motivo en palabras y cuántas no quedaron por él, solo los que se pueden mostrar."""
        reglas = {regla: f"No cumplió: {textos['titulo'].lower()}" for regla, textos in self.c.reglas.items()}
        return [(_frase(m, reglas), m["cuantas"]) for m in self._propias("motivos") if m["cuantas"]]

    @property
    def seleccionadas(self) -> int:
        return sum(len(a.seleccionadas) for a in self.actas)

    @property
    def espera(self) -> int:
        return sum(len(a.espera) for a in self.actas)

    def _propias(self, tabla: str) -> list[Fila]:
        return [f for f in self.c.fichas.datos["transparencia"][tabla] if f["convocatoria"] == self.c.fila["id"]]

    def _lista(self, acta: Fila, resultado: str) -> list[Puesto]:
        titulos = {r.reserva: r.titulo for r in self.c.dominio.reservas}
        suyas = [f for f in self._propias("resultados") if (f["acta"], f["resultado"]) == (acta["acta"], resultado)]
        puestos = sorted(suyas, key=lambda f: f["orden"])
        return [Puesto(f, titulos.get(f["reserva"], f["reserva"] or "")) for f in puestos]


def _frase(motivo: Fila, reglas: Mapping[str, str]) -> str:
    codigo = motivo["motivo"]
    return FRASES.get(codigo) or reglas.get(codigo, codigo)
