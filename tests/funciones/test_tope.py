"""El tope de postulaciones: la puerta lo dice con palabras, y quien ya envió no pierde su folio."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.funciones.conftest import entorno_embebido
from tests.funciones.puerta import Puerta
from tests.recorridos.mundo import CONVOCATORIA, rut_de_ejemplo


@pytest.fixture
def puerta(tmp_path: Path, horneado: Path) -> Iterator[Puerta]:
    """La misma convocatoria, que recibe dos postulaciones y no más."""
    publicado = json.loads(horneado.read_text(encoding="utf-8"))
    publicado["convocatorias"][CONVOCATORIA]["postulaciones_maximas"] = 2
    archivo = tmp_path / "con-tope.json"
    archivo.write_text(json.dumps(publicado), encoding="utf-8")
    with entorno_embebido(tmp_path, archivo) as puerta:
        yield puerta


def cupos(puerta: Puerta) -> dict[str, object]:
    camino = {"id": CONVOCATORIA}
    return puerta.json("consultar", "GET", "/api/convocatorias/{id}/cupos", camino=camino)[1]


def test_con_el_tope_completo_la_puerta_lo_dice_y_no_guarda_nada(puerta: Puerta) -> None:
    for numero in (1, 2):
        assert (cupos(puerta)["estado"], cupos(puerta)["recibidas"]) == ("abierta", numero - 1)
        puerta.recibida(rut_de_ejemplo(77_400_000 + numero))
    estado, cuerpo = puerta.postular(rut_de_ejemplo(77_400_003))
    assert (estado, cuerpo["error"]) == (409, "tope_de_postulaciones")
    consulta = {"convocatoria": CONVOCATORIA}
    assert puerta.json("postular", "GET", "/api/postular", consulta=consulta)[0] == 409
    assert (cupos(puerta)["estado"], cupos(puerta)["recibidas"]) == ("cerrada", 2)
    assert cupos(puerta)["postulaciones_maximas"] == 2


def test_enviar_otra_vez_lo_mismo_con_el_tope_completo_da_el_mismo_folio(puerta: Puerta) -> None:
    clave = secrets.token_urlsafe(24)
    folio, _ = puerta.recibida(rut_de_ejemplo(77_400_001), clave=clave)
    puerta.recibida(rut_de_ejemplo(77_400_002))
    estado, cuerpo = puerta.postular(rut_de_ejemplo(77_400_001), clave=clave)
    assert (estado, cuerpo.get("folio")) == (200, folio)


def test_quien_envio_antes_de_completarse_confirma_y_entra_a_la_fila(puerta: Puerta) -> None:
    _, enviada = puerta.postular(rut_de_ejemplo(77_400_001))
    for numero in (2, 3):
        puerta.recibida(rut_de_ejemplo(77_400_000 + numero))
    assert puerta.confirmar(enviada["folio"])[0] == 200
    assert cupos(puerta)["recibidas"] == 3


def en_la_mesa(puerta: Puerta) -> tuple[object, object]:
    llamados = {c["id"]: c for c in puerta.mesa("GET", "/postulaciones")[1]["convocatorias"]}
    return llamados[CONVOCATORIA]["recibidas"], llamados[CONVOCATORIA]["postulaciones_maximas"]


def test_la_mesa_ve_el_tope_y_cuantas_van_en_la_fila(puerta: Puerta) -> None:
    puerta.postular(rut_de_ejemplo(77_400_001))
    assert en_la_mesa(puerta) == (0, 2)
    puerta.recibida(rut_de_ejemplo(77_400_002))
    assert en_la_mesa(puerta) == (1, 2)


def test_sin_tope_declarado_no_se_cuenta_nada(tmp_path: Path, horneado: Path) -> None:
    with entorno_embebido(tmp_path / "sin-tope", horneado) as puerta:
        for numero in range(3):
            assert puerta.postular(rut_de_ejemplo(77_400_010 + numero))[0] == 200
        assert cupos(puerta)["postulaciones_maximas"] is None
        assert en_la_mesa(puerta) == (None, None)


def test_la_cifra_de_cupos_lleva_su_hora_y_la_red_puede_darla_cuando_la_funcion_no_responde(puerta: Puerta) -> None:
    ruta = "/api/convocatorias/{id}/cupos"
    respuesta = puerta.llamar("consultar", "GET", ruta, camino={"id": CONVOCATORIA})
    assert respuesta["headers"]["cache-control"] == "public, max-age=60, stale-if-error=86400"
    antes, al, despues = puerta.montaje.ahora(), str(cupos(puerta)["al"]), puerta.montaje.ahora()
    assert antes <= datetime.fromisoformat(al) <= despues
