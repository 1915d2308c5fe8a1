"""La puerta de la selección: ni con notas de otra pauta, ni firmada por quien se abstuvo, ni después de empezar."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from funciones.adaptadores.montaje import montaje
from funciones.dominio import folio as folios
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.plazo import inicio_del_dia
from funciones.dominio.postulacion import Estado
from tests.funciones.conftest import entorno_embebido
from tests.funciones.puerta import EVALUADOR, Puerta
from tests.funciones.test_calificacion import PRIMERA, SEGUNDA, abstenerse, calificar
from tests.recorridos.mundo import CONVOCATORIA, rut_de_ejemplo

Llano = dict[str, Any]


@pytest.fixture
def puerta(tmp_path: Path, horneado: Path) -> Iterator[Puerta]:
    """Lo publicado, en un archivo propio que una enmienda puede cambiar."""
    (tmp_path / "datos").symlink_to(horneado.parent / "datos")
    propio = tmp_path / "horneado.json"
    propio.write_bytes(horneado.read_bytes())
    with entorno_embebido(tmp_path, propio) as puerta:
        puerta.entorno["DATOS"] = str(tmp_path / "publicado")
        yield puerta


def enmendar(puerta: Puerta, cambio: Callable[[Llano], None]) -> None:
    """Publica la convocatoria cambiada, con la postulación ya en marcha."""
    archivo = Path(puerta.entorno["HORNEADO"])
    crudo = json.loads(archivo.read_text(encoding="utf-8"))
    cambio(crudo["convocatorias"][CONVOCATORIA])
    archivo.write_text(json.dumps(crudo), encoding="utf-8")
    montaje.cache_clear()


def publicada(puerta: Puerta) -> Convocatoria:
    convocatoria = puerta.montaje.horneado.convocatoria(CONVOCATORIA)
    assert convocatoria is not None
    return convocatoria


def calificadas(puerta: Puerta, *notas: str) -> list[tuple[str, str]]:
    """Una postulación por nota, con la fila ya cerrada: (folio, código)."""
    pares = [puerta.recibida(rut_de_ejemplo(77_400_000 + n), nombre=f"Empresa {n}") for n in range(len(notas))]
    puerta.poner_la_hora(publicada(puerta).cierre + timedelta(hours=1))
    for (folio, _), nota in zip(pares, notas, strict=True):
        assert puerta.decidir(folio, "admisible")[0] == 200
        assert calificar(puerta, folio, PRIMERA, nota)[0] == 200
    return pares


def estados(puerta: Puerta, pares: list[tuple[str, str]]) -> list[str]:
    halladas = [puerta.montaje.almacen.postulacion(folio) for folio, _ in pares]
    return [str(p.estado) for p in halladas if p is not None]


def mostrados(pares: list[tuple[str, str]]) -> list[str]:
    return sorted(folios.mostrar(folio) for folio, _ in pares)


def con_dos_personas(convocatoria: Llano) -> None:
    convocatoria["evaluadores"] = 2


def con_otros_pesos(convocatoria: Llano) -> None:
    for criterio, peso in zip(convocatoria["criterios"], (90, 10), strict=True):
        criterio["ponderacion"] = peso


def con_otro_nombre(convocatoria: Llano) -> None:
    convocatoria["criterios"][0]["criterio"] = "procedencia"


def con_otra_escala(convocatoria: Llano) -> None:
    convocatoria["criterios"][0]["escala_maxima"] = "5"


def por_llegada(convocatoria: Llano) -> None:
    convocatoria |= {"modo_seleccion": "llegada", "criterios": [], "nota_minima": None}


def una_nota_por_criterio(puerta: Puerta, folio: str, quien: dict[str, str], *notas: str) -> tuple[int, Llano]:
    criterios = [c.criterio for c in publicada(puerta).criterios]
    return puerta.decidir(folio, "evaluada", quien, notas=dict(zip(criterios, notas, strict=True)))


@pytest.mark.parametrize("enmienda", [con_dos_personas, con_otros_pesos, con_otro_nombre, con_otra_escala])
@pytest.mark.parametrize("accion", ["simular", "ejecutar"])
def test_con_notas_de_otra_pauta_no_se_elige_y_se_nombran(
    puerta: Puerta, enmienda: Callable[[Llano], None], accion: str
) -> None:
    pares = calificadas(puerta, "6", "5")
    una_nota_por_criterio(puerta, pares[0][0], PRIMERA, "7", "4")
    enmendar(puerta, enmienda)
    codigo, cuerpo = puerta.seleccionar(accion)
    assert (codigo, cuerpo["error"]) == (409, "falta_revisar")
    # La segunda tiene un cinco en todo: con otros pesos, o con notas hasta el cinco, da lo mismo.
    viejas = pares[:1] if enmienda in (con_otros_pesos, con_otra_escala) else pares
    assert cuerpo["folios"] == mostrados(viejas)
    assert "pauta" in cuerpo["mensaje"]
    assert estados(puerta, pares) == ["evaluada", "evaluada"]


def test_calificada_otra_vez_con_la_pauta_de_hoy_se_elige(puerta: Puerta) -> None:
    pares = calificadas(puerta, "6", "5")
    enmendar(puerta, con_dos_personas)
    enmendar(puerta, con_otro_nombre)
    for folio, _ in pares:
        assert una_nota_por_criterio(puerta, folio, PRIMERA, "6", "6")[1]["estado"] == "admisible"
        assert puerta.seleccionar("ejecutar")[0] == 409
        assert una_nota_por_criterio(puerta, folio, SEGUNDA, "5", "5")[1]["estado"] == "evaluada"
    assert puerta.seleccionar("ejecutar")[0] == 200
    assert estados(puerta, pares) == ["seleccionada", "seleccionada"]


def test_la_que_falta_revisar_y_la_de_otra_pauta_se_nombran_juntas(puerta: Puerta) -> None:
    pendiente = puerta.recibida(rut_de_ejemplo(77_400_100))
    pares = calificadas(puerta, "6")
    assert puerta.seleccionar("simular")[1]["folios"] == mostrados([pendiente])
    enmendar(puerta, con_dos_personas)
    assert puerta.seleccionar("simular")[1]["folios"] == mostrados([pendiente, *pares])


def test_si_ya_no_manda_la_nota_o_llego_sobre_el_tope_su_nota_no_detiene_nada(puerta: Puerta) -> None:
    pares = calificadas(puerta, "6", "5")
    enmendar(puerta, con_dos_personas)
    enmendar(puerta, lambda convocatoria: convocatoria.update(postulaciones_maximas=1))
    assert puerta.seleccionar("simular")[1]["folios"] == mostrados(pares[:1])
    enmendar(puerta, por_llegada)
    assert puerta.seleccionar("simular")[0] == 200


@pytest.mark.parametrize("enmienda", [con_dos_personas, con_otros_pesos, con_otro_nombre, con_otra_escala])
def test_una_enmienda_no_mueve_a_quien_ya_espera_ni_le_cierra_su_pagina(
    puerta: Puerta, enmienda: Callable[[Llano], None]
) -> None:
    pares = calificadas(puerta, "7", "6", "4,5", "5")
    # La cuarta tiene mejor nota que la tercera aunque llegó después.
    enmendar(puerta, lambda convocatoria: convocatoria.update(espera_maxima=2))
    assert puerta.seleccionar("ejecutar")[0] == 200
    assert estados(puerta, pares) == ["seleccionada", "seleccionada", "lista_de_espera", "lista_de_espera"]
    assert [lugar(puerta, par) for par in pares[2:]] == [2, 1]
    enmendar(puerta, enmienda)
    assert [lugar(puerta, par) for par in pares[2:]] == [2, 1]
    assert puerta.seleccionar("ejecutar")[0] == 200
    folio, codigo = pares[0]
    declinar = {"folio": folio, "codigo": codigo, "accion": "declinar"}
    assert puerta.json("responder", "POST", "/api/responder", cuerpo=declinar)[0] == 200
    assert estados(puerta, pares) == ["declinada", "seleccionada", "lista_de_espera", "ofrecida"]


def lugar(puerta: Puerta, par: tuple[str, str]) -> int | None:
    cuerpo = {"folio": par[0], "codigo": par[1]}
    codigo, pagina = puerta.json("consultar", "POST", "/api/consultar", cuerpo=cuerpo)
    assert codigo == 200
    return pagina["lugar_espera"]


def test_quien_se_abstuvo_de_una_no_firma_la_seleccion_que_la_decide(puerta: Puerta) -> None:
    pares = calificadas(puerta, "6", "5", "2")
    # De la que queda bajo la nota mínima también se decide.
    assert abstenerse(puerta, pares[2][0], EVALUADOR)[0] == 200
    codigo, cuerpo = puerta.seleccionar("ejecutar")
    assert (codigo, cuerpo["error"], cuerpo["folios"]) == (409, "te_abstuviste", mostrados(pares[2:]))
    assert estados(puerta, pares) == ["evaluada"] * 3
    consulta = {"convocatoria": CONVOCATORIA}
    _, listado = puerta.json("seleccionar", "GET", "/api/mesa/actas", funcionario=EVALUADOR, consulta=consulta)
    assert listado["actas"] == []
    # Mirar cómo quedaría no es decidir; y otra persona sí la firma.
    assert puerta.seleccionar("simular")[0] == 200
    assert ejecutar(puerta, SEGUNDA)[0] == 200
    assert estados(puerta, pares) == ["seleccionada", "seleccionada", "no_seleccionada"]
    # Ya decidida por otra persona, no queda nada que le impida ejecutar la que sigue.
    assert puerta.seleccionar("ejecutar")[0] == 200
    ultima = puerta.montaje.almacen.transiciones(pares[2][0])[-1]
    assert (ultima.a, ultima.actor.id) == (Estado.NO_SELECCIONADA, SEGUNDA["sub"])


def test_quien_se_abstuvo_de_una_ya_decidida_firma_la_seleccion_de_las_demas(puerta: Puerta) -> None:
    enmendar(puerta, por_llegada)
    primera, segunda = (puerta.recibida(rut_de_ejemplo(77_400_000 + n)) for n in range(2))
    puerta.pasar(timedelta(hours=2))
    assert puerta.decidir(primera[0], "admisible")[0] == 200
    assert abstenerse(puerta, primera[0], EVALUADOR)[0] == 200
    assert ejecutar(puerta, SEGUNDA)[0] == 200
    assert puerta.decidir(segunda[0], "admisible")[0] == 200
    assert puerta.seleccionar("ejecutar")[0] == 200
    assert estados(puerta, [primera, segunda]) == ["seleccionada", "seleccionada"]


def ejecutar(puerta: Puerta, quien: dict[str, str]) -> tuple[int, Llano]:
    cuerpo = {"convocatoria": CONVOCATORIA, "accion": "ejecutar", "motivo": "Cerró el plazo"}
    return puerta.json("seleccionar", "POST", "/api/mesa/seleccion", funcionario=quien, cuerpo=cuerpo)


@pytest.mark.parametrize("accion", ["simular", "ejecutar"])
def test_desde_el_primer_dia_de_la_actividad_ya_no_se_elige(puerta: Puerta, accion: str) -> None:
    pares = calificadas(puerta, "6")
    convocatoria = publicada(puerta)
    # El reloj de la prueba corre: un margen de un minuto por lado.
    empieza = inicio_del_dia(convocatoria.actividad_inicio)
    for despues in (empieza, inicio_del_dia(convocatoria.actividad_termino) + timedelta(days=3)):
        puerta.poner_la_hora(despues + timedelta(minutes=1))
        codigo, cuerpo = puerta.seleccionar(accion)
        assert (codigo, cuerpo["error"]) == (409, "actividad_empezo")
    assert estados(puerta, pares) == ["evaluada"]
    puerta.poner_la_hora(empieza - timedelta(minutes=1))
    assert puerta.seleccionar(accion)[0] == 200
