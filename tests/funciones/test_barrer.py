"""El barrido sigue aunque una tarea falle, lo dice, y cada convocatoria se barre con los números de su publicación."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from funciones import barrer
from funciones.dominio.postulacion import Estado
from tests.funciones.puerta import Contexto, Puerta
from tests.funciones.test_la_vida_de_una_postulacion import en_tres_listas, estado, responder, rut
from tests.mundo import avanzar, cambio, paso, postulacion, recibir
from tests.recorridos.mundo import CONVOCATORIA

AYER, HOY = "2026-11-22", "2026-11-23"
Filas = list[dict[str, Any]]


def publicar(puerta: Puerta, carpeta: Path, cambio: Callable[[Filas], Filas]) -> None:
    """Lo mismo publicado, con otros parámetros."""
    crudo = json.loads(Path(puerta.entorno["HORNEADO"]).read_text(encoding="utf-8"))
    crudo["parametros"] = cambio(crudo["parametros"])
    copia = carpeta / "horneado.json"
    copia.write_text(json.dumps(crudo), encoding="utf-8")
    puerta.entorno["HORNEADO"] = str(copia)


def con_valor(clave: str, valor: str) -> Callable[[Filas], Filas]:
    """Ese parámetro siempre valió eso."""
    return lambda filas: [fila | {"valor": valor} if fila["clave"] == clave else fila for fila in filas]


def hasta_ayer(clave: str, *desde_hoy: str) -> Callable[[Filas], Filas]:
    """Ese parámetro dejó de regir ayer; desde hoy rige el valor que siga, si hay alguno."""

    def cambio(filas: Filas) -> Filas:
        viejas = [fila | {"vigente_hasta": AYER} if fila["clave"] == clave else fila for fila in filas]
        suya = next(fila for fila in filas if fila["clave"] == clave)
        return viejas + [suya | {"valor": v, "vigente_desde": HOY, "vigente_hasta": None} for v in desde_hoy]

    return cambio


@pytest.fixture
def otra_falla(puerta: Puerta, tmp_path: Path) -> str:
    """Una convocatoria que se barre antes que la del recorrido y tiene una tarea que no se puede hacer."""
    otra = puerta.montaje.horneado.ids()[0]
    assert otra != CONVOCATORIA
    almacen = puerta.montaje.almacen
    avanzar(almacen, recibir(almacen, postulacion(convocatoria=otra)), Estado.RECIBIDA, Estado.EN_CORRECCION)
    publicar(puerta, tmp_path, con_valor("dias_subsanar", "7.5"))
    return otra


def test_lo_que_falla_en_una_convocatoria_no_detiene_a_las_demas(puerta: Puerta, otra_falla: str) -> None:
    primera, _, tercera, _ = en_tres_listas(puerta)
    responder(puerta, primera, "declinar")
    puerta.pasar(timedelta(hours=48, seconds=5))
    hecho = barrer.barrer()
    assert (hecho["fallas"], hecho["ofertas_vencidas"]) == (1, 1)
    assert estado(puerta, tercera[0]) is Estado.OFERTA_VENCIDA


def test_tampoco_detiene_lo_que_no_es_de_ninguna_convocatoria(puerta: Puerta, otra_falla: str) -> None:
    puerta.recibida(rut(1))
    puerta.pasar(timedelta(minutes=10))
    assert barrer.barrer()["avisos_pedidos"] > 0


def test_la_falla_se_anota_con_su_convocatoria_y_sin_datos_y_el_barrido_termina_en_error(
    puerta: Puerta, otra_falla: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(barrer.BarridoIncompleto):
        barrer.handler({}, Contexto())
    falla, resumen = (vars(next(r for r in caplog.records if r.msg == m)) for m in ("tarea_sin_barrer", "barrido"))
    assert (falla["levelname"], falla["convocatoria"], falla["tarea"]) == ("ERROR", otra_falla, "desistidas")
    assert (falla["tipo"], falla["lugar"].startswith("plazos.py:")) == ("ValueError", True)
    assert (falla["exc_info"], resumen["fallas"]) == (None, 1)


def test_un_barrido_sano_no_tiene_fallas(puerta: Puerta) -> None:
    assert barrer.handler({}, Contexto())["fallas"] == 0


def test_los_enlaces_duran_lo_que_regia_al_publicar_aunque_el_plazo_haya_cambiado(
    puerta: Puerta, tmp_path: Path
) -> None:
    _, cuerpo = puerta.postular(rut(1))
    publicar(puerta, tmp_path, hasta_ayer("horas_enlace_confirmacion", "1"))
    puerta.pasar(timedelta(hours=2))
    assert barrer.barrer()["borradas"] == 0
    assert puerta.confirmar(cuerpo["folio"])[0] == 200


def test_nada_se_borra_antes_que_el_enlace_mas_largo(puerta: Puerta, tmp_path: Path) -> None:
    def cambio(filas: Filas) -> Filas:
        """Una hora en las que se publicaron antes que la del recorrido; en ella, las de siempre."""
        suya = next(fila for fila in filas if fila["clave"] == "horas_enlace_confirmacion")
        antes = suya | {"valor": "1", "vigente_hasta": "2026-11-17"}
        return [antes if fila is suya else fila for fila in filas] + [suya | {"vigente_desde": "2026-11-18"}]

    _, cuerpo = puerta.postular(rut(1))
    publicar(puerta, tmp_path, cambio)
    puerta.pasar(timedelta(hours=2))
    assert barrer.barrer()["borradas"] == 0
    assert puerta.confirmar(cuerpo["folio"])[0] == 200


def test_se_borra_lo_que_no_se_confirmo_aunque_el_plazo_haya_dejado_de_regir(puerta: Puerta, tmp_path: Path) -> None:
    puerta.postular(rut(1))
    publicar(puerta, tmp_path, hasta_ayer("horas_enlace_confirmacion"))
    puerta.pasar(timedelta(hours=47, minutes=59))
    assert barrer.barrer()["borradas"] == 0
    puerta.pasar(timedelta(minutes=2))
    hecho = barrer.barrer()
    assert (hecho["borradas"] > 0, hecho["fallas"]) == (True, 0)


def test_con_la_convocatoria_suspendida_no_vence_ninguna_oferta_y_al_volver_se_puede_aceptar(
    puerta: Puerta, tmp_path: Path
) -> None:
    almacen = puerta.montaje.almacen
    en_espera = (Estado.RECIBIDA, Estado.ADMISIBLE, Estado.LISTA_DE_ESPERA)
    esperando = avanzar(almacen, recibir(almacen, postulacion(convocatoria=CONVOCATORIA)), *en_espera)
    vence = puerta.montaje.ahora() + timedelta(hours=48)
    almacen.aplicar(cambio(paso(esperando, Estado.OFRECIDA, oferta_vence=vence), cupos=2))
    suspender, levantar = (
        {"numero": n, "fecha": dia, "campo": "situacion", "antes": antes, "despues": despues}
        | {"motivo": "Prueba", "alcance": "mayor"}
        for n, dia, antes, despues in (
            (1, "2026-11-24", "vigente", "suspendida"),
            (2, "2026-11-28", "suspendida", "vigente"),
        )
    )
    situar(puerta, tmp_path, "suspendida", suspender)
    puerta.pasar(timedelta(days=4))
    assert barrer.barrer()["ofertas_vencidas"] == 0
    situar(puerta, tmp_path, "vigente", suspender, levantar)
    puerta.pasar(timedelta(days=1))
    assert barrer.barrer()["ofertas_vencidas"] == 0
    par = (esperando.folio, puerta.montaje.llavero.secreto(esperando.folio))
    assert responder(puerta, par, "aceptar")[0] == 200
    assert estado(puerta, esperando.folio) is Estado.CONFIRMADA


def situar(puerta: Puerta, carpeta: Path, situacion: str, *enmiendas: dict[str, Any]) -> None:
    """La convocatoria del recorrido en esa situación, con sus enmiendas."""
    crudo = json.loads(Path(puerta.entorno["HORNEADO"]).read_text(encoding="utf-8"))
    situada = {"situacion": situacion, "motivo_situacion": "Prueba", "enmiendas": list(enmiendas)}
    crudo["convocatorias"][CONVOCATORIA] |= situada
    copia = carpeta / f"horneado-{len(enmiendas)}-{situacion}.json"
    copia.write_text(json.dumps(crudo), encoding="utf-8")
    puerta.entorno["HORNEADO"] = str(copia)
