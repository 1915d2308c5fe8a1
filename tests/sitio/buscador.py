"""Pregunta al motor del buscador, el mismo que corre en el teléfono, sin abrir un navegador."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

NODE = Path(sys.executable).parent / "node"
GUION = Path(__file__).with_name("buscador_node.mjs")
AHORA = "2026-11-23T12:00:00Z"


def encargar(tema: Path, indice: Path, ahora: str = AHORA, **encargo: Any) -> dict[str, Any]:
    """`pedidos` busca, `palabras` las reduce, `listas` las decodifica: la respuesta trae lo mismo con su resultado."""
    texto = json.dumps({"tema": str(tema), "indice": str(indice), "ahora": ahora, **encargo})
    corrida = subprocess.run(
        [NODE, "--no-warnings", GUION], input=texto, capture_output=True, text=True, check=True, timeout=120
    )
    return dict(json.loads(corrida.stdout))


def buscar(portal: Path, *pedidos: dict[str, str], ahora: str = AHORA) -> list[dict[str, Any]]:
    """Una respuesta por pedido, con lo que se vería en la primera pantalla."""
    return list(encargar(portal / "tema", portal / "indice", ahora, pedidos=list(pedidos))["pedidos"])
