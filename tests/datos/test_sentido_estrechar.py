"""Una convocatoria estrecha y nunca ensancha: lo que admite, reserva, describe y muestra con casos tiene que calzar."""

from dataclasses import replace

import pytest

from generador.problemas import Problema
from generador.validar import problemas_de
from tests.datos.copia import Copia

CONVOCATORIAS = "convocatorias/convocatorias.csv"
RESERVAS = "convocatorias/reservas.csv"
DESCRIPTORES = "convocatorias/descriptores.csv"
CASOS = "convocatorias/casos.csv"
MATRIZ = "parametros/matriz.csv"
MAULE = "2027-feria-maule-sabores-y-oficios"  # puntaje, sin nada que estreche
VALPARAISO = "2027-feria-valparaiso-manos-de-mar"  # por llegada, cuatro cupos
RIOS = "2027-rueda-los-rios-mesa-del-sur"  # componente 2, solo dos regiones
ARICA = "2027-encuentro-arica-sabores-del-desierto"  # solo negocios liderados por mujeres
BIOBIO = "2027-feria-biobio-taller-abierto"  # siete comunas y hasta 1.200 UF
ARAUCANIA = "2027-feria-araucania-invierno-en-linea"  # giro principal, rubros, años, a ciegas y reserva
ANTOFAGASTA = "2027-rueda-antofagasta-proveer-al-norte"  # desde 400 UF, rubros y dos reservas
CATALOGO = "2028-catalogo-hecho-en-regiones"  # permite repetir
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
    assert hallados == [_falta_caso(fila, MAULE, "ventas_minimas_uf", "ventas")]


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


def _falta_caso(fila: int, convocatoria: str, columna: str, regla: str) -> Problema:
    que = f"ningún caso de «{convocatoria}» muestra a quién deja afuera esta columna"
    como = f"agrega en casos.csv uno de la regla «{regla}» que por esto no cumpla y sin esto sí"
    return Problema(CONVOCATORIAS, fila, columna, que, como)


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
    assert [_sin_la_fila(p) for p in hallados] == [_falta_caso(fila, convocatoria, c, regla) for c in columnas]
    pegadas = [p.como.partition(PEGAR)[2] for p in hallados]
    copia.reescribir(CASOS, lambda t: t + "".join(f"{pegada}\n" for pegada in pegadas))
    assert problemas_de(copia.carpeta) == []


def test_con_un_caso_mal_escrito_no_se_dice_ademas_que_falta(copia: Copia) -> None:
    copia.celda(CASOS, f"{RIOS}/de-santiago", "ventas_clp", "mucho")
    assert [(p.archivo, p.columna) for p in problemas_de(copia.carpeta)] == [(CASOS, "ventas_clp")]


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
