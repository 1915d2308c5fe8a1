"""Lo que todo almacén cumple con los avisos, los borradores, la encuesta y lo que se borra."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from funciones.adaptadores.almacen import Almacen, Borrador
from funciones.dominio.encuesta import Respuesta
from funciones.dominio.postulacion import Aviso, Estado
from tests.adaptadores.conftest import Bodega
from tests.mundo import FERIA, HORA, LLEGADA, a_la_vez, admisible, avanzar, postulacion, recibir

MINUTO = timedelta(minutes=1)


def avisos_de_dos_formas(almacen: Almacen) -> tuple[Aviso, Aviso]:
    """El que nace con la postulación y el que nace con un cambio."""
    recibida = avanzar(almacen, recibir(almacen, postulacion()), Estado.RECIBIDA)
    nacido, cambiado = almacen.avisos(recibida.folio)
    return nacido, cambiado


# Avisos


def test_los_pendientes_van_del_mas_antiguo_al_mas_nuevo_hasta_el_limite(almacen: Almacen) -> None:
    nuevas = [postulacion(n, llego=LLEGADA + timedelta(minutes=(n * 5) % 12)) for n in range(12)]
    for nueva in nuevas:
        recibir(almacen, nueva)
    esperado = [nueva.folio for nueva in sorted(nuevas, key=lambda p: p.llego)]
    assert [a.folio for a in almacen.avisos_pendientes(100)] == esperado
    assert [a.folio for a in almacen.avisos_pendientes(5)] == esperado[:5]


def test_creados_a_la_vez_los_pendientes_van_por_su_id(almacen: Almacen) -> None:
    nuevas = [recibir(almacen, postulacion(n, llego=LLEGADA)) for n in range(8)]
    assert [a.folio for a in almacen.avisos_pendientes(8)] == sorted(nueva.folio for nueva in nuevas)


@pytest.mark.parametrize("forma", [0, 1])
def test_un_aviso_arrendado_no_se_toma_hasta_que_vence_el_arriendo(almacen: Almacen, forma: int) -> None:
    aviso = avisos_de_dos_formas(almacen)[forma]
    ahora = LLEGADA + HORA
    assert almacen.tomar_aviso(aviso.id, ahora, ahora + MINUTO) == aviso
    assert almacen.tomar_aviso(aviso.id, ahora + MINUTO - timedelta(milliseconds=1), ahora + 2 * MINUTO) is None
    # Arrendado sigue pendiente: si quien lo tomó muere, otro lo encuentra.
    assert aviso in almacen.avisos_pendientes(10)
    assert almacen.tomar_aviso(aviso.id, ahora + MINUTO, ahora + 2 * MINUTO) == aviso


@pytest.mark.parametrize("forma", [0, 1])
def test_un_aviso_enviado_deja_de_estar_pendiente_y_no_se_toma_mas(almacen: Almacen, forma: int) -> None:
    avisos = avisos_de_dos_formas(almacen)
    aviso, otro = avisos[forma], avisos[1 - forma]
    enviado = LLEGADA + HORA
    almacen.tomar_aviso(aviso.id, enviado, enviado + MINUTO)
    almacen.aviso_enviado(aviso.id, enviado, "<ref@correo>")
    assert almacen.avisos_pendientes(10) == (otro,)
    assert almacen.tomar_aviso(aviso.id, enviado + 9 * HORA, enviado + 10 * HORA) is None
    assert replace(aviso, enviado=enviado, referencia="<ref@correo>") in almacen.avisos(aviso.folio)
    assert otro in almacen.avisos(aviso.folio)


@pytest.mark.parametrize("forma", [0, 1])
def test_veinte_a_la_vez_arriendan_el_aviso_una_sola_vez(almacen: Almacen, forma: int) -> None:
    aviso = avisos_de_dos_formas(almacen)[forma]
    ahora = LLEGADA + HORA
    dados = a_la_vez(lambda n: almacen.tomar_aviso(aviso.id, ahora, ahora + MINUTO), range(20))
    assert dados.count(aviso) == 1
    assert dados.count(None) == 19


def test_el_aviso_de_la_entrada_sobrevive_a_los_cambios_de_la_postulacion(almacen: Almacen) -> None:
    elegida = avanzar(almacen, admisible(almacen, 1), Estado.SELECCIONADA, Estado.CONFIRMADA)
    nacido = almacen.avisos(elegida.folio)[0]
    assert nacido.estado is Estado.POR_CONFIRMAR
    assert nacido in almacen.avisos_pendientes(10)
    almacen.aviso_enviado(nacido.id, LLEGADA + HORA, "r")
    avanzar(almacen, elegida, Estado.PARTICIPO)
    assert almacen.avisos(elegida.folio)[0] == replace(nacido, enviado=LLEGADA + HORA, referencia="r")


@pytest.mark.parametrize("cambia", ["folio", "estado", "version"])
def test_un_aviso_que_no_existe_no_se_toma_ni_se_crea_al_marcarlo(almacen: Almacen, cambia: str) -> None:
    aviso = avisos_de_dos_formas(almacen)[0]
    partes = {"folio": aviso.folio, "estado": str(aviso.estado), "version": "1"}
    partes[cambia] = {"folio": "K7M4PR9X", "estado": "retirada", "version": "7"}[cambia]
    falso = "{folio}.{estado}.{version}".format(**partes)
    antes = almacen.avisos_pendientes(10)
    assert almacen.tomar_aviso(falso, LLEGADA + HORA, LLEGADA + 2 * HORA) is None
    almacen.aviso_enviado(falso, LLEGADA + HORA, "r")
    assert almacen.avisos_pendientes(10) == antes
    assert almacen.avisos("K7M4PR9X") == ()


# Borradores


def borrador(**cambios: object) -> Borrador:
    base = Borrador("llave-1", FERIA, {"nombre": "Quesería Ñuble"}, LLEGADA + HORA)
    return replace(base, **cambios)  # type: ignore[arg-type]


def test_un_borrador_se_guarda_se_reemplaza_y_se_borra(almacen: Almacen) -> None:
    assert almacen.borrador("llave-1", LLEGADA) is None
    almacen.guardar_borrador(borrador())
    otro = borrador(llave="llave-2")
    almacen.guardar_borrador(otro)
    assert almacen.borrador("llave-1", LLEGADA) == borrador()
    nuevo = borrador(convocatoria="otra", respuestas={"nombre": "Otra", "rut": "1"}, expira=LLEGADA + 2 * HORA)
    almacen.guardar_borrador(nuevo)
    assert almacen.borrador("llave-1", LLEGADA) == nuevo
    almacen.borrar_borrador("llave-1")
    almacen.borrar_borrador("llave-1")
    assert almacen.borrador("llave-1", LLEGADA) is None
    assert almacen.borrador("llave-2", LLEGADA) == otro


def test_un_borrador_expirado_no_se_ve_aunque_nadie_lo_haya_borrado(almacen: Almacen) -> None:
    expira = LLEGADA + timedelta(milliseconds=500)
    almacen.guardar_borrador(borrador(expira=expira))
    assert almacen.borrador("llave-1", expira - timedelta(milliseconds=1)) is not None
    assert almacen.borrador("llave-1", expira) is None


# Encuesta


def respuesta(id: str = "r1", **cambios: object) -> Respuesta:
    base = Respuesta(
        id=id,
        convocatoria=FERIA,
        anio=2027,
        componente=1,
        region="08",
        firma="f" * 32,
        emprendedor=False,
        version_formulario=1,
        dia=date(2027, 1, 20),
        respuestas={"vinculacion": "si", "comentario": "Volvería"},
    )
    return replace(base, **cambios)  # type: ignore[arg-type]


def test_las_respuestas_de_un_anio_no_traen_las_de_otro(almacen: Almacen) -> None:
    del_anio = [respuesta(f"r{n}", emprendedor=n % 2 == 0) for n in range(5)]
    for dada in (*reversed(del_anio), respuesta("otra", anio=2028), respuesta("mas", anio=202)):
        almacen.responder_encuesta(dada)
    assert list(almacen.respuestas(2027)) == del_anio
    assert list(almacen.respuestas(2026)) == []


def test_responder_otra_vez_corrige_la_primera_sin_duplicarla(almacen: Almacen) -> None:
    almacen.responder_encuesta(respuesta())
    corregida = respuesta(respuestas={"vinculacion": "no"}, dia=date(2027, 1, 21))
    almacen.responder_encuesta(corregida)
    assert list(almacen.respuestas(2027)) == [corregida]


# Lo que se borra


def test_purgar_borra_lo_expirado_y_nada_mas(bodega: Bodega) -> None:
    almacen = bodega.almacen
    limite = LLEGADA + HORA
    antes, justo = limite - timedelta(milliseconds=1), limite
    olvidada = recibir(almacen, postulacion(1, llego=antes))
    otra = recibir(almacen, postulacion(2, llego=antes))
    quedan = [
        recibir(almacen, postulacion(3, llego=justo)),
        avanzar(almacen, recibir(almacen, postulacion(4, llego=antes)), Estado.RECIBIDA),
        avanzar(almacen, recibir(almacen, postulacion(5, llego=antes)), Estado.RETENIDA),
    ]
    almacen.guardar_borrador(borrador(expira=limite))
    almacen.guardar_borrador(borrador(llave="llave-2", expira=limite + MINUTO))
    borradas = almacen.purgar(limite, limite)
    # DynamoDB borra por su cuenta con el atributo `expira` (test_dynamodb.py); aquí se pide lo demás.
    assert borradas == (3 if bodega.es("sqlite") else 0)
    if bodega.es("sqlite"):
        for folio in (olvidada.folio, otra.folio):
            assert almacen.postulacion(folio) is None
            assert almacen.transiciones(folio) == almacen.avisos(folio) == ()
    assert almacen.borrador("llave-1", limite) is None
    assert almacen.borrador("llave-2", limite) is not None
    for queda in quedan:
        assert almacen.postulacion(queda.folio) == queda
        assert almacen.transiciones(queda.folio)
        assert almacen.avisos(queda.folio)
