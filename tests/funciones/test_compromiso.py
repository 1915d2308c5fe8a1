"""La carta de compromiso: se ve entera, se acepta aparte del cupo, queda con su versión, y sin ella no se egresa."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.plazo import inicio_del_dia
from funciones.dominio.postulacion import Estado
from funciones.tramite import compromiso
from tests.funciones.conftest import entorno_embebido
from tests.funciones.puerta import EVALUADOR, Puerta
from tests.funciones.test_la_vida_de_una_postulacion import en_tres_listas, responder
from tests.recorridos.mundo import CONVOCATORIA

OBLIGACIONES = [
    {"orden": 1, "obligacion": "Asisto todos los días."},
    {"orden": 2, "obligacion": "Respondo la encuesta de cierre."},
]
Par = tuple[str, str]


@pytest.fixture
def puerta(tmp_path: Path, horneado: Path) -> Iterator[Puerta]:
    """La convocatoria del recorrido, que además pide la carta."""
    (tmp_path / "datos").symlink_to(horneado.parent / "datos")
    with entorno_embebido(tmp_path, publicar(tmp_path, horneado, OBLIGACIONES)) as puerta:
        yield puerta


def publicar(carpeta: Path, horneado: Path, obligaciones: list[dict[str, Any]], **cambios: str) -> Path:
    crudo = json.loads(horneado.read_text(encoding="utf-8"))
    crudo["convocatorias"][CONVOCATORIA] |= {"compromisos": obligaciones, **cambios}
    destino = carpeta / f"horneado-{len(obligaciones)}-{len(cambios)}.json"
    destino.write_text(json.dumps(crudo), encoding="utf-8")
    return destino


def convocatoria(puerta: Puerta) -> Convocatoria:
    publicada = puerta.montaje.horneado.convocatoria(CONVOCATORIA)
    assert publicada is not None
    return publicada


def estado(puerta: Puerta, par: Par) -> dict[str, Any]:
    cuerpo = {"folio": par[0], "codigo": par[1]}
    codigo, visto = puerta.json("consultar", "POST", "/api/consultar", cuerpo=cuerpo)
    assert codigo == 200
    resultado: dict[str, Any] = visto
    return resultado


def aceptar(puerta: Puerta, par: Par, version: str | None = None) -> tuple[int, dict[str, Any]]:
    carta = estado(puerta, par)["carta"]
    cuerpo = {
        "folio": par[0],
        "codigo": par[1],
        "accion": "comprometer",
        "carta": carta["version"] if version is None and carta else version or "",
    }
    return puerta.json("responder", "POST", "/api/responder", cuerpo=cuerpo)


def participo(puerta: Puerta, par: Par) -> None:
    puerta.poner_la_hora(inicio_del_dia(convocatoria(puerta).actividad_inicio) + timedelta(hours=15))
    postulacion = puerta.montaje.almacen.postulacion(par[0])
    assert postulacion is not None
    cuerpo = {"folio": par[0], "asistio": "si", "version": postulacion.version}
    codigo, hecho = puerta.json("asistir", "POST", "/api/mesa/asistencia", funcionario=EVALUADOR, cuerpo=cuerpo)
    assert codigo == 200, hecho


def encuesta(puerta: Puerta, par: Par) -> dict[str, Any]:
    respuestas = _respuestas(puerta)
    codigo = puerta.montaje.llavero.codigo_encuesta(par[0])
    cuerpo = {"folio": par[0], "codigo": codigo, "accion": "enviar"} | respuestas
    estado, hecho = puerta.json("encuestar", "POST", "/api/encuestar", cuerpo=cuerpo)
    assert estado == 200, hecho
    resultado: dict[str, Any] = hecho
    return resultado


def _respuestas(puerta: Puerta) -> dict[str, str]:
    """Una respuesta para cada pregunta obligatoria, según su tipo."""
    tipos = {"si_no": "si", "entero": "2", "texto_largo": "Bien.", "texto": "Bien.", "plata": "1000"}
    return {
        p["clave"]: (p["opciones"][0]["valor"] if p.get("opciones") else tipos[p["tipo"]])
        for p in puerta.montaje.horneado.preguntas("encuesta")
        if p.get("obligatoria")
    }


def test_la_carta_dice_quien_a_que_cuando_y_cada_obligacion(puerta: Puerta) -> None:
    primera, *_ = en_tres_listas(puerta)
    carta = estado(puerta, primera)["carta"]
    for dicho in ("Empresa 0", "RUT: 77.100.000", "1. Asisto todos los días.", "2. Respondo la encuesta de cierre."):
        assert dicho in carta["texto"]
    assert "3 y 4 de diciembre de 2026" in carta["texto"]
    postulacion = puerta.montaje.almacen.postulacion(primera[0])
    assert postulacion is not None
    # La versión es la misma para todas: no sale de los datos de nadie.
    otra = puerta.montaje.almacen.postulacion(en_la_segunda(puerta))
    assert otra is not None
    assert compromiso.carta(otra, convocatoria(puerta)).version == carta["version"]
    assert carta["version"] != hashlib.sha256(carta["texto"].encode()).hexdigest()


def en_la_segunda(puerta: Puerta) -> str:
    return next(p.folio for p in puerta.montaje.almacen.cola(CONVOCATORIA) if p.datos["nombre"] == "Empresa 1")


def test_aceptar_el_cupo_y_aceptar_la_carta_son_dos_actos(puerta: Puerta) -> None:
    primera, segunda, *_ = en_tres_listas(puerta)
    assert responder(puerta, primera, "aceptar")[0] == 200
    assert estado(puerta, primera)["carta"]["por_aceptar"] is True
    codigo, hecho = aceptar(puerta, segunda)
    assert (codigo, hecho["estado"], hecho["carta"]["por_aceptar"]) == (200, "seleccionada", False)
    assert "aceptar" in hecho["acciones"]


def test_queda_guardada_con_su_texto_su_version_y_su_hora_y_repetir_no_la_cambia(puerta: Puerta) -> None:
    primera, *_ = en_tres_listas(puerta)
    mostrada = estado(puerta, primera)["carta"]
    assert aceptar(puerta, primera)[0] == 200
    postulacion = puerta.montaje.almacen.postulacion(primera[0])
    assert postulacion is not None
    hecha = compromiso.aceptada(postulacion)
    assert hecha is not None
    assert (hecha.texto, hecha.version) == (mostrada["texto"], mostrada["version"])
    puerta.pasar(timedelta(hours=1))
    assert aceptar(puerta, primera)[0] == 200
    assert compromiso.aceptada(postulacion) == hecha


def test_si_el_texto_cambio_mientras_la_leia_no_queda_aceptada(puerta: Puerta, tmp_path: Path, horneado: Path) -> None:
    primera, segunda, *_ = en_tres_listas(puerta)
    vieja = estado(puerta, primera)["carta"]["version"]
    assert aceptar(puerta, segunda)[0] == 200
    puerta.entorno["HORNEADO"] = str(publicar(tmp_path, horneado, OBLIGACIONES[:1]))
    assert aceptar(puerta, primera, vieja)[1]["error"] == "carta_cambio"
    assert estado(puerta, primera)["carta"]["aceptada_texto"] == ""
    # Quien ya había aceptado la anterior la lee de nuevo; la que aceptó no se pierde.
    cambiada = estado(puerta, segunda)["carta"]
    assert (cambiada["cambio"], cambiada["por_aceptar"]) == (True, True)
    assert "Respondo la encuesta" not in cambiada["texto"]
    assert aceptar(puerta, segunda)[1]["carta"]["por_aceptar"] is False
    hoja = puerta.montaje.almacen.hoja(compromiso.CLASE, CONVOCATORIA, segunda[0])
    assert hoja is not None
    assert [a["version"] for a in hoja.cuerpo["aceptadas"]] == [vieja, cambiada["version"]]


def test_quien_no_tiene_cupo_no_ve_ni_acepta_la_carta(puerta: Puerta) -> None:
    *_, en_espera, no_quedo = en_tres_listas(puerta)
    for par in (en_espera, no_quedo):
        assert estado(puerta, par)["carta"] is None
        assert aceptar(puerta, par, "cualquiera")[1]["error"] == "accion_imposible"


def test_sin_la_carta_la_encuesta_no_cierra_y_la_pagina_dice_que_falta(puerta: Puerta) -> None:
    primera, *_ = en_tres_listas(puerta)
    participo(puerta, primera)
    assert estado(puerta, primera)["falta"] == ["encuesta", "carta"]
    hecho = encuesta(puerta, primera)
    assert (hecho["estado"], hecho["falta"]) == ("participo", ["carta"])
    visto = estado(puerta, primera)
    assert visto["estado_texto"] == "Participaste: falta la carta de compromiso"
    assert [s["que"] for s in visto["sigue"]] == ["Acepta tu carta de compromiso"]
    quedo = aceptar(puerta, primera)[1]
    assert (quedo["estado"], quedo["falta"], quedo["sigue"]) == ("egresada", [], [])


def test_con_la_carta_aceptada_la_encuesta_cierra(puerta: Puerta) -> None:
    primera, *_ = en_tres_listas(puerta)
    assert aceptar(puerta, primera)[0] == 200
    participo(puerta, primera)
    assert estado(puerta, primera)["falta"] == ["encuesta"]
    assert encuesta(puerta, primera)["estado"] == "egresada"
    postulacion = puerta.montaje.almacen.postulacion(primera[0])
    assert postulacion is not None
    assert postulacion.estado is Estado.EGRESADA
    assert "carta" in postulacion.motivo


def test_se_imprime_en_su_propia_pagina_y_la_mesa_la_ve(puerta: Puerta) -> None:
    primera, *_ = en_tres_listas(puerta)
    campos = {"folio": primera[0], "codigo": primera[1], "carta": "si"}
    pagina = puerta.llamar("consultar", "POST", "/api/consultar", formulario=campos, html=True)["body"]
    assert "Todavía no la aceptas" in pagina
    assert "1. Asisto todos los días." in pagina
    assert aceptar(puerta, primera)[0] == 200
    pagina = puerta.llamar("consultar", "POST", "/api/consultar", formulario=campos, html=True)["body"]
    assert "La aceptaste en línea el" in pagina
    assert estado(puerta, primera)["carta"]["version"] in pagina
    _, ficha = puerta.mesa("GET", "/postulaciones/{folio}", camino={"folio": primera[0]})
    assert ficha["carta"]["aceptada_texto"]


def test_la_que_no_la_pide_no_la_muestra(tmp_path: Path, horneado: Path) -> None:
    with entorno_embebido(tmp_path, horneado) as puerta:
        primera, *_ = en_tres_listas(puerta)
        assert estado(puerta, primera)["carta"] is None
        assert aceptar(puerta, primera, "cualquiera")[1]["error"] == "accion_imposible"
