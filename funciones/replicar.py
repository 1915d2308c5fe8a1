"""Repetir una selección desde el archivo de su acta: `python -m funciones.replicar ACTA`. No pide red ni datos."""

from __future__ import annotations

import sys
from pathlib import Path

from funciones.adaptadores.regla import huella_de_la_seleccion
from funciones.dominio.acta_leida import ActaIlegible
from funciones.dominio.replica import Comprobada, comprobar

IGUAL, DISTINTA, ILEGIBLE = 0, 1, 2


def replicar(ruta: str) -> tuple[int, str]:
    """El código de salida y lo que se muestra: igual, cada diferencia, o por qué no se pudo leer."""
    try:
        dado = comprobar(Path(ruta).read_bytes())
    except OSError:
        return ILEGIBLE, f"No se pudo abrir {ruta}: revisa que exista y que sea un archivo."
    except ActaIlegible as error:
        return ILEGIBLE, f"No se puede repetir {ruta}: {error}."
    lineas = [*_encabezado(dado), *(f"- {diferencia}" for diferencia in dado.diferencias)]
    return (DISTINTA if dado.diferencias else IGUAL), "\n".join(lineas)


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
