"""Lo que pasa cuando se llena el disco, se daña el archivo, alguien lo tiene tomado o nadie contesta."""

from __future__ import annotations

import resource
import socket
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

from funciones.adaptadores.almacen import Almacen, AlmacenNoResponde, Borrador
from funciones.adaptadores.almacen_dynamodb import AlmacenDynamodb, cliente
from funciones.adaptadores.almacen_sqlite import AlmacenSqlite
from funciones.adaptadores.dynamodb_llamada import INTENTOS_DUDOSOS
from funciones.dominio.admisibilidad import ParticipacionAnterior
from funciones.dominio.suscripcion import Suscripcion
from tests.adaptadores.test_almacen_avisos import respuesta
from tests.mundo import (
    FERIA,
    LLAVERO,
    LLEGADA,
    confirmacion,
    postulacion,
    recibir,
)

PARTICIPACION = ParticipacionAnterior(1, "feria", "vender_al_publico", 2025)

# SQLite: disco lleno y archivo dañado


class ConPocasPaginas(AlmacenSqlite):
    def _conexion(self) -> sqlite3.Connection:
        conexion = super()._conexion()
        conexion.execute("PRAGMA max_page_count = 60")
        return conexion


@contextmanager
def archivos_de_hasta(octetos: int) -> Iterator[None]:
    """El sistema no deja crecer ningún archivo más allá: para SQLite es un disco lleno."""
    antes = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (octetos, antes[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, antes)


def recibir_hasta_llenar(almacen: Almacen) -> list[str]:
    confirmados: list[str] = []
    with suppress(AlmacenNoResponde):
        while len(confirmados) < 5000:
            confirmados.append(recibir(almacen, postulacion(len(confirmados))).folio)
    assert 0 < len(confirmados) < 5000, "el disco no se llenó"
    return confirmados


@pytest.mark.parametrize("lleno", ["paginas", "disco"])
def test_con_el_disco_lleno_nada_de_lo_aceptado_se_pierde_y_despues_se_puede_seguir(tmp_path: Path, lleno: str) -> None:
    ruta = tmp_path / "almacen.sqlite"
    if lleno == "paginas":
        confirmados = recibir_hasta_llenar(ConPocasPaginas(ruta, LLAVERO))
    else:
        almacen = AlmacenSqlite(ruta, LLAVERO)
        recibir(almacen, postulacion())
        with archivos_de_hasta(400_000):
            confirmados = recibir_hasta_llenar(almacen)
            # Lleno y todo, se puede leer.
            assert almacen.postulacion(confirmados[-1]) is not None
    reabierto = AlmacenSqlite(ruta, LLAVERO)
    for folio in confirmados:
        assert reabierto.postulacion(folio) is not None
        assert len(reabierto.transiciones(folio)) == len(reabierto.avisos(folio)) == 1
    rechazada = postulacion(len(confirmados))
    assert reabierto.postulacion(rechazada.folio) is None
    assert reabierto.transiciones(rechazada.folio) == reabierto.avisos(rechazada.folio) == ()
    assert recibir(reabierto, rechazada) == rechazada


def danar_cabecera(octetos: bytearray) -> None:
    octetos[:100] = b"x" * 100


def danar_todo_menos_cabecera(octetos: bytearray) -> None:
    octetos[100:] = b"\xff" * (len(octetos) - 100)


def cortar(octetos: bytearray) -> None:
    del octetos[4096 + 10 :]


@pytest.mark.parametrize("danar", [danar_cabecera, danar_todo_menos_cabecera, cortar])
def test_un_archivo_danado_se_dice_y_no_se_reemplaza(tmp_path: Path, danar: Callable[[bytearray], None]) -> None:
    ruta = tmp_path / "almacen.sqlite"
    recibir(AlmacenSqlite(ruta, LLAVERO), postulacion())
    with sqlite3.connect(ruta) as conexion:
        conexion.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    conexion.close()
    octetos = bytearray(ruta.read_bytes())
    danar(octetos)
    ruta.write_bytes(octetos)
    almacen = AlmacenSqlite(ruta, LLAVERO)
    for intento in (
        lambda: almacen.postulacion(postulacion().folio),
        lambda: recibir(almacen, postulacion(2)),
        lambda: list(almacen.cola(FERIA)),
        lambda: almacen.avisos_pendientes(1),
    ):
        with pytest.raises(AlmacenNoResponde):
            intento()
    assert ruta.read_bytes()[:100] == bytes(octetos)[:100]


def test_sin_carpeta_donde_escribir_el_almacen_no_responde(tmp_path: Path) -> None:
    with pytest.raises(AlmacenNoResponde):
        recibir(AlmacenSqlite(tmp_path / "no-existe" / "almacen.sqlite", LLAVERO), postulacion())


def test_con_el_almacen_tomado_por_otro_proceso_no_responde(tmp_path: Path) -> None:
    class Impaciente(AlmacenSqlite):
        def _conexion(self) -> sqlite3.Connection:
            conexion = super()._conexion()
            conexion.execute("PRAGMA busy_timeout = 10")
            return conexion

    ruta = tmp_path / "almacen.sqlite"
    almacen = Impaciente(ruta, LLAVERO)
    recibir(almacen, postulacion(1))
    otro = sqlite3.connect(ruta, isolation_level=None)
    otro.execute("BEGIN IMMEDIATE")
    with pytest.raises(AlmacenNoResponde):
        recibir(almacen, postulacion(2))
    assert almacen.postulacion(postulacion(1).folio) is not None
    otro.execute("ROLLBACK")
    otro.close()
    recibir(almacen, postulacion(2))


# DynamoDB: nadie contesta


def todas_las_operaciones(almacen: Almacen) -> list[Callable[[], object]]:
    nueva = postulacion()
    return [
        lambda: almacen.guardar_borrador(Borrador("x", FERIA, {}, LLEGADA)),
        lambda: almacen.borrador("x", LLEGADA),
        lambda: almacen.borrar_borrador("x"),
        lambda: recibir(almacen, nueva),
        lambda: almacen.postulacion(nueva.folio),
        lambda: list(almacen.cola(FERIA)),
        lambda: almacen.cupo(FERIA, 1, None),
        lambda: almacen.aplicar(confirmacion(nueva)),
        lambda: almacen.transiciones(nueva.folio),
        lambda: almacen.avisos(nueva.folio),
        lambda: almacen.avisos_pendientes(1),
        lambda: almacen.tomar_aviso(f"{nueva.folio}.por_confirmar.1", LLEGADA, LLEGADA),
        lambda: almacen.aviso_enviado(f"{nueva.folio}.por_confirmar.1", LLEGADA, "r"),
        lambda: almacen.responder_encuesta(respuesta()),
        lambda: list(almacen.respuestas(2027)),
        lambda: almacen.cuantas(FERIA),
        lambda: almacen.anotar_participaciones([("ab", PARTICIPACION)]),
        lambda: almacen.olvidar_participacion("ab", PARTICIPACION),
        lambda: almacen.participaciones("ab"),
        lambda: almacen.participaciones_al(),
        lambda: almacen.cargar_rendiciones(["ab"], LLEGADA),
        lambda: almacen.rendicion_pendiente("ab"),
        lambda: almacen.corte_rendiciones(),
        lambda: almacen.suscripcion("x"),
        lambda: list(almacen.suscripciones()),
        lambda: almacen.guardar_suscripcion(Suscripcion("x", "x@correo.example", 1, "c")),
        lambda: almacen.borrar_suscripcion("x"),
        lambda: almacen.contar_en("x", 1, LLEGADA),
    ]


def test_si_dynamodb_no_esta_ninguna_operacion_espera(credenciales: None) -> None:
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        puerto = enchufe.getsockname()[1]
        # Tomado y sin escuchar: toda conexión se rechaza.
        esperas: list[float] = []
        sin_nadie = cliente.__wrapped__(f"http://127.0.0.1:{puerto}")
        almacen = AlmacenDynamodb(sin_nadie, "t", LLAVERO, dormir=esperas.append)
        for operacion in todas_las_operaciones(almacen):
            with pytest.raises(AlmacenNoResponde):
                operacion()
        assert esperas == []


def test_si_dynamodb_escucha_y_calla_se_intenta_dos_veces(credenciales: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as servidor:
        ajustes = Config(read_timeout=0.05, retries={"total_max_attempts": 1})
        mudo = boto3.client("dynamodb", endpoint_url=f"http://127.0.0.1:{servidor.getsockname()[1]}", config=ajustes)
        esperas: list[float] = []
        almacen = AlmacenDynamodb(mudo, "t", LLAVERO, dormir=esperas.append)
        with pytest.raises(AlmacenNoResponde):
            almacen.postulacion("K7M4PR9X")
        assert len(esperas) == INTENTOS_DUDOSOS - 1


def test_el_cliente_no_reintenta_por_su_cuenta_ni_espera_de_mas(credenciales: None) -> None:
    ajustes = cliente.__wrapped__("http://127.0.0.1:1").meta.config
    assert ajustes.retries["total_max_attempts"] == 1
    assert ajustes.connect_timeout <= 1
    assert ajustes.read_timeout <= 3


def test_veinte_hilos_abren_a_la_vez_un_archivo_que_no_existe(tmp_path: Path) -> None:
    for numero in range(15):
        nuevo = AlmacenSqlite(tmp_path / f"{numero}.sqlite", LLAVERO)
        with ThreadPoolExecutor(20) as hilos:
            assert list(hilos.map(lambda _, a=nuevo: a.postulacion("NADA2222"), range(20))) == [None] * 20
