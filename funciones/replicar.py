"""Repetir una selección desde el archivo de su acta: `python -m funciones.replicar ACTA`. No pide red ni datos."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

from funciones.adaptadores.publicacion import PublicacionNoResponde
from funciones.adaptadores.publicacion_carpeta import PublicacionCarpeta
from funciones.adaptadores.publicacion_csv import ArchivoIlegible
from funciones.adaptadores.regla import huella_de_la_seleccion
from funciones.dominio.acta_leida import ActaIlegible
from funciones.dominio.replica import Comprobada, comprobar

IGUAL, DISTINTA, ILEGIBLE = 0, 1, 2
TABLA = "transparencia/actas.csv"


def replicar(ruta: str) -> tuple[int, str]:
    """El código de salida y lo que se muestra: igual, cada diferencia, o por qué no se pudo leer.

    Se compara también con la huella publicada en `datos/transparencia/actas.csv`, o en la carpeta `DATOS`.
    """
    try:
        dado = comprobar(Path(ruta).read_bytes())
    except OSError:
        return ILEGIBLE, f"No se pudo abrir {ruta}: revisa que exista y que sea un archivo."
    except ActaIlegible as error:
        return ILEGIBLE, f"No se puede repetir {ruta}: {error}."
    try:
        publicada = _publicada(dado.acta)
    except (ArchivoIlegible, PublicacionNoResponde) as error:
        return ILEGIBLE, f"No se puede leer {TABLA}, donde está lo publicado: {error}."
    if publicada not in (None, dado.sha256):
        otra = f"no es el acta que se publicó: su sha256 es {dado.sha256} y en {TABLA} es {publicada}"
        dado = replace(dado, diferencias=(*dado.diferencias, otra))
    lineas = [*_encabezado(dado), *(f"- {diferencia}" for diferencia in dado.diferencias)]
    if publicada is None:
        lineas.append(f"NO se comparó con una publicada: {TABLA} no trae esta acta. Su sha256 es {dado.sha256}.")
    elif publicada == dado.sha256:
        lineas.append(f"Su sha256 es el publicado en {TABLA}: {publicada}.")
    return (DISTINTA if dado.diferencias else IGUAL), "\n".join(lineas)


def _publicada(acta: str) -> str | None:
    """El sha256 publicado de esa acta; None si no está en la tabla."""
    filas = PublicacionCarpeta(Path(os.environ.get("DATOS", "datos"))).leer(TABLA)
    return next((fila.get("sha256_acta", "") for fila in filas if fila.get("acta") == acta), None)


def _encabezado(dado: Comprobada) -> list[str]:
    if dado.diferencias:
        lineas = [f"DISTINTA: el acta {dado.acta} no da lo mismo."]
    else:
        lineas = [f"IGUAL: el acta {dado.acta} da lo mismo.", f"Se comprobó: {dado.alcance}."]
    if dado.regla.sha256 != huella_de_la_seleccion():
        lineas.append(
            f"Aviso: se eligió con otra edición de la regla ({dado.regla.version}, sha256 {dado.regla.sha256}). "
            "Para repetirla tal cual, usa el código de esa fecha."
        )
    return lineas


def principal(argumentos: list[str]) -> int:
    """Muestra el resultado; el código es 0 si es igual, 1 si difiere y 2 si no se pudo leer."""
    if len(argumentos) != 1:
        print("Di qué acta: make replicar ACTA=datos/transparencia/actas/<acta>.json")
        return ILEGIBLE
    codigo, texto = replicar(argumentos[0])
    print(texto)
    return codigo


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1:]))
