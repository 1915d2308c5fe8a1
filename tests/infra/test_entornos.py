"""Cada entorno da justo los valores que pide la plantilla, y el paquete se arma con lo que usan las funciones."""

import re
from pathlib import Path

import pytest
import yaml

from tests.infra.traduccion import RAIZ, original

ENTORNOS = sorted((RAIZ / "infra" / "entornos").glob("*.yaml"))
EMPAQUETAR = (RAIZ / "infra" / "empaquetar.sh").read_text("utf-8")


def _valores(archivo: Path) -> dict[str, str]:
    despliegue = yaml.safe_load(archivo.read_text("utf-8"))["default"]["deploy"]["parameters"]
    return dict(par.split("=", 1) for par in despliegue["parameter_overrides"])


@pytest.mark.parametrize("archivo", ENTORNOS, ids=lambda a: a.stem)
def test_el_entorno_da_lo_que_pide_la_plantilla_y_cada_valor_calza(archivo: Path) -> None:
    parametros, valores = original()["Parameters"], _valores(archivo)
    assert set(valores) <= set(parametros)
    assert {nombre for nombre, p in parametros.items() if "Default" not in p} <= set(valores)
    for nombre, valor in valores.items():
        assert re.fullmatch(parametros[nombre].get("AllowedPattern", ".*").strip("^$"), valor), nombre
        permitidos = parametros[nombre].get("AllowedValues")
        assert permitidos is None or int(valor) in permitidos, nombre


def test_hay_un_entorno_de_pruebas_y_uno_de_produccion() -> None:
    assert [archivo.stem for archivo in ENTORNOS] == ["produccion", "pruebas"]


def test_el_muro_solo_se_pide_donde_se_puede_crear() -> None:
    for archivo in ENTORNOS:
        region = yaml.safe_load(archivo.read_text("utf-8"))["default"]["global"]["parameters"]["region"]
        assert _valores(archivo)["LimitePorIp"] == "0" or region == "us-east-1"


def test_el_paquete_lleva_la_descripcion_de_cada_servicio_que_se_llama() -> None:
    llamados = set()
    for archivo in (RAIZ / "funciones").rglob("*.py"):
        llamados |= set(re.findall(r'boto3\.client\(\s*"([a-z0-9]+)"', archivo.read_text("utf-8")))
    assert llamados
    assert llamados <= set(re.findall(r"! -name (\w+)", EMPAQUETAR))


def test_sam_build_encuentra_como_armar_cada_funcion() -> None:
    assert re.search(r"^build-%:", (RAIZ / "Makefile").read_text("utf-8"), re.MULTILINE)
    for nombre, recurso in original()["Resources"].items():
        if recurso["Type"] == "AWS::Serverless::Function":
            assert recurso["Metadata"] == {"BuildMethod": "makefile"}, nombre
    assert "--require-hashes" in EMPAQUETAR
    arquitectura = {"arm64": "aarch64", "x86_64": "x86_64"}[original()["Globals"]["Function"]["Architectures"][0]]
    assert f"manylinux2014_{arquitectura}" in EMPAQUETAR
    version = original()["Globals"]["Function"]["Runtime"].removeprefix("python")
    assert f"--python-version {version} " in EMPAQUETAR
