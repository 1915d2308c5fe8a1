"""Los feriados publicados son los que calcula una biblioteca que otros mantienen al día."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import holidays

DATOS = Path(__file__).resolve().parents[2] / "datos"


def test_los_feriados_nacionales_son_los_de_la_biblioteca() -> None:
    with (DATOS / "parametros" / "feriados.csv").open(encoding="utf-8") as archivo:
        publicados = {date.fromisoformat(f["fecha"]) for f in csv.DictReader(archivo) if f["ambito"] == "nacional"}
    anios = range(min(publicados).year, max(publicados).year + 1)
    assert publicados == set(holidays.country_holidays("CL", years=anios))


def test_hay_feriados_para_todo_el_plazo_de_las_convocatorias_publicadas() -> None:
    with (DATOS / "parametros" / "feriados.csv").open(encoding="utf-8") as archivo:
        ultimo = max(fila["fecha"] for fila in csv.DictReader(archivo))
    with (DATOS / "convocatorias" / "convocatorias.csv").open(encoding="utf-8") as archivo:
        cierres = [fila["encuesta_cierre"] for fila in csv.DictReader(archivo)]
    assert max(cierres)[:4] <= ultimo[:4]
