"""R1: mil postulantes y cien puestos, muchos a la vez: ni uno de más ni uno de menos, en cada almacén.

El control negativo hace lo mismo sin la guarda de los puestos, y tiene que dar de más: si no, la prueba no prueba.
"""

from __future__ import annotations

import random
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pytest

from funciones.adaptadores.almacen import PASOS_MAXIMOS, Almacen, AlmacenNoResponde, Cambio, Conflicto, SinCupo
from funciones.adaptadores.almacen_sqlite import AlmacenSqlite
from funciones.dominio.convocatoria import Cupo
from funciones.dominio.postulacion import Estado, Postulacion
from tests.adaptadores.conftest import Bodega
from tests.adaptadores.libreta import fallas_sin_mirar_el_rut
from tests.mundo import FERIA, LLAVERO, LLEGADA, a_la_vez, cambio, paso, postulacion, recibir

HILOS, INTENTOS = 32, 20
T = TypeVar("T")


def insistir(accion: Callable[[], T]) -> T:
    """Como quien llama: en una máquina atareada el emulador a veces no contesta a tiempo."""
    for _ in range(INTENTOS - 1):
        try:
            return accion()
        except AlmacenNoResponde:
            continue
    return accion()


def llegar(almacen: Almacen, cuantas: int) -> list[Postulacion]:
    """Todas revisadas y con su turno, recibidas a la vez."""
    nuevas = [postulacion(n, estado=Estado.ADMISIBLE, turno=LLEGADA) for n in range(cuantas)]
    recibidas = a_la_vez(lambda n: insistir(lambda: recibir(almacen, nuevas[n])), range(cuantas), HILOS)
    assert recibidas == nuevas
    return nuevas


def asignar(almacen: Almacen, lote: Sequence[Postulacion], cupos: int) -> None:
    """Da los puestos que queden y manda el resto a la espera; si otro los tomó antes, o no se sabe, mira de nuevo."""
    hay_duda = False
    while lote:
        libres = insistir(lambda: almacen.cupo(FERIA, cupos, None)).libres
        elegidas, otras = lote[:libres], lote[libres:]
        try:
            if elegidas:
                almacen.aplicar(cambio(*(paso(p, Estado.SELECCIONADA) for p in elegidas), cupos=cupos))
            elif otras:
                almacen.aplicar(cambio(*(paso(p, Estado.LISTA_DE_ESPERA) for p in otras), cupos=cupos))
                otras = ()
        except SinCupo:
            continue
        except (AlmacenNoResponde, Conflicto) as error:
            # Pudo quedar guardado, o guardarse tarde: lo dice volver a leer. Sin esa duda, un conflicto es un error.
            if isinstance(error, Conflicto) and not hay_duda:
                raise
            hay_duda = True
            lote = insistir(lambda lote=lote: _sin_decidir(almacen, lote))
            continue
        lote = otras


def _sin_decidir(almacen: Almacen, lote: Sequence[Postulacion]) -> list[Postulacion]:
    leidas = (almacen.postulacion(p.folio) for p in lote)
    return [p for p in leidas if p is not None and p.estado is Estado.ADMISIBLE]


def repartir_a_la_vez(
    almacen: Almacen, listas: list[Postulacion], cupos: int, por_lote: int, hilos: int = HILOS
) -> None:
    lotes = [listas[n : n + por_lote] for n in range(0, len(listas), por_lote)]
    dados = a_la_vez(lambda n: asignar(almacen, lotes[n], cupos), range(len(lotes)), hilos)
    assert dados == [None] * len(lotes)


@pytest.mark.parametrize(
    ("tienda", "postulantes", "cupos", "por_lote", "semilla"),
    [
        ("sqlite", 1000, 100, 1, 0),
        ("sqlite", 1000, 100, PASOS_MAXIMOS, 1),
        pytest.param("moto", 100, 10, 1, 0, marks=pytest.mark.largo),
        pytest.param("moto", 100, 10, 7, 1, marks=pytest.mark.largo),
        ("moto", 40, 4, 1, 1),
        ("moto", 40, 4, 7, 1),
        ("ministack", 1000, 100, PASOS_MAXIMOS, 0),
        ("ministack", 200, 20, 1, 1),
    ],
)
def test_ni_un_puesto_de_mas_ni_uno_de_menos(
    request: pytest.FixtureRequest, tienda: str, postulantes: int, cupos: int, por_lote: int, semilla: int
) -> None:
    # moto copia su tabla entera en cada intento, y con muchos hilos casi todos pierden y vuelven.
    hilos = 4 if tienda == "moto" else HILOS
    almacen = request.getfixturevalue(f"bodega_{tienda}").almacen
    abrir_y_repartir(almacen, postulantes, cupos, por_lote, semilla, hilos)


@pytest.mark.largo
@pytest.mark.parametrize("semilla", range(20))
@pytest.mark.parametrize(("tienda", "por_lote"), [("sqlite", 1), ("sqlite", 7), ("ministack", PASOS_MAXIMOS)])
def test_con_veinte_semillas_tampoco(request: pytest.FixtureRequest, tienda: str, por_lote: int, semilla: int) -> None:
    abrir_y_repartir(request.getfixturevalue(f"bodega_{tienda}").almacen, 1000, 100, por_lote, semilla)


def abrir_y_repartir(
    almacen: Almacen, postulantes: int, cupos: int, por_lote: int, semilla: int, hilos: int = HILOS
) -> None:
    listas = llegar(almacen, postulantes)
    random.Random(semilla).shuffle(listas)
    repartir_a_la_vez(almacen, listas, cupos, por_lote, hilos)
    cola = list(almacen.cola(FERIA))
    assert Counter(p.estado for p in cola) == {
        Estado.SELECCIONADA: cupos,
        Estado.LISTA_DE_ESPERA: postulantes - cupos,
    }
    assert almacen.cupo(FERIA, cupos, None) == Cupo(cupos, cupos, postulantes - cupos)
    assert {p.version for p in cola} == {2}
    for elegida in cola[::50]:
        assert [t.a for t in almacen.transiciones(elegida.folio)] == [Estado.ADMISIBLE, elegida.estado]
    # Leerlas todas otra vez cuesta: basta con lo que se repartió de a una.
    assert por_lote > 1 or fallas_sin_mirar_el_rut(almacen) == []


class SqliteSinGuarda(AlmacenSqlite):
    """Mira si queda puesto y después lo da: entre medio caben todos los demás."""

    def _ocupar(self, conexion: sqlite3.Connection, cambio: Cambio) -> None:
        super()._ocupar(conexion, Cambio(cambio.pasos, 10**6, None))


def quitar_guarda(params: dict[str, Any], **resto: Any) -> None:
    """La misma transacción, sin la condición del contador."""
    for escritura in params["TransactItems"]:
        contador = escritura.get("Update", {})
        if contador.get("Key", {}).get("SK") == {"S": "CUPO"} and contador.pop("ConditionExpression", None):
            del contador["ExpressionAttributeValues"][":maximo_asignados"]


@pytest.mark.parametrize("con_guarda", [True, False], ids=["con_guarda", "sin_guarda"])
def test_el_ultimo_puesto_lo_gana_una_sola_y_sin_la_guarda_lo_ganan_todas(
    bodega: Bodega, con_guarda: bool, tmp_path: Any
) -> None:
    almacen = bodega.almacen
    if not con_guarda:
        if bodega.es("sqlite"):
            almacen = SqliteSinGuarda(tmp_path / "almacen.sqlite", LLAVERO)
        else:
            bodega.cliente.meta.events.register("provide-client-params.dynamodb.TransactWriteItems", quitar_guarda)
    listas = llegar(almacen, 16)
    todos_miraron = threading.Barrier(16)

    def mirar_y_tomar(numero: int) -> None:
        assert almacen.cupo(FERIA, 1, None).libres == 1
        todos_miraron.wait(timeout=60)
        almacen.aplicar(cambio(paso(listas[numero], Estado.SELECCIONADA), cupos=1))

    dados = a_la_vez(mirar_y_tomar, range(16), 16)
    ganaron = dados.count(None)
    assert ganaron == (1 if con_guarda else 16)
    assert sum(isinstance(dado, SinCupo) for dado in dados) == 16 - ganaron
    assert almacen.cupo(FERIA, 1, None).asignados == ganaron


def test_dos_asignadores_con_las_mismas_postulaciones_no_dan_dos_puestos_a_ninguna(bodega: Bodega) -> None:
    almacen = bodega.almacen
    listas = llegar(almacen, 12)

    def elegir(numero: int) -> int:
        ganadas = 0
        for lista in random.Random(numero).sample(listas, len(listas)):
            try:
                almacen.aplicar(cambio(paso(lista, Estado.SELECCIONADA), cupos=12))
                ganadas += 1
            except Conflicto:
                continue
        return ganadas

    dados = a_la_vez(elegir, range(4), 4)
    assert sum(dado for dado in dados if isinstance(dado, int)) == 12
    assert almacen.cupo(FERIA, 12, None).asignados == 12
