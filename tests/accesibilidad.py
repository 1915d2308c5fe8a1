"""WCAG 2.2 AA con axe sobre una página abierta en el navegador: lo que falta, en una línea por falta."""

import json

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

NORMAS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# El guion se pone una vez por página y vuelve solo lo que falta, como texto: el informe entero tarda diez veces más.
REVISAR = """async (normas) => {
  const opciones = { runOnly: { type: "tag", values: normas }, resultTypes: ["violations"] };
  const { violations } = await axe.run(opciones);
  return JSON.stringify(violations.map((v) => [v.id, v.nodes.map((n) => n.html)]));
}"""


def faltas(pagina: Page) -> list[str]:
    """«regla: elemento» por cada elemento que falla; vacía si no falta nada. Ninguna regla se deja fuera."""
    if not pagina.evaluate("'axe' in window"):
        pagina.evaluate(AXE_SCRIPT)
    halladas = json.loads(pagina.evaluate(REVISAR, NORMAS))
    return [f"{regla}: {elemento[:160]}" for regla, elementos in halladas for elemento in elementos]
