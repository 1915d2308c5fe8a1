"""El libro en DynamoDB, leído tal como está escrito: lo que alguien cambió a mano se muestra, no interrumpe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from funciones.adaptadores import asientos, registro
from funciones.adaptadores import dynamodb_filas as filas
from funciones.adaptadores.almacen import Cambio
from funciones.adaptadores.dynamodb_filas import Fila
from funciones.adaptadores.dynamodb_tabla import TablaDynamodb
from funciones.dominio import libro
from funciones.dominio.libro import Anotado, AsientoGuardado, Cabeza, Legajo, TransicionGuardada
from funciones.dominio.postulacion import SIN_CONFIRMAR, SIN_RUT, VERSION_INICIAL, Postulacion


class LibroDynamodb(TablaDynamodb):
    """La parte del Protocol Almacen que lee el libro."""

    def cabeza(self, convocatoria: str) -> Cabeza:
        fila = self._leer(filas.pk_convocatoria(convocatoria), filas.CUPO) or {}
        if "cabeza" not in fila:
            return libro.sin_asientos(convocatoria)
        return Cabeza(int(fila["numero"]), str(fila["cabeza"]))

    def libro(self, convocatoria: str) -> Iterator[AsientoGuardado]:
        valores = {":pk": filas.pk_convocatoria(convocatoria), ":asiento": filas.ASIENTO}
        escritos = self._consultar(
            ConsistentRead=True,
            KeyConditionExpression="PK = :pk AND begins_with(SK, :asiento)",
            ExpressionAttributeValues=filas.a_atributos(valores),
        )
        for fila in escritos:
            yield AsientoGuardado(int(fila.get("numero", 0)), str(fila.get("texto", "")), str(fila.get("huella", "")))

    def folios(self, convocatoria: str) -> tuple[str, ...]:
        partes = (self._parte(filas.COLA, "BAND", f"BAND#{convocatoria}", n) for n in range(filas.PARTES))
        return tuple(filas.folio_de_pk(fila["PK"]) for parte in partes for fila in parte)

    def legajo(self, folio: str) -> Legajo:
        leidas = list(self._historia(folio))
        propia = next((fila for fila in leidas if fila["SK"] == filas.POSTULACION), {})
        postulacion = asientos.legible(lambda: filas.postulacion_de_fila(propia, self._llavero))
        return Legajo(
            folio,
            postulacion,
            filas.huella_de_la_postulacion(propia),
            tuple(self._guardada(fila) for fila in leidas),
            () if postulacion is None else self._desacuerdos(postulacion, leidas),
        )

    def _desacuerdos(self, postulacion: Postulacion, leidas: Sequence[Fila]) -> tuple[str, ...]:
        """Lo que no calza con ella: su lugar en la cola, que algo suyo expire, y si falta o sobra su RUT."""
        distintos = [d for fila in leidas[:1] for d in filas.desacuerdos(postulacion, fila, self._llavero)]
        if postulacion.estado not in SIN_CONFIRMAR and any("expira" in fila for fila in leidas[1:]):
            distintos.append("expira")
        rut = self._leer(filas.pk_rut(postulacion)) or {}
        if (rut.get("folio") == postulacion.folio) == (postulacion.estado in SIN_RUT):
            distintos.append("quién tiene su RUT")
        return tuple(distintos)

    def _guardada(self, fila: Fila) -> TransicionGuardada:
        escrita = registro.canonico(fila.get("transicion") or {})
        return asientos.transicion_guardada(filas.version_de_sk(fila["SK"]), escrita, self._llavero)

    def _historia(self, folio: str) -> Iterator[Fila]:
        """La fila de la postulación, que trae su nacimiento, y después cada cambio por su versión."""
        return self._consultar(
            ConsistentRead=True,
            KeyConditionExpression="PK = :pk",
            ExpressionAttributeValues=filas.a_atributos({":pk": filas.pk_postulacion(folio)}),
        )

    def _entradas(self, cambio: Cambio) -> dict[str, tuple[Anotado, ...]]:
        """De cada folio sobre el que se decide por primera vez, cómo entró: ya no cambia, así que se lee antes."""
        nuevas = [paso.antes for paso in cambio.pasos if asientos.falta_su_entrada(paso)]
        if not nuevas:
            return {}
        llaves = {
            antes.folio: [
                (filas.pk_postulacion(antes.folio), filas.sk_registro(version))
                for version in range(VERSION_INICIAL, antes.version + 1)
            ]
            for antes in nuevas
        }
        leidas = self._leer_lote([llave for propias in llaves.values() for llave in propias])
        return {
            folio: asientos.entrada(
                [
                    (leidas[llave]["transicion"], filas.huella_de_la_transicion(leidas[llave]))
                    for llave in propias
                    if llave in leidas
                ]
            )
            for folio, propias in llaves.items()
        }
