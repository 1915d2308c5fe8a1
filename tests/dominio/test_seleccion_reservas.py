"""Con reservas y con tope: la garantía se cumple, nadie pasa delante sin razón, y lo decidido no se desdice."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funciones.dominio.candidata import EN_REVISION, Candidata, Condiciones
from funciones.dominio.convocatoria import Cupo, ModoSeleccion
from funciones.dominio.postulacion import Estado
from funciones.dominio.puestos import Puestos
from funciones.dominio.seleccion import FaltaRevisar, Motivo, Seleccion, elegir
from tests.candidatas import A, con_puntaje, grupos, por_llegada


def mejor(c: Candidata) -> tuple[object, ...]:
    """El orden por nota, escrito aparte: «y» desempata antes que «x»."""
    assert c.puntaje is not None
    return (-c.puntaje, -c.notas["y"], -c.notas["x"], c.llegada)


@given(caso=con_puntaje(), azar=st.randoms(use_true_random=False))
def test_con_puntaje_la_reserva_se_cumple_y_nadie_pasa_delante_sin_ella(
    caso: tuple[Condiciones, list[Candidata], Cupo], azar: random.Random
) -> None:
    condiciones, quienes, cupo = caso
    lista = elegir(condiciones, quienes, cupo, cerrada=True)
    assert elegir(condiciones, azar.sample(quienes, len(quienes)), cupo, cerrada=True) == lista
    ranking = sorted((c for c in quienes if c.puntaje is not None and c.puntaje >= 2), key=mejor)
    adentro = [c for c in ranking if c.folio in lista.seleccionadas]
    assert [c.folio for c in adentro] == list(lista.seleccionadas)
    assert len(adentro) == min(cupo.cupos, len(ranking))
    por_reserva = dict(lista.por_reserva)
    for reserva, cupos in condiciones.reservas:
        del_grupo = [c for c in ranking if reserva in c.reservas]
        assert sum(c in adentro for c in del_grupo) >= min(cupos, len(del_grupo))
        assert list(por_reserva.values()).count(reserva) <= cupos
    for fuera in ranking:
        if fuera.folio not in lista.seleccionadas:
            for dentro in adentro:
                if mejor(dentro) > mejor(fuera):
                    assert por_reserva[dentro.folio] not in fuera.reservas
    resto = [c.folio for c in ranking if c not in adentro]
    assert [*lista.espera, *(f for f, m in lista.no_seleccionadas if m is Motivo.SIN_CUPO_NI_ESPERA)] == resto
    assert lista.sin_decidir == ()
    assert lista.guardados == ()


@given(caso=con_puntaje())
def test_sin_reservas_entran_las_primeras(caso: tuple[Condiciones, list[Candidata], Cupo]) -> None:
    condiciones, quienes, cupo = caso
    lista = elegir(replace(condiciones, reservas=()), quienes, cupo, cerrada=True)
    ranking = sorted((c for c in quienes if c.puntaje is not None and c.puntaje >= 2), key=mejor)
    assert list(lista.seleccionadas) == [c.folio for c in ranking[: cupo.cupos]]
    assert lista.por_reserva == ()


@given(caso=por_llegada(), azar=st.randoms(use_true_random=False))
def test_por_llegada_no_se_da_de_mas_ni_se_deja_a_nadie_sin_lista(
    caso: tuple[Condiciones, list[Candidata], Cupo, bool], azar: random.Random
) -> None:
    condiciones, quienes, cupo, cerrada = caso
    lista = elegir(condiciones, quienes, cupo, cerrada=cerrada)
    assert elegir(condiciones, azar.sample(quienes, len(quienes)), cupo, cerrada=cerrada) == lista
    negadas = [folio for folio, _ in lista.no_seleccionadas]
    listas = [c.folio for c in quienes if c.estado in {Estado.ADMISIBLE, Estado.EVALUADA}]
    assert sorted([*lista.seleccionadas, *lista.espera, *negadas, *lista.sin_decidir]) == listas
    assert len(lista.seleccionadas) <= cupo.libres
    assert cupo.espera_maxima is None or len(lista.espera) <= max(cupo.espera_maxima - cupo.espera, 0)
    tope = condiciones.postulaciones_maximas
    sobran = {c.folio for c in quienes if tope is not None and c.llegada > tope}
    assert {f for f, m in lista.no_seleccionadas if m is Motivo.SOBRE_EL_TOPE} == sobran & set(listas)
    assert not sobran & {*lista.seleccionadas, *lista.espera, *lista.sin_decidir}


@given(caso=por_llegada())
def test_por_llegada_lo_que_le_falta_a_un_grupo_se_le_guarda_mientras_alguien_pueda_pedirlo(
    caso: tuple[Condiciones, list[Candidata], Cupo, bool],
) -> None:
    condiciones, quienes, cupo, _ = caso
    condiciones = replace(condiciones, postulaciones_maximas=None)
    lista = elegir(condiciones, quienes, cupo, cerrada=False)
    dentro = [c for c in quienes if c.dentro or c.folio in lista.seleccionadas]
    quedan = cupo.libres - len(lista.seleccionadas)
    dentro += [c for c in quienes if c.espera]
    for reserva, cupos in condiciones.reservas:
        faltan = cupos - sum(reserva in c.reservas for c in dentro)
        pendientes = [c for c in quienes if c.folio in lista.sin_decidir and reserva in c.reservas]
        # O el grupo tiene su mínimo, o queda con qué dárselo, o no quedaba ningún puesto que repartir.
        assert (
            faltan <= 0
            or min(faltan, cupo.libres) <= quedan
            or pendientes
            or cupo.libres == 0
            or (sum(c for _, c in condiciones.reservas) > cupo.libres)
        )


@given(caso=por_llegada(), datos=st.data())
def test_por_llegada_con_reservas_lo_decidido_no_cambia_como_sea_que_siga(
    caso: tuple[Condiciones, list[Candidata], Cupo, bool], datos: st.DataObject
) -> None:
    condiciones, quienes, cupo, cerrada = caso
    ahora = elegir(condiciones, quienes, cupo, cerrada=cerrada)
    finales = st.sampled_from([Estado.ADMISIBLE, Estado.NO_ADMISIBLE])
    resueltas = [replace(c, estado=datos.draw(finales)) if c.estado in EN_REVISION else c for c in quienes]
    if not cerrada:
        # Pueden llegar más antes de que cierre.
        resueltas += [
            Candidata(f"N{n}", Estado.ADMISIBLE, len(quienes) + 1 + n, reservas=datos.draw(grupos))
            for n in range(datos.draw(st.integers(0, 3)))
        ]
    despues = elegir(condiciones, resueltas, cupo, cerrada=True)
    assert set(ahora.seleccionadas) <= set(despues.seleccionadas)
    assert set(ahora.espera) <= {*despues.espera, *despues.seleccionadas}
    assert set(ahora.no_seleccionadas) <= set(despues.no_seleccionadas)
    assert (despues.sin_decidir, despues.guardados) == ((), ())


@given(caso=por_llegada())
def test_a_quien_ya_espera_nadie_nuevo_le_quita_el_puesto(
    caso: tuple[Condiciones, list[Candidata], Cupo, bool],
) -> None:
    """Sin las nuevas, a quienes esperan les tocaban estos puestos; con ellas, siguen quedando para dárselos."""
    condiciones, quienes, cupo, cerrada = caso
    lista = elegir(condiciones, quienes, cupo, cerrada=cerrada)
    fila = [replace(c, estado=Estado.SELECCIONADA) if c.folio in lista.seleccionadas else c for c in quienes]
    solas = [c for c in quienes if c.dentro or c.espera]
    assert les_toca(condiciones, solas, cupo.libres) <= les_toca(
        condiciones, [c for c in fila if c.dentro or c.espera], cupo.libres - len(lista.seleccionadas)
    )


def les_toca(condiciones: Condiciones, quienes: list[Candidata], libres: int) -> set[str]:
    """Con la fila abierta: qué gente de la lista de espera podría tomar hoy un puesto."""
    puestos = Puestos(condiciones, libres, [c for c in quienes if c.dentro])
    return {c.folio for c in quienes if c.espera and puestos.tomar(c) is not None}


def test_lo_que_se_suelta_es_primero_de_quien_ya_esperaba() -> None:
    quienes = [llega(1, estado=Estado.LISTA_DE_ESPERA), llega(2)]
    dada = elegir(llegada((A, 1)), quienes, Cupo(1, 0, 1), cerrada=True)
    assert (dada.seleccionadas, dada.espera) == ((), ("F2",))


# Casos que se leen de una mirada


def llega(numero: int, *reservas: str, estado: Estado = Estado.ADMISIBLE) -> Candidata:
    return Candidata(f"F{numero}", estado, numero, reservas=frozenset(reservas))


def nota(numero: int, puntaje: str, *reservas: str, estado: Estado = Estado.EVALUADA) -> Candidata:
    return Candidata(f"F{numero}", estado, numero, Decimal(puntaje), {}, frozenset(reservas))


def llegada(*reservas: tuple[str, int], tope: int | None = None) -> Condiciones:
    return Condiciones(ModoSeleccion.LLEGADA, reservas=reservas, postulaciones_maximas=tope)


def puntaje(*reservas: tuple[str, int], tope: int | None = None, minima: str = "4") -> Condiciones:
    return Condiciones(ModoSeleccion.PUNTAJE, Decimal(minima), reservas=reservas, postulaciones_maximas=tope)


def test_la_reserva_hace_entrar_a_quien_por_nota_quedaba_fuera_y_lo_dice() -> None:
    quienes = [nota(1, "7"), nota(2, "6"), nota(3, "5", A)]
    assert elegir(puntaje((A, 1)), quienes, Cupo(2), cerrada=True) == Seleccion(
        ("F1", "F3"), ("F2",), (), por_reserva=(("F3", A),)
    )


def test_la_reserva_no_baja_la_nota_minima() -> None:
    dada = elegir(puntaje((A, 1)), [nota(1, "5"), nota(2, "3.99", A)], Cupo(1), cerrada=True)
    assert dada == Seleccion(("F1",), (), (("F2", Motivo.BAJO_NOTA_MINIMA),))


def test_la_reserva_es_un_minimo_y_no_un_tope() -> None:
    dada = elegir(puntaje((A, 1)), [nota(n, "6", A) for n in (1, 2, 3)], Cupo(3), cerrada=True)
    assert dada.seleccionadas == ("F1", "F2", "F3")
    assert dada.por_reserva == (("F1", A),)


def test_lo_reservado_que_nadie_pide_es_de_quien_sigue() -> None:
    dada = elegir(puntaje((A, 2)), [nota(1, "7"), nota(2, "6"), nota(3, "5")], Cupo(2), cerrada=True)
    assert dada == Seleccion(("F1", "F2"), ("F3",), ())


def test_al_repetir_con_puntaje_quien_ya_esta_dentro_cuenta_para_la_reserva() -> None:
    dentro = nota(1, "5", A, estado=Estado.SELECCIONADA)
    dada = elegir(puntaje((A, 1)), [dentro, nota(2, "7"), nota(3, "6", A)], Cupo(2, 1), cerrada=True)
    assert (dada.seleccionadas, dada.espera) == (("F2",), ("F3",))


def test_con_la_fila_abierta_lo_reservado_se_guarda_para_quien_pueda_llegar() -> None:
    quienes = [llega(1), llega(2)]
    abierta = elegir(llegada((A, 1)), quienes, Cupo(2), cerrada=False)
    assert abierta == Seleccion(("F1",), ("F2",), (), guardados=((A, 1),))
    assert elegir(llegada((A, 1)), quienes, Cupo(2), cerrada=True) == Seleccion(("F1", "F2"), (), ())


def test_quien_es_del_grupo_toma_su_cupo_guardado_aunque_otra_espere_hace_rato() -> None:
    esperaba = llega(2, estado=Estado.LISTA_DE_ESPERA)
    dada = elegir(llegada((A, 1)), [esperaba, llega(3, A), llega(4)], Cupo(2, 1, 1), cerrada=False)
    assert dada == Seleccion(("F3",), ("F4",), (), por_reserva=(("F3", A),))


def test_el_cupo_guardado_es_primero_de_la_del_grupo_que_ya_esperaba() -> None:
    esperaba = llega(2, A, estado=Estado.LISTA_DE_ESPERA)
    dada = elegir(llegada((A, 1)), [esperaba, llega(3, A)], Cupo(1, 0, 1), cerrada=False)
    assert (dada.seleccionadas, dada.espera) == ((), ("F3",))


def test_a_nadie_se_le_dice_que_no_mientras_un_cupo_reservado_pueda_soltarse() -> None:
    sin_espera = Cupo(1, 0, 0, 0)
    guardado = elegir(llegada((A, 1)), [llega(1)], sin_espera, cerrada=False)
    assert (guardado.no_seleccionadas, guardado.sin_decidir) == ((), ("F1",))
    en_revision = [llega(1), llega(2, A, estado=Estado.RECIBIDA)]
    pedido = elegir(llegada((A, 1)), en_revision, sin_espera, cerrada=True)
    assert (pedido.no_seleccionadas, pedido.sin_decidir) == ((), ("F1",))
    resuelto = elegir(llegada((A, 1)), [llega(1), llega(2, A)], sin_espera, cerrada=True)
    assert resuelto.no_seleccionadas == (("F1", Motivo.SIN_CUPO_NI_ESPERA),)


def test_sobre_el_tope_no_se_elige_y_hasta_el_tope_si() -> None:
    quienes = [llega(n) for n in (1, 2, 3)]
    dada = elegir(llegada(tope=2), quienes, Cupo(9), cerrada=False)
    assert dada == Seleccion(("F1", "F2"), (), (("F3", Motivo.SOBRE_EL_TOPE),))


def test_quien_se_retiro_ocupo_su_lugar_en_el_tope() -> None:
    dada = elegir(llegada(tope=2), [llega(1, estado=Estado.RETIRADA), llega(2), llega(3)], Cupo(9), cerrada=False)
    assert (dada.seleccionadas, dada.no_seleccionadas) == (("F2",), (("F3", Motivo.SOBRE_EL_TOPE),))


def test_una_en_revision_sobre_el_tope_no_guarda_puesto_ni_detiene_a_nadie() -> None:
    quienes = [llega(1), llega(2, estado=Estado.RECIBIDA), llega(3)]
    assert elegir(llegada(tope=1), quienes, Cupo(1), cerrada=False).seleccionadas == ("F1",)
    notas = [nota(1, "6"), llega(2, estado=Estado.RECIBIDA), llega(3)]
    dada = elegir(puntaje(tope=1), notas, Cupo(1), cerrada=True)
    assert dada == Seleccion(("F1",), (), (("F3", Motivo.SOBRE_EL_TOPE),))
    with pytest.raises(FaltaRevisar) as falta:
        elegir(puntaje(tope=2), notas, Cupo(1), cerrada=True)
    assert falta.value.folios == ("F2",)


def test_con_todas_las_que_recibe_la_fila_esta_cerrada_y_suelta_lo_reservado() -> None:
    quienes = [llega(1), llega(2)]
    assert elegir(llegada((A, 1), tope=3), quienes, Cupo(2), cerrada=False).seleccionadas == ("F1",)
    assert elegir(llegada((A, 1), tope=2), quienes, Cupo(2), cerrada=False).seleccionadas == ("F1", "F2")


def test_quien_ya_esta_dentro_o_espera_no_sale_aunque_una_enmienda_baje_el_tope() -> None:
    quienes = [
        llega(2, A, estado=Estado.SELECCIONADA),
        llega(3, estado=Estado.LISTA_DE_ESPERA),
        llega(1),
    ]
    dada = elegir(llegada((A, 1), tope=1), quienes, Cupo(3, 1, 1), cerrada=False)
    assert (dada.seleccionadas, dada.guardados) == (("F1",), ())
    justo = elegir(llegada((A, 1), tope=1), quienes, Cupo(2, 1, 1), cerrada=False)
    assert (justo.seleccionadas, justo.espera) == ((), ("F1",))
