"""Lo que hay para contar de las convocatorias: que una se publicó, o que una ya publicada cambió en algo importante."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from funciones.dominio.convocatoria import Convocatoria, Situacion
from funciones.dominio.plazo import fin_del_dia, inicio_del_dia, vencio

# Cuánto después de terminada la actividad se olvida qué se contó de ella.
DIAS_DE_MEMORIA = 90


@dataclass(frozen=True, slots=True)
class Enmienda:
    """Un cambio de una regla ya publicada, como lo escribió el editor. `mayor`: el que se avisa."""

    numero: int
    fecha: date
    campo: str
    antes: str
    despues: str
    motivo: str
    mayor: bool


@dataclass(frozen=True, slots=True)
class Publicada:
    """Una convocatoria con sus enmiendas."""

    convocatoria: Convocatoria
    enmiendas: tuple[Enmienda, ...] = ()

    def cambios(self, ahora: datetime) -> tuple[Enmienda, ...]:
        """Los importantes que ya rigen, en su orden."""
        return tuple(e for e in self.enmiendas if e.mayor and inicio_del_dia(e.fecha) <= ahora)

    def id_de(self, enmienda: Enmienda) -> str:
        """Con qué nombre se recuerda que se contó."""
        return f"{self.convocatoria.id}.{enmienda.numero}"

    def salio(self, ahora: datetime) -> bool:
        """Si ya llegó su día de publicación."""
        return inicio_del_dia(self.convocatoria.publicacion) <= ahora

    def termino(self, ahora: datetime) -> bool:
        """Si ya pasó el último día de la actividad."""
        return vencio(fin_del_dia(self.convocatoria.actividad_termino), ahora)

    def se_puede_olvidar(self, ahora: datetime) -> bool:
        """Si terminó hace tanto que ya no hay nada que contar de ella."""
        return self.termino(ahora - timedelta(days=DIAS_DE_MEMORIA))

    def ids(self, ahora: datetime) -> frozenset[str]:
        """Todo lo que de ella ya se puede haber leído en el portal."""
        if not self.salio(ahora):
            return frozenset()
        return frozenset({self.convocatoria.id, *map(self.id_de, self.cambios(ahora))})


@dataclass(frozen=True, slots=True)
class Noticia:
    """Lo que un correo cuenta de una convocatoria: que es nueva, o sus cambios. `ids`: lo que deja contado."""

    publicada: Publicada
    cambios: tuple[Enmienda, ...]
    ids: frozenset[str]

    @property
    def es_nueva(self) -> bool:
        """Si se cuenta entera, y no solo lo que cambió."""
        return not self.cambios


def regiones_de(convocatoria: Convocatoria) -> frozenset[str]:
    """A qué regiones les interesa: la que organiza y las que admite. Vacío, a todas: admite a todo el país."""
    # Las dos primeras cifras de una comuna son su región.
    de_comunas = {comuna[:2] for comuna in convocatoria.comunas_admitidas}
    admitidas = set(convocatoria.regiones_admitidas) or de_comunas
    return frozenset({convocatoria.region, *admitidas}) if admitidas else frozenset()


def noticias(publicadas: Iterable[Publicada], contadas: frozenset[str], ahora: datetime) -> tuple[Noticia, ...]:
    """Lo que falta contar, primero lo que cierra antes. De lo que ya no sirve no se cuenta nada.

    Una convocatoria nueva que hoy no recibe postulaciones ni las va a recibir espera: si vuelve, se cuenta entonces.
    """
    ordenadas = sorted(publicadas, key=lambda p: (p.convocatoria.cierre, p.convocatoria.id))
    halladas = (_noticia(p, contadas, ahora) for p in ordenadas if p.salio(ahora) and not p.termino(ahora))
    return tuple(noticia for noticia in halladas if noticia is not None)


def _noticia(publicada: Publicada, contadas: frozenset[str], ahora: datetime) -> Noticia | None:
    convocatoria = publicada.convocatoria
    if convocatoria.id not in contadas:
        sirve = convocatoria.situacion is Situacion.VIGENTE and ahora < convocatoria.cierre
        # Se cuenta como está hoy: sus cambios ya van dentro.
        return Noticia(publicada, (), publicada.ids(ahora)) if sirve else None
    cambios = tuple(e for e in publicada.cambios(ahora) if publicada.id_de(e) not in contadas)
    return Noticia(publicada, cambios, frozenset(map(publicada.id_de, cambios))) if cambios else None
