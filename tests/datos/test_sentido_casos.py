"""Lo que una convocatoria estrecha se muestra con casos, y las reglas responden lo que el caso dice."""

from dataclasses import replace

import pytest

from generador.problemas import Problema
from generador.validar import problemas_de
from tests.datos.copia import Copia
from tests.datos.llamados import (
    ANTOFAGASTA,
    ARAUCANIA,
    ARICA,
    BIOBIO,
    CASOS,
    CONVOCATORIAS,
    MAULE,
    RIOS,
    falta_caso,
)

# caso, columna, lo que se escribe, columna del problema, qué está mal, cómo escribirlo
DE_LOS_CASOS = [
    (
        f"{MAULE}/cooperativa-en-el-tope",
        "resultado",
        "cumple",
        "resultado",
        "la regla «ventas_cooperativa» responde «no_cumple» (ve: 2.400,00 UF por asociado) y el caso dice «cumple»",
        "escribe «no_cumple» o corrige los datos del caso",
    ),
    (
        f"{MAULE}/bajo-200-uf",
        "ventas_clp",
        "7945592",
        "resultado",
        "la regla «ventas» responde «cumple» (ve: 200,00 UF) y el caso dice «no_cumple»",
        "escribe «cumple» o corrige los datos del caso",
    ),
    (
        f"{RIOS}/sin-ventas-que-mirar",
        "inicio_actividades",
        "primera",
        "resultado",
        "la regla «ventas» responde «falta_dato» (falta: ventas_clp) y el caso dice «no_rige»",
        "escribe «falta_dato» o llena ventas_clp",
    ),
    (
        f"{MAULE}/vendio-200-uf",
        "tipo_persona",
        "cooperativa",
        "resultado",
        "la regla «ventas» responde «no_rige» (en matriz.csv no rige para «cooperativa» en el componente 1)"
        " y el caso dice «cumple»",
        "escribe «no_rige» o corrige los datos del caso",
    ),
    (
        f"{MAULE}/solo-campo",
        "otras_actividades",
        "",
        "resultado",
        "la regla «sector» responde «falta_dato» (ve: código 011101; falta: otras_actividades)"
        " y el caso dice «no_cumple»",
        "escribe «falta_dato» o llena otras_actividades",
    ),
    (
        f"{MAULE}/solo-campo",
        "actividad",
        "",
        "resultado",
        "la regla «sector» responde «falta_dato» (falta: actividad) y el caso dice «no_cumple»",
        "escribe «falta_dato» o llena actividad",
    ),
    (
        f"{MAULE}/vendio-200-uf",
        "regla",
        "perfil",
        "resultado",
        "la regla «perfil» responde «no_rige» (la convocatoria no pide perfil) y el caso dice «cumple»",
        "escribe «no_rige» o corrige los datos del caso",
    ),
    (
        f"{MAULE}/solo-campo",
        "actividad",
        "011199",
        "actividad",
        "«011199» no existe en parametros/actividades.csv",
        "escribe «011109» o corrige el código",
    ),
    (
        f"{MAULE}/solo-campo",
        "otras_actividades",
        "107100|999999",
        "otras_actividades",
        "«999999» no existe en parametros/actividades.csv",
        "corrige el código",
    ),
    (
        f"{RIOS}/de-santiago",
        "comuna",
        "13199",
        "comuna",
        "«13199» no existe en parametros/comunas.csv",
        "escribe «13129» o agrega primero esa fila en parametros/comunas.csv",
    ),
]


@pytest.mark.parametrize(("caso", "columna", "escrito", "columna_mala", "que", "como"), DE_LOS_CASOS)
def test_un_caso_que_las_reglas_responden_distinto_se_dice(
    copia: Copia, caso: str, columna: str, escrito: str, columna_mala: str, que: str, como: str
) -> None:
    fila = copia.celda(CASOS, caso, columna, escrito)
    assert problemas_de(copia.carpeta) == [Problema(CASOS, fila, columna_mala, que, como)]


PEGAR = ". Puedes pegar esta fila: "


def _sin_la_fila(problema: Problema) -> Problema:
    return replace(problema, como=problema.como.partition(PEGAR)[0])


@pytest.mark.parametrize(
    ("convocatoria", "borrados", "columnas", "regla"),
    [
        (RIOS, ["de-santiago"], ["regiones_admitidas"], "territorio"),
        (BIOBIO, ["de-los-angeles"], ["comunas_admitidas"], "territorio"),
        (BIOBIO, ["sobre-1200-uf"], ["ventas_maximas_uf"], "ventas"),
        (ANTOFAGASTA, ["bajo-400-uf"], ["ventas_minimas_uf"], "ventas"),
        (ANTOFAGASTA, ["panaderia"], ["actividades_admitidas"], "sector"),
        (ARAUCANIA, ["restaurante", "restaurante-que-hace-pan"], ["actividades_admitidas", "giro"], "sector"),
        (ARAUCANIA, ["restaurante-que-hace-pan"], ["giro"], "sector"),
        (ARAUCANIA, ["le-falta-un-dia"], ["antiguedad_minima_anios"], "antiguedad"),
        (ARAUCANIA, ["once-anios"], ["antiguedad_maxima_anios"], "antiguedad"),
        (ARICA, ["no-lo-lidera-una-mujer"], ["perfil"], "perfil"),
    ],
)
def test_lo_que_estrecha_sin_un_caso_que_lo_muestre_se_dice(
    copia: Copia, convocatoria: str, borrados: list[str], columnas: list[str], regla: str
) -> None:
    filas = copia.tabla(CASOS)
    copia.escribir(CASOS, [f for f in filas if f[0] != convocatoria or f[1] not in borrados])
    fila = copia.numero(CONVOCATORIAS, convocatoria)
    hallados = problemas_de(copia.carpeta)
    assert [_sin_la_fila(p) for p in hallados] == [falta_caso(fila, convocatoria, c, regla) for c in columnas]
    pegadas = [p.como.partition(PEGAR)[2] for p in hallados]
    copia.reescribir(CASOS, lambda t: t + "".join(f"{pegada}\n" for pegada in pegadas))
    assert problemas_de(copia.carpeta) == []


def test_con_un_caso_mal_escrito_no_se_dice_ademas_que_falta(copia: Copia) -> None:
    copia.celda(CASOS, f"{RIOS}/de-santiago", "ventas_clp", "mucho")
    assert [(p.archivo, p.columna) for p in problemas_de(copia.carpeta)] == [(CASOS, "ventas_clp")]
