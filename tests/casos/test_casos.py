"""Los ejemplos del programa, con los parámetros publicados: cada uno se cumple, y no falta ninguno."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from funciones.adaptadores.casos import NO_RIGE, Ejemplo, ejemplos, hallar, respuesta
from funciones.adaptadores.horneado import Horneado
from funciones.adaptadores.textos import clave_de_frase
from funciones.dominio.admisibilidad import REGLAS, Reglamento, Resultado, TipoPersona
from generador.hornear import bytes_de, hornear
from generador.paquetes import leer
from tests.mundo import convocatoria

RAIZ = Path(__file__).resolve().parents[2]
ARCHIVOS = sorted(Path(__file__).parent.glob("*.yaml"))
# Todo se lee como texto: así «no», «08101» y «2026-11-02» son lo que se ve.
EJEMPLOS = [
    (archivo.stem, ejemplo)
    for archivo in ARCHIVOS
    for ejemplo in ejemplos(yaml.load(archivo.read_text(encoding="utf-8"), yaml.BaseLoader))
]
TODOS = [ejemplo for _, ejemplo in EJEMPLOS]


@cache
def publicado() -> Horneado:
    hecho = hornear(leer(RAIZ / "datos"), datetime(2026, 11, 23, 12, tzinfo=UTC))
    return Horneado(json.loads(bytes_de(hecho)))


def reglamento(ejemplo: Ejemplo) -> Reglamento:
    """El que rige para una convocatoria como la del ejemplo, con los parámetros publicados."""
    return publicado().reglamento(convocatoria(**_con_tipo(ejemplo.convocatoria)))


def _con_tipo(escrita: Mapping[str, Any]) -> dict[str, Any]:
    leer_campo = {
        **dict.fromkeys(("componente", "antiguedad_minima_anios", "antiguedad_maxima_anios"), int),
        **dict.fromkeys(("publicacion", "fecha_uf"), date.fromisoformat),
        **dict.fromkeys(("ventas_minimas_uf", "ventas_maximas_uf"), Decimal),
        **dict.fromkeys(("regiones_admitidas", "comunas_admitidas", "actividades_admitidas"), tuple),
        "permite_repetir": {"si": True, "no": False}.__getitem__,
    }
    return {campo: leer_campo.get(campo, str)(valor) for campo, valor in escrita.items()}


@pytest.mark.parametrize("ejemplo", TODOS, ids=[f"{archivo}: {e.fila['regla']}: {e.titulo}" for archivo, e in EJEMPLOS])
def test_las_reglas_responden_lo_que_dice_el_ejemplo(ejemplo: Ejemplo) -> None:
    assert respuesta(ejemplo.fila, reglamento(ejemplo), publicado().comunas) == ejemplo.resultado


# Que estén bien escritos


def test_ningun_ejemplo_se_repite_y_cada_uno_se_entiende() -> None:
    claves = [(archivo, e.fila["regla"], e.titulo) for archivo, e in EJEMPLOS]
    assert len(set(claves)) == len(claves)
    for ejemplo in TODOS:
        assert ejemplo.fila["regla"] in REGLAS
        assert ejemplo.resultado in {*Resultado, NO_RIGE}
        assert 2 < len(ejemplo.titulo.split()) <= 25


def test_cada_dato_de_un_ejemplo_es_uno_que_miran_las_reglas() -> None:
    columnas = (RAIZ / "datos/convocatorias/casos.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    miran = {*columnas, "participaciones", "anotadas", "rendicion_en_nomina"}
    assert [e.titulo for e in TODOS if not set(e.fila) <= miran] == []


# Que no falte ninguno


def rige(tipo: str, componente: int, regla: str) -> str:
    filas = (
        f for f in publicado().matriz if (f["tipo_persona"], f["componente"], f["regla"]) == (tipo, componente, regla)
    )
    return str(next(filas)["rige"])


def test_la_matriz_avisa_que_la_categoria_y_el_rubro_pueden_salir_de_actividades_distintas() -> None:
    notas = [str(f["nota"]) for f in publicado().matriz if f["regla"] == "categoria"]
    assert len(notas) == 2 * len(TipoPersona)
    assert [nota for nota in notas if "el rubro puede cumplirse con otra actividad" not in nota] == []


@pytest.mark.parametrize(("tipo", "regla"), list(product(TipoPersona, REGLAS)))
def test_cada_tipo_de_persona_tiene_un_ejemplo_que_rompe_cada_regla_que_le_rige(tipo: str, regla: str) -> None:
    vistos = {e.resultado for e in TODOS if (e.fila["tipo_persona"], e.fila["regla"]) == (tipo, regla)}
    veces = {rige(tipo, componente, regla) for componente in (1, 2)}
    if veces == {"no"}:
        assert NO_RIGE in vistos
    else:
        assert "no_cumple" in vistos
    if "con_inicio" in veces:
        assert NO_RIGE in vistos


def test_cada_frase_de_las_reglas_la_da_algun_ejemplo_y_ninguno_da_una_que_no_existe() -> None:
    textos = tomllib.loads((RAIZ / "plantillas/reglas.toml").read_text(encoding="utf-8"))
    frases = {(regla, clave) for regla, campos in textos.items() for clave in campos if clave.startswith("frase_")}
    hallazgos = [hallar(e.fila, reglamento(e), publicado().comunas) for e in TODOS]
    assert {(h.regla, clave_de_frase(h)) for h in hallazgos if h is not None} == frases


@pytest.mark.parametrize("borde", ["ventas_minimas_uf", "ventas_maximas_uf"])
def test_cada_tope_de_ventas_tiene_un_ejemplo_justo_en_el_uno_bajo_y_uno_sobre(borde: str) -> None:
    """El del programa y cualquiera que estreche una convocatoria de ejemplo."""
    vistos: dict[Decimal, set[tuple[Decimal, str]]] = {}
    for ejemplo in (e for e in TODOS if e.fila["regla"] == "ventas" and e.fila.get("ventas_clp")):
        tope = getattr(reglamento(ejemplo), borde) * reglamento(ejemplo).uf_clp
        vistos.setdefault(tope, set()).add((int(ejemplo.fila["ventas_clp"]) - tope, ejemplo.resultado))
    bajo, sobre = ("no_cumple", "cumple") if borde == "ventas_minimas_uf" else ("cumple", "no_cumple")
    assert len(vistos) == 2
    for lejos in vistos.values():
        assert {(Decimal(-1), bajo), (Decimal(0), "cumple"), (Decimal(1), sobre)} <= lejos


def test_el_tope_de_la_cooperativa_tiene_un_ejemplo_justo_en_el_uno_bajo_y_uno_sobre() -> None:
    casos = [e for e in TODOS if e.fila["regla"] == "ventas_cooperativa" and e.fila.get("asociados")]
    tope = reglamento(casos[0]).ventas_cooperativa_maximas_uf * reglamento(casos[0]).uf_clp
    vistos = {
        (int(e.fila["ventas_clp"]) - tope * int(e.fila["asociados"]), e.resultado)
        for e in casos
        if e.fila["ventas_clp"] and e.resultado != NO_RIGE
    }
    assert {(-1, "cumple"), (0, "no_cumple"), (1, "no_cumple")} <= vistos


@pytest.mark.parametrize(
    ("borde", "falta", "cumple", "paso"),
    [
        ("antiguedad_minima_anios", "no_cumple", "cumple", "cumple"),
        ("antiguedad_maxima_anios", "cumple", "no_cumple", "no_cumple"),
    ],
)
def test_cada_borde_de_antiguedad_tiene_el_dia_en_que_se_cumple_el_de_antes_y_el_de_despues(
    borde: str, falta: str, cumple: str, paso: str
) -> None:
    """El máximo se pasa al cumplir un año más."""
    vistos = {
        (_dias_para_cumplir(e, int(e.convocatoria[borde]) + (borde == "antiguedad_maxima_anios")), e.resultado)
        for e in TODOS
        if e.fila["regla"] == "antiguedad" and borde in e.convocatoria and e.fila.get("inicio_fecha")
    }
    assert {(1, falta), (0, cumple), (-1, paso)} <= vistos


def _dias_para_cumplir(ejemplo: Ejemplo, anios: int) -> int:
    inicio, publicacion = (
        date.fromisoformat(dia) for dia in (ejemplo.fila["inicio_fecha"], ejemplo.convocatoria["publicacion"])
    )
    return (inicio.replace(year=inicio.year + anios) - publicacion) // timedelta(days=1)


def test_el_maximo_de_participaciones_tiene_un_ejemplo_justo_en_el_uno_menos_y_uno_mas() -> None:
    vistos = {
        (len(e.fila["participaciones"]) - reglamento(e).participaciones_maximas, e.resultado)
        for e in TODOS
        if e.convocatoria.get("permite_repetir") == "si"
    }
    assert {(-1, "cumple"), (0, "no_cumple"), (1, "no_cumple")} <= vistos


@pytest.mark.parametrize(
    "columna",
    [
        "regiones_admitidas",
        "comunas_admitidas",
        "actividades_admitidas",
        "ventas_minimas_uf",
        "ventas_maximas_uf",
        "antiguedad_minima_anios",
        "antiguedad_maxima_anios",
        "perfil",
        "giro",
    ],
)
def test_cada_columna_que_estrecha_deja_fuera_a_alguien_que_sin_ella_cumplia(columna: str) -> None:
    def sin_ella(ejemplo: Ejemplo) -> str:
        ancha = {campo: valor for campo, valor in ejemplo.convocatoria.items() if campo != columna}
        return respuesta(ejemplo.fila, reglamento(Ejemplo("", ancha, ejemplo.fila, "")), publicado().comunas)

    fuera = [e for e in TODOS if columna in e.convocatoria and e.resultado == "no_cumple"]
    assert {sin_ella(e) for e in fuera} & {"cumple", NO_RIGE}


def test_las_frases_se_leen_de_una_vez() -> None:
    textos = tomllib.loads((RAIZ / "plantillas/reglas.toml").read_text(encoding="utf-8"))
    for regla, campos in textos.items():
        for clave, texto in campos.items():
            assert all(len(oracion.split()) <= 25 for oracion in re.split(r"(?<=[.:;])\s", texto)), (regla, clave)
            assert not re.search(r"por favor|inválid", texto, re.IGNORECASE), (regla, clave)
