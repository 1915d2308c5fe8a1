"""Se pierde la respuesta de una escritura ya guardada: repetirla deja lo mismo, con las cuentas exactas."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError

from funciones.adaptadores.almacen import Almacen, AlmacenNoResponde, Borrador, Cambio, Conflicto, quedo_guardado
from funciones.adaptadores.almacen_dynamodb import AlmacenDynamodb
from funciones.adaptadores.almacen_sqlite import AlmacenSqlite
from funciones.adaptadores.dynamodb_llamada import INTENTOS_DUDOSOS
from funciones.dominio.postulacion import Estado, Paso
from tests.adaptadores.conftest import Bodega
from tests.adaptadores.libreta import fallas
from tests.adaptadores.test_almacen_avisos import respuesta
from tests.adaptadores.test_almacen_fallas import PARTICIPACION
from tests.mundo import (
    FERIA,
    HORA,
    LLAVERO,
    LLEGADA,
    admisible,
    cambio,
    confirmacion,
    paso,
    postulacion,
    recibir,
)

ESCRITURAS_DYNAMODB = frozenset({"PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "BatchWriteItem"})


class SqliteQuePierde(AlmacenSqlite):
    """Guarda, y después dice que no pudo."""

    por_perder = 0

    @contextmanager
    def _escritura(self) -> Iterator[sqlite3.Connection]:
        with super()._escritura() as conexion:
            yield conexion
        if self.por_perder:
            self.por_perder -= 1
            raise AlmacenNoResponde("se perdió la respuesta")


class Perdedora:
    """Un almacén al que se le pueden perder las próximas respuestas de escritura, ya guardadas."""

    def __init__(self, bodega: Bodega, ruta: Path) -> None:
        self.por_perder = 0
        if bodega.es("sqlite"):
            self.almacen: Almacen = SqliteQuePierde(ruta, LLAVERO)
        else:
            self.almacen = AlmacenDynamodb(bodega.cliente, "postulaciones", LLAVERO, dormir=lambda _: None)
            bodega.cliente.meta.events.register("after-call.dynamodb", self._despues)

    def _despues(self, model: Any, http_response: Any, **resto: Any) -> None:
        if self.por_perder and model.name in ESCRITURAS_DYNAMODB and http_response.status_code == 200:
            self.por_perder -= 1
            raise ReadTimeoutError(endpoint_url="prueba")

    def perder(self, veces: int) -> None:
        if isinstance(self.almacen, SqliteQuePierde):
            self.almacen.por_perder = veces
        else:
            self.por_perder = veces

    @property
    def quedan(self) -> int:
        """Cuántas respuestas pedidas por perder no se han perdido."""
        return self.almacen.por_perder if isinstance(self.almacen, SqliteQuePierde) else self.por_perder


@pytest.fixture
def perdedora(bodega: Bodega, tmp_path: Path) -> Perdedora:
    return Perdedora(bodega, tmp_path / "almacen.sqlite")


Escritura = Callable[[Almacen], object]


def aplicar(siguiente: Cambio) -> Escritura:
    """Como lo hace quien llama: si al repetir hay conflicto, mira si el cambio guardado es el suyo."""

    def escribir(almacen: Almacen) -> None:
        try:
            almacen.aplicar(siguiente)
        except Conflicto:
            if not quedo_guardado(almacen, siguiente):
                raise

    return escribir


def historia() -> list[Escritura]:
    """Cada escritura que existe, en una vida completa de dos postulaciones."""
    primera, segunda = postulacion(1), postulacion(2)
    guion: list[Escritura] = []

    def mover(*pasos: Paso) -> Paso:
        guion.append(aplicar(cambio(*pasos, cupos=1)))
        return pasos[0]

    guardado = Borrador("llave", FERIA, {"nombre": "x"}, LLEGADA + HORA)
    guion.append(lambda almacen: almacen.guardar_borrador(guardado))
    listas = []
    for nueva in (primera, segunda):
        guion.append(lambda almacen, nueva=nueva: recibir(almacen, nueva))
        recibida = mover(*confirmacion(nueva).pasos).despues
        listas.append(mover(paso(recibida, Estado.ADMISIBLE)).despues)
    guion.append(lambda almacen: almacen.borrar_borrador("llave"))
    elegida = mover(paso(listas[0], Estado.SELECCIONADA)).despues
    espera = mover(paso(listas[1], Estado.LISTA_DE_ESPERA)).despues
    mover(paso(elegida, Estado.RETIRADA), paso(espera, Estado.OFRECIDA))
    for aviso in (f"{primera.folio}.por_confirmar.1", f"{primera.folio}.seleccionada.4"):
        guion.append(lambda almacen, aviso=aviso: almacen.aviso_enviado(aviso, LLEGADA + HORA, "r"))
    guion.append(lambda almacen: almacen.responder_encuesta(respuesta()))
    guion.append(lambda almacen: almacen.anotar_participaciones([(primera.huella_rut, PARTICIPACION)]))
    guion.append(lambda almacen: almacen.anotar_participaciones([(segunda.huella_rut, PARTICIPACION)], LLEGADA))
    guion.append(lambda almacen: almacen.cargar_rendiciones([segunda.huella_rut], LLEGADA))
    guion.append(lambda almacen: almacen.cargar_rendiciones([primera.huella_rut], LLEGADA + HORA))
    return guion


def vista(almacen: Almacen) -> object:
    folios = (postulacion(1).folio, postulacion(2).folio)
    huellas = (postulacion(1).huella_rut, postulacion(2).huella_rut)
    return (
        [(almacen.postulacion(f), almacen.transiciones(f), almacen.avisos(f)) for f in folios],
        almacen.cupo(FERIA, 1, None),
        almacen.avisos_pendientes(100),
        list(almacen.cola(FERIA)),
        almacen.borrador("llave", LLEGADA),
        list(almacen.respuestas(2027)),
        [(almacen.participaciones(h), almacen.rendicion_pendiente(h)) for h in huellas],
        almacen.participaciones_al(),
        almacen.corte_rendiciones(),
        almacen.cuantas(FERIA),
    )


def hasta_que_responda(escribir: Escritura, almacen: Almacen) -> None:
    for _ in range(5):
        try:
            escribir(almacen)
        except AlmacenNoResponde:
            continue
        return
    pytest.fail("no respondió nunca")


@pytest.mark.parametrize("veces", [1, INTENTOS_DUDOSOS], ids=["una_respuesta", "y_la_del_reintento"])
def test_aunque_se_pierda_la_respuesta_de_cada_escritura_el_reintento_deja_lo_mismo(
    perdedora: Perdedora, tmp_path: Path, veces: int
) -> None:
    de_referencia = AlmacenSqlite(tmp_path / "referencia.sqlite", LLAVERO)
    for escribir in historia():
        escribir(de_referencia)
    for escribir in historia():
        perdedora.perder(veces)
        hasta_que_responda(escribir, perdedora.almacen)
        assert perdedora.quedan < veces, "esta escritura no perdió ninguna respuesta"
        perdedora.perder(0)
    assert vista(perdedora.almacen) == vista(de_referencia)
    assert perdedora.almacen.cabeza(FERIA).numero == de_referencia.cabeza(FERIA).numero
    assert fallas(perdedora.almacen) == ()


def test_si_se_pierde_la_respuesta_de_un_arriendo_el_aviso_vuelve_al_vencer(perdedora: Perdedora) -> None:
    almacen = perdedora.almacen
    aviso = f"{recibir(almacen, postulacion()).folio}.por_confirmar.1"
    ahora, hasta = LLEGADA + HORA, LLEGADA + HORA + timedelta(minutes=5)
    perdedora.perder(1)
    # SQLite lo dice; DynamoDB reintenta y encuentra su propio arriendo, que ya no distingue del de otro.
    with suppress(AlmacenNoResponde):
        assert almacen.tomar_aviso(aviso, ahora, hasta) is None
    assert perdedora.quedan == 0
    assert almacen.tomar_aviso(aviso, ahora, hasta) is None
    assert len(almacen.avisos_pendientes(10)) == 1
    assert almacen.tomar_aviso(aviso, hasta, hasta + HORA) is not None


def test_repetir_un_cambio_ya_guardado_da_conflicto_y_al_releer_se_reconoce(perdedora: Perdedora) -> None:
    almacen = perdedora.almacen
    propio = confirmacion(recibir(almacen, postulacion()))
    perdedora.perder(INTENTOS_DUDOSOS)
    with suppress(AlmacenNoResponde):
        almacen.aplicar(propio)
    perdedora.perder(0)
    with pytest.raises(Conflicto):
        almacen.aplicar(propio)
    assert quedo_guardado(almacen, propio)
    assert len(almacen.transiciones(postulacion().folio)) == 2


def test_si_otra_se_adelanta_entre_la_respuesta_perdida_y_el_reintento_no_pasa_por_propia(bodega_moto: Bodega) -> None:
    # La petición se pierde antes de guardarse, y mientras se espera para repetirla otro proceso la retiene.
    bodega_moto.cliente.meta.events.register("before-call.dynamodb.TransactWriteItems", _perder_una_peticion())
    enviada = recibir(bodega_moto.almacen, postulacion())
    ajeno, propio = cambio(paso(enviada, Estado.RETENIDA)), confirmacion(enviada)
    lento = AlmacenDynamodb(
        bodega_moto.cliente, "postulaciones", LLAVERO, dormir=lambda _: bodega_moto.almacen.aplicar(ajeno)
    )
    with pytest.raises(Conflicto):
        lento.aplicar(propio)
    assert quedo_guardado(lento, ajeno)
    assert not quedo_guardado(lento, propio)


def test_si_otra_decision_entra_al_libro_entre_la_respuesta_perdida_y_el_reintento_quedan_las_dos(
    bodega_moto: Bodega,
) -> None:
    una, otra = (admisible(bodega_moto.almacen, n) for n in (1, 2))
    bodega_moto.cliente.meta.events.register("before-call.dynamodb.TransactWriteItems", _perder_una_peticion())
    ajena, propia = cambio(paso(otra, Estado.SELECCIONADA)), cambio(paso(una, Estado.SELECCIONADA))
    adelantadas: list[float] = []

    def adelantarse(espera: float) -> None:
        if not adelantadas:
            adelantadas.append(espera)
            bodega_moto.almacen.aplicar(ajena)

    AlmacenDynamodb(bodega_moto.cliente, "postulaciones", LLAVERO, dormir=adelantarse).aplicar(propia)
    assert bodega_moto.almacen.cabeza(FERIA).numero == 4
    assert bodega_moto.almacen.cupo(FERIA, 10, None).asignados == 2
    assert fallas(bodega_moto.almacen) == ()


def test_si_la_cabeza_se_mueve_siempre_se_rinde_sin_guardar_nada(bodega_moto: Bodega) -> None:
    lista = admisible(bodega_moto.almacen, 1)
    esperas: list[float] = []
    lento = AlmacenDynamodb(bodega_moto.cliente, "postulaciones", LLAVERO, dormir=esperas.append)
    # El contador dice una cabeza anterior a la que de verdad hay: nunca encuentra libre el asiento que sigue.
    llave = {"PK": {"S": f"CONV#{FERIA}"}, "SK": {"S": "CUPO"}}
    atras = {":n": {"N": "0"}}
    bodega_moto.cliente.update_item(
        TableName="postulaciones", Key=llave, UpdateExpression="SET numero = :n", ExpressionAttributeValues=atras
    )
    with pytest.raises(AlmacenNoResponde, match="libro"):
        lento.aplicar(cambio(paso(lista, Estado.SELECCIONADA)))
    assert len(esperas) > 10
    assert bodega_moto.almacen.postulacion(lista.folio) == lista


def _perder_una_peticion() -> Callable[..., None]:
    perdidas: list[str] = []

    def perder(model: Any, **resto: Any) -> None:
        if not perdidas:
            perdidas.append(model.name)
            raise ReadTimeoutError(endpoint_url="prueba")

    return perder
