"""La selección da lo mismo en cualquier orden, no da puestos de más y desempata como dice la convocatoria."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funciones.dominio.candidata import EN_REVISION
from funciones.dominio.convocatoria import Cupo, Grupo, ModoSeleccion, Reserva
from funciones.dominio.espera import en_orden
from funciones.dominio.postulacion import Estado, Evaluacion, Postulacion
from funciones.dominio.seleccion import FaltaRevisar, Motivo, Seleccion, de_otra_pauta, seleccionar
from tests.mundo import CRITERIOS, LLEGADA, convocatoria, postulacion

POR_LLEGADA = convocatoria()
POR_PUNTAJE = convocatoria(modo_seleccion=ModoSeleccion.PUNTAJE, criterios=CRITERIOS, nota_minima=Decimal(4))
NOTAS = st.sampled_from([Decimal(n) / 2 for n in range(2, 15)])


def revisada(numero: int, estado: Estado = Estado.ADMISIBLE, minuto: int | None = None) -> Postulacion:
    minuto = numero if minuto is None else minuto
    return postulacion(numero, estado=estado, turno=LLEGADA + timedelta(minutes=minuto))


def evaluada(numero: int, puntaje: str, oferta: str = "5", motivacion: str = "5", minuto: int = 0) -> Postulacion:
    return postulacion(
        numero,
        estado=Estado.EVALUADA,
        turno=LLEGADA + timedelta(minutes=minuto),
        puntaje=Decimal(puntaje),
        notas={"oferta": Decimal(oferta), "motivacion": Decimal(motivacion)},
    )


def folios(*postulaciones: Postulacion) -> tuple[str, ...]:
    return tuple(p.folio for p in postulaciones)


@st.composite
def por_llegada(draw: st.DrawFn) -> list[Postulacion]:
    estados = draw(st.lists(st.sampled_from(Estado), max_size=14))
    return [revisada(n, estado, draw(st.integers(0, 5))) for n, estado in enumerate(estados)]


@st.composite
def por_puntaje(draw: st.DrawFn) -> list[Postulacion]:
    cuantas = draw(st.integers(0, 12))
    return [
        evaluada(n, str(draw(NOTAS)), str(draw(NOTAS)), str(draw(NOTAS)), draw(st.integers(0, 2)))
        for n in range(cuantas)
    ]


cupos = st.builds(
    Cupo, st.integers(0, 8), st.integers(0, 9), st.integers(0, 5), st.one_of(st.none(), st.integers(0, 6))
)


def comprobar_reparto(lista: Seleccion, esperan: list[str], cupo: Cupo) -> None:
    """Cada una en una sola lista, sin puestos ni lugares de más, y sin dejar a nadie fuera si había dónde."""
    todas = [*lista.seleccionadas, *lista.espera, *(folio for folio, _ in lista.no_seleccionadas), *lista.sin_decidir]
    assert sorted(todas) == sorted(esperan)
    # Lo libre es primero de quienes ya esperaban.
    libres = max(cupo.libres - cupo.espera, 0)
    assert len(lista.seleccionadas) <= libres
    if cupo.espera_maxima is not None:
        assert len(lista.espera) <= max(cupo.espera_maxima - cupo.espera, 0)
    if lista.espera and not lista.sin_decidir:
        assert len(lista.seleccionadas) == libres
    if any(motivo is Motivo.SIN_CUPO_NI_ESPERA for _, motivo in lista.no_seleccionadas):
        assert len(lista.seleccionadas) == libres
        assert cupo.espera_maxima is not None
        assert cupo.espera + len(lista.espera) >= cupo.espera_maxima


@given(postulaciones=por_llegada(), cupo=cupos, azar=st.randoms(use_true_random=False))
def test_por_llegada_el_orden_de_entrada_no_importa_y_no_se_da_de_mas(
    postulaciones: list[Postulacion], cupo: Cupo, azar: random.Random
) -> None:
    lista = seleccionar(POR_LLEGADA, postulaciones, cupo)
    azar.shuffle(postulaciones)
    assert seleccionar(POR_LLEGADA, postulaciones, cupo) == lista
    esperan = [p for p in postulaciones if p.estado in {Estado.ADMISIBLE, Estado.EVALUADA}]
    comprobar_reparto(lista, [p.folio for p in esperan], cupo)
    en_turno = [p.folio for p in sorted(esperan, key=lambda p: (p.turno, p.folio))]
    ordenadas = [*lista.seleccionadas, *lista.espera, *(folio for folio, _ in lista.no_seleccionadas)]
    assert ordenadas == [folio for folio in en_turno if folio in ordenadas]


@given(postulaciones=por_llegada(), cupo=cupos, datos=st.data())
def test_por_llegada_lo_decidido_no_cambia_como_sea_que_se_revise_lo_pendiente(
    postulaciones: list[Postulacion], cupo: Cupo, datos: st.DataObject
) -> None:
    ahora = seleccionar(POR_LLEGADA, postulaciones, cupo)
    resueltas = [
        revisada_despues(p, datos.draw(st.sampled_from([Estado.ADMISIBLE, Estado.NO_ADMISIBLE]))) for p in postulaciones
    ]
    despues = seleccionar(POR_LLEGADA, resueltas, cupo)
    assert set(ahora.seleccionadas) <= set(despues.seleccionadas)
    assert set(ahora.espera) <= set(despues.espera)
    assert set(ahora.no_seleccionadas) <= set(despues.no_seleccionadas)
    assert despues.sin_decidir == ()


def revisada_despues(p: Postulacion, a: Estado) -> Postulacion:
    return replace(p, estado=a) if p.estado in EN_REVISION else p


@given(postulaciones=por_puntaje(), cupo=cupos, azar=st.randoms(use_true_random=False))
def test_por_puntaje_el_orden_de_entrada_no_importa_y_no_se_da_de_mas(
    postulaciones: list[Postulacion], cupo: Cupo, azar: random.Random
) -> None:
    lista = seleccionar(POR_PUNTAJE, postulaciones, cupo)
    azar.shuffle(postulaciones)
    assert seleccionar(POR_PUNTAJE, postulaciones, cupo) == lista
    comprobar_reparto(lista, [p.folio for p in postulaciones], cupo)
    # El orden, escrito aparte: «motivacion» desempata primero, después «oferta», después la llegada.
    mejores = sorted(
        (p for p in postulaciones if p.puntaje is not None and p.puntaje >= 4),
        key=lambda p: (-(p.puntaje or 0), -p.notas["motivacion"], -p.notas["oferta"], p.turno, p.folio),
    )
    ranking = [*lista.seleccionadas, *lista.espera]
    assert ranking == [p.folio for p in mejores][: len(ranking)]


def test_por_llegada_se_llenan_los_puestos_y_despues_la_espera() -> None:
    a, b, c, d, e = (revisada(n) for n in range(5))
    lista = seleccionar(POR_LLEGADA, [e, c, a, d, b], Cupo(3, 1, 0, 2))
    assert lista == Seleccion(folios(a, b), folios(c, d), ((e.folio, Motivo.SIN_CUPO_NI_ESPERA),))


def test_una_recien_llegada_no_se_adelanta_a_quien_ya_espera() -> None:
    nueva = revisada(9)
    assert seleccionar(POR_LLEGADA, [nueva], Cupo(2, 1, 1, 5)) == Seleccion((), folios(nueva), ())


def test_quien_el_contador_cuenta_y_la_fila_aun_no_muestra_tambien_va_antes() -> None:
    esperaba, nueva, otra = revisada(1, Estado.LISTA_DE_ESPERA), revisada(2), revisada(3)
    dada = seleccionar(POR_LLEGADA, [esperaba, nueva, otra], Cupo(3, 0, 2))
    assert dada == Seleccion(folios(nueva), folios(otra), ())


def test_si_no_se_dice_que_la_fila_cerro_lo_reservado_se_guarda() -> None:
    reserva = Reserva("mujeres", "Lideradas por mujeres", 1, Grupo.LIDERADA_POR_MUJERES)
    con_reserva = replace(POR_LLEGADA, reservas=(reserva,))
    assert seleccionar(con_reserva, [revisada(1)], Cupo(1)).guardados == (("mujeres", 1),)
    assert seleccionar(con_reserva, [revisada(1)], Cupo(1), cerrada=True).seleccionadas == folios(revisada(1))


def test_en_la_espera_caben_las_que_faltan_para_su_tope() -> None:
    nuevas = [revisada(n) for n in range(4)]
    dada = seleccionar(POR_LLEGADA, nuevas, Cupo(0, 0, 1, 4))
    assert dada == Seleccion((), folios(*nuevas[:3]), ((nuevas[3].folio, Motivo.SIN_CUPO_NI_ESPERA),))


def test_sin_tope_de_espera_nadie_queda_fuera() -> None:
    todas = [revisada(n) for n in range(50)]
    lista = seleccionar(POR_LLEGADA, todas, Cupo(1))
    assert (lista.seleccionadas, lista.espera) == (folios(todas[0]), folios(*todas[1:]))


def test_una_anterior_en_revision_guarda_su_puesto() -> None:
    pendiente, lista_1, lista_2 = revisada(0, Estado.RECIBIDA), revisada(1), revisada(2)
    dada = seleccionar(POR_LLEGADA, [pendiente, lista_1, lista_2], Cupo(2))
    assert dada == Seleccion(folios(lista_1), (), (), folios(lista_2))


@pytest.mark.parametrize("estado", [Estado.RECIBIDA, Estado.EN_CORRECCION, Estado.RETENIDA])
def test_en_todo_estado_de_revision_se_guarda_el_puesto(estado: Estado) -> None:
    dada = seleccionar(POR_LLEGADA, [revisada(0, estado), revisada(1)], Cupo(1))
    assert dada.sin_decidir == folios(revisada(1))


def test_una_posterior_en_revision_no_detiene_a_nadie() -> None:
    dada = seleccionar(POR_LLEGADA, [revisada(0), revisada(1), revisada(2, Estado.RECIBIDA)], Cupo(1))
    assert dada == Seleccion(folios(revisada(0)), folios(revisada(1)), ())


def test_las_ya_elegidas_no_se_tocan_y_repetir_no_cambia_nada() -> None:
    ya = [revisada(0, Estado.SELECCIONADA), revisada(1, Estado.LISTA_DE_ESPERA), revisada(2, Estado.RETIRADA)]
    assert seleccionar(POR_LLEGADA, ya, Cupo(1, 1, 1)) == Seleccion((), (), ())


def test_sin_turno_no_se_elige() -> None:
    sin_confirmar = postulacion(1, estado=Estado.ADMISIBLE, turno=None)
    assert seleccionar(POR_LLEGADA, [sin_confirmar], Cupo(1)) == Seleccion((), (), ())


def test_en_el_mismo_milisegundo_decide_el_folio() -> None:
    una, otra = sorted((revisada(1, minuto=0), revisada(2, minuto=0)), key=lambda p: p.folio)
    dada = seleccionar(POR_LLEGADA, [otra, una], Cupo(1))
    assert (dada.seleccionadas, dada.espera) == (folios(una), folios(otra))


def test_el_mejor_puntaje_va_primero_aunque_haya_llegado_ultimo() -> None:
    tarde, temprano = evaluada(1, "6.01", minuto=9), evaluada(2, "6.00", minuto=0)
    assert seleccionar(POR_PUNTAJE, [temprano, tarde], Cupo(1)).seleccionadas == folios(tarde)


def test_el_empate_lo_decide_el_criterio_declarado_y_no_el_que_mas_pesa() -> None:
    motivada = evaluada(1, "5.00", oferta="1", motivacion="6", minuto=9)
    ofertada = evaluada(2, "5.00", oferta="7", motivacion="5", minuto=0)
    assert seleccionar(POR_PUNTAJE, [ofertada, motivada], Cupo(1)).seleccionadas == folios(motivada)


def test_el_segundo_criterio_decide_si_el_primero_empata_y_al_final_la_llegada() -> None:
    mejor = evaluada(1, "5.00", oferta="6", minuto=9)
    antes, despues = evaluada(2, "5.00", oferta="5", minuto=1), evaluada(3, "5.00", oferta="5", minuto=2)
    dada = seleccionar(POR_PUNTAJE, [despues, antes, mejor], Cupo(1))
    assert (*dada.seleccionadas, *dada.espera) == folios(mejor, antes, despues)


def test_la_nota_minima_alcanza_y_un_centesimo_menos_no() -> None:
    justa, bajo = evaluada(1, "4.00"), evaluada(2, "3.99")
    dada = seleccionar(POR_PUNTAJE, [justa, bajo], Cupo(5))
    assert dada == Seleccion(folios(justa), (), ((bajo.folio, Motivo.BAJO_NOTA_MINIMA),))


@pytest.mark.parametrize("estado", [Estado.RECIBIDA, Estado.EN_CORRECCION, Estado.RETENIDA, Estado.ADMISIBLE])
def test_con_puntaje_no_se_elige_mientras_quede_una_sin_nota(estado: Estado) -> None:
    with pytest.raises(FaltaRevisar) as falta:
        seleccionar(POR_PUNTAJE, [evaluada(1, "5"), revisada(2, estado)], Cupo(5))
    assert falta.value.folios == folios(revisada(2))


def test_quien_espera_con_notas_de_otra_pauta_conserva_su_lugar_y_lo_que_le_falta_va_al_final() -> None:
    con_otro_criterio = replace(CRITERIOS[1], criterio="interes")
    enmendada = replace(POR_PUNTAJE, criterios=(CRITERIOS[0], con_otro_criterio))
    mejor, sin_nota, peor, otra = (
        replace(p, estado=Estado.LISTA_DE_ESPERA)
        for p in (
            evaluada(1, "6", oferta="5"),
            replace(evaluada(2, "6"), puntaje=None, notas={}),
            evaluada(3, "5", oferta="6"),
            evaluada(4, "6", oferta="6"),
        )
    )
    al_dia = replace(
        evaluada(5, "6"), estado=Estado.LISTA_DE_ESPERA, notas={"oferta": Decimal(1), "interes": Decimal(1)}
    )
    orden = en_orden(enmendada, [sin_nota, peor, mejor, otra, al_dia])
    assert folios(*orden) == folios(al_dia, otra, mejor, peor, sin_nota)


def con_una_evaluacion(numero: int, **cambios: object) -> Postulacion:
    notas = {"oferta": Decimal("5.00"), "motivacion": Decimal("6.00")}
    puesta = Evaluacion("eva-1", LLEGADA, notas, dict.fromkeys(notas, "Se ve"))
    base = replace(evaluada(numero, "5.40", "5", "6", minuto=numero), evaluaciones=(puesta,))
    return replace(base, **cambios)  # type: ignore[arg-type]


def test_de_otra_pauta_son_las_evaluadas_cuya_nota_hoy_seria_otra() -> None:
    al_dia = con_una_evaluacion(1)
    otro_puntaje = con_una_evaluacion(2, puntaje=Decimal("5.41"))
    otras_notas = con_una_evaluacion(3, notas={"oferta": Decimal(5), "motivacion": Decimal(7)})
    sin_ninguna = con_una_evaluacion(4, evaluaciones=())
    ya_decididas = [
        con_una_evaluacion(5 + n, puntaje=Decimal(1), estado=estado)
        for n, estado in enumerate(set(Estado) - {Estado.EVALUADA})
    ]
    fila = [*ya_decididas, sin_ninguna, otras_notas, otro_puntaje, al_dia]
    assert de_otra_pauta(POR_PUNTAJE, fila) == tuple(sorted(folios(otro_puntaje, otras_notas, sin_ninguna)))
    sin_nada = con_una_evaluacion(0, evaluaciones=(), puntaje=None, notas={})
    assert de_otra_pauta(POR_PUNTAJE, [sin_nada]) == (sin_nada.folio,)
    assert de_otra_pauta(replace(POR_PUNTAJE, evaluadores=2), [al_dia]) == (al_dia.folio,)
    assert de_otra_pauta(replace(POR_PUNTAJE, modo_seleccion=ModoSeleccion.LLEGADA), fila) == ()
    # Sobre el tope no la decide su nota.
    assert de_otra_pauta(replace(POR_PUNTAJE, postulaciones_maximas=2), fila) == (otro_puntaje.folio,)
