"""Calificar entre varias personas: cada una sin mirar a la otra, con sus razones, y sin quien tiene un conflicto."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from funciones.auditar import auditar
from funciones.dominio.postulacion import Estado
from tests.funciones.conftest import entorno_embebido
from tests.funciones.puerta import Puerta
from tests.recorridos.mundo import CONVOCATORIA, rut_de_ejemplo

REVISORA, PRIMERA, SEGUNDA, TERCERA = (
    {"sub": f"evaluador-{quien}", "rol": "evaluador", "region": "07"} for quien in ("revisa", "uno", "dos", "tres")
)


@pytest.fixture
def puerta(tmp_path: Path, horneado: Path) -> Iterator[Puerta]:
    """La convocatoria pide dos evaluadores."""
    with entorno_embebido(tmp_path, con_dos_evaluadores(horneado, tmp_path)) as puerta:
        yield puerta


def con_dos_evaluadores(horneado: Path, carpeta: Path, **cambios: Any) -> Path:
    crudo = json.loads(horneado.read_text(encoding="utf-8"))
    crudo["convocatorias"][CONVOCATORIA] |= {"evaluadores": 2, **cambios}
    (carpeta / "datos").symlink_to(horneado.parent / "datos")
    destino = carpeta / "horneado.json"
    destino.write_text(json.dumps(crudo), encoding="utf-8")
    return destino


def admisible(puerta: Puerta, numero: int = 1) -> str:
    folio, _ = puerta.recibida(rut_de_ejemplo(77_200_000 + numero))
    assert puerta.decidir(folio, "admisible", REVISORA)[0] == 200
    return str(folio)


def calificar(
    puerta: Puerta, folio: str, quien: dict[str, str], nota: str, **campos: Any
) -> tuple[int, dict[str, Any]]:
    return puerta.decidir(folio, "evaluada", quien, notas={"origen": nota, "presentacion": nota}, **campos)


def ver(puerta: Puerta, folio: str, quien: dict[str, str]) -> dict[str, Any]:
    estado, cuerpo = puerta.mesa("GET", "/postulaciones/{folio}", quien, camino={"folio": folio})
    assert estado == 200
    return dict(cuerpo)


def abstenerse(puerta: Puerta, folio: str, quien: dict[str, str], **campos: Any) -> tuple[int, dict[str, Any]]:
    cuerpo = {"version": version(puerta, folio), "motivo": "Trabajé con esta empresa"} | campos
    return puerta.mesa("POST", "/postulaciones/{folio}/abstencion", quien, camino={"folio": folio}, cuerpo=cuerpo)


def version(puerta: Puerta, folio: str) -> int:
    guardada = puerta.montaje.almacen.postulacion(folio)
    assert guardada is not None
    return guardada.version


def test_con_una_sola_nota_sigue_calificandose_y_con_dos_sale_el_promedio(puerta: Puerta) -> None:
    folio = admisible(puerta)
    _, parcial = calificar(puerta, folio, PRIMERA, "6,5")
    assert (parcial["estado"], parcial["puntaje"], parcial["notas"]) == ("admisible", None, {})
    assert (parcial["notas_puestas"], parcial["evaluadores"]) == (1, 2)
    _, entera = calificar(puerta, folio, SEGUNDA, "5")
    assert (entera["estado"], entera["puntaje"]) == ("evaluada", "5.75")
    assert entera["notas"] == {"origen": "5.75", "presentacion": "5.75"}
    assert [(e["evaluador"], e["puntaje"]) for e in entera["evaluaciones"]] == [
        ("evaluador-uno", "6.50"),
        ("evaluador-dos", "5.00"),
    ]
    # Mientras se califica no sale ningún correo: solo el de recibida.
    assert [a.estado for a in puerta.montaje.almacen.avisos(folio)] == [Estado.POR_CONFIRMAR, Estado.RECIBIDA]


def test_si_no_es_a_ciegas_quien_reviso_los_requisitos_tambien_califica(puerta: Puerta) -> None:
    assert calificar(puerta, admisible(puerta), REVISORA, "5")[0] == 200


def test_las_notas_y_razones_de_otra_persona_se_ven_despues_de_poner_las_propias(puerta: Puerta) -> None:
    folio = admisible(puerta)
    calificar(puerta, folio, PRIMERA, "6,5", motivo="Razón de la primera", justificaciones=_razones("Es de la zona"))
    ajena = json.dumps(ver(puerta, folio, SEGUNDA), ensure_ascii=False)
    assert "6.5" not in ajena
    assert "Es de la zona" not in ajena
    assert "Razón de la primera" not in ajena
    assert ver(puerta, folio, SEGUNDA)["notas_puestas"] == 1
    propia = ver(puerta, folio, PRIMERA)["evaluaciones"]
    assert [(e["propia"], e["justificaciones"]["origen"]) for e in propia] == [(True, "Es de la zona")]
    calificar(puerta, folio, SEGUNDA, "5")
    assert [e["propia"] for e in ver(puerta, folio, SEGUNDA)["evaluaciones"]] == [False, True]
    # Con las notas completas ya no hay a quién influir.
    assert len(ver(puerta, folio, TERCERA)["evaluaciones"]) == 2


def _razones(texto: str) -> dict[str, str]:
    return {"origen": texto, "presentacion": texto}


@pytest.mark.parametrize(
    ("justificaciones", "campo"),
    [
        (None, "justificaciones.origen"),
        ({"origen": "Es de la zona"}, "justificaciones.presentacion"),
        ({"origen": " ", "presentacion": "Clara"}, "justificaciones.origen"),
        ({**{"origen": "Sí", "presentacion": "Sí"}, "simpatia": "Mucha"}, "justificaciones.simpatia"),
        ({"origen": 7, "presentacion": "Sí"}, "justificaciones"),
        (["Sí", "Sí"], "justificaciones"),
        ({"origen": "x" * 1001, "presentacion": "Sí"}, "justificaciones.origen"),
    ],
)
def test_sin_una_razon_por_criterio_la_nota_no_entra(puerta: Puerta, justificaciones: object, campo: str) -> None:
    folio = admisible(puerta)
    estado, cuerpo = calificar(puerta, folio, PRIMERA, "5", justificaciones=justificaciones)
    assert (estado, list(cuerpo["campos"])) == (422, [campo])
    assert version(puerta, folio) == 3


@pytest.mark.parametrize("nota", ["5.555", "5,125", "1e0000001", "٥" * 9])
def test_una_nota_tiene_dos_decimales_a_lo_mas(puerta: Puerta, nota: str) -> None:
    folio = admisible(puerta)
    estado, cuerpo = calificar(puerta, folio, PRIMERA, nota)
    assert (estado, cuerpo["error"]) == (422, "nota_fuera_de_escala")


def test_quien_ya_califico_corrige_su_nota_y_nadie_mas_entra(puerta: Puerta) -> None:
    folio = admisible(puerta)
    calificar(puerta, folio, PRIMERA, "4")
    calificar(puerta, folio, SEGUNDA, "5")
    assert calificar(puerta, folio, TERCERA, "7")[1]["error"] == "pauta_completa"
    assert "evaluada" not in ver(puerta, folio, TERCERA)["acciones"]
    # «admisible» desde aquí es volver a calificar.
    assert ver(puerta, folio, TERCERA)["acciones"] == ["admisible", "no_admisible"]
    assert ver(puerta, folio, PRIMERA)["acciones"] == ["admisible", "no_admisible", "evaluada"]
    _, corregida = calificar(puerta, folio, PRIMERA, "6")
    assert (corregida["estado"], corregida["puntaje"]) == ("evaluada", "5.50")


def test_volver_a_calificar_borra_las_notas_y_deja_entrar_a_otras_personas(puerta: Puerta) -> None:
    folio = admisible(puerta)
    calificar(puerta, folio, PRIMERA, "1")
    calificar(puerta, folio, SEGUNDA, "1")
    estado, cuerpo = puerta.decidir(folio, "admisible", TERCERA, motivo="Calificaron otra postulación")
    assert (estado, cuerpo["estado"], cuerpo["puntaje"], cuerpo["notas_puestas"]) == (200, "admisible", None, 0)
    assert calificar(puerta, folio, TERCERA, "7")[0] == 200


def test_quien_se_abstiene_ni_pone_nota_ni_decide(puerta: Puerta) -> None:
    folio = admisible(puerta)
    estado, cuerpo = abstenerse(puerta, folio, PRIMERA)
    assert (estado, cuerpo["te_abstuviste"], cuerpo["acciones"]) == (200, True, [])
    assert calificar(puerta, folio, PRIMERA, "7")[1]["error"] == "te_abstuviste"
    hallazgos = {"ventas": "no_cumple"}
    assert puerta.decidir(folio, "no_admisible", PRIMERA, hallazgos=hallazgos)[1]["error"] == "te_abstuviste"
    assert calificar(puerta, folio, SEGUNDA, "5")[0] == 200
    assert ver(puerta, folio, SEGUNDA)["abstenciones"][0]["motivo"] == "Trabajé con esta empresa"
    ultima = puerta.montaje.almacen.transiciones(folio)[-2]
    assert (ultima.de, ultima.a, ultima.actor.id) == (Estado.ADMISIBLE, Estado.ADMISIBLE, "evaluador-uno")


def test_abstenerse_despues_de_calificar_retira_la_nota(puerta: Puerta) -> None:
    folio = admisible(puerta)
    calificar(puerta, folio, PRIMERA, "7")
    calificar(puerta, folio, SEGUNDA, "5")
    _, cuerpo = abstenerse(puerta, folio, PRIMERA)
    assert (cuerpo["estado"], cuerpo["puntaje"], cuerpo["notas_puestas"]) == ("admisible", None, 1)
    _, entera = calificar(puerta, folio, TERCERA, "4")
    assert (entera["estado"], entera["puntaje"]) == ("evaluada", "4.50")


def test_el_libro_calza_despues_de_calificar_y_abstenerse(puerta: Puerta) -> None:
    folio = admisible(puerta)
    abstenerse(puerta, folio, TERCERA)
    calificar(puerta, folio, PRIMERA, "7")
    calificar(puerta, folio, SEGUNDA, "5")
    abstenerse(puerta, folio, PRIMERA)
    assert [revision.fallas for revision in auditar() if revision.fallas] == []


def test_abstenerse_pide_razon_y_la_version_que_se_mira_y_repetirlo_no_cambia_nada(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut_de_ejemplo(77_200_009))
    assert abstenerse(puerta, folio, PRIMERA, motivo=" ")[1]["error"] == "falta_motivo"
    assert abstenerse(puerta, folio, PRIMERA, version=1)[1]["error"] == "cambio_entre_medio"
    assert abstenerse(puerta, folio, PRIMERA)[0] == 200
    quedo = version(puerta, folio)
    assert abstenerse(puerta, folio, PRIMERA, version=1)[0] == 200
    assert version(puerta, folio) == quedo
    assert puerta.decidir(folio, "admisible", PRIMERA)[1]["error"] == "te_abstuviste"
    assert puerta.decidir(folio, "admisible", SEGUNDA)[0] == 200


def test_lo_que_pasa_entre_evaluadores_no_lo_ve_quien_postulo(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(rut_de_ejemplo(77_200_009))
    puerta.decidir(folio, "en_correccion", REVISORA)
    corregir = {"folio": folio, "codigo": codigo, "accion": "corregir", "nota": "Ya lo subí"}
    assert puerta.json("responder", "POST", "/api/responder", cuerpo=corregir)[0] == 200
    abstenerse(puerta, folio, TERCERA)
    # Repetir el envío sigue sin tener nada más que hacer.
    assert puerta.json("responder", "POST", "/api/responder", cuerpo=corregir)[0] == 200
    puerta.decidir(folio, "admisible", REVISORA)
    calificar(puerta, folio, PRIMERA, "5")
    _, pagina = puerta.json("consultar", "POST", "/api/consultar", cuerpo={"folio": folio, "codigo": codigo})
    estados = [paso["estado"] for paso in pagina["historia"]]
    assert estados == ["por_confirmar", "recibida", "en_correccion", "recibida", "admisible"]
    assert "Trabajé con esta empresa" not in json.dumps(pagina, ensure_ascii=False)


def test_cuando_ya_no_se_revisa_no_hay_de_que_abstenerse(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut_de_ejemplo(77_200_009))
    puerta.decidir(folio, "no_admisible", REVISORA, hallazgos={"ventas": "no_cumple"})
    assert not ver(puerta, folio, PRIMERA)["puede_abstenerse"]
    assert abstenerse(puerta, folio, PRIMERA)[1]["error"] == "accion_imposible"
