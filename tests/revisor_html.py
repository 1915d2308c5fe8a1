"""El revisor de HTML sobre una carpeta de páginas: cada error en una línea."""

import json
import subprocess
import tempfile
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[1]
NODE = RAIZ / ".entorno" / "probar" / "bin" / "node"
REVISOR = RAIZ / ".entorno" / "npm" / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
REGLAS = RAIZ / "infra" / "npm" / "htmlvalidate.json"


def errores(carpeta: Path) -> list[str]:
    """«página:línea regla: qué» por cada error; vacía si el HTML está bien. Ninguna regla se deja fuera."""
    # A un archivo: si es por la tubería, node termina antes de entregar un informe largo.
    with tempfile.TemporaryDirectory() as aparte:
        archivo = Path(aparte) / "informe.json"
        orden = [NODE, REVISOR, "--config", REGLAS, "--formatter", f"json={archivo}", f"{carpeta}/**/*.html"]
        corrida = subprocess.run(orden, capture_output=True, text=True, check=False)
        assert archivo.is_file(), corrida.stderr
        informe = json.loads(archivo.read_text(encoding="utf-8"))
    return [
        f"{Path(pagina['filePath']).relative_to(carpeta)}:{m['line']} {m['ruleId']}: {m['message']}"
        for pagina in informe
        for m in pagina["messages"]
    ]
