"""Lee el código de un verbo y dice qué pide a cada adaptador, siguiendo las funciones que llama."""

import ast
from functools import cache
from pathlib import Path

RAIZ = Path(__file__).parents[2]
ADAPTADORES = frozenset({"almacen", "deposito", "correo", "cola", "publicacion"})


def pedidos(verbo: str) -> set[str]:
    """`almacen.recibir`, `deposito.enlace`, `llavero`…: todo lo que ese verbo puede llegar a pedir."""
    return _recorrer([(f"funciones.{verbo}", nombre) for nombre in _definiciones(f"funciones.{verbo}")])


def _recorrer(pendientes: list[tuple[str, str]]) -> set[str]:
    vistos: set[tuple[str, str]] = set()
    hallados: set[str] = set()
    while pendientes:
        actual = pendientes.pop()
        if actual in vistos:
            continue
        vistos.add(actual)
        modulo, nombre = actual
        for nodo in ast.walk(_definiciones(modulo)[nombre]):
            hallados |= _pedido(nodo)
            pendientes += _mencionados(nodo, modulo)
    return hallados


def _pedido(nodo: ast.AST) -> set[str]:
    if not isinstance(nodo, ast.Attribute):
        return set()
    if nodo.attr == "llavero":
        return {"llavero"}
    dentro = nodo.value
    if isinstance(dentro, ast.Attribute) and dentro.attr in ADAPTADORES:
        return {f"{dentro.attr}.{nodo.attr}"}
    # También cuando el adaptador llega como argumento o se nombra antes de usarlo.
    nombrado = isinstance(dentro, ast.Name) and dentro.id in {"deposito", "publicacion"}
    return {f"{dentro.id}.{nodo.attr}"} if nombrado else set()


def _mencionados(nodo: ast.AST, modulo: str) -> list[tuple[str, str]]:
    """Las definiciones propias que nombra ese nodo: del mismo módulo o importadas."""
    if isinstance(nodo, ast.Name):
        if nodo.id in _definiciones(modulo):
            return [(modulo, nodo.id)]
        origen = _importados(modulo).get(nodo.id)
    elif isinstance(nodo, ast.Attribute) and isinstance(nodo.value, ast.Name):
        base = _importados(modulo).get(nodo.value.id)
        origen = None if base is None else (".".join(filter(None, base)), nodo.attr)
    else:
        return []
    if origen is None or not _es_propio(origen[0]) or origen[1] not in _definiciones(origen[0]):
        return []
    return [origen]


def _es_propio(modulo: str) -> bool:
    """Los adaptadores son la frontera y el dominio no pide nada; lo demás se sigue."""
    es_nuestro = modulo.startswith("funciones.") and not modulo.startswith("funciones.dominio")
    frontera = modulo.startswith("funciones.adaptadores") and not modulo.endswith(("textos", "redaccion"))
    return es_nuestro and not frontera and _archivo(modulo).is_file()


def _archivo(modulo: str) -> Path:
    return RAIZ.joinpath(*modulo.split(".")).with_suffix(".py")


@cache
def _arbol(modulo: str) -> ast.Module:
    return ast.parse(_archivo(modulo).read_text(encoding="utf-8"))


@cache
def _definiciones(modulo: str) -> dict[str, ast.AST]:
    definidas: dict[str, ast.AST] = {}
    for nodo in _arbol(modulo).body:
        if isinstance(nodo, ast.FunctionDef | ast.ClassDef):
            definidas[nodo.name] = nodo
        elif isinstance(nodo, ast.Assign):
            definidas |= {d.id: nodo for d in nodo.targets if isinstance(d, ast.Name)}
        elif isinstance(nodo, ast.AnnAssign) and isinstance(nodo.target, ast.Name):
            definidas[nodo.target.id] = nodo
    return definidas


@cache
def _importados(modulo: str) -> dict[str, tuple[str, str]]:
    """Nombre local → (módulo, nombre); también los que se importan dentro de una función."""
    importados = {}
    for nodo in ast.walk(_arbol(modulo)):
        if isinstance(nodo, ast.ImportFrom) and nodo.module:
            importados |= {alias.asname or alias.name: (nodo.module, alias.name) for alias in nodo.names}
    return importados
