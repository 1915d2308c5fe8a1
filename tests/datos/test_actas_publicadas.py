"""Lo que publica una selección pasa la misma validación que lo que edita una persona."""

from __future__ import annotations

import csv
from pathlib import Path

from frictionless import Package

from funciones.adaptadores.publicacion_carpeta import PublicacionCarpeta
from funciones.dominio.acta_escrita import fila_publica
from tests.datos.copia import DATOS
from tests.dominio.test_acta import ejemplo


def test_la_fila_de_un_acta_calza_con_el_esquema_publicado(tmp_path: Path) -> None:
    origen = DATOS / "transparencia"
    destino = tmp_path / "transparencia"
    destino.mkdir()
    for archivo in origen.glob("*.*"):
        (destino / archivo.name).write_bytes(archivo.read_bytes())
    PublicacionCarpeta(tmp_path).anexar("transparencia/actas.csv", [fila_publica(ejemplo())], ("acta",))
    with (destino / "actas.csv").open(encoding="utf-8", newline="") as abierto:
        assert list(csv.DictReader(abierto))[-1] == fila_publica(ejemplo())
    informe = Package(str(destino / "datapackage.yaml")).validate()
    assert informe.valid, informe.flatten(["message"])
