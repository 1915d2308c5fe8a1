"""Los registros de Sercotec en DynamoDB: quién ya participó y quién tiene rendiciones pendientes."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from datetime import datetime

from funciones.adaptadores import dynamodb_filas as filas
from funciones.adaptadores import registro
from funciones.adaptadores.almacen import AlmacenNoResponde
from funciones.adaptadores.dynamodb_filas import Fila
from funciones.adaptadores.dynamodb_llamada import CondicionFallida
from funciones.adaptadores.dynamodb_tabla import TablaDynamodb
from funciones.dominio.admisibilidad import ParticipacionAnterior

# Una nómina se reparte en 256 cajones, por las dos primeras letras de la huella: caben cientos de miles de RUT.
_CAJONES = tuple(f"{n:02x}" for n in range(256))
_INTENTOS = 5


class RegistrosDynamodb(TablaDynamodb):
    """La parte del Protocol Almacen que guarda los registros, siempre bajo la huella del RUT."""

    def anotar_participaciones(
        self, participaciones: Iterable[tuple[str, ParticipacionAnterior]], cargadas: datetime | None = None
    ) -> None:
        # Un lote no admite dos veces la misma llave.
        distintas = {(fila["PK"], fila["SK"]): fila for fila in (filas.fila_participacion(*p) for p in participaciones)}
        self._escribir_lotes([filas.poner(fila) for fila in distintas.values()])
        # Al final: una carga que se corta no queda como hecha.
        if cargadas is not None:
            self._escribir_lotes([filas.poner(filas.fila_de_la_carga(cargadas))])

    def participaciones(self, huella_rut: str) -> tuple[ParticipacionAnterior, ...]:
        leidas = self._consultar(
            ConsistentRead=True,
            KeyConditionExpression="PK = :pk",
            ExpressionAttributeValues=filas.a_atributos({":pk": filas.pk_participaciones(huella_rut)}),
        )
        # La llave ya las ordena: año, componente, tipo de actividad, objetivo y referencia.
        return tuple(filas.participacion_de_fila(fila) for fila in leidas)

    def participaciones_al(self) -> datetime | None:
        carga = self._leer(filas.PARTICIPACIONES)
        return None if carga is None else registro.instante(int(carga["cargadas"]))

    def olvidar_participacion(self, huella_rut: str, participacion: ParticipacionAnterior) -> None:
        fila = filas.fila_participacion(huella_rut, participacion)
        self._escribir_lotes([filas.quitar(fila["PK"], fila["SK"])])

    def cargar_rendiciones(self, huellas: Collection[str], corte: datetime) -> None:
        """Escribe la nómina nueva aparte, cambia de una vez a cuál se lee, y recién entonces borra la anterior."""
        carga = secrets.token_hex(8)
        self._escribir_lotes([filas.poner(fila) for fila in filas.cajones(carga, huellas, _CAJONES)])
        for _ in range(_INTENTOS):
            anterior = self._carga()
            if anterior is None or anterior["carga"] != carga:
                try:
                    self._apuntar(carga, corte, anterior)
                except CondicionFallida:
                    # Otra persona cargó la suya, o se perdió la respuesta y ya quedó la nuestra.
                    continue
            self._botar(anterior, carga)
            return
        raise AlmacenNoResponde("otra carga de rendiciones al mismo tiempo")

    def rendicion_pendiente(self, huella_rut: str) -> bool | None:
        for _ in range(_INTENTOS):
            actual = self._carga()
            if actual is None:
                return None
            cajon = self._leer(filas.pk_rendiciones(actual["carga"]), huella_rut[:2])
            if cajon is not None:
                return huella_rut in cajon["huellas"]
            # Los cajones existen todos: si falta, otra carga reemplazó esta entre las dos lecturas.
        raise AlmacenNoResponde("rendiciones a medio cargar")

    def corte_rendiciones(self) -> datetime | None:
        actual = self._carga()
        return None if actual is None else registro.instante(int(actual["corte"]))

    def _carga(self) -> Fila | None:
        return self._leer(filas.RENDICIONES)

    def _apuntar(self, carga: str, corte: datetime, anterior: Fila | None) -> None:
        fila = {
            "PK": filas.RENDICIONES,
            "SK": filas.POSTULACION,
            "carga": carga,
            "corte": registro.milisegundos(corte),
            # Por si esto se corta antes de borrarla: la borra la carga que sigue.
            "anterior": None if anterior is None else anterior["carga"],
        }
        esperada = (
            {} if anterior is None else {"ExpressionAttributeValues": filas.a_atributos({":c": anterior["carga"]})}
        )
        self._llamar(
            "put_item",
            TableName=self._tabla,
            Item=filas.a_atributos(fila),
            ConditionExpression="attribute_not_exists(PK)" if anterior is None else "carga = :c",
            **esperada,
        )

    def _botar(self, anterior: Fila | None, vigente: str) -> None:
        """Borra la carga reemplazada y la que esa pudo dejar sin borrar."""
        viejas = set() if anterior is None else {anterior["carga"], anterior.get("anterior")} - {None, vigente}
        llaves = [(filas.pk_rendiciones(carga), cajon) for carga in sorted(viejas) for cajon in _CAJONES]
        self._escribir_lotes([filas.quitar(pk, sk) for pk, sk in llaves])
