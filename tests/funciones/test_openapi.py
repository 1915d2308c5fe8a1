"""La descripción de la API es OpenAPI de verdad y dice lo mismo que la plantilla y las funciones."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from servidor import plantilla
from tests.funciones.contrato import descripcion
from tests.funciones.puerta import Puerta
from tests.recorridos.mundo import CONVOCATORIA, RAIZ, respuestas_de, rut_de_ejemplo

CLAVE = "x" * 32


def test_es_openapi_valido(horneado: Path) -> None:
    validate(descripcion(horneado))


def test_describe_las_rutas_de_la_plantilla_y_ninguna_mas(horneado: Path) -> None:
    descritas = {
        f"{metodo.upper()} {ruta}"
        for ruta, operaciones in descripcion(horneado)["paths"].items()
        for metodo in operaciones
    }
    assert descritas == rutas_de_la_plantilla()


def rutas_de_la_plantilla() -> set[str]:
    recursos = plantilla.leer(RAIZ / "template.yaml")["Resources"].values()
    eventos = [e for r in recursos for e in r.get("Properties", {}).get("Events", {}).values() if isinstance(e, dict)]
    return {
        f"{e['Properties']['Method'].upper()} {e['Properties']['Path']}" for e in eventos if e.get("Type") == "HttpApi"
    }


def test_solo_las_rutas_de_la_mesa_piden_credencial(horneado: Path) -> None:
    for ruta, operaciones in descripcion(horneado)["paths"].items():
        for operacion in operaciones.values():
            assert ("security" in operacion) == ruta.startswith("/api/mesa/"), ruta


@pytest.mark.parametrize(
    ("cuerpo", "valido"),
    [
        ({"convocatoria": CONVOCATORIA, "clave": CLAVE, "respuestas": {"rut": "1-9"}}, True),
        ({"convocatoria": CONVOCATORIA, "clave": CLAVE, "respuestas": {}, "estado": "seleccionada"}, False),
        ({"convocatoria": CONVOCATORIA, "clave": "corta", "respuestas": {}}, False),
        ({"convocatoria": CONVOCATORIA, "clave": CLAVE, "respuestas": {"puntaje": "7"}}, False),
    ],
)
def test_lo_que_el_esquema_rechaza_tambien_lo_rechaza_la_funcion(
    puerta: Puerta, horneado: Path, cuerpo: dict[str, object], valido: bool
) -> None:
    pedido = descripcion(horneado)["paths"]["/api/postular"]["post"]["requestBody"]
    esquema = pedido["content"]["application/json"]["schema"]
    assert Draft202012Validator(esquema).is_valid(cuerpo) is valido
    estado, _ = puerta.json("postular", "POST", "/api/postular", cuerpo=cuerpo)
    assert (estado == 422) is valido


def test_lo_que_acepta_la_funcion_lo_acepta_el_esquema(puerta: Puerta, horneado: Path) -> None:
    rut = rut_de_ejemplo(77_100_010)
    pedido = descripcion(horneado)["paths"]["/api/postular"]["post"]["requestBody"]
    respuestas = respuestas_de("Panes del Maule", rut)
    cuerpo = {"convocatoria": CONVOCATORIA, "clave": CLAVE, "respuestas": respuestas, "documentos": ["f30"]}
    Draft202012Validator(pedido["content"]["application/json"]["schema"]).validate(cuerpo)
    assert puerta.postular(rut)[0] == 200
