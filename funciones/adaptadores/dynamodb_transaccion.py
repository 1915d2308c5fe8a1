"""Un cambio entero como una transacción de DynamoDB: sus escrituras, y qué significa que falle cada una."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from funciones.adaptadores import asientos
from funciones.adaptadores import dynamodb_filas as filas
from funciones.adaptadores.almacen import Cambio, Conflicto, RutTomado, SinCupo
from funciones.adaptadores.llavero import Llavero
from funciones.dominio import libro
from funciones.dominio.libro import Anotado, Asiento, Cabeza
from funciones.dominio.postulacion import Paso, Postulacion


class CabezaMovida(Exception):
    """Otro cambio de la misma convocatoria entró antes al libro: se vuelve a intentar sobre la nueva cabeza."""


Error = type[Conflicto] | type[CabezaMovida] | type[SinCupo] | type[RutTomado]
# Con varios a la vez se dice el primero: quien vuelve a leer quizá ya no tiene los otros.
_PRECEDENCIA: tuple[Error, ...] = (Conflicto, CabezaMovida, SinCupo, RutTomado)
Entradas = Mapping[str, tuple[Anotado, ...]]


class Transaccion:
    """Las escrituras de un cambio, cada una con el error que da si su condición no se cumple."""

    def __init__(
        self,
        tabla: str,
        cambio: Cambio,
        sueltan: tuple[Postulacion, ...],
        entradas: Entradas,
        llavero: Llavero,
        sin_confirmar: timedelta,
    ) -> None:
        """`sueltan`: las que de verdad tienen su RUT y lo dejan libre. `entradas`: lo que falta anotar de cada una."""
        self._tabla, self._llavero, self._sin_confirmar = tabla, llavero, sin_confirmar
        self._cambio, self._entradas = cambio, entradas
        self.escrituras: list[dict[str, Any]] = []
        self._errores: list[Error] = []
        # Lo que va al libro.
        self.anotados: list[Anotado] = []
        for paso in cambio.pasos:
            self._mover(paso)
        for postulacion in cambio.toman_rut:
            self._reclamar(postulacion)
        for postulacion in sueltan:
            self._soltar(postulacion)
        self._sin_cerrar = len(self.escrituras)

    def cerrar(self, cabeza: Cabeza | None) -> None:
        """Termina las escrituras con los puestos y, si algo va al libro, con el asiento que sigue a esa cabeza."""
        del self.escrituras[self._sin_cerrar :], self._errores[self._sin_cerrar :]
        asiento = None if cabeza is None else libro.asentar(self._cambio.convocatoria, cabeza, self.anotados)
        if asiento is not None:
            fila = filas.fila_asiento(asiento)
            # Que el número esté libre es que nadie movió la cabeza desde que se leyó.
            sin_usar = "attribute_not_exists(PK)"
            self._agregar("Put", CabezaMovida, Item=filas.a_atributos(fila), ConditionExpression=sin_usar)
        self._ocupar(asiento)

    @property
    def testigo(self) -> str:
        """El mismo para los reintentos de estas escrituras, de a lo más 36 letras: AWS las guarda una sola vez."""
        texto = json.dumps(self.escrituras, sort_keys=True, default=str)
        return hashlib.sha256(texto.encode()).hexdigest()[:36]

    @property
    def primer_registro(self) -> dict[str, Any]:
        """La fila del registro del primer paso: su sello es único, así que dice si se guardó esta transacción."""
        fila: dict[str, Any] = self.escrituras[1]["Put"]["Item"]
        return fila

    def error(self, fallidas: tuple[int, ...]) -> Error:
        """Qué pasó, según qué condiciones no se cumplieron."""
        vistos = {self._errores[posicion] for posicion in fallidas}
        return next(error for error in _PRECEDENCIA if error in vistos)

    def _agregar(self, accion: str, error: Error, **argumentos: Any) -> None:
        self.escrituras.append({accion: {"TableName": self._tabla, **argumentos}})
        self._errores.append(error)

    def _mover(self, paso: Paso) -> None:
        fila = filas.fila_postulacion(paso.despues, self._llavero, self._sin_confirmar)
        postulacion = filas.huella_de_la_postulacion(fila)
        poner = {nombre: valor for nombre, valor in fila.items() if valor is not None and nombre not in {"PK", "SK"}}
        quitar = [nombre for nombre, valor in fila.items() if valor is None]
        partes = filas.actualizacion(poner, quitar)
        partes["ExpressionAttributeValues"] |= filas.a_atributos(
            {":antes_version": paso.antes.version, ":antes_estado": str(paso.antes.estado)}
        )
        self._agregar(
            "Update",
            Conflicto,
            Key=filas.llave(filas.pk_postulacion(paso.antes.folio)),
            ConditionExpression="#version = :antes_version AND #estado = :antes_estado",
            **partes,
        )
        fila = filas.fila_registro(paso.despues, paso.transicion, paso.aviso, self._llavero, self._sin_confirmar)
        self._agregar("Put", Conflicto, Item=filas.a_atributos(fila), ConditionExpression="attribute_not_exists(PK)")
        if asientos.es_decision(paso):
            folio, version = paso.despues.folio, paso.despues.version
            propio = Anotado(folio, version, filas.huella_de_la_transicion(fila), postulacion)
            self.anotados += [*self._entradas.get(folio, ()), propio]

    def _ocupar(self, asiento: Asiento | None) -> None:
        cambio = self._cambio
        asignados, espera = cambio.variacion
        if not asignados and not espera and asiento is None:
            return
        guarda = [
            *_guarda("asignados", asignados, cambio.cupos),
            *_guarda("espera", espera, cambio.espera_maxima),
        ]
        valores: dict[str, Any] = {":asignados": asignados, ":espera": espera}
        expresion = "ADD asignados :asignados, espera :espera"
        if asiento is not None:
            expresion += " SET numero = :numero, cabeza = :cabeza"
            valores |= {":numero": asiento.cabeza.numero, ":cabeza": asiento.cabeza.huella}
        condiciones = []
        for condicion, marcador, tope in guarda:
            condiciones.append(condicion)
            valores[marcador] = tope
        argumentos: dict[str, Any] = {}
        if condiciones:
            argumentos["ConditionExpression"] = " AND ".join(condiciones)
        self._agregar(
            "Update",
            SinCupo,
            Key=filas.llave(filas.pk_convocatoria(cambio.convocatoria), filas.CUPO),
            UpdateExpression=expresion,
            ExpressionAttributeValues=filas.a_atributos(valores),
            **argumentos,
        )

    def _reclamar(self, postulacion: Postulacion) -> None:
        fila = {"PK": filas.pk_rut(postulacion), "SK": filas.POSTULACION, "folio": postulacion.folio}
        self._agregar(
            "Put",
            RutTomado,
            Item=filas.a_atributos(fila),
            ConditionExpression="attribute_not_exists(PK) OR folio = :folio",
            ExpressionAttributeValues=filas.a_atributos({":folio": postulacion.folio}),
        )

    def _soltar(self, postulacion: Postulacion) -> None:
        self._agregar(
            "Delete",
            Conflicto,
            Key=filas.llave(filas.pk_rut(postulacion)),
            ConditionExpression="folio = :folio",
            ExpressionAttributeValues=filas.a_atributos({":folio": postulacion.folio}),
        )


def _guarda(contador: str, cambia: int, tope: int | None) -> list[tuple[str, str, int]]:
    """La condición, su marcador y su valor. DynamoDB no suma en una condición: el tope llega ya restado."""
    if cambia < 0:
        return [(f"{contador} >= :minimo_{contador}", f":minimo_{contador}", -cambia)]
    if cambia == 0 or tope is None:
        return []
    limite = f"{contador} <= :maximo_{contador}"
    # La fila aún no existe con todo libre; si ni así cabe, la condición no se puede cumplir.
    condicion = f"(attribute_not_exists({contador}) OR {limite})" if cambia <= tope else limite
    return [(condicion, f":maximo_{contador}", tope - cambia)]
