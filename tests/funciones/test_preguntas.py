"""Qué preguntas hace cada convocatoria, y cómo se entiende lo que la gente escribe en las nuevas."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from funciones.adaptadores.horneado import Horneado
from funciones.dominio.convocatoria import Convocatoria, Grupo, Reserva
from funciones.tramite.canonicas import sin_tildes
from funciones.tramite.respuestas import RespuestaMala, canonizar, declaracion_de, preguntas_para, revisar
from generador.hornear import hornear
from generador.paquetes import leer
from tests.mundo import LLEGADA, convocatoria
from tests.recorridos.mundo import rut_de_ejemplo

RAIZ = Path(__file__).resolve().parents[2]
SIN_RASGOS = convocatoria(giro="principal")
RASGOS = {"otras_actividades", "inicio_fecha", "liderada_por_mujeres"}
MUJERES = Reserva("m", "Lideradas por mujeres", 2, Grupo.LIDERADA_POR_MUJERES)
COOPERATIVAS = Reserva("c", "Cooperativas", 2, Grupo.TIPO_PERSONA, "cooperativa")


@pytest.fixture(scope="module")
def publicado() -> Horneado:
    return Horneado(hornear(leer(RAIZ / "datos"), LLEGADA))


def _hechas(llamada: Convocatoria, publicado: Horneado) -> set[str]:
    return {p.clave for p in preguntas_para(llamada, publicado)} & RASGOS


@pytest.mark.parametrize(
    ("cambios", "hechas"),
    [
        ({}, set()),
        ({"giro": "alguno"}, {"otras_actividades"}),
        ({"antiguedad_minima_anios": 0}, {"inicio_fecha"}),
        ({"antiguedad_maxima_anios": 5}, {"inicio_fecha"}),
        ({"perfil": "liderada_por_mujeres"}, {"liderada_por_mujeres"}),
        ({"reservas": (COOPERATIVAS, MUJERES)}, {"liderada_por_mujeres"}),
        ({"reservas": (COOPERATIVAS,)}, set()),
        ({"ventas_maximas_uf": Decimal(900), "comunas_admitidas": ("07101",)}, set()),
        ({"giro": "alguno", "perfil": "liderada_por_mujeres", "antiguedad_minima_anios": 1}, RASGOS),
    ],
)
def test_solo_se_pregunta_lo_que_la_convocatoria_mira(
    publicado: Horneado, cambios: dict[str, object], hechas: set[str]
) -> None:
    assert _hechas(replace(SIN_RASGOS, **cambios), publicado) == hechas


def test_una_pregunta_del_otro_componente_no_se_hace(publicado: Horneado) -> None:
    una = next(p for p in preguntas_para(SIN_RASGOS, publicado) if p.clave == "lleva")
    assert una.la_hace(SIN_RASGOS)
    assert not replace(una, componentes=("2",)).la_hace(SIN_RASGOS)
    assert replace(una, componentes=("1", "2")).la_hace(SIN_RASGOS)


def test_quien_aun_no_inicia_no_tiene_otros_codigos_que_escribir(publicado: Horneado) -> None:
    una = next(p for p in preguntas_para(convocatoria(), publicado) if p.clave == "otras_actividades")
    assert una.rige_para("juridica", 1)
    assert not una.rige_para("emprendedor", 1)


def _canonica(publicado: Horneado, clave: str, escrito: str) -> str:
    todas = preguntas_para(convocatoria(antiguedad_minima_anios=1), publicado)
    return canonizar(next(p for p in todas if p.clave == clave), escrito, publicado)


@pytest.mark.parametrize(
    ("escrito", "canonica"),
    [
        ("561000", "561000"),
        ("107100,561000", "107100, 561000"),
        ("107100; 56.10.00 | 561000", "107100, 561000"),
        ("107100 y 561000", "107100, 561000"),
        ("107100 561000\n011101", "107100, 561000, 011101"),
        ("107 100, 11101", "107100, 011101"),
        ("Ninguna.", "ninguna"),
        ("no tengo más", "ninguna"),
        ("", ""),
    ],
)
def test_las_otras_actividades_se_entienden_escritas_de_varias_formas(
    publicado: Horneado, escrito: str, canonica: str
) -> None:
    assert _canonica(publicado, "otras_actividades", escrito) == canonica
    assert _canonica(publicado, "otras_actividades", canonica) == canonica


@pytest.mark.parametrize("escrito", ["107100, 999999", "panadería", ",;", "107100561000", "107100, , x"])
def test_un_codigo_que_no_existe_se_dice_con_su_ejemplo(publicado: Horneado, escrito: str) -> None:
    with pytest.raises(RespuestaMala, match="como 107100, 561000"):
        _canonica(publicado, "otras_actividades", escrito)


EL_2_DE_MARZO = [
    "2020-03-02",
    "2020/3/2",
    "02-03-2020",
    "2/3/2020",
    "2.3.2020",
    "2 de marzo de 2020",
    "2 marzo 2020",
    "2 de Marzo del 2020",
    "  2  de marzo  de 2020 ",
]


@pytest.mark.parametrize("escrito", EL_2_DE_MARZO)
def test_la_fecha_se_entiende_escrita_de_varias_formas(publicado: Horneado, escrito: str) -> None:
    assert _canonica(publicado, "inicio_fecha", escrito) == "2020-03-02"


@pytest.mark.parametrize(
    "escrito", ["2020", "31-02-2020", "2 de marso de 2020", "marzo de 2020", "02-03-20", "1-1-1899", "2020-13-01", "x"]
)
def test_una_fecha_que_no_existe_se_dice_con_su_ejemplo(publicado: Horneado, escrito: str) -> None:
    with pytest.raises(RespuestaMala, match="como 02-03-2020"):
        _canonica(publicado, "inicio_fecha", escrito)


def test_una_fecha_posterior_al_cierre_se_dice_y_la_del_cierre_sirve(publicado: Horneado) -> None:
    assert _canonica(publicado, "inicio_fecha", "2-12-2026") == "2026-12-02"
    with pytest.raises(RespuestaMala, match="aún no llega"):
        _canonica(publicado, "inicio_fecha", "3-12-2026")


def test_las_respuestas_nuevas_se_muestran_en_palabras(publicado: Horneado) -> None:
    preguntas = {p.clave: p for p in preguntas_para(convocatoria(antiguedad_minima_anios=1), publicado)}
    assert preguntas["inicio_fecha"].mostrar("2020-03-02", publicado) == "2 de marzo de 2020"
    # Cada código, con un nombre que se reconoce; el que dejó de estar en la lista se muestra igual.
    panes, comidas = "107100, Elaboración de productos alimenticios", f"561000, {publicado.grupo('56')}"
    assert preguntas["actividad"].mostrar("107100", publicado) == panes
    assert preguntas["otras_actividades"].mostrar("107100, 561000", publicado) == f"{panes}; {comidas}"
    assert preguntas["actividad"].mostrar("999999", publicado) == "999999"
    assert preguntas["otras_actividades"].mostrar("ninguna", publicado) == "Ninguna"


def test_lo_que_miran_las_reglas_sale_de_las_respuestas(publicado: Horneado) -> None:
    declarado = declaracion_de(
        {
            "comuna": "07101",
            "otras_actividades": "107100, 561000",
            "inicio_fecha": "2020-03-02",
            "liderada_por_mujeres": "si",
        },
        publicado,
    )
    assert (declarado.comuna, declarado.region) == ("07101", "07")
    assert declarado.otras_actividades == ("107100", "561000")
    assert declarado.inicio_fecha == date(2020, 3, 2)
    assert declarado.liderada_por_mujeres is True


def test_lo_que_no_se_pregunto_no_se_sabe_y_lo_dejado_en_blanco_es_que_no_hay_mas(publicado: Horneado) -> None:
    nada = declaracion_de({}, publicado)
    assert (nada.otras_actividades, nada.inicio_fecha, nada.liderada_por_mujeres, nada.comuna) == (None,) * 4
    for sin_mas in ("", "ninguna"):
        assert declaracion_de({"otras_actividades": sin_mas}, publicado).otras_actividades == ()


def test_al_postular_la_pregunta_en_blanco_queda_respondida(publicado: Horneado) -> None:
    preguntas = tuple(p for p in preguntas_para(convocatoria(), publicado) if p.clave == "otras_actividades")
    canonicas, errores = revisar(preguntas, {}, publicado)
    assert (canonicas, errores) == ({"otras_actividades": ""}, {})


@pytest.mark.parametrize(
    "escrito",
    [
        *("07101", "Talca", "talca", " TALCA ", "Talca, Maule", "talca,maule", "Talca (Maule)", "talca maule"),
        *("Talca, Región del Maule", "Talca."),
    ],
)
def test_la_comuna_se_entiende_escrita_de_varias_formas(publicado: Horneado, escrito: str) -> None:
    assert _canonica(publicado, "comuna", escrito) == "07101"


@pytest.mark.parametrize(
    ("escrito", "codigo"),
    [("nunoa", "13120"), ("Viña del Mar, Valparaíso", "05109"), ("los angeles biobio", "08301"), ("OHiggins", "11302")],
)
def test_la_comuna_no_pide_tildes_ni_mayusculas(publicado: Horneado, escrito: str, codigo: str) -> None:
    assert _canonica(publicado, "comuna", escrito) == codigo


@pytest.mark.parametrize(
    ("escrito", "dice"),
    [("Talka", "¿Es Talca, Maule?"), ("Talca, Biobío", "¿Es Talca, Maule?"), ("Atlántida", "como Talca, Maule")],
)
def test_de_la_comuna_que_no_calza_se_dice_cual_pudo_ser(publicado: Horneado, escrito: str, dice: str) -> None:
    with pytest.raises(RespuestaMala, match=re.escape(dice)):
        _canonica(publicado, "comuna", escrito)


def test_cada_comuna_se_entiende_como_la_sugiere_la_lista_y_con_su_solo_nombre_si_no_se_repite(
    publicado: Horneado,
) -> None:
    nombres = Counter(sin_tildes(c["nombre"]) for c in publicado.comunas.values())
    for region, comunas in publicado.comunas_por_region():
        for codigo, nombre in comunas:
            assert _canonica(publicado, "comuna", f"{nombre}, {region}") == codigo
            if nombres[sin_tildes(nombre)] == 1:
                assert _canonica(publicado, "comuna", nombre.upper()) == codigo


def test_si_dos_comunas_se_llaman_igual_hay_que_decir_la_region(publicado: Horneado) -> None:
    comunas = {"07101": {"nombre": "Talca", "region": "07"}, "08999": {"nombre": "Talca", "region": "08"}}
    repetida = SimpleNamespace(comunas=comunas, region=publicado.region)
    una = next(p for p in preguntas_para(convocatoria(), publicado) if p.clave == "comuna")
    with pytest.raises(RespuestaMala, match=re.escape("¿Es Talca, Maule o Talca, Biobío?")):
        canonizar(una, "talca", repetida)  # type: ignore[arg-type]
    assert canonizar(una, "talca, biobio", repetida) == "08999"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("escrito", "canonica"),
    [
        ("24.500.000", "24500000"),
        ("$ 24.500.000.-", "24500000"),
        ("24 500 000", "24500000"),
        ("24,500,000", "24500000"),
        ("24.500.000,00", "24500000"),
        ("24500000 pesos", "24500000"),
        ("24,5 millones", "24500000"),
        ("24.5 millones", "24500000"),
        ("1 millón", "1000000"),
        ("800 mil", "800000"),
        ("0", "0"),
    ],
)
def test_la_plata_se_entiende_escrita_de_varias_formas(publicado: Horneado, escrito: str, canonica: str) -> None:
    assert _canonica(publicado, "ventas", escrito) == canonica
    assert _canonica(publicado, "ventas", canonica) == canonica


@pytest.mark.parametrize("escrito", ["24,5", "24,500", "-5", "24.5", "veinte millones", "1e6", "millones"])
def test_la_plata_que_puede_ser_dos_cosas_se_pregunta_otra_vez(publicado: Horneado, escrito: str) -> None:
    with pytest.raises(RespuestaMala, match="solo con números"):
        _canonica(publicado, "ventas", escrito)


@pytest.mark.parametrize(
    "escrito", ["9 1234 5678", "+56 9 1234 5678", "0056912345678", "09-1234-5678", "(56) 9 1234 5678", "912345678"]
)
def test_el_telefono_se_entiende_con_su_codigo_o_sin_el(publicado: Horneado, escrito: str) -> None:
    assert _canonica(publicado, "telefono", escrito) == "+56912345678"


@pytest.mark.parametrize("escrito", ["76.086.428-5", "76086428-5", "760864285", "76 086 428 5", "76.086.428\u20115"])
def test_el_rut_se_entiende_con_puntos_o_sin_ellos(publicado: Horneado, escrito: str) -> None:
    assert _canonica(publicado, "rut", escrito) == "76086428-5"


def test_la_k_del_rut_va_en_mayuscula_o_en_minuscula(publicado: Horneado) -> None:
    numero = next(n for n in range(76_000_000, 76_000_100) if rut_de_ejemplo(n).endswith("K"))
    assert _canonica(publicado, "rut", f"{numero}-k") == _canonica(publicado, "rut", f"{numero}K") == f"{numero}-K"
