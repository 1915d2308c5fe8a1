"""Escribe una tabla publicada como JSON: los mismos valores que su CSV, con tipo y una fila por línea."""

import csv
import io
import json
import re
from datetime import datetime
from decimal import Decimal
from typing import Any

from generador.esquemas import Campo, Recurso
from generador.valores import CHILE, convertir

# Un decimal viaja marcado dentro de un texto y se destapa al final: así llega con sus mismas cifras.
MARCA = "\ue000"
DECIMAL_MARCADO = re.compile(rf'"{MARCA}(-?[0-9.]+)"')


def en_json(texto: str, recurso: Recurso) -> str:
    """Una lista de objetos: números y si/no como tales, horas con su desfase de Chile, vacíos como `null`."""
    filas = [
        _objeto(celdas, recurso) for numero, celdas in enumerate(csv.reader(io.StringIO(texto), strict=True)) if numero
    ]
    cuerpo = ",\n".join(json.dumps(fila, ensure_ascii=False) for fila in filas)
    return DECIMAL_MARCADO.sub(r"\1", f"[\n{cuerpo}\n]\n" if filas else "[]\n")


def _objeto(celdas: list[str], recurso: Recurso) -> dict[str, Any]:
    pares = zip(recurso.campos.values(), celdas, strict=True)
    return {campo.nombre: _llano(convertir(texto, campo), campo) for campo, texto in pares}


def _llano(valor: Any, campo: Campo) -> Any:
    if isinstance(valor, datetime):
        return valor.astimezone(CHILE).isoformat()
    if isinstance(valor, Decimal):
        return f"{MARCA}{valor}"
    return valor.isoformat() if campo.tipo == "date" and valor else valor
