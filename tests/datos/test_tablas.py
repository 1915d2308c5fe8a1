"""Un archivo puede venir como lo guarda una planilla; si falta, está roto o le falta una columna, se dice."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generador.hornear import bytes_de, hornear
from generador.paquetes import leer
from generador.problemas import DatosConProblemas, Problema
from generador.validar import problemas_de
from tests.datos.copia import DATOS, Copia

AHORA = datetime(2026, 11, 23, 12, tzinfo=UTC)
TABLA = "convocatorias/convocatorias.csv"
CSV_UTF8 = "guárdalo como «CSV UTF-8» y súbelo de nuevo"


def _separado_por(separador: str) -> Callable[[str], str]:
    def cambiar(texto: str) -> str:
        salida = io.StringIO()
        csv.writer(salida, delimiter=separador, lineterminator="\r\n").writerows(csv.reader(io.StringIO(texto)))
        return salida.getvalue()

    return cambiar


def _columnas_al_reves(texto: str) -> str:
    salida = io.StringIO()
    csv.writer(salida, lineterminator="\n").writerows(fila[::-1] for fila in csv.reader(io.StringIO(texto)))
    return salida.getvalue()


def _como_excel_en_chile(texto: str) -> bytes:
    return _separado_por(";")(texto.replace("×", "x").replace("’", "'")).encode("cp1252")


VARIANTES: dict[str, Callable[[str], bytes | str]] = {
    "separado por punto y coma": _separado_por(";"),
    "separado por tabulaciones": _separado_por("\t"),
    "con BOM": lambda t: t.encode("utf-8-sig"),
    "con fin de línea de Windows": lambda t: t.replace("\n", "\r\n"),
    "sin salto al final": lambda t: t.rstrip("\n"),
    "con filas vacías al final": lambda t: f"{t}\n{',' * t.split(chr(10), 1)[0].count(',')}\n",
    "con columnas vacías al final": lambda t: "".join(f"{linea},,\n" for linea in t.splitlines()),
    "con las columnas en otro orden": _columnas_al_reves,
    "con espacios alrededor": lambda t: t.replace(",si\n", ", si \n"),
    "en Windows-1252": lambda t: t.encode("cp1252"),
    "separado por punto y coma, con BOM y saltos de Windows": lambda t: _separado_por(";")(t).encode("utf-8-sig"),
}


@pytest.mark.parametrize("variante", VARIANTES)
def test_lo_que_guarda_una_planilla_se_hornea_igual(copia: Copia, variante: str) -> None:
    for archivo in (TABLA, "convocatorias/criterios.csv", "convocatorias/hitos.csv"):
        copia.reescribir(archivo, VARIANTES[variante])
    assert problemas_de(copia.carpeta) == []
    assert bytes_de(hornear(leer(copia.carpeta), AHORA)) == bytes_de(hornear(leer(DATOS), AHORA))
    assert leer(copia.carpeta).csv("convocatorias", "convocatorias") == leer(DATOS).csv(
        "convocatorias", "convocatorias"
    )


def test_la_tabla_publicada_es_utf8_con_comas_aunque_venga_de_excel_en_chile(copia: Copia) -> None:
    copia.reescribir("eventos/sedes.csv", _como_excel_en_chile)
    assert leer(copia.carpeta).csv("eventos", "sedes") == (DATOS / "eventos/sedes.csv").read_text(encoding="utf-8")


def _sin_columna(nombre: str) -> Callable[[str], str]:
    def cambiar(texto: str) -> str:
        filas = list(csv.reader(io.StringIO(texto)))
        lugar = filas[0].index(nombre)
        salida = io.StringIO()
        csv.writer(salida, lineterminator="\n").writerows([*f[:lugar], *f[lugar + 1 :]] for f in filas)
        return salida.getvalue()

    return cambiar


def _agregar_al_final(encabezado: str, dato: str) -> Callable[[str], str]:
    def cambiar(texto: str) -> str:
        primera, *otras = texto.splitlines()
        return "\n".join([f"{primera},{encabezado}", *(f"{linea},{dato}" for linea in otras)]) + "\n"

    return cambiar


ROTURAS: dict[str, tuple[Callable[[str], bytes | str], Problema]] = {
    "vacío": (
        lambda t: "",
        Problema(TABLA, 1, "", "el archivo está vacío", "debe tener al menos la fila de encabezado"),
    ),
    "planilla de Excel": (
        lambda t: b"PK\x03\x04resto",
        Problema(TABLA, 0, "", "es una planilla de Excel, no un texto", CSV_UTF8),
    ),
    "PDF": (lambda t: b"%PDF-1.7 resto", Problema(TABLA, 0, "", "es un PDF, no un texto", CSV_UTF8)),
    "binario": (
        lambda t: b"id,nombre\x00\x01\x02",
        Problema(TABLA, 0, "", "el archivo está dañado: no es texto", "vuelve a guardarlo como «CSV UTF-8»"),
    ),
    "UTF-16": (
        lambda t: t.encode("utf-16"),
        Problema(TABLA, 0, "", "el archivo está dañado: no es texto", "vuelve a guardarlo como «CSV UTF-8»"),
    ),
    "comilla sin cerrar": (
        lambda t: t.replace(",Feria", ',"Feria', 1),
        Problema(
            TABLA,
            2,
            "",
            "hay comillas que se abren y no se cierran bien",
            'escribe "" donde quieras una comilla dentro de una celda',
        ),
    ),
    "letras rotas": (
        lambda t: t.replace("Feria de verano «", "Feria de verano Â«", 1),
        Problema(
            TABLA,
            2,
            "",
            "tiene letras rotas («Â«»)",
            "vuelve a escribir las tildes y eñes y guárdalo como «CSV UTF-8»",
        ),
    ),
    "columna que falta": (
        _sin_columna("cupos"),
        Problema(TABLA, 1, "cupos", "falta la columna «cupos»", "agrégala; lleva, por ejemplo, «40»"),
    ),
    "columna mal escrita": (
        lambda t: t.replace("comuna", "Comuna ", 1),
        Problema(TABLA, 1, "Comuna", "no existe la columna «Comuna»", "escribe «comuna»"),
    ),
    "columna de más": (
        _agregar_al_final("observaciones", "x"),
        Problema(TABLA, 1, "observaciones", "sobra la columna «observaciones»", "bórrala: la tabla no la usa"),
    ),
    "columna repetida": (
        _agregar_al_final("cupos", "9"),
        Problema(TABLA, 1, "cupos", "la columna «cupos» está repetida", "deja una sola"),
    ),
    "columna sin nombre": (
        _agregar_al_final("", "x"),
        Problema(
            TABLA,
            1,
            "",
            "la columna 48 tiene datos y no tiene nombre",
            "escribe su nombre en la primera fila o borra la columna",
        ),
    ),
    "coma sin comillas": (
        lambda t: t.replace("Alimentos y artesanía", "Alimentos, artesanía", 1),
        Problema(
            TABLA,
            2,
            "",
            "la fila tiene 48 celdas y el encabezado 47",
            "si un texto lleva comas, escríbelo entre comillas",
        ),
    ),
    "fila cortada": (
        lambda t: t.rstrip("\n").rsplit(",", 3)[0] + "\n",
        Problema(
            TABLA, 13, "", "la fila tiene 44 celdas y el encabezado 47", "completa las que faltan, aunque queden vacías"
        ),
    ),
}


@pytest.mark.parametrize("rotura", ROTURAS)
def test_un_archivo_roto_se_dice_con_su_lugar(copia: Copia, rotura: str) -> None:
    cambio, esperado = ROTURAS[rotura]
    copia.reescribir(TABLA, cambio)
    assert problemas_de(copia.carpeta) == [esperado]


@pytest.mark.parametrize("archivo", [TABLA, "parametros/uf.csv", "indicadores/notas.csv"])
def test_un_archivo_que_falta_se_pide_con_su_nombre(copia: Copia, archivo: str) -> None:
    copia.ruta(archivo).unlink()
    como = "súbelo con ese mismo nombre y en esa carpeta"
    assert problemas_de(copia.carpeta) == [Problema(archivo, 0, "", "falta el archivo", como)]


def test_un_archivo_con_el_nombre_cambiado_se_reconoce(copia: Copia) -> None:
    copia.ruta("eventos/sedes.csv").rename(copia.ruta("eventos/sede.csv"))
    assert [str(p) for p in problemas_de(copia.carpeta)] == [
        "eventos/sede.csv  sobra este archivo · ¿es eventos/sedes.csv? Cámbiale el nombre o bórralo",
        "eventos/sedes.csv  falta el archivo · súbelo con ese mismo nombre y en esa carpeta",
    ]


def test_una_planilla_olvidada_junto_a_los_datos_se_avisa(copia: Copia) -> None:
    copia.ruta("catalogos/Catálogo final (2).xlsx").write_bytes(b"PK\x03\x04")
    (problema,) = problemas_de(copia.carpeta)
    assert (problema.que, problema.como) == ("sobra este archivo", "bórralo: el portal no lo usa")


@pytest.mark.parametrize(
    ("contenido", "que"),
    [
        (b"name: [sin cerrar\n", "esta línea no se puede leer como YAML"),
        (b"name: eventos\n", "no describe tablas con sus columnas y su clave"),
        (b"- una\n- lista\n", "no describe tablas con sus columnas y su clave"),
        (b"\xff\xfe\x00", "el archivo está dañado o no es texto UTF-8"),
        (None, "falta el archivo que describe el paquete"),
    ],
)
def test_un_esquema_roto_se_dice_sin_traza(copia: Copia, contenido: bytes | None, que: str) -> None:
    ruta = copia.ruta("eventos/datapackage.yaml")
    ruta.write_bytes(contenido) if contenido is not None else ruta.unlink()
    (problema,) = problemas_de(copia.carpeta)
    assert (problema.archivo, problema.que) == ("eventos/datapackage.yaml", que)


@pytest.mark.parametrize(
    ("antes", "despues", "columna"),
    [
        ("type: datetime", "type: cuando", "inicio"),
        ("minimum: -90", "minimum: mucho", "latitud"),
        ("maxLength: 100", "largo: 100", "nombre"),
        (r"pattern: ^\d{2}$", "pattern: (sin cerrar", "region"),
    ],
)
def test_un_esquema_que_no_se_entiende_se_dice_sin_traza(copia: Copia, antes: str, despues: str, columna: str) -> None:
    copia.reescribir("eventos/datapackage.yaml", lambda t: t.replace(antes, despues))
    (problema,) = problemas_de(copia.carpeta)
    assert problema.que == f"la columna «{columna}» lleva un tipo o una restricción que no se entiende"


def test_leer_sin_validar_tambien_dice_donde_esta_el_error(copia: Copia) -> None:
    fila = copia.celda(TABLA, "2028-catalogo-hecho-en-regiones", "cupos", "muchos")
    with pytest.raises(DatosConProblemas) as hallado:
        leer(copia.carpeta)
    assert [(p.archivo, p.fila, p.columna) for p in hallado.value.problemas] == [(TABLA, fila, "cupos")]


def test_una_carpeta_que_no_existe_se_dice_sin_traza(tmp_path: Path) -> None:
    assert problemas_de(tmp_path / "nada")[0].que == "falta el archivo que describe el paquete"
