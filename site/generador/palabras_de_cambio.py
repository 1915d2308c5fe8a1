"""Dice con palabras qué columna cambió y qué decía antes y después."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from funciones.dominio.fechas import DIAS, MESES
from generador.cambio import VACIO
from generador.esquemas import Campo
from generador.filtros import dia_en_chile, hora, numero, plata
from generador.palabras_convocatoria import MODALIDADES, OBJETIVOS, TIPOS
from generador.semantica_textos import revisar_celda
from generador.valores import convertir

if TYPE_CHECKING:
    from generador.fichas import Fichas

# Lo que alguna vez se escribió y hoy `validar` no dejaría publicar tampoco vuelve por la historia.
TAPADO = "un texto que ya no se publica"
EN_PIE = "en pie"
LISTAS: Mapping[str, Mapping[str, str]] = {
    "tipo_actividad": TIPOS,
    "objetivo": OBJETIVOS,
    "modalidad": MODALIDADES,
    "financiamiento": {"sercotec": "Sercotec", "cofinanciado": "Sercotec y un aporte de la empresa", "fndr": "FNDR"},
    "modo_seleccion": {"llegada": "por orden de llegada", "puntaje": "por puntaje"},
    "giro": {"alguno": "sirve alguno de los giros", "principal": "vale solo el giro principal"},
    "perfil": {"liderada_por_mujeres": "negocios liderados por mujeres"},
    "situacion": {
        "vigente": EN_PIE,
        "suspendida": "suspendida",
        "cancelada": "cancelada",
        "programado": EN_PIE,
        "pospuesto": "cambia de fecha",
        "trasladado": "cambia de lugar",
        "cancelado": "cancelado",
    },
}
LUGARES = {"region": "region", "regiones_admitidas": "region", "comuna": "comuna", "comunas_admitidas": "comuna"}
DE_OTRA_TABLA = {"oficina": "oficina", "evento": "eventos_por_id", "sede": "sedes", **LUGARES}


def en_palabras(fichas: Fichas, campo: Campo | None, antes: str, despues: str) -> tuple[str, str]:
    """Las dos celdas como se leen: `30 de noviembre` y `7 de diciembre de 2026, a las 15:00`."""
    if campo is None:
        return _llano(antes), _llano(despues)
    valores = tuple(_valor(texto, campo) for texto in (antes, despues))
    if all(isinstance(v, date) for v in valores):
        return _par_de_fechas(*valores)
    return tuple(_palabra(fichas, campo, v) for v in valores)  # type: ignore[return-value]


def _valor(texto: str, campo: Campo) -> Any:
    """El valor; el texto tal cual si hoy la columna se escribe de otra forma."""
    if texto in ("", VACIO):
        return None
    try:
        return convertir(texto, campo)
    except ValueError:
        return texto


def _palabra(fichas: Fichas, campo: Campo, valor: Any) -> str:
    if valor is None or valor == []:
        return VACIO
    if isinstance(valor, list):
        return ", ".join(_palabra(fichas, campo, v) for v in valor)
    if isinstance(valor, date):
        return fecha_de_cambio(valor)
    if isinstance(valor, bool):
        return "sí" if valor else "no"
    if isinstance(valor, int | Decimal):
        return _cantidad(campo.nombre, valor)
    return LISTAS.get(campo.nombre, {}).get(valor) or _nombre(fichas, campo.nombre, valor) or _llano(valor)


def _cantidad(columna: str, valor: int | Decimal) -> str:
    if columna.endswith("_clp"):
        return plata(int(valor))
    if columna.startswith("anio"):
        return str(valor)
    return f"{numero(valor)} UF" if columna.endswith("_uf") else numero(valor)


def _nombre(fichas: Fichas, columna: str, valor: str) -> str:
    """El nombre de lo que vive en otra tabla; vacío si ya no está."""
    tabla: Mapping[str, Any] = getattr(fichas, DE_OTRA_TABLA[columna]) if columna in DE_OTRA_TABLA else {}
    return str(tabla[valor]["nombre"]) if valor in tabla else ""


def sin_datos_ajenos(texto: str) -> str:
    """El mismo texto, o que ya no se publica si lleva algo que hoy no se dejaría pasar."""
    return TAPADO if any(revisar_celda(texto, True)) else texto


def _llano(texto: str) -> str:
    return sin_datos_ajenos(texto) if texto else VACIO


def fecha_de_cambio(cuando: date | datetime, con_anio: bool = True) -> str:
    """`lunes 7 de diciembre de 2026, a las 15:00`."""
    dia = dia_en_chile(cuando)
    texto = f"{DIAS[dia.weekday()]} {dia.day} de {MESES[dia.month - 1]}" + (f" de {dia.year}" if con_anio else "")
    return f"{texto}, {_a_las(cuando)}" if isinstance(cuando, datetime) else texto


def _a_las(momento: datetime) -> str:
    escrita = hora(momento)
    return f"{'a la' if escrita.startswith('1:') else 'a las'} {escrita}"


def _par_de_fechas(antes: date, despues: date) -> tuple[str, str]:
    """Lo que se repite entre las dos se dice una sola vez, en la segunda: el año, y la hora si es la misma."""
    primero, segundo = dia_en_chile(antes), dia_en_chile(despues)
    if primero == segundo or not _misma_hora(antes, despues):
        return fecha_de_cambio(antes), fecha_de_cambio(despues)
    return fecha_de_cambio(primero, primero.year != segundo.year), fecha_de_cambio(despues)


def _misma_hora(antes: date, despues: date) -> bool:
    horas = [hora(m) if isinstance(m, datetime) else "" for m in (antes, despues)]
    return horas[0] == horas[1]
