"""Una mañana de trabajo: muchas postulaciones por revisar, con lo que suele traer cada una."""

from copy import deepcopy
from typing import Any

from playwright.sync_api import Page

from tests.navegador import mesa_datos, mesa_vistas
from tests.navegador.gestos import volver_a
from tests.navegador.mesa_falsa import MesaFalsa

DOCUMENTOS = [
    mesa_vistas.DOCUMENTO,
    {**mesa_vistas.DOCUMENTO, "documento": "f30", "titulo": "Certificado F30", "tipo": "image/png"},
]
# Lo propuesto cumple, hay cosas por mirar, o algo no cumple: lo que trae una mañana cualquiera.
CASOS: tuple[dict[str, str], ...] = (
    {},
    {"rendiciones": "falta_dato"},
    {"deudas": "falta_dato", "rendiciones": "lo_revisa_una_persona"},
    {"ventas": "no_cumple"},
)


def sembrar(pagina: Page, mesa: MesaFalsa, cuantas: int) -> list[str]:
    """Esa cantidad por revisar, en orden de llegada y con la cola a la vista."""
    base, mesa.postulaciones = deepcopy(mesa.postulaciones["B3TW6HQN"]), {}
    for numero in range(cuantas):
        folio = f"T{numero:03}AAAA"
        hallazgos = {regla: CASOS[numero % len(CASOS)].get(regla, "cumple") for regla in mesa_datos.REGLAS}
        propia: dict[str, Any] = {
            "folio": folio,
            "folio_texto": f"{folio[:4]} {folio[4:]}",
            "nombre": f"Empresa {numero:03}",
            "turno": f"2026-11-20T10:{numero // 60:02}:{numero % 60:02}+00:00",
            "hallazgos": hallazgos,
            "documentos": DOCUMENTOS,
        }
        mesa.postulaciones[folio] = deepcopy(base) | propia
    volver_a(pagina, "#/cola")
    pagina.get_by_role("heading", level=1, name="Cola").wait_for()
    return list(mesa.postulaciones)
