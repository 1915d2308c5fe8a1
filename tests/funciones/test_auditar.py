"""La auditoría diaria: publica hasta dónde llega cada libro sano, y dice dónde no calza el que no lo está."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from funciones import auditar
from tests.funciones.conftest import entorno_embebido
from tests.funciones.puerta import Contexto, Puerta
from tests.recorridos.mundo import CONVOCATORIA, RAIZ, rut_de_ejemplo

RELOJ = {"detail-type": "Scheduled Event", "source": "aws.events"}


@pytest.fixture
def decidida(tmp_path: Path, horneado: Path) -> Iterator[Puerta]:
    """Una postulación ya revisada, con su propia carpeta de datos donde publicar."""
    with entorno_embebido(tmp_path, horneado) as puerta:
        puerta.entorno["DATOS"] = str(tmp_path / "datos")
        folio, _ = puerta.recibida(rut_de_ejemplo(77_400_001))
        assert puerta.decidir(folio, "admisible")[0] == 200
        yield puerta


def publicadas(puerta: Puerta) -> list[dict[str, str]]:
    return list(puerta.montaje.publicacion.leer(auditar.TABLA))


def correr() -> dict[str, Any]:
    hecho: dict[str, Any] = auditar.handler(RELOJ, Contexto())
    return hecho


def danar(puerta: Puerta) -> None:
    with sqlite3.connect(puerta.montaje.estado_local / "almacen.sqlite") as conexion:
        conexion.execute(
            "UPDATE transiciones SET cuerpo = json_set(cuerpo, '$.actor', 'otra persona') WHERE version = 3"
        )
    conexion.close()


def test_publica_la_cabeza_de_cada_libro_que_avanzo(decidida: Puerta) -> None:
    hecho = correr()
    assert (hecho["fallas"], hecho["publicadas"]) == (0, 1)
    (fila,) = publicadas(decidida)
    cabeza = decidida.montaje.almacen.cabeza(CONVOCATORIA)
    assert fila == {
        "fecha": "2026-11-23",
        "convocatoria": CONVOCATORIA,
        "numero": "1",
        "cabeza": cabeza.huella,
        "demostracion": "si",
    }


def test_si_nada_avanzo_el_archivo_queda_tal_cual(decidida: Puerta) -> None:
    correr()
    archivo = Path(decidida.entorno["DATOS"]) / auditar.TABLA
    antes = archivo.read_bytes(), archivo.stat().st_mtime_ns
    decidida.pasar(timedelta(days=1))
    assert correr()["publicadas"] == 0
    assert (archivo.read_bytes(), archivo.stat().st_mtime_ns) == antes


def test_sin_ninguna_decision_no_publica_nada(puerta: Puerta, tmp_path: Path) -> None:
    puerta.entorno["DATOS"] = str(tmp_path / "datos")
    puerta.recibida(rut_de_ejemplo(77_400_001))
    assert (correr()["publicadas"], correr()["fallas"]) == (0, 0)
    assert not (tmp_path / "datos").exists()


def test_un_libro_roto_se_dice_con_su_lugar_y_no_se_publica(decidida: Puerta) -> None:
    danar(decidida)
    hecho = correr()
    assert (hecho["fallas"], hecho["publicadas"]) == (1, 0)
    (falla,) = hecho["detalle"]
    assert falla["convocatoria"] == CONVOCATORIA
    assert falla["donde"].endswith(", versión 3")
    assert publicadas(decidida) == []


def test_al_registro_va_la_cuenta_y_no_el_folio(decidida: Puerta, caplog: pytest.LogCaptureFixture) -> None:
    danar(decidida)
    with caplog.at_level("INFO"):
        folio = correr()["detalle"][0]["donde"].split(",")[0]
    (anotado,) = [linea for linea in caplog.records if linea.getMessage() == "libro auditado"]
    assert anotado.__dict__["fallas"] == 1
    assert folio not in str(anotado.__dict__)


def test_una_cabeza_publicada_que_ya_no_esta_en_el_libro_se_nota(decidida: Puerta) -> None:
    otra = {
        "fecha": "2026-11-01",
        "convocatoria": CONVOCATORIA,
        "numero": "1",
        "cabeza": "0" * 64,
        "demostracion": "si",
    }
    decidida.montaje.publicacion.anexar(auditar.TABLA, [otra], auditar.CLAVE)
    assert correr()["detalle"] == [
        {"convocatoria": CONVOCATORIA, "donde": "asiento 1", "que": "no es el que se publicó"}
    ]


def test_la_orden_dice_en_espanol_si_todo_calza_y_termina_mal_si_no(
    decidida: Puerta, capsys: pytest.CaptureFixture[str]
) -> None:
    assert auditar.principal() == 0
    dicho = capsys.readouterr().out
    assert f"{CONVOCATORIA}: calza (asientos: 1, postulaciones: 1)" in dicho
    assert dicho.endswith("Todo calza.\n")
    danar(decidida)
    assert auditar.principal() == 1
    dicho = capsys.readouterr().out
    assert "versión 3: cambió después de anotarse en el libro" in dicho
    assert "Algo cambió fuera del libro en 1 de" in dicho


def test_sin_almacen_la_orden_lo_dice_y_no_crea_nada(puerta: Puerta, capsys: pytest.CaptureFixture[str]) -> None:
    assert auditar.principal() == 0
    assert capsys.readouterr().out == "Todavía no hay nada guardado que auditar.\n"
    assert not puerta.montaje.estado_local.exists()


def test_las_columnas_que_se_publican_son_las_del_paquete(decidida: Puerta) -> None:
    correr()
    descriptor = yaml.safe_load((RAIZ / "datos" / "transparencia" / "datapackage.yaml").read_text(encoding="utf-8"))
    esquema = {r["path"]: r["schema"] for r in descriptor["resources"]}["cabezas.csv"]
    (fila,) = publicadas(decidida)
    assert list(fila) == [campo["name"] for campo in esquema["fields"]]
    assert tuple(esquema["primaryKey"]) == auditar.CLAVE
