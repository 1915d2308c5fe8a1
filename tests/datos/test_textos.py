"""Ningún texto lleva código a una página, una fórmula a una planilla ni los datos de una persona al repositorio."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generador.problemas import Problema
from generador.semantica_textos import revisar_celda, revisar_linea
from generador.validar import problemas_de
from tests.datos.copia import Copia

CONVOCATORIAS = "convocatorias/convocatorias.csv"
EMPRESAS = "catalogos/empresas.csv"
NUBLE = "2026-feria-nuble-navidad-campesina"
BASES = f"convocatorias/bases/{NUBLE}.md"
SOLO_TEXTO = "escribe solo texto; en las bases puedes usar Markdown"
SIN_CONTACTO = "bórralo: aquí no se publican datos de contacto; usa la página web o la oficina"
SIN_FORMULA = "empieza con una letra o un número"

CODIGO = [
    ("<script>alert(1)</script>", "lleva código (script)"),
    ("< SCRIPT src=x>", "lleva código (script)"),
    ("ver javascript:alert(1)", "lleva un enlace que ejecuta código"),
    ("JaVaScRiPt :alert(1)", "lleva un enlace que ejecuta código"),
    ("&#106;avascript:alert(1)", "lleva un enlace que ejecuta código"),
    ("java\u200bscript:alert(1)", "lleva un enlace que ejecuta código"),
    ("%6Aavascript:alert(1)", "lleva un enlace que ejecuta código"),
    ("data:text/html;base64,xx", "lleva un enlace que ejecuta código"),
    ("x onclick=alert(1)", "lleva código que se ejecuta al tocar la página"),
    ("x onmouseover = alert(1)", "lleva código que se ejecuta al tocar la página"),
    ("un <b>puesto</b> gratis", "lleva etiquetas HTML"),
    ("<!-- oculto -->", "lleva etiquetas HTML"),
    ("&lt;img src=x&gt;", "lleva etiquetas HTML"),
    ("{{ 7 * 7 }}", "lleva llaves de plantilla"),
    ("{% include 'x' %}", "lleva llaves de plantilla"),
]
FORMULAS = ["=1+1", '=HYPERLINK("x")', "@SUMA(A1)", "+SUMA(A1)", "-cmd|' /C calc'!A0"]
PERSONALES = [
    ("Escribe a ventas@ejemplo.cl hoy", "«ventas@ejemplo.cl» parece un correo"),
    ("Llama al +56 9 1234 5678", "«+56 9 1234 5678» parece un teléfono"),
    ("Llama al 912345678.", "«912345678» parece un teléfono"),
    ("Fono 71 223 4567", "«71 223 4567» parece un teléfono"),
    ("RUT 76.086.428-5", "«76.086.428-5» parece un RUT"),
    ("de 12345678-K", "«12345678-K» parece un RUT"),
]
INOCENTES = [
    "Puestos de 3 × 3 metros a $18.000, del 15 al 17 de enero de 2027, de 10:00 a 20:00",
    "Menos de 5 < 10 personas, con 100 % de aporte",
    "-33.0387",
    "+56 600 000 0000",
    "Vende en línea: 24.500.000 pesos al año, según ley 19.880",
    "Atención por orden = por llegada",
    "2026-12-07T15:00",
]


@pytest.mark.parametrize(("texto", "que"), CODIGO)
def test_una_celda_con_codigo_se_rechaza(copia: Copia, texto: str, que: str) -> None:
    fila = copia.celda(CONVOCATORIAS, NUBLE, "tematica", texto)
    assert Problema(CONVOCATORIAS, fila, "tematica", que, SOLO_TEXTO) in problemas_de(copia.carpeta)


@pytest.mark.parametrize("texto", FORMULAS)
def test_una_celda_que_empieza_como_formula_se_rechaza(texto: str) -> None:
    que = f"empieza con «{texto[0]}» y una planilla lo toma por una fórmula"
    assert (que, SIN_FORMULA) in list(revisar_celda(texto, cuida_personas=False))


@pytest.mark.parametrize(("texto", "que"), PERSONALES)
def test_un_dato_personal_se_rechaza_en_el_catalogo_y_en_las_bases(texto: str, que: str) -> None:
    assert list(revisar_celda(texto, cuida_personas=True)) == [(que, SIN_CONTACTO)]
    assert list(revisar_linea(texto)) == [(que, SIN_CONTACTO)]


@pytest.mark.parametrize("texto", INOCENTES)
def test_un_texto_comun_pasa(texto: str) -> None:
    assert [m for m in revisar_celda(texto, cuida_personas=True) if "teléfono" not in m[0]] == []


def test_un_correo_en_el_catalogo_se_dice_con_su_lugar(copia: Copia) -> None:
    fila = copia.celda(EMPRESAS, "taller-el-horno", "descripcion", "Escribe a ventas@ejemplo.cl")
    que = "«ventas@ejemplo.cl» parece un correo"
    assert problemas_de(copia.carpeta) == [Problema(EMPRESAS, fila, "descripcion", que, SIN_CONTACTO)]


LINEAS = [
    ("Mira [esto](javascript:alert)", "lleva un enlace que ejecuta código", SOLO_TEXTO),
    (
        "Mira [esto](//otro.sitio)",
        "el enlace «//otro.sitio» no es seguro",
        "usa una dirección que empiece con https://",
    ),
    (
        r"Mira [esto](/\otro.sitio)",
        r"el enlace «/\otro.sitio» no es seguro",
        "usa una dirección que empiece con https://",
    ),
    (
        "Mira [esto](http://sitio.cl)",
        "el enlace «http://sitio.cl» no es seguro",
        "usa una dirección que empiece con https://",
    ),
    ("[a]: ftp://sitio.cl", "el enlace «ftp://sitio.cl» no es seguro", "usa una dirección que empiece con https://"),
    ("![plano](plano.png)", "las bases no llevan imágenes", "describe con palabras lo que muestra"),
    ("Texto <img src=x onerror=alert(1)>", "lleva código que se ejecuta al tocar la página", SOLO_TEXTO),
    ("Título {: onclick=x }", "lleva código que se ejecuta al tocar la página", SOLO_TEXTO),
    ("Escribe a ventas@ejemplo.cl", "«ventas@ejemplo.cl» parece un correo", SIN_CONTACTO),
]


@pytest.mark.parametrize(("linea", "que", "como"), LINEAS)
def test_una_linea_peligrosa_en_las_bases_se_dice_con_su_numero(copia: Copia, linea: str, que: str, como: str) -> None:
    copia.reescribir(BASES, lambda texto: f"{texto}\n{linea}\n")
    numero = copia.ruta(BASES).read_text(encoding="utf-8").rstrip("\n").count("\n") + 1
    assert problemas_de(copia.carpeta) == [Problema(BASES, numero, "", que, como)]


def test_un_enlace_seguro_en_las_bases_pasa(copia: Copia) -> None:
    copia.reescribir(BASES, lambda t: f"{t}\nMira [el SII](https://www.sii.cl) y [arriba](#1-de-que-se-trata).\n")
    assert problemas_de(copia.carpeta) == []


def test_unas_bases_con_encabezado_de_metadatos_se_rechazan(copia: Copia) -> None:
    copia.reescribir(BASES, lambda texto: f"---\ntemplate: otra.html\n---\n{texto}")
    que, como = "empieza con una línea de guiones", "empieza con el título, como «# Bases»"
    assert problemas_de(copia.carpeta) == [Problema(BASES, 1, "", que, como)]


def test_unas_bases_que_faltan_se_piden(copia: Copia) -> None:
    copia.ruta(BASES).unlink()
    fila = copia.numero(CONVOCATORIAS, NUBLE)
    que, como = f"falta el archivo bases/{NUBLE}.md", "súbelo a datos/convocatorias/bases/"
    assert problemas_de(copia.carpeta) == [Problema(CONVOCATORIAS, fila, "bases", que, como)]


def test_unas_bases_vacias_se_rechazan(copia: Copia) -> None:
    copia.reescribir(BASES, lambda texto: " \n")
    assert problemas_de(copia.carpeta) == [Problema(BASES, 1, "", "el archivo está vacío", "escribe las bases")]


def test_unas_bases_sin_convocatoria_se_avisan(copia: Copia) -> None:
    copia.ruta("convocatorias/bases/2020-feria-vieja.md").write_text("# Bases\n", encoding="utf-8")
    que, como = "ninguna convocatoria usa estas bases", "borra el archivo o agrega su convocatoria"
    assert problemas_de(copia.carpeta) == [Problema("convocatorias/bases/2020-feria-vieja.md", 0, "", que, como)]


def test_unas_bases_guardadas_por_un_procesador_de_textos_se_rechazan(copia: Copia) -> None:
    copia.ruta(BASES).write_bytes(b"PK\x03\x04word/document.xml")
    assert [p.que for p in problemas_de(copia.carpeta)] == ["es una planilla de Excel, no un texto"]


def test_las_bases_en_windows_1252_se_leen_igual(copia: Copia) -> None:
    copia.reescribir(BASES, lambda texto: texto.replace("×", "x").encode("cp1252"))
    assert problemas_de(copia.carpeta) == []


def test_una_convocatoria_que_usa_las_bases_de_otra_se_dice(copia: Copia) -> None:
    fila = copia.celda(CONVOCATORIAS, NUBLE, "bases", "bases/2028-catalogo-hecho-en-regiones.md")
    que = "«bases/2028-catalogo-hecho-en-regiones.md» no es el archivo de esta convocatoria"
    assert Problema(CONVOCATORIAS, fila, "bases", que, f"escribe «bases/{NUBLE}.md»") in problemas_de(copia.carpeta)


@given(
    st.text(max_size=80), st.sampled_from(["<script", "javascript:", "<img ", "onerror=", "{{"]), st.text(max_size=80)
)
def test_el_codigo_se_ve_este_donde_este(antes: str, codigo: str, despues: str) -> None:
    assert list(revisar_celda(f"{antes} {codigo}x{despues}", cuida_personas=False))
