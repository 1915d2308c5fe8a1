"""El libro en las pruebas: una convocatoria con de todo, cómo se revisa, y cómo la cambia alguien por debajo."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from funciones.adaptadores import dynamodb_filas as filas
from funciones.adaptadores.almacen import Almacen
from funciones.dominio import auditoria
from funciones.dominio.auditoria import Falla
from funciones.dominio.libro import Cabeza
from funciones.dominio.postulacion import Estado, Postulacion
from tests.adaptadores.conftest import TABLA, Bodega, abrir_sqlite
from tests.mundo import FERIA, HORA, LLEGADA, admisible, avanzar, cambio, confirmacion, paso, postulacion, recibir


def con_de_todo(almacen: Almacen) -> dict[str, Postulacion]:
    """Sin confirmar, recién recibida, negada, en espera, ofrecida, retirada y retenida por su RUT."""
    recibir(almacen, postulacion(1))
    recibida = avanzar(almacen, recibir(almacen, postulacion(2)), Estado.RECIBIDA)
    negada = avanzar(almacen, recibir(almacen, postulacion(3)), Estado.RECIBIDA, Estado.NO_ADMISIBLE)
    elegida = avanzar(almacen, admisible(almacen, 4), Estado.SELECCIONADA, cupos=1)
    espera = avanzar(almacen, admisible(almacen, 5), Estado.LISTA_DE_ESPERA, cupos=1)
    avanzar(almacen, admisible(almacen, 6), Estado.LISTA_DE_ESPERA, cupos=1)
    ofrecida = paso(espera, Estado.OFRECIDA, oferta_vence=LLEGADA + 48 * HORA)
    libera = paso(elegida, Estado.RETIRADA)
    almacen.aplicar(cambio(libera, ofrecida, cupos=1))
    otra = recibir(almacen, postulacion(7, rut="76000002-K"))
    retenida = avanzar(almacen, otra, Estado.RETENIDA, Estado.NO_ADMISIBLE)
    almacen.aplicar(confirmacion(recibir(almacen, postulacion(8, convocatoria="otra"))))
    return {
        "recibida": recibida,
        "negada": negada,
        "retirada": libera.despues,
        "ofrecida": ofrecida.despues,
        "retenida": retenida,
    }


DEL_RUT = "quién tiene su RUT"
# Los cambios de `con_de_todo` que deciden algo.
DECISIONES = 9


def fallas(almacen: Almacen, publicadas: Iterable[Cabeza] = (), convocatoria: str = FERIA) -> tuple[Falla, ...]:
    """Lo que no calza en una convocatoria."""
    asientos = tuple(almacen.libro(convocatoria))
    en_cola = almacen.folios(convocatoria)
    folios = {*en_cola, *auditoria.por_folio(asientos)}
    legajos = [almacen.legajo(folio) for folio in sorted(folios)]
    cupo = almacen.cupo(convocatoria, 1, None)
    puestos = (cupo.asignados, cupo.espera)
    cabeza = almacen.cabeza(convocatoria)
    return auditoria.revisar(convocatoria, asientos, cabeza, legajos, puestos, publicadas, en_cola=en_cola)


def fallas_sin_mirar_el_rut(almacen: Almacen, convocatoria: str = FERIA) -> list[Falla]:
    """Para quienes una prueba recibe ya revisadas: el RUT se toma al confirmar, y ellas no pasaron por ahí."""
    return [falla for falla in fallas(almacen, convocatoria=convocatoria) if not falla.que.endswith(DEL_RUT)]


class Intruso:
    """Alguien con acceso al almacén que cambia cosas sin pasar por el programa."""

    def __init__(self, bodega: Bodega, carpeta: Path) -> None:
        self._cliente = bodega.cliente
        self._sqlite = None if bodega.cliente else abrir_sqlite(carpeta)

    def transicion(self, folio: str, version: int, **campos: object) -> None:
        if self._sqlite:
            self._json("transiciones", "folio = ? AND version = ?", (folio, version), campos)
        else:
            sk = filas.sk_registro(version)
            guardada = self._leer(filas.pk_postulacion(folio), sk)["transicion"]
            self._poner(filas.pk_postulacion(folio), sk, {"transicion": {**guardada, **campos}})

    def postulacion(self, folio: str, **campos: object) -> None:
        if self._sqlite:
            self._json("postulaciones", "folio = ?", (folio,), campos)
        else:
            self._poner(filas.pk_postulacion(folio), filas.POSTULACION, campos)

    def fuera_de_la_cola(self, folio: str) -> None:
        """Deja la postulación como está, pero la cola ya no la entrega."""
        self._aparte(folio, {"turno": None}, {"BAND": None, "ORDEN": None})

    def en_otra_cola(self, folio: str) -> None:
        """Deja la postulación como está, pero la entrega la cola de otra convocatoria."""
        self._aparte(folio, {"convocatoria": "otra"}, {"BAND": "BAND#otra#00"})

    def primera_en_la_cola(self, folio: str) -> None:
        """Deja la postulación como está, pero la cola la entrega antes que a las demás."""
        self._aparte(folio, {"turno": 1}, {"ORDEN": "000000000000001#A"})

    def por_borrarse(self, folio: str) -> None:
        """Deja la postulación como está, pero la próxima purga se la lleva."""
        self._aparte(folio, {"estado": "por_confirmar", "llego": 1}, {"expira": 1})

    def soltar_rut(self, p: Postulacion) -> None:
        self._borrar("ruts", "folio = ?", (p.folio,), filas.pk_rut(p), filas.POSTULACION)

    def dar_rut(self, p: Postulacion, folio: str) -> None:
        if self._sqlite:
            self._sqlite.execute("UPDATE ruts SET folio = ? WHERE folio = ?", (folio, p.folio))
        else:
            self._poner(filas.pk_rut(p), filas.POSTULACION, {"folio": folio})

    def _aparte(self, folio: str, columnas: Mapping[str, object], atributos: Mapping[str, object]) -> None:
        if self._sqlite:
            poner = ", ".join(f"{columna} = ?" for columna in columnas)
            self._sqlite.execute(f"UPDATE postulaciones SET {poner} WHERE folio = ?", (*columnas.values(), folio))
        else:
            self._poner(filas.pk_postulacion(folio), filas.POSTULACION, atributos)

    def borrar_transicion(self, folio: str, version: int) -> None:
        donde = (folio, version)
        self._borrar("transiciones", "folio = ? AND version = ?", donde, filas.pk_postulacion(folio), f"T#{version:06}")

    def borrar_postulacion(self, folio: str) -> None:
        self._borrar("postulaciones", "folio = ?", (folio,), filas.pk_postulacion(folio), filas.POSTULACION)

    def asiento(self, numero: int, **campos: object) -> None:
        self._celdas("libro", ("convocatoria = ? AND numero = ?", (FERIA, numero)), f"L#{numero:09}", campos)

    def borrar_asiento(self, numero: int) -> None:
        donde = "convocatoria = ? AND numero = ?"
        self._borrar("libro", donde, (FERIA, numero), filas.pk_convocatoria(FERIA), f"L#{numero:09}")

    def puestos(self, **campos: object) -> None:
        self._celdas("cupos", ("convocatoria = ?", (FERIA,)), filas.CUPO, campos)

    def _celdas(self, tabla: str, donde: tuple[str, tuple[Any, ...]], sk: str, campos: Mapping[str, object]) -> None:
        if self._sqlite:
            poner = ", ".join(f"{campo} = ?" for campo in campos)
            self._sqlite.execute(f"UPDATE {tabla} SET {poner} WHERE {donde[0]}", (*campos.values(), *donde[1]))
        else:
            self._poner(filas.pk_convocatoria(FERIA), sk, campos)

    def _json(self, tabla: str, donde: str, llave: tuple[Any, ...], campos: Mapping[str, object]) -> None:
        assert self._sqlite
        (cuerpo,) = self._sqlite.execute(f"SELECT cuerpo FROM {tabla} WHERE {donde}", llave).fetchone()
        nuevo = json.dumps({**json.loads(cuerpo), **campos}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        self._sqlite.execute(f"UPDATE {tabla} SET cuerpo = ? WHERE {donde}", (nuevo, *llave))

    def _borrar(self, tabla: str, donde: str, llave: tuple[Any, ...], pk: str, sk: str) -> None:
        if self._sqlite:
            self._sqlite.execute(f"DELETE FROM {tabla} WHERE {donde}", llave)
        else:
            self._cliente.delete_item(TableName=TABLA, Key=filas.llave(pk, sk))

    def _leer(self, pk: str, sk: str) -> dict[str, Any]:
        leida = self._cliente.get_item(TableName=TABLA, Key=filas.llave(pk, sk), ConsistentRead=True)["Item"]
        return filas.de_atributos(leida)

    def _poner(self, pk: str, sk: str, campos: Mapping[str, object]) -> None:
        fila = {**self._leer(pk, sk), **campos}
        self._cliente.put_item(TableName=TABLA, Item=filas.a_atributos(fila))
