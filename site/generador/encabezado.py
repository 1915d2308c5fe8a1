"""Compara el encabezado de una tabla con su esquema y deja las columnas en su orden."""

from difflib import get_close_matches

from generador.esquemas import Recurso
from generador.lectura import Tabla
from generador.problemas import DatosConProblemas, Problema


def revisar(tabla: Tabla, recurso: Recurso) -> list[Problema]:
    """Las columnas que faltan, sobran, se repiten o están mal escritas."""
    hallados = []
    faltan = [n for n in recurso.campos if n not in tabla.columnas]
    vistas: set[str] = set()
    for numero, columna in enumerate(tabla.columnas, 1):
        if columna in vistas:
            hallados.append(
                Problema(recurso.archivo, 1, columna, f"la columna «{columna}» está repetida", "deja una sola")
            )
        elif columna not in recurso.campos:
            parecida = get_close_matches(columna.lower(), faltan, 1, 0.6)
            faltan = [n for n in faltan if n not in parecida]
            hallados.append(_sobra(recurso, numero, columna, parecida))
        vistas.add(columna)
    hallados += [
        Problema(recurso.archivo, 1, n, f"falta la columna «{n}»", _como_agregarla(recurso, n)) for n in faltan
    ]
    return hallados


def ordenar(tabla: Tabla, recurso: Recurso) -> Tabla:
    """La misma tabla con las columnas en el orden del esquema; no acepta encabezados ni filas con errores."""
    hallados = revisar(tabla, recurso)
    hallados += [
        Problema(
            recurso.archivo,
            n,
            "",
            f"la fila tiene {len(c)} celdas y el encabezado {len(tabla.columnas)}",
            "revisa las comas",
        )
        for n, c in tabla.filas
        if len(c) != len(tabla.columnas)
    ]
    if hallados:
        raise DatosConProblemas(hallados)
    lugares = [tabla.columnas.index(nombre) for nombre in recurso.campos]
    return Tabla(list(recurso.campos), [(n, [celdas[i] for i in lugares]) for n, celdas in tabla.filas])


def _sobra(recurso: Recurso, numero: int, columna: str, parecida: list[str]) -> Problema:
    if not columna:
        que = f"la columna {numero} tiene datos y no tiene nombre"
        return Problema(recurso.archivo, 1, "", que, "escribe su nombre en la primera fila o borra la columna")
    if parecida:
        return Problema(recurso.archivo, 1, columna, f"no existe la columna «{columna}»", f"escribe «{parecida[0]}»")
    return Problema(recurso.archivo, 1, columna, f"sobra la columna «{columna}»", "bórrala: la tabla no la usa")


def _como_agregarla(recurso: Recurso, nombre: str) -> str:
    campo = recurso.campos[nombre]
    return f"agrégala; lleva, por ejemplo, «{campo.ejemplo}»"
