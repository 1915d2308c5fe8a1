"""Los números de un gráfico: los mismos van al dibujo, a su tabla y a su CSV."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from funciones.dominio.celda_segura import celda_segura
from generador.filtros import numero

AUSENCIAS = {"no_medido": "No medido", "no_se_publica": "No se publica"}
FIJAS = ("clave", "nombre", "valor", "unidad", "estado")


class Extra(NamedTuple):
    """Una columna que acompaña al valor: su nombre en el CSV, su título en la tabla y su unidad."""

    nombre: str
    titulo: str
    unidad: str = ""


META = Extra("meta", "Meta", "%")


@dataclass(frozen=True)
class Dato:
    """Un número de la serie; sin valor, `estado` dice si no se midió o no se publica."""

    clave: str
    nombre: str
    valor: Decimal | None
    estado: str = "medido"
    color: str = "b2f"
    extras: tuple[Decimal | int | None, ...] = ()
    demostracion: bool = False


@dataclass(frozen=True)
class Serie:
    """Lo que muestra un gráfico. `id` nombra el dibujo, la tabla y el archivo."""

    id: str
    titulo: str
    encabezado: str
    unidad: str
    datos: tuple[Dato, ...]
    fuentes: tuple[str, ...]
    extras: tuple[Extra, ...] = ()
    nota: str = ""
    carpeta: str = "/indicadores/"

    @property
    def ruta(self) -> str:
        """Dónde se descarga, desde la raíz del portal."""
        return f"{self.carpeta}{self.id}.csv"

    @property
    def demostracion(self) -> bool:
        return any(d.demostracion for d in self.datos)

    @property
    def descripcion(self) -> str:
        """Los números en una frase cada uno, para quien no ve el dibujo."""
        return " ".join(f"{d.nombre}: {self.escrito(d)}{self._contra_la_meta(d)}." for d in self.datos)

    def escrito(self, dato: Dato) -> str:
        """`68,29 %`, `557 participaciones` o `No medido`."""
        if dato.valor is None:
            return AUSENCIAS.get(dato.estado, AUSENCIAS["no_medido"])
        return f"{numero(dato.valor)}\u00a0{self.unidad}"

    def _contra_la_meta(self, dato: Dato) -> str:
        """`, meta 70,00 %`; vacío si la serie no se compara con una."""
        metas = (v for e, v in zip(self.extras, dato.extras, strict=True) if e.nombre == META.nombre and v is not None)
        return "".join(f", meta {numero(m)}\u00a0%" for m in metas)

    def en_corto(self, dato: Dato) -> str:
        """Sin la unidad, que va en el título del dibujo; el porcentaje la conserva."""
        return self.escrito(dato) if dato.valor is None or self.unidad == "%" else numero(dato.valor)

    def csv(self) -> str:
        """La serie como CSV: comas, LF, vacío donde no hay número."""
        salida = io.StringIO()
        escritor = csv.writer(salida, lineterminator="\n")
        escritor.writerow([*FIJAS, *(e.nombre for e in self.extras), "demostracion"])
        escritor.writerows(self._fila(d) for d in self.datos)
        return salida.getvalue()

    def _fila(self, dato: Dato) -> Sequence[str]:
        marca = "si" if dato.demostracion else "no"
        clave, nombre, unidad, estado = map(celda_segura, (dato.clave, dato.nombre, self.unidad, dato.estado))
        return (clave, nombre, _texto(dato.valor), unidad, estado, *map(_texto, dato.extras), marca)


def _texto(valor: Decimal | int | None) -> str:
    return "" if valor is None else str(valor)
