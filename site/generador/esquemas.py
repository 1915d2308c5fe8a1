"""Lee los datapackage.yaml: qué tablas hay, con qué columnas y qué se permite en cada una."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from generador.problemas import DatosConProblemas, Problema

# El lector en C, cuando está, es diez veces más rápido y entiende lo mismo.
LECTOR: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
RESTAURAR = "vuelve a la versión anterior del archivo; los esquemas no se editan junto con los datos"
# Lo que los esquemas pueden decir: lo que no está aquí no tendría mensaje en español.
TIPOS = frozenset({"string", "integer", "number", "boolean", "date", "datetime"})
RESTRICCIONES: dict[str, Callable[[Any], bool]] = {
    "required": lambda v: isinstance(v, bool),
    "unique": lambda v: isinstance(v, bool),
    "enum": lambda v: isinstance(v, list) and bool(v),
    "pattern": lambda v: bool(re.compile(v)),
    "minimum": lambda v: isinstance(v, int),
    "maximum": lambda v: isinstance(v, int),
    "minLength": lambda v: isinstance(v, int),
    "maxLength": lambda v: isinstance(v, int),
}
PAQUETES = ("convocatorias", "eventos", "catalogos", "indicadores", "transparencia", "parametros")


@dataclass(frozen=True)
class Campo:
    """Una columna, tal como la describe el esquema."""

    descriptor: dict[str, Any]

    @property
    def nombre(self) -> str:
        return str(self.descriptor["name"])

    @property
    def tipo(self) -> str:
        return str(self.descriptor.get("type", "string"))

    @property
    def formato(self) -> str:
        return str(self.descriptor.get("format", "default"))

    @property
    def separador(self) -> str | None:
        return self.descriptor.get("separador")

    @property
    def elementos(self) -> str:
        return str(self.descriptor.get("elementos", "string"))

    @property
    def ejemplo(self) -> str:
        return str(self.descriptor.get("example", ""))

    @property
    def restricciones(self) -> dict[str, Any]:
        restricciones: dict[str, Any] = self.descriptor.get("constraints", {})
        return restricciones


@dataclass(frozen=True)
class Recurso:
    """Una tabla de un paquete."""

    paquete: str
    descriptor: dict[str, Any]

    @property
    def nombre(self) -> str:
        return str(self.descriptor["name"])

    @property
    def archivo(self) -> str:
        return f"{self.paquete}/{self.descriptor['path']}"

    @property
    def clave(self) -> tuple[str, ...]:
        return tuple(self.descriptor["schema"]["primaryKey"])

    @cached_property
    def campos(self) -> dict[str, Campo]:
        return {c["name"]: Campo(c) for c in self.descriptor["schema"]["fields"]}


@dataclass(frozen=True)
class Esquema:
    """Un paquete de datos: su descripción y sus tablas."""

    nombre: str
    descriptor: dict[str, Any]

    @cached_property
    def recursos(self) -> dict[str, Recurso]:
        return {r["name"]: Recurso(self.nombre, r) for r in self.descriptor["resources"]}


def leer_esquemas(datos: Path) -> dict[str, Esquema]:
    """Los esquemas de todos los paquetes; si alguno no se puede leer, lo dice y se detiene."""
    return {nombre: _leer_esquema(datos, nombre) for nombre in PAQUETES}


def _leer_esquema(datos: Path, nombre: str) -> Esquema:
    archivo = f"{nombre}/datapackage.yaml"
    try:
        descriptor = yaml.load((datos / archivo).read_text(encoding="utf-8"), LECTOR)
    except FileNotFoundError:
        raise _detener(archivo, 0, "falta el archivo que describe el paquete") from None
    except UnicodeDecodeError:
        raise _detener(archivo, 0, "el archivo está dañado o no es texto UTF-8") from None
    except yaml.YAMLError as error:
        marca = getattr(error, "problem_mark", None)
        raise _detener(archivo, marca.line + 1 if marca else 0, "esta línea no se puede leer como YAML") from None
    if not _tiene_forma(descriptor):
        raise _detener(archivo, 0, "no describe tablas con sus columnas y su clave")
    for campo in (c for r in descriptor["resources"] for c in r["schema"]["fields"]):
        if not _se_entiende(campo):
            raise _detener(
                archivo, 0, f"la columna «{campo['name']}» lleva un tipo o una restricción que no se entiende"
            )
    return Esquema(nombre, descriptor)


def _tiene_forma(descriptor: Any) -> bool:
    try:
        return all(
            r["name"] and r["path"] and r["schema"]["primaryKey"] and all(c["name"] for c in r["schema"]["fields"])
            for r in descriptor["resources"]
        )
    except (TypeError, KeyError):
        return False


def _se_entiende(campo: dict[str, Any]) -> bool:
    restricciones = campo.get("constraints", {})
    try:
        return campo.get("type", "string") in TIPOS and all(RESTRICCIONES[r](v) for r, v in restricciones.items())
    except (AttributeError, KeyError, TypeError, re.error):
        return False


def _detener(archivo: str, fila: int, que: str) -> DatosConProblemas:
    return DatosConProblemas([Problema(archivo, fila, "", que, RESTAURAR)])
