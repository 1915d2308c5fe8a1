"""Los estados de una postulación: una sola tabla dice a cuáles se pasa desde cada uno y quién puede."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, TypeGuard


class Estado(StrEnum):
    """El nombre del estado es también el de su plantilla de correo, el de la tabla y el de la dirección."""

    POR_CONFIRMAR = "por_confirmar"
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
    RECURRIDA = "recurrida"
    RECURSO_RECHAZADO = "recurso_rechazado"


class Papel(StrEnum):
    """Quién mueve una postulación."""

    POSTULANTE = "postulante"
    PERSONAL = "personal"
    SISTEMA = "sistema"


_POSTULANTE = frozenset({Papel.POSTULANTE})
_PERSONAL = frozenset({Papel.PERSONAL})
_SISTEMA = frozenset({Papel.SISTEMA})
_RETIRO = {Estado.RETIRADA: _POSTULANTE}
# Antes de la actividad se vuelven a mirar las rendiciones: quien tiene una pendiente sale, y lo decide una persona.
_SALE = {Estado.NO_ADMISIBLE: _PERSONAL}
# Lo que se puede pedir que revise otra persona, y lo que la oficina puede reabrir por su cuenta.
_SE_RECURRE = {Estado.RECIBIDA: _PERSONAL, Estado.RECURRIDA: _POSTULANTE}

# La tabla. Toda denegación es del personal: Ley 19.628, art. 8 bis.
TRANSICIONES: Mapping[Estado, Mapping[Estado, frozenset[Papel]]] = {
    Estado.POR_CONFIRMAR: {
        Estado.RECIBIDA: _POSTULANTE,
        Estado.RETENIDA: _POSTULANTE,
    },
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
    Estado.DESISTIDA: _SE_RECURRE,
    Estado.ADMISIBLE: {
        Estado.ADMISIBLE: _PERSONAL,
        Estado.EVALUADA: _PERSONAL,
        Estado.NO_ADMISIBLE: _PERSONAL,
        Estado.SELECCIONADA: _PERSONAL,
        Estado.LISTA_DE_ESPERA: _PERSONAL,
        Estado.NO_SELECCIONADA: _PERSONAL,
        **_RETIRO,
    },
    Estado.NO_ADMISIBLE: _SE_RECURRE,
    Estado.EVALUADA: {
        # Vuelve a calificarse: quien puso una nota se abstuvo, o alguien pide notas nuevas.
        Estado.ADMISIBLE: _PERSONAL,
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
        **_SALE,
        **_RETIRO,
    },
    Estado.LISTA_DE_ESPERA: {
        Estado.OFRECIDA: _SISTEMA | _PERSONAL,
        # El día de la actividad, quien sigue y está presente toma el puesto de quien no llegó.
        Estado.PARTICIPO: _PERSONAL,
        **_SALE,
        **_RETIRO,
    },
    Estado.NO_SELECCIONADA: _SE_RECURRE,
    Estado.OFRECIDA: {
        Estado.CONFIRMADA: _POSTULANTE | _PERSONAL,
        Estado.DECLINADA: _POSTULANTE,
        Estado.OFERTA_VENCIDA: _SISTEMA,
        **_SALE,
    },
    Estado.CONFIRMADA: {Estado.PARTICIPO: _PERSONAL, Estado.NO_ASISTIO: _PERSONAL, **_SALE, **_RETIRO},
    # El correo de estas dos invita a responder si fue un error: una persona puede devolverlas a su lugar.
    Estado.DECLINADA: {Estado.LISTA_DE_ESPERA: _PERSONAL},
    Estado.OFERTA_VENCIDA: {Estado.LISTA_DE_ESPERA: _PERSONAL},
    Estado.RETIRADA: {},
    Estado.PARTICIPO: {Estado.EGRESADA: _POSTULANTE | _SISTEMA, Estado.NO_ASISTIO: _PERSONAL},
    Estado.NO_ASISTIO: {Estado.PARTICIPO: _PERSONAL},
    Estado.EGRESADA: {},
    Estado.RECURRIDA: {Estado.RECIBIDA: _PERSONAL, Estado.RECURSO_RECHAZADO: _PERSONAL, **_RETIRO},
    Estado.RECURSO_RECHAZADO: {},
}

# No tienen el RUT de su convocatoria: otra postulación de la misma empresa puede entrar a la fila.
SIN_RUT = frozenset(
    {
        Estado.POR_CONFIRMAR,
        Estado.RETENIDA,
        Estado.NO_ADMISIBLE,
        Estado.DESISTIDA,
        Estado.RETIRADA,
        Estado.RECURRIDA,
        Estado.RECURSO_RECHAZADO,
    }
)
# Nunca confirmaron su correo: se borran pasado el plazo del enlace.
SIN_CONFIRMAR = frozenset({Estado.POR_CONFIRMAR})
Denegacion = Literal[Estado.NO_ADMISIBLE, Estado.NO_SELECCIONADA, Estado.RECURSO_RECHAZADO]
DENEGACIONES: frozenset[Denegacion] = frozenset({Estado.NO_ADMISIBLE, Estado.NO_SELECCIONADA, Estado.RECURSO_RECHAZADO})
# Se puede pedir que otra persona las revise. La desistida no deniega, pero también cierra.
SE_RECURREN = frozenset(estado for estado, destinos in TRANSICIONES.items() if Estado.RECURRIDA in destinos)
# Ocupan un puesto de la convocatoria, o un lugar en la lista de espera; los demás, nada. Quien no asistió deja el
# suyo: ese día lo puede tomar quien espera.
OCUPAN_CUPO = frozenset(
    {
        Estado.SELECCIONADA,
        Estado.OFRECIDA,
        Estado.CONFIRMADA,
        Estado.PARTICIPO,
        Estado.EGRESADA,
    }
)
OCUPAN_ESPERA = frozenset({Estado.LISTA_DE_ESPERA})
# Cambios internos de la revisión: se ven en la página de estado, no merecen un correo.
SIN_AVISO = frozenset({Estado.ADMISIBLE, Estado.EVALUADA})
PARTICIPARON = frozenset({Estado.PARTICIPO, Estado.EGRESADA})


def es_denegacion(estado: Estado) -> TypeGuard[Denegacion]:
    """Si pasar a este estado es decirle que no a alguien."""
    return estado in DENEGACIONES
