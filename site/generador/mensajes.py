"""Dice en español cada error que encuentra frictionless: una tabla cerrada, con un mensaje propio por tipo."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from generador import sugerencias
from generador.esquemas import Campo

Mensaje = tuple[str, str]


@dataclass(frozen=True)
class Caso:
    """Lo que se sabe de un error: el texto de la celda, su columna y con qué choca."""

    texto: str = ""
    campo: Campo | None = None
    restriccion: str = ""
    otra_fila: int = 0
    tabla_ajena: str = ""
    posibles: tuple[str, ...] = ()
    celdas: int = 0
    columnas: int = 0


def mensaje(tipo: str, caso: Caso) -> Mensaje:
    """Qué está mal y cómo escribirlo."""
    if tipo in AJENOS:
        return "la tabla no calza con su esquema", "vuelve a la versión anterior del archivo y repite el cambio"
    return TRADUCCIONES[tipo](caso)


def _tipo(caso: Caso) -> Mensaje:
    campo = _campo(caso)
    que, propuesta = LECTURAS[campo.tipo](caso.texto)
    return f"«{caso.texto}» no es {que}", _escribe(propuesta, campo)


LECTURAS: dict[str, Callable[[str], tuple[str, str | None]]] = {
    "integer": lambda t: ("un número entero", sugerencias.entero(t)),
    "number": lambda t: ("un número con punto para los decimales", sugerencias.decimal(t)),
    "boolean": lambda t: ("«si» ni «no»", sugerencias.si_o_no(t)),
    "date": lambda t: ("una fecha con año, mes y día", sugerencias.fecha(t)),
    "datetime": lambda t: ("un día con hora", sugerencias.fecha_y_hora(t)),
    "string": lambda t: ("un texto", None),
}


def _restriccion(caso: Caso) -> Mensaje:
    return RESTRICCIONES[caso.restriccion](caso)


def _falta(caso: Caso) -> Mensaje:
    return "falta este dato", _escribe(None, _campo(caso))


def _lista_cerrada(caso: Caso) -> Mensaje:
    campo = _campo(caso)
    if campo.nombre == "persona" and sugerencias.parecido(caso.texto, ["natural"]):
        que = "los datos de una persona natural no se guardan en estas tablas, que quedan para siempre en la historia"
        return que, "borra la fila: esa persona publica sus productos desde la página de su postulación"
    permitidos = [str(v) for v in campo.restricciones["enum"]]
    return f"«{caso.texto}» no está en la lista", _elegir(caso.texto, permitidos)


def _patron(caso: Caso) -> Mensaje:
    campo = _campo(caso)
    if campo.separador:
        return _lista_mal_escrita(caso, campo)
    patron = campo.restricciones["pattern"]
    return f"«{caso.texto}» no se escribe así", _escribe(_arreglo(caso.texto, patron), campo)


def _lista_mal_escrita(caso: Caso, campo: Campo) -> Mensaje:
    permitidos = campo.descriptor.get("permitidos")
    if not permitidos:
        return f"«{caso.texto}» no es una lista separada por «|»", _escribe(_arreglo_de_lista(caso.texto, campo), campo)
    partes = [p.strip() for p in re.split(r"[|,;/]", caso.texto)]
    arreglo = "|".join(p if p in permitidos else sugerencias.parecido(p, permitidos) or "…" for p in partes if p)
    return f"«{caso.texto}» no es una lista de valores permitidos", f"escribe «{arreglo}» ({_opciones(permitidos)})"


def _arreglo_de_lista(texto: str, campo: Campo) -> str | None:
    """Las mismas cosas separadas por «|», cada una como la acepta el patrón; None si alguna no se entiende."""
    patron = campo.restricciones["pattern"]
    partes = [p.strip() for p in re.split(r"[|,;/]", texto) if p.strip()]
    arregladas = [p if re.fullmatch(patron, p) else _arreglo(p, patron) for p in partes]
    return "|".join(p for p in arregladas if p) if partes and all(arregladas) else None


def _arreglo(texto: str, patron: str) -> str | None:
    """La primera forma conocida que el patrón acepta: con ceros, como identificador o sin espacios."""
    propuestas = [sugerencias.con_ceros(texto, n) for n in (2, 3, 5, 6)]
    propuestas += [sugerencias.identificador(texto), texto.upper(), sugerencias.direccion(texto)]
    return next((p for p in propuestas if p and re.fullmatch(patron, p)), None)


def _maximo(caso: Caso) -> Mensaje:
    tope = _campo(caso).restricciones["maximum"]
    return f"{caso.texto} es demasiado", f"escribe un número hasta {tope}"


def _minimo(caso: Caso) -> Mensaje:
    tope = _campo(caso).restricciones["minimum"]
    return f"{caso.texto} es muy poco", f"escribe un número desde {tope}"


def _muy_largo(caso: Caso) -> Mensaje:
    tope = _campo(caso).restricciones["maxLength"]
    return f"el texto tiene {len(caso.texto)} letras", f"acórtalo hasta {tope}"


def _muy_corto(caso: Caso) -> Mensaje:
    tope = _campo(caso).restricciones["minLength"]
    return f"el texto tiene {len(caso.texto)} letras", f"escribe al menos {tope}"


def _repetido(caso: Caso) -> Mensaje:
    return f"«{caso.texto}» ya está en la fila {caso.otra_fila}", "escribe uno distinto o borra una de las dos filas"


def _sin_clave(caso: Caso) -> Mensaje:
    return "la fila no tiene con qué distinguirse de las demás", _escribe(None, _campo(caso))


def _clave(caso: Caso) -> Mensaje:
    return _repetido(caso) if caso.otra_fila else _sin_clave(caso)


def _huerfana(caso: Caso) -> Mensaje:
    return f"«{caso.texto}» no existe en {caso.tabla_ajena}", _elegir_o_crear(caso)


def _celdas_de_mas(caso: Caso) -> Mensaje:
    que = f"la fila tiene {caso.celdas} celdas y el encabezado {caso.columnas}"
    return que, "si un texto lleva comas, escríbelo entre comillas"


def _celdas_de_menos(caso: Caso) -> Mensaje:
    return _celdas_de_mas(caso)[0], "completa las que faltan, aunque queden vacías"


RESTRICCIONES: dict[str, Callable[[Caso], Mensaje]] = {
    "required": _falta,
    "enum": _lista_cerrada,
    "pattern": _patron,
    "minimum": _minimo,
    "maximum": _maximo,
    "minLength": _muy_corto,
    "maxLength": _muy_largo,
    "unique": _repetido,
}

TRADUCCIONES: dict[str, Callable[[Caso], Mensaje]] = {
    "type-error": _tipo,
    "constraint-error": _restriccion,
    "unique-error": _repetido,
    "primary-key": _clave,
    "foreign-key": _huerfana,
    "extra-cell": _celdas_de_mas,
    "missing-cell": _celdas_de_menos,
}

# No pueden aparecer: las tablas llegan ya leídas, con su encabezado revisado y sin filas vacías,
# y no se le piden a frictionless ni transformaciones ni revisiones opcionales.
_NOMBRES_AJENOS = """
    ascii-value blank-header blank-label blank-row byte-count catalog-error cell-error check-error checklist-error
    compression-error control-error data-error dataset-error detector-error deviated-cell deviated-value dialect-error
    duplicate-label duplicate-row encoding-error error extra-label field-count field-error file-error forbidden-value
    format-error hash-count header-error incorrect-label inquiry-error inquiry-task-error label-error metadata-error
    missing-label package-error pipeline-error report-error report-task-error required-value resource-error
    row-constraint row-count row-error schema-error scheme-error sequential-value source-error stats-error step-error
    table-dimensions table-error truncated-value unmatched-header"""
AJENOS = frozenset(_NOMBRES_AJENOS.split())


def _campo(caso: Caso) -> Campo:
    assert caso.campo is not None
    return caso.campo


def _escribe(propuesta: str | None, campo: Campo) -> str:
    return f"escribe «{propuesta}»" if propuesta else f"escribe, por ejemplo, «{campo.ejemplo}»"


def _elegir(texto: str, permitidos: list[str]) -> str:
    cerca = sugerencias.parecido(texto, permitidos) or sugerencias.contenido(texto, permitidos)
    return f"escribe «{cerca}» ({_opciones(permitidos)})" if cerca else _opciones(permitidos)


def _opciones(permitidos: list[str]) -> str:
    return "se permite: " + ", ".join(permitidos)


def _elegir_o_crear(caso: Caso) -> str:
    cerca = sugerencias.parecido(caso.texto, caso.posibles)
    crear = f"agrega primero esa fila en {caso.tabla_ajena}"
    return f"escribe «{cerca}» o {crear}" if cerca else crear
