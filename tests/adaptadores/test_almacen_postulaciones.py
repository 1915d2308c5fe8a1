"""Lo que todo almacén cumple con las postulaciones: la entrada, la cola, los cambios y los puestos."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from funciones.adaptadores.almacen import (
    PASOS_MAXIMOS,
    Almacen,
    Cambio,
    Conflicto,
    quedo_guardado,
)
from funciones.dominio.convocatoria import Cupo
from funciones.dominio.postulacion import Actor, Adjunto, Estado, Papel, nacimiento
from tests.adaptadores.conftest import Bodega
from tests.mundo import (
    FERIA,
    HORA,
    LLEGADA,
    REGLA,
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

# La entrada


def test_lo_recibido_se_lee_igual_con_todos_sus_campos(almacen: Almacen) -> None:
    completa = postulacion(
        adjuntos=(Adjunto("f30", "limpio/1", "f30 ñandú.pdf", "application/pdf", 1234, "ab" * 32),),
        hallazgos={"ventas": "cumple", "sector": "lo_revisa_una_persona"},
        notas={"oferta": Decimal("6.5")},
        puntaje=Decimal("6.50"),
        oferta_vence=LLEGADA + HORA,
        motivo="Texto con acentos y «comillas»",
        canal="por_convenio",
    )
    assert recibir(almacen, completa) == completa
    assert almacen.postulacion(completa.folio) == completa


def test_una_postulacion_que_no_existe_es_none(almacen: Almacen) -> None:
    assert almacen.postulacion("K7M4PR9X") is None
    assert almacen.transiciones("K7M4PR9X") == ()
    assert almacen.avisos("K7M4PR9X") == ()
    assert list(almacen.cola(FERIA)) == []


def test_la_entrada_nace_con_su_registro_y_su_aviso(almacen: Almacen) -> None:
    nueva = recibir(almacen, postulacion())
    transicion, aviso = nacimiento(nueva, Actor(Papel.POSTULANTE, nueva.folio), REGLA)
    assert almacen.transiciones(nueva.folio) == (transicion,)
    assert almacen.avisos(nueva.folio) == (aviso,)
    assert almacen.avisos_pendientes(10) == (aviso,)


def test_recibir_otra_vez_el_mismo_folio_devuelve_la_primera(almacen: Almacen) -> None:
    primera = recibir(almacen, postulacion())
    otra = replace(primera, huella="otra", datos={"nombre": "Otra"}, llego=primera.llego + HORA)
    assert recibir(almacen, otra) == primera
    assert almacen.postulacion(primera.folio) == primera
    assert len(almacen.transiciones(primera.folio)) == len(almacen.avisos(primera.folio)) == 1


def test_recibir_devuelve_la_postulacion_como_esta_ahora_si_ya_avanzo(almacen: Almacen) -> None:
    enviada = recibir(almacen, postulacion())
    ahora = avanzar(almacen, enviada, Estado.RECIBIDA, Estado.ADMISIBLE)
    assert recibir(almacen, enviada) == ahora


def test_cincuenta_envios_seguidos_con_la_misma_clave_son_uno(bodega: Bodega) -> None:
    enviada = postulacion()
    assert {recibir(bodega.almacen, enviada).folio for _ in range(50)} == {enviada.folio}
    avanzar(bodega.almacen, enviada, Estado.RECIBIDA)
    assert [p.folio for p in bodega.almacen.cola(FERIA)] == [enviada.folio]
    assert len(bodega.almacen.avisos(enviada.folio)) == 2


def test_veinte_envios_a_la_vez_con_la_misma_clave_son_uno(almacen: Almacen) -> None:
    # Mismo folio y distinta huella: todos tienen que ver la misma, la que ganó.
    dados = a_la_vez(lambda n: recibir(almacen, postulacion(n, clave="la misma")), range(20))
    guardada = almacen.postulacion(postulacion(clave="la misma").folio)
    assert guardada is not None
    assert dados == [guardada] * 20
    assert len(almacen.transiciones(guardada.folio)) == len(almacen.avisos_pendientes(100)) == 1


def test_la_entrada_no_toca_los_puestos_ni_la_cola(almacen: Almacen) -> None:
    recibir(almacen, postulacion())
    assert almacen.cupo(FERIA, 10, 5) == Cupo(10, 0, 0, 5)
    assert list(almacen.cola(FERIA)) == []


def test_una_postulacion_nace_con_la_primera_version() -> None:
    with pytest.raises(ValueError, match="versión 1"):
        nacimiento(postulacion(version=2), Actor(Papel.POSTULANTE, "x"), REGLA)


# La cola


def test_la_cola_va_por_turno_y_despues_por_folio(almacen: Almacen) -> None:
    nuevas = [recibir(almacen, postulacion(n)) for n in range(12)]
    turnos = [LLEGADA + timedelta(milliseconds=(n * 7) % 5) for n in range(12)]
    for nueva, turno in zip(nuevas, turnos, strict=True):
        almacen.aplicar(cambio(paso(nueva, Estado.RECIBIDA, turno=turno)))
    esperado = sorted((turno, nueva.folio) for nueva, turno in zip(nuevas, turnos, strict=True))
    assert [(p.turno, p.folio) for p in almacen.cola(FERIA)] == esperado


def test_la_cola_trae_solo_las_confirmadas_de_su_convocatoria_en_cualquier_estado(almacen: Almacen) -> None:
    recibir(almacen, postulacion(1))
    recibida = avanzar(almacen, recibir(almacen, postulacion(2)), Estado.RECIBIDA)
    retirada = avanzar(almacen, recibir(almacen, postulacion(3)), Estado.RECIBIDA, Estado.RETIRADA)
    avanzar(almacen, recibir(almacen, postulacion(4, convocatoria="otra")), Estado.RECIBIDA)
    cola = list(almacen.cola(FERIA))
    assert cola == [recibida, retirada]


def test_una_convocatoria_cuyo_id_empieza_como_otro_no_se_mezcla(almacen: Almacen) -> None:
    propia = avanzar(almacen, recibir(almacen, postulacion(1, convocatoria="feria")), Estado.RECIBIDA)
    avanzar(almacen, recibir(almacen, postulacion(2, convocatoria="feria-del-sur")), Estado.RECIBIDA)
    assert list(almacen.cola("feria")) == [propia]


def test_la_cola_entrega_mas_de_un_lote(almacen: Almacen) -> None:
    nuevas = [postulacion(n, estado=Estado.RECIBIDA, turno=LLEGADA + timedelta(seconds=n)) for n in range(105)]
    assert list(almacen.cola(FERIA)) == []
    for nueva in reversed(nuevas):
        recibir(almacen, nueva)
    assert list(almacen.cola(FERIA)) == nuevas


# Los cambios


def test_un_cambio_deja_el_estado_su_registro_y_su_aviso(almacen: Almacen) -> None:
    recibida = avanzar(almacen, recibir(almacen, postulacion()), Estado.RECIBIDA)
    siguiente = paso(recibida, Estado.EN_CORRECCION)
    almacen.aplicar(cambio(siguiente))
    assert almacen.postulacion(recibida.folio) == siguiente.despues
    assert almacen.transiciones(recibida.folio)[-1] == siguiente.transicion
    assert almacen.avisos(recibida.folio)[-1] == siguiente.aviso
    assert [t.version for t in almacen.transiciones(recibida.folio)] == [1, 2, 3]
    assert len(almacen.avisos_pendientes(10)) == 3


def test_un_cambio_sin_aviso_no_deja_correo_por_mandar(almacen: Almacen) -> None:
    lista = admisible(almacen, 1)
    assert [a.estado for a in almacen.avisos(lista.folio)] == [Estado.POR_CONFIRMAR, Estado.RECIBIDA]


def test_un_cambio_guarda_y_borra_los_campos_que_cambian(almacen: Almacen) -> None:
    lista = admisible(almacen, 1)
    evaluada = paso(lista, Estado.EVALUADA, notas={"oferta": Decimal(7)}, puntaje=Decimal("7.00"), datos={"a": "b"})
    almacen.aplicar(cambio(evaluada))
    assert almacen.postulacion(lista.folio) == evaluada.despues
    corregida = paso(evaluada.despues, Estado.EVALUADA, notas={}, puntaje=None)
    almacen.aplicar(cambio(corregida))
    assert almacen.postulacion(lista.folio) == corregida.despues


def test_con_una_version_vieja_el_cambio_no_se_guarda(almacen: Almacen) -> None:
    lista = admisible(almacen, 1)
    avanzar(almacen, lista, Estado.SELECCIONADA)
    antes = foto(almacen, lista.folio)
    with pytest.raises(Conflicto):
        almacen.aplicar(cambio(paso(lista, Estado.LISTA_DE_ESPERA)))
    assert foto(almacen, lista.folio) == antes


def test_con_otro_estado_y_la_misma_version_el_cambio_no_se_guarda(almacen: Almacen) -> None:
    lista = admisible(almacen, 1)
    antes = foto(almacen, lista.folio)
    with pytest.raises(Conflicto):
        almacen.aplicar(cambio(paso(replace(lista, estado=Estado.EVALUADA), Estado.SELECCIONADA)))
    assert foto(almacen, lista.folio) == antes


def test_una_postulacion_que_no_existe_no_se_mueve(almacen: Almacen) -> None:
    with pytest.raises(Conflicto):
        almacen.aplicar(cambio(paso(postulacion(), Estado.RETENIDA)))
    assert almacen.postulacion(postulacion().folio) is None
    assert almacen.transiciones(postulacion().folio) == ()


def test_de_veinte_cambios_a_la_vez_sobre_la_misma_queda_uno(almacen: Almacen) -> None:
    lista = admisible(almacen, 1)
    dados = a_la_vez(lambda n: almacen.aplicar(cambio(paso(lista, Estado.SELECCIONADA))), range(20))
    assert dados.count(None) == 1
    assert sum(isinstance(dado, Conflicto) for dado in dados) == 19
    assert almacen.cupo(FERIA, 10, None).asignados == 1
    assert len(almacen.transiciones(lista.folio)) == 4


@pytest.mark.parametrize("mala", [0, 1, 2])
def test_varios_pasos_se_guardan_todos_o_ninguno(almacen: Almacen, mala: int) -> None:
    listas = [admisible(almacen, n) for n in range(3)]
    vistas = [replace(p, version=p.version - 1) if n == mala else p for n, p in enumerate(listas)]
    antes = foto(almacen, *(p.folio for p in listas))
    with pytest.raises(Conflicto):
        almacen.aplicar(cambio(*(paso(p, Estado.SELECCIONADA) for p in vistas)))
    assert foto(almacen, *(p.folio for p in listas)) == antes
    almacen.aplicar(cambio(*(paso(p, Estado.SELECCIONADA) for p in listas)))
    assert almacen.cupo(FERIA, 10, None).asignados == 3


def test_cabe_un_cambio_con_todos_los_pasos_permitidos_y_cada_uno_suelta_su_rut(almacen: Almacen) -> None:
    listas = [admisible(almacen, n) for n in range(PASOS_MAXIMOS)]
    elegidas = cambio(*(paso(p, Estado.SELECCIONADA) for p in listas), cupos=PASOS_MAXIMOS)
    almacen.aplicar(elegidas)
    almacen.aplicar(cambio(*(paso(p.despues, Estado.RETIRADA) for p in elegidas.pasos), cupos=PASOS_MAXIMOS))
    assert almacen.cupo(FERIA, 10, None) == Cupo(10, 0, 0)
    almacen.aplicar(confirmacion(recibir(almacen, postulacion(0, clave="otra vez"))))


def test_un_cambio_no_lleva_demasiados_pasos_ni_repite_postulacion_ni_mezcla_convocatorias() -> None:
    muchos = tuple(paso(postulacion(n), Estado.RETENIDA) for n in range(PASOS_MAXIMOS + 1))
    ajena = paso(postulacion(99, convocatoria="otra"), Estado.RETENIDA)
    for pasos in ((), muchos, (muchos[0], muchos[0]), (muchos[0], ajena)):
        with pytest.raises(ValueError, match="un cambio"):
            Cambio(pasos, 10, None)


def test_quedo_guardado_reconoce_el_cambio_propio_y_no_el_de_otro(almacen: Almacen) -> None:
    lista = admisible(almacen, 1)
    propio = cambio(paso(lista, Estado.SELECCIONADA))
    assert not quedo_guardado(almacen, propio)
    almacen.aplicar(propio)
    assert quedo_guardado(almacen, propio)
    assert not quedo_guardado(almacen, cambio(paso(lista, Estado.LISTA_DE_ESPERA)))
    assert not quedo_guardado(almacen, cambio(paso(lista, Estado.SELECCIONADA, LLEGADA + HORA)))
