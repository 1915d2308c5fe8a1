"""Eventos, catálogo, indicadores, parámetros y preguntas bien escritos también tienen que tener sentido."""

import pytest

from generador.problemas import Problema
from generador.validar import problemas_de
from tests.datos.copia import Copia

EVENTOS = "eventos/eventos.csv"
PROGRAMA = "eventos/programa.csv"
EMPRESAS = "catalogos/empresas.csv"
MEDICIONES = "indicadores/mediciones.csv"
COBERTURA = "indicadores/cobertura.csv"
PARAMETROS = "parametros/parametros.csv"
PREGUNTAS = "convocatorias/preguntas.csv"
MAGALLANES = "feria-fin-del-invierno-2026"
ARICA = "acceso-vinculacion/2025/todos/15"
NOTA = "satisfaccion/2025/todos/todas/todos/todos"
ENTRE_RESPUESTAS = "vinculacion-entre-respuestas/2025/todos/todas/todos/todos"
FICHAS = "indicadores/fichas.csv"

# archivo, fila, columna que se cambia, lo que se escribe, columna del problema, qué está mal, cómo escribirlo
CASOS = [
    (
        EVENTOS,
        MAGALLANES,
        "situacion",
        "cancelado",
        "motivo_situacion",
        "falta por qué la situación es «cancelado»",
        "escribe el motivo en una frase",
    ),
    (
        EVENTOS,
        "rueda-mesa-del-sur-2027",
        "sede",
        "plaza-de-armas-de-talca",
        "sede",
        "es por internet y tiene sede",
        "deja la celda vacía o cambia la modalidad",
    ),
    (
        EVENTOS,
        MAGALLANES,
        "sede",
        "",
        "sede",
        "la modalidad es «presencial» y falta la sede",
        "escribe dónde se hace",
    ),
    (
        EVENTOS,
        MAGALLANES,
        "comuna",
        "12401",
        "comuna",
        "dice «12401» y su sede «12101»",
        "escribe «12101» o cambia la sede",
    ),
    (
        EVENTOS,
        MAGALLANES,
        "inicio",
        "2026-09-06T00:10",
        "inicio",
        "esa hora no existe en Chile: ese día se cambia la hora",
        "elige otra, por ejemplo 2026-09-06T12:00",
    ),
    (
        EVENTOS,
        MAGALLANES,
        "termino",
        "2026-09-11T10:00",
        "termino",
        "el evento termina antes de empezar",
        "escribe una hora posterior al inicio, por ejemplo 2026-09-11T11:00",
    ),
    (
        PROGRAMA,
        f"{MAGALLANES}/1",
        "inicio",
        "2026-09-11T09:59",
        "inicio",
        "queda fuera del evento, que va de 2026-09-11T10:00 a 2026-09-13T20:00",
        "escribe una hora dentro del evento, por ejemplo 2026-09-11T10:00",
    ),
    (
        EMPRESAS,
        "taller-el-horno",
        "retiro",
        "2026-11-02",
        "retiro",
        "retira el permiso el 2026-11-02, antes de darlo (2026-11-03)",
        "escribe una fecha posterior al permiso o deja la celda vacía",
    ),
    (
        EMPRESAS,
        "taller-el-horno",
        "comuna",
        "08101",
        "comuna",
        "Concepción es de la región 08 y la fila dice 07",
        "corrige la comuna o la región",
    ),
    (
        "catalogos/productos.csv",
        "cantaro-de-greda",
        "foto_alt",
        "Cántaro de greda, 2 litros.",
        "foto_alt",
        "repite el nombre del producto",
        "di qué se ve, por ejemplo «Frasco de vidrio con tapa»",
    ),
    (
        MEDICIONES,
        "acceso-vinculacion/2023",
        "numerador",
        "0",
        "numerador",
        "el estado es «no_medido» y hay un número",
        "deja la celda vacía: lo que no se midió no es cero",
    ),
    (
        MEDICIONES,
        "acceso-vinculacion/2023",
        "valor",
        "0",
        "valor",
        "el estado es «no_medido» y hay un número",
        "deja la celda vacía: lo que no se midió no es cero",
    ),
    (MEDICIONES, ARICA, "valor", "62.01", "valor", "31 de 50 es 62.00 y dice 62.01", "escribe 62.00"),
    (
        MEDICIONES,
        ARICA,
        "numerador",
        "",
        "numerador",
        "el estado es «medido» y falta este dato",
        "escríbelo, o pon «no_medido» en estado y deja vacíos los números",
    ),
    (
        MEDICIONES,
        ARICA,
        "tasa_respuesta",
        "",
        "tasa_respuesta",
        "39 de 50 es 78.00 y dice nada",
        "escribe 78.00",
    ),
    (
        MEDICIONES,
        ARICA,
        "respuestas",
        "51",
        "respuestas",
        "51 es mayor que quienes participaron, 50",
        "la parte no puede superar al total",
    ),
    (
        MEDICIONES,
        ARICA,
        "region",
        "17",
        "region",
        "«17» no es una región",
        "escribe su código de dos cifras o «todas»",
    ),
    (MEDICIONES, NOTA, "valor", "5.95", "valor", "14463 de 2428 es 5.96 y dice 5.95", "escribe 5.96"),
    (
        MEDICIONES,
        ENTRE_RESPUESTAS,
        "intervalo_desde",
        "82.00",
        "intervalo_desde",
        "dice 82.00 y el intervalo no es ese",
        "escribe 82.18",
    ),
    (
        MEDICIONES,
        ARICA,
        "intervalo_hasta",
        "70.00",
        "intervalo_hasta",
        "dice 70.00 y el intervalo no es ese",
        "deja la celda vacía",
    ),
    (
        MEDICIONES,
        ARICA,
        "desagregacion",
        "sexo",
        "categoria",
        "o las dos columnas dicen «todos» o ninguna",
        "escribe cuál de ellas es",
    ),
    (
        MEDICIONES,
        ARICA,
        "desagregacion",
        "sexo",
        "region",
        "solo se separa en los totales del país",
        "escribe «todas»",
    ),
    (
        FICHAS,
        "acceso-vinculacion",
        "preguntas",
        "alegria",
        "preguntas",
        "«alegria» no está en encuesta",
        "usa una clave de preguntas.csv",
    ),
    (
        FICHAS,
        "acceso-vinculacion",
        "valores",
        "quizas",
        "valores",
        "«quizas» no es una respuesta de «vinculacion»",
        "usa uno de sus valores",
    ),
    (
        FICHAS,
        "acceso-vinculacion",
        "valores",
        "",
        "valores",
        "«declara» necesita saber qué respuestas suman",
        "escribe los valores de la pregunta, o deja la celda vacía",
    ),
    (
        FICHAS,
        "satisfaccion",
        "preguntas",
        "ventas_tramo",
        "preguntas",
        "«ventas_tramo» no se responde con notas",
        "usa preguntas de nota",
    ),
    (
        FICHAS,
        "aumenta-redes",
        "preguntas",
        "reuniones",
        "preguntas",
        "«reuniones» no está en postulacion",
        "usa una clave de preguntas.csv",
    ),
    (
        FICHAS,
        "aumenta-redes",
        "universo",
        "participan",
        "universo",
        "solo se promedia o compara lo que alguien respondió",
        "escribe «responden»",
    ),
    (
        COBERTURA,
        "sobre-objetivo",
        "valor",
        "0.23",
        "valor",
        "la fórmula da 0.22 y dice 0.23",
        "escribe 0.22 o corrige la fórmula",
    ),
    *(
        (
            COBERTURA,
            "sobre-objetivo",
            "formula",
            formula,
            "formula",
            f"«{formula}» no se puede calcular",
            "usa números y + - * / ( )",
        )
        for formula in (
            "761 entre 343273",
            "1 / 0",
            "9**9**9",
            "__import__('os').getcwd()",
            "(" * 90 + "1",
            "True",
            "'a'",
        )
    ),
    (
        PARAMETROS,
        "ventas_minimas_uf",
        "valor",
        "2.400 UF",
        "valor",
        "«2.400 UF» no es un número",
        "escríbelo sin puntos de miles y con punto para los decimales, como 2400 o 2.5",
    ),
    (
        "parametros/secciones.csv",
        "D",
        "divisiones",
        "33-35",
        "divisiones",
        "la división 33 ya es de la sección C",
        "cada división va en una sola sección",
    ),
    (
        "parametros/actividades.csv",
        "011101",
        "seccion",
        "C",
        "seccion",
        "la división 01 es de la sección A",
        "corrige el código o la sección",
    ),
    (
        "parametros/actividades.csv",
        "011101",
        "codigo",
        "341101",
        "seccion",
        "la división 34 no está en secciones.csv",
        "corrige el código o la sección",
    ),
    (
        "parametros/secciones_excepciones.csv",
        "53",
        "division",
        "34",
        "division",
        "la división 34 no está en secciones.csv",
        "corrige el número",
    ),
    (
        "parametros/comunas.csv",
        "07102",
        "provincia",
        "072",
        "comuna",
        "el código 07102 no es de la provincia 072, región 07",
        "las dos primeras cifras son la región y las tres primeras la provincia",
    ),
    (
        "parametros/feriados.csv",
        "2026-12-25",
        "ambito",
        "99",
        "ambito",
        "«99» no es una región",
        "escribe «nacional» o el código de la región",
    ),
    (
        PREGUNTAS,
        "postulacion/3/sexo",
        "opciones",
        "",
        "opciones",
        "la pregunta es para elegir y no tiene opciones",
        "escríbelas como si=Sí|no=No",
    ),
    (
        PREGUNTAS,
        "postulacion/3/rut",
        "opciones",
        "a=A",
        "opciones",
        "una pregunta de tipo «rut» no lleva opciones",
        "deja la celda vacía",
    ),
    (
        PREGUNTAS,
        "postulacion/3/sexo",
        "opciones",
        "a=A|a=B",
        "opciones",
        "hay un valor repetido",
        "cada opción lleva un valor distinto antes del «=»",
    ),
    (
        PREGUNTAS,
        "encuesta/2/vinculacion",
        "opciones",
        "si=Sí|no=No",
        "opciones",
        "las reglas no entienden esos valores",
        "antes del «=» van: si, no, aun_no_se",
    ),
    (
        PREGUNTAS,
        "encuesta/2/vinculacion",
        "titulo",
        "¿Mejoró tu vinculación?",
        "titulo",
        "cambió la pregunta del indicador",
        "escribe «¿Mejoró tu capacidad de vinculación comercial?»",
    ),
    (
        PREGUNTAS,
        "postulacion/3/ventas",
        "tipo",
        "entero",
        "tipo",
        "las reglas no leen una respuesta de tipo «entero»",
        "escribe «plata»",
    ),
    (
        PREGUNTAS,
        "postulacion/3/inicio_fecha",
        "rasgo",
        "",
        "rasgo",
        "«inicio_fecha» depende de «antiguedad»",
        "escribe «antiguedad»",
    ),
    (
        PREGUNTAS,
        "postulacion/3/sexo",
        "rasgo",
        "perfil",
        "rasgo",
        "«sexo» se hace siempre",
        "deja la celda vacía",
    ),
    (
        PREGUNTAS,
        "encuesta/2/vinculacion",
        "rasgo",
        "perfil",
        "rasgo",
        "«vinculacion» se hace siempre",
        "deja la celda vacía",
    ),
    (
        PREGUNTAS,
        "postulacion/3/rut",
        "error_falta",
        "",
        "error_falta",
        "la pregunta es obligatoria y falta su mensaje",
        "di qué escribir, como «Escribe el RUT.»",
    ),
    (
        PREGUNTAS,
        "postulacion/3/rut",
        "error_formato",
        "",
        "error_formato",
        "falta qué decir si la respuesta no se entiende",
        "di cómo escribirla, con un ejemplo",
    ),
    (
        PREGUNTAS,
        "postulacion/3/lleva",
        "largo_maximo",
        "",
        "largo_maximo",
        "falta cuántas letras caben",
        "escribe un número, como 600",
    ),
    (
        PREGUNTAS,
        "postulacion/3/ventas",
        "titulo",
        "¿Cuánto vendiste en {anio}?",
        "titulo",
        "«{anio}» no se puede llenar",
        "usa solo {anio_ventas}",
    ),
    (
        PREGUNTAS,
        "postulacion/3/rut",
        "version",
        "4",
        "version",
        "la versión es 4 y en la fila 2 es 3",
        "todas las preguntas de un formulario llevan la misma",
    ),
    (
        PREGUNTAS,
        "postulacion/3/rut",
        "orden",
        "1",
        "orden",
        "el orden 1 ya está en la fila 2",
        "escribe otro número",
    ),
]


@pytest.mark.parametrize(("archivo", "clave", "columna", "escrito", "culpable", "que", "como"), CASOS)
def test_una_fila_sin_sentido_se_dice_con_su_lugar(
    copia: Copia, archivo: str, clave: str, columna: str, escrito: str, culpable: str, que: str, como: str
) -> None:
    fila = copia.celda(archivo, clave, columna, escrito)
    assert Problema(archivo, fila, culpable, que, como) in problemas_de(copia.carpeta)


def test_una_pregunta_que_usan_las_reglas_no_puede_faltar(copia: Copia) -> None:
    copia.quitar(PREGUNTAS, "clave", "rut")
    que = "al formulario «postulacion» le falta la pregunta «rut»"
    como = "vuelve a agregarla: las reglas la usan"
    assert problemas_de(copia.carpeta) == [Problema(PREGUNTAS, 0, "clave", que, como)]


def test_dos_vigencias_que_se_pisan_se_dicen(copia: Copia) -> None:
    primera = copia.numero(PARAMETROS, "nota_escala_maxima")
    fila = copia.agregar(PARAMETROS, clave="nota_escala_maxima", vigente_desde="2027-01-01")
    que = f"se pisa con la fila {primera}, que rige hasta siempre"
    como = "escribe en la anterior hasta qué día rige"
    assert problemas_de(copia.carpeta) == [Problema(PARAMETROS, fila, "vigente_desde", que, como)]


def test_dos_vigencias_seguidas_pasan(copia: Copia) -> None:
    copia.agregar(PARAMETROS, clave="nota_escala_maxima", vigente_desde="2027-01-01")
    copia.celda(PARAMETROS, "nota_escala_maxima", "vigente_hasta", "2026-12-31")
    assert problemas_de(copia.carpeta) == []


def test_una_vigencia_que_termina_antes_de_empezar_se_dice(copia: Copia) -> None:
    fila = copia.celda(PARAMETROS, "nota_escala_maxima", "vigente_hasta", "2024-12-31")
    que, como = "termina antes de empezar", "escribe 2025-01-01 o después"
    assert Problema(PARAMETROS, fila, "vigente_hasta", que, como) in problemas_de(copia.carpeta)


def _medir(copia: Copia, **valores: str) -> int:
    filas = copia.tabla(MEDICIONES)
    base = dict(zip(filas[0], filas[copia.numero(MEDICIONES, *ARICA.split("/")) - 1], strict=True))
    return copia.agregar(MEDICIONES, **{**base, "anio": "2026", **valores})


def _casos(numerador: str, todas: str, valor: str) -> dict[str, str]:
    cuentas = {"numerador": numerador, "denominador": todas, "participantes": todas, "respuestas": todas}
    return {**cuentas, "valor": valor, "tasa_respuesta": "100.00"}


def test_una_celda_de_diez_casos_no_se_publica(copia: Copia) -> None:
    fila = _medir(copia, **_casos("5", "10", "50.00"))
    que, como = "son 10 casos y se publica desde 11", "escribe «no_se_publica» en estado y deja vacíos los números"
    columnas = ("denominador", "participantes", "respuestas")
    assert problemas_de(copia.carpeta) == [Problema(MEDICIONES, fila, columna, que, como) for columna in columnas]


def test_con_pocas_respuestas_tampoco_aunque_participaran_muchas(copia: Copia) -> None:
    fila = _medir(copia, numerador="5", valor="10.00", respuestas="8", tasa_respuesta="16.00")
    que, como = "son 8 casos y se publica desde 11", "escribe «no_se_publica» en estado y deja vacíos los números"
    assert problemas_de(copia.carpeta) == [Problema(MEDICIONES, fila, "respuestas", que, como)]


def test_una_celda_de_once_casos_se_publica(copia: Copia) -> None:
    _medir(copia, **_casos("11", "11", "100.00"))
    assert problemas_de(copia.carpeta) == []


def test_una_sola_categoria_oculta_se_deduce_restando_del_total(copia: Copia) -> None:
    copia.quitar(MEDICIONES, "categoria", "otro")
    fila = copia.numero(MEDICIONES, "acceso-vinculacion", "2025", "todos", "todas", "sexo", "prefiere_no_informar")
    que = "se puede deducir restando las otras categorías del total"
    como = "oculta también otra categoría: escribe «no_se_publica» y deja vacíos sus números"
    assert Problema(MEDICIONES, fila, "estado", que, como) in problemas_de(copia.carpeta)


def test_una_sola_region_oculta_se_deduce_restando_del_total(copia: Copia) -> None:
    for region in ("02", "16", "10"):
        copia.quitar(MEDICIONES, "region", region)
    fila = copia.numero(MEDICIONES, "acceso-vinculacion", "2025", "todos", "11")
    que = "se puede deducir restando las otras regiones del total"
    como = "oculta también otra región: escribe «no_se_publica» y deja vacíos sus números"
    assert problemas_de(copia.carpeta) == [Problema(MEDICIONES, fila, "estado", que, como)]


PERMITIDOS = [
    (EMPRESAS, "taller-el-horno", {"retiro": "2026-11-03"}),  # se arrepiente el mismo día
    (PARAMETROS, "nota_escala_maxima", {"vigente_desde": "2026-06-29"}),  # rige desde el día de la primera publicación
    (MEDICIONES, ARICA, {"respuestas": "", "tasa_respuesta": ""}),  # no se sabe cuántas respondieron
    (MEDICIONES, ARICA, {"respuestas": "31", "tasa_respuesta": "62.00"}),  # todas las que respondieron dijeron que sí
    (MEDICIONES, ARICA, {"respuestas": "50", "tasa_respuesta": "100.00"}),  # respondieron todas
    (PROGRAMA, f"{MAGALLANES}/1", {"inicio": "2026-09-13T20:00"}),  # a la hora en que termina el evento
]


@pytest.mark.parametrize(("archivo", "clave", "cambios"), PERMITIDOS)
def test_los_bordes_permitidos_pasan(copia: Copia, archivo: str, clave: str, cambios: dict[str, str]) -> None:
    for columna, escrito in cambios.items():
        copia.celda(archivo, clave, columna, escrito)
    assert problemas_de(copia.carpeta) == []


def test_una_vigencia_puede_durar_un_dia_y_la_siguiente_empieza_al_otro(copia: Copia) -> None:
    copia.agregar(PARAMETROS, clave="nota_escala_maxima", vigente_desde="2025-01-02")
    copia.celda(PARAMETROS, "nota_escala_maxima", "vigente_hasta", "2025-01-01")
    assert problemas_de(copia.carpeta) == []


def test_dos_vigencias_que_comparten_un_dia_se_pisan(copia: Copia) -> None:
    fila = copia.agregar(PARAMETROS, clave="nota_escala_maxima", vigente_desde="2026-12-31")
    primera = copia.celda(PARAMETROS, "nota_escala_maxima", "vigente_hasta", "2026-12-31")
    que = f"se pisa con la fila {primera}, que rige hasta 2026-12-31"
    como = "escribe en la anterior hasta qué día rige"
    assert problemas_de(copia.carpeta) == [Problema(PARAMETROS, fila, "vigente_desde", que, como)]


def test_un_evento_al_reves_no_repite_el_error_en_su_programa(copia: Copia) -> None:
    copia.celda(EVENTOS, MAGALLANES, "termino", "2026-09-11T09:00")
    assert PROGRAMA not in {p.archivo for p in problemas_de(copia.carpeta)}


def test_si_el_total_no_se_publica_una_region_oculta_no_se_deduce(copia: Copia) -> None:
    for region in ("02", "16", "10"):
        copia.quitar(MEDICIONES, "region", region)
    copia.celda(MEDICIONES, "acceso-vinculacion/2025/todos/todas", "estado", "no_se_publica")
    for columna in ("numerador", "denominador", "valor", "participantes", "respuestas", "tasa_respuesta"):
        copia.celda(MEDICIONES, "acceso-vinculacion/2025/todos/todas", columna, "")
    assert problemas_de(copia.carpeta) == []


def test_con_una_fila_mal_escrita_no_se_cuentan_las_regiones_ocultas(copia: Copia) -> None:
    fila = copia.celda(MEDICIONES, "acceso-vinculacion/2025/todos/02", "anio", "dos mil")
    copia.quitar(MEDICIONES, "region", "16", "10")
    assert [(p.fila, p.columna) for p in problemas_de(copia.carpeta)] == [(fila, "anio")]


def test_un_minimo_de_casos_que_no_es_numero_se_dice_una_vez(copia: Copia) -> None:
    fila = copia.celda(PARAMETROS, "celda_minima_publicable", "valor", "once")
    assert [(p.archivo, p.fila, p.columna) for p in problemas_de(copia.carpeta)] == [(PARAMETROS, fila, "valor")]
