"""Los datos vistos para revisar su sentido: filas sanas con su lugar, y qué existe aunque su fila tenga errores."""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from generador.esquemas import Esquema, Recurso
from generador.lectura import Tabla
from generador.problemas import Problema
from generador.valores import convertir


@dataclass(frozen=True)
class Renglon:
    """Una fila con sus valores, el texto tal como vino y su lugar en la planilla."""

    archivo: str
    fila: int
    textos: dict[str, str]
    valores: dict[str, Any]

    def __getitem__(self, columna: str) -> Any:
        return self.valores[columna]

    def mal(self, columna: str, que: str, como: str) -> Problema:
        return Problema(self.archivo, self.fila, columna, que, como)


@dataclass(frozen=True)
class Vista:
    """Todos los paquetes, con sus bases (archivo → texto)."""

    esquemas: dict[str, Esquema]
    sanas: dict[tuple[str, str], list[Renglon]]
    todas: dict[tuple[str, str], list[dict[str, str]]]
    bases: dict[str, str]

    def filas(self, paquete: str, tabla: str) -> list[Renglon]:
        """Las filas sin errores de forma."""
        return self.sanas[paquete, tabla]

    def sin(self, con_problemas: set[tuple[str, int]]) -> "Vista":
        """La misma vista sin esas filas (archivo y número)."""
        sanas = {t: [f for f in filas if (f.archivo, f.fila) not in con_problemas] for t, filas in self.sanas.items()}
        return replace(self, sanas=sanas)

    def completa(self, paquete: str, tabla: str) -> bool:
        """Si todas las filas de la tabla están sanas y por eso se pueden sumar o contar."""
        return len(self.sanas[paquete, tabla]) == len(self.todas[paquete, tabla])

    def textos(self, paquete: str, tabla: str, columna: str) -> set[str]:
        """Lo escrito en esa columna, también en filas con errores."""
        return {fila[columna] for fila in self.todas[paquete, tabla]}

    def uno(self, paquete: str, tabla: str, columna: str, valor: Any) -> Renglon | None:
        """La fila sana con ese valor, o None."""
        return next(iter(self.grupos(paquete, tabla, columna).get(valor, [])), None)

    def grupos(self, paquete: str, tabla: str, columna: str) -> dict[Any, list[Renglon]]:
        """Las filas sanas, juntas por el valor de esa columna."""
        return self._indices[paquete, tabla, columna]

    @cached_property
    def _indices(self) -> "_Indices":
        return _Indices(self)


class _Indices(dict[tuple[str, str, str], dict[Any, list[Renglon]]]):
    def __init__(self, vista: Vista) -> None:
        super().__init__()
        self._vista = vista

    def __missing__(self, clave: tuple[str, str, str]) -> dict[Any, list[Renglon]]:
        paquete, tabla, columna = clave
        grupos: dict[Any, list[Renglon]] = defaultdict(list)
        for renglon in self._vista.filas(paquete, tabla):
            grupos[renglon[columna]].append(renglon)
        self[clave] = dict(grupos)
        return self[clave]


def mirar(
    esquemas: dict[str, Esquema],
    tablas: dict[str, dict[str, Tabla]],
    bases: dict[str, str],
    con_errores: set[tuple[str, int]],
) -> Vista:
    """La vista de esas tablas; `con_errores` son los (archivo, fila) que ya tienen un problema de forma."""
    sanas: dict[tuple[str, str], list[Renglon]] = {}
    todas: dict[tuple[str, str], list[dict[str, str]]] = {}
    for paquete, esquema in esquemas.items():
        for nombre, recurso in esquema.recursos.items():
            tabla = tablas[paquete][nombre]
            filas = [(n, dict(zip(tabla.columnas, celdas, strict=True))) for n, celdas in tabla.filas]
            todas[paquete, nombre] = [textos for _, textos in filas]
            sanas[paquete, nombre] = [
                _renglon(recurso, n, t) for n, t in filas if (recurso.archivo, n) not in con_errores
            ]
    return Vista(esquemas, sanas, todas, bases)


def _renglon(recurso: Recurso, numero: int, textos: dict[str, str]) -> Renglon:
    valores = {nombre: convertir(textos[nombre], campo) for nombre, campo in recurso.campos.items()}
    return Renglon(recurso.archivo, numero, textos, valores)
