"""Revisar los requisitos sin guiones: el resultado dice cuántos fallan y deja cambiar una respuesta sin repetirlas."""

from __future__ import annotations

import pytest

from tests.funciones.puerta import Puerta
from tests.recorridos.mundo import CONVOCATORIA
from tests.sitio.lector import Nodo, leer

RESPUESTAS = {
    "convocatoria": CONVOCATORIA,
    "tipo_persona": "natural",
    "comuna": "07101",
    "inicio_actividades": "primera",
    "actividad": "107100",
    "ventas": "24.500.000",
    "deudas": "no",
    "condena_antisindical": "no",
}


def pagina(puerta: Puerta, **cambios: str) -> Nodo:
    respuesta = puerta.llamar("verificar", "POST", "/api/verificar", formulario=RESPUESTAS | cambios, html=True)
    assert respuesta["statusCode"] == 200
    return leer(str(respuesta["body"]))


@pytest.mark.parametrize(
    ("cambios", "encabezado"),
    [
        ({}, "Faltan datos para saberlo"),
        ({"deudas": "si"}, "Hay un requisito que no se cumple"),
        ({"deudas": "si", "condena_antisindical": "si"}, "Hay 2 requisitos que no se cumplen"),
        ({"deudas": "si", "condena_antisindical": "si", "ventas": "1"}, "Hay 3 requisitos que no se cumplen"),
    ],
)
def test_el_titulo_dice_cuantos_requisitos_no_se_cumplen(
    puerta: Puerta, cambios: dict[str, str], encabezado: str
) -> None:
    vista = pagina(puerta, **cambios)
    assert vista.uno("h1").texto == encabezado
    assert vista.uno("title").texto.startswith(f"{encabezado} · ")


def test_bajo_el_resultado_siguen_las_respuestas_tal_como_se_escribieron(puerta: Puerta) -> None:
    vista = pagina(puerta)
    formulario = vista.uno("form", "revisa")
    escritas = {n.atributos["name"]: n.atributos["value"] for n in formulario.todos("input") if _respondido(n)}
    escritas["comuna"] = next(o.atributos["value"] for o in formulario.todos("option") if "selected" in o.atributos)
    assert escritas == RESPUESTAS
    assert formulario.atributos["action"] == "/api/verificar"
    assert vista.uno("a", href="#otra-vez").texto == "Revisar otra vez"
    assert vista.uno("h2", id="otra-vez")


def _respondido(entrada: Nodo) -> bool:
    elegida = entrada.atributos.get("type") != "radio" or "checked" in entrada.atributos
    return bool(elegida and entrada.atributos.get("value"))


def test_quien_pide_datos_no_recibe_el_formulario(puerta: Puerta) -> None:
    estado, cuerpo = puerta.json("verificar", "POST", "/api/verificar", cuerpo=RESPUESTAS)
    assert estado == 200
    assert not {"preguntas", "escritas", "comunas"} & set(cuerpo)
