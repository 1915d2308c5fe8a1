"""El buscador encuentra como escribe la gente: sin tildes, en plural, con derivadas y con una letra mal."""

import random
import re
from pathlib import Path

import pytest

from generador.hojas import codificar
from generador.raices import llano, palabras, raiz, sonido
from tests.sitio.buscador import buscar, encargar
from tests.sitio.conftest import DATOS, RAIZ

TEMA = RAIZ / "site" / "tema"
CONVOCATORIA_MAULE = "/convocatorias/2027-feria-maule-sabores-y-oficios/"


@pytest.mark.parametrize(
    ("escrito", "otro"),
    [
        ("cántaro", "cantaro"),
        ("queso", "quesos"),
        ("ÑANDÚ", "nandu"),
        ("nuez", "nueces"),
        ("artesanía", "artesania"),
        ("artesano", "artesanos"),
        ("tejido", "tejer"),
        ("postulación", "postular"),
    ],
)
def test_dos_maneras_de_escribir_lo_mismo_dan_lo_mismo(portal: Path, escrito: str, otro: str) -> None:
    uno, dos = buscar(portal, {"texto": f"{escrito} "}, {"texto": f"{otro} "})
    assert uno["total"] > 0
    assert uno["total"] == dos["total"]
    assert uno["porTipo"] == dos["porTipo"]


@pytest.mark.parametrize(
    ("escrito", "ruta"),
    [
        ("comercializar", "/glosario/"),
        ("artesanal", "/catalogo/rubros/artesania/"),
        ("artezano", "/catalogo/rubros/artesania/"),
        ("bino", "/catalogo/productos/cantaro-de-greda/"),
        ("mermeleda", "/catalogo/productos/mermelada-de-murta/"),
        ("qué es un cupo", "/glosario/"),
        ("feria en maule", CONVOCATORIA_MAULE),
        ("taller el horno", "/catalogo/empresas/taller-el-horno/"),
        ("cant", "/catalogo/productos/cantaro-de-greda/"),
        ("privacidad", "/privacidad/"),
        ("vínculo comercial", "/glosario/"),
    ],
)
def test_lo_que_se_busca_sale_en_la_primera_pantalla(portal: Path, escrito: str, ruta: str) -> None:
    (hallado,) = buscar(portal, {"texto": escrito})
    assert ruta in [r.split("#")[0] for r in hallado["rutas"]]


def test_comercializar_encuentra_lo_comercial(portal: Path) -> None:
    (hallado,) = buscar(portal, {"texto": "comercializar ", "tipo": "ayuda"})
    assert "Vínculo comercial" in hallado["titulos"]


def test_una_letra_mal_se_corrige_y_se_dice(portal: Path) -> None:
    (hallado,) = buscar(portal, {"texto": "mermeleda "})
    assert hallado["corregidas"] == [["mermeleda", "mermelada"]]


def test_la_palabra_escrita_igual_va_antes_que_otra_de_su_raiz(portal: Path) -> None:
    de_queso, de_queseria = buscar(portal, {"texto": "queso "}, {"texto": "quesería "})
    assert de_queso["titulos"][0].startswith("Queso ")
    assert de_queseria["titulos"][0].startswith("Quesería ")


def test_el_titulo_pesa_mas_que_el_texto(portal: Path) -> None:
    (hallado,) = buscar(portal, {"texto": "cupo "})
    assert hallado["titulos"][0] == "Cupo"


def test_lo_abierto_va_primero_y_deja_de_ir_cuando_cierra(portal: Path) -> None:
    (hoy,) = buscar(portal, {"texto": "feria ", "tipo": "convocatoria"})
    (despues,) = buscar(portal, {"texto": "feria ", "tipo": "convocatoria"}, ahora="2026-12-08T12:00:00Z")
    assert CONVOCATORIA_MAULE in hoy["rutas"][:2]
    assert hoy["tipos"] == ["convocatoria"] * len(hoy["tipos"])
    assert set(hoy["rutas"]) == set(despues["rutas"])
    assert despues["rutas"].index(CONVOCATORIA_MAULE) > 1


def test_los_filtros_se_juntan_y_cuentan_por_tipo(portal: Path) -> None:
    pedido = {"texto": "lana ", "region": "14"}
    todo, productos, baratos = buscar(
        portal, pedido, {**pedido, "tipo": "producto"}, {**pedido, "tipo": "producto", "precio": "de-5001-a-10000"}
    )
    assert todo["porTipo"]["producto"] == productos["total"] == productos["porTipo"]["producto"]
    assert set(productos["tipos"]) == {"producto"}
    assert 0 < baratos["total"] < productos["total"]
    assert "/catalogo/productos/lana-de-alpaca/" not in todo["rutas"]  # es de Arica


def test_sin_palabras_mandan_los_filtros(portal: Path) -> None:
    de_region, nada, vacias = buscar(
        portal, {"texto": "", "region": "14"}, {"texto": "", "region": "99"}, {"texto": "de la"}
    )
    assert de_region["total"] > 0
    assert nada["total"] == vacias["total"] == 0


def test_si_nada_tiene_todas_las_palabras_se_muestra_lo_que_tiene_algunas(portal: Path) -> None:
    (hallado,) = buscar(portal, {"texto": "queso submarino "})
    assert hallado["todas"] is False
    assert any("queso" in ruta for ruta in hallado["rutas"])


def test_la_raiz_del_telefono_es_la_de_la_construccion(portal: Path) -> None:
    escritas = sorted(_vocabulario(portal))
    vistas = encargar(TEMA, portal / "indice", palabras=escritas)["palabras"]
    assert len(escritas) > 5_000
    distintas = [
        escrita
        for escrita, (trozos, plana, suena, suya) in zip(escritas, vistas, strict=True)
        if (trozos, plana, suena, llano(suya))
        != (palabras(escrita), llano(escrita), sonido(llano(escrita)), raiz(escrita))
    ]
    assert distintas == []


def _vocabulario(portal: Path) -> set[str]:
    """Toda palabra de los datos y de las páginas, y sus formas sin tilde y en plural."""
    textos = [a.read_text(encoding="utf-8") for a in (*DATOS.rglob("*.csv"), *portal.rglob("*.html"))]
    escritas = {p for texto in textos for p in re.findall(r"[^\W_]{2,30}", texto.lower())}
    return escritas | {llano(p) for p in escritas} | {f"{p}s" for p in escritas if len(p) < 30}


def test_las_listas_vuelven_iguales_del_telefono(portal: Path) -> None:
    azar = random.Random(4)
    listas = [[], [0], [31], [32], [33], [1023, 1024, 1056], list(range(200)), sorted(azar.sample(range(1 << 20), 500))]
    assert encargar(TEMA, portal / "indice", listas=[codificar(x) for x in listas])["listas"] == listas
