"""El enlace para entrar por internet lo guarda la mesa de la región y lo ven solo quienes tienen cupo."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from funciones.adaptadores.montaje import montaje
from tests.funciones.puerta import DE_OTRA_REGION, EVALUADOR, Puerta
from tests.funciones.test_la_vida_de_una_postulacion import en_tres_listas, responder
from tests.recorridos.mundo import CONVOCATORIA

RUTA = "/api/mesa/enlace_virtual"
ENLACE = "https://reunion.example/sala-7f3a9c"


@pytest.fixture
def por_internet(puerta: Puerta, tmp_path: Path) -> Puerta:
    """La misma convocatoria, también por internet."""
    horneado = json.loads(Path(puerta.entorno["HORNEADO"]).read_text(encoding="utf-8"))
    horneado["convocatorias"][CONVOCATORIA]["modalidad"] = "mixta"
    propio = tmp_path / "mixta.json"
    propio.write_text(json.dumps(horneado), encoding="utf-8")
    puerta.entorno["HORNEADO"] = str(propio)
    montaje.cache_clear()
    return puerta


def guardar(puerta: Puerta, enlace: str, quien: dict[str, str] = EVALUADOR) -> tuple[int, dict[str, Any]]:
    cuerpo = {"convocatoria": CONVOCATORIA, "enlace": enlace}
    return puerta.json("asistir", "POST", RUTA, funcionario=quien, cuerpo=cuerpo)


def ver(puerta: Puerta, quien: dict[str, str] = EVALUADOR) -> tuple[int, dict[str, Any]]:
    return puerta.json("asistir", "GET", RUTA, funcionario=quien, consulta={"convocatoria": CONVOCATORIA})


def en_su_pagina(puerta: Puerta, par: tuple[str, str]) -> Any:
    _, cuerpo = puerta.json("consultar", "POST", "/api/consultar", cuerpo={"folio": par[0], "codigo": par[1]})
    return cuerpo["enlace_virtual"]


def test_lo_ve_quien_tiene_cupo_y_nadie_mas(por_internet: Puerta, caplog: pytest.LogCaptureFixture) -> None:
    seleccionada, confirmada, en_espera, fuera = en_tres_listas(por_internet)
    assert en_su_pagina(por_internet, seleccionada) == {"enlace": "", "modalidad": "mixta"}
    assert guardar(por_internet, f"  {ENLACE} ") == (200, {"convocatoria": CONVOCATORIA, "enlace": ENLACE})
    assert ver(por_internet)[1]["enlace"] == ENLACE
    responder(por_internet, confirmada, "aceptar")
    vistos = [en_su_pagina(por_internet, par) for par in (seleccionada, confirmada, en_espera, fuera)]
    assert vistos == [{"enlace": ENLACE, "modalidad": "mixta"}] * 2 + [None, None]
    responder(por_internet, seleccionada, "declinar")
    assert en_su_pagina(por_internet, seleccionada) is None
    assert "sala-7f3a9c" not in caplog.text


def test_la_pagina_lo_muestra_como_boton_y_antes_dice_que_viene(por_internet: Puerta) -> None:
    seleccionada = en_tres_listas(por_internet)[0]
    formulario = {"folio": seleccionada[0], "codigo": seleccionada[1]}

    def pagina() -> str:
        return str(por_internet.llamar("consultar", "POST", "/api/consultar", formulario=formulario, html=True)["body"])

    assert "Aquí vas a ver el enlace antes de la actividad" in pagina()
    guardar(por_internet, ENLACE)
    assert f'href="{ENLACE}"' in pagina()
    assert guardar(por_internet, "")[1]["enlace"] == ""
    assert ENLACE not in pagina()


def test_otra_region_no_lo_ve_ni_lo_cambia(por_internet: Puerta) -> None:
    guardar(por_internet, ENLACE)
    assert ver(por_internet, DE_OTRA_REGION)[0] == 404
    assert guardar(por_internet, "https://otra.example/a", DE_OTRA_REGION)[0] == 404
    assert ver(por_internet)[1]["enlace"] == ENLACE


def test_lo_que_no_es_una_direccion_segura_se_explica_y_no_cambia_nada(por_internet: Puerta) -> None:
    guardar(por_internet, ENLACE)
    codigo, cuerpo = guardar(por_internet, "javascript:alert(1)")
    assert (codigo, list(cuerpo["campos"])) == (422, ["enlace"])
    assert "https://" in cuerpo["campos"]["enlace"]
    assert ver(por_internet)[1]["enlace"] == ENLACE


def test_lo_presencial_no_tiene_enlace(puerta: Puerta) -> None:
    codigo, cuerpo = guardar(puerta, ENLACE)
    assert (codigo, cuerpo["error"]) == (409, "es_presencial")
    assert en_su_pagina(puerta, en_tres_listas(puerta)[0]) is None
