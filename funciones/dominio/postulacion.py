"""La postulación y su vida: una sola tabla dice qué estados hay, a cuáles se pasa desde cada uno y quién puede."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum


class Estado(StrEnum):
    """El nombre del estado es también el de su plantilla de correo, el de la tabla y el de la dirección."""

    POR_CONFIRMAR = "por_confirmar"
    CADUCADA = "caducada"
    RETENIDA = "retenida"
    RECIBIDA = "recibida"
    EN_CORRECCION = "en_correccion"
    DESISTIDA = "desistida"
    ADMISIBLE = "admisible"
    NO_ADMISIBLE = "no_admisible"
    EVALUADA = "evaluada"
    SELECCIONADA = "seleccionada"
    LISTA_DE_ESPERA = "lista_de_espera"
    NO_SELECCIONADA = "no_seleccionada"
    OFRECIDA = "ofrecida"
    CONFIRMADA = "confirmada"
    DECLINADA = "declinada"
    OFERTA_VENCIDA = "oferta_vencida"
    RETIRADA = "retirada"
    PARTICIPO = "participo"
    NO_ASISTIO = "no_asistio"
    EGRESADA = "egresada"


class Papel(StrEnum):
    """Quién mueve una postulación."""

    POSTULANTE = "postulante"
    PERSONAL = "personal"
    SISTEMA = "sistema"


_POSTULANTE = frozenset({Papel.POSTULANTE})
_PERSONAL = frozenset({Papel.PERSONAL})
_SISTEMA = frozenset({Papel.SISTEMA})
_RETIRO = {Estado.RETIRADA: _POSTULANTE}

# La tabla. Toda denegación (no_admisible, no_seleccionada) es del personal: Ley 19.628, art. 8 bis.
TRANSICIONES: Mapping[Estado, Mapping[Estado, frozenset[Papel]]] = {
    Estado.POR_CONFIRMAR: {
        Estado.RECIBIDA: _POSTULANTE,
        Estado.RETENIDA: _POSTULANTE,
        Estado.CADUCADA: _SISTEMA,
    },
    Estado.CADUCADA: {},
    Estado.RETENIDA: {Estado.RECIBIDA: _PERSONAL, Estado.NO_ADMISIBLE: _PERSONAL, **_RETIRO},
    Estado.RECIBIDA: {
        Estado.ADMISIBLE: _PERSONAL,
        Estado.NO_ADMISIBLE: _PERSONAL,
        Estado.EN_CORRECCION: _PERSONAL,
        **_RETIRO,
    },
    Estado.EN_CORRECCION: {
        Estado.RECIBIDA: _POSTULANTE | _PERSONAL,
        Estado.DESISTIDA: _SISTEMA | _PERSONAL,
        **_RETIRO,
    },
    Estado.DESISTIDA: {Estado.RECIBIDA: _PERSONAL},
    Estado.ADMISIBLE: {
        Estado.EVALUADA: _PERSONAL,
        Estado.NO_ADMISIBLE: _PERSONAL,
        Estado.SELECCIONADA: _PERSONAL,
        Estado.LISTA_DE_ESPERA: _PERSONAL,
        Estado.NO_SELECCIONADA: _PERSONAL,
        **_RETIRO,
    },
    Estado.NO_ADMISIBLE: {Estado.RECIBIDA: _PERSONAL},
    Estado.EVALUADA: {
        Estado.EVALUADA: _PERSONAL,
        Estado.NO_ADMISIBLE: _PERSONAL,
        Estado.SELECCIONADA: _PERSONAL,
        Estado.LISTA_DE_ESPERA: _PERSONAL,
        Estado.NO_SELECCIONADA: _PERSONAL,
        **_RETIRO,
    },
    Estado.SELECCIONADA: {
        Estado.CONFIRMADA: _POSTULANTE | _PERSONAL,
        Estado.DECLINADA: _POSTULANTE,
        Estado.PARTICIPO: _PERSONAL,
        Estado.NO_ASISTIO: _PERSONAL,
        **_RETIRO,
    },
    Estado.LISTA_DE_ESPERA: {Estado.OFRECIDA: _SISTEMA | _PERSONAL, **_RETIRO},
    Estado.NO_SELECCIONADA: {Estado.RECIBIDA: _PERSONAL},
    Estado.OFRECIDA: {
        Estado.CONFIRMADA: _POSTULANTE | _PERSONAL,
        Estado.DECLINADA: _POSTULANTE,
        Estado.OFERTA_VENCIDA: _SISTEMA,
    },
    Estado.CONFIRMADA: {Estado.PARTICIPO: _PERSONAL, Estado.NO_ASISTIO: _PERSONAL, **_RETIRO},
    Estado.DECLINADA: {},
    Estado.OFERTA_VENCIDA: {},
    Estado.RETIRADA: {},
    Estado.PARTICIPO: {Estado.EGRESADA: _POSTULANTE | _SISTEMA, Estado.NO_ASISTIO: _PERSONAL},
    Estado.NO_ASISTIO: {Estado.PARTICIPO: _PERSONAL},
    Estado.EGRESADA: {},
}

# Nunca confirmaron su correo: se borran pasado el plazo del enlace.
# No tienen el RUT de su convocatoria: otra postulación de la misma empresa puede entrar a la fila.
SIN_RUT = frozenset(
    {
        Estado.POR_CONFIRMAR,
        Estado.CADUCADA,
        Estado.RETENIDA,
        Estado.NO_ADMISIBLE,
        Estado.DESISTIDA,
        Estado.RETIRADA,
    }
)
SIN_CONFIRMAR = frozenset({Estado.POR_CONFIRMAR, Estado.CADUCADA})
DENEGACIONES = frozenset({Estado.NO_ADMISIBLE, Estado.NO_SELECCIONADA})
# Ocupan un puesto de la convocatoria, o un lugar en la lista de espera; los demás, nada.
OCUPAN_CUPO = frozenset(
    {
        Estado.SELECCIONADA,
        Estado.OFRECIDA,
        Estado.CONFIRMADA,
        Estado.PARTICIPO,
        Estado.NO_ASISTIO,
        Estado.EGRESADA,
    }
)
OCUPAN_ESPERA = frozenset({Estado.LISTA_DE_ESPERA})
# Cambios internos de la revisión: se ven en la página de estado, no merecen un correo. La caducada nunca
# confirmó su correo: escribirle sería escribirle a un desconocido.
SIN_AVISO = frozenset({Estado.ADMISIBLE, Estado.EVALUADA, Estado.CADUCADA})
PARTICIPARON = frozenset({Estado.PARTICIPO, Estado.EGRESADA})


# Con qué versión nace toda postulación; cada paso suma uno.
VERSION_INICIAL = 1


class TransicionImposible(Exception):
    """No se puede pasar de un estado a otro, o no puede hacerlo quien lo intenta."""

    def __init__(self, de: Estado, a: Estado, papel: Papel) -> None:
        super().__init__(f"no se pasa de {de} a {a} como {papel}")
        self.de, self.a, self.papel = de, a, papel


class MotivoFaltante(Exception):
    """Toda decisión del personal lleva su razón escrita (Ley 19.880, art. 11 y 41)."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Quién hace algo. `id` nunca es un RUT ni un correo: el folio, el código del funcionario o el proceso."""

    papel: Papel
    id: str
    oficina: str = ""
    rol: str = ""


@dataclass(frozen=True, slots=True)
class Adjunto:
    """Un archivo ya recibido y revisado: `llave` en el depósito, tamaño en bytes y su SHA-256."""

    documento: str
    llave: str
    nombre: str
    tipo: str
    tamano: int
    huella: str


@dataclass(frozen=True, slots=True)
class Correccion:
    """Algo que se pide corregir. `que` es `documento:<documento>` o `respuesta:<clave>`; `texto`, qué hacer."""

    que: str
    texto: str


@dataclass(frozen=True, slots=True)
class Evaluacion:
    """Las notas de una persona, cada una con su razón. `evaluador` es su código, nunca su RUT ni su correo."""

    evaluador: str
    cuando: datetime
    notas: Mapping[str, Decimal]
    justificaciones: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Abstencion:
    """Quien declaró un conflicto de interés: no pone nota ni decide sobre esta postulación (Ley 19.880, art. 12)."""

    evaluador: str
    cuando: datetime
    motivo: str


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


# La referencia de un aviso que ningún servidor de correo quiso llevar.
DIRECCION_RECHAZADA = "rechazada"


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
        """Si la dirección no existe: hay que llamar por teléfono o escribir una carta."""
        return self.referencia == DIRECCION_RECHAZADA

    @property
    def id(self) -> str:
        """`K7M4PR9X.seleccionada.5`"""
        return f"{self.folio}.{self.estado}.{self.version}"


@dataclass(frozen=True, slots=True)
class Paso:
    """Un cambio de estado listo para guardarse: la postulación antes y después, su registro y su aviso."""

    antes: Postulacion
    despues: Postulacion
    transicion: Transicion
    aviso: Aviso | None


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
    Errores: TransicionImposible si la tabla no lo permite; MotivoFaltante si el personal no da su razón.
    """
    if actor.papel not in TRANSICIONES[antes.estado].get(a, frozenset()):
        raise TransicionImposible(antes.estado, a, actor.papel)
    if actor.papel is Papel.PERSONAL and not motivo.strip():
        raise MotivoFaltante
    version = antes.version + 1
    despues = replace(antes, estado=a, version=version, motivo=motivo, **cambios)  # type: ignore[arg-type]
    return Paso(
        antes=antes,
        despues=despues,
        transicion=Transicion(
            antes.folio,
            version,
            antes.estado,
            a,
            ahora,
            actor,
            motivo,
            version_regla,
            despues.hallazgos,
            despues.puntaje,
            despues.oferta_vence,
            acta,
        ),
        aviso=None if a in SIN_AVISO else Aviso(antes.folio, antes.convocatoria, a, version, ahora),
    )


def nacimiento(postulacion: Postulacion, actor: Actor, version_regla: str) -> tuple[Transicion, Aviso]:
    """El registro y el aviso de una postulación que entra: nacen con ella, en la misma escritura."""
    if postulacion.version != VERSION_INICIAL:
        raise ValueError(f"una postulación nace con la versión {VERSION_INICIAL}")
    transicion = Transicion(
        postulacion.folio,
        postulacion.version,
        None,
        postulacion.estado,
        postulacion.llego,
        actor,
        "Postulación enviada",
        version_regla,
    )
    aviso = Aviso(
        postulacion.folio, postulacion.convocatoria, postulacion.estado, postulacion.version, postulacion.llego
    )
    return transicion, aviso


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
