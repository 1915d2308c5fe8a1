"""Traduce template.yaml a lo que de verdad despliega CloudFormation, sin nube."""

import copy
from functools import cache
from pathlib import Path
from typing import Any

import boto3
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

from servidor import plantilla

RAIZ = Path(__file__).parents[2]
VALORES = {
    "Entorno": "pruebas",
    "UrlPortal": "https://ejemplo.cl",
    "Remitente": "portal@ejemplo.cl",
    "IdentidadCorreo": "ejemplo.cl",
    "DominioPersonal": "personal-pruebas",
}
Plantilla = dict[str, Any]


@cache
def _leida() -> Plantilla:
    return plantilla.leer(RAIZ / "template.yaml")


def original() -> Plantilla:
    """Una copia de la plantilla tal como está escrita."""
    return copy.deepcopy(_leida())


def traducir(escrita: Plantilla) -> Plantilla:
    """La plantilla después de la transformación SAM."""
    entrada = copy.deepcopy(escrita)
    # El traductor pide el paquete ya subido; empaquetar es de otro paso.
    entrada["Globals"]["Function"]["CodeUri"] = "s3://paquetes/paquete.zip"
    por_omision = {n: p["Default"] for n, p in entrada["Parameters"].items() if "Default" in p}
    traductor = Translator({}, Parser(), boto_session=boto3.Session(region_name="us-east-1"))
    traducida: Plantilla = traductor.translate(entrada, {**por_omision, **VALORES})
    return traducida
