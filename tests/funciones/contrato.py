"""La descripción OpenAPI como contrato: toda respuesta de las pruebas tiene que estar descrita y calzar."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from generador.openapi import describir


@lru_cache(maxsize=1)
def descripcion(horneado: Path) -> dict[str, Any]:
    """La de ese horneado."""
    return describir(json.loads(horneado.read_text(encoding="utf-8")))


def comprobar(horneado: Path, metodo: str, ruta: str, estado: int, cuerpo: Any) -> None:
    """Falla si la respuesta no está descrita, o no calza con su esquema."""
    documento = descripcion(horneado)
    respuestas = documento["paths"][ruta][metodo.lower()]["responses"]
    assert str(estado) in respuestas, f"{metodo} {ruta} respondió {estado} y la descripción no lo dice"
    esquema = respuestas[str(estado)]["content"]["application/json"]["schema"]
    Draft202012Validator({**esquema, "components": documento["components"]}).validate(cuerpo)
