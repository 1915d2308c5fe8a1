"""El almacén en la nube: una tabla de DynamoDB, con cada cambio en una transacción y la entrada en una escritura."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from heapq import merge
from itertools import islice
from typing import Any

import boto3
from botocore.config import Config

from funciones.adaptadores import dynamodb_filas as filas
from funciones.adaptadores import registro
from funciones.adaptadores.almacen import AlmacenNoResponde, Borrador, Cambio
from funciones.adaptadores.dynamodb_cuaderno import CuadernoDynamodb
from funciones.adaptadores.dynamodb_libro import LibroDynamodb
from funciones.adaptadores.dynamodb_llamada import CondicionFallida, TransaccionCancelada
from funciones.adaptadores.dynamodb_registros import RegistrosDynamodb
from funciones.adaptadores.dynamodb_salas import SalasDynamodb
from funciones.adaptadores.dynamodb_suscripciones import SuscripcionesDynamodb
from funciones.adaptadores.dynamodb_transaccion import CabezaMovida, Transaccion
from funciones.adaptadores.dynamodb_vitrinas import VitrinasDynamodb, pk_vitrina
from funciones.dominio.convocatoria import Cupo
from funciones.dominio.encuesta import Respuesta
from funciones.dominio.postulacion import Aviso, Postulacion, Transicion

# Cuántas veces se vuelve a anotar en el libro cuando otros cambios de la convocatoria se adelantan, y desde qué
# espera: si son muchos, volver demasiado pronto es perder otra vez.
_INTENTOS_CABEZA, _ESPERA_CABEZA = 64, 2


@cache
def cliente(punto: str | None = None) -> Any:
    """El cliente de DynamoDB, uno por proceso. Sin reintentos propios: los hace Llamador, que sabe cuáles."""
    ajustes = Config(
        connect_timeout=1,
        read_timeout=3,
        retries={"total_max_attempts": 1, "mode": "standard"},
        max_pool_connections=50,
        tcp_keepalive=True,
    )
    return boto3.client("dynamodb", endpoint_url=punto, config=ajustes)


class AlmacenDynamodb(
    RegistrosDynamodb, LibroDynamodb, VitrinasDynamodb, SuscripcionesDynamodb, SalasDynamodb, CuadernoDynamodb
):
    """Cumple el Protocol Almacen. Lo que una persona acaba de escribir se lee con lectura consistente.

    Los índices van atrás por un instante: `cola` puede no traer todavía a quien confirmó recién, pero lo que trae
    está al día, porque del índice solo salen las llaves.
    """

    # Borradores

    def guardar_borrador(self, borrador: Borrador) -> None:
        fila = {
            "PK": f"BORR#{borrador.llave}",
            "SK": filas.POSTULACION,
            "convocatoria": borrador.convocatoria,
            "sellado": registro.sellar(borrador.respuestas, borrador.llave, self._llavero),
            "vence": registro.milisegundos(borrador.expira),
            "expira": filas.segundos(borrador.expira),
        }
        self._llamar("put_item", TableName=self._tabla, Item=filas.a_atributos(fila))

    def borrador(self, llave: str, ahora: datetime) -> Borrador | None:
        fila = self._leer(f"BORR#{llave}")
        # DynamoDB borra lo expirado cuando puede, hasta días después: aquí se compara.
        if fila is None or fila["vence"] <= registro.milisegundos(ahora):
            return None
        respuestas = registro.abrir(fila["sellado"], llave, self._llavero)
        return Borrador(llave, fila["convocatoria"], respuestas, registro.instante(int(fila["vence"])))

    def borrar_borrador(self, llave: str) -> None:
        self._llamar("delete_item", TableName=self._tabla, Key=filas.llave(f"BORR#{llave}"))

    # Postulaciones

    def recibir(self, postulacion: Postulacion, transicion: Transicion, aviso: Aviso | None) -> Postulacion:
        fila = filas.fila_postulacion(postulacion, self._llavero, self._sin_confirmar)
        fila |= filas.registro_y_aviso(transicion, aviso, self._llavero)
        try:
            self._llamar(
                "put_item",
                TableName=self._tabla,
                Item=filas.a_atributos(fila),
                ConditionExpression="attribute_not_exists(PK)",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except CondicionFallida as fallo:
            return filas.postulacion_de_fila(filas.de_atributos(fallo.fila), self._llavero)
        return postulacion

    def postulacion(self, folio: str) -> Postulacion | None:
        fila = self._leer(filas.pk_postulacion(folio))
        return None if fila is None else filas.postulacion_de_fila(fila, self._llavero)

    def cola(self, convocatoria: str) -> Iterator[Postulacion]:
        for fila in self._de_la_cola(f"BAND#{convocatoria}"):
            yield filas.postulacion_de_fila(fila, self._llavero)

    def cuantas(self, convocatoria: str) -> int:
        return self._contar(f"BAND#{convocatoria}")

    def cupo(self, convocatoria: str, cupos: int, espera_maxima: int | None) -> Cupo:
        fila = self._leer(filas.pk_convocatoria(convocatoria), filas.CUPO) or {}
        return Cupo(cupos, int(fila.get("asignados", 0)), int(fila.get("espera", 0)), espera_maxima)

    # Cambios de estado

    def aplicar(self, cambio: Cambio) -> None:
        sueltan = tuple(p for p in cambio.suelta_rut if self._tiene_su_rut(p))
        entradas = self._entradas(cambio)
        transaccion = Transaccion(self._tabla, cambio, sueltan, entradas, self._llavero, self._sin_confirmar)
        for intento in range(_INTENTOS_CABEZA):
            transaccion.cerrar(self.cabeza(cambio.convocatoria) if transaccion.anotados else None)
            try:
                return self._guardar(transaccion, cambio.convocatoria)
            except CabezaMovida:
                self._llamar.esperar(intento + _ESPERA_CABEZA)
        raise AlmacenNoResponde("el libro no para de avanzar")

    def _guardar(self, transaccion: Transaccion, convocatoria: str) -> None:
        try:
            self._llamar(
                "transact_write_items",
                TransactItems=transaccion.escrituras,
                ClientRequestToken=transaccion.testigo,
            )
        except TransaccionCancelada as cancelada:
            if not (cancelada.dudosa and self._es_la_guardada(transaccion)):
                raise transaccion.error(cancelada.fallidas)(convocatoria) from cancelada

    def _tiene_su_rut(self, postulacion: Postulacion) -> bool:
        # Solo la propia postulación toma o suelta su RUT, y cambia de versión al hacerlo: lo leído no se pone viejo.
        fila = self._leer(filas.pk_rut(postulacion))
        return fila is not None and fila["folio"] == postulacion.folio

    def _es_la_guardada(self, transaccion: Transaccion) -> bool:
        propia = transaccion.primer_registro
        guardada = self._leer(propia["PK"]["S"], propia["SK"]["S"])
        return guardada is not None and guardada["transicion"] == filas.de_atributos(propia)["transicion"]

    # Historia y avisos

    def transiciones(self, folio: str) -> tuple[Transicion, ...]:
        return tuple(registro.transicion_de_registro(f["transicion"], self._llavero) for f in self._historia(folio))

    def avisos(self, folio: str) -> tuple[Aviso, ...]:
        avisos = (filas.aviso_de_fila(fila) for fila in self._historia(folio) if "aviso" in fila)
        return tuple(sorted(avisos, key=lambda aviso: (aviso.creado, aviso.id)))

    def avisos_pendientes(self, limite: int) -> tuple[Aviso, ...]:
        partes = [self._parte(filas.PENDIENTES, "PEND", "PEND", n, limite) for n in range(filas.PARTES)]
        primeros = islice(merge(*partes, key=lambda fila: fila["PEND_ORDEN"]), limite)
        return tuple(filas.aviso_de_fila(fila) for fila in primeros)

    def tomar_aviso(self, id_aviso: str, ahora: datetime, hasta: datetime) -> Aviso | None:
        partes = filas.actualizacion({"arriendo": registro.milisegundos(hasta)})
        partes["ExpressionAttributeNames"] |= {"#aviso": "aviso", "#id": "id", "#enviado": "enviado"}
        partes["ExpressionAttributeValues"] |= filas.a_atributos(
            {":id": id_aviso, ":ahora": registro.milisegundos(ahora)}
        )
        try:
            respuesta = self._llamar(
                "update_item",
                TableName=self._tabla,
                Key=filas.llave_del_aviso(id_aviso),
                ConditionExpression="#aviso.#id = :id AND attribute_not_exists(#enviado) "
                "AND (attribute_not_exists(#arriendo) OR #arriendo <= :ahora)",
                ReturnValues="ALL_NEW",
                **partes,
            )
        except CondicionFallida:
            return None
        return filas.aviso_de_fila(filas.de_atributos(respuesta["Attributes"]))

    def aviso_enviado(self, id_aviso: str, cuando: datetime, referencia: str) -> None:
        cambios = {"enviado": registro.milisegundos(cuando), "referencia": referencia}
        partes = filas.actualizacion(cambios, ("PEND", "PEND_ORDEN"))
        partes["ExpressionAttributeNames"] |= {"#aviso": "aviso", "#id": "id"}
        partes["ExpressionAttributeValues"] |= filas.a_atributos({":id": id_aviso})
        try:
            self._llamar(
                "update_item",
                TableName=self._tabla,
                Key=filas.llave_del_aviso(id_aviso),
                ConditionExpression="#aviso.#id = :id",
                **partes,
            )
        except CondicionFallida:
            # No existe: se borró con su postulación. Nada que marcar.
            return

    # Encuesta y retención

    def responder_encuesta(self, respuesta: Respuesta) -> None:
        fila = filas.fila_respuesta(respuesta, self._llavero)
        self._llamar("put_item", TableName=self._tabla, Item=filas.a_atributos(fila))

    def respuestas(self, anio: int) -> Iterator[Respuesta]:
        for fila in self._de_la_cola(f"ENC#{anio}"):
            yield registro.respuesta_de_registro(fila, self._llavero)

    def olvidar(self, postulacion: Postulacion) -> None:
        pk = filas.pk_postulacion(postulacion.folio)
        suyas = [fila["SK"] for fila in self._historia(postulacion.folio) if fila["SK"] != filas.POSTULACION]
        quitadas = [(pk, sk) for sk in suyas] + [(pk_vitrina(postulacion.folio), filas.POSTULACION)]
        if self._tiene_su_rut(postulacion):
            quitadas.append((filas.pk_rut(postulacion), filas.POSTULACION))
        self._escribir_lotes([filas.quitar(*llave) for llave in quitadas])
        # Al final la que la tiene en la cola: si se corta antes, la próxima pasada la encuentra.
        self._llamar("delete_item", TableName=self._tabla, Key=filas.llave(pk))

    def purgar(self, ahora: datetime, sin_confirmar_desde: datetime) -> int:
        """DynamoDB borra solo lo que pasó su `expira`; lo leído antes de eso se compara con la hora."""
        return 0
