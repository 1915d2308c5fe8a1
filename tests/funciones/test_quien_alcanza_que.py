"""Cada cargo por cada ruta de la mesa, leídas de la plantilla: lo ajeno responde igual que lo que no existe."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from servidor import plantilla as lectura
from tests.funciones import contrato
from tests.funciones.conftest import entorno_embebido
from tests.funciones.puerta import DE_OTRA_REGION, EVALUADOR, NACIONAL, Puerta
from tests.recorridos.mundo import CONVOCATORIA, DOCUMENTOS, RAIZ, rut_de_ejemplo

PLANTILLA = lectura.leer(RAIZ / "template.yaml")
DE_LA_MESA = {ruta.clave: ruta for ruta in lectura.rutas(PLANTILLA) if ruta.camino.startswith("/api/mesa/")}
OTRA = "2027-feria-biobio-taller-abierto"
QUE_NO_EXISTE = {
    "folio": "ZZZZ9999",
    "convocatoria": "no-existe",
    "acta": "no-existe-1",
    "aviso": "ZZZZ9999:recibida:1",
    "documento": "no-existe",
}

OPERADOR = {"sub": "operador-maule", "rol": "operador", "region": "07", "convocatorias": f"{OTRA} {CONVOCATORIA}"}
# Una lista llega de API Gateway entre corchetes.
OPERADOR_DE_OTRA = {"sub": "operador-biobio", "rol": "operador", "region": "07", "convocatorias": f"[{OTRA}]"}
OPERADOR_SIN_LISTA = {"sub": "operador-maule", "rol": "operador", "region": "07"}
ADMINISTRADOR = {"sub": "administrador", "rol": "administrador", "region": "todas"}
ALCANZAN = (EVALUADOR, OPERADOR, NACIONAL, ADMINISTRADOR)
NO_ALCANZAN = (DE_OTRA_REGION, OPERADOR_DE_OTRA, OPERADOR_SIN_LISTA)
SIN_CARGO = ({"sub": "x", "region": "07"}, {"sub": "x", "rol": "inventado", "region": "todas"})

TODOS = {"evaluador", "operador", "nacional", "administrador"}
DECIDEN = TODOS - {"operador"}
DE_TODO_EL_PAIS = {"nacional", "administrador"}
# Quién puede llamar a cada una. Una ruta nueva que no esté aquí es un error: hay que decir de quién es.
PUEDEN: dict[str, set[str]] = {
    "GET /api/mesa/postulaciones": TODOS,
    "GET /api/mesa/postulaciones/{folio}": TODOS,
    "POST /api/mesa/postulaciones/{folio}/evaluacion": TODOS,
    "POST /api/mesa/postulaciones/{folio}/abstencion": TODOS,
    "GET /api/mesa/documentos/{folio}/{documento}": TODOS,
    "GET /api/mesa/recursos": DECIDEN,
    "POST /api/mesa/recursos/{folio}": DECIDEN,
    "GET /api/mesa/derechos": DECIDEN,
    "POST /api/mesa/derechos/{folio}": DECIDEN,
    "POST /api/mesa/seleccion": DECIDEN,
    "GET /api/mesa/actas": DECIDEN,
    "GET /api/mesa/actas/{acta}": DECIDEN,
    "GET /api/mesa/actas/{acta}/hoja": DECIDEN,
    "GET /api/mesa/vitrinas": DECIDEN,
    "GET /api/mesa/vitrinas/{folio}": DECIDEN,
    "POST /api/mesa/vitrinas/{folio}": DECIDEN,
    "GET /api/mesa/vitrinas/{folio}/fotos/{foto}": DECIDEN,
    "POST /api/mesa/asistencia": TODOS,
    "GET /api/mesa/jornada": TODOS,
    "POST /api/mesa/jornada/marcas": TODOS,
    "POST /api/mesa/jornada/reemplazo": TODOS,
    "POST /api/mesa/jornada/lugares": TODOS,
    "POST /api/mesa/jornada/aporte": TODOS,
    "POST /api/mesa/jornada/cierre": DECIDEN,
    "GET /api/mesa/enlace_virtual": TODOS,
    "POST /api/mesa/enlace_virtual": TODOS,
    "POST /api/mesa/exportar": TODOS,
    "GET /api/mesa/invitaciones": DECIDEN,
    "POST /api/mesa/invitaciones": DECIDEN,
    "POST /api/mesa/participaciones": DECIDEN,
    "POST /api/mesa/rendiciones": DECIDEN,
    "GET /api/mesa/rendiciones": TODOS,
    "GET /api/mesa/registros": TODOS,
    "GET /api/mesa/mis_datos": DE_TODO_EL_PAIS,
    "POST /api/mesa/mis_datos": DE_TODO_EL_PAIS,
    "POST /api/mesa/mis_datos/exporta": DE_TODO_EL_PAIS,
    "GET /api/mesa/ingresos": DECIDEN,
    "POST /api/mesa/ingresos/consulta": DECIDEN,
    "POST /api/mesa/ingresos": DECIDEN,
    "GET /api/mesa/contactos": TODOS,
    "POST /api/mesa/contactos/{aviso}": TODOS,
    "GET /api/mesa/contactos/{aviso}/carta": TODOS,
    "POST /api/mesa/medicion": DE_TODO_EL_PAIS,
}
# Aquí no hay qué mostrar: ni ficha del catálogo, ni acta, ni aviso por contactar. Lo propio lo dicen sus pruebas.
SIN_MUESTRA = {
    "GET /api/mesa/actas/{acta}",
    "GET /api/mesa/actas/{acta}/hoja",
    "GET /api/mesa/vitrinas/{folio}",
    "POST /api/mesa/vitrinas/{folio}",
    "GET /api/mesa/vitrinas/{folio}/fotos/{foto}",
    "POST /api/mesa/derechos/{folio}",
    "POST /api/mesa/contactos/{aviso}",
    "GET /api/mesa/contactos/{aviso}/carta",
}


@dataclass(frozen=True)
class Mundo:
    """Una postulación recibida, y cómo se nombra lo suyo en cada ruta."""

    puerta: Puerta
    suyo: Mapping[str, str]

    def pedir(self, clave: str, funcionario: Mapping[str, str] | None, ids: Mapping[str, str]) -> tuple[int, str]:
        """La ruta con esos ids donde la descripción diga que van, y nada más: estado y cuerpo."""
        ruta = DE_LA_MESA[clave]
        verbo = lectura.manejadores(PLANTILLA)[ruta.funcion].split(".")[1]
        operacion = contrato.descripcion(Path(self.puerta.entorno["HORNEADO"]))["paths"][ruta.camino]
        operacion = operacion[ruta.metodo.lower()]
        parametros = operacion.get("parameters", ())
        nombres = {lugar: {p["name"] for p in parametros if p["in"] == lugar} for lugar in ("path", "query")}
        respuesta = self.puerta.llamar(
            verbo,
            ruta.metodo,
            ruta.camino,
            funcionario=funcionario,
            camino={nombre: ids.get(nombre, "x") for nombre in nombres["path"]},
            consulta={nombre: ids[nombre] for nombre in nombres["query"] & ids.keys()},
            cuerpo=None if ruta.metodo == "GET" else {c: ids[c] for c in _campos(operacion) & ids.keys()},
        )
        return respuesta["statusCode"], respuesta["body"]

    def de_otro(self, clave: str, funcionario: Mapping[str, str]) -> tuple[int, str]:
        """Lo mismo, preguntando por lo que no existe."""
        return self.pedir(clave, funcionario, QUE_NO_EXISTE)


def _campos(operacion: dict[str, Any]) -> set[str]:
    contenido = operacion.get("requestBody", {}).get("content", {})
    return set(contenido.get("application/json", {}).get("schema", {}).get("properties", {}))


@pytest.fixture(scope="module")
def mundo(tmp_path_factory: pytest.TempPathFactory, horneado: Path) -> Iterator[Mundo]:
    """El mismo para todas: ninguna de estas llamadas cambia nada."""
    with entorno_embebido(tmp_path_factory.mktemp("mesa"), horneado) as puerta:
        folio, _ = puerta.recibida(rut_de_ejemplo(77_100_010))
        aviso = puerta.montaje.almacen.avisos(folio)[0].id
        suyo = {"folio": folio, "convocatoria": CONVOCATORIA, "acta": f"{CONVOCATORIA}-1", "aviso": aviso}
        suyo["documento"] = DOCUMENTOS[0]
        yield Mundo(puerta, suyo)


def test_cada_ruta_de_la_mesa_dice_de_quien_es_y_pide_credencial() -> None:
    assert PUEDEN.keys() == DE_LA_MESA.keys()
    assert {ruta.autorizador for ruta in DE_LA_MESA.values()} == {"Personal"}


@pytest.mark.parametrize("clave", sorted(DE_LA_MESA))
def test_sin_credencial_o_sin_cargo_no_se_entra(mundo: Mundo, clave: str) -> None:
    assert mundo.pedir(clave, None, mundo.suyo)[0] == 401
    otros = [persona for persona in (*ALCANZAN, *NO_ALCANZAN) if persona["rol"] not in PUEDEN[clave]]
    for persona in (*SIN_CARGO, *otros):
        estado, cuerpo = mundo.pedir(clave, persona, mundo.suyo)
        assert (estado, json.loads(cuerpo)["error"]) == (404, "sin_permiso"), persona


@pytest.mark.parametrize("clave", sorted(DE_LA_MESA))
def test_lo_de_otra_region_o_de_otra_convocatoria_es_como_lo_que_no_existe(mundo: Mundo, clave: str) -> None:
    for persona in (p for p in NO_ALCANZAN if p["rol"] in PUEDEN[clave]):
        estado, cuerpo = mundo.pedir(clave, persona, mundo.suyo)
        for nombre, id_suyo in mundo.suyo.items():
            cuerpo = cuerpo.replace(id_suyo, QUE_NO_EXISTE[nombre])
        assert (estado, cuerpo) == mundo.de_otro(clave, persona), persona
        assert "Panes del Maule" not in cuerpo


@pytest.mark.parametrize("clave", sorted(DE_LA_MESA.keys() - SIN_MUESTRA))
def test_lo_propio_se_alcanza(mundo: Mundo, clave: str) -> None:
    for persona in (p for p in ALCANZAN if p["rol"] in PUEDEN[clave]):
        estado, cuerpo = mundo.pedir(clave, persona, mundo.suyo)
        assert estado != 404, (persona, cuerpo)


@pytest.mark.parametrize("persona", ALCANZAN, ids=lambda p: p["rol"])
def test_la_cola_muestra_la_propia(mundo: Mundo, persona: Mapping[str, str]) -> None:
    assert mundo.suyo["folio"] in mundo.pedir("GET /api/mesa/postulaciones", persona, {})[1]


@pytest.mark.parametrize("persona", NO_ALCANZAN, ids=["otra región", "otra convocatoria", "sin convocatorias"])
def test_ninguna_lista_muestra_la_ajena(mundo: Mundo, persona: Mapping[str, str]) -> None:
    for clave in (c for c in DE_LA_MESA if c.startswith("GET") and persona["rol"] in PUEDEN[c]):
        cuerpo = mundo.pedir(clave, persona, {})[1]
        assert mundo.suyo["folio"] not in cuerpo
        assert CONVOCATORIA not in cuerpo, clave
