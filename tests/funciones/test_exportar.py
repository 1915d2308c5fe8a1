"""Lo que la mesa baja o imprime: columnas por rol, a ciegas, sin fórmulas, y con quién lo pidió."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from funciones.dominio.estado import Estado
from tests.funciones.conftest import HOY, entorno_embebido
from tests.funciones.oficina import OTRO_RUT, RUT, ingresada
from tests.funciones.puerta import DE_OTRA_REGION, EVALUADOR, Puerta
from tests.mundo import avanzar, postulacion, recibir
from tests.recorridos.mundo import CONVOCATORIA

OPERADOR = {"sub": "operador-maule", "rol": "operador", "region": "07", "convocatorias": CONVOCATORIA}
PERSONALES = {"rut": "76086428-5", "telefono": "+56911111111", "correo": "quien@correo.example", "comuna": "07101"}


def entra(puerta: Puerta, numero: int, *estados: Estado, nombre: str = "Panes del Maule") -> str:
    nueva = postulacion(
        numero,
        convocatoria=CONVOCATORIA,
        llego=HOY + timedelta(minutes=numero),
        datos=PERSONALES | {"nombre": nombre},
    )
    camino = (Estado.RECIBIDA, Estado.ADMISIBLE, *estados)
    return avanzar(puerta.montaje.almacen, recibir(puerta.montaje.almacen, nueva), *camino, cupos=2).folio


def exportar(puerta: Puerta, que: str, quien: dict[str, str] = EVALUADOR, para: str = "csv") -> dict[str, Any]:
    cuerpo = {"convocatoria": CONVOCATORIA, "que": que, "para": para}
    estado, dado = puerta.json("exportar", "POST", "/api/mesa/exportar", funcionario=quien, cuerpo=cuerpo)
    assert estado == 200, dado
    return dado


def filas(dado: dict[str, Any]) -> list[dict[str, str]]:
    assert dado["csv"].startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(dado["csv"].removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("inicio", ["=1+1", "+56", "-2", "@SUMA", "\t=1", " =1"])
def test_ninguna_celda_llega_a_la_planilla_como_formula(puerta: Puerta, inicio: str) -> None:
    entra(puerta, 1, Estado.SELECCIONADA, nombre=inicio)
    for que in ("cola", "listas", "asistencia"):
        for celda in filas(exportar(puerta, que))[0].values():
            assert not celda.lstrip().startswith(("=", "+", "-", "@")), que
    assert filas(exportar(puerta, "cola"))[0]["empresa"] == f"'{inicio}"


def test_quien_opera_no_ve_rut_correo_ni_puntaje(puerta: Puerta) -> None:
    entra(puerta, 1, Estado.SELECCIONADA)
    de_quien_decide = set(exportar(puerta, "cola")["columnas"])
    de_quien_opera = set(exportar(puerta, "cola", OPERADOR)["columnas"])
    assert de_quien_decide - de_quien_opera == {"rut", "correo", "puntaje"}
    assert "telefono" in de_quien_opera


def test_mientras_se_califica_a_ciegas_no_sale_de_quien_es(tmp_path: Path, horneado: Path) -> None:
    crudo = json.loads(horneado.read_text(encoding="utf-8"))
    crudo["convocatorias"][CONVOCATORIA]["a_ciegas"] = True
    (tmp_path / "ciega.json").write_text(json.dumps(crudo), encoding="utf-8")
    with entorno_embebido(tmp_path, tmp_path / "ciega.json") as puerta:
        folio = entra(puerta, 1)
        for que in ("cola", "listas", "asistencia"):
            dado = json.dumps(exportar(puerta, que), ensure_ascii=False)
            assert not [dato for dato in (*PERSONALES.values(), "Panes", "Talca") if dato in dado], que
        assert filas(exportar(puerta, "cola"))[0]["empresa"] == f"Postulación {folio[:4]} {folio[4:]}"


def test_cada_vez_queda_quien_cuando_y_cuantas_antes_de_entregarlas(
    puerta: Puerta, monkeypatch: pytest.MonkeyPatch
) -> None:
    entra(puerta, 1, Estado.SELECCIONADA)
    exportar(puerta, "cola")
    exportar(puerta, "asistencia", OPERADOR, "imprimir")
    hojas = puerta.montaje.almacen.hojas("bitacora", CONVOCATORIA)
    assert [(h.cuerpo["quien"], h.cuerpo["detalle"]) for h in hojas] == [
        ("evaluador-maule", "cola, 1 filas, en CSV"),
        ("operador-maule", "asistencia, 1 filas, para imprimir"),
    ]
    monkeypatch.setattr(type(puerta.montaje.almacen), "guardar_hoja", _caido)
    cuerpo = {"convocatoria": CONVOCATORIA, "que": "cola", "para": "csv"}
    assert puerta.json("exportar", "POST", "/api/mesa/exportar", funcionario=EVALUADOR, cuerpo=cuerpo)[0] == 503


def test_en_la_nube_firma_con_el_codigo_que_le_dieron_y_sin_el_con_su_identificador(puerta: Puerta) -> None:
    entra(puerta, 1, Estado.SELECCIONADA)
    de_cognito = {"sub": "5f0c1a9e", "custom:rol": "evaluador", "custom:region": "07"}
    exportar(puerta, "cola", de_cognito | {"custom:codigo": "evaluador-maule-2"})
    exportar(puerta, "cola", de_cognito)
    hojas = puerta.montaje.almacen.hojas("bitacora", CONVOCATORIA)
    assert [h.cuerpo["quien"] for h in hojas] == ["evaluador-maule-2", "5f0c1a9e"]


def _caido(*_: object) -> Iterator[None]:
    from funciones.adaptadores.almacen import AlmacenNoResponde

    raise AlmacenNoResponde


def test_la_asistencia_bajada_se_llena_y_se_vuelve_a_cargar_tal_cual(puerta: Puerta) -> None:
    folio = entra(puerta, 1, Estado.SELECCIONADA, Estado.CONFIRMADA)
    bajada = exportar(puerta, "asistencia", OPERADOR)["csv"]
    convocatoria = puerta.montaje.horneado.convocatoria(CONVOCATORIA)
    assert convocatoria is not None
    from funciones.dominio.plazo import inicio_del_dia

    puerta.poner_la_hora(inicio_del_dia(convocatoria.actividad_inicio) + timedelta(hours=10))
    lineas = [linea.split(",") for linea in bajada.splitlines()]
    lineas[1][lineas[0].index("asistio")] = "si"
    llena = "\n".join(",".join(celdas) for celdas in lineas)
    cuerpo = {"convocatoria": CONVOCATORIA, "csv": llena}
    estado, dado = puerta.json("asistir", "POST", "/api/mesa/jornada/marcas", funcionario=OPERADOR, cuerpo=cuerpo)
    assert (estado, dado.get("puestas")) == (200, 1), dado
    guardada = puerta.montaje.almacen.postulacion(folio)
    assert guardada is not None
    assert guardada.estado is Estado.PARTICIPO


def test_las_listas_van_en_su_orden_y_de_otra_region_no_existen(puerta: Puerta) -> None:
    espera = entra(puerta, 1, Estado.LISTA_DE_ESPERA)
    dentro = entra(puerta, 2, Estado.SELECCIONADA)
    assert [(f["lista"], f["folio"].replace(" ", "")) for f in filas(exportar(puerta, "listas"))] == [
        ("seleccionadas", dentro),
        ("espera", espera),
    ]
    cuerpo = {"convocatoria": CONVOCATORIA, "que": "cola", "para": "csv"}
    assert puerta.json("exportar", "POST", "/api/mesa/exportar", funcionario=DE_OTRA_REGION, cuerpo=cuerpo)[0] == 404


def test_el_canal_dice_cual_llego_en_papel_y_cual_por_internet(puerta: Puerta) -> None:
    en_linea, _ = puerta.recibida(RUT)
    en_papel = ingresada(puerta, OTRO_RUT)["folio"]
    for quien in (EVALUADOR, OPERADOR):
        canales = {fila["folio"].replace(" ", ""): fila["canal"] for fila in filas(exportar(puerta, "cola", quien))}
        assert canales == {en_linea: "en_linea", en_papel: "presencial"}
