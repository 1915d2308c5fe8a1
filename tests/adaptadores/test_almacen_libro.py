"""Lo que todo almacén cumple con el libro: cada decisión queda encadenada, y lo que se cambie por fuera se nota."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from funciones.adaptadores.almacen import Almacen, Conflicto, SinCupo
from funciones.dominio import auditoria, libro
from funciones.dominio.libro import Cabeza
from funciones.dominio.postulacion import Estado, Postulacion
from tests.adaptadores.conftest import Bodega
from tests.adaptadores.libreta import DECISIONES, Intruso, con_de_todo, fallas
from tests.mundo import FERIA, a_la_vez, admisible, avanzar, cambio, confirmacion, paso, postulacion, recibir


def test_un_libro_sin_decisiones_esta_vacio_y_sano(almacen: Almacen) -> None:
    assert almacen.cabeza(FERIA) == libro.sin_asientos(FERIA)
    assert list(almacen.libro(FERIA)) == []
    assert almacen.folios(FERIA) == ()
    assert fallas(almacen) == ()


def test_enviar_y_confirmar_no_tocan_el_libro(almacen: Almacen) -> None:
    avanzar(almacen, recibir(almacen, postulacion(1)), Estado.RECIBIDA)
    avanzar(almacen, recibir(almacen, postulacion(2)), Estado.RETENIDA)
    assert almacen.cabeza(FERIA).numero == 0
    assert fallas(almacen) == ()


def test_cada_cambio_que_decide_deja_un_asiento_y_todo_calza(almacen: Almacen) -> None:
    con_de_todo(almacen)
    asientos = tuple(almacen.libro(FERIA))
    assert [a.numero for a in asientos] == list(range(1, DECISIONES + 1))
    assert almacen.cabeza(FERIA) == Cabeza(DECISIONES, asientos[-1].huella)
    assert fallas(almacen) == ()


def test_la_primera_decision_anota_tambien_como_entro(almacen: Almacen) -> None:
    recibida = avanzar(almacen, recibir(almacen, postulacion(1)), Estado.RECIBIDA)
    avanzar(almacen, recibida, Estado.ADMISIBLE, Estado.SELECCIONADA)
    primero, segundo = (libro.leer(a.texto) for a in almacen.libro(FERIA))
    assert primero is not None
    assert segundo is not None
    assert [a.version for a in primero.anotados] == [1, 2, 3]
    assert [a.version for a in segundo.anotados] == [4]


def test_un_cambio_de_varios_pasos_es_un_solo_asiento(almacen: Almacen) -> None:
    listas = [admisible(almacen, n) for n in range(3)]
    almacen.aplicar(cambio(*(paso(p, Estado.SELECCIONADA) for p in listas)))
    ultimo = libro.leer(list(almacen.libro(FERIA))[-1].texto)
    assert ultimo is not None
    assert [a.folio for a in ultimo.anotados] == [p.folio for p in listas]
    assert fallas(almacen) == ()


def test_lo_que_no_se_guarda_no_se_anota(almacen: Almacen) -> None:
    lista = admisible(almacen, 1)
    antes = almacen.cabeza(FERIA)
    with pytest.raises(SinCupo):
        almacen.aplicar(cambio(paso(lista, Estado.SELECCIONADA), cupos=0))
    avanzar(almacen, lista, Estado.SELECCIONADA)
    with pytest.raises(Conflicto):
        almacen.aplicar(cambio(paso(lista, Estado.LISTA_DE_ESPERA)))
    assert almacen.cabeza(FERIA).numero == antes.numero + 1
    assert fallas(almacen) == ()


def test_cada_convocatoria_lleva_su_libro(almacen: Almacen) -> None:
    avanzar(almacen, recibir(almacen, postulacion(1, convocatoria="otra")), Estado.RECIBIDA, Estado.ADMISIBLE)
    assert almacen.cabeza(FERIA).numero == 0
    admisible(almacen, 2)
    assert [almacen.cabeza(c).numero for c in (FERIA, "otra")] == [1, 1]
    assert almacen.cabeza(FERIA) != almacen.cabeza("otra")


def test_muchos_que_deciden_a_la_vez_quedan_en_una_sola_cadena(almacen: Almacen) -> None:
    recibidas = [avanzar(almacen, recibir(almacen, postulacion(n)), Estado.RECIBIDA) for n in range(12)]
    dados = a_la_vez(lambda n: almacen.aplicar(cambio(paso(recibidas[n], Estado.ADMISIBLE))), range(12), 12)
    assert dados == [None] * 12
    assert almacen.cabeza(FERIA).numero == 12
    assert fallas(almacen) == ()


def test_quien_confirma_mientras_otros_deciden_no_espera_ni_estorba(almacen: Almacen) -> None:
    recibidas = [avanzar(almacen, recibir(almacen, postulacion(n)), Estado.RECIBIDA) for n in range(4)]
    nuevas = [recibir(almacen, postulacion(n)) for n in range(4, 12)]

    def hacer(numero: int) -> None:
        siguiente = (
            cambio(paso(recibidas[numero], Estado.ADMISIBLE)) if numero < 4 else confirmacion(nuevas[numero - 4])
        )
        almacen.aplicar(siguiente)

    assert a_la_vez(hacer, range(12), 12) == [None] * 12
    assert (almacen.cabeza(FERIA).numero, almacen.cuantas(FERIA)) == (4, 12)
    assert fallas(almacen) == ()


# Lo que alguien cambia por fuera

H = "0" * 64
Cosas = dict[str, Postulacion]
INTRUSIONES: dict[str, tuple[Callable[[Intruso, Cosas], None], Callable[[Cosas], str]]] = {
    "quién decidió": (
        lambda i, c: i.transicion(c["negada"].folio, 3, actor="funcionario-9"),
        lambda c: f"{c['negada'].folio}, versión 3",
    ),
    "cuándo llegó": (
        lambda i, c: i.transicion(c["negada"].folio, 1, cuando=1),
        lambda c: f"{c['negada'].folio}, versión 1",
    ),
    "lo escrito en el sello": (
        lambda i, c: i.transicion(c["ofrecida"].folio, 5, sellado="AAAA"),
        lambda c: f"{c['ofrecida'].folio}, versión 5",
    ),
    "el acta que la decidió": (
        lambda i, c: i.transicion(c["retirada"].folio, 4, acta="otra"),
        lambda c: f"{c['retirada'].folio}, versión 4",
    ),
    "una decisión borrada": (
        lambda i, c: i.borrar_transicion(c["negada"].folio, 3),
        lambda c: f"{c['negada'].folio}, versión 3",
    ),
    "una postulación borrada": (
        lambda i, c: i.borrar_postulacion(c["negada"].folio),
        lambda c: c["negada"].folio,
    ),
    "el lugar en la fila": (
        lambda i, c: i.postulacion(c["ofrecida"].folio, turno=1),
        lambda c: c["ofrecida"].folio,
    ),
    "el puntaje": (
        lambda i, c: i.postulacion(c["ofrecida"].folio, puntaje="7.00"),
        lambda c: c["ofrecida"].folio,
    ),
    "el estado de una sin decidir": (
        lambda i, c: i.postulacion(c["recibida"].folio, estado="admisible"),
        lambda c: c["recibida"].folio,
    ),
    "una decidida que la cola ya no entrega": (
        lambda i, c: i.fuera_de_la_cola(c["negada"].folio),
        lambda c: c["negada"].folio,
    ),
    "una que está en la cola de otra": (
        lambda i, c: i.en_otra_cola(c["ofrecida"].folio),
        lambda c: c["ofrecida"].folio,
    ),
    "una sin decidir que pasa delante": (
        lambda i, c: i.primera_en_la_cola(c["recibida"].folio),
        lambda c: c["recibida"].folio,
    ),
    "una que la purga se va a llevar": (
        lambda i, c: i.por_borrarse(c["recibida"].folio),
        lambda c: c["recibida"].folio,
    ),
    "un RUT soltado": (lambda i, c: i.soltar_rut(c["recibida"]), lambda c: c["recibida"].folio),
    "un RUT de otra": (lambda i, c: i.dar_rut(c["ofrecida"], "OTRO"), lambda c: c["ofrecida"].folio),
    "un RUT que ya no le toca": (
        lambda i, c: i.dar_rut(c["ofrecida"], c["negada"].folio),
        lambda c: c["ofrecida"].folio,
    ),
    "un asiento reescrito": (
        lambda i, c: i.asiento(4, texto=libro.asentar(FERIA, Cabeza(3, H), [libro.Anotado("X", 1, H)]).texto),
        lambda c: "asiento 4",
    ),
    "la huella de un asiento": (lambda i, c: i.asiento(4, huella=H), lambda c: "asiento 4"),
    "un asiento ilegible": (lambda i, c: i.asiento(4, texto="nada"), lambda c: "asiento 4"),
    "un asiento borrado": (lambda i, c: i.borrar_asiento(4), lambda c: "asiento 5"),
    "el último asiento borrado": (lambda i, c: i.borrar_asiento(DECISIONES), lambda c: "la cabeza del libro"),
    "la cabeza": (lambda i, c: i.puestos(cabeza=H), lambda c: "la cabeza del libro"),
    "el número de la cabeza": (lambda i, c: i.puestos(numero=3), lambda c: "la cabeza del libro"),
    "los puestos dados": (lambda i, c: i.puestos(asignados=2), lambda c: "los puestos"),
    "los lugares en la espera": (lambda i, c: i.puestos(espera=0), lambda c: "los puestos"),
}


@pytest.mark.parametrize("intrusion", INTRUSIONES)
def test_lo_que_se_cambia_por_fuera_se_nota_y_se_dice_donde(bodega: Bodega, tmp_path: Path, intrusion: str) -> None:
    cosas = con_de_todo(bodega.almacen)
    hacer, donde = INTRUSIONES[intrusion]
    hacer(Intruso(bodega, tmp_path), cosas)
    assert donde(cosas) in {falla.donde for falla in fallas(bodega.almacen)}


def test_en_sqlite_tambien_se_nota_si_la_cola_deja_de_entregar_una_sin_decidir(
    bodega_sqlite: Bodega, tmp_path: Path
) -> None:
    recibida = con_de_todo(bodega_sqlite.almacen)["recibida"]
    Intruso(bodega_sqlite, tmp_path).fuera_de_la_cola(recibida.folio)
    assert recibida.folio in {falla.donde for falla in fallas(bodega_sqlite.almacen)}


def test_una_decision_puesta_sin_pasar_por_el_libro_se_nota(bodega: Bodega, tmp_path: Path) -> None:
    """Alguien escribe una transición y la postulación a tono, pero no el libro."""
    cosas = con_de_todo(bodega.almacen)
    otro = bodega.reabrir()
    recibida = avanzar(otro, cosas["recibida"], Estado.ADMISIBLE)
    intruso = Intruso(bodega, tmp_path)
    cabeza = list(otro.libro(FERIA))[-2]
    intruso.borrar_asiento(DECISIONES + 1)
    intruso.puestos(numero=cabeza.numero, cabeza=cabeza.huella)
    assert {f.donde for f in fallas(otro)} == {f"{recibida.folio}, versión 3"}


def test_una_cadena_entera_rehecha_no_calza_con_lo_que_se_publico(bodega: Bodega, tmp_path: Path) -> None:
    con_de_todo(bodega.almacen)
    publicada = bodega.almacen.cabeza(FERIA)
    assert fallas(bodega.almacen, [publicada]) == ()
    intruso, asientos = Intruso(bodega, tmp_path), list(bodega.almacen.libro(FERIA))
    penultimo = asientos[-2]
    intruso.borrar_asiento(DECISIONES)
    intruso.puestos(numero=penultimo.numero, cabeza=penultimo.huella)
    assert f"asiento {DECISIONES}" in {f.donde for f in fallas(bodega.almacen, [publicada])}


def test_lo_anotado_por_folio_es_su_historia_entera(almacen: Almacen) -> None:
    cosas = con_de_todo(almacen)
    anotado = auditoria.por_folio(almacen.libro(FERIA))
    assert {folio: sorted(versiones) for folio, versiones in anotado.items()}[cosas["ofrecida"].folio] == [
        1,
        2,
        3,
        4,
        5,
    ]
    assert cosas["recibida"].folio not in anotado
