"""El revisor de HTML sobre una carpeta de páginas: cada error en una línea."""

import json
import subprocess
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[1]
NODE = RAIZ / ".entorno" / "probar" / "bin" / "node"
REVISOR = RAIZ / ".entorno" / "npm" / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
REGLAS = RAIZ / "infra" / "npm" / "htmlvalidate.json"


def errores(carpeta: Path) -> list[str]:
    """«página:línea regla: qué» por cada error; vacía si el HTML está bien. Ninguna regla se deja fuera."""
    orden = [NODE, REVISOR, "--config", REGLAS, "--formatter", "json", f"{carpeta}/**/*.html"]
    corrida = subprocess.run(orden, capture_output=True, text=True, check=False)
    assert corrida.stdout, corrida.stderr
    informe = json.loads(corrida.stdout)
    return [
        f"{Path(pagina['filePath']).relative_to(carpeta)}:{m['line']} {m['ruleId']}: {m['message']}"
        for pagina in informe
        for m in pagina["messages"]
    ]
