"""Lo que todo almacén cumple con los puestos, la lista de espera y el RUT: nada se da dos veces."""

from __future__ import annotations

from dataclasses import replace

import pytest

from funciones.adaptadores.almacen import (
    Almacen,
    Cambio,
    Conflicto,
    RutTomado,
    SinCupo,
)
from funciones.dominio.convocatoria import Cupo
from funciones.dominio.postulacion import Estado, Postulacion
from tests.mundo import (
    FERIA,
    HORA,
    LLEGADA,
    a_la_vez,
    admisible,
    avanzar,
    cambio,
    confirmacion,
    foto,
    paso,
    postulacion,
    recibir,
)

# Los puestos


def test_sin_puesto_libre_el_cambio_no_se_guarda(almacen: Almacen) -> None:
    ocupa, sobra = admisible(almacen, 1), admisible(almacen, 2)
    avanzar(almacen, ocupa, Estado.SELECCIONADA, cupos=1)
    antes = foto(almacen, ocupa.folio, sobra.folio)
    with pytest.raises(SinCupo):
        almacen.aplicar(cambio(paso(sobra, Estado.SELECCIONADA), cupos=1))
    assert foto(almacen, ocupa.folio, sobra.folio) == antes


@pytest.mark.parametrize("ya_hay", [False, True])
def test_mas_pasos_que_puestos_no_caben_ni_al_estrenar_la_convocatoria(almacen: Almacen, ya_hay: bool) -> None:
    listas = [admisible(almacen, n) for n in range(4)]
    if ya_hay:
        avanzar(almacen, listas.pop(), Estado.LISTA_DE_ESPERA)
    antes = almacen.cupo(FERIA, 2, None)
    with pytest.raises(SinCupo):
        almacen.aplicar(cambio(*(paso(p, Estado.SELECCIONADA) for p in listas), cupos=2))
    assert almacen.cupo(FERIA, 2, None) == antes
    almacen.aplicar(cambio(*(paso(p, Estado.SELECCIONADA) for p in listas[:2]), cupos=2))


def test_con_la_lista_de_espera_completa_el_cambio_no_se_guarda(almacen: Almacen) -> None:
    primera, segunda = admisible(almacen, 1), admisible(almacen, 2)
    almacen.aplicar(cambio(paso(primera, Estado.LISTA_DE_ESPERA), espera_maxima=1))
    with pytest.raises(SinCupo):
        almacen.aplicar(cambio(paso(segunda, Estado.LISTA_DE_ESPERA), espera_maxima=1))
    assert almacen.cupo(FERIA, 10, 1) == Cupo(10, 0, 1, 1)
    almacen.aplicar(cambio(paso(segunda, Estado.LISTA_DE_ESPERA), espera_maxima=None))
    assert almacen.cupo(FERIA, 10, None).espera == 2


def test_con_espera_maxima_cero_nadie_espera(almacen: Almacen) -> None:
    with pytest.raises(SinCupo):
        almacen.aplicar(cambio(paso(admisible(almacen, 1), Estado.LISTA_DE_ESPERA), espera_maxima=0))


def test_la_version_vieja_se_dice_antes_que_la_falta_de_puesto(almacen: Almacen) -> None:
    lista = admisible(almacen, 1)
    with pytest.raises(Conflicto):
        almacen.aplicar(cambio(paso(replace(lista, version=1), Estado.SELECCIONADA), cupos=0))


def test_retirarse_devuelve_el_puesto(almacen: Almacen) -> None:
    elegida = avanzar(almacen, admisible(almacen, 1), Estado.SELECCIONADA, cupos=1)
    avanzar(almacen, elegida, Estado.RETIRADA, cupos=1)
    assert almacen.cupo(FERIA, 1, None) == Cupo(1, 0, 0)
    avanzar(almacen, admisible(almacen, 2), Estado.SELECCIONADA, cupos=1)


def test_salir_de_la_espera_devuelve_su_lugar(almacen: Almacen) -> None:
    espera = avanzar(almacen, admisible(almacen, 1), Estado.LISTA_DE_ESPERA)
    avanzar(almacen, espera, Estado.RETIRADA)
    assert almacen.cupo(FERIA, 10, None) == Cupo(10, 0, 0)


def test_aunque_los_cupos_bajen_de_lo_asignado_retirarse_se_puede(almacen: Almacen) -> None:
    elegidas = [avanzar(almacen, admisible(almacen, n), Estado.SELECCIONADA) for n in range(3)]
    avanzar(almacen, elegidas[0], Estado.RETIRADA, cupos=1)
    assert almacen.cupo(FERIA, 1, None).asignados == 2


def promocion(elegida: Postulacion, espera: Postulacion, cupos: int = 1) -> Cambio:
    ofrecida = paso(espera, Estado.OFRECIDA, oferta_vence=LLEGADA + 48 * HORA)
    return cambio(paso(elegida, Estado.RETIRADA), ofrecida, cupos=cupos)


def test_el_puesto_liberado_y_la_oferta_a_la_siguiente_van_juntos(almacen: Almacen) -> None:
    elegida = avanzar(almacen, admisible(almacen, 1), Estado.SELECCIONADA, cupos=1)
    espera = avanzar(almacen, admisible(almacen, 2), Estado.LISTA_DE_ESPERA, cupos=1)
    almacen.aplicar(promocion(elegida, espera))
    assert almacen.cupo(FERIA, 1, None) == Cupo(1, 1, 0)
    assert [p.estado for p in almacen.cola(FERIA)] == [Estado.RETIRADA, Estado.OFRECIDA]
    assert {a.estado for a in almacen.avisos_pendientes(20)} >= {Estado.RETIRADA, Estado.OFRECIDA}


def test_si_la_siguiente_se_fue_mientras_tanto_tampoco_se_libera_el_puesto(almacen: Almacen) -> None:
    elegida = avanzar(almacen, admisible(almacen, 1), Estado.SELECCIONADA, cupos=1)
    espera = avanzar(almacen, admisible(almacen, 2), Estado.LISTA_DE_ESPERA, cupos=1)
    avanzar(almacen, espera, Estado.RETIRADA)
    antes = foto(almacen, elegida.folio, espera.folio)
    with pytest.raises(Conflicto):
        almacen.aplicar(promocion(elegida, espera))
    assert foto(almacen, elegida.folio, espera.folio) == antes


def test_dos_retiros_a_la_vez_promueven_a_dos_distintas(almacen: Almacen) -> None:
    elegidas = [avanzar(almacen, admisible(almacen, n), Estado.SELECCIONADA, cupos=2) for n in range(2)]
    for n in range(2, 5):
        avanzar(almacen, admisible(almacen, n), Estado.LISTA_DE_ESPERA)

    def retirar(numero: int) -> None:
        while True:
            siguiente = next(p for p in almacen.cola(FERIA) if p.estado is Estado.LISTA_DE_ESPERA)
            try:
                return almacen.aplicar(promocion(elegidas[numero], siguiente, cupos=2))
            except Conflicto:
                continue

    assert a_la_vez(retirar, range(2)) == [None, None]
    assert [p.estado for p in almacen.cola(FERIA)] == [
        *[Estado.RETIRADA] * 2,
        *[Estado.OFRECIDA] * 2,
        Estado.LISTA_DE_ESPERA,
    ]
    assert almacen.cupo(FERIA, 2, None) == Cupo(2, 2, 1)


# El RUT


def test_el_mismo_rut_no_se_confirma_dos_veces_en_una_convocatoria(almacen: Almacen) -> None:
    primera = recibir(almacen, postulacion(1, rut="76000001-K"))
    segunda = recibir(almacen, postulacion(2, rut="76000001-K"))
    almacen.aplicar(confirmacion(primera))
    antes = foto(almacen, primera.folio, segunda.folio)
    with pytest.raises(RutTomado):
        almacen.aplicar(confirmacion(segunda))
    assert foto(almacen, primera.folio, segunda.folio) == antes
    avanzar(almacen, segunda, Estado.RETENIDA)
    otra_convocatoria = recibir(almacen, postulacion(3, rut="76000001-K", convocatoria="otra"))
    almacen.aplicar(confirmacion(otra_convocatoria))


def test_de_veinte_folios_con_el_mismo_rut_se_confirma_uno(almacen: Almacen) -> None:
    enviadas = [recibir(almacen, postulacion(n, rut="76000001-K")) for n in range(20)]
    dados = a_la_vez(lambda n: almacen.aplicar(confirmacion(enviadas[n])), range(20))
    assert dados.count(None) == 1
    assert sum(isinstance(dado, RutTomado) for dado in dados) == 19
    assert len(list(almacen.cola(FERIA))) == 1


def test_una_postulacion_sin_confirmar_no_toma_el_rut(almacen: Almacen) -> None:
    recibir(almacen, postulacion(1, rut="76000001-K"))
    almacen.aplicar(confirmacion(recibir(almacen, postulacion(2, rut="76000001-K"))))


@pytest.mark.parametrize("salida", [Estado.RETIRADA, Estado.NO_ADMISIBLE])
def test_retirarse_o_no_ser_admisible_suelta_el_rut_y_se_puede_postular_de_nuevo(
    almacen: Almacen, salida: Estado
) -> None:
    primera = avanzar(almacen, recibir(almacen, postulacion(1, rut="76000001-K")), Estado.RECIBIDA)
    segunda = recibir(almacen, postulacion(2, rut="76000001-K"))
    avanzar(almacen, primera, salida)
    almacen.aplicar(confirmacion(segunda))


def test_reabrir_una_no_admisible_vuelve_a_tomar_el_rut_o_dice_que_ya_lo_tiene_otra(almacen: Almacen) -> None:
    negada = avanzar(almacen, recibir(almacen, postulacion(1, rut="76000001-K")), Estado.RECIBIDA, Estado.NO_ADMISIBLE)
    avanzar(almacen, recibir(almacen, postulacion(2, rut="76000001-K")), Estado.RECIBIDA)
    with pytest.raises(RutTomado):
        avanzar(almacen, negada, Estado.RECIBIDA)
    assert almacen.postulacion(negada.folio) == negada


@pytest.mark.parametrize("camino", [(Estado.RETENIDA, Estado.RETIRADA), (Estado.RETENIDA, Estado.NO_ADMISIBLE)])
def test_la_que_se_va_sin_tener_el_rut_no_se_lo_quita_a_la_otra(almacen: Almacen, camino: tuple[Estado, ...]) -> None:
    avanzar(almacen, recibir(almacen, postulacion(1, rut="76000001-K")), Estado.RECIBIDA)
    avanzar(almacen, recibir(almacen, postulacion(2, rut="76000001-K")), *camino)
    with pytest.raises(RutTomado):
        almacen.aplicar(confirmacion(recibir(almacen, postulacion(3, rut="76000001-K"))))
