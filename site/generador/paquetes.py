"""Los paquetes de datos ya leídos: filas con valores (fechas, números, listas) y bases en Markdown."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generador.encabezado import ordenar
from generador.esquemas import Esquema, Recurso, leer_esquemas
from generador.lectura import Tabla, leer_tabla, leer_texto
from generador.problemas import DatosConProblemas, Problema
from generador.valores import convertir

Fila = dict[str, Any]


@dataclass(frozen=True)
class Paquetes(Mapping[str, dict[str, list[Fila]]]):
    """Los datos del portal: `datos["convocatorias"]["documentos"]` es la lista de filas de esa tabla.

    Las fechas son `date`, las horas `datetime` en UTC, los decimales `Decimal`, los si/no `bool`, las listas `list`;
    una celda vacía es None (o lista vacía).
    """

    filas: dict[str, dict[str, list[Fila]]]
    bases: dict[str, str]
    esquemas: dict[str, Esquema]
    textos: dict[tuple[str, str], str] = field(repr=False)

    def __getitem__(self, paquete: str) -> dict[str, list[Fila]]:
        return self.filas[paquete]

    def __iter__(self) -> Iterator[str]:
        return iter(self.filas)

    def __len__(self) -> int:
        return len(self.filas)

    def csv(self, paquete: str, tabla: str) -> str:
        """La tabla como se publica: UTF-8, comas, fin de línea LF y columnas en el orden del esquema."""
        return self.textos[paquete, tabla]


def leer(datos: Path) -> Paquetes:
    """Todos los paquetes de esa carpeta; DatosConProblemas si alguna celda no se puede leer."""
    esquemas = leer_esquemas(datos)
    problemas: list[Problema] = []
    filas: dict[str, dict[str, list[Fila]]] = {}
    textos: dict[tuple[str, str], str] = {}
    for esquema in esquemas.values():
        filas[esquema.nombre] = {}
        for recurso in esquema.recursos.values():
            tabla = ordenar(leer_tabla(datos, recurso.archivo), recurso)
            textos[esquema.nombre, recurso.nombre] = texto_canonico(tabla)
            filas[esquema.nombre][recurso.nombre] = _con_valores(tabla, recurso, problemas)
    if problemas:
        raise DatosConProblemas(problemas)
    bases = {f["id"]: leer_texto(datos, f"convocatorias/{f['bases']}") for f in filas["convocatorias"]["convocatorias"]}
    return Paquetes(filas, bases, esquemas, textos)


def texto_canonico(tabla: Tabla) -> str:
    salida = io.StringIO()
    escritor = csv.writer(salida, lineterminator="\n")
    escritor.writerow(tabla.columnas)
    escritor.writerows(celdas for _, celdas in tabla.filas)
    return salida.getvalue()


def _con_valores(tabla: Tabla, recurso: Recurso, problemas: list[Problema]) -> list[Fila]:
    filas = []
    for numero, celdas in tabla.filas:
        fila = {}
        for campo, texto in zip(recurso.campos.values(), celdas, strict=True):
            try:
                fila[campo.nombre] = convertir(texto, campo)
            except ValueError:
                que = f"«{texto}» no se puede leer"
                problemas.append(
                    Problema(recurso.archivo, numero, campo.nombre, que, f"escribe, por ejemplo, «{campo.ejemplo}»")
                )
        filas.append(fila)
    return filas
