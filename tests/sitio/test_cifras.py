"""Los números de la página son los del CSV, y lo que falta nunca es un cero."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from tests.sitio.lector import Nodo, leer

AUSENTES = {"No medido", "No se publica"}
SERIES = (
    "resultado-anual", "resultado-componente", "resultado-region", "poblacion", "beneficiarias", "cobertura",
    "produccion", "gasto", "gasto-unitario", "ventas-mipes",
)  # fmt: skip
# Todo lo que se descarga al pie de un dibujo; una prueba mira que no haya dibujos fuera de aquí.
DE_LA_ENCUESTA = ("tres-maneras", "notas", "cambios", "por-sexo", "por-nivel-educacional", "por-seccion")
ARCHIVOS = (
    *(f"indicadores/{serie}.csv" for serie in SERIES),
    *(f"indicadores/encuesta/{serie}.csv" for serie in DE_LA_ENCUESTA),
    "anios/2025/resultado-region.csv",
)


@pytest.fixture(scope="module")
def cifras(portal: Path) -> Nodo:
    return leer((portal / "indicadores" / "index.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def origen(portal: Path) -> Nodo:
    return leer((portal / "indicadores" / "origen" / "index.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def figuras(portal: Path) -> dict[str, Nodo]:
    """Cada `figure.figura` del portal entero, por el archivo que descarga."""
    hojas = (h.read_text(encoding="utf-8") for h in portal.rglob("*.html"))
    todas = [f for h in hojas if 'class="figura"' in h for f in leer(h).todos("figure", "figura")]
    por_archivo = {f.uno("p", "pie-figura").uno("a").atributos["href"].lstrip("/"): f for f in todas}
    assert len(por_archivo) == len(todas)
    return por_archivo


def filas(archivo: Path) -> list[dict[str, str]]:
    with archivo.open(encoding="utf-8", newline="") as abierto:
        return list(csv.DictReader(abierto))


def numero(texto: str) -> Decimal:
    return Decimal(texto.replace("%", "").replace(".", "").replace(",", ".").strip())


def test_hay_un_dibujo_por_archivo_y_ninguno_suelto(portal: Path, figuras: dict[str, Nodo]) -> None:
    assert set(figuras) == set(ARCHIVOS)
    escritos = (*portal.glob("indicadores/**/*.csv"), *portal.glob("anios/**/*.csv"))
    assert {a.relative_to(portal).as_posix() for a in escritos} == set(ARCHIVOS)


@pytest.mark.parametrize("archivo", ARCHIVOS)
def test_el_dibujo_vale_lo_que_dice_su_csv(portal: Path, figuras: dict[str, Nodo], archivo: str) -> None:
    nodos = [n for n in figuras[archivo].uno("svg").todos() if "data-clave" in n.atributos]
    esperados = {f["clave"]: f["valor"] for f in filas(portal / archivo)}
    assert esperados
    assert {n.atributos["data-clave"]: n.atributos["data-valor"] for n in nodos} == esperados


@pytest.mark.parametrize("archivo", ARCHIVOS)
def test_la_tabla_repite_los_numeros_del_csv(portal: Path, figuras: dict[str, Nodo], archivo: str) -> None:
    en_tabla = {f.atributos["data-clave"]: f for f in figuras[archivo].uno("table").uno("tbody").todos("tr")}
    esperadas = filas(portal / archivo)
    assert list(en_tabla) == [f["clave"] for f in esperadas]
    for fila in esperadas:
        extras = [
            v for c, v in fila.items() if c not in {"clave", "nombre", "valor", "unidad", "estado", "demostracion"}
        ]
        celdas = [c.texto for c in en_tabla[fila["clave"]].todos("td")]
        assert en_tabla[fila["clave"]].uno("th").texto == fila["nombre"]
        assert [None if c in {"—", *AUSENTES} else numero(c) for c in celdas] == [
            Decimal(v) if v else None for v in (fila["valor"], *extras)
        ]
        assert (celdas[0] in AUSENTES) is (fila["estado"] != "medido")


@pytest.mark.parametrize("archivo", ARCHIVOS)
def test_el_dibujo_tiene_nombre_descripcion_y_fuente(figuras: dict[str, Nodo], archivo: str) -> None:
    dibujo = figuras[archivo].uno("svg")
    titulo, descripcion = dibujo.atributos["aria-labelledby"].split()
    assert dibujo.atributos["role"] == "img"
    assert dibujo.uno("title", id=titulo).texto
    en_palabras = dibujo.uno("desc", id=descripcion).texto
    for fila in figuras[archivo].uno("tbody").todos("tr"):
        assert f"{fila.uno('th').texto}: {fila.todos('td')[0].texto}" in en_palabras
    assert "Fuente: " in figuras[archivo].uno("p", "pie-figura").texto


@pytest.mark.parametrize("archivo", [a for a in ARCHIVOS if "resultado-" in a])
def test_el_resultado_va_con_su_meta_en_el_csv_y_en_palabras(
    portal: Path, figuras: dict[str, Nodo], archivo: str
) -> None:
    metas = {m["anio"]: m["valor"] for m in filas(portal / "datos" / "indicadores" / "metas.csv")}
    en_palabras = figuras[archivo].uno("desc").texto.replace("\u00a0", " ")
    for fila in filas(portal / archivo):
        anio = fila["nombre"][-4:] if "region" not in archivo else "2025"
        assert fila["meta"] == metas.get(anio, "")
        assert en_palabras.count(f"{fila['nombre']}: ") == 1
        propia = en_palabras.partition(f"{fila['nombre']}: ")[2].partition(".")[0]
        assert propia.endswith(f", meta {fila['meta'].replace('.', ',')} %") is bool(fila["meta"])
        if "anual" not in archivo and fila["valor"] and fila["meta"]:
            assert Decimal(fila["diferencia"]) == Decimal(fila["valor"]) - Decimal(fila["meta"])


def test_las_series_repiten_los_paquetes(portal: Path) -> None:
    datos = portal / "datos" / "indicadores"
    oficiales = [m for m in filas(datos / "mediciones.csv") if m["indicador"] == "acceso-vinculacion"]
    mediciones = {(m["anio"], m["componente"], m["region"]): m for m in oficiales if m["categoria"] == "todos"}
    anuales = filas(portal / "indicadores" / "resultado-anual.csv")
    assert {f["clave"]: f["valor"] for f in anuales} == {
        a: m["valor"] for (a, c, r), m in mediciones.items() if (c, r) == ("todos", "todas")
    }
    regionales = filas(portal / "indicadores" / "resultado-region.csv")
    assert {f["clave"]: (f["estado"], f["valor"], f["tasa_respuesta"]) for f in regionales} == {
        r: (m["estado"], m["valor"], m["tasa_respuesta"]) for (_, c, r), m in mediciones.items() if r != "todas"
    }
    gasto = {(f["clave"], f["componente"]): Decimal(f["valor"]) for f in filas(datos / "presupuesto.csv")}
    dibujado = {f["clave"]: Decimal(f["valor"]) for f in filas(portal / "indicadores" / "gasto.csv")}
    assert sum(dibujado.values()) == gasto["gasto", "todos"]


def test_la_altura_de_la_columna_es_proporcional(figuras: dict[str, Nodo]) -> None:
    columnas = figuras["indicadores/resultado-anual.csv"].todos("path", "barra")
    assert columnas
    for columna in columnas:
        arriba = Decimal(columna.atributos["d"].split("V")[1].split("q")[0]) - 4
        assert abs(arriba - (230 - 2 * Decimal(columna.atributos["data-valor"]))) <= Decimal("0.1")


def test_lo_no_medido_y_lo_que_no_se_publica_llevan_trama_propia(portal: Path, figuras: dict[str, Nodo]) -> None:
    for serie, clases in (("resultado-anual", {"no_medido": "nm"}), ("resultado-region", {"no_se_publica": "q0"})):
        dibujo = figuras[f"indicadores/{serie}.csv"].uno("svg")
        marcas = {n.atributos["data-clave"]: n.clases for n in dibujo.todos() if "data-clave" in n.atributos}
        ausentes = [f for f in filas(portal / "indicadores" / f"{serie}.csv") if f["estado"] != "medido"]
        assert ausentes
        for fila in ausentes:
            assert fila["valor"] == ""
            assert clases[fila["estado"]] in marcas[fila["clave"]]


def test_la_respuesta_va_primero_y_se_compara_con_la_meta(portal: Path, cifras: Nodo) -> None:
    ultima = filas(portal / "indicadores" / "resultado-anual.csv")[-1]
    respuesta = cifras.uno("div", "respuesta").texto
    falta = str(Decimal(ultima["meta"]) - Decimal(ultima["valor"])).replace(".", ",")
    assert f"En 2025, {ultima['valor'].replace('.', ',')} %" in respuesta.replace("\u00a0", " ")
    assert f"faltaron {falta} puntos" in respuesta
    assert "Respondió la encuesta 80,00 %" in respuesta.replace("\u00a0", " ")
    assert cifras.uno("div", "respuesta").todos("span", "demo")


@pytest.mark.parametrize("tabla", ["poblacion", "cobertura", "produccion", "presupuesto", "diagnostico"])
def test_las_cifras_del_formulario_son_las_del_csv(portal: Path, origen: Nodo, tabla: str) -> None:
    esperadas = [Decimal(f["valor"]) for f in filas(portal / "datos" / "indicadores" / f"{tabla}.csv")]
    propia = next(
        t for t in origen.todos("table") if any(c.atributos.get("id") == f"t-{tabla}" for c in t.todos("caption"))
    )
    vistas = [numero(f.todos("td")[-1].texto.split(" ")[0]) for f in propia.uno("tbody").todos("tr")]
    assert vistas == esperadas


def test_las_notas_de_la_fuente_estan_todas(portal: Path, origen: Nodo) -> None:
    for nota in filas(portal / "datos" / "indicadores" / "notas.csv"):
        assert nota["texto"] in origen.uno("li", id=f"nota-{nota['clave']}").texto
