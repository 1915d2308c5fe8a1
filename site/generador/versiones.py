"""Las versiones guardadas en git de los archivos de datos, de la más vieja a la que está en disco."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

# Un gancho de git las deja puestas y apuntarían a otra carpeta.
AJENAS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
# Solo lo que llegó a la rama publicada, en su orden: lo que pasó dentro de otra rama se ve al juntarla.
BITACORA = (
    "-c", "core.quotePath=false", "log", "--first-parent", "-m", "--raw", "-M", "--no-abbrev", "--no-show-signature",
    "--no-color", "--no-ext-diff", "--format=%x01%ct", "--", "*.csv", "*.md",
)  # fmt: skip


class SinHistorial(Exception):
    """No se puede leer la historia; el texto dice por qué, para mostrarlo."""


@dataclass(frozen=True)
class Version:
    """Lo que cambió de una vez: archivo → bytes, o None si se borró. `momento` None es lo que está en disco."""

    momento: datetime | None
    archivos: Mapping[str, bytes | None]


def versiones(datos: Path, archivos: Iterable[str]) -> list[Version]:
    """Las versiones de esos archivos (rutas dentro de `datos`), siguiendo los cambios de nombre.

    SinHistorial si no hay git, la carpeta no está en un repositorio o la copia trae solo una parte.
    """
    if _git(datos, "rev-parse", "--is-shallow-repository").strip() == b"true":
        raise SinHistorial("la copia del repositorio trae solo los últimos cambios")
    prefijo = os.fsdecode(_git(datos, "rev-parse", "--show-prefix")).strip()
    seguidos = {prefijo + archivo: archivo for archivo in archivos}
    guardadas = list(_guardadas(os.fsdecode(_git(datos, *BITACORA, en_la_raiz=True)), seguidos))
    if not guardadas:
        raise SinHistorial("los datos no están guardados en git")
    contenidos = _contenidos(datos, {sha for _, cambios in guardadas for sha in cambios.values()})
    viejas = [Version(momento, {a: contenidos.get(sha) for a, sha in c.items()}) for momento, c in reversed(guardadas)]
    return [*viejas, Version(None, {a: _en_disco(datos / a) for a in seguidos.values()})]


def _guardadas(bitacora: str, seguidos: dict[str, str]) -> Iterator[tuple[datetime, dict[str, str]]]:
    """De la más nueva a la más vieja: cuándo, y archivo → su contenido. `seguidos` va de nombre en git a archivo."""
    seguidos = dict(seguidos)
    for trozo in bitacora.split("\x01")[1:]:
        cuando, *lineas = trozo.strip("\n").split("\n")
        cambios = dict(_cambios([linea for linea in lineas if linea.startswith(":")], seguidos))
        if cambios:
            yield datetime.fromtimestamp(int(cuando), UTC), cambios


def _cambios(lineas: list[str], seguidos: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Los archivos seguidos que toca un cambio; si uno cambió de nombre, desde aquí se lo sigue por el anterior."""
    renombres: dict[str, str] = {}
    for linea in lineas:
        datos, *nombres = linea.split("\t")
        sha = datos.split()[3]
        archivo = seguidos.get(nombres[-1])
        if archivo is None:
            continue
        yield archivo, sha
        if len(nombres) == 2 and datos.split()[4].startswith("R"):
            renombres[nombres[0]] = archivo
            del seguidos[nombres[1]]
    seguidos.update(renombres)


def _contenidos(datos: Path, shas: set[str]) -> dict[str, bytes]:
    pedidos = sorted(sha for sha in shas if sha.strip("0"))
    crudo = _git(datos, "cat-file", "--batch", entrada="".join(f"{sha}\n" for sha in pedidos).encode())
    contenidos: dict[str, bytes] = {}
    lugar = 0
    for sha in pedidos:
        fin = crudo.index(b"\n", lugar)
        largo = int(crudo[lugar:fin].rsplit(b" ", 1)[1])
        contenidos[sha] = crudo[fin + 1 : fin + 1 + largo]
        lugar = fin + largo + 2
    return contenidos


def _en_disco(archivo: Path) -> bytes | None:
    try:
        return archivo.read_bytes()
    except OSError:
        return None


def _git(datos: Path, *orden: str, entrada: bytes | None = None, en_la_raiz: bool = False) -> bytes:
    carpeta = datos
    if en_la_raiz:
        carpeta = Path(os.fsdecode(_git(datos, "rev-parse", "--show-toplevel")).strip())
    ambiente = {k: v for k, v in os.environ.items() if k not in AJENAS} | {"LC_ALL": "C.UTF-8"}
    try:
        proceso = subprocess.run(
            ["git", "-C", str(carpeta), *orden], env=ambiente, input=entrada, capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        raise SinHistorial("los datos no están en un repositorio de git que se pueda leer") from None
    return proceso.stdout
