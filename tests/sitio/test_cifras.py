"""Los números de la página son los del CSV, y lo que falta nunca es un cero."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from tests.sitio.lector import Nodo, leer


@pytest.fixture(scope="module")
def pagina(portal: Path) -> Nodo:
    return leer((portal / "indicadores" / "index.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def mediciones(portal: Path) -> list[dict[str, str]]:
    with (portal / "datos" / "indicadores" / "mediciones.csv").open(encoding="utf-8", newline="") as archivo:
        return list(csv.DictReader(archivo))


def numero(texto: str) -> Decimal:
    return Decimal(texto.replace("%", "").replace(".", "").replace(",", ".").strip())


def anuales(mediciones: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    return {m["anio"]: m for m in mediciones if m["region"] == "todas" and m["componente"] == "todos"}


def regionales(mediciones: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    return {m["region"]: m for m in mediciones if m["region"] != "todas"}


def test_las_barras_valen_lo_que_dice_el_csv(pagina: Nodo, mediciones: list[dict[str, str]]) -> None:
    barras = {n.atributos["data-anio"]: n for n in pagina.todos() if "data-anio" in n.atributos}
    assert barras.keys() == anuales(mediciones).keys()
    for anio, fila in anuales(mediciones).items():
        assert barras[anio].atributos["data-valor"] == fila["valor"]
        assert ("nm" in barras[anio].clases) is (fila["estado"] != "medido")


def test_la_altura_de_la_barra_es_proporcional(pagina: Nodo, mediciones: list[dict[str, str]]) -> None:
    for barra in pagina.todos("path", "barra"):
        arriba = Decimal(barra.atributos["d"].split("V")[1].split("q")[0]) - 4
        esperada = 230 - 2 * Decimal(barra.atributos["data-valor"])
        assert abs(arriba - esperada) <= Decimal("0.1")


def test_la_tabla_anual_repite_los_mismos_numeros(pagina: Nodo, mediciones: list[dict[str, str]]) -> None:
    filas = {f.uno("th").texto: [c.texto for c in f.todos("td")] for f in _cuerpo(pagina, "anuales")}
    for anio, fila in anuales(mediciones).items():
        resultado = filas[anio][0].replace("demostración", "")
        if fila["estado"] == "medido":
            assert numero(resultado) == Decimal(fila["valor"])
        else:
            assert resultado in {"No medido", "No se publica"}
            assert filas[anio][2] == "no medido"


def test_el_mapa_y_su_tabla_valen_lo_que_dice_el_csv(pagina: Nodo, mediciones: list[dict[str, str]]) -> None:
    teselas = {n.atributos["data-region"]: n for n in pagina.todos("path") if "data-region" in n.atributos}
    assert len(teselas) == 16
    for region, fila in regionales(mediciones).items():
        assert teselas[region].atributos["data-valor"] == fila["valor"]
        assert ("q0" in teselas[region].clases) is (fila["estado"] == "no_se_publica")
    publicados = sorted(Decimal(f["valor"]) for f in regionales(mediciones).values() if f["valor"])
    en_tabla = [f.uno("td").texto for f in _cuerpo(pagina, "regiones")]
    assert sorted(numero(t) for t in en_tabla if "no" not in t) == publicados
    assert len(en_tabla) == 16


def test_lo_no_medido_nunca_es_cero(pagina: Nodo, mediciones: list[dict[str, str]]) -> None:
    ausentes = [m for m in mediciones if m["estado"] != "medido"]
    assert ausentes
    for fila in ausentes:
        assert {fila[c] for c in ("numerador", "denominador", "valor", "respuestas", "tasa_respuesta")} == {""}
    celdas = [
        c.texto
        for identificador in ("anuales", "regiones")
        for f in _cuerpo(pagina, identificador)
        for c in f.todos("td")
    ]
    assert not {"0", "0 %", "0,00", "0,00 %"} & set(celdas)


def test_cada_dibujo_tiene_nombre_descripcion_y_los_numeros_en_palabras(pagina: Nodo) -> None:
    dibujos = pagina.todos("svg", "graf")
    assert len(dibujos) == 2
    for dibujo in dibujos:
        titulo, descripcion = dibujo.atributos["aria-labelledby"].split()
        assert dibujo.uno("title", id=titulo).texto
        assert dibujo.uno("desc", id=descripcion).texto
    assert "2023: No medido" in dibujos[0].uno("desc").texto


@pytest.mark.parametrize("tabla", ["poblacion", "cobertura", "produccion", "presupuesto", "diagnostico"])
def test_las_cifras_del_formulario_son_las_del_csv(portal: Path, pagina: Nodo, tabla: str) -> None:
    with (portal / "datos" / "indicadores" / f"{tabla}.csv").open(encoding="utf-8", newline="") as archivo:
        esperadas = [Decimal(f["valor"]) for f in csv.DictReader(archivo)]
    propia = next(
        t for t in pagina.todos("table") if any(c.atributos.get("id") == f"t-{tabla}" for c in t.todos("caption"))
    )
    vistas = [numero(f.todos("td")[-1].texto.split(" ")[0]) for f in propia.uno("tbody").todos("tr")]
    assert vistas == esperadas


def test_las_notas_de_la_fuente_estan_todas(portal: Path, pagina: Nodo) -> None:
    with (portal / "datos" / "indicadores" / "notas.csv").open(encoding="utf-8", newline="") as archivo:
        notas = list(csv.DictReader(archivo))
    for nota in notas:
        assert nota["texto"] in pagina.uno("li", id=f"nota-{nota['clave']}").texto


def _cuerpo(pagina: Nodo, identificador: str) -> list[Nodo]:
    return pagina.uno("table", id=identificador).uno("tbody").todos("tr")
