"""La postulación y sus pasos: cada uno dice quién, cuándo y por qué; un no lleva una persona y un recurso."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

from funciones.dominio.actor import Actor, DenegacionSinPersona, Persona, Recurso, se_ve
from funciones.dominio.estado import (
    DENEGACIONES,
    OCUPAN_CUPO,
    OCUPAN_ESPERA,
    PARTICIPARON,
    SE_RECURREN,
    SIN_AVISO,
    SIN_CONFIRMAR,
    SIN_RUT,
    TRANSICIONES,
    Denegacion,
    Estado,
    Papel,
    es_denegacion,
)
from funciones.dominio.piezas import Abstencion, Adjunto, Correccion, Evaluacion

# Los estados, los actores y las piezas tienen su módulo, y se piden también aquí, junto a lo que los usa.
__all__ = [
    "DENEGACIONES",
    "DIRECCION_RECHAZADA",
    "EN_MANO",
    "OCUPAN_CUPO",
    "OCUPAN_ESPERA",
    "PARTICIPARON",
    "PRESENCIAL",
    "SE_RECURREN",
    "SIN_AVISO",
    "SIN_CONFIRMAR",
    "SIN_CORREO",
    "SIN_RUT",
    "TRANSICIONES",
    "VERSION_INICIAL",
    "Abstencion",
    "Actor",
    "Adjunto",
    "Aviso",
    "Correccion",
    "Denegacion",
    "DenegacionSinPersona",
    "Estado",
    "Evaluacion",
    "MotivoFaltante",
    "Papel",
    "Paso",
    "Persona",
    "Postulacion",
    "Recurso",
    "Transicion",
    "TransicionImposible",
    "como_quedo",
    "confirmar_hasta",
    "denegar",
    "es_denegacion",
    "nacimiento",
    "nacimiento_presencial",
    "transitar",
    "turno_al_confirmar",
    "variacion",
]

# Con qué versión nace toda postulación; cada paso suma uno.
VERSION_INICIAL = 1
# El canal de la que alguien de la oficina ingresa desde un formulario en papel; las demás las envía quien postula.
PRESENCIAL = "presencial"


class TransicionImposible(Exception):
    """No se puede pasar de un estado a otro, o no puede hacerlo quien lo intenta."""

    def __init__(self, de: Estado, a: Estado, papel: Papel) -> None:
        super().__init__(f"no se pasa de {de} a {a} como {papel}")
        self.de, self.a, self.papel = de, a, papel


class MotivoFaltante(Exception):
    """Toda decisión del personal lleva su razón escrita (Ley 19.880, art. 11 y 41)."""


@dataclass(frozen=True, slots=True)
class Postulacion:
    """Una postulación en un instante. `datos` son las respuestas del formulario, ya en su forma canónica.

    `llego` es cuándo se envió; `turno` es el lugar en la fila y existe desde que se confirma el correo.
    """

    folio: str
    convocatoria: str
    estado: Estado
    version: int
    llego: datetime
    huella: str
    huella_rut: str
    datos: Mapping[str, str]
    version_formulario: int
    turno: datetime | None = None
    adjuntos: tuple[Adjunto, ...] = ()
    hallazgos: Mapping[str, str] = field(default_factory=dict)
    notas: Mapping[str, Decimal] = field(default_factory=dict)
    puntaje: Decimal | None = None
    oferta_vence: datetime | None = None
    motivo: str = ""
    canal: str = "en_linea"
    correcciones: tuple[Correccion, ...] = ()
    evaluaciones: tuple[Evaluacion, ...] = ()
    abstenciones: tuple[Abstencion, ...] = ()


@dataclass(frozen=True, slots=True)
class Transicion:
    """Lo que queda escrito de cada cambio: quién, cuándo, por qué, con qué versión de las reglas y qué se vio.

    `acta` es el id y la huella del acta de selección que lo decidió; vacío si no vino de una selección.
    """

    folio: str
    version: int
    de: Estado | None
    a: Estado
    cuando: datetime
    actor: Actor
    motivo: str
    version_regla: str
    hallazgos: Mapping[str, str] = field(default_factory=dict)
    puntaje: Decimal | None = None
    oferta_vence: datetime | None = None
    acta: str = ""


# La referencia de un aviso que ningún servidor de correo quiso llevar, la del que no tiene a dónde ir, y la del que
# no hizo falta mandar: la persona se llevó su comprobante impreso.
DIRECCION_RECHAZADA = "rechazada"
SIN_CORREO = "sin_correo"
EN_MANO = "en_mano"


@dataclass(frozen=True, slots=True)
class Aviso:
    """Un correo por mandar. Su id nace de la transición: repetirla no crea otro aviso."""

    folio: str
    convocatoria: str
    estado: Estado
    version: int
    creado: datetime
    enviado: datetime | None = None
    referencia: str = ""

    @property
    def rechazado(self) -> bool:
        """Si no hay dirección, o no existe: hay que llamar por teléfono o escribir una carta."""
        return self.referencia in {DIRECCION_RECHAZADA, SIN_CORREO}

    @property
    def en_mano(self) -> bool:
        """Si lo recibió impreso en la oficina."""
        return self.referencia == EN_MANO

    @property
    def id(self) -> str:
        """`K7M4PR9X.seleccionada.5`"""
        return f"{self.folio}.{self.estado}.{self.version}"


@dataclass(frozen=True, slots=True)
class Paso:
    """Un cambio de estado listo para guardarse: la postulación antes y después, su registro y su aviso.

    El que deniega lleva además su vía de recurso. Errores, también si se arma a mano: ValueError si el registro cuenta
    otro cambio; TransicionImposible; MotivoFaltante; DenegacionSinPersona si falta la vía, o si nadie responde.
    """

    antes: Postulacion
    despues: Postulacion
    transicion: Transicion
    aviso: Aviso | None
    via: Recurso | None = None

    def __post_init__(self) -> None:
        escrita, papel = self.transicion, self.transicion.actor.papel
        if not self._cuenta_lo_mismo():
            raise ValueError("el registro no cuenta este cambio")
        permitida = papel in TRANSICIONES[self.antes.estado].get(escrita.a, frozenset())
        if not (permitida or self._solo_se_abstiene() or self._entra_por_la_oficina()):
            raise TransicionImposible(self.antes.estado, escrita.a, papel)
        if papel is Papel.PERSONAL and not se_ve(escrita.motivo):
            raise MotivoFaltante
        if es_denegacion(escrita.a) and not (escrita.actor.responde and self.via):
            raise DenegacionSinPersona

    def _entra_por_la_oficina(self) -> bool:
        """La que llegó en papel entra a la fila sin confirmar un correo: la persona estuvo ahí."""
        salida, papel = (self.antes.estado, self.antes.canal), self.transicion.actor.papel
        llega = self.transicion.a in {Estado.RECIBIDA, Estado.RETENIDA}
        return salida == (Estado.POR_CONFIRMAR, PRESENCIAL) and papel is Papel.PERSONAL and llega

    def _solo_se_abstiene(self) -> bool:
        """Declarar un conflicto queda en el registro sin mover la postulación, en cualquier estado y sin correo."""
        antes, despues, actor = self.antes, self.despues, self.transicion.actor
        nueva = despues.abstenciones[len(antes.abstenciones) :]
        return despues.estado is antes.estado and self.aviso is None and [a.evaluador for a in nueva] == [actor.id]

    def _cuenta_lo_mismo(self) -> bool:
        antes, despues, escrita = self.antes, self.despues, self.transicion
        return (
            (antes.folio, antes.convocatoria) == (despues.folio, despues.convocatoria)
            and escrita.folio == antes.folio
            and (escrita.de, escrita.a) == (antes.estado, despues.estado)
            and antes.version + 1 == despues.version == escrita.version
        )


def transitar(
    antes: Postulacion,
    a: Estado,
    actor: Actor,
    ahora: datetime,
    *,
    motivo: str,
    version_regla: str,
    acta: str = "",
    **cambios: object,
) -> Paso:
    """El paso de `antes` al estado `a`.

    `cambios` son otros campos que cambian a la vez (puntaje, turno…); `acta`, la de la selección que lo decidió.
    Errores: TransicionImposible si la tabla no lo permite; MotivoFaltante si el personal no da su razón;
    DenegacionSinPersona si `a` deniega: eso lo hace `denegar`.
    """
    version = antes.version + 1
    escrita = Transicion(antes.folio, version, antes.estado, a, ahora, actor, motivo, version_regla, acta=acta)
    return _paso(antes, escrita, None, cambios)


def denegar(
    antes: Postulacion,
    a: Denegacion,
    persona: Persona,
    ahora: datetime,
    *,
    motivo: str,
    version_regla: str,
    via: Recurso,
    acta: str = "",
    **cambios: object,
) -> Paso:
    """El paso que le dice que no: lo firma una persona y deja abierto un recurso.

    Errores: TransicionImposible si la tabla no lo permite; MotivoFaltante si no da su razón.
    """
    version, actor = antes.version + 1, persona.actor
    escrita = Transicion(antes.folio, version, antes.estado, a, ahora, actor, motivo, version_regla, acta=acta)
    return _paso(antes, escrita, via, cambios)


def _paso(antes: Postulacion, escrita: Transicion, via: Recurso | None, cambios: Mapping[str, object]) -> Paso:
    a, version = escrita.a, escrita.version
    despues = replace(antes, estado=a, version=version, motivo=escrita.motivo, **cambios)  # type: ignore[arg-type]
    vista = replace(escrita, hallazgos=despues.hallazgos, puntaje=despues.puntaje, oferta_vence=despues.oferta_vence)
    aviso = None if a in SIN_AVISO else Aviso(antes.folio, antes.convocatoria, a, version, escrita.cuando)
    return Paso(antes, despues, vista, aviso, via)


def nacimiento(postulacion: Postulacion, actor: Actor, version_regla: str) -> tuple[Transicion, Aviso]:
    """El registro y el aviso de una postulación que entra: nacen con ella, en la misma escritura."""
    if actor.papel is not Papel.POSTULANTE or postulacion.canal == PRESENCIAL:
        raise ValueError("una postulación la envía quien postula")
    transicion = _nacida(postulacion, actor, "Postulación enviada", version_regla)
    aviso = Aviso(
        postulacion.folio, postulacion.convocatoria, postulacion.estado, postulacion.version, postulacion.llego
    )
    return transicion, aviso


def nacimiento_presencial(postulacion: Postulacion, persona: Persona, version_regla: str, motivo: str) -> Transicion:
    """El registro de la que alguien de la oficina ingresa desde un papel: lo firma esa persona, y no lleva aviso.

    Errores: ValueError si no viene por ese canal; MotivoFaltante si no dice cuándo ni cómo se recibió.
    """
    if postulacion.canal != PRESENCIAL:
        raise ValueError("la oficina solo ingresa lo que recibió en papel")
    if not se_ve(motivo):
        raise MotivoFaltante
    return _nacida(postulacion, persona.actor, motivo, version_regla)


def _nacida(postulacion: Postulacion, actor: Actor, motivo: str, version_regla: str) -> Transicion:
    if (postulacion.version, postulacion.estado) != (VERSION_INICIAL, Estado.POR_CONFIRMAR):
        raise ValueError(f"una postulación nace con la versión {VERSION_INICIAL} y por confirmar")
    return Transicion(
        postulacion.folio,
        postulacion.version,
        None,
        postulacion.estado,
        postulacion.llego,
        actor,
        motivo,
        version_regla,
    )


def variacion(pasos: tuple[Paso, ...]) -> tuple[int, int]:
    """Cuánto cambian juntos los asignados y la espera con estos pasos."""
    asignados = sum((p.despues.estado in OCUPAN_CUPO) - (p.antes.estado in OCUPAN_CUPO) for p in pasos)
    espera = sum((p.despues.estado in OCUPAN_ESPERA) - (p.antes.estado in OCUPAN_ESPERA) for p in pasos)
    return asignados, espera


def turno_al_confirmar(llego: datetime, ahora: datetime, gracia: timedelta) -> datetime:
    """El lugar en la fila de quien confirma su correo en `ahora`.

    Dentro de la gracia conserva su hora de llegada; después toma la hora en que confirma, para no ponerse
    delante de llegadas que ya se atendieron.
    """
    return llego if ahora - llego <= gracia else ahora


def confirmar_hasta(llego: datetime, cierre: datetime, gracia: timedelta, vigencia: timedelta) -> datetime:
    """El último instante para confirmar el correo: dentro de la gracia siempre; después, mientras siga abierta."""
    return max(llego + gracia, min(llego + vigencia, cierre))


def como_quedo(postulacion: Postulacion, transicion: Transicion) -> Postulacion:
    """La postulación tal como la dejó esa transición, para contarla sin mezclar lo que pasó después."""
    return replace(
        postulacion,
        estado=transicion.a,
        version=transicion.version,
        motivo=transicion.motivo,
        hallazgos=transicion.hallazgos,
        puntaje=transicion.puntaje,
        oferta_vence=transicion.oferta_vence,
    )
