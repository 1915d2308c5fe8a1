"""La revisión en la mesa: qué se puede decidir, qué se puede pedir corregir y qué dice cada regla de la lista."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from funciones.dominio.admisibilidad import REGLAS
from funciones.dominio.postulacion import TRANSICIONES, Estado, Papel
from funciones.oficina.revision import CORRECCIONES_MAXIMAS, LARGO_DE_CORRECCION, LARGO_DEL_MOTIVO, decisiones_de
from tests.funciones.puerta import Puerta
from tests.funciones.test_la_vida_de_una_postulacion import en_tres_listas, estado, responder, rut

F30 = {"que": "documento:f30", "texto": "Es de hace dos meses: sube uno de este mes."}
COMUNA = {"que": "respuesta:comuna", "texto": "La carpeta dice otra."}


def expediente(puerta: Puerta, folio: str) -> dict[str, Any]:
    codigo, cuerpo = puerta.mesa("GET", "/postulaciones/{folio}", camino={"folio": folio})
    assert codigo == 200
    return dict(cuerpo)


# Qué se puede decidir


@pytest.mark.parametrize("desde", list(Estado))
def test_por_esta_puerta_se_decide_solo_lo_que_le_toca_y_la_tabla_permite(desde: Estado) -> None:
    posibles = decisiones_de(desde)
    assert all(Papel.PERSONAL in TRANSICIONES[desde][decision] for decision in posibles)
    # Elegir, anotar asistencia y resolver recursos tienen su propia puerta.
    assert not {Estado.SELECCIONADA, Estado.NO_SELECCIONADA, Estado.PARTICIPO, Estado.RECURSO_RECHAZADO} & set(posibles)
    assert (Estado.LISTA_DE_ESPERA in posibles) == (desde in {Estado.OFERTA_VENCIDA, Estado.DECLINADA})
    assert desde not in posibles or desde is Estado.EVALUADA
    assert not posibles or desde is not Estado.RECURRIDA


def test_no_se_cumple_dos_veces(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1))
    assert puerta.decidir(folio, "admisible")[0] == 200
    codigo, cuerpo = puerta.decidir(folio, "admisible")
    assert (codigo, cuerpo["error"]) == (409, "accion_imposible")


def test_una_razon_que_no_cabe_se_acorta(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1))
    codigo, cuerpo = puerta.decidir(folio, "admisible", motivo="x" * (LARGO_DEL_MOTIVO + 1))
    assert (codigo, list(cuerpo["campos"])) == (422, ["motivo"])
    assert puerta.decidir(folio, "admisible", motivo="x" * LARGO_DEL_MOTIVO)[0] == 200


def test_la_mesa_no_pone_a_nadie_en_la_espera_sin_pasar_por_la_seleccion(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1))
    puerta.decidir(folio, "admisible")
    assert puerta.decidir(folio, "lista_de_espera")[1]["error"] == "accion_imposible"


def test_una_oferta_que_vencio_por_error_vuelve_a_su_lugar_en_la_espera(puerta: Puerta) -> None:
    from funciones import barrer
    from tests.funciones.puerta import Contexto

    primera, _, tercera, _ = en_tres_listas(puerta)
    responder(puerta, primera, "declinar")
    puerta.pasar(timedelta(hours=49))
    barrer.handler({}, Contexto())
    assert estado(puerta, tercera[0]) is Estado.OFERTA_VENCIDA
    assert expediente(puerta, tercera[0])["acciones"] == ["lista_de_espera"]
    codigo, cuerpo = puerta.decidir(tercera[0], "lista_de_espera", motivo="Su correo estaba caído")
    assert (codigo, cuerpo["estado"]) == (200, "lista_de_espera")
    assert barrer.handler({}, Contexto())["ofrecidas"] == 1
    assert estado(puerta, tercera[0]) is Estado.OFRECIDA


# Un no se funda en un requisito que le toca


@pytest.mark.parametrize("regla", ["ventas_cooperativa", "perfil", "antiguedad", "deuda_alimentos"])
def test_no_se_niega_por_una_regla_que_no_rige_para_quien_postula(puerta: Puerta, regla: str) -> None:
    folio, _ = puerta.recibida(rut(1))
    assert regla not in {h["regla"] for h in expediente(puerta, folio)["hallazgos"]}
    codigo, cuerpo = puerta.decidir(folio, "no_admisible", hallazgos={"ventas": "cumple", regla: "no_cumple"})
    assert (codigo, list(cuerpo["campos"])) == (422, ["hallazgos"])
    assert "no se le pide a esta postulación" in cuerpo["campos"]["hallazgos"]
    assert estado(puerta, folio) is Estado.RECIBIDA
    assert puerta.decidir(folio, "admisible", hallazgos={regla: "cumple"})[0] == 422


def test_se_niega_por_cada_regla_que_si_rige(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1))
    reglas = {h["regla"]: "no_cumple" for h in expediente(puerta, folio)["hallazgos"]}
    assert puerta.decidir(folio, "no_admisible", hallazgos=reglas)[0] == 200
    assert puerta.montaje.almacen.postulacion(folio).hallazgos == reglas


def test_lo_marcado_en_una_regla_que_dejo_de_regir_no_sigue(puerta: Puerta, tmp_path: Path) -> None:
    folio, _ = puerta.recibida(rut(1))
    assert puerta.decidir(folio, "en_correccion", hallazgos={"ventas": "cumple", "sector": "cumple"})[0] == 200
    # Una enmienda saca las ventas de lo que se le pide a una persona jurídica.
    crudo = json.loads(Path(puerta.entorno["HORNEADO"]).read_text(encoding="utf-8"))
    for fila in crudo["matriz"]:
        if (fila["tipo_persona"], fila["regla"]) == ("juridica", "ventas"):
            fila["rige"] = "no"
    copia = tmp_path / "horneado.json"
    copia.write_text(json.dumps(crudo), encoding="utf-8")
    puerta.entorno["HORNEADO"] = str(copia)
    assert puerta.decidir(folio, "recibida")[0] == 200
    assert puerta.montaje.almacen.postulacion(folio).hallazgos == {"sector": "cumple"}


# Correcciones con nombre


def test_se_piden_por_su_nombre_y_quedan_en_el_expediente(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1))
    ofrecidas = {c["que"] for c in expediente(puerta, folio)["corregibles"]}
    assert {"documento:f30", "respuesta:comuna", "respuesta:ventas"} <= ofrecidas
    assert not {"respuesta:rut", "respuesta:correo", "respuesta:tipo_persona"} & ofrecidas
    codigo, cuerpo = puerta.decidir(folio, "en_correccion", motivo="Falta poco", correcciones=[F30, COMUNA])
    assert (codigo, cuerpo["estado"]) == (200, "en_correccion")
    assert [(c["que"], c["titulo"], c["texto"]) for c in cuerpo["correcciones"]] == [
        ("documento:f30", "Certificado f30", F30["texto"]),
        ("respuesta:comuna", "¿En qué comuna trabajas?", COMUNA["texto"]),
    ]
    # Si la mesa la devuelve a revisión, ya no se espera ninguna.
    assert puerta.decidir(folio, "recibida", motivo="Nos equivocamos")[1]["correcciones"] == []


@pytest.mark.parametrize(
    ("correcciones", "campo"),
    [
        ([{"que": "documento:licencia", "texto": "Súbela"}], "correcciones.0.que"),
        ([F30, {"que": "respuesta:rut", "texto": "Cámbialo"}], "correcciones.1.que"),
        ([{"que": "f30", "texto": "Súbelo"}], "correcciones.0.que"),
        ([{"que": ["documento:f30"], "texto": "Súbelo"}], "correcciones.0.que"),
        (["documento:f30"], "correcciones.0.que"),
        ([{"que": "documento:f30", "texto": " "}], "correcciones.0.texto"),
        ([{"que": "documento:f30"}], "correcciones.0.texto"),
        ([{"que": "documento:f30", "texto": "x" * (LARGO_DE_CORRECCION + 1)}], "correcciones.0.texto"),
        ([F30, F30], "correcciones"),
        ([F30] * (CORRECCIONES_MAXIMAS + 1), "correcciones"),
        ({"que": "documento:f30"}, "correcciones"),
    ],
)
def test_lo_que_no_existe_o_no_dice_que_hacer_no_se_pide(puerta: Puerta, correcciones: Any, campo: str) -> None:
    folio, _ = puerta.recibida(rut(1))
    codigo, cuerpo = puerta.decidir(folio, "en_correccion", correcciones=correcciones)
    assert (codigo, list(cuerpo["campos"])) == (422, [campo])
    assert estado(puerta, folio) is Estado.RECIBIDA


# La lista de chequeo


def test_cada_regla_trae_lo_que_hace_falta_para_revisarla(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1))
    hallazgos = expediente(puerta, folio)["hallazgos"]
    assert {"ventas", "sector", "rendiciones", "no_repetir"} <= {h["regla"] for h in hallazgos} <= set(REGLAS)
    for hallazgo in hallazgos:
        assert hallazgo["titulo"]
        assert hallazgo["frase"]
        assert hallazgo["clausula"]
        assert "{" not in "".join(hallazgo.values())
    por_regla = {h["regla"]: h for h in hallazgos}
    assert por_regla["deudas"]["documento"] == "Certificado f30; Certificado deuda-tributaria"
    assert por_regla["no_repetir"]["documento"] == ""
    # Persona jurídica: el registro de deudores de alimentos no le toca.
    assert "deuda_alimentos" not in por_regla
