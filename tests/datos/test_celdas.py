"""Una celda mal escrita se dice con su archivo, fila y columna, qué está mal y cómo escribirla."""

import pytest

from generador.problemas import Problema
from generador.validar import problemas_de
from tests.datos.copia import Copia

CONVOCATORIAS = "convocatorias/convocatorias.csv"
DOCUMENTOS = "convocatorias/documentos.csv"
EMPRESAS = "catalogos/empresas.csv"
PRODUCTOS = "catalogos/productos.csv"
NUBLE = "2026-feria-nuble-navidad-campesina"
RIOS = "2027-rueda-los-rios-mesa-del-sur"
CANTARO = "cantaro-de-greda"

# archivo, fila, columna, lo que se escribe, qué está mal, cómo escribirlo
CASOS = [
    (CONVOCATORIAS, NUBLE, "nombre", "", "falta este dato", "escribe, por ejemplo, «Feria de verano de Talca»"),
    (CONVOCATORIAS, NUBLE, "nombre", "x" * 91, "el texto tiene 91 letras", "acórtalo hasta 90"),
    (CONVOCATORIAS, NUBLE, "componente", "3", "«3» no está en la lista", "se permite: 1, 2"),
    (
        CONVOCATORIAS,
        NUBLE,
        "modalidad",
        "Presencial",
        "«Presencial» no está en la lista",
        "escribe «presencial» (se permite: presencial, virtual, mixta)",
    ),
    (CONVOCATORIAS, NUBLE, "region", "8", "«8» no se escribe así", "escribe «08»"),
    (
        CONVOCATORIAS,
        NUBLE,
        "oficina",
        "dirección Ñuble",
        "«dirección Ñuble» no se escribe así",
        "escribe «direccion-nuble»",
    ),
    (CONVOCATORIAS, NUBLE, "cupos", "1.000", "«1.000» no es un número entero", "escribe «1000»"),
    (CONVOCATORIAS, NUBLE, "cupos", "40,0", "«40,0» no es un número entero", "escribe «40»"),
    (CONVOCATORIAS, NUBLE, "cupos", "muchos", "«muchos» no es un número entero", "escribe, por ejemplo, «40»"),
    (CONVOCATORIAS, NUBLE, "cupos", "1_0", "«1_0» no es un número entero", "escribe, por ejemplo, «40»"),
    (CONVOCATORIAS, NUBLE, "cupos", "٢", "«٢» no es un número entero", "escribe, por ejemplo, «40»"),
    (CONVOCATORIAS, NUBLE, "cupos", "0", "0 es muy poco", "escribe un número desde 1"),
    (CONVOCATORIAS, NUBLE, "horas_oferta", "500", "500 es demasiado", "escribe un número hasta 240"),
    (
        CONVOCATORIAS,
        NUBLE,
        "nota_minima",
        "4,0",
        "«4,0» no es un número con punto para los decimales",
        "escribe «4.0»",
    ),
    (
        CONVOCATORIAS,
        NUBLE,
        "publicacion",
        "05-10-2026",
        "«05-10-2026» no es una fecha con año, mes y día",
        "escribe «2026-10-05»",
    ),
    (
        CONVOCATORIAS,
        NUBLE,
        "publicacion",
        "5 de octubre",
        "«5 de octubre» no es una fecha con año, mes y día",
        "escribe, por ejemplo, «2026-10-26»",
    ),
    (
        CONVOCATORIAS,
        NUBLE,
        "publicacion",
        "2026-10-5",
        "«2026-10-5» no es una fecha con año, mes y día",
        "escribe «2026-10-05»",
    ),
    (
        CONVOCATORIAS,
        NUBLE,
        "publicacion",
        "2026-02-30",
        "«2026-02-30» no es una fecha con año, mes y día",
        "escribe, por ejemplo, «2026-10-26»",
    ),
    (
        CONVOCATORIAS,
        NUBLE,
        "cierre",
        "13/11/2026 15.00",
        "«13/11/2026 15.00» no es un día con hora",
        "escribe «2026-11-13T15:00»",
    ),
    (CONVOCATORIAS, NUBLE, "cierre", "2026-11-13", "«2026-11-13» no es un día con hora", "escribe «2026-11-13T15:00»"),
    (CONVOCATORIAS, NUBLE, "demostracion", "Sí", "«Sí» no es «si» ni «no»", "escribe «si»"),
    (CONVOCATORIAS, NUBLE, "demostracion", "FALSO", "«FALSO» no es «si» ni «no»", "escribe «no»"),
    (
        CONVOCATORIAS,
        NUBLE,
        "demostracion",
        "quizás",
        "«quizás» no es «si» ni «no»",
        "escribe, por ejemplo, «si»",
    ),
    (
        CONVOCATORIAS,
        RIOS,
        "regiones_admitidas",
        "14,10",
        "«14,10» no es una lista separada por «|»",
        "escribe «14|10»",
    ),
    (
        DOCUMENTOS,
        f"{NUBLE}/acredita-asociados",
        "tipos_persona",
        "cooperativas, jurídica",
        "«cooperativas, jurídica» no es una lista de valores permitidos",
        "escribe «cooperativa|juridica» (se permite: natural, juridica, cooperativa, emprendedor)",
    ),
    (
        DOCUMENTOS,
        f"{NUBLE}/f30",
        "sitio",
        "www.dt.gob.cl",
        "«www.dt.gob.cl» no se escribe así",
        "escribe «https://www.dt.gob.cl»",
    ),
    (
        EMPRESAS,
        "taller-el-horno",
        "persona",
        "natural",
        "los datos de una persona natural no se guardan en estas tablas, que quedan para siempre en la historia",
        "borra la fila: esa persona publica sus productos desde la página de su postulación",
    ),
    (PRODUCTOS, CANTARO, "precio_clp", "$18.000", "«$18.000» no es un número entero", "escribe «18000»"),
    (
        PRODUCTOS,
        CANTARO,
        "id",
        "Cántaro de Greda",
        "«Cántaro de Greda» no se escribe así",
        "escribe «cantaro-de-greda»",
    ),
    (
        PRODUCTOS,
        CANTARO,
        "dibujo",
        "cántaros",
        "«cántaros» no está en la lista",
        "escribe «cantaro» (se permite: mermelada, queso, cantaro, canasto, cucharas, lana, textil, pan)",
    ),
    (
        PRODUCTOS,
        CANTARO,
        "foto_alt",
        "",
        "falta este dato",
        "escribe, por ejemplo, «Dibujo de un cántaro de greda con dos asas.»",
    ),
    (PRODUCTOS, CANTARO, "foto_alt", "Cántaro", "el texto tiene 7 letras", "escribe al menos 10"),
    (
        "parametros/uf.csv",
        "2025-12-31",
        "uf_clp",
        "39.727,96",
        "«39.727,96» no es un número con punto para los decimales",
        "escribe «39727.96»",
    ),
    (
        "parametros/uf.csv",
        "2025-12-31",
        "uf_clp",
        "NaN",
        "«NaN» no es un número con punto para los decimales",
        "escribe, por ejemplo, «39727.96»",
    ),
    (
        "parametros/uf.csv",
        "2025-12-31",
        "uf_clp",
        "4e4",
        "«4e4» no es un número con punto para los decimales",
        "escribe, por ejemplo, «39727.96»",
    ),
    ("parametros/comunas.csv", "01101", "comuna", "1101", "«1101» no se escribe así", "escribe «01101»"),
    ("parametros/actividades.csv", "011101", "codigo", "11101", "«11101» no se escribe así", "escribe «011101»"),
    (
        "parametros/regiones.csv",
        "01",
        "orden",
        "1",
        "«1» ya está en la fila 2",
        "escribe uno distinto o borra una de las dos filas",
    ),
    (
        "convocatorias/preguntas.csv",
        "postulacion/3/rut",
        "tipo",
        "plataa",
        "«plataa» no está en la lista",
        "escribe «plata» (se permite: rut, tipo_persona, texto, texto_largo, correo, telefono, comuna, rubro, "
        "actividad, actividades, plata, entero, fecha, si_no, opcion, casilla)",
    ),
]
LLAVES = [
    (
        DOCUMENTOS,
        f"{NUBLE}/f30",
        "documento",
        "carpeta-tributaria",
        "«carpeta-tributaria» ya está en la fila {anterior}",
        "escribe uno distinto o borra una de las dos filas",
    ),
    (
        "convocatorias/criterios.csv",
        f"{NUBLE}/origen",
        "convocatoria",
        "2026-feria-nuble-navidad",
        "«2026-feria-nuble-navidad» no existe en convocatorias.csv",
        f"escribe «{NUBLE}» o agrega primero esa fila en convocatorias.csv",
    ),
    (
        PRODUCTOS,
        CANTARO,
        "empresa",
        "taller-horno",
        "«taller-horno» no existe en empresas.csv",
        "escribe «taller-el-horno» o agrega primero esa fila en empresas.csv",
    ),
    (
        "eventos/eventos.csv",
        "feria-fin-del-invierno-2026",
        "sede",
        "estadio",
        "«estadio» no existe en sedes.csv",
        "agrega primero esa fila en sedes.csv",
    ),
    (
        CONVOCATORIAS,
        NUBLE,
        "oficina",
        "direccion-regional-nubla",
        "«direccion-regional-nubla» no existe en parametros/oficinas.csv",
        "escribe «direccion-regional-nuble» o agrega primero esa fila en parametros/oficinas.csv",
    ),
    (
        CONVOCATORIAS,
        RIOS,
        "evento",
        "rueda-mesa-del-sur-2026",
        "«rueda-mesa-del-sur-2026» no existe en eventos/eventos.csv",
        "escribe «rueda-mesa-del-sur-2027» o agrega primero esa fila en eventos/eventos.csv",
    ),
    (
        CONVOCATORIAS,
        RIOS,
        "regiones_admitidas",
        "14|99",
        "«99» no existe en parametros/regiones.csv",
        "agrega primero esa fila en parametros/regiones.csv",
    ),
    (
        "eventos/participantes.csv",
        "feria-fin-del-invierno-2026/maderas-de-lenga",
        "empresa",
        "maderas-del-lenga",
        "«maderas-del-lenga» no existe en catalogos/empresas.csv",
        "escribe «maderas-de-lenga» o agrega primero esa fila en catalogos/empresas.csv",
    ),
    (
        PRODUCTOS,
        CANTARO,
        "rubro",
        "artesanias",
        "«artesanias» no existe en parametros/rubros.csv",
        "escribe «artesania» o agrega primero esa fila en parametros/rubros.csv",
    ),
]


@pytest.mark.parametrize(("archivo", "clave", "columna", "escrito", "que", "como"), CASOS)
def test_una_celda_mal_escrita_se_dice_con_su_lugar(
    copia: Copia, archivo: str, clave: str, columna: str, escrito: str, que: str, como: str
) -> None:
    fila = copia.celda(archivo, clave, columna, escrito)
    assert Problema(archivo, fila, columna, que, como) in problemas_de(copia.carpeta)


@pytest.mark.parametrize(("archivo", "clave", "columna", "escrito", "que", "como"), LLAVES)
def test_una_llave_repetida_o_huerfana_se_dice_con_su_lugar_y_nada_mas(
    copia: Copia, archivo: str, clave: str, columna: str, escrito: str, que: str, como: str
) -> None:
    fila = copia.celda(archivo, clave, columna, escrito)
    esperado = Problema(archivo, fila, columna, que.format(anterior=fila - 1), como)
    assert problemas_de(copia.carpeta) == [esperado]


def test_una_convocatoria_repetida_se_dice_en_la_segunda(copia: Copia) -> None:
    fila = copia.agregar(CONVOCATORIAS)
    propia = copia.tabla(CONVOCATORIAS)[-1][0]
    que, como = f"«{propia}» ya está en la fila {fila - 1}", "escribe uno distinto o borra una de las dos filas"
    assert Problema(CONVOCATORIAS, fila, "id", que, como) in problemas_de(copia.carpeta)


def test_una_fila_sin_clave_no_hace_caer_la_validacion(copia: Copia) -> None:
    fila = copia.celda("catalogos/productos.csv", CANTARO, "id", "")
    que, como = "falta este dato", "escribe, por ejemplo, «cantaro-de-greda»"
    assert Problema(PRODUCTOS, fila, "id", que, como) in problemas_de(copia.carpeta)


def test_un_error_de_forma_no_esconde_los_de_sentido_de_otras_filas(copia: Copia) -> None:
    copia.celda(CONVOCATORIAS, NUBLE, "cupos", "muchos")
    copia.celda(CONVOCATORIAS, RIOS, "fecha_uf", "2025-12-30")
    assert {p.columna for p in problemas_de(copia.carpeta)} == {"cupos", "fecha_uf"}
