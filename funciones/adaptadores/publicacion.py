"""Lo que las funciones devuelven a los datos abiertos: tablas que se corrigen por su clave y archivos de una vez."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from funciones.adaptadores.publicacion_csv import FilaImposible, escribir, leer, poner

RUTA = "indicadores/mediciones.csv"
CLAVE = ("indicador", "anio", "componente", "region", "desagregacion", "categoria")
# Solo para empezar un archivo que no existe; si existe, mandan sus columnas.
COLUMNAS = (
    *CLAVE,
    "estado",
    "numerador",
    "denominador",
    "valor",
    "intervalo_desde",
    "intervalo_hasta",
    "participantes",
    "respuestas",
    "tasa_respuesta",
    "fuente",
    "calculado_el",
    "version_regla",
    "demostracion",
)
TIPOS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
_RUTA_NUESTRA = re.compile(r"[a-z0-9_-]+(/[a-z0-9_-]+)+\.(csv|json)")


class PublicacionNoResponde(Exception):
    """No se pudo leer o escribir el archivo: nada cambió y se puede reintentar."""


class YaPublicado(Exception):
    """Ese archivo ya está publicado con otro contenido, y lo publicado una vez no se cambia."""


class RutaImposible(ValueError):
    """La ruta no es de las que publica este programa."""


class Publicacion(Protocol):
    """Dónde se dejan los datos que después se publican. Las rutas parten de la carpeta de datos."""

    def publicar(self, filas: Sequence[Mapping[str, str]], indicador: str, anio: int) -> str:
        """Deja estas filas como todo lo calculado de ese indicador y año, y devuelve dónde quedaron.

        Errores: FilaImposible, ArchivoIlegible, PublicacionNoResponde; con cualquiera, el archivo queda igual.
        """

    def anexar(self, tabla: str, filas: Sequence[Mapping[str, str]], clave: Sequence[str]) -> str:
        """Pone estas filas en la tabla, como `transparencia/actas.csv`, y devuelve dónde quedaron.

        La que tiene la misma `clave` que una ya escrita la corrige; las demás no se tocan. Repetirlo no cambia nada.
        Errores: RutaImposible y los de `publicar`; con cualquiera, el archivo queda igual.
        """

    def leer(self, tabla: str) -> tuple[dict[str, str], ...]:
        """Las filas de la tabla, en su orden; ninguna si no existe. Errores: los de `anexar`."""

    def guardar(self, ruta: str, contenido: bytes) -> str:
        """Escribe una sola vez un archivo, como `transparencia/actas/x.json`, y devuelve dónde quedó.

        Repetirlo con lo mismo no hace nada. Errores: YaPublicado, RutaImposible, PublicacionNoResponde.
        """


def revisar_ruta(ruta: str) -> str:
    """La misma ruta si es de las nuestras: minúsculas, cifras y guiones, y termina en csv o json."""
    if not _RUTA_NUESTRA.fullmatch(ruta):
        raise RutaImposible("la ruta sube de carpeta, usa otros caracteres o no termina en csv o json")
    return ruta


def combinar(actual: bytes | None, filas: Sequence[Mapping[str, str]], indicador: str, anio: int) -> bytes:
    """El CSV de mediciones con las filas puestas: las que ya estaban, en su lugar; las nuevas, al final.

    De ese indicador y año se va lo calculado antes que ya no vino; lo que escribió una persona se queda.
    """
    columnas, tabla = leer(actual, CLAVE) if actual is not None else (COLUMNAS, {})
    if any((fila.get("indicador"), fila.get("anio")) != (indicador, str(anio)) for fila in filas):
        raise FilaImposible("la fila es de otro indicador o de otro año")
    nuevas = poner(tabla, columnas, filas, CLAVE)
    quedan = (fila for clave, fila in tabla.items() if clave in nuevas or not _calculada(fila, indicador, anio))
    return escribir(columnas, quedan)


def _calculada(fila: Mapping[str, str], indicador: str, anio: int) -> bool:
    """Si la calculó el portal: lleva la versión de la regla de su indicador, como `acceso-vinculacion/1`."""
    es_de = (fila["indicador"], fila["anio"]) == (indicador, str(anio))
    return es_de and fila.get("version_regla", "").startswith(f"{indicador}/")
