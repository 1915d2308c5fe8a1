"""Lo que una convocatoria reserva y lo que describe de su pauta tienen que calzar."""

import pytest

from generador.problemas import Problema
from generador.validar import problemas_de
from tests.datos.copia import Copia
from tests.datos.llamados import ANTOFAGASTA, ARAUCANIA, ARICA, BIOBIO, DESCRIPTORES, MAULE, RESERVAS, RIOS, VALPARAISO

# reserva, columna, lo que se escribe, columna del problema, qué está mal, cómo escribirlo
DE_LAS_RESERVAS = [
    (
        f"{ARAUCANIA}/cooperativas",
        "valor",
        "",
        "valor",
        "falta cuál: el grupo es «tipo_persona»",
        "escribe, por ejemplo, «cooperativa»",
    ),
    (
        f"{ARAUCANIA}/cooperativas",
        "valor",
        "emprendedor",
        "valor",
        "el componente 1 no admite «emprendedor»",
        "se permite: natural, juridica, cooperativa",
    ),
    (
        f"{ANTOFAGASTA}/lideradas-por-mujeres",
        "valor",
        "si",
        "valor",
        "el grupo «liderada_por_mujeres» no lleva valor",
        "deja la celda vacía",
    ),
    (
        f"{ANTOFAGASTA}/de-antofagasta",
        "valor",
        "2",
        "valor",
        "«2» no existe en parametros/regiones.csv",
        "escribe «12» o corrige el código",
    ),
    (
        f"{ANTOFAGASTA}/de-antofagasta",
        "valor",
        "Antofagasta",
        "valor",
        "«Antofagasta» no existe en parametros/regiones.csv",
        "escribe «02» o corrige el código",
    ),
    (
        f"{ANTOFAGASTA}/de-antofagasta",
        "grupo",
        "comuna",
        "valor",
        "«02» no existe en parametros/comunas.csv",
        "corrige el código",
    ),
    (
        f"{ANTOFAGASTA}/de-antofagasta",
        "cupos",
        "13",
        "cupos",
        "las reservas suman 17 y la convocatoria tiene 16 cupos",
        "baja alguna hasta que quepan",
    ),
]


@pytest.mark.parametrize(("reserva", "columna", "escrito", "columna_mala", "que", "como"), DE_LAS_RESERVAS)
def test_una_reserva_que_no_calza_se_dice(
    copia: Copia, reserva: str, columna: str, escrito: str, columna_mala: str, que: str, como: str
) -> None:
    fila = copia.celda(RESERVAS, reserva, columna, escrito)
    assert problemas_de(copia.carpeta) == [Problema(RESERVAS, fila, columna_mala, que, como)]


def test_las_reservas_pueden_llenar_todos_los_cupos(copia: Copia) -> None:
    copia.celda(RESERVAS, f"{ANTOFAGASTA}/de-antofagasta", "cupos", "12")
    assert problemas_de(copia.carpeta) == []


@pytest.mark.parametrize(
    ("convocatoria", "grupo", "valor", "columna", "que", "como"),
    [
        (
            RIOS,
            "region",
            "13",
            "valor",
            "la convocatoria no admite la región 13 (Metropolitana de Santiago)",
            "corrige el código o lo que admite la convocatoria",
        ),
        (
            BIOBIO,
            "comuna",
            "08301",
            "valor",
            "la convocatoria no admite la comuna 08301 (Los Angeles)",
            "corrige el código o lo que admite la convocatoria",
        ),
        (
            ARICA,
            "liderada_por_mujeres",
            "",
            "grupo",
            "toda la convocatoria es para negocios liderados por mujeres",
            "borra la reserva: no cambia nada",
        ),
        (
            ANTOFAGASTA,
            "region",
            "02",
            "valor",
            "reserva para lo mismo que la fila 3",
            "junta sus cupos en una sola fila",
        ),
    ],
)
def test_una_reserva_para_quien_no_puede_postular_o_repetida_se_dice(
    copia: Copia, convocatoria: str, grupo: str, valor: str, columna: str, que: str, como: str
) -> None:
    fila = copia.agregar(RESERVAS, convocatoria=convocatoria, reserva="otra", cupos="1", grupo=grupo, valor=valor)
    assert problemas_de(copia.carpeta) == [Problema(RESERVAS, fila, columna, que, como)]


@pytest.mark.parametrize(
    ("convocatoria", "grupo", "valor"),
    [
        (RIOS, "region", "10"),
        (BIOBIO, "comuna", "08101"),
        (BIOBIO, "region", "08"),
        (RIOS, "tipo_persona", "emprendedor"),
    ],
)
def test_una_reserva_para_quien_puede_postular_pasa(copia: Copia, convocatoria: str, grupo: str, valor: str) -> None:
    copia.agregar(RESERVAS, convocatoria=convocatoria, reserva="otra", cupos="1", grupo=grupo, valor=valor)
    assert problemas_de(copia.carpeta) == []


@pytest.mark.parametrize(
    ("columna", "escrito", "que", "como"),
    [
        ("nota", "8", "la nota 8 queda fuera de la escala", "escribe una de 1 a 7"),
        ("nota", "0", "la nota 0 queda fuera de la escala", "escribe una de 1 a 7"),
        (
            "criterio",
            "orijen",
            f"la pauta de «{MAULE}» no tiene el criterio «orijen»",
            "escribe «origen» (capacidad, origen, presentacion)",
        ),
        (
            "convocatoria",
            VALPARAISO,
            f"la pauta de «{VALPARAISO}» no tiene el criterio «origen»",
            "borra la fila",
        ),
    ],
)
def test_un_descriptor_que_no_calza_con_la_pauta_se_dice(
    copia: Copia, columna: str, escrito: str, que: str, como: str
) -> None:
    fila = copia.celda(DESCRIPTORES, f"{MAULE}/origen/4", columna, escrito)
    columna = "criterio" if columna == "convocatoria" else columna
    assert problemas_de(copia.carpeta) == [Problema(DESCRIPTORES, fila, columna, que, como)]


@pytest.mark.parametrize(("borradas", "faltan"), [("1", "1"), ("7", "7"), ("17", "1 y en la 7")])
def test_un_criterio_sin_describir_sus_extremos_se_dice(copia: Copia, borradas: str, faltan: str) -> None:
    filas = copia.tabla(DESCRIPTORES)
    copia.escribir(DESCRIPTORES, [f for f in filas if f[:2] != [MAULE, "origen"] or f[2] not in borradas])
    que = f"en descriptores.csv falta qué se ve en la nota {faltan}"
    como = "agrega una fila por cada nota, al menos la más baja y la más alta"
    fila = copia.numero("convocatorias/criterios.csv", MAULE, "origen")
    assert problemas_de(copia.carpeta) == [Problema("convocatorias/criterios.csv", fila, "criterio", que, como)]


def test_describir_solo_los_extremos_pasa(copia: Copia) -> None:
    copia.quitar(DESCRIPTORES, "nota", "4")
    assert problemas_de(copia.carpeta) == []
