"""Lo propio de DynamoDB: la tabla, lo que expira, los reintentos y cómo se reparten los índices."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from funciones.adaptadores import dynamodb_filas
from funciones.adaptadores.almacen import AlmacenNoResponde, Borrador
from funciones.adaptadores.almacen_dynamodb import AlmacenDynamodb
from funciones.adaptadores.dynamodb_llamada import ESPERA_TOPE, INTENTOS
from funciones.dominio.postulacion import Estado
from tests.adaptadores.conftest import TABLA, Bodega
from tests.adaptadores.tabla import DEFINICION, EXPIRA
from tests.mundo import (
    FERIA,
    HORA,
    LLAVERO,
    LLEGADA,
    admisible,
    avanzar,
    cambio,
    confirmacion,
    paso,
    postulacion,
    recibir,
)

PLANTILLA = Path(__file__).parents[2] / "template.yaml"


# La tabla


class _Cargador(yaml.SafeLoader):
    """Lee la plantilla dejando en None las funciones de CloudFormation, que aquí no importan."""


_Cargador.add_multi_constructor("!", lambda cargador, etiqueta, nodo: None)


def test_la_tabla_de_las_pruebas_es_la_que_se_despliega() -> None:
    recursos = yaml.load(PLANTILLA.read_text(encoding="utf-8"), _Cargador)["Resources"].values()
    (tabla,) = (r["Properties"] for r in recursos if r["Type"] == "AWS::DynamoDB::Table")
    assert {clave: tabla[clave] for clave in DEFINICION} == DEFINICION
    assert tabla["TimeToLiveSpecification"] == {"AttributeName": EXPIRA, "Enabled": True}


# Lo que expira


@pytest.fixture
def bodega(bodega_moto: Bodega) -> Bodega:
    """Aquí basta el que corre dentro del proceso."""
    return bodega_moto


def filas(bodega: Bodega, pk: str) -> list[dict[str, Any]]:
    """Las filas de esa llave tal como están guardadas."""
    todas = bodega.cliente.scan(TableName=TABLA, ConsistentRead=True)["Items"]
    return [dynamodb_filas.de_atributos(fila) for fila in todas if fila["PK"]["S"] == pk]


def test_la_entrada_es_una_sola_fila_con_su_registro_y_su_aviso(bodega: Bodega) -> None:
    nueva = recibir(bodega.almacen, postulacion())
    (fila,) = filas(bodega, f"POST#{nueva.folio}")
    assert fila["SK"] == "A"
    assert fila["aviso"]["id"] == f"{nueva.folio}.por_confirmar.1"
    assert "BAND" not in fila
    assert fila["PEND_ORDEN"].endswith(fila["aviso"]["id"])


def test_sin_confirmar_expira_dos_dias_despues_de_llegar_y_al_confirmar_ya_no(bodega: Bodega) -> None:
    nueva = recibir(bodega.almacen, postulacion())
    (fila,) = filas(bodega, f"POST#{nueva.folio}")
    assert fila["expira"] == int((LLEGADA + 48 * HORA).timestamp())
    avanzar(bodega.almacen, nueva, Estado.RECIBIDA)
    assert all("expira" not in fila for fila in filas(bodega, f"POST#{nueva.folio}"))


def test_el_borrador_expira_en_segundos_nunca_antes_de_su_hora(bodega: Bodega) -> None:
    expira = LLEGADA.replace(microsecond=1000)
    bodega.almacen.guardar_borrador(Borrador("x", FERIA, {}, expira))
    (fila,) = filas(bodega, "BORR#x")
    assert fila["expira"] == int(LLEGADA.timestamp()) + 1


def test_ninguna_llave_lleva_el_rut(bodega: Bodega) -> None:
    nueva = avanzar(bodega.almacen, recibir(bodega.almacen, postulacion(rut="76543210-3")), Estado.RECIBIDA)
    assert len(filas(bodega, f"RUT#{FERIA}#{nueva.huella_rut}")) == 1
    assert b"76543210" not in bodega.crudo()


def test_los_indices_se_reparten_y_cada_texto_cae_siempre_en_la_misma_parte() -> None:
    partes = [dynamodb_filas.parte(postulacion(n).folio) for n in range(1000)]
    assert set(partes) == {f"{n:02}" for n in range(32)}
    assert max(partes.count(parte) for parte in set(partes)) < 4 * 1000 / 32
    # Fija: cambiarla dejaría sin encontrar lo ya guardado.
    assert dynamodb_filas.parte("K7M4PR9X") == "26"


# Reintentos


class Fallas:
    """Hace fallar las próximas llamadas con ese error, sin que lleguen a guardarse."""

    def __init__(self, bodega: Bodega, codigo: str, veces: int, razones: tuple[str, ...] = ()) -> None:
        self.quedan, self.codigo, self.razones = veces, codigo, razones
        # Las razones son solo de una transacción; las lecturas de antes no fallan.
        evento = "before-call.dynamodb.TransactWriteItems" if razones else "before-call.dynamodb"
        bodega.cliente.meta.events.register(evento, self._antes)
        self.esperas: list[float] = []
        self.almacen = AlmacenDynamodb(bodega.cliente, TABLA, LLAVERO, dormir=self.esperas.append)

    def _antes(self, **resto: Any) -> object:
        if not self.quedan:
            return None
        self.quedan -= 1
        cuerpo: dict[str, Any] = {"Error": {"Code": self.codigo, "Message": "de prueba"}, "ResponseMetadata": {}}
        if self.razones:
            cuerpo["CancellationReasons"] = [{"Code": razon} for razon in self.razones]
        return SimpleNamespace(status_code=400), cuerpo


@pytest.mark.parametrize(
    ("codigo", "razones"),
    [
        ("ProvisionedThroughputExceededException", ()),
        ("ThrottlingException", ()),
        ("RequestLimitExceeded", ()),
        ("TransactionInProgressException", ()),
        ("TransactionCanceledException", ("None", "TransactionConflict", "None")),
        ("TransactionCanceledException", ("None", "ThrottlingError")),
        ("TransactionCanceledException", ("ProvisionedThroughputExceeded", "None")),
    ],
)
def test_lo_pasajero_se_reintenta_hasta_que_pasa(bodega: Bodega, codigo: str, razones: tuple[str, ...]) -> None:
    nueva = recibir(bodega.almacen, postulacion())
    fallas = Fallas(bodega, codigo, INTENTOS - 1, razones)
    fallas.almacen.aplicar(confirmacion(nueva))
    assert len(fallas.esperas) == INTENTOS - 1
    assert all(0 <= espera <= ESPERA_TOPE for espera in fallas.esperas)
    assert [t.version for t in bodega.almacen.transiciones(nueva.folio)] == [1, 2]


def test_las_esperas_son_al_azar_y_su_tope_crece(bodega: Bodega) -> None:
    vueltas = []
    for _ in range(30):
        fallas = Fallas(bodega, "ThrottlingException", INTENTOS)
        with pytest.raises(AlmacenNoResponde):
            fallas.almacen.postulacion("K7M4PR9X")
        vueltas.append(fallas.esperas)
    topes = [max(vistas) for vistas in zip(*vueltas, strict=True)]
    assert all(min(vistas) < tope / 2 for vistas, tope in zip(zip(*vueltas, strict=True), topes, strict=True))
    assert topes[0] <= 0.025 < topes[3] <= 0.2 < topes[6]
    assert len(set(topes)) == len(topes)


@pytest.mark.parametrize("codigo", ["ThrottlingException", "TransactionConflictException"])
def test_lo_pasajero_que_no_pasa_termina_en_almacen_que_no_responde(bodega: Bodega, codigo: str) -> None:
    fallas = Fallas(bodega, codigo, INTENTOS)
    with pytest.raises(AlmacenNoResponde):
        recibir(fallas.almacen, postulacion())
    assert fallas.quedan == 0
    assert bodega.almacen.postulacion(postulacion().folio) is None


@pytest.mark.parametrize("codigo", ["AccessDeniedException", "ResourceNotFoundException", "ValidationException"])
def test_lo_que_no_se_arregla_esperando_no_se_reintenta(bodega: Bodega, codigo: str) -> None:
    fallas = Fallas(bodega, codigo, 1)
    with pytest.raises(AlmacenNoResponde, match=codigo):
        fallas.almacen.cupo(FERIA, 1, None)
    assert fallas.esperas == []


def test_un_error_interno_se_reintenta_una_sola_vez_porque_pudo_guardarse(bodega: Bodega) -> None:
    fallas = Fallas(bodega, "InternalServerError", INTENTOS)
    with pytest.raises(AlmacenNoResponde):
        recibir(fallas.almacen, postulacion())
    assert len(fallas.esperas) == 1


def test_un_choque_junto_a_una_condicion_fallida_no_se_reintenta(bodega: Bodega) -> None:
    lista = admisible(bodega.almacen, 1)
    # Las escrituras: la postulación, su registro, el asiento del libro y los puestos.
    razones = ("None", "TransactionConflict", "None", "ConditionalCheckFailed")
    fallas = Fallas(bodega, "TransactionCanceledException", 1, razones)
    with pytest.raises(Exception, match=FERIA) as visto:
        fallas.almacen.aplicar(cambio(paso(lista, Estado.SELECCIONADA)))
    assert type(visto.value).__name__ == "SinCupo"
    assert fallas.esperas == []


def test_el_error_no_cuenta_lo_que_se_quiso_guardar(bodega: Bodega) -> None:
    fallas = Fallas(bodega, "ValidationException", 1)
    with pytest.raises(AlmacenNoResponde) as visto:
        recibir(fallas.almacen, postulacion())
    assert str(visto.value) == "ValidationException"


def test_los_reintentos_de_un_cambio_llevan_el_mismo_testigo_y_otro_cambio_lleva_otro(bodega: Bodega) -> None:
    testigos: list[str] = []
    bodega.cliente.meta.events.register(
        "provide-client-params.dynamodb.TransactWriteItems",
        lambda params, **resto: testigos.append(params["ClientRequestToken"]),
    )
    nueva = recibir(bodega.almacen, postulacion())
    fallas = Fallas(bodega, "TransactionCanceledException", 2, ("TransactionConflict",))
    confirmado = confirmacion(nueva)
    fallas.almacen.aplicar(confirmado)
    assert len(testigos) == 3
    assert len(set(testigos)) == 1
    assert len(testigos[0]) <= 36
    fallas.almacen.aplicar(cambio(paso(confirmado.pasos[0].despues, Estado.ADMISIBLE)))
    assert len(set(testigos)) == 2


def test_un_lote_entregado_a_medias_se_vuelve_a_pedir(bodega: Bodega) -> None:
    esperas: list[float] = []
    almacen = AlmacenDynamodb(bodega.cliente, TABLA, LLAVERO, dormir=esperas.append)
    nuevas = [recibir(almacen, postulacion(n, estado=Estado.RECIBIDA, turno=LLEGADA)) for n in range(5)]
    a_medias: list[dict[str, Any]] = []

    def quitar_una(parsed: dict[str, Any], **resto: Any) -> None:
        if len(a_medias) < 3:
            fila = parsed["Responses"][TABLA].pop()
            llave = {"PK": fila["PK"], "SK": fila["SK"]}
            parsed["UnprocessedKeys"] = {TABLA: {"Keys": [llave], "ConsistentRead": True}}
            a_medias.append(llave)

    bodega.cliente.meta.events.register("after-call.dynamodb.BatchGetItem", quitar_una)
    assert {p.folio for p in almacen.cola(FERIA)} == {p.folio for p in nuevas}
    assert len(esperas) == 3


def test_un_lote_que_nunca_se_completa_no_se_hace_pasar_por_entero(bodega: Bodega) -> None:
    almacen = AlmacenDynamodb(bodega.cliente, TABLA, LLAVERO, dormir=lambda _: None)
    recibir(almacen, postulacion(1, estado=Estado.RECIBIDA, turno=LLEGADA))

    def nada(parsed: dict[str, Any], **resto: Any) -> None:
        filas = parsed["Responses"].pop(TABLA)
        parsed["UnprocessedKeys"] = {TABLA: {"Keys": [{"PK": f["PK"], "SK": f["SK"]} for f in filas]}}

    bodega.cliente.meta.events.register("after-call.dynamodb.BatchGetItem", nada)
    with pytest.raises(AlmacenNoResponde):
        list(almacen.cola(FERIA))


def test_las_consultas_siguen_mientras_queden_paginas(bodega: Bodega) -> None:
    recibida = avanzar(bodega.almacen, recibir(bodega.almacen, postulacion()), Estado.RECIBIDA, Estado.ADMISIBLE)

    def de_a_una(params: dict[str, Any], **resto: Any) -> None:
        params["Limit"] = 1

    bodega.cliente.meta.events.register("provide-client-params.dynamodb.Query", de_a_una)
    assert [t.version for t in bodega.almacen.transiciones(recibida.folio)] == [1, 2, 3]
    assert len(bodega.almacen.avisos_pendientes(10)) == 2
