"""Lo que todo almacén cumple con los registros de Sercotec: participaciones, rendiciones pendientes y cuántas van."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from funciones.adaptadores.almacen import Almacen, AlmacenNoResponde
from funciones.adaptadores.almacen_dynamodb import AlmacenDynamodb
from funciones.dominio.admisibilidad import ParticipacionAnterior
from funciones.dominio.postulacion import Estado
from tests.adaptadores.conftest import TABLA, Bodega
from tests.mundo import FERIA, HORA, LLAVERO, LLEGADA, a_la_vez, avanzar, confirmacion, postulacion, recibir

UNA, OTRA = LLAVERO.huella_rut("76000001-K"), LLAVERO.huella_rut("76000002-K")
VIEJA = ParticipacionAnterior(2, "rueda", "vender_a_empresas", 2023)
NUEVA = ParticipacionAnterior(1, "feria", "vender_al_publico", 2025)


# Participaciones


def test_las_participaciones_se_leen_por_rut_de_la_mas_antigua_a_la_mas_reciente(almacen: Almacen) -> None:
    almacen.anotar_participaciones([(UNA, NUEVA), (OTRA, NUEVA), (UNA, VIEJA)])
    assert almacen.participaciones(UNA) == (VIEJA, NUEVA)
    assert almacen.participaciones(OTRA) == (NUEVA,)
    assert almacen.participaciones(LLAVERO.huella_rut("76000003-K")) == ()


def test_una_participacion_anotada_por_error_se_borra_sola_ella(almacen: Almacen) -> None:
    almacen.anotar_participaciones([(UNA, NUEVA), (UNA, VIEJA), (OTRA, NUEVA)])
    for _ in range(2):
        almacen.olvidar_participacion(UNA, NUEVA)
    assert almacen.participaciones(UNA) == (VIEJA,)
    assert almacen.participaciones(OTRA) == (NUEVA,)


def test_anotar_otra_vez_la_misma_participacion_no_agrega_nada(bodega: Bodega) -> None:
    bodega.almacen.anotar_participaciones([(UNA, NUEVA), (UNA, NUEVA)])
    bodega.reabrir().anotar_participaciones([(UNA, NUEVA), (UNA, VIEJA)])
    bodega.almacen.anotar_participaciones([])
    assert bodega.reabrir().participaciones(UNA) == (VIEJA, NUEVA)


def test_cada_cosa_que_distingue_una_participacion_cuenta_aparte(almacen: Almacen) -> None:
    distintas = {
        ParticipacionAnterior(1, "feria", "vender_al_publico", 2025),
        ParticipacionAnterior(2, "feria", "vender_al_publico", 2025),
        ParticipacionAnterior(1, "rueda", "vender_al_publico", 2025),
        ParticipacionAnterior(1, "feria", "conocer_el_mercado", 2025),
        ParticipacionAnterior(1, "feria", "vender_al_publico", 2024),
        ParticipacionAnterior(1, "feria", "vender_al_publico", 2025, "feria-de-otono"),
        ParticipacionAnterior(1, "feria", "vender_al_publico", 2025, "feria-de-verano"),
    }
    almacen.anotar_participaciones((UNA, p) for p in distintas)
    assert set(almacen.participaciones(UNA)) == distintas


def test_una_nomina_larga_entra_entera(almacen: Almacen) -> None:
    huellas = [LLAVERO.huella_rut(f"{76_100_000 + n}-K") for n in range(60)]
    almacen.anotar_participaciones((huella, NUEVA) for huella in huellas)
    assert all(almacen.participaciones(huella) == (NUEVA,) for huella in huellas)


def test_olvidar_una_deja_la_otra_igual_del_mismo_anio(almacen: Almacen) -> None:
    propia, ajena = replace(NUEVA, referencia=FERIA), replace(NUEVA, referencia="feria-de-otono")
    almacen.anotar_participaciones([(UNA, NUEVA), (UNA, propia), (UNA, ajena)])
    almacen.olvidar_participacion(UNA, propia)
    assert almacen.participaciones(UNA) == (NUEVA, ajena)
    almacen.olvidar_participacion(UNA, NUEVA)
    assert almacen.participaciones(UNA) == (ajena,)


def test_si_nadie_ha_cargado_las_participaciones_se_sabe_aunque_haya_anotadas(bodega: Bodega) -> None:
    bodega.almacen.anotar_participaciones([(UNA, NUEVA)])
    bodega.almacen.cargar_rendiciones([UNA], LLEGADA)
    assert bodega.reabrir().participaciones_al() is None


def test_se_sabe_cuando_se_cargaron_por_ultima_vez_y_anotar_una_propia_no_lo_cambia(bodega: Bodega) -> None:
    bodega.almacen.anotar_participaciones([(UNA, NUEVA)], LLEGADA)
    bodega.almacen.anotar_participaciones([(OTRA, NUEVA)])
    assert bodega.reabrir().participaciones_al() == LLEGADA
    bodega.almacen.anotar_participaciones([(UNA, NUEVA)], LLEGADA + HORA)
    assert bodega.reabrir().participaciones_al() == LLEGADA + HORA
    assert bodega.almacen.corte_rendiciones() is None


def test_una_carga_de_participaciones_cortada_no_queda_como_hecha(bodega_moto: Bodega) -> None:
    pedidos: list[str] = []

    def cortar(model: Any, **resto: Any) -> None:
        pedidos.append(model.name)
        if len(pedidos) == 2:
            raise KeyboardInterrupt

    bodega_moto.cliente.meta.events.register("before-call.dynamodb", cortar)
    with pytest.raises(KeyboardInterrupt):
        bodega_moto.almacen.anotar_participaciones([(UNA, NUEVA)], LLEGADA)
    bodega_moto.cliente.meta.events.unregister("before-call.dynamodb", cortar)
    assert bodega_moto.almacen.participaciones(UNA) == (NUEVA,)
    assert bodega_moto.almacen.participaciones_al() is None


# Rendiciones


def test_si_nunca_se_cargo_la_nomina_no_se_sabe(almacen: Almacen) -> None:
    assert almacen.rendicion_pendiente(UNA) is None
    assert almacen.corte_rendiciones() is None


def test_con_la_nomina_cargada_se_sabe_quien_esta_y_quien_no(bodega: Bodega) -> None:
    bodega.almacen.cargar_rendiciones({UNA}, LLEGADA)
    leido = bodega.reabrir()
    assert (leido.rendicion_pendiente(UNA), leido.rendicion_pendiente(OTRA)) == (True, False)
    assert leido.corte_rendiciones() == LLEGADA


def test_una_nomina_vacia_dice_que_nadie_debe(almacen: Almacen) -> None:
    almacen.cargar_rendiciones((), LLEGADA)
    assert almacen.rendicion_pendiente(UNA) is False
    assert almacen.corte_rendiciones() == LLEGADA


def test_cargar_otra_nomina_reemplaza_la_anterior_entera(bodega: Bodega) -> None:
    bodega.almacen.cargar_rendiciones([UNA, UNA], LLEGADA)
    bodega.almacen.cargar_rendiciones([OTRA], LLEGADA + HORA)
    bodega.almacen.cargar_rendiciones([OTRA], LLEGADA + HORA)
    assert (bodega.almacen.rendicion_pendiente(UNA), bodega.almacen.rendicion_pendiente(OTRA)) == (False, True)
    assert bodega.almacen.corte_rendiciones() == LLEGADA + HORA
    assert UNA.encode() not in bodega.crudo() or bodega.es("sqlite"), "quedó la nómina vieja"


@pytest.mark.parametrize("tienda", ["sqlite", "ministack"])
def test_mientras_se_carga_otra_nomina_siempre_hay_una_que_leer(request: pytest.FixtureRequest, tienda: str) -> None:
    almacen = request.getfixturevalue(f"bodega_{tienda}").almacen
    almacen.cargar_rendiciones([UNA], LLEGADA)

    def hacer(numero: int) -> object:
        if numero % 2:
            return almacen.cargar_rendiciones([UNA, LLAVERO.huella_rut(str(numero))], LLEGADA + timedelta(numero))
        return {almacen.rendicion_pendiente(UNA) for _ in range(20)}

    dados = a_la_vez(hacer, range(8), 8)
    assert dados[::2] == [{True}] * 4
    # Puede que una carga se rinda porque hay otras tres; la nómina sigue siendo una entera.
    assert all(dado is None or isinstance(dado, AlmacenNoResponde) for dado in dados[1::2])
    assert almacen.rendicion_pendiente(UNA) is True


def test_una_carga_cortada_a_la_mitad_no_cambia_la_que_rige(bodega_moto: Bodega) -> None:
    bodega_moto.almacen.cargar_rendiciones([UNA], LLEGADA)
    cortado = AlmacenDynamodb(bodega_moto.cliente, TABLA, LLAVERO, dormir=lambda _: None)

    def cortar(model: Any, **resto: Any) -> None:
        if model.name == "PutItem":
            raise KeyboardInterrupt

    bodega_moto.cliente.meta.events.register("before-call.dynamodb", cortar)
    with pytest.raises(KeyboardInterrupt):
        cortado.cargar_rendiciones([OTRA], LLEGADA + HORA)
    bodega_moto.cliente.meta.events.unregister("before-call.dynamodb", cortar)
    assert (cortado.rendicion_pendiente(UNA), cortado.rendicion_pendiente(OTRA)) == (True, False)
    assert cortado.corte_rendiciones() == LLEGADA


def test_la_carga_reemplazada_no_se_queda_en_la_tabla_aunque_se_corte_al_borrarla(bodega_moto: Bodega) -> None:
    almacen, cliente = bodega_moto.almacen, bodega_moto.cliente
    almacen.cargar_rendiciones([UNA], LLEGADA)
    apuntadas: list[str] = []

    def cortar_al_borrar(model: Any, **resto: Any) -> None:
        if model.name == "PutItem":
            apuntadas.append(model.name)
        elif model.name == "BatchWriteItem" and apuntadas:
            raise KeyboardInterrupt

    cliente.meta.events.register("before-call.dynamodb", cortar_al_borrar)
    with pytest.raises(KeyboardInterrupt):
        almacen.cargar_rendiciones([OTRA], LLEGADA)
    cliente.meta.events.unregister("before-call.dynamodb", cortar_al_borrar)
    assert almacen.rendicion_pendiente(OTRA) is True
    assert UNA.encode() in bodega_moto.crudo()
    almacen.cargar_rendiciones([], LLEGADA)
    assert UNA.encode() not in bodega_moto.crudo()


def test_un_lote_escrito_a_medias_se_vuelve_a_pedir(bodega_moto: Bodega) -> None:
    esperas: list[float] = []
    almacen = AlmacenDynamodb(bodega_moto.cliente, TABLA, LLAVERO, dormir=esperas.append)
    devueltas: list[str] = []

    def devolver_una(params: dict[str, Any], context: dict[str, Any], **resto: Any) -> None:
        pedido = params["RequestItems"][TABLA]
        context["sobra"] = [pedido.pop()] if len(devueltas) < 2 and len(pedido) > 1 else []

    def decirlo(parsed: dict[str, Any], context: dict[str, Any], **resto: Any) -> None:
        if context["sobra"]:
            devueltas.append("una")
            parsed["UnprocessedItems"] = {TABLA: context["sobra"]}

    bodega_moto.cliente.meta.events.register("provide-client-params.dynamodb.BatchWriteItem", devolver_una)
    bodega_moto.cliente.meta.events.register("after-call.dynamodb.BatchWriteItem", decirlo)
    almacen.anotar_participaciones([(UNA, NUEVA), (OTRA, NUEVA)])
    assert (almacen.participaciones(UNA), almacen.participaciones(OTRA)) == ((NUEVA,), (NUEVA,))
    assert len(esperas) == len(devueltas) > 0


def test_ningun_registro_guarda_el_rut(bodega: Bodega) -> None:
    bodega.almacen.anotar_participaciones([(UNA, NUEVA)])
    bodega.almacen.cargar_rendiciones([OTRA], LLEGADA)
    assert b"7600000" not in bodega.crudo()


# Cuántas van


def test_cuantas_cuenta_las_que_confirmaron_su_correo_en_cualquier_estado(almacen: Almacen) -> None:
    assert almacen.cuantas(FERIA) == 0
    recibir(almacen, postulacion(1))
    avanzar(almacen, recibir(almacen, postulacion(2)), Estado.RECIBIDA, Estado.RETIRADA)
    avanzar(almacen, recibir(almacen, postulacion(3, convocatoria="otra")), Estado.RECIBIDA)
    for n in range(4, 9):
        almacen.aplicar(confirmacion(recibir(almacen, postulacion(n))))
    assert almacen.cuantas(FERIA) == 6 == len(list(almacen.cola(FERIA)))
