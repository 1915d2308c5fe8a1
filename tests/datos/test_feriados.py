"""Los feriados publicados son los que calcula una biblioteca que otros mantienen al día."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import holidays
import pytest

DATOS = Path(__file__).resolve().parents[2] / "datos"
# Código de la región → cómo la nombra la biblioteca.
REGIONES = {"15": "AP", "16": "NB"}


def _filas() -> list[dict[str, str]]:
    with (DATOS / "parametros" / "feriados.csv").open(encoding="utf-8") as archivo:
        return list(csv.DictReader(archivo))


def _publicados(ambito: str) -> set[date]:
    return {date.fromisoformat(f["fecha"]) for f in _filas() if f["ambito"] == ambito}


def _ambitos() -> set[str]:
    return {f["ambito"] for f in _filas()}


def test_los_feriados_nacionales_son_los_de_la_biblioteca() -> None:
    publicados = _publicados("nacional")
    anios = range(min(publicados).year, max(publicados).year + 1)
    assert publicados == set(holidays.country_holidays("CL", years=anios))


@pytest.mark.parametrize(("ambito", "region"), REGIONES.items())
def test_los_feriados_de_una_region_son_los_de_la_biblioteca(ambito: str, region: str) -> None:
    propios = _publicados(ambito)
    anios = range(min(propios).year, max(propios).year + 1)
    nacionales = set(holidays.country_holidays("CL", years=anios))
    assert propios == set(holidays.country_holidays("CL", subdiv=region, years=anios)) - nacionales


def test_no_hay_feriados_de_otras_regiones_que_la_biblioteca_no_conozca() -> None:
    nacionales = set(holidays.country_holidays("CL", years=range(2024, 2029)))
    con_propios = {
        s for s in holidays.CL.subdivisions if set(holidays.country_holidays("CL", subdiv=s, years=2027)) - nacionales
    }
    assert con_propios == set(REGIONES.values())
    assert _ambitos() == {"nacional", *REGIONES}


def test_los_regionales_cubren_los_mismos_anios_que_los_nacionales() -> None:
    anios = {dia.year for dia in _publicados("nacional")}
    assert all({dia.year for dia in _publicados(ambito)} == anios for ambito in REGIONES)


def test_hay_feriados_para_todo_el_plazo_de_las_convocatorias_publicadas() -> None:
    ultimo = max(_publicados("nacional")).isoformat()
    with (DATOS / "convocatorias" / "convocatorias.csv").open(encoding="utf-8") as archivo:
        cierres = [fila["encuesta_cierre"] for fila in csv.DictReader(archivo)]
    assert max(cierres)[:4] <= ultimo[:4]
