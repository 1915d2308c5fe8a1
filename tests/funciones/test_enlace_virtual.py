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
    publicar(puerta, tmp_path, modalidad="mixta")
    return puerta


def publicar(puerta: Puerta, carpeta: Path, **cambios: str) -> None:
    """La convocatoria, publicada otra vez con esos cambios."""
    horneado = json.loads(Path(puerta.entorno["HORNEADO"]).read_text(encoding="utf-8"))
    horneado["convocatorias"][CONVOCATORIA] |= cambios
    propio = carpeta / "mixta.json"
    propio.write_text(json.dumps(horneado), encoding="utf-8")
    puerta.entorno["HORNEADO"] = str(propio)
    montaje.cache_clear()


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


@pytest.mark.parametrize("situacion", ["cancelada", "suspendida"])
def test_si_se_detiene_la_pagina_lo_dice_primero_y_no_da_enlace_ni_cupo(
    por_internet: Puerta, tmp_path: Path, situacion: str
) -> None:
    folio, codigo = seleccionada = en_tres_listas(por_internet)[0]
    guardar(por_internet, ENLACE)
    motivo = "El recinto quedó sin agua."
    publicar(por_internet, tmp_path, situacion=situacion, motivo_situacion=motivo)
    formulario = {"folio": folio, "codigo": codigo}
    _, cuerpo = por_internet.json("consultar", "POST", "/api/consultar", cuerpo=formulario)
    assert cuerpo["detenida"] == {"situacion": situacion, "motivo": motivo}
    assert (cuerpo["enlace_virtual"], cuerpo["acciones"]) == (None, ["retirar"])
    pagina = por_internet.llamar("consultar", "POST", "/api/consultar", formulario=formulario, html=True)["body"]
    assert pagina.index(f"La convocatoria está {situacion}") < pagina.index(motivo) < pagina.index('class="ruta"')
    assert not [texto for texto in ("Tienes un cupo", ENLACE, "Aceptar mi cupo", "Dejar mi cupo") if texto in pagina]
    rechazo = responder(por_internet, seleccionada, "aceptar")
    assert (rechazo[0], rechazo[1]["error"]) == (409, "convocatoria_suspendida")
    assert motivo in str(rechazo[1])
    assert responder(por_internet, seleccionada, "retirar")[0] == 200
