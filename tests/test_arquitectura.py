"""El dominio no toca el mundo: ni reloj, ni disco, ni red, ni números de coma flotante. Y las puertas quedan afuera."""

import ast
import tomllib
from pathlib import Path

import pytest

RAIZ = Path(__file__).parents[1]
FUNCIONES = RAIZ / "funciones"
DOMINIO = FUNCIONES / "dominio"

IMPORTABLES = frozenset(
    {
        "__future__",
        "bisect",
        "calendar",
        "collections",
        "contextlib",
        "dataclasses",
        "datetime",
        "decimal",
        "enum",
        "fractions",
        "functools",
        "hashlib",
        "heapq",
        "hmac",
        "itertools",
        "json",
        "math",
        "operator",
        "re",
        "typing",
        "unicodedata",
        # Como hashlib: bytes que entran y bytes que salen.
        "zlib",
        "zoneinfo",
    }
)
LLAMADAS_PROHIBIDAS = {
    "float": "usa Decimal o enteros",
    "complex": "usa Decimal o enteros",
    "open": "el dominio no lee ni escribe archivos",
    "print": "el dominio devuelve valores, no los muestra",
    "input": "lo que llega de afuera es un argumento",
    "eval": "una regla es código, no texto",
    "exec": "una regla es código, no texto",
    "__import__": "las importaciones van escritas arriba",
}
RELOJES = frozenset({"now", "today", "utcnow"})


def problemas(fuente: str) -> list[str]:
    """Lo que ese código del dominio no puede hacer, con la línea y cómo corregirlo."""
    hallados = []
    for nodo in ast.walk(ast.parse(fuente)):
        hallados += [f"línea {nodo.lineno}: {texto}" for texto in _problemas_del_nodo(nodo)]
    return hallados


def _problemas_del_nodo(nodo: ast.AST) -> list[str]:
    match nodo:
        case ast.Import(names=nombres):
            return [_ajeno(n.name) for n in nombres if not _permitido(n.name)]
        case ast.ImportFrom(module=modulo, level=0) if not _permitido(modulo or ""):
            return [_ajeno(modulo or "")]
        case ast.ImportFrom(level=nivel) if nivel > 1:
            return ["importa desde fuera de funciones/dominio"]
        case ast.Constant(value=float() | complex() as valor):
            return [f"escribe {valor!r}, de coma flotante; usa Decimal o enteros"]
        case ast.Call(func=ast.Name(id=nombre)) if nombre in LLAMADAS_PROHIBIDAS:
            return [f"llama a {nombre}(); {LLAMADAS_PROHIBIDAS[nombre]}"]
        case ast.Attribute(attr=nombre) if nombre in RELOJES:
            return [f"usa .{nombre}, que mira el reloj; recibe «ahora» como argumento"]
    return []


def _permitido(modulo: str) -> bool:
    return modulo.split(".")[0] in IMPORTABLES or modulo.split(".")[:2] == ["funciones", "dominio"]


def _ajeno(modulo: str) -> str:
    return f"importa {modulo}, que no está entre lo que el dominio puede usar; llévalo a un adaptador"


@pytest.mark.parametrize("archivo", sorted(DOMINIO.rglob("*.py")), ids=lambda a: a.relative_to(DOMINIO).as_posix())
def test_el_dominio_no_toca_el_mundo(archivo: Path) -> None:
    hallados = problemas(archivo.read_text(encoding="utf-8"))
    assert not hallados, f"{archivo.relative_to(RAIZ)} debe corregirse:\n" + "\n".join(hallados)


@pytest.mark.parametrize(
    "fuente",
    [
        "import boto3",
        "import datetime, os",
        "from pathlib import Path",
        "from funciones.adaptadores import almacen",
        "from funciones.entrada import solicitud",
        "from .. import solicitud",
        "def f():\n    import secrets",
        "IVA = 0.19",
        "IVA = float('0.19')",
        "from datetime import datetime\nAHORA = datetime.now()",
        "from datetime import date\nHOY = date.today()",
        "import datetime\nreloj = datetime.datetime.now",
        "open('datos.csv')",
    ],
)
def test_la_revision_del_dominio_ve_cada_falta(fuente: str) -> None:
    assert problemas(fuente)


def test_la_revision_del_dominio_deja_pasar_lo_permitido() -> None:
    fuente = "from decimal import Decimal\nfrom .rut import Rut\nimport funciones.dominio.plazo\nIVA = Decimal('0.19')"
    assert problemas(fuente) == []


def test_en_funciones_solo_quedan_verbos_y_ninguna_sala_los_importa() -> None:
    verbos = {archivo.stem for archivo in FUNCIONES.glob("*.py")} - {"__init__"}
    lo_que_se_corre = [f"\ndef {entrada}(" for entrada in ("handler", "principal")]
    sueltos = {v for v in verbos if not any(e in (FUNCIONES / f"{v}.py").read_text("utf-8") for e in lo_que_se_corre)}
    assert sueltos == set()
    for archivo in FUNCIONES.glob("*/*.py"):
        importados = {alias for nodo in ast.walk(ast.parse(archivo.read_text("utf-8"))) for alias in _importados(nodo)}
        assert {f"funciones.{v}" for v in verbos} & importados == set(), (
            f"{archivo.relative_to(RAIZ)} importa una puerta"
        )


def _importados(nodo: ast.AST) -> set[str]:
    if isinstance(nodo, ast.ImportFrom) and nodo.module:
        return {nodo.module} | {f"{nodo.module}.{alias.name}" for alias in nodo.names}
    return {alias.name for alias in nodo.names} if isinstance(nodo, ast.Import) else set()


def test_toda_sala_esta_en_las_capas() -> None:
    contratos = tomllib.loads((RAIZ / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (capas,) = [contrato["layers"] for contrato in contratos if contrato["type"] == "layers"]
    nombradas = {sala for capa in capas for sala in capa.split(" | ")}
    assert nombradas == {archivo.parent.name for archivo in FUNCIONES.glob("*/__init__.py")}
