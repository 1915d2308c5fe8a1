"""Un PDF ajeno se abre en otro proceso: dice lo que tiene, y si es una bomba muere solo él."""

from __future__ import annotations

import io
import os
import zlib

import pytest
from pypdf import PdfWriter

from funciones.adaptadores import pdf, pdf_por_dentro
from funciones.dominio.archivo import ProblemaDeArchivo
from tests.recorridos.mundo import PDF


def libro(paginas: int = 3, **proteccion: str) -> bytes:
    escritor, salida = PdfWriter(), io.BytesIO()
    for _ in range(paginas):
        escritor.add_blank_page(200, 200)
    if proteccion:
        escritor.encrypt(**proteccion)
    escritor.write(salida)
    return salida.getvalue()


def armado(*objetos: bytes) -> bytes:
    """Un PDF con esos objetos y su tabla."""
    salida, lugares = b"%PDF-1.5\n", []
    for numero, objeto in enumerate(objetos, 1):
        lugares.append(len(salida))
        salida += b"%d 0 obj" % numero + objeto + b"endobj\n"
    tabla = b"".join(b"%010d 00000 n \n" % lugar for lugar in lugares)
    cola = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objetos) + 1, len(salida))
    return salida + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objetos) + 1) + tabla + cola


def bomba_de_tabla() -> bytes:
    """Cien megas de ceros donde va la tabla, en cien kilos."""
    trozo = zlib.compressobj(9)
    ceros = b"".join(trozo.compress(bytes(1_000_000)) for _ in range(100)) + trozo.flush()
    salida = b"%PDF-1.5\n"
    salida += b"1 0 obj<</Type/XRef/Size 100000000/W[1 2 1]/Root 2 0 R/Filter/FlateDecode/Length %d>>stream\n" % len(
        ceros
    )
    return salida + ceros + b"\nendstream endobj\nstartxref\n9\n%%EOF\n"


RAIZ, HOJAS = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


@pytest.mark.parametrize("datos", [PDF, libro(), libro(algorithm="AES-256", user_password="", owner_password="x")])
def test_el_que_se_abre_sin_pedir_nada_sirve(datos: bytes) -> None:
    assert pdf_por_dentro.veredicto(datos) == "bien"


@pytest.mark.parametrize("algoritmo", ["RC4-128", "AES-128", "AES-256"])
def test_el_que_pide_contrasena_se_dice(algoritmo: str) -> None:
    assert pdf_por_dentro.veredicto(libro(algorithm=algoritmo, user_password="x")) == "con_contrasena"


def test_cortado_en_cualquier_parte_esta_danado() -> None:
    datos = libro(12)
    cortes = range(0, len(datos) - 60, 37)
    assert {pdf_por_dentro.veredicto(datos[:corte]) for corte in cortes} == {"danado"}


@pytest.mark.parametrize(
    "datos",
    [
        b"%PDF-1.7\n y nada",
        armado(b"<</Type/Catalog>>"),
        armado(RAIZ, b"<</Type/Pages/Kids[]/Count 0>>"),
        armado(RAIZ, b"<</Type/Pages/Kids[]/Count 2000000000>>"),
        armado(RAIZ, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"),
        armado(RAIZ, HOJAS, b"<</Type/Page/Contents 9 0 R>>"),
        armado(RAIZ, HOJAS, b"<</Type/Page/Contents[9 0 R 1 0 R]>>"),
    ],
    ids=["vacío", "sin páginas", "ninguna", "cuenta falsa", "circular", "sin contenido", "contenido ajeno"],
)
def test_el_que_no_muestra_nada_esta_danado(datos: bytes) -> None:
    assert pdf_por_dentro.veredicto(datos) == "danado"


def test_el_que_esta_hecho_para_agotar_la_maquina_se_corta() -> None:
    """Una tabla que no cabe y tres millones de corchetes: en el otro proceso, con su memoria y su tiempo."""
    hondo = b"<</Type/Catalog/Pages 2 0 R/X " + b"[" * 3_000_000 + b">>"
    assert pdf.mirar(bomba_de_tabla()) is ProblemaDeArchivo.DANADO
    assert pdf.mirar(armado(hondo, HOJAS, b"<</Type/Page>>")) is ProblemaDeArchivo.DANADO


def test_el_otro_proceso_dice_lo_mismo_y_se_le_pregunta_una_vez(monkeypatch: pytest.MonkeyPatch) -> None:
    bueno, cerrado = libro(2), libro(algorithm="AES-256", user_password="clave")
    assert (pdf.mirar(bueno), pdf.mirar(cerrado)) == (None, ProblemaDeArchivo.CON_CONTRASENA)
    monkeypatch.setattr(pdf, "_en_otro_proceso", lambda datos: pytest.fail("ya lo sabía"))
    assert (pdf.mirar(bueno), pdf.mirar(cerrado)) == (None, ProblemaDeArchivo.CON_CONTRASENA)


def test_el_que_tardo_de_mas_se_vuelve_a_mirar(monkeypatch: pytest.MonkeyPatch) -> None:
    """Con la máquina ocupada también tarda uno bueno: no queda dado por dañado hasta que se reinicie la función."""
    bueno = libro(5)
    with monkeypatch.context() as ocupada:
        ocupada.setattr(pdf, "SEGUNDOS_DE_ESPERA", 0.0001)
        assert pdf.mirar(bueno) is ProblemaDeArchivo.DANADO
    assert pdf.mirar(bueno) is None


def test_el_otro_proceso_no_recibe_las_credenciales(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "no-debe-llegar")
    entornos: list[dict[str, str]] = []
    correr = pdf.subprocess.run
    monkeypatch.setattr(pdf.subprocess, "run", lambda *a, **k: (entornos.append(k["env"]), correr(*a, **k))[1])
    pdf.mirar(libro(4))
    assert set(entornos[0]) == {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}
    assert "no-debe-llegar" not in str(entornos)
    assert os.environ["AWS_SECRET_ACCESS_KEY"] == "no-debe-llegar"
