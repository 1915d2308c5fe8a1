"""La matriz dice a quién rige cada regla y con qué documento se acredita."""

import pytest

from generador.problemas import Problema
from generador.validar import problemas_de
from tests.datos.copia import Copia
from tests.datos.llamados import CONVOCATORIAS, MATRIZ, VALPARAISO

# fila de la matriz, columna, lo que se escribe, columna del problema, qué está mal, cómo escribirlo
DE_LA_MATRIZ = [
    (
        "natural/1/ventas",
        "quien_prueba",
        "",
        "quien_prueba",
        "la regla rige y falta quién la prueba",
        "escribe «postulante» o «sercotec»",
    ),
    (
        "natural/1/ventas_cooperativa",
        "documento",
        "f30",
        "documento",
        "la regla no rige y dice con qué se prueba",
        "deja la celda vacía",
    ),
    (
        "natural/1/ventas_cooperativa",
        "quien_prueba",
        "sercotec",
        "quien_prueba",
        "la regla no rige y dice con qué se prueba",
        "deja la celda vacía",
    ),
    (
        "natural/1/rendiciones",
        "documento",
        "f30",
        "documento",
        "la mira Sercotec y pide un documento",
        "deja la celda vacía",
    ),
    (
        "natural/1/ventas",
        "documento",
        "",
        "documento",
        "la prueba quien postula y falta con qué documento",
        "escríbelo como está en documentos.csv, por ejemplo carpeta-tributaria",
    ),
    (
        "emprendedor/2/sector",
        "rige",
        "con_inicio",
        "rige",
        "la regla «sector» no espera al inicio de actividades",
        "escribe «si» o «no»; «con_inicio» es solo para: ventas, antiguedad",
    ),
]


@pytest.mark.parametrize(("fila_de", "columna", "escrito", "columna_mala", "que", "como"), DE_LA_MATRIZ)
def test_una_fila_de_la_matriz_sin_sentido_se_dice(
    copia: Copia, fila_de: str, columna: str, escrito: str, columna_mala: str, que: str, como: str
) -> None:
    fila = copia.celda(MATRIZ, fila_de, columna, escrito)
    assert problemas_de(copia.carpeta) == [Problema(MATRIZ, fila, columna_mala, que, como)]


@pytest.mark.parametrize("fila_de", ["juridica/1/ventas", "emprendedor/2/antiguedad"])
def test_las_ventas_y_la_antiguedad_pueden_esperar_al_inicio_de_actividades(copia: Copia, fila_de: str) -> None:
    copia.celda(MATRIZ, fila_de, "rige", "con_inicio")
    assert [p for p in problemas_de(copia.carpeta) if p.archivo == MATRIZ] == []


def test_el_perfil_lo_acredita_lo_que_digan_las_bases_y_no_un_documento_de_la_matriz(copia: Copia) -> None:
    assert {f[4] for f in copia.tabla(MATRIZ) if f[2] == "perfil"} == {""}
    assert problemas_de(copia.carpeta) == []


def test_una_regla_que_no_dice_a_quien_rige_se_dice(copia: Copia) -> None:
    filas = copia.tabla(MATRIZ)
    copia.escribir(
        MATRIZ, [f for f in filas if f[:3] not in (["natural", "1", "sector"], ["cooperativa", "2", "sector"])]
    )
    que = "la regla «sector» no dice si rige para: natural 1, cooperativa 2"
    como = "agrega una fila por cada tipo de persona y componente que falta"
    assert problemas_de(copia.carpeta) == [Problema(MATRIZ, 0, "regla", que, como)]


def test_un_documento_de_la_matriz_sin_titulo_se_dice(copia: Copia) -> None:
    fila = copia.celda(MATRIZ, "emprendedor/2/territorio", "documento", "f31-emprendedor")
    que = "«f31-emprendedor» no existe en parametros/documentos.csv"
    como = "escribe «f30-emprendedor» o agrega primero esa fila en parametros/documentos.csv"
    assert problemas_de(copia.carpeta) == [Problema(MATRIZ, fila, "documento", que, como)]


def test_un_documento_nuevo_en_la_matriz_lo_tiene_que_pedir_cada_convocatoria(copia: Copia) -> None:
    copia.celda(MATRIZ, "emprendedor/2/territorio", "documento", "certificado-domicilio")
    copia.agregar("parametros/documentos.csv", documento="certificado-domicilio", titulo="Certificado de domicilio")
    que = "en documentos.csv faltan para esta convocatoria: certificado-domicilio (para emprendedor)"
    como = "agrega una fila por cada uno; prueban los requisitos, según matriz.csv"
    filas = [n for n, f in enumerate(copia.tabla(CONVOCATORIAS), 1) if f[2] == "2"]
    assert problemas_de(copia.carpeta) == [Problema(CONVOCATORIAS, n, "id", que, como) for n in filas]


def test_un_documento_que_se_pide_solo_a_otros_no_cuenta(copia: Copia) -> None:
    copia.celda("convocatorias/documentos.csv", f"{VALPARAISO}/f30", "tipos_persona", "natural|juridica")
    que = "en documentos.csv faltan para esta convocatoria: f30 (para cooperativa)"
    como = "agrega una fila por cada uno; prueban los requisitos, según matriz.csv"
    fila = copia.numero(CONVOCATORIAS, VALPARAISO)
    assert problemas_de(copia.carpeta) == [Problema(CONVOCATORIAS, fila, "id", que, como)]
