"""El almacén: las preguntas que responden por igual SQLite en una máquina y DynamoDB en la nube."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from funciones.adaptadores.cuaderno import Cuaderno
from funciones.adaptadores.salas import Salas
from funciones.adaptadores.suscripciones import Suscripciones
from funciones.adaptadores.vitrinas import Vitrinas
from funciones.dominio.admisibilidad import ParticipacionAnterior
from funciones.dominio.convocatoria import Cupo
from funciones.dominio.encuesta import Respuesta
from funciones.dominio.libro import AsientoGuardado, Cabeza, Legajo
from funciones.dominio.postulacion import SIN_RUT, Aviso, Paso, Postulacion, Transicion, variacion


class AlmacenNoResponde(Exception):
    """El almacén está caído, lleno o dañado: nada se guardó y se puede reintentar con la misma clave."""


class Conflicto(Exception):
    """Otra persona o proceso cambió la postulación mientras tanto: hay que volver a leerla."""


class SinCupo(Exception):
    """No queda puesto, o la lista de espera está completa."""


class RutTomado(Exception):
    """Otra postulación confirmada ya tiene este RUT en esta convocatoria."""


# Una transacción de DynamoDB lleva cien escrituras, y un paso, hasta tres: más el contador y el libro, caben 32.
PASOS_MAXIMOS = 32


@dataclass(frozen=True, slots=True)
class Cambio:
    """Lo que se guarda todo o nada: uno o más pasos de una convocatoria, con los topes vigentes de sus puestos.

    Un paso que entra a la fila toma el RUT en la convocatoria; uno que la deja antes de la selección, lo suelta.
    Cada paso es de una postulación distinta.
    """

    pasos: tuple[Paso, ...]
    cupos: int
    espera_maxima: int | None

    def __post_init__(self) -> None:
        if not 1 <= len(self.pasos) <= PASOS_MAXIMOS:
            raise ValueError(f"un cambio lleva de 1 a {PASOS_MAXIMOS} pasos, no {len(self.pasos)}")
        if len({paso.despues.folio for paso in self.pasos}) < len(self.pasos):
            raise ValueError("un cambio mueve cada postulación una sola vez")
        if any(paso.despues.convocatoria != self.convocatoria for paso in self.pasos):
            raise ValueError("un cambio es de una sola convocatoria")

    @property
    def convocatoria(self) -> str:
        """La convocatoria de todos los pasos."""
        return self.pasos[0].despues.convocatoria

    @property
    def variacion(self) -> tuple[int, int]:
        """Cuánto cambian asignados y espera."""
        return variacion(self.pasos)

    @property
    def toman_rut(self) -> tuple[Postulacion, ...]:
        """Las postulaciones que entran a la fila y toman su RUT en la convocatoria."""
        return tuple(p.despues for p in self.pasos if p.antes.estado in SIN_RUT and p.despues.estado not in SIN_RUT)

    @property
    def suelta_rut(self) -> tuple[Postulacion, ...]:
        """Las postulaciones que dejan libre su RUT."""
        return tuple(p.despues for p in self.pasos if p.antes.estado not in SIN_RUT and p.despues.estado in SIN_RUT)


@dataclass(frozen=True, slots=True)
class Borrador:
    """Una postulación a medio llenar, bajo la huella de su clave. Se borra sola después de `expira`."""

    llave: str
    convocatoria: str
    respuestas: Mapping[str, str]
    expira: datetime


class Almacen(Vitrinas, Suscripciones, Salas, Cuaderno, Protocol):
    """Toda operación puede levantar AlmacenNoResponde; las demás excepciones están en cada una."""

    def guardar_borrador(self, borrador: Borrador) -> None:
        """Guarda o reemplaza el borrador de esa llave."""

    def borrador(self, llave: str, ahora: datetime) -> Borrador | None:
        """El borrador, o None si no existe o ya expiró."""

    def borrar_borrador(self, llave: str) -> None:
        """Lo borra; no pasa nada si no estaba."""

    def recibir(self, postulacion: Postulacion, transicion: Transicion, aviso: Aviso | None) -> Postulacion:
        """Guarda una postulación nueva con su registro y su aviso, si lleva, en una sola escritura por folio.

        Devuelve la que quedó guardada: la misma, o la que ya tenía ese folio (quien llama compara `huella`).
        """

    def postulacion(self, folio: str) -> Postulacion | None:
        """La postulación, o None."""

    def cola(self, convocatoria: str) -> Iterator[Postulacion]:
        """Las que confirmaron su correo, por turno y folio, en cualquier estado."""

    def cuantas(self, convocatoria: str) -> int:
        """Cuántas trae `cola`, sin leerlas. En DynamoDB, a quien confirmó recién puede no contarlo todavía."""

    def cupo(self, convocatoria: str, cupos: int, espera_maxima: int | None) -> Cupo:
        """Los puestos ahora, con los topes que rigen."""

    def aplicar(self, cambio: Cambio) -> None:
        """Guarda el cambio entero en una transacción, o nada; lo que no sea de la entrada queda además en el libro.

        Errores, en este orden si hay varios: Conflicto, SinCupo, RutTomado. Tras un AlmacenNoResponde el cambio pudo
        quedar guardado: repetirlo es seguro, y si da Conflicto, `quedo_guardado` dice si era el propio.
        """

    def cabeza(self, convocatoria: str) -> Cabeza:
        """El último asiento de su libro, según la fila de los puestos."""

    def libro(self, convocatoria: str) -> Iterator[AsientoGuardado]:
        """Los asientos tal como están escritos, del primero al último."""

    def folios(self, convocatoria: str) -> tuple[str, ...]:
        """Los de `cola`, en cualquier orden y sin leer lo que dicen."""

    def legajo(self, folio: str) -> Legajo:
        """Lo guardado de un folio tal como está escrito, también si alguien lo cambió o lo borró."""

    def transiciones(self, folio: str) -> tuple[Transicion, ...]:
        """La historia de una postulación, de la primera a la última."""

    def avisos(self, folio: str) -> tuple[Aviso, ...]:
        """Los avisos de una postulación, del primero al último."""

    def avisos_pendientes(self, limite: int) -> tuple[Aviso, ...]:
        """Los avisos sin enviar, los más antiguos primero."""

    def tomar_aviso(self, id_aviso: str, ahora: datetime, hasta: datetime) -> Aviso | None:
        """Arrienda un aviso para enviarlo; None si ya se envió o si otro lo tiene arrendado."""

    def aviso_enviado(self, id_aviso: str, cuando: datetime, referencia: str) -> None:
        """Lo marca enviado, con la referencia de quien lo llevó."""

    def responder_encuesta(self, respuesta: Respuesta) -> None:
        """Guarda la respuesta; la segunda con el mismo id corrige la primera."""

    def respuestas(self, anio: int) -> Iterator[Respuesta]:
        """Las respuestas de las actividades terminadas en el año."""

    def anotar_participaciones(
        self, participaciones: Iterable[tuple[str, ParticipacionAnterior]], cargadas: datetime | None = None
    ) -> None:
        """Anota, por huella del RUT, cada vez que ya participó. La misma participación otra vez no agrega nada.

        `cargadas`: cuándo se carga el registro, si vienen de él; None si las anota el portal.
        """

    def participaciones(self, huella_rut: str) -> tuple[ParticipacionAnterior, ...]:
        """Las participaciones anotadas de ese RUT, de la más antigua a la más reciente."""

    def participaciones_al(self) -> datetime | None:
        """Cuándo se cargó por última vez el registro de participaciones; None si nunca."""

    def olvidar_participacion(self, huella_rut: str, participacion: ParticipacionAnterior) -> None:
        """Borra una participación que se anotó por error; no pasa nada si no estaba."""

    def cargar_rendiciones(self, huellas: Collection[str], corte: datetime) -> None:
        """Reemplaza entera la nómina de RUT con rendiciones pendientes; quien lee ve la anterior o la nueva."""

    def rendicion_pendiente(self, huella_rut: str) -> bool | None:
        """Si ese RUT está en la nómina; None si nunca se ha cargado una."""

    def corte_rendiciones(self) -> datetime | None:
        """De qué instante es la nómina; None si nunca se ha cargado una."""

    def olvidar(self, postulacion: Postulacion) -> None:
        """Borra lo guardado de ella: respuestas, historia, avisos, su RUT y su vitrina. Repetirlo no hace nada.

        El libro queda entero: solo lleva folios y huellas. Si se corta, la postulación sigue en la cola.
        """

    def purgar(self, ahora: datetime, sin_confirmar_desde: datetime) -> int:
        """Borra borradores y hojas expirados, y lo que no se confirmó antes de `sin_confirmar_desde`; cuántos.

        DynamoDB los borra solo, por el atributo `expira`: ahí no hace nada y devuelve 0.
        """


def quedo_guardado(almacen: Almacen, cambio: Cambio) -> bool:
    """Si este mismo cambio ya está escrito: la historia tiene la transición de su primer paso.

    Basta una, porque se guardan todas o ninguna. El almacén conserva milisegundos.
    """
    propia = cambio.pasos[0].transicion
    return any(
        (t.version, t.de, t.a, t.actor, t.motivo) == (propia.version, propia.de, propia.a, propia.actor, propia.motivo)
        and abs(t.cuando - propia.cuando) < timedelta(milliseconds=1)
        for t in almacen.transiciones(propia.folio)
    )
