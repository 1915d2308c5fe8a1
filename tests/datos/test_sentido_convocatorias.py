"""Una convocatoria bien escrita también tiene que tener sentido: fechas, pauta, plata, situación y enmiendas."""

from datetime import date, timedelta

import pytest

from generador.problemas import Problema
from generador.validar import problemas_de
from tests.datos.copia import Copia

CONVOCATORIAS = "convocatorias/convocatorias.csv"
CRITERIOS = "convocatorias/criterios.csv"
HITOS = "convocatorias/hitos.csv"
ENMIENDAS = "convocatorias/enmiendas.csv"
DOCUMENTOS = "convocatorias/documentos.csv"
PARAMETROS = "parametros/parametros.csv"
MAULE = "2027-feria-maule-sabores-y-oficios"  # puntaje, con evento y dos enmiendas
NUBLE = "2026-feria-nuble-navidad-campesina"  # puntaje, sin evento ni enmiendas
RIOS = "2027-rueda-los-rios-mesa-del-sur"  # componente 2, por internet
CATALOGO = "2028-catalogo-hecho-en-regiones"  # por llegada, sin evento, abierta hasta 2028

# convocatoria, columna que se cambia, lo que se escribe, columna del problema, qué está mal, cómo escribirlo
FECHAS = [
    (
        CATALOGO,
        "publicacion",
        "2026-10-06",
        "apertura",
        "apertura es 2026-10-05T09:00 y publicacion es 2026-10-06",
        "la apertura va el mismo día de la publicación o después: escribe, por ejemplo, 2026-10-06T09:00",
    ),
    (
        CATALOGO,
        "apertura",
        "2028-06-30T18:00",
        "cierre",
        "cierre es 2028-06-30T18:00 y apertura es 2028-06-30T18:00",
        "el cierre va después de la apertura: escribe, por ejemplo, 2028-07-01T18:00",
    ),
    (
        CATALOGO,
        "actividad_inicio",
        "2028-06-30",
        "cierre",
        "cierre es 2028-06-30T18:00 y actividad_inicio es 2028-06-30",
        "la actividad empieza al menos un día después del cierre: escribe, por ejemplo, 2028-06-29T18:00",
    ),
    (
        CATALOGO,
        "resultados",
        "2028-06-29",
        "resultados",
        "resultados es 2028-06-29 y cierre es 2028-06-30T18:00",
        "los resultados se avisan después del cierre: escribe, por ejemplo, 2028-06-30",
    ),
    (
        CATALOGO,
        "resultados",
        "2028-08-02",
        "resultados",
        "resultados es 2028-08-02 y actividad_inicio es 2028-08-01",
        "los resultados se avisan antes de la actividad: escribe, por ejemplo, 2028-08-01",
    ),
    (
        CATALOGO,
        "actividad_termino",
        "2028-07-31",
        "actividad_termino",
        "actividad_termino es 2028-07-31 y actividad_inicio es 2028-08-01",
        "la actividad termina el día en que empieza o después: escribe, por ejemplo, 2028-08-01",
    ),
    (
        CATALOGO,
        "encuesta_cierre",
        "2028-08-31",
        "encuesta_cierre",
        "encuesta_cierre es 2028-08-31 y actividad_termino es 2028-08-31",
        "la encuesta cierra después de la actividad: escribe, por ejemplo, 2028-09-01",
    ),
    (
        CATALOGO,
        "cierre",
        "2028-04-01T23:30",
        "cierre",
        "esa hora ocurre dos veces en Chile: ese día se cambia la hora",
        "elige otra, por ejemplo 2028-04-01T12:00",
    ),
    (
        CATALOGO,
        "cierre",
        "2027-09-05T00:30",
        "cierre",
        "esa hora no existe en Chile: ese día se cambia la hora",
        "elige otra, por ejemplo 2027-09-05T12:00",
    ),
    (
        MAULE,
        "cierre",
        "2027-01-15T10:00",
        "cierre",
        "se reciben postulaciones cuando el evento ya empezó (2027-01-15T10:00)",
        "cierra antes del evento: escribe, por ejemplo, 2027-01-14T10:00",
    ),
    (
        MAULE,
        "actividad_inicio",
        "2027-01-16",
        "actividad_inicio",
        "dice 2027-01-16 y el evento 2027-01-15T10:00",
        "escribe 2027-01-15 o corrige la fila 2 de eventos.csv",
    ),
    (
        MAULE,
        "actividad_termino",
        "2027-01-16",
        "actividad_termino",
        "dice 2027-01-16 y el evento 2027-01-17T20:00",
        "escribe 2027-01-17 o corrige la fila 2 de eventos.csv",
    ),
]
DE_LA_FILA = [
    (
        NUBLE,
        "componente",
        "2",
        "tipo_actividad",
        "«feria» no es del componente 2",
        "se permite: encuentro_empresarial, rueda_de_negocios",
    ),
    (
        RIOS,
        "financiamiento",
        "cofinanciado",
        "financiamiento",
        "el componente 2 nunca es cofinanciado",
        "escribe «sercotec» o «fndr»",
    ),
    (
        RIOS,
        "cofinanciamiento_clp",
        "5000",
        "cofinanciamiento_clp",
        "hay aporte y la convocatoria no es cofinanciada",
        "deja la celda vacía",
    ),
    (
        NUBLE,
        "financiamiento",
        "cofinanciado",
        "cofinanciamiento_clp",
        "falta cuánto aporta la empresa",
        "escribe los pesos, por ejemplo 45000",
    ),
    (
        NUBLE,
        "situacion",
        "suspendida",
        "motivo_situacion",
        "falta por qué la situación es «suspendida»",
        "escribe el motivo en una frase",
    ),
    (
        NUBLE,
        "motivo_situacion",
        "Porque sí.",
        "motivo_situacion",
        "hay un motivo y la situación es «vigente»",
        "deja la celda vacía",
    ),
    (
        NUBLE,
        "comuna",
        "08101",
        "comuna",
        "Concepción es de la región 08 y la fila dice 16",
        "corrige la comuna o la región",
    ),
    (
        NUBLE,
        "comuna",
        "16999",
        "comuna",
        "«16999» no existe en parametros/comunas.csv",
        "escribe «16109» o agrega primero esa fila en parametros/comunas.csv",
    ),
    (NUBLE, "comuna", "", "comuna", "la modalidad es «presencial» y falta la comuna", "escribe dónde se hace"),
    (
        CATALOGO,
        "comuna",
        "13101",
        "comuna",
        "es por internet y tiene comuna",
        "deja la celda vacía o cambia la modalidad",
    ),
    (
        CATALOGO,
        "fecha_uf",
        "2024-12-31",
        "fecha_uf",
        "la UF es de 2024 y las ventas de 2025",
        "escribe 2025-12-31",
    ),
    (
        CATALOGO,
        "fecha_uf",
        "2025-12-30",
        "fecha_uf",
        "no está la UF del 2025-12-30",
        "agrégala en uf.csv o corrige la fecha",
    ),
    (
        NUBLE,
        "resumen",
        "Una frase corta. " + "puesto " * 26,
        "resumen",
        "una frase tiene 26 palabras",
        "divídela: hasta 25 palabras por frase",
    ),
    (NUBLE, "nota_minima", "7.5", "nota_minima", "7.5 queda fuera de la escala", "escribe una nota de 1 a 7"),
    (NUBLE, "nota_minima", "0.9", "nota_minima", "0.9 queda fuera de la escala", "escribe una nota de 1 a 7"),
    (
        CATALOGO,
        "nota_minima",
        "4.0",
        "nota_minima",
        "hay nota mínima y se elige por orden de llegada",
        "deja la celda vacía",
    ),
    (
        CATALOGO,
        "modo_seleccion",
        "puntaje",
        "modo_seleccion",
        "se elige por puntaje y no hay pauta",
        "agrega sus criterios en criterios.csv",
    ),
    (
        MAULE,
        "modalidad",
        "mixta",
        "modalidad",
        "dice «mixta» y el evento «presencial»",
        "deja lo mismo en los dos; el evento está en la fila 2 de eventos.csv",
    ),
    (
        MAULE,
        "tipo_actividad",
        "evento",
        "tipo_actividad",
        "dice «evento» y el evento «feria»",
        "deja lo mismo en los dos; el evento está en la fila 2 de eventos.csv",
    ),
]


@pytest.mark.parametrize(("clave", "columna", "escrito", "culpable", "que", "como"), FECHAS)
def test_una_fecha_fuera_de_orden_se_dice_con_las_dos_fechas(
    copia: Copia, clave: str, columna: str, escrito: str, culpable: str, que: str, como: str
) -> None:
    copia.quitar(HITOS, "convocatoria", clave)
    copia.quitar(ENMIENDAS, "convocatoria", clave)
    fila = copia.celda(CONVOCATORIAS, clave, columna, escrito)
    hallados = problemas_de(copia.carpeta)
    assert Problema(CONVOCATORIAS, fila, culpable, que, como) in hallados
    assert {(p.archivo, p.fila) for p in hallados} == {(CONVOCATORIAS, fila)}


@pytest.mark.parametrize(("clave", "columna", "escrito", "culpable", "que", "como"), DE_LA_FILA)
def test_una_convocatoria_sin_sentido_se_dice_con_su_lugar_y_nada_mas(
    copia: Copia, clave: str, columna: str, escrito: str, culpable: str, que: str, como: str
) -> None:
    fila = copia.celda(CONVOCATORIAS, clave, columna, escrito)
    assert problemas_de(copia.carpeta) == [Problema(CONVOCATORIAS, fila, culpable, que, como)]


def test_el_componente_y_la_region_calzan_con_los_del_evento(copia: Copia) -> None:
    fila = copia.celda("eventos/eventos.csv", "feria-sabores-y-oficios-2027", "componente", "2")
    como = f"deja lo mismo en los dos; el evento está en la fila {fila} de eventos.csv"
    esperado = Problema(
        CONVOCATORIAS, copia.numero(CONVOCATORIAS, MAULE), "componente", "dice «1» y el evento «2»", como
    )
    assert esperado in problemas_de(copia.carpeta)


def test_las_horas_de_apertura_validas_en_el_cambio_de_hora_pasan(copia: Copia) -> None:
    copia.quitar(HITOS, "convocatoria", CATALOGO)
    copia.celda(CONVOCATORIAS, CATALOGO, "cierre", "2028-04-01T22:59")
    copia.celda(CONVOCATORIAS, CATALOGO, "apertura", "2027-09-05T01:00")
    assert problemas_de(copia.carpeta) == []


@pytest.mark.parametrize(
    ("columna", "escrito"),
    [
        ("publicacion", "2026-10-05"),  # el mismo día de la apertura
        ("resultados", "2028-06-30"),  # el mismo día del cierre
        ("resultados", "2028-08-01"),  # el mismo día en que empieza la actividad
        ("cierre", "2028-07-14T23:59"),  # el mismo día de los resultados
        ("actividad_termino", "2028-08-01"),  # una actividad de un día
        ("encuesta_cierre", "2028-09-01"),  # el día después de la actividad
    ],
)
def test_los_bordes_permitidos_de_las_fechas_pasan(copia: Copia, columna: str, escrito: str) -> None:
    copia.quitar(HITOS, "convocatoria", CATALOGO)
    copia.celda(CONVOCATORIAS, CATALOGO, columna, escrito)
    assert problemas_de(copia.carpeta) == []


def test_una_etapa_puede_empezar_al_publicar_y_terminar_con_la_encuesta(copia: Copia) -> None:
    copia.celda(HITOS, f"{NUBLE}/revision", "inicio", "2026-10-05")
    copia.celda(HITOS, f"{NUBLE}/revision", "termino", "2027-01-08")
    assert problemas_de(copia.carpeta) == []


def test_una_enmienda_puede_salir_el_dia_de_la_publicacion(copia: Copia) -> None:
    copia.celda(ENMIENDAS, f"{MAULE}/1", "fecha", "2026-10-26")
    assert problemas_de(copia.carpeta) == []


@pytest.mark.parametrize("nota", ["1", "7.0"])
def test_la_nota_minima_puede_ser_la_mas_baja_o_la_mas_alta(copia: Copia, nota: str) -> None:
    copia.celda(CONVOCATORIAS, NUBLE, "nota_minima", nota)
    assert problemas_de(copia.carpeta) == []


def test_una_frase_de_veinticinco_palabras_pasa(copia: Copia) -> None:
    copia.celda(CONVOCATORIAS, NUBLE, "resumen", "feria " * 25)
    assert problemas_de(copia.carpeta) == []


def test_un_parametro_puede_cambiar_al_dia_siguiente_de_que_se_publica_la_ultima(copia: Copia) -> None:
    encabezado, *filas = copia.tabla(CONVOCATORIAS)
    ultima = max(fila[encabezado.index("publicacion")] for fila in filas)
    fila = copia.tabla(PARAMETROS)[copia.celda(PARAMETROS, "ventas_minimas_uf", "vigente_hasta", ultima) - 1]
    siguiente = (date.fromisoformat(ultima) + timedelta(days=1)).isoformat()
    nueva = dict(zip(copia.tabla(PARAMETROS)[0], fila, strict=True)) | {"vigente_desde": siguiente, "vigente_hasta": ""}
    copia.agregar(PARAMETROS, **nueva)
    assert problemas_de(copia.carpeta) == []


PAUTA = [
    ("ponderacion", "41", -1, f"las ponderaciones de «{NUBLE}» suman 101", "ajústalas para que sumen 100"),
    ("desempate", "2", 1, "el desempate 2 ya está en la fila {primera}", "cada criterio lleva un número distinto"),
    (
        "escala_maxima",
        "10",
        0,
        "la escala es de 1 a 10 y en los demás criterios de 1 a 7",
        "usa una sola escala en toda la pauta",
    ),
]


@pytest.mark.parametrize(("columna", "escrito", "corrida", "que", "como"), PAUTA)
def test_una_pauta_que_no_cuadra_se_dice(
    copia: Copia, columna: str, escrito: str, corrida: int, que: str, como: str
) -> None:
    primera = copia.celda(CRITERIOS, f"{NUBLE}/origen", columna, escrito)
    culpable = primera + (2 if corrida == -1 else corrida)
    assert problemas_de(copia.carpeta) == [Problema(CRITERIOS, culpable, columna, que.format(primera=primera), como)]


def test_una_escala_que_no_sube_se_dice(copia: Copia) -> None:
    for criterio in ("origen", "presentacion", "capacidad"):
        copia.celda(CRITERIOS, f"{NUBLE}/{criterio}", "escala_maxima", "1")
    fila = copia.numero(CRITERIOS, NUBLE, "origen")
    que, como = "la nota más alta no supera a la más baja", "escribe, por ejemplo, 7"
    assert problemas_de(copia.carpeta) == [Problema(CRITERIOS, fila, "escala_maxima", que, como)]


def test_una_pauta_en_una_convocatoria_por_llegada_se_dice(copia: Copia) -> None:
    fila = copia.agregar(CRITERIOS, convocatoria=CATALOGO)
    que = f"«{CATALOGO}» se elige por orden de llegada y no lleva pauta"
    como = "borra sus criterios o cambia modo_seleccion a «puntaje»"
    assert problemas_de(copia.carpeta) == [Problema(CRITERIOS, fila, "convocatoria", que, como)]


def test_una_convocatoria_sin_los_documentos_del_programa_se_dice(copia: Copia) -> None:
    copia.quitar(DOCUMENTOS, "documento", "f30", "deuda-tributaria")
    hallados = problemas_de(copia.carpeta)
    para = "(para natural, juridica, cooperativa)"
    que = f"en documentos.csv faltan para esta convocatoria: deuda-tributaria {para}; f30 {para}"
    como = "agrega una fila por cada uno; prueban los requisitos, según matriz.csv"
    assert hallados[0] == Problema(CONVOCATORIAS, 2, "id", que, como)
    assert len(hallados) == len(copia.tabla(CONVOCATORIAS)) - 1


ENMENDADAS = [
    ("3", "numero", "4", "numero", "la enmienda es la 4 y falta la 3", "escribe 3; se numeran 1, 2, 3… sin saltos"),
    (
        "2",
        "campo",
        "cierres",
        "campo",
        "«cierres» no es una columna de convocatorias.csv",
        "escribe su nombre o «bases»",
    ),
    (
        "2",
        "despues",
        "2026-12-08T15:00",
        "despues",
        "dice «2026-12-08T15:00» y la convocatoria dice «2026-12-07T15:00»",
        "deja lo mismo en los dos; la convocatoria está en la fila 2",
    ),
    (
        "2",
        "antes",
        "2026-12-07T15:00",
        "despues",
        "la enmienda no cambia nada",
        "escribe lo que dice ahora",
    ),
    (
        "1",
        "fecha",
        "2026-10-01",
        "fecha",
        "es anterior a la publicación (2026-10-26)",
        "antes de publicar no hay enmiendas: corrige la fecha o borra la fila",
    ),
]


@pytest.mark.parametrize(("numero", "columna", "escrito", "culpable", "que", "como"), ENMENDADAS)
def test_una_enmienda_que_no_calza_se_dice(
    copia: Copia, numero: str, columna: str, escrito: str, culpable: str, que: str, como: str
) -> None:
    fila = copia.celda(ENMIENDAS, f"{MAULE}/{numero}", columna, escrito)
    assert problemas_de(copia.carpeta) == [Problema(ENMIENDAS, fila, culpable, que, como)]


CALENDARIO = [
    ("revision", "termino", "2026-11-01", "la etapa termina antes de empezar", "escribe 2026-11-14 o un día posterior"),
    (
        "aviso",
        "inicio",
        "2026-12-03",
        "no calza con «resultados» de la convocatoria, que es 2026-12-04",
        "escribe 2026-12-04",
    ),
    (
        "postulacion",
        "termino",
        "2026-11-12",
        "no calza con «cierre» de la convocatoria, que es 2026-11-13T15:00",
        "escribe 2026-11-13",
    ),
    (
        "revision",
        "inicio",
        "2026-10-01",
        "la etapa empieza antes de publicar la convocatoria",
        "escribe 2026-10-05 o después",
    ),
    (
        "revision",
        "termino",
        "2027-02-01",
        "la etapa termina después del cierre de la encuesta",
        "escribe 2027-01-08 o antes",
    ),
]


@pytest.mark.parametrize(("hito", "columna", "escrito", "que", "como"), CALENDARIO)
def test_una_etapa_fuera_del_calendario_se_dice(
    copia: Copia, hito: str, columna: str, escrito: str, que: str, como: str
) -> None:
    fila = copia.celda(HITOS, f"{NUBLE}/{hito}", columna, escrito)
    assert problemas_de(copia.carpeta) == [Problema(HITOS, fila, columna, que, como)]


def test_una_convocatoria_anterior_a_sus_parametros_se_dice_una_vez(copia: Copia) -> None:
    copia.celda(PARAMETROS, "ventas_minimas_uf", "vigente_desde", "2026-10-01")
    fila = copia.numero(CONVOCATORIAS, "2026-feria-magallanes-fin-del-invierno")
    que = "el 2026-06-29 no rige ningún valor de: ventas_minimas_uf"
    como = "agrega ese valor en parametros.csv o corrige la fecha"
    assert problemas_de(copia.carpeta) == [Problema(CONVOCATORIAS, fila, "publicacion", que, como)]
