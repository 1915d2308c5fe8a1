"""Lo que dice el prechequeo en el navegador es lo que dicen las reglas: todas las opciones, todos los bordes, todas."""

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from funciones.adaptadores import textos
from funciones.adaptadores.horneado import Horneado
from funciones.dominio.admisibilidad import REGLAS, TipoPersona, recomendar
from funciones.dominio.convocatoria import Convocatoria
from funciones.tramite.preguntas import Pregunta
from funciones.tramite.respuestas import RespuestaMala, canonizar, declaracion_de
from funciones.verificar import preguntas_de_requisitos
from generador.hornear import hornear
from generador.paquetes import leer
from generador.prechequeo import EJES, Prechequeo
from generador.sondeo import ASOCIADOS, TOPE_VENTAS, Sondeo
from generador.tabla import Eje, cortes, por_prefijo, saltos, tabular
from tests.sitio.conftest import AHORA, DATOS, RAIZ

PLANTILLAS = RAIZ / "plantillas"
PUBLICADO = Horneado(json.loads(json.dumps(hornear(leer(DATOS), AHORA))))
CONVOCATORIAS = PUBLICADO.ids()
ARAUCANIA = "2027-feria-araucania-invierno-en-linea"
TIPOS = ("", *TipoPersona)
INICIOS = ("", "primera", "segunda", "no")
Respuestas = dict[str, str]

# Busca en la página las respuestas de muchos casos; cada hallazgo distinto viaja una sola vez, y todo como texto:
# pasar miles de objetos al navegador de a uno tarda más que la comparación.
BUSCAR = """(texto) => {
  const casos = JSON.parse(texto);
  const vistos = new Map();
  const numero = (texto) => vistos.get(texto) ?? vistos.set(texto, vistos.size).get(texto);
  const hallados = casos.map(([r, comuna]) => revisar(tabla, r, { comuna })
    .map((h) => numero(JSON.stringify([h.regla, h.resultado, h.frase, h.declarado, h.clausula]))));
  return JSON.stringify([[...vistos.keys()], hallados]);
}"""


@dataclass(frozen=True)
class Mundo:
    """Una convocatoria con todo lo que hay que preguntarle."""

    convocatoria: Convocatoria
    preguntas: tuple[Pregunta, ...]
    prechequeo: Prechequeo

    @property
    def claves(self) -> set[str]:
        return {pregunta.clave for pregunta in self.preguntas}


def mundo(id_convocatoria: str) -> Mundo:
    convocatoria = PUBLICADO.convocatoria(id_convocatoria)
    assert convocatoria is not None
    preguntas = preguntas_de_requisitos(PUBLICADO, convocatoria)
    return Mundo(convocatoria, preguntas, Prechequeo(Sondeo(convocatoria, PUBLICADO, PLANTILLAS), preguntas))


def segun_las_reglas(convocatoria: Convocatoria, casos: list[Respuestas]) -> list[list[tuple[str, ...]]]:
    """Lo que contesta la función, caso por caso: regla, resultado, frase, lo declarado y la cláusula."""
    reglamento = PUBLICADO.reglamento(convocatoria)
    hallados = [recomendar(declaracion_de(caso, PUBLICADO), reglamento) for caso in casos]
    # Explicar cada hallazgo una vez: en veinte mil casos se repiten casi todos.
    distintos = tuple(dict.fromkeys(hallazgo for suyos in hallados for hallazgo in suyos))
    explicados = textos.explicar(distintos, convocatoria, PUBLICADO, PLANTILLAS)
    campos = ("regla", "resultado", "frase", "declarado", "clausula")
    dichos = {h: tuple(dicho[c] for c in campos) for h, dicho in zip(distintos, explicados, strict=True)}
    return [[dichos[hallazgo] for hallazgo in suyos] for suyos in hallados]


def en_el_navegador(pagina: Page, casos: list[Respuestas]) -> list[list[tuple[str, ...]]]:
    """Lo que busca el guion en su tabla, caso por caso."""
    nombres = PUBLICADO.comunas | {"": {"nombre": ""}}
    pares = [[caso, nombres[caso.get("comuna", "")]["nombre"]] for caso in casos]
    vistos, hallados = json.loads(pagina.evaluate(BUSCAR, json.dumps(pares)))
    dichos = [tuple(json.loads(visto)) for visto in vistos]
    return [[dichos[numero] for numero in hallado] for hallado in hallados]


def todos_los_casos(mundo: Mundo) -> list[Respuestas]:
    """Sin repetir, y solo con lo que esta convocatoria pregunta."""
    mezclas = (quienes(), opciones(mundo), comunas(), codigos(), mezclas_de_codigos(), bordes(mundo), al_azar(mundo))
    claves = mundo.claves
    limpios = ({k: v for k, v in caso.items() if v and k in claves} for mezcla in mezclas for caso in mezcla)
    return [dict(caso) for caso in dict.fromkeys(tuple(sorted(limpio.items())) for limpio in limpios)]


def quienes() -> list[Respuestas]:
    return [{"tipo_persona": t, "inicio_actividades": i} for t, i in product(TIPOS, INICIOS)]


def opciones(mundo: Mundo) -> Iterator[Respuestas]:
    """Cada opción de cada pregunta cerrada, para cada tipo de persona e inicio."""
    for clave, valores in mundo.prechequeo.opciones.items():
        yield from (quien | {clave: valor} for quien in quienes() for valor in valores)


def comunas() -> Iterator[Respuestas]:
    yield from ({"tipo_persona": t, "comuna": c} for t in TIPOS for c in PUBLICADO.comunas)


def codigos() -> Iterator[Respuestas]:
    """Los 674, solos y diciendo que no hay otros."""
    for tipo, codigo in product(TIPOS, PUBLICADO.actividades):
        yield {"tipo_persona": tipo, "inicio_actividades": "primera", "actividad": codigo}
    yield from (
        {"tipo_persona": "natural", "actividad": c, "otras_actividades": "ninguna"} for c in PUBLICADO.actividades
    )


def mezclas_de_codigos() -> Iterator[Respuestas]:
    """Uno de cada sección y categoría con cada uno de los demás, y de a tres."""
    de_cada = {par: codigo for codigo, par in PUBLICADO.actividades.items()}.values()
    for tipo, (principal, otro) in product(("natural", "emprendedor"), product(("", *de_cada), de_cada)):
        yield {"tipo_persona": tipo, "actividad": principal, "otras_actividades": otro}
    for (uno, dos), tres in product(pairwise(de_cada), list(de_cada)[::3]):
        yield {"tipo_persona": "natural", "actividad": tres, "otras_actividades": f"{uno}, {dos}"}


def bordes(mundo: Mundo) -> Iterator[Respuestas]:
    """Justo antes, en y después de cada borde, según los números del reglamento y no según la tabla."""
    reglamento = PUBLICADO.reglamento(mundo.convocatoria)
    propios = (reglamento.ventas_minimas_uf, reglamento.ventas_maximas_uf)
    del_programa = (reglamento.ventas_minimas_programa_uf, reglamento.ventas_maximas_programa_uf)
    topes = [int(uf * reglamento.uf_clp) for uf in {*propios, *del_programa} if uf is not None]
    montos = {0, 1, TOPE_VENTAS - 1, *(tope + d for tope in topes for d in (-1, 0, 1, 2))}
    yield from (quien | {"ventas": str(monto)} for quien in quienes() for monto in sorted(montos))
    por_asociado = reglamento.ventas_cooperativa_maximas_uf * reglamento.uf_clp
    for quien, asociados in product(quienes(), (0, 1, 2, 3, 7, 10, 999, ASOCIADOS, 9_999_999)):
        for monto in (0, *(int(por_asociado * asociados) + d for d in (-1, 0, 1))):
            yield quien | {"ventas": str(max(monto, 0)), "asociados": str(asociados)}
    yield from (quien | {"inicio_fecha": dia} for quien in quienes() for dia in cumpleanios(mundo.convocatoria))


def cumpleanios(convocatoria: Convocatoria) -> list[str]:
    """El aniversario de la publicación, un día antes y uno después, en cada año desde 1900; y el 29 de febrero."""
    publicacion = convocatoria.publicacion
    dias = [publicacion.replace(year=anio) + timedelta(d) for anio in range(1901, 2027) for d in (-1, 0, 1)]
    return [dia.isoformat() for dia in (*dias, date(1900, 1, 1), date(2024, 2, 29), convocatoria.cierre.date())]


def al_azar(mundo: Mundo) -> Iterator[Respuestas]:
    """Todo respondido a la vez: si una regla mirara algo que la tabla no dice, aquí se nota."""
    dado = Random(mundo.convocatoria.id)
    sueltas = {
        "comuna": [*PUBLICADO.comunas],
        "actividad": [*PUBLICADO.actividades],
        "ventas": ["1000000", "7945592", "20000000", "95347104", "953471040"],
        "asociados": ["0", "1", "10", "120"],
        "inicio_fecha": ["1999-12-31", "2024-02-29", "2026-01-01"],
        "otras_actividades": ["ninguna", "561000", "011101, 691001"],
    }
    listas = sueltas | mundo.prechequeo.opciones
    for _ in range(800):
        yield {clave: dado.choice(["", *valores]) for clave, valores in listas.items()}


@pytest.fixture
def abierta(pagina: Page, sitio: str) -> Page:
    pagina.route("**/api/**", lambda ruta: ruta.fulfill(status=503, body="{}"))
    pagina.goto(f"{sitio}/convocatorias/{ARAUCANIA}/requisitos/")
    return pagina


@pytest.mark.lento
@pytest.mark.parametrize("id_convocatoria", CONVOCATORIAS)
def test_el_guion_dice_lo_mismo_que_las_reglas_en_cada_caso(pagina: Page, sitio: str, id_convocatoria: str) -> None:
    este = mundo(id_convocatoria)
    casos = todos_los_casos(este)
    esperado = segun_las_reglas(este.convocatoria, casos)
    pagina.route("**/api/**", lambda ruta: ruta.fulfill(status=503, body="{}"))
    pagina.goto(f"{sitio}/convocatorias/{id_convocatoria}/requisitos/")
    visto = en_el_navegador(pagina, casos)
    distintos = [(c, e, v) for c, e, v in zip(casos, esperado, visto, strict=True) if e != v]
    assert not distintos[:3]
    assert len(casos) > 8_000
    # Si una salida de la tabla no apareciera nunca, la comparación no la probaría.
    vistos = {dicho[:3] for dichos in esperado for dicho in dichos}
    for regla, tabla in este.prechequeo.reglas.items():
        assert {(regla, *salida[:2]) for salida in tabla["salidas"] if salida} <= vistos


@pytest.mark.parametrize(
    ("ventas", "clausula"),
    [
        ("24.500.000", "Requisitos del programa y bases de la convocatoria: ventas netas anuales."),
        ("60.000.000", "Bases de la convocatoria: ventas netas anuales."),
        ("120.000.000", "Requisitos del programa: ventas netas anuales."),
    ],
)
def test_al_escribir_las_ventas_se_lee_quien_puso_el_tope_que_se_pasa(
    pagina: Page, sitio: str, ventas: str, clausula: str
) -> None:
    pagina.route("**/api/**", lambda ruta: ruta.fulfill(status=503, body="{}"))
    pagina.goto(f"{sitio}/convocatorias/2027-feria-biobio-taller-abierto/requisitos/")
    pagina.locator("[name=tipo_persona][value=juridica]").check()
    pagina.locator("[name=ventas]").fill(ventas)
    pagina.locator("[name=ventas]").blur()
    expect(pagina.locator('[data-regla="ventas"] .clausula')).to_have_text(clausula)


def test_cada_regla_dice_que_mira() -> None:
    assert EJES.keys() == REGLAS.keys()


ESCRITAS: Mapping[str, tuple[str, ...]] = {
    "ventas": (
        "24500000", "24.500.000", " $ 24.500.000 ", "2.45", "24,500,000", "veinte palos", "-1", "0", "007", "1e6",
        "1234567890123456", "999999999999999", "1.234", "12.34.567", "$", ".", "24.500.00", "9" * 30,
    ),
    "asociados": ("12", "1.200", "2.5", "0", "12345678", "1234567", "-3", "doce", "1.2000", "00"),
    "actividad": (
        "107100", "011101", "11101", "1071.00", "10 71-00", "999999", "10710", "1071000", "abc", "107100.", "",
    ),
    "otras_actividades": (
        "107100, 561000", "107100 561000", "107100;561000|11101", "107100 y 561000", "ninguna", "Ninguna.", "NO", "0",
        "no tengo más", "107 100", "107100,", ",", "107100, 107100", "107100, nada", "561000\n107100", "no, 107100",
    ),
    "inicio_fecha": (
        "2020-03-02", "02-03-2020", "2/3/2020", "2 de marzo de 2020", "2 de Marzo del 2020", "31-02-2020", "29.02.2024",
        "29-02-2023", "1899-12-31", "1900-01-01", "2099-01-01", "marzo de 2020", "2 de mayoz de 2020", "0-1-2020",
        "2-13-2020", "2 3 2020", "02-03-20", "2020/3/2", "setiembre", "1 de setiembre de 2019", "2031-03-31",
        "01-0-2020", "1 de enero del 2020",
    ),
}  # fmt: skip


def en_python(pregunta: Pregunta, escrito: str) -> dict[str, str]:
    try:
        return {"valor": canonizar(pregunta, escrito, PUBLICADO)}
    except RespuestaMala as mala:
        return {"error": str(mala)}


def de_una_convocatoria(clave: str) -> tuple[Mundo, Pregunta]:
    """Una convocatoria que hace esa pregunta, y la pregunta."""
    este = next(m for m in map(mundo, CONVOCATORIAS) if clave in m.claves)
    return este, next(p for p in este.preguntas if p.clave == clave)


@pytest.mark.parametrize("clave", ESCRITAS)
def test_lo_escrito_se_lee_igual_y_se_explica_con_las_mismas_palabras(pagina: Page, sitio: str, clave: str) -> None:
    este, pregunta = de_una_convocatoria(clave)
    pagina.route("**/api/**", lambda ruta: ruta.fulfill(status=503, body="{}"))
    pagina.goto(f"{sitio}/convocatorias/{este.convocatoria.id}/requisitos/")
    escritos = [e for e in ESCRITAS[clave] if e] + ["x" * 400, *al_voleo(clave)]
    vistos = pagina.evaluate(
        "([clave, es]) => es.map((e) => canonizar(e, tabla.preguntas[clave], tabla))", [clave, escritos]
    )
    esperados = [en_python(pregunta, escrito) for escrito in escritos]
    assert dict(zip(escritos, vistos, strict=True)) == dict(zip(escritos, esperados, strict=True))


def al_voleo(clave: str) -> list[str]:
    """Lo que cualquiera podría teclear: trozos de respuestas buenas, con signos en medio."""
    dado, letras = Random(clave), "0123456789 .,-/$yde107100561000"
    return ["".join(dado.choices(letras, k=dado.randint(1, 12))).strip() or "0" for _ in range(500)]


def test_lo_que_se_muestra_en_uf_es_lo_que_muestra_la_funcion(abierta: Page) -> None:
    from funciones.dominio.admisibilidad import en_uf, mostrar_uf

    uf = PUBLICADO.reglamento(mundo(ARAUCANIA).convocatoria).uf_clp
    dado = Random(3)
    pares = [
        (dado.randrange(10 ** dado.randint(1, 15)), dado.choice([1, 1, 2, 3, 7, 120, 9_999_999])) for _ in range(2_000)
    ]
    vistos = abierta.evaluate("(ps) => ps.map(([v, n]) => mostrarUf(tabla, String(v), String(n)))", pares)
    assert vistos == [mostrar_uf(en_uf(v, uf) / n) for v, n in pares]


# La tabla por sí sola


@given(st.lists(st.integers(min_value=1, max_value=10**6), unique=True, max_size=6))
def test_la_biseccion_encuentra_todos_los_cortes(esperados: list[int]) -> None:
    puntos = sorted({0, *(c - 1 for c in esperados), *esperados, 10**6 + 1})
    assert cortes(lambda n: sum(c <= n for c in esperados), puntos) == sorted(esperados)


@given(st.lists(st.integers(min_value=0, max_value=3), min_size=24, max_size=24))
def test_la_tabla_chica_da_lo_mismo_que_la_funcion_entera(salidas: list[int]) -> None:
    ejes = [Eje("a", [{"a": str(i)} for i in range(4)]), Eje("b", [{"b": str(i)} for i in range(6)])]
    tabla = tabular(ejes, lambda r: salidas[int(r["a"]) * 6 + int(r["b"])])
    for a, b in product(range(4), range(6)):
        lugar = 0
        for eje, clases in tabla["ejes"]:
            lugar = lugar * (max(clases) + 1) + clases[{"a": a, "b": b}[eje]]
        assert tabla["salidas"][tabla["casos"][lugar]] == salidas[a * 6 + b]


def test_un_eje_que_no_cambia_nada_no_ocupa_lugar() -> None:
    ejes = [Eje("a", [{"a": "1"}, {"a": "2"}]), Eje("b", [{"b": "1"}, {"b": "2"}])]
    assert [eje for eje, _ in tabular(ejes, lambda r: r["b"])["ejes"]] == ["b"]


@given(st.dictionaries(st.from_regex(r"(07|08|13)1[0-9]{2}", fullmatch=True), st.integers(0, 2), min_size=1))
def test_las_comunas_en_corto_dicen_lo_mismo(grupos: dict[str, int]) -> None:
    corto = por_prefijo(grupos)
    assert {c: corto.get(c, corto.get(c[:2], corto[""])) for c in grupos} == grupos


def test_los_codigos_como_saltos_se_rehacen() -> None:
    assert saltos(["011101", "011102", "011105"]) == [11101, 1, 3]


def test_la_tabla_cabe_en_la_pagina(portal: Path) -> None:
    for id_convocatoria in CONVOCATORIAS:
        crudo: dict[str, Any] = mundo(id_convocatoria).prechequeo.tabla
        assert len(gzip.compress(json.dumps(crudo, separators=(",", ":")).encode())) < 4_000, id_convocatoria
