"""Los datos abiertos: cada tabla en CSV y JSON con los mismos valores, explicada columna por columna y en DCAT."""

import csv
import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from frictionless import Package

from generador.en_json import en_json
from generador.esquemas import Recurso, leer_esquemas
from tests.sitio.conftest import DATOS
from tests.sitio.lector import Nodo, leer

ESQUEMAS = leer_esquemas(DATOS)
TABLAS = [(r.paquete, r.nombre) for e in ESQUEMAS.values() for r in e.recursos.values()]
SITIO = "https://ferias-y-redes.example"


@pytest.fixture(scope="module")
def catalogo(portal: Path) -> dict[str, Any]:
    leido: dict[str, Any] = json.loads((portal / "datos" / "catalogo.jsonld").read_text(encoding="utf-8"))
    return leido


@pytest.fixture(scope="module")
def paginas_de_datos(portal: Path) -> dict[str, Nodo]:
    return {p: leer((portal / "datos" / p / "index.html").read_text(encoding="utf-8")) for p in ESQUEMAS}


@pytest.mark.parametrize(("paquete", "tabla"), TABLAS)
def test_el_json_dice_lo_mismo_que_el_csv(portal: Path, paquete: str, tabla: str) -> None:
    base = portal / "datos" / paquete
    with (base / f"{tabla}.csv").open(encoding="utf-8", newline="") as archivo:
        filas = list(csv.DictReader(archivo))
    objetos = json.loads((base / f"{tabla}.json").read_text(encoding="utf-8"), parse_float=str, parse_int=str)
    assert [list(o) for o in objetos] == [list(f) for f in filas]
    for objeto, fila in zip(objetos, filas, strict=True):
        for columna, texto in fila.items():
            valor = objeto[columna]
            if isinstance(valor, bool):
                assert texto == ("si" if valor else "no")
            elif valor is None or valor == []:
                assert texto == ""
            elif isinstance(valor, str):
                # Las horas llevan además su desfase; los textos con pinta de fórmula, en el CSV, un apóstrofo.
                assert texto in (valor, f"'{valor}") or valor.startswith(f"{texto}:00-0")


def recurso(**campo: str) -> Recurso:
    return Recurso("x", {"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "a", **campo}]}})


@pytest.mark.parametrize(
    ("campo", "texto", "esperado"),
    [
        ({"type": "number"}, "70.00", "70.00"),
        ({"type": "integer"}, "07", None),
        ({"type": "boolean"}, "si", "true"),
        ({"type": "string"}, "=1+1", '"=1+1"'),
        ({"type": "string"}, '""', "null"),
        ({"type": "datetime"}, "2026-12-07T15:00", '"2026-12-07T15:00:00-03:00"'),
        ({"type": "date"}, "2026-12-07", '"2026-12-07"'),
        ({"type": "string", "separador": "|"}, "a|b", '["a", "b"]'),
    ],
)
def test_cada_valor_va_con_su_tipo(campo: dict[str, str], texto: str, esperado: str | None) -> None:
    if esperado is None:
        with pytest.raises(ValueError, match=texto):
            en_json(f"a\n{texto}\n", recurso(**campo))
    else:
        assert en_json(f"a\n{texto}\n", recurso(**campo)) == f'[\n{{"a": {esperado}}}\n]\n'


@pytest.mark.parametrize(("paquete", "tabla"), TABLAS)
def test_cada_columna_esta_explicada(paginas_de_datos: dict[str, Nodo], paquete: str, tabla: str) -> None:
    seccion = paginas_de_datos[paquete].uno("section", id=tabla)
    campos = ESQUEMAS[paquete].recursos[tabla].campos
    columnas = {d.uno("dt").uno("code").texto: d.uno("dd").texto for d in seccion.uno("dl", "campos").todos("div")}
    assert list(columnas) == list(campos)
    assert all(campos[c].descriptor["description"] in texto for c, texto in columnas.items())
    assert {a.atributos["href"] for a in seccion.todos("a", "boton")} == {
        f"/datos/{paquete}/{tabla}.csv",
        f"/datos/{paquete}/{tabla}.json",
    }


@pytest.mark.parametrize("paquete", ESQUEMAS)
def test_cada_paquete_dice_como_citarlo_y_de_donde_sale(paginas_de_datos: dict[str, Nodo], paquete: str) -> None:
    cita = paginas_de_datos[paquete].uno("p", "cita-datos").texto
    assert ESQUEMAS[paquete].descriptor["title"] in cita
    assert f"{SITIO}/datos/{paquete}/" in cita
    assert "CC BY 4.0" in cita
    for fuente in ESQUEMAS[paquete].descriptor["sources"]:
        assert fuente["title"] in paginas_de_datos[paquete].uno("main").texto


def test_la_pagina_de_datos_lleva_a_todos_los_paquetes(portal: Path) -> None:
    indice = leer((portal / "datos" / "index.html").read_text(encoding="utf-8")).uno("ul", "paquetes")
    assert [a.atributos["href"] for a in indice.todos("a")] == [f"/datos/{p}/" for p in ESQUEMAS]


def test_los_paquetes_publicados_son_frictionless(portal: Path) -> None:
    for paquete in ESQUEMAS:
        descriptor = json.loads((portal / "datos" / paquete / "datapackage.json").read_text(encoding="utf-8"))
        assert not list(Package.metadata_validate(descriptor)), paquete
        for r in descriptor["resources"]:
            contenido = (portal / "datos" / paquete / r["path"]).read_bytes()
            assert r["bytes"] == len(contenido)
            assert r["hash"] == f"sha256:{hashlib.sha256(contenido).hexdigest()}"


def test_el_catalogo_tiene_lo_que_dcat_ap_obliga(catalogo: dict[str, Any]) -> None:
    assert catalogo["@type"] == "dcat:Catalog"
    assert {"dct:title", "dct:description", "dct:publisher", "dct:license", "dct:language"} <= set(catalogo)
    assert [d["dct:identifier"] for d in catalogo["dcat:dataset"]] == list(ESQUEMAS)
    assert date.fromisoformat(catalogo["dct:modified"]["@value"]) == date(2026, 11, 23)
    for dato in catalogo["dcat:dataset"]:
        assert {"dct:title", "dct:description", "dct:publisher", "dcat:contactPoint", "dcat:theme"} <= set(dato)
        assert date.fromisoformat(dato["dct:issued"]["@value"])
        for distribucion in dato["dcat:distribution"]:
            assert distribucion["dct:license"]["@id"] == "http://creativecommons.org/licenses/by/4.0/"


def test_cada_archivo_del_catalogo_existe_y_pesa_lo_que_dice(portal: Path, catalogo: dict[str, Any]) -> None:
    archivos = [a for d in catalogo["dcat:dataset"] for a in d["dcat:distribution"]]
    assert len(archivos) == 2 * len(TABLAS)
    assert len({a["@id"] for a in archivos}) == len(archivos)
    for archivo in archivos:
        contenido = (portal / urlsplit(archivo["dcat:downloadURL"]["@id"]).path.lstrip("/")).read_bytes()
        suma = archivo["spdx:checksum"]
        assert archivo["dcat:byteSize"]["@value"] == str(len(contenido))
        assert suma["spdx:checksumValue"]["@value"] == hashlib.sha256(contenido).hexdigest()
        assert suma["spdx:algorithm"]["@id"] == "spdx:checksumAlgorithm_sha256"


def test_todo_nombre_del_catalogo_tiene_su_vocabulario_y_su_direccion_completa(catalogo: dict[str, Any]) -> None:
    prefijos = set(catalogo["@context"])
    for clave, valor in nodos({k: v for k, v in catalogo.items() if k != "@context"}):
        if not clave.startswith("@"):
            assert clave.split(":")[0] in prefijos, clave
        if clave in {"@type", "@id"}:
            assert valor.split(":")[0] in {*prefijos, "http", "https"}, valor
            assert " " not in valor


def nodos(valor: Any) -> Any:
    if isinstance(valor, dict):
        for clave, hijo in valor.items():
            yield clave, hijo
            yield from nodos(hijo)
    elif isinstance(valor, list):
        for hijo in valor:
            yield from nodos(hijo)
