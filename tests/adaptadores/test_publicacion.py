"""Publicar mediciones corrige o agrega sus filas, y no toca nada más; igual en una carpeta y en S3."""

from __future__ import annotations

import csv
import io
import resource
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError

from funciones.adaptadores import publicacion_s3
from funciones.adaptadores.publicacion import (
    COLUMNAS,
    RUTA,
    PublicacionNoResponde,
    combinar,
)
from funciones.adaptadores.publicacion_csv import ArchivoIlegible, FilaImposible
from funciones.adaptadores.publicacion_s3 import PublicacionS3
from tests.adaptadores.conftest import CUBETA, Imprenta

RAIZ = Path(__file__).parents[2]
MEDIDO = ("acceso-vinculacion", 2025)
# Columnas en otro orden, una que este programa no conoce, comas, comillas y tildes.
ACTUAL = '''region,indicador,anio,componente,desagregacion,categoria,valor,fuente,color
todas,acceso-vinculacion,2023,todos,todos,todos,,"Formulario, sección 4.1",azul
todas,acceso-vinculacion,2025,todos,todos,todos,70.00,"Dice ""meta""",añil
07,otro-indicador,2025,1,todos,todos,1.50,Ñuble,
'''


def fila(anio: int = 2025, region: str = "todas", **otras: str) -> dict[str, str]:
    clave = {"indicador": "acceso-vinculacion", "anio": str(anio), "componente": "todos", "region": region}
    return clave | {"desagregacion": "todos", "categoria": "todos"} | otras


def filas_de(datos: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(datos.decode("utf-8"), newline="")))


def test_corrige_la_suya_agrega_la_nueva_y_deja_las_demas(imprenta: Imprenta) -> None:
    imprenta.poner(ACTUAL.encode())
    donde = imprenta.publicacion.publicar(
        [fila(valor="66.67"), fila(region="08", valor="71.00", fuente="Encuesta, cierre")], *MEDIDO
    )
    assert donde.endswith(RUTA)
    assert imprenta.mirar().decode() == (
        "region,indicador,anio,componente,desagregacion,categoria,valor,fuente,color\n"
        'todas,acceso-vinculacion,2023,todos,todos,todos,,"Formulario, sección 4.1",azul\n'
        'todas,acceso-vinculacion,2025,todos,todos,todos,66.67,"Dice ""meta""",añil\n'
        "07,otro-indicador,2025,1,todos,todos,1.50,Ñuble,\n"
        '08,acceso-vinculacion,2025,todos,todos,todos,71.00,"Encuesta, cierre",\n'
    )


# Lo calculado por el portal, lo que escribió una persona, y lo de otros años e indicadores.
MEZCLA = """indicador,anio,componente,region,desagregacion,categoria,estado,valor,version_regla
acceso-vinculacion,2025,todos,todas,todos,todos,no_medido,,
acceso-vinculacion,2025,1,todas,todos,todos,medido,70.00,acceso-vinculacion/1
acceso-vinculacion,2025,1,07,todos,todos,medido,66.00,acceso-vinculacion/1
acceso-vinculacion,2025,1,08,todos,todos,no_se_publica,,acceso-vinculacion/1
acceso-vinculacion,2024,1,07,todos,todos,medido,61.00,acceso-vinculacion/1
otro-indicador,2025,1,07,todos,todos,medido,5.00,otro-indicador/1
"""


def test_al_volver_a_medir_se_va_lo_calculado_que_ya_no_existe(imprenta: Imprenta) -> None:
    imprenta.poner(MEZCLA.encode())
    nueva = fila(region="08", componente="1", valor="80.00", estado="medido", version_regla="acceso-vinculacion/2")
    imprenta.publicacion.publicar([nueva], *MEDIDO)
    assert imprenta.mirar().decode().splitlines()[1:] == [
        "acceso-vinculacion,2025,todos,todas,todos,todos,no_medido,,",
        "acceso-vinculacion,2025,1,08,todos,todos,medido,80.00,acceso-vinculacion/2",
        "acceso-vinculacion,2024,1,07,todos,todos,medido,61.00,acceso-vinculacion/1",
        "otro-indicador,2025,1,07,todos,todos,medido,5.00,otro-indicador/1",
    ]


def test_lo_no_medido_oficial_se_reemplaza_solo_con_su_propia_medicion(imprenta: Imprenta) -> None:
    imprenta.poner(MEZCLA.encode())
    imprenta.publicacion.publicar([fila(valor="75.00", estado="medido")], *MEDIDO)
    assert "acceso-vinculacion,2025,todos,todas,todos,todos,medido,75.00," in imprenta.mirar().decode()


def test_un_ano_que_quedo_sin_nada_que_medir_pierde_sus_cifras_viejas(imprenta: Imprenta) -> None:
    imprenta.poner(MEZCLA.encode())
    imprenta.publicacion.publicar([], *MEDIDO)
    assert [(f["indicador"], f["anio"], f["estado"]) for f in filas_de(imprenta.mirar())] == [
        ("acceso-vinculacion", "2025", "no_medido"),
        ("acceso-vinculacion", "2024", "medido"),
        ("otro-indicador", "2025", "medido"),
    ]


def test_publicar_dos_veces_lo_mismo_no_cambia_nada(imprenta: Imprenta) -> None:
    imprenta.poner(ACTUAL.encode())
    imprenta.publicacion.publicar([fila(valor="66.67")], *MEDIDO)
    antes = imprenta.mirar()
    imprenta.publicacion.publicar([fila(valor="66.67")], *MEDIDO)
    assert imprenta.mirar() == antes


def test_si_no_hay_archivo_nace_con_las_columnas_de_siempre(imprenta: Imprenta) -> None:
    imprenta.publicacion.publicar([fila(valor="66.67")], *MEDIDO)
    assert imprenta.mirar().decode().splitlines()[0] == ",".join(COLUMNAS)
    assert filas_de(imprenta.mirar())[0]["valor"] == "66.67"


def test_las_columnas_de_siempre_son_las_del_archivo_publicado() -> None:
    encabezado = (RAIZ / "datos" / RUTA).read_text(encoding="utf-8").splitlines()[0]
    assert encabezado == ",".join(COLUMNAS)


@pytest.mark.parametrize(
    "mala",
    [
        fila(valor="1.00", correo="mipe@correo.example"),
        {**fila(), "region": ""},
        {"indicador": "acceso-vinculacion", "anio": "2025", "componente": "todos"},
        fila(2026),
        {**fila(), "indicador": "otro-indicador"},
    ],
)
def test_una_fila_que_no_calza_no_entra_ni_ella_ni_las_otras(imprenta: Imprenta, mala: Mapping[str, str]) -> None:
    imprenta.poner(ACTUAL.encode())
    with pytest.raises(FilaImposible) as rechazo:
        imprenta.publicacion.publicar([fila(region="08", valor="71.00"), mala], *MEDIDO)
    assert "mipe@" not in str(rechazo.value)
    assert imprenta.mirar() == ACTUAL.encode()


def test_la_misma_clave_dos_veces_no_se_adivina() -> None:
    with pytest.raises(FilaImposible):
        combinar(ACTUAL.encode(), [fila(valor="1.00"), fila(valor="2.00")], *MEDIDO)


@pytest.mark.parametrize(
    "roto",
    [
        b"",
        b"\n\n",
        b"indicador,anio,componente\nx,2025,1\n",
        b"indicador,anio,componente,region,desagregacion,categoria,region\n",
        ACTUAL.encode("latin-1"),
        (ACTUAL + "07,otro,2025,1,1.50,\n").encode(),
        (ACTUAL + "07,otro,2025,1,1.50,,,\n").encode(),
        (ACTUAL + "07,otro-indicador,2025,1,9.99,,\n").encode(),
        (ACTUAL + '07,"otro').encode(),
    ],
)
def test_un_archivo_roto_no_se_pisa(imprenta_carpeta: Imprenta, roto: bytes) -> None:
    imprenta_carpeta.poner(roto)
    with pytest.raises(ArchivoIlegible):
        imprenta_carpeta.publicacion.publicar([fila(valor="1.00")], *MEDIDO)
    assert imprenta_carpeta.mirar() == roto


def test_la_marca_de_orden_que_deja_una_planilla_no_estorba() -> None:
    con_marca = combinar(b"\xef\xbb\xbf" + ACTUAL.replace("\n", "\r\n").encode(), [fila(valor="66.67")], *MEDIDO)
    assert con_marca == combinar(ACTUAL.encode(), [fila(valor="66.67")], *MEDIDO)


@pytest.mark.parametrize("donde", ["carpeta", "ministack"])
def test_varias_mediciones_a_la_vez_quedan_todas(request: pytest.FixtureRequest, donde: str) -> None:
    # moto no es atómico entre hilos: aquí no probaría nada.
    imprenta: Imprenta = request.getfixturevalue(f"imprenta_{donde}")
    imprenta.poner(ACTUAL.encode())
    salida = threading.Barrier(4)
    fallas: list[Exception] = []

    def publicar(numero: int) -> None:
        salida.wait()
        try:
            imprenta.otra().publicar([fila(region=f"{numero:02d}", valor=f"{numero}.00")], *MEDIDO)
        except Exception as falla:
            fallas.append(falla)

    hilos = [threading.Thread(target=publicar, args=(numero,)) for numero in range(1, 5)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert fallas == []
    regiones = {f["region"] for f in filas_de(imprenta.mirar())}
    assert regiones == {"todas", "07", "01", "02", "03", "04"}


def test_con_el_disco_lleno_queda_el_archivo_anterior(imprenta_carpeta: Imprenta) -> None:
    imprenta_carpeta.poner(ACTUAL.encode())
    antes = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20, antes[1]))
    try:
        with pytest.raises(PublicacionNoResponde, match="EFBIG"):
            imprenta_carpeta.publicacion.publicar([fila(valor="66.67")], *MEDIDO)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, antes)
    assert imprenta_carpeta.mirar() == ACTUAL.encode()


def test_en_la_carpeta_de_datos_no_queda_nada_mas(imprenta_carpeta: Imprenta, tmp_path: Path) -> None:
    imprenta_carpeta.poner(ACTUAL.encode())
    imprenta_carpeta.publicacion.publicar([fila(valor="66.67")], *MEDIDO)
    archivos = [a for a in (tmp_path / "datos").rglob("*") if a.is_file()]
    assert [a.name for a in archivos] == ["mediciones.csv"]
    assert archivos[0].stat().st_mode & 0o444 == 0o444


class S3Enfermo:
    """Un S3 que falla siempre igual."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def get_object(self, **_: object) -> Any:
        raise self._error


@pytest.mark.parametrize(
    "error",
    [
        ClientError({"Error": {"Code": "AccessDenied", "Message": "secreto"}}, "GetObject"),
        ConnectTimeoutError(endpoint_url="https://secreto"),
    ],
)
def test_una_falla_de_s3_se_puede_reintentar(error: Exception) -> None:
    with pytest.raises(PublicacionNoResponde) as falla:
        PublicacionS3(S3Enfermo(error), CUBETA).publicar([fila()], *MEDIDO)
    assert "secreto" not in str(falla.value)
    assert falla.value.__suppress_context__


class S3Disputado:
    """Un S3 donde siempre hay otro que escribe primero."""

    def __init__(self) -> None:
        self.escrituras = 0

    def get_object(self, **_: object) -> Any:
        return {"Body": io.BytesIO(ACTUAL.encode()), "ETag": '"a"'}

    def put_object(self, **pedido: object) -> Any:
        assert pedido["IfMatch"] == '"a"'
        self.escrituras += 1
        raise ClientError({"Error": {"Code": "PreconditionFailed", "Message": ""}}, "PutObject")


def test_si_siempre_gana_otro_se_rinde_sin_pisarlo() -> None:
    s3 = S3Disputado()
    with pytest.raises(PublicacionNoResponde):
        PublicacionS3(s3, CUBETA).publicar([fila(valor="1.00")], *MEDIDO)
    assert s3.escrituras == publicacion_s3.INTENTOS
