"""Los datos abiertos: cada paquete con sus tablas tal como se publican, en CSV y en JSON, con tamaño y huella."""

import csv
import hashlib
import io
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from funciones.dominio.celda_segura import celda_segura
from generador.en_json import en_json
from generador.esquemas import Campo, Esquema, Recurso
from generador.fichas import Fichas

TIPOS = {
    "string": "texto",
    "integer": "número entero",
    "number": "número",
    "boolean": "sí o no",
    "date": "fecha",
    "datetime": "fecha y hora",
}


@dataclass(frozen=True)
class Archivo:
    """Un archivo publicado: su dirección desde la raíz del portal, su contenido y su tipo."""

    ruta: str
    contenido: bytes
    tipo: str

    @cached_property
    def huella(self) -> str:
        """SHA-256 en hexadecimal."""
        return hashlib.sha256(self.contenido).hexdigest()

    @property
    def formato(self) -> str:
        """`CSV` o `JSON`."""
        return self.ruta.rpartition(".")[2].upper()


@dataclass(frozen=True)
class TablaAbierta:
    """Una tabla publicada, con el significado de cada columna."""

    recurso: Recurso
    archivos: tuple[Archivo, ...]
    filas: int

    @property
    def nombre(self) -> str:
        return self.recurso.nombre

    @property
    def titulo(self) -> str:
        return str(self.recurso.descriptor.get("title", self.nombre))

    @property
    def descripcion(self) -> str:
        return str(self.recurso.descriptor.get("description", ""))

    @cached_property
    def campos(self) -> list[dict[str, Any]]:
        return [_campo(c, self.recurso) for c in self.recurso.campos.values()]


@dataclass(frozen=True)
class PaqueteAbierto:
    """Un paquete de datos publicado entero."""

    esquema: Esquema
    tablas: tuple[TablaAbierta, ...]

    @property
    def nombre(self) -> str:
        return self.esquema.nombre

    @property
    def ruta(self) -> str:
        return f"/datos/{self.nombre}/"

    @property
    def descriptor(self) -> dict[str, Any]:
        return self.esquema.descriptor

    @property
    def filas(self) -> int:
        return sum(t.filas for t in self.tablas)

    @property
    def descargas(self) -> list[tuple[str, str]]:
        """La ruta y el tipo de cada archivo."""
        return [(a.ruta, a.tipo) for t in self.tablas for a in t.archivos]


@lru_cache(maxsize=1)
def abiertos(fichas: Fichas) -> tuple[PaqueteAbierto, ...]:
    """Todos los paquetes, en el orden del proyecto; se arman una vez por construcción."""
    return tuple(
        PaqueteAbierto(esquema, tuple(_tabla(fichas, r) for r in esquema.recursos.values()))
        for esquema in fichas.datos.esquemas.values()
    )


def texto_publico(fichas: Fichas, recurso: Recurso) -> str:
    """El CSV que sale al público, antes de neutralizar fórmulas: aquí se quita o agrega lo que corresponda."""
    return fichas.datos.csv(recurso.paquete, recurso.nombre)


def sin_formulas(texto: str, recurso: Recurso) -> str:
    """El mismo CSV con un apóstrofo delante de los textos que una planilla ejecutaría; los números quedan igual."""
    textos = [i for i, campo in enumerate(recurso.campos.values()) if campo.tipo == "string"]
    salida = io.StringIO()
    escritor = csv.writer(salida, lineterminator="\n")
    for numero, celdas in enumerate(csv.reader(io.StringIO(texto))):
        if numero:
            for i in textos:
                celdas[i] = celda_segura(celdas[i])
        escritor.writerow(celdas)
    return salida.getvalue()


def _tabla(fichas: Fichas, recurso: Recurso) -> TablaAbierta:
    texto = texto_publico(fichas, recurso)
    base = f"/datos/{recurso.archivo.removesuffix('.csv')}"
    en_csv = Archivo(f"{base}.csv", sin_formulas(texto, recurso).encode(), "text/csv")
    archivos = (en_csv, Archivo(f"{base}.json", en_json(texto, recurso).encode(), "application/json"))
    return TablaAbierta(recurso, archivos, sum(1 for _ in csv.reader(io.StringIO(texto))) - 1)


def _campo(campo: Campo, recurso: Recurso) -> dict[str, Any]:
    return {
        "nombre": campo.nombre,
        "titulo": campo.descriptor.get("title", ""),
        "descripcion": campo.descriptor.get("description", ""),
        "tipo": "lista separada por |" if campo.separador else TIPOS.get(campo.tipo, campo.tipo),
        "ejemplo": campo.ejemplo,
        "clave": campo.nombre in recurso.clave,
        "obligatorio": bool(campo.restricciones.get("required")) or campo.nombre in recurso.clave,
        "valores": [str(v) for v in campo.restricciones.get("enum", ())],
        "limites": _limites(campo),
    }


def _limites(campo: Campo) -> str:
    """`de 1 a 7`, `hasta 60 letras`; vacío si no los tiene."""
    menor, mayor = campo.restricciones.get("minimum"), campo.restricciones.get("maximum")
    largo = campo.restricciones.get("maxLength")
    if menor is not None and mayor is not None:
        return f"de {menor} a {mayor}"
    if menor is not None:
        return f"desde {menor}"
    if mayor is not None:
        return f"hasta {mayor}"
    return f"hasta {largo} letras" if largo else ""
