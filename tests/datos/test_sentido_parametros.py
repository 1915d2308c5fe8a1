"""Un parámetro mal puesto detiene el trámite: se dice antes de publicarlo cuál es, qué tiene y cómo se escribe."""

import csv
import re
from pathlib import Path

import pytest

from generador.problemas import Problema
from generador.validar import problemas_de
from tests.datos.copia import DATOS, Copia

RAIZ = Path(__file__).parents[2]
PARAMETROS = "parametros/parametros.csv"
CONVOCATORIAS = "convocatorias/convocatorias.csv"
ENTEROS = (
    "participaciones_maximas_componente",
    "dias_subsanar",
    "recurso_plazo_dias_habiles",
    "minutos_confirmacion",
    "horas_enlace_confirmacion",
    "tamano_maximo_archivo_mb",
    "celda_minima_publicable",
    "correos_por_invitacion_al_dia",
    "dias_conservar",
)
CANTIDADES = ("ventas_minimas_uf", "ventas_maximas_uf", "ventas_cooperativa_maximas_uf")
COMO_ENTERO = "escríbelo sin puntos ni decimales, como 5"
COMO_CANTIDAD = "escribe 0 o más, con hasta dos decimales, como 2400 o 2.5"


def publicadas() -> list[str]:
    with (DATOS / PARAMETROS).open(encoding="utf-8", newline="") as archivo:
        return [fila["clave"] for fila in csv.DictReader(archivo)]


@pytest.mark.parametrize(
    ("clave", "valor"),
    [
        *(("dias_subsanar", v) for v in ("0", "-1", "5.0", "0.5", "05", "10000", "cinco")),
        *((c, "7.5") for c in ENTEROS),
    ],
)
def test_lo_que_se_cuenta_es_un_entero_desde_uno(copia: Copia, clave: str, valor: str) -> None:
    fila = copia.celda(PARAMETROS, clave, "valor", valor)
    que = f"«{valor}» no es un número entero de 1 a 9999"
    assert problemas_de(copia.carpeta) == [Problema(PARAMETROS, fila, "valor", que, COMO_ENTERO)]


@pytest.mark.parametrize("valor", ["1", "9999"])
def test_los_enteros_de_los_dos_extremos_pasan(copia: Copia, valor: str) -> None:
    for clave in ENTEROS:
        copia.celda(PARAMETROS, clave, "valor", valor)
    assert [p for p in problemas_de(copia.carpeta) if p.archivo == PARAMETROS] == []


def test_decir_que_es_texto_no_lo_libra_de_ser_un_numero(copia: Copia) -> None:
    copia.celda(PARAMETROS, "dias_subsanar", "unidad", "texto")
    fila = copia.celda(PARAMETROS, "dias_subsanar", "valor", "cinco")
    que = "«cinco» no es un número entero de 1 a 9999"
    assert problemas_de(copia.carpeta) == [Problema(PARAMETROS, fila, "valor", que, COMO_ENTERO)]


@pytest.mark.parametrize(
    ("clave", "valor"),
    [
        *((c, "-1") for c in (*CANTIDADES, "nota_escala_minima", "nota_escala_maxima")),
        ("ventas_maximas_uf", "2400.125"),
        ("ventas_maximas_uf", "10000000"),
    ],
)
def test_una_cantidad_no_baja_de_cero_ni_lleva_mas_de_dos_decimales(copia: Copia, clave: str, valor: str) -> None:
    fila = copia.celda(PARAMETROS, clave, "valor", valor)
    esperado = Problema(PARAMETROS, fila, "valor", f"«{valor}» no es una cantidad que el portal use", COMO_CANTIDAD)
    assert [p for p in problemas_de(copia.carpeta) if p.archivo == PARAMETROS] == [esperado]


@pytest.mark.parametrize(
    ("clave", "valor"), [("ventas_minimas_uf", "0"), ("ventas_maximas_uf", "9999999.99"), ("ventas_maximas_uf", "200")]
)
def test_las_cantidades_de_los_dos_extremos_pasan(copia: Copia, clave: str, valor: str) -> None:
    copia.celda(PARAMETROS, clave, "valor", valor)
    assert [p for p in problemas_de(copia.carpeta) if p.archivo == PARAMETROS] == []


@pytest.mark.parametrize(
    ("escrita", "como"),
    [
        ("dias_subsanr", "escribe «dias_subsanar»"),
        ("zzz", "escribe uno de los que ya están en el archivo"),
    ],
)
def test_un_parametro_que_nadie_usa_se_dice_con_el_mas_parecido(copia: Copia, escrita: str, como: str) -> None:
    fila = copia.agregar(PARAMETROS, clave=escrita)
    que = f"el portal no usa ningún parámetro «{escrita}»"
    assert problemas_de(copia.carpeta) == [Problema(PARAMETROS, fila, "clave", que, como)]


@pytest.mark.parametrize("clave", publicadas())
def test_cada_parametro_publicado_se_puede_quitar_solo_si_el_tramite_sigue_sin_el(copia: Copia, clave: str) -> None:
    copia.quitar(PARAMETROS, "clave", clave)
    assert bool(problemas_de(copia.carpeta)) == (not clave.startswith("recurso_"))


def test_todo_parametro_que_lee_el_codigo_esta_publicado() -> None:
    fuentes = [*(RAIZ / "funciones").rglob("*.py"), *(RAIZ / "site" / "generador").glob("*.py")]
    leidos = {c for f in fuentes for c in re.findall(r'parametro\("(\w+)"', f.read_text(encoding="utf-8"))}
    assert leidos
    assert leidos <= set(publicadas())


@pytest.mark.parametrize("clave", [c for c in publicadas() if not c.startswith("recurso_")])
def test_un_parametro_no_termina_sin_otro_que_siga(copia: Copia, clave: str) -> None:
    fila = copia.celda(PARAMETROS, clave, "vigente_hasta", "2027-12-31")
    que = f"desde el 2028-01-01 no rige ningún valor de «{clave}»"
    como = "agrega una fila que rija desde ese día o deja la celda vacía"
    assert problemas_de(copia.carpeta) == [Problema(PARAMETROS, fila, "vigente_hasta", que, como)]


def test_entre_dos_valores_no_queda_un_dia_sin_ninguno(copia: Copia) -> None:
    fila = copia.celda(PARAMETROS, "nota_escala_maxima", "vigente_hasta", "2027-12-31")
    copia.agregar(PARAMETROS, clave="nota_escala_maxima", vigente_desde="2028-01-02", vigente_hasta="")
    que = "desde el 2028-01-01 no rige ningún valor de «nota_escala_maxima»"
    como = "agrega una fila que rija desde ese día o deja la celda vacía"
    assert problemas_de(copia.carpeta) == [Problema(PARAMETROS, fila, "vigente_hasta", que, como)]


@pytest.mark.parametrize("clave", ["recurso_canal", "recurso_plazo_dias_habiles"])
def test_el_recurso_si_puede_quedar_sin_definir(copia: Copia, clave: str) -> None:
    copia.celda(PARAMETROS, clave, "vigente_hasta", "2027-12-31")
    assert problemas_de(copia.carpeta) == []


def test_un_valor_hasta_el_ultimo_dia_que_existe_rige_siempre(copia: Copia) -> None:
    copia.celda(PARAMETROS, "dias_subsanar", "vigente_hasta", "9999-12-31")
    assert problemas_de(copia.carpeta) == []


@pytest.mark.parametrize(
    ("minimo", "maximo", "valor", "dicho"),
    [
        ("ventas_minimas_uf", "ventas_maximas_uf", "199.99", "199.99 es menor que el mínimo, 200"),
        ("nota_escala_minima", "nota_escala_maxima", "0.5", "0.5 es menor que el mínimo, 1"),
    ],
)
def test_el_maximo_no_baja_del_minimo_que_rige_con_el(
    copia: Copia, minimo: str, maximo: str, valor: str, dicho: str
) -> None:
    otra = copia.numero(PARAMETROS, minimo)
    fila = copia.celda(PARAMETROS, maximo, "valor", valor)
    como = "escribe un número mayor o corrige el mínimo"
    esperado = Problema(PARAMETROS, fila, "valor", f"{dicho}, de la fila {otra}", como)
    assert esperado in problemas_de(copia.carpeta)


def test_un_maximo_se_compara_solo_con_los_minimos_de_su_tiempo(copia: Copia) -> None:
    copia.celda(PARAMETROS, "nota_escala_maxima", "vigente_hasta", "2027-12-31")
    copia.celda(PARAMETROS, "nota_escala_minima", "vigente_hasta", "2027-12-31")
    ultima = {"vigente_desde": "2028-01-01", "vigente_hasta": ""}
    copia.agregar(PARAMETROS, clave="nota_escala_minima", valor="10", **ultima)
    copia.agregar(PARAMETROS, clave="nota_escala_maxima", valor="100", **ultima)
    assert problemas_de(copia.carpeta) == []
    fila = copia.celda(PARAMETROS, "nota_escala_maxima", "vigente_hasta", "2028-01-01")
    assert (PARAMETROS, fila, "valor") in {(p.archivo, p.fila, p.columna) for p in problemas_de(copia.carpeta)}
