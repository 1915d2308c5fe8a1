"""Lo que todo almacén cumple con las suscripciones: versiones, lo que expira, el presupuesto y nada a la vista."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag

from funciones.adaptadores.almacen import Almacen, AlmacenNoResponde, Conflicto
from funciones.adaptadores.llavero import Llavero
from funciones.dominio.suscripcion import (
    PARA_CONFIRMAR,
    PARA_MANDAR,
    Preferencias,
    Suscripcion,
    arrendar,
    arrendar_pedido,
    confirmar,
    contar,
    correo_enviado,
    pedir,
)
from tests.adaptadores.conftest import Bodega
from tests.adaptadores.test_almacen_respuestas_perdidas import Perdedora, perdedora
from tests.adaptadores.test_dynamodb import filas
from tests.mundo import HORA, LLEGADA, a_la_vez

__all__ = ["perdedora"]

MAULE = Preferencias(frozenset({"07", "16"}), frozenset({1}))


def suscripcion(numero: int = 0, preferencias: Preferencias = MAULE) -> Suscripcion:
    """Recién pedida, con su id y su dirección."""
    nueva = Suscripcion(f"s{numero}", f"quien-{numero}@correo.example", 1, f"clave-{numero}")
    pedida = pedir(None, nueva, preferencias, LLEGADA)
    assert pedida is not None
    return pedida


def activa(almacen: Almacen, numero: int = 0) -> Suscripcion:
    """Guardada y confirmada."""
    almacen.guardar_suscripcion(suscripcion(numero))
    confirmada = confirmar(suscripcion(numero), (), LLEGADA + HORA)
    almacen.guardar_suscripcion(confirmada)
    return confirmada


def test_se_lee_igual_que_como_se_guardo_en_cada_momento_de_su_vida(bodega: Bodega) -> None:
    momentos = [suscripcion()]
    momentos.append(arrendar_pedido(momentos[-1], LLEGADA))
    momentos.append(correo_enviado(momentos[-1], LLEGADA))
    momentos.append(confirmar(momentos[-1], (), LLEGADA + HORA))
    momentos.append(arrendar(momentos[-1], LLEGADA + 2 * HORA))
    momentos.append(contar(momentos[-1], frozenset({"feria", "feria.1"}), (), LLEGADA + 3 * HORA))
    assert [m.version for m in momentos] == [1, 2, 3, 4, 5, 6]
    for momento in momentos:
        bodega.almacen.guardar_suscripcion(momento)
        assert bodega.reabrir().suscripcion(momento.id) == momento
    assert bodega.almacen.suscripcion("otra") is None


def test_todas_salen_por_id_tambien_la_que_nadie_confirma(almacen: Almacen) -> None:
    puestas = [activa(almacen, 1), activa(almacen, 3)]
    almacen.guardar_suscripcion(suscripcion(2))
    assert list(almacen.suscripciones()) == [puestas[0], suscripcion(2), puestas[1]]


def test_no_se_guarda_sobre_una_version_que_no_es_la_anterior(almacen: Almacen) -> None:
    confirmada = activa(almacen)
    for nueva in (suscripcion(), replace(confirmada, correo="otro@correo.example"), replace(confirmada, version=4)):
        with pytest.raises(Conflicto):
            almacen.guardar_suscripcion(nueva)
    with pytest.raises(Conflicto):
        almacen.guardar_suscripcion(replace(suscripcion(9), version=2))
    assert list(almacen.suscripciones()) == [confirmada]


def test_de_muchas_que_la_toman_a_la_vez_la_toma_una(almacen: Almacen) -> None:
    # Todas escriben exactamente lo mismo: igual gana una sola, y las demás saben que perdieron.
    tomada = arrendar(activa(almacen), LLEGADA + 2 * HORA)
    dados = a_la_vez(lambda _: almacen.guardar_suscripcion(tomada), range(6), 6)
    assert dados.count(None) == 1
    assert [type(d) for d in dados].count(Conflicto) == 5


def test_borrarla_no_deja_nada_y_se_puede_repetir(bodega: Bodega) -> None:
    quien = activa(bodega.almacen)
    for _ in range(2):
        bodega.almacen.borrar_suscripcion(quien.id)
    assert bodega.reabrir().suscripcion(quien.id) is None
    assert list(bodega.almacen.suscripciones()) == []
    bodega.almacen.guardar_suscripcion(suscripcion())


def test_quien_leyo_a_la_que_se_dejo_no_escribe_sobre_la_que_se_pidio_de_nuevo(almacen: Almacen) -> None:
    vieja = activa(almacen)
    almacen.borrar_suscripcion(vieja.id)
    nueva = pedir(None, replace(suscripcion(), clave="otra"), MAULE, LLEGADA)
    assert nueva is not None
    almacen.guardar_suscripcion(nueva)
    reciente = confirmar(nueva, (), LLEGADA + HORA)
    almacen.guardar_suscripcion(reciente)
    assert reciente.version == vieja.version
    with pytest.raises(Conflicto):
        almacen.guardar_suscripcion(arrendar(vieja, LLEGADA + HORA))
    assert almacen.suscripcion(vieja.id) == reciente


def test_una_fila_que_no_se_puede_leer_no_esconde_a_las_demas(bodega: Bodega, monkeypatch: pytest.MonkeyPatch) -> None:
    puestas = [activa(bodega.almacen, n) for n in (0, 2)]
    with monkeypatch.context() as con_otra_clave:
        con_otra_clave.setattr(bodega.almacen, "_llavero", Llavero(b"otra clave maestra de prueba...."))
        activa(bodega.almacen, 1)
    fallas: list[Exception] = []
    assert list(bodega.almacen.suscripciones(fallas.append)) == puestas
    assert [type(falla) for falla in fallas] == [InvalidTag]
    with pytest.raises(InvalidTag):
        list(bodega.almacen.suscripciones())


def test_lo_que_se_devuelve_al_presupuesto_se_puede_gastar_y_nunca_sobra(almacen: Almacen) -> None:
    almacen.devolver_a("hora")
    assert [almacen.contar_en("hora", 1, LLEGADA) for _ in range(2)] == [True, False]
    for _ in range(3):
        almacen.devolver_a("hora")
    assert [almacen.contar_en("hora", 1, LLEGADA) for _ in range(2)] == [True, False]


def test_el_presupuesto_se_acaba_y_cada_cuenta_tiene_el_suyo(bodega: Bodega) -> None:
    def cuenta(nombre: str) -> bool:
        return bodega.reabrir().contar_en(nombre, 3, LLEGADA + HORA)

    assert [cuenta("una") for _ in range(5)] == [True, True, True, False, False]
    assert cuenta("otra")


def test_el_presupuesto_no_se_pasa_aunque_muchos_gasten_a_la_vez(almacen: Almacen) -> None:
    dados = a_la_vez(lambda _: almacen.contar_en("hora", 4, LLEGADA), range(12), 6)
    assert dados.count(True) == 4


def test_la_direccion_y_lo_que_se_quiere_saber_no_quedan_a_la_vista(bodega: Bodega) -> None:
    activa(bodega.almacen)
    assert b"quien-0" not in bodega.crudo()
    assert b"correo.example" not in bodega.crudo()
    assert b"regiones" not in bodega.crudo()


def test_purgar_borra_la_que_nadie_confirmo_y_deja_las_demas(bodega_sqlite: Bodega) -> None:
    almacen = bodega_sqlite.almacen
    confirmada = activa(almacen, 1)
    almacen.guardar_suscripcion(suscripcion(2))
    escrita = correo_enviado(suscripcion(2), LLEGADA)
    almacen.guardar_suscripcion(escrita)
    almacen.contar_en("hora", 3, LLEGADA + HORA)
    vence = LLEGADA + PARA_CONFIRMAR
    assert almacen.purgar_suscripciones(LLEGADA) == 0
    assert almacen.purgar_suscripciones(vence - timedelta(milliseconds=1)) == 1
    assert list(almacen.suscripciones()) == [confirmada, escrita]
    assert almacen.purgar_suscripciones(vence) == 1
    assert list(almacen.suscripciones()) == [confirmada]


def test_en_dynamodb_expira_sola_hasta_que_se_confirma(bodega_moto: Bodega) -> None:
    almacen = bodega_moto.almacen
    almacen.guardar_suscripcion(suscripcion())
    (fila,) = filas(bodega_moto, "SUSC#s0")
    assert fila["expira"] == int((LLEGADA + PARA_MANDAR).timestamp())
    escrita = correo_enviado(suscripcion(), LLEGADA)
    almacen.guardar_suscripcion(escrita)
    (fila,) = filas(bodega_moto, "SUSC#s0")
    assert fila["expira"] == int((LLEGADA + PARA_CONFIRMAR).timestamp())
    almacen.guardar_suscripcion(confirmar(escrita, (), LLEGADA + HORA))
    (fila,) = filas(bodega_moto, "SUSC#s0")
    assert "expira" not in fila
    almacen.contar_en("hora", 1, LLEGADA)
    (cuenta,) = filas(bodega_moto, "CUENTA#hora")
    assert cuenta["expira"] == int(LLEGADA.timestamp())
    assert almacen.purgar_suscripciones(LLEGADA + 90 * HORA) == 0


def test_si_se_pierde_la_respuesta_lo_guardado_se_encuentra_al_releer(perdedora: Perdedora) -> None:
    perdedora.perder(1)
    # En la nube se repite sola y reconoce la propia; en SQLite lo sabe quien vuelve a leer.
    with suppress(AlmacenNoResponde):
        perdedora.almacen.guardar_suscripcion(suscripcion())
    assert perdedora.quedan == 0
    assert perdedora.almacen.suscripcion("s0") == suscripcion()
    with pytest.raises(Conflicto):
        perdedora.almacen.guardar_suscripcion(suscripcion())
