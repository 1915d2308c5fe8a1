"""La lista de chequeo: decir que cumple contra lo propuesto se marca y se explica, y un cupo asegurado se acredita."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from funciones.dominio.postulacion import Estado
from funciones.oficina.chequeo import RAZON_DE_SIEMPRE
from tests.funciones.conftest import entorno_embebido
from tests.funciones.puerta import EVALUADOR, NACIONAL, Puerta
from tests.funciones.test_la_vida_de_una_postulacion import estado, rut
from tests.funciones.test_recursos import OTRA_PERSONA, TERCERA, negada, recurrir, resolver
from tests.recorridos.mundo import CONVOCATORIA, RAIZ

TALCA = {"reserva": "de-talca", "titulo": "Negocios de Talca", "cupos": 1, "grupo": "comuna", "valor": "07101"}
DE_TALCA = "reserva:de-talca"


def enviar(puerta: Puerta, folio: str, hallazgos: dict[str, Any], motivo: str = "Revisado", **campos: Any) -> Any:
    """Decide que cumple sin más marcas que esas."""
    version = puerta.montaje.almacen.postulacion(folio).version
    cuerpo = {"version": version, "decision": "admisible", "motivo": motivo, "hallazgos": hallazgos} | campos
    return puerta.mesa("POST", "/postulaciones/{folio}/evaluacion", camino={"folio": folio}, cuerpo=cuerpo)


def abierto(puerta: Puerta, folio: str, quien: dict[str, str] = EVALUADOR) -> dict[str, Any]:
    codigo, cuerpo = puerta.mesa("GET", "/postulaciones/{folio}", quien, camino={"folio": folio})
    assert codigo == 200
    return dict(cuerpo)


def propuestas(puerta: Puerta, folio: str) -> dict[str, str]:
    return {h["regla"]: h["resultado"] for h in abierto(puerta, folio)["hallazgos"]}


# Contra lo propuesto


def test_lo_que_nadie_ha_mirado_no_se_da_por_cumplido(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1))
    por_ver = {regla for regla, resultado in propuestas(puerta, folio).items() if resultado != "cumple"}
    assert por_ver
    codigo, cuerpo = enviar(puerta, folio, {})
    assert (codigo, set(cuerpo["campos"])) == (422, {f"hallazgos.{regla}" for regla in por_ver})
    assert enviar(puerta, folio, dict.fromkeys(por_ver, "lo_revisa_una_persona"))[0] == 422
    assert estado(puerta, folio) is Estado.RECIBIDA
    assert enviar(puerta, folio, dict.fromkeys(por_ver, "cumple"), RAZON_DE_SIEMPRE)[0] == 200


def test_cumple_contra_lo_propuesto_pide_la_marca_y_una_razon_propia(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1), ventas="900000000")
    propuesto = propuestas(puerta, folio)
    assert propuesto["ventas"] == "no_cumple"
    marcas = {regla: "cumple" for regla, resultado in propuesto.items() if resultado != "cumple"}
    sin_ventas = {regla: marca for regla, marca in marcas.items() if regla != "ventas"}
    codigo, cuerpo = enviar(puerta, folio, sin_ventas)
    assert (codigo, set(cuerpo["campos"])) == (422, {"hallazgos.ventas"})
    codigo, cuerpo = enviar(puerta, folio, marcas, RAZON_DE_SIEMPRE)
    assert (codigo, cuerpo["error"], set(cuerpo["campos"])) == (422, "falta_motivo", {"motivo"})
    assert estado(puerta, folio) is Estado.RECIBIDA
    assert enviar(puerta, folio, marcas, "La carpeta suma dos veces enero.")[0] == 200


def test_una_marca_ya_guardada_sigue_valiendo(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1))
    marcas = {regla: "cumple" for regla, resultado in propuestas(puerta, folio).items() if resultado != "cumple"}
    assert puerta.decidir(folio, "en_correccion", hallazgos=marcas)[0] == 200
    assert puerta.decidir(folio, "recibida")[0] == 200
    assert enviar(puerta, folio, {})[0] == 200


def test_la_razon_de_siempre_es_la_que_escribe_la_mesa() -> None:
    assert f'"{RAZON_DE_SIEMPRE}"' in (RAIZ / "site" / "tema" / "mesa_decision.js").read_text(encoding="utf-8")


def test_del_registro_se_dice_que_es_del_registro(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1))
    vistos = {h["regla"]: h["visto"] for h in abierto(puerta, folio)["hallazgos"]}
    assert vistos["no_repetir"] == "No hay registro de participaciones cargado."
    assert vistos["rendiciones"] == "Declaró: no."
    puerta.montaje.almacen.anotar_participaciones([], puerta.montaje.ahora())
    vistos = {h["regla"]: h["visto"] for h in abierto(puerta, folio)["hallazgos"]}
    assert vistos["no_repetir"] == "El registro dice: ninguna participación anterior."


# Después de un recurso acogido


def test_quien_nego_y_fue_corregido_no_vuelve_a_decidir_los_requisitos(puerta: Puerta) -> None:
    folio, codigo_secreto = negada(puerta)
    recurrir(puerta, (folio, codigo_secreto))
    assert resolver(puerta, folio, "acoger", NACIONAL)[0] == 200
    for decision in ("no_admisible", "admisible", "en_correccion"):
        codigo, cuerpo = puerta.decidir(folio, decision, EVALUADOR, hallazgos={"ventas": "no_cumple"})
        assert (codigo, cuerpo["error"]) == (409, "te_corrigieron")
    visto = abierto(puerta, folio)
    assert visto["acciones"] == []
    assert "decide otra persona" in visto["por_que_no"]
    otra = abierto(puerta, folio, OTRA_PERSONA)
    assert (otra["acciones"], otra["por_que_no"]) == (["admisible", "no_admisible", "en_correccion"], "")
    assert puerta.decidir(folio, "admisible", OTRA_PERSONA)[0] == 200
    # Tampoco más adelante; quien acogió el recurso sí puede.
    assert puerta.decidir(folio, "no_admisible", EVALUADOR, hallazgos={"ventas": "no_cumple"})[0] == 409
    assert puerta.decidir(folio, "no_admisible", NACIONAL, hallazgos={"ventas": "no_cumple"})[0] == 200


def test_mientras_nadie_acoja_un_recurso_quien_nego_sigue_decidiendo(puerta: Puerta) -> None:
    folio, codigo_secreto = negada(puerta)
    recurrir(puerta, (folio, codigo_secreto))
    assert resolver(puerta, folio, "rechazar", TERCERA)[0] == 200
    assert abierto(puerta, folio)["por_que_no"] == ""


# El cupo asegurado


@pytest.fixture
def con_reserva(tmp_path: Path, horneado: Path) -> Iterator[Puerta]:
    """Un cupo, asegurado para negocios de Talca, y uno en espera; por llegada."""
    crudo = json.loads(horneado.read_text(encoding="utf-8"))
    cambios = {"reservas": [TALCA], "cupos": 1}
    crudo["convocatorias"][CONVOCATORIA] |= cambios
    (tmp_path / "datos").symlink_to(horneado.parent / "datos")
    destino = tmp_path / "horneado.json"
    destino.write_text(json.dumps(crudo), encoding="utf-8")
    with entorno_embebido(tmp_path, destino) as puerta:
        yield puerta


def test_la_mesa_acredita_el_cupo_asegurado_de_quien_declara_el_grupo(con_reserva: Puerta) -> None:
    folio, _ = con_reserva.recibida(rut(1))
    renglon = abierto(con_reserva, folio)["hallazgos"][-1]
    assert (renglon["regla"], renglon["titulo"]) == (DE_TALCA, "Cupo asegurado: Negocios de Talca")
    assert renglon["resultado"] == "lo_revisa_una_persona"
    marcas = {r: "cumple" for r, resultado in propuestas(con_reserva, folio).items() if resultado != "cumple"}
    sin_acreditar = {r: marca for r, marca in marcas.items() if r != DE_TALCA}
    codigo, cuerpo = enviar(con_reserva, folio, sin_acreditar)
    assert (codigo, set(cuerpo["campos"])) == (422, {f"hallazgos.{DE_TALCA}"})
    codigo, cuerpo = enviar(con_reserva, folio, marcas | {DE_TALCA: "no_cumple"}, RAZON_DE_SIEMPRE)
    assert (codigo, cuerpo["revisados"][DE_TALCA]) == (200, "no_cumple")
    # No es un requisito: en la cola no cuenta como uno que no cumple.
    fila = con_reserva.mesa("GET", "/postulaciones")[1]["postulaciones"][0]
    assert "no_cumple" not in fila["hallazgos"].values()


def test_no_acreditar_el_grupo_no_es_razon_para_un_no(con_reserva: Puerta) -> None:
    folio, _ = con_reserva.recibida(rut(1))
    assert con_reserva.decidir(folio, "no_admisible", hallazgos={DE_TALCA: "no_cumple"})[0] == 422
    assert enviar(con_reserva, folio, {"reserva:otra": "cumple"})[0] == 422


def test_quien_no_declara_el_grupo_no_tiene_ese_renglon(con_reserva: Puerta) -> None:
    folio, _ = con_reserva.recibida(rut(1), comuna="07301")
    assert DE_TALCA not in propuestas(con_reserva, folio)
    assert con_reserva.decidir(folio, "admisible", hallazgos={DE_TALCA: "cumple"})[0] == 422
