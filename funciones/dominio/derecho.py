"""Los derechos sobre los propios datos (Ley 19.628, según la 21.719): qué se pide, hasta cuándo y qué pasó."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from funciones.dominio.actor import Actor, se_ve
from funciones.dominio.plazo import fecha_en_chile, fin_del_dia, presentado_el, vence_en_dias_habiles, vencio
from funciones.dominio.postulacion import MotivoFaltante

# Artículo 11: treinta días corridos, que se alargan una sola vez por otros treinta.
DIAS_CORRIDOS = 30
# Artículo 8 ter: el bloqueo temporal se resuelve en dos días hábiles, y no se alarga.
DIAS_HABILES_BLOQUEO = 2


class Derecho(StrEnum):
    """Lo que se puede pedir sobre los propios datos."""

    ACCESO = "acceso"
    RECTIFICACION = "rectificacion"
    SUPRESION = "supresion"
    OPOSICION = "oposicion"
    PORTABILIDAD = "portabilidad"
    BLOQUEO = "bloqueo"


class Suceso(StrEnum):
    """Lo que puede pasar con un pedido, en orden."""

    PEDIDO = "pedido"
    PRORROGADO = "prorrogado"
    ACOGIDO = "acogido"
    RECHAZADO = "rechazado"


RESUELVEN = frozenset({Suceso.ACOGIDO, Suceso.RECHAZADO})


class ProrrogaImposible(Exception):
    """Ya se alargó una vez, venció, o es un bloqueo."""


class YaResuelto(Exception):
    """Otra persona lo resolvió antes."""


@dataclass(frozen=True, slots=True)
class Hecho:
    """Qué pasó, cuándo, quién lo hizo y por qué."""

    que: Suceso
    cuando: datetime
    actor: Actor
    motivo: str


@dataclass(frozen=True, slots=True)
class Pedido:
    """Un pedido y su historia. `numero` es el lugar entre los de la misma postulación, desde 1."""

    numero: int
    derecho: Derecho
    vence: datetime
    hechos: tuple[Hecho, ...]

    @property
    def cuando(self) -> datetime:
        """El instante en que se pidió."""
        return self.hechos[0].cuando

    @property
    def texto(self) -> str:
        """Lo que escribió quien lo pidió."""
        return self.hechos[0].motivo

    @property
    def resuelto(self) -> Hecho | None:
        """La respuesta, o None si todavía se espera."""
        return self.hechos[-1] if self.hechos[-1].que in RESUELVEN else None

    def puede_prorrogarse(self, ahora: datetime) -> bool:
        """Si todavía se puede alargar su plazo: una vez, antes de que venza, y nunca un bloqueo."""
        alargado = any(hecho.que is Suceso.PRORROGADO for hecho in self.hechos)
        abierto = self.resuelto is None and not vencio(self.vence, ahora)
        return abierto and not alargado and self.derecho is not Derecho.BLOQUEO

    def atrasado(self, ahora: datetime) -> bool:
        """Si el plazo pasó sin respuesta."""
        return self.resuelto is None and vencio(self.vence, ahora)


def pedir(
    numero: int, derecho: Derecho, texto: str, actor: Actor, ahora: datetime, feriados: AbstractSet[date]
) -> Pedido:
    """Un pedido nuevo con su plazo. `feriados` son los de la región que responde."""
    if not se_ve(texto):
        raise MotivoFaltante
    return Pedido(numero, derecho, _vence(derecho, ahora, feriados), (Hecho(Suceso.PEDIDO, ahora, actor, texto),))


def _vence(derecho: Derecho, ahora: datetime, feriados: AbstractSet[date]) -> datetime:
    """El último segundo para responder: los plazos se cuentan desde el día siguiente."""
    if derecho is Derecho.BLOQUEO:
        return vence_en_dias_habiles(presentado_el(ahora, feriados), DIAS_HABILES_BLOQUEO, feriados)
    return fin_del_dia(fecha_en_chile(ahora) + timedelta(days=DIAS_CORRIDOS))


def prorrogar(pedido: Pedido, actor: Actor, ahora: datetime, motivo: str) -> Pedido:
    """Alarga el plazo treinta días, una vez y con su razón. Errores: MotivoFaltante, ProrrogaImposible, YaResuelto."""
    _exigir(pedido, motivo)
    if not pedido.puede_prorrogarse(ahora):
        raise ProrrogaImposible
    vence = fin_del_dia(fecha_en_chile(pedido.vence) + timedelta(days=DIAS_CORRIDOS))
    return replace(_con(pedido, Suceso.PRORROGADO, actor, ahora, motivo), vence=vence)


def resolver(pedido: Pedido, que: Suceso, actor: Actor, ahora: datetime, motivo: str) -> Pedido:
    """La respuesta de una persona, con su razón; también fuera de plazo. Errores: MotivoFaltante, YaResuelto."""
    if que not in RESUELVEN:
        raise ValueError(f"«{que}» no resuelve")
    _exigir(pedido, motivo)
    return _con(pedido, que, actor, ahora, motivo)


def _exigir(pedido: Pedido, motivo: str) -> None:
    if pedido.resuelto is not None:
        raise YaResuelto
    if not se_ve(motivo):
        raise MotivoFaltante


def _con(pedido: Pedido, que: Suceso, actor: Actor, ahora: datetime, motivo: str) -> Pedido:
    return replace(pedido, hechos=(*pedido.hechos, Hecho(que, ahora, actor, motivo)))
