"""Una convocatoria estrecha y nunca ensancha: lo que admite tiene que calzar con el programa."""

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
    CATALOGO,
    CONVOCATORIAS,
    MAULE,
    RESERVAS,
    RIOS,
    VALPARAISO,
    falta_caso,
)

DENTRO = "escribe un número dentro de ese rango o deja la celda vacía"
NO_MAS = "bórralo: una convocatoria no puede admitir más que el programa"

# convocatoria, columna, lo que se escribe, qué está mal, cómo escribirlo
DE_LA_FILA = [
    (
        MAULE,
        "ventas_minimas_uf",
        "199.99",
        "199,99 UF queda fuera de lo que admite el programa, de 200 UF a 2.400 UF",
        DENTRO,
    ),
    (
        MAULE,
        "ventas_maximas_uf",
        "2400.01",
        "2.400,01 UF queda fuera de lo que admite el programa, de 200 UF a 2.400 UF",
        DENTRO,
    ),
    (
        BIOBIO,
        "ventas_minimas_uf",
        "1200.5",
        "el máximo (1.200 UF) es menor que el mínimo (1.200,5 UF)",
        "escribe 1200.5 o más",
    ),
    (ARAUCANIA, "antiguedad_minima_anios", "11", "el máximo (10) es menor que el mínimo (11)", "escribe 11 o más"),
    (MAULE, "actividades_admitidas", "F", "«F» es de construcción, que el programa no atiende", NO_MAS),
    (MAULE, "actividades_admitidas", "C|05", "«05» es de minería, que el programa no atiende", NO_MAS),
    (MAULE, "actividades_admitidas", "011101", "«011101» es de agricultura, que el programa no atiende", NO_MAS),
    (
        MAULE,
        "actividades_admitidas",
        "H",
        "«H» es de transporte, que el programa no atiende",
        "bórralo; solo puedes nombrar 52 y 53, que revisa una persona",
    ),
    (
        MAULE,
        "actividades_admitidas",
        "107101",
        "«107101» no es un código de actividades.csv",
        "escribe «107901» o bórralo",
    ),
    (MAULE, "actividades_admitidas", "34", "«34» no es una división de secciones.csv", "corrígelo o bórralo"),
    (
        MAULE,
        "actividades_admitidas",
        "C|10",
        "«10» ya está dentro de «C»",
        "borra «C» si quieres estrechar, o «10» si no",
    ),
    (
        MAULE,
        "actividades_admitidas",
        "107100|10",
        "«107100» ya está dentro de «10»",
        "borra «10» si quieres estrechar, o «107100» si no",
    ),
    (MAULE, "actividades_admitidas", "C|C", "«C» está dos veces", "déjalo una sola vez"),
    (
        RIOS,
        "comunas_admitidas",
        "14101|09101",
        "Temuco (09101) es de la región 09, que no está admitida",
        "bórrala o agrega su región a regiones_admitidas",
    ),
    (
        MAULE,
        "comunas_admitidas",
        "07199",
        "«07199» no existe en parametros/comunas.csv",
        "escribe «07109» o agrega primero esa fila en parametros/comunas.csv",
    ),
    (
        MAULE,
        "permite_repetir",
        "si",
        "las bases no dicen que se puede volver a participar",
        f"agrega en bases/{MAULE}.md: «Puedes volver a participar, aunque ya lo hiciste una vez en este componente.»",
    ),
    (
        CATALOGO,
        "permite_repetir",
        "no",
        "las bases dicen que se puede volver a participar y la fila no",
        f"escribe «si» o quita esa frase de bases/{CATALOGO}.md",
    ),
    (
        VALPARAISO,
        "evaluadores",
        "2",
        "se elige por orden de llegada y dice «evaluadores»",
        "deja la celda vacía o cambia modo_seleccion a «puntaje»",
    ),
    (
        VALPARAISO,
        "a_ciegas",
        "si",
        "se elige por orden de llegada y dice «a_ciegas»",
        "deja la celda vacía o cambia modo_seleccion a «puntaje»",
    ),
    (
        VALPARAISO,
        "postulaciones_maximas",
        "3",
        "se reciben 3 postulaciones y hay 4 cupos: sobrarían",
        "escribe 4 o más, o deja la celda vacía",
    ),
]


@pytest.mark.parametrize(("convocatoria", "columna", "escrito", "que", "como"), DE_LA_FILA)
def test_lo_que_ensancha_o_no_calza_se_dice_con_su_lugar(
    copia: Copia, convocatoria: str, columna: str, escrito: str, que: str, como: str
) -> None:
    fila = copia.celda(CONVOCATORIAS, convocatoria, columna, escrito)
    columna = columna.replace("minima", "maxima") if que.startswith("el máximo") else columna
    assert problemas_de(copia.carpeta) == [Problema(CONVOCATORIAS, fila, columna, que, como)]


def test_un_perfil_que_las_bases_no_dicen_se_dice(copia: Copia) -> None:
    copia.reescribir(f"convocatorias/bases/{ARICA}.md", lambda t: t.replace("liderados por mujeres", "nuevos"))
    que = "las bases no dicen que es para negocios liderados por mujeres"
    como = f"agrega en bases/{ARICA}.md: «Negocios liderados por mujeres.»"
    fila = copia.numero(CONVOCATORIAS, ARICA)
    assert problemas_de(copia.carpeta) == [Problema(CONVOCATORIAS, fila, "perfil", que, como)]


@pytest.mark.parametrize(
    ("convocatoria", "columna", "escrito"),
    [
        (VALPARAISO, "postulaciones_maximas", "4"),
        (VALPARAISO, "a_ciegas", "no"),
        (MAULE, "evaluadores", "1"),
        (MAULE, "permite_repetir", "no"),
    ],
)
def test_lo_que_queda_justo_en_el_borde_pasa(copia: Copia, convocatoria: str, columna: str, escrito: str) -> None:
    copia.celda(CONVOCATORIAS, convocatoria, columna, escrito)
    assert problemas_de(copia.carpeta) == []


def test_el_rango_del_programa_escrito_en_la_fila_pasa_pero_pide_su_caso(copia: Copia) -> None:
    fila = copia.celda(CONVOCATORIAS, MAULE, "ventas_minimas_uf", "200")
    hallados = problemas_de(copia.carpeta)
    assert hallados == [falta_caso(fila, MAULE, "ventas_minimas_uf", "ventas")]


def test_se_estrecha_contra_el_programa_del_dia_de_la_publicacion(copia: Copia) -> None:
    copia.celda("parametros/parametros.csv", "ventas_maximas_uf", "vigente_hasta", "2026-10-31")
    copia.agregar(
        "parametros/parametros.csv",
        clave="ventas_maximas_uf",
        valor="1000",
        unidad="UF",
        vigente_desde="2026-11-01",
        vigente_hasta="",
    )
    copia.quitar(CASOS, "regla", "ventas")
    hallados = problemas_de(copia.carpeta)
    # Biobío se publicó antes y sigue con sus 1.200 UF; Antofagasta, después, admite desde 400.
    assert not [p for p in hallados if "fuera de lo que admite" in p.que]
    copia.celda(CONVOCATORIAS, ANTOFAGASTA, "ventas_minimas_uf", "1000.01")
    que = "1.000,01 UF queda fuera de lo que admite el programa, de 200 UF a 1.000 UF"
    fila = copia.numero(CONVOCATORIAS, ANTOFAGASTA)
    assert Problema(CONVOCATORIAS, fila, "ventas_minimas_uf", que, DENTRO) in problemas_de(copia.carpeta)


def test_el_canal_y_el_plazo_del_recurso_pueden_faltar(copia: Copia) -> None:
    """Sin ellos se validan los datos igual: son las denegaciones las que no se pueden hacer."""
    copia.quitar("parametros/parametros.csv", "clave", "recurso_canal", "recurso_plazo_dias_habiles")
    assert problemas_de(copia.carpeta) == []


@pytest.mark.parametrize(
    ("columna", "escrito", "como"),
    [
        ("actividades_admitidas", "c, 10", "escribe «C|10»"),
        ("actividades_admitidas", "7100", "escribe «007100»"),
        ("actividades_admitidas", "Industria", "escribe, por ejemplo, «C|56|474100»"),
        ("comunas_admitidas", "7101;07102", "escribe «07101|07102»"),
        ("comunas_admitidas", "Talca", "escribe «07101»"),
        ("comunas_admitidas", "Talca, pichilemu; VIÑA DEL MAR", "escribe «07101|06201|05109»"),
        ("comunas_admitidas", "Talca|Villa Nada", "escribe, por ejemplo, «05101|05109»"),
        ("regiones_admitidas", "Maule|Ñuble", "escribe «07|16»"),
    ],
)
def test_una_lista_de_codigos_mal_escrita_se_propone_bien_escrita(
    copia: Copia, columna: str, escrito: str, como: str
) -> None:
    fila = copia.celda(CONVOCATORIAS, MAULE, columna, escrito)
    que = f"«{escrito}» no es una lista separada por «|»"
    assert problemas_de(copia.carpeta) == [Problema(CONVOCATORIAS, fila, columna, que, como)]


@pytest.mark.parametrize(
    ("archivo", "clave", "columna", "escrito", "propone"),
    [
        (RESERVAS, f"{ANTOFAGASTA}/de-antofagasta", "grupo", "mujeres", "«liderada_por_mujeres» ("),
        (CONVOCATORIAS, MAULE, "perfil", "Mujeres", "«liderada_por_mujeres» ("),
        (CONVOCATORIAS, MAULE, "comuna", "Talca", "«07101»"),
        (CONVOCATORIAS, MAULE, "region", "Maule", "«07»"),
        (CASOS, f"{RIOS}/de-santiago", "comuna", "ñuñoa", "«13120»"),
    ],
)
def test_lo_escrito_con_su_nombre_se_entiende(
    copia: Copia, archivo: str, clave: str, columna: str, escrito: str, propone: str
) -> None:
    fila = copia.celda(archivo, clave, columna, escrito)
    hallado = next(p for p in problemas_de(copia.carpeta) if (p.archivo, p.fila, p.columna) == (archivo, fila, columna))
    assert hallado.como.startswith(f"escribe {propone}")


def test_los_nombres_se_entienden_aunque_las_regiones_vengan_en_otro_orden_o_les_falten_celdas(copia: Copia) -> None:
    regiones = copia.tabla("parametros/regiones.csv")
    copia.escribir("parametros/regiones.csv", [*([f[1], f[0], *f[2:]] for f in regiones), ["Sola"]])
    fila = copia.celda(CONVOCATORIAS, MAULE, "region", "Maule")
    hallado = next(p for p in problemas_de(copia.carpeta) if (p.archivo, p.fila) == (CONVOCATORIAS, fila))
    assert (hallado.columna, hallado.como) == ("region", "escribe «07»")
