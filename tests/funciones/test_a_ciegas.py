"""A ciegas de verdad: nada de lo que responde la mesa mientras se califica dice de quién es la postulación."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.funciones.conftest import entorno_embebido
from tests.funciones.puerta import Puerta
from tests.funciones.test_calificacion import (
    PRIMERA,
    REVISORA,
    SEGUNDA,
    abstenerse,
    calificar,
    con_dos_evaluadores,
    ver,
)
from tests.recorridos.mundo import CONVOCATORIA, DOCUMENTOS, rut_de_ejemplo

RUT = rut_de_ejemplo(77_654_321)
CANARIOS = {
    "nombre": "Canario Nombrefirma",
    "representante": "Canario Representante",
    "correo": "canario.correo@ejemplo.cl",
    "telefono": "987654321",
    "lleva": f"Soy CANARIO REPRESENTANTE, de Canario Nombrefirma ({RUT}): pan. Llama al 9 8765 4321.",
}
RASTROS = ("canario", RUT, "77.654.321", "77654321", "987654321", "8765 4321", "ejemplo.cl")
COLA, UNA = "/postulaciones", "/postulaciones/{folio}"


@pytest.fixture
def puerta(tmp_path: Path, horneado: Path) -> Iterator[Puerta]:
    """La convocatoria pide dos evaluadores y califica a ciegas."""
    with entorno_embebido(tmp_path, con_dos_evaluadores(horneado, tmp_path, a_ciegas=True)) as puerta:
        yield puerta


def por_calificar(puerta: Puerta) -> str:
    """Una que ya pasó por una corrección: en su historia también escribió la empresa."""
    folio, codigo = puerta.recibida(RUT, **CANARIOS)
    assert puerta.decidir(folio, "en_correccion", REVISORA, motivo="Canario: falta la hoja dos")[0] == 200
    nota = {"folio": folio, "codigo": codigo, "accion": "corregir", "nota": "Canario Representante: ya la subí"}
    assert puerta.json("responder", "POST", "/api/responder", cuerpo=nota)[0] == 200
    assert puerta.decidir(folio, "admisible", REVISORA, motivo="Canario Nombrefirma cumple")[0] == 200
    return str(folio)


def rastros(respuesta: Any) -> list[str]:
    texto = json.dumps(respuesta, ensure_ascii=False).lower()
    return [rastro for rastro in RASTROS if rastro in texto]


def test_mientras_se_califica_ninguna_respuesta_de_la_mesa_dice_de_quien_es(puerta: Puerta) -> None:
    folio = por_calificar(puerta)
    assert rastros(calificar(puerta, folio, PRIMERA, "6")) == []
    for quien in (REVISORA, PRIMERA, SEGUNDA):
        respuestas = [
            puerta.mesa("GET", COLA, quien),
            puerta.mesa("GET", COLA, quien, consulta={"convocatoria": CONVOCATORIA, "estado": "admisible"}),
            puerta.mesa("GET", UNA, quien, camino={"folio": folio}),
            *(_documento(puerta, quien, folio, documento) for documento in DOCUMENTOS),
        ]
        assert [rastros(respuesta) for respuesta in respuestas] == [[]] * len(respuestas)
    assert rastros(calificar(puerta, folio, SEGUNDA, "5")) == []
    publicada = puerta.montaje.horneado.convocatoria(CONVOCATORIA)
    assert publicada is not None
    puerta.poner_la_hora(publicada.cierre + timedelta(hours=1))
    estado, simulada = puerta.seleccionar("simular")
    assert (estado, len(simulada["seleccionadas"])) == (200, 1)
    assert rastros(simulada) == []
    assert rastros(abstenerse(puerta, folio, PRIMERA)) == []


def _documento(puerta: Puerta, quien: dict[str, str], folio: str, documento: str) -> Any:
    camino = {"folio": folio, "documento": documento}
    estado, cuerpo = puerta.mesa("GET", "/documentos/{folio}/{documento}", quien, camino=camino)
    assert (estado, cuerpo["error"]) == (409, "esta_a_ciegas")
    return cuerpo


def test_lo_que_hace_falta_para_calificar_sigue_a_la_vista(puerta: Puerta) -> None:
    ficha = ver(puerta, por_calificar(puerta), PRIMERA)
    respuestas = {r["clave"]: r["texto"] for r in ficha["respuestas"]}
    assert respuestas["lleva"] == "Soy [oculto], de [oculto] ([oculto]): pan. Llama al [oculto]."
    assert respuestas["comuna"] == "Talca, Maule"
    assert {"actividad", "deudas"} <= set(respuestas)
    assert {"nombre", "representante", "rut", "correo", "telefono", "sexo"} & set(respuestas) == set()
    assert (ficha["a_ciegas"], ficha["documentos"]) == (True, [])
    renglon = puerta.mesa("GET", COLA, PRIMERA)[1]["postulaciones"][0]
    assert (renglon["nombre"], renglon["a_ciegas"]) == (f"Postulación {ficha['folio_texto']}", True)


def test_donde_trabaja_y_en_que_se_ve_aunque_su_nombre_lo_diga(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(RUT, **CANARIOS | {"nombre": "Canario de Talca", "lleva": "Pan de Talca, con canela."})
    assert puerta.decidir(folio, "admisible", REVISORA)[0] == 200
    respuestas = {r["clave"]: r["texto"] for r in ver(puerta, folio, PRIMERA)["respuestas"]}
    assert (respuestas["comuna"], respuestas["lleva"]) == ("Talca, Maule", "Pan [oculto], con canela.")


def test_antes_y_despues_de_calificar_se_ve_quien_es(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(RUT, **CANARIOS)
    assert {"canario", RUT[:8]} <= set(rastros(ver(puerta, folio, REVISORA)))
    camino = {"folio": folio, "documento": "f30"}
    assert puerta.mesa("GET", "/documentos/{folio}/{documento}", REVISORA, camino=camino)[0] == 200
    assert puerta.mesa("GET", COLA, REVISORA)[1]["postulaciones"][0]["nombre"] == CANARIOS["nombre"]


def test_quien_reviso_los_requisitos_ya_sabe_de_quien_es_y_no_califica(puerta: Puerta) -> None:
    folio = por_calificar(puerta)
    assert calificar(puerta, folio, REVISORA, "7")[1]["error"] == "viste_el_nombre"
    assert "evaluada" not in ver(puerta, folio, REVISORA)["acciones"]
    assert "evaluada" in ver(puerta, folio, PRIMERA)["acciones"]
    assert calificar(puerta, folio, PRIMERA, "7")[0] == 200
    # Haber puesto una nota a ciegas no es haber visto el nombre.
    assert calificar(puerta, folio, PRIMERA, "6")[0] == 200
