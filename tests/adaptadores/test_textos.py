"""Los textos de las reglas: los números salen de los parámetros y de la convocatoria; lo visto se dice en palabras."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from funciones.adaptadores import textos
from funciones.adaptadores.horneado import Horneado
from funciones.dominio.admisibilidad import Declaracion, TipoPersona, recomendar
from funciones.dominio.convocatoria import Convocatoria, DocumentoPedido
from generador.hornear import bytes_de, hornear
from generador.paquetes import leer
from tests import mundo

RAIZ = Path(__file__).resolve().parents[2]
PLANTILLAS = RAIZ / "plantillas"


@pytest.fixture(scope="module")
def publicado() -> Horneado:
    return Horneado(json.loads(bytes_de(hornear(leer(RAIZ / "datos"), datetime(2026, 11, 23, 12, tzinfo=UTC)))))


def texto(publicado: Horneado, regla: str, clave: str = "requisito", **cambios: Any) -> str:
    """Un texto de una regla en una convocatoria de prueba con esos cambios."""
    return textos.requisitos(mundo.convocatoria(**cambios), publicado, PLANTILLAS)[regla][clave]


def explicado(publicado: Horneado, regla: str, convocatoria: Convocatoria, declaracion: Declaracion) -> dict[str, str]:
    hallazgos = recomendar(declaracion, publicado.reglamento(convocatoria))
    tipo = str(declaracion.tipo_persona or "")
    explicados = textos.explicar(hallazgos, convocatoria, publicado, PLANTILLAS, tipo)
    return next(e for e in explicados if e["regla"] == regla)


def test_los_topes_salen_de_los_parametros_y_de_lo_que_estrecha_la_convocatoria(publicado: Horneado) -> None:
    assert texto(publicado, "ventas") == "Vendiste entre 200 y 2.400 UF en 2025. Los dos bordes cuentan."
    estrecha = {"ventas_minimas_uf": Decimal("500.50"), "ventas_maximas_uf": Decimal(1000)}
    assert texto(publicado, "ventas", **estrecha).startswith("Vendiste entre 500,50 y 1.000 UF")
    # El tope de las cooperativas es siempre el del programa.
    assert "2.400 UF" in texto(publicado, "ventas_cooperativa", **estrecha)


@pytest.mark.parametrize(
    ("admitidas", "rubros"),
    [
        (("C",), "industria manufacturera"),
        (("10",), "elaboración de productos alimenticios (división 10)"),
        (("11", "31"), "elaboración de bebidas (división 11); fabricación de muebles (división 31)"),
        # De la que no está en divisiones.csv se dice su sección.
        (("16",), "división 16 (industria manufacturera)"),
        (("561000",), "código 561000"),
        (
            ("C", "55", "561000", "562900"),
            "industria manufacturera; actividades de alojamiento (división 55); códigos 561000 y 562900",
        ),
    ],
)
def test_los_rubros_admitidos_se_nombran(publicado: Horneado, admitidas: tuple[str, ...], rubros: str) -> None:
    esperado = f"Tu rubro es uno de los que admite esta convocatoria: {rubros}."
    assert texto(publicado, "sector", actividades_admitidas=admitidas).startswith(esperado)
    frase = texto(publicado, "sector", "frase_no_cumple_convocatoria", actividades_admitidas=admitidas)
    assert frase == f"Esta convocatoria es solo para: {rubros}."


def test_el_giro_que_se_mira_lo_dice_la_convocatoria(publicado: Horneado) -> None:
    assert texto(publicado, "sector").endswith("Basta con una de tus actividades.")
    assert texto(publicado, "sector", giro="principal").endswith("Se mira tu actividad principal.")
    assert texto(publicado, "categoria", giro="principal") != texto(publicado, "categoria")


def test_el_territorio_nombra_regiones_o_comunas_o_dice_que_es_todo_el_pais(publicado: Horneado) -> None:
    assert texto(publicado, "territorio") == "Trabajas en cualquier región de Chile."
    dos = texto(publicado, "territorio", regiones_admitidas=("08", "16"))
    assert dos == "Trabajas en una región que admite esta convocatoria: Biobío y Ñuble."
    una = texto(publicado, "territorio", regiones_admitidas=("08",), comunas_admitidas=("08101",))
    assert una == "Trabajas en una comuna que admite esta convocatoria: Concepción."
    assert "Concepción" in texto(publicado, "territorio", "frase_no_cumple_comuna", comunas_admitidas=("08101",))


@pytest.mark.parametrize(
    ("minima", "maxima", "tramo"),
    [
        (1, None, "al menos 1 año cumplido"),
        (2, None, "al menos 2 años cumplidos"),
        (None, 5, "5 años cumplidos como máximo"),
        (0, 1, "entre 0 y 1 año cumplido"),
        (2, 5, "entre 2 y 5 años cumplidos"),
    ],
)
def test_la_antiguedad_se_dice_con_sus_bordes(
    publicado: Horneado, minima: int | None, maxima: int | None, tramo: str
) -> None:
    limites = {"antiguedad_minima_anios": minima, "antiguedad_maxima_anios": maxima}
    dicho = texto(publicado, "antiguedad", publicacion=date(2026, 11, 2), **limites)
    assert dicho == f"Llevas {tramo} desde tu inicio de actividades, contados al 2 de noviembre de 2026."


def test_lo_que_cambia_el_componente_el_perfil_y_la_clausula_de_repetir(publicado: Horneado) -> None:
    assert "emprendedor" not in texto(publicado, "inicio_actividades")
    assert "emprendedor" in texto(publicado, "inicio_actividades", componente=2)
    de_mujeres = texto(publicado, "perfil", perfil="liderada_por_mujeres")
    assert de_mujeres == "Esta convocatoria es para negocios liderados por mujeres."
    assert texto(publicado, "no_repetir").startswith("No repites")
    assert "hasta 2 veces" in texto(publicado, "no_repetir", permite_repetir=True)


def test_ningun_texto_queda_con_un_hueco(publicado: Horneado) -> None:
    for id_convocatoria in publicado.ids():
        convocatoria = publicado.convocatoria(id_convocatoria)
        assert convocatoria is not None
        for campos in textos.requisitos(convocatoria, publicado, PLANTILLAS).values():
            assert [t for t in campos.values() if "{" in t or "None" in t or not t.strip()] == []
            assert not any(clave.startswith("requisito_") for clave in campos)


def test_un_hallazgo_se_explica_con_la_frase_de_su_resultado(publicado: Horneado) -> None:
    caro = Declaracion(tipo_persona=TipoPersona.JURIDICA, ventas_clp=999_999_999)
    visto = explicado(publicado, "ventas", mundo.convocatoria(), caro)
    assert visto["resultado"] == "no_cumple"
    assert visto["frase"] == "Tus ventas de 2025 pasan de 2.400 UF."
    assert visto["declarado"] == "25.171,18 UF"
    assert {"titulo", "requisito", "correccion", "certificado", "donde", "clausula"} <= set(visto)
    assert not any(clave.startswith("frase_") for clave in visto)


PROGRAMA, BASES = "Requisitos del programa:", "Bases de la convocatoria:"


@pytest.mark.parametrize(
    ("uf", "resultado", "clausula"),
    [
        (199, "no_cumple", PROGRAMA),
        (200, "no_cumple", BASES),
        (499, "no_cumple", BASES),
        (500, "cumple", "Requisitos del programa y bases de la convocatoria:"),
        (1200, "cumple", "Requisitos del programa y bases de la convocatoria:"),
        (1510, "no_cumple", BASES),
        (2400, "no_cumple", BASES),
        (2401, "no_cumple", PROGRAMA),
    ],
)
def test_unas_ventas_fuera_citan_a_quien_las_deja_fuera(
    publicado: Horneado, uf: int, resultado: str, clausula: str
) -> None:
    feria = mundo.convocatoria(ventas_minimas_uf=Decimal(500), ventas_maximas_uf=Decimal(1200))
    pesos = int(uf * publicado.reglamento(feria).uf_clp)
    vendio = Declaracion(tipo_persona=TipoPersona.JURIDICA, ventas_clp=pesos)
    visto = explicado(publicado, "ventas", feria, vendio)
    assert (visto["resultado"], visto["clausula"]) == (resultado, f"{clausula} ventas netas anuales")
    assert not any(clave.startswith("clausula_") for clave in visto)
    # La que no estrecha no tiene nada que citar de sus bases.
    assert explicado(publicado, "ventas", mundo.convocatoria(), vendio)["clausula"].startswith(PROGRAMA)


@pytest.mark.parametrize(
    ("actividad", "clausula"),
    [("107100", "Requisitos del programa y bases de la convocatoria:"), ("561000", BASES), ("642000", PROGRAMA)],
)
def test_un_rubro_que_la_convocatoria_no_admite_cita_sus_bases(
    publicado: Horneado, actividad: str, clausula: str
) -> None:
    feria = mundo.convocatoria(actividades_admitidas=("C",), giro="principal")
    hace = Declaracion(tipo_persona=TipoPersona.JURIDICA, actividad=actividad)
    assert explicado(publicado, "sector", feria, hace)["clausula"].startswith(clausula)
    libre = mundo.convocatoria(giro="principal")
    assert explicado(publicado, "sector", libre, hace)["clausula"].startswith(PROGRAMA)


def test_el_lugar_declarado_se_dice_por_su_nombre(publicado: Horneado) -> None:
    convocatoria = mundo.convocatoria()
    for declaracion, nombre in (
        (Declaracion(region="08", comuna="08101"), "Concepción"),
        (Declaracion(region="08"), "Biobío"),
        (Declaracion(), ""),
    ):
        assert explicado(publicado, "territorio", convocatoria, declaracion)["declarado"] == nombre


def test_el_documento_que_prueba_cada_regla_es_el_que_pide_la_convocatoria_a_ese_tipo(publicado: Horneado) -> None:
    pedidos = (
        DocumentoPedido("carpeta-tributaria", "Carpeta tributaria", True),
        DocumentoPedido("acredita-asociados", "Registro de socios", True, tipos_persona=("cooperativa",)),
        DocumentoPedido("f30", "Certificado F30", True),
    )
    feria = mundo.convocatoria(documentos=pedidos)
    cooperativa = Declaracion(tipo_persona=TipoPersona.COOPERATIVA)
    assert explicado(publicado, "ventas_cooperativa", feria, cooperativa)["documento"] == (
        "Carpeta tributaria; Registro de socios"
    )
    assert explicado(publicado, "practicas_antisindicales", feria, cooperativa)["documento"] == "Certificado F30"
    assert explicado(publicado, "rendiciones", feria, cooperativa)["documento"] == ""
    assert explicado(publicado, "deudas", replace(feria, documentos=()), cooperativa)["documento"] == ""
    voluntario = replace(feria, componente=2, documentos=(DocumentoPedido("f30-emprendedor", "F30, si tienes", False),))
    emprendedor = Declaracion(tipo_persona=TipoPersona.EMPRENDEDOR)
    assert explicado(publicado, "deudas", voluntario, emprendedor)["documento"] == "F30, si tienes"
    solo_a_otros = replace(feria, documentos=(replace(pedidos[2], tipos_persona=("natural",)),))
    assert explicado(publicado, "deudas", solo_a_otros, cooperativa)["documento"] == ""
    # Sin saber cómo postula no se sabe qué documento le toca.
    assert explicado(publicado, "deudas", feria, Declaracion())["documento"] == ""
