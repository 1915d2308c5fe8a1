"""Entiende una comuna o una región escrita por su nombre y propone su código."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from generador.lectura import Tabla
from generador.problemas import Problema
from generador.semantica_referencias import AJENAS
from generador.sugerencias import sin_tildes

# (archivo, columna) → en qué tabla de parámetros está el lugar que se escribe ahí.
CON_LUGAR = {
    (f"{paquete}/{tabla}.csv", columna): ajena[1]
    for (paquete, tabla, columna), ajena in AJENAS
    if ajena[1] in ("comunas", "regiones")
}


def por_su_nombre(problemas: list[Problema], tablas: Mapping[str, Mapping[str, Tabla]]) -> Iterator[Problema]:
    """Los mismos problemas; el que trae nombres donde van códigos dice qué códigos son."""
    for problema in problemas:
        lugares = CON_LUGAR.get((problema.archivo, problema.columna), "")
        codigos = _codigos(_celda(problema, tablas), _codigo_de(tablas["parametros"].get(lugares)))
        yield replace(problema, como=f"escribe «{codigos}»") if codigos else problema


def _celda(problema: Problema, tablas: Mapping[str, Mapping[str, Tabla]]) -> str:
    paquete, _, archivo = problema.archivo.removesuffix(".csv").partition("/")
    tabla = tablas.get(paquete, {}).get(archivo)
    celdas = next((celdas for numero, celdas in tabla.filas if numero == problema.fila), []) if tabla else []
    lugar = tabla.columnas.index(problema.columna) if tabla and problema.columna in tabla.columnas else len(celdas)
    return celdas[lugar] if lugar < len(celdas) else ""


def _codigo_de(lugares: Tabla | None) -> dict[str, str]:
    """Nombre llano → código. Las columnas pueden venir en otro orden y faltar celdas."""
    if lugares is None:
        return {}
    clave = next(columna for columna in ("comuna", "region") if columna in lugares.columnas)
    filas = (dict(zip(lugares.columnas, celdas, strict=False)) for _, celdas in lugares.filas)
    return {_llano(fila["nombre"]): fila[clave] for fila in filas if {"nombre", clave} <= set(fila)}


def _codigos(escrito: str, codigo_de: Mapping[str, str]) -> str:
    """«Talca, Pichilemu» → «07101|06201»; vacío si alguno no es un nombre, o si no hay ninguno."""
    nombres = [_llano(parte) for parte in re.split(r"[|,;/]", escrito) if parte.strip()]
    return "|".join(codigo_de[n] for n in nombres) if all(n in codigo_de for n in nombres) else ""


def _llano(nombre: str) -> str:
    return " ".join(sin_tildes(nombre).lower().split())
