"""La historia de los datos en un archivo explícito: sacada de git una vez, y desde ahí una entrada más del portal."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

VERSION = 1
ACCIONES = frozenset({"agrega", "cambia", "quita"})
FORMATO = "%Y-%m-%dT%H:%M:%SZ"
NO_SE_PIDIO = "no se pidió sacarlo de git"


@dataclass(frozen=True)
class Suceso:
    """Un cambio guardado en git, o en disco y sin guardar (`momento` None).

    `tabla` es `paquete/tabla`; `de`, el id de la convocatoria, el evento o la sede; `parte`, el resto de la clave.
    Las celdas van como se escribieron; de las bases, las frases quitadas y las agregadas, una por línea. Al quitar
    una convocatoria, `despues` es el día en que se publicaba, y al quitar algo de demostración `campo` lo dice.
    Nunca lleva quién hizo el cambio.
    """

    momento: datetime | None
    tabla: str
    de: str
    parte: str
    accion: str
    campo: str = ""
    antes: str = ""
    despues: str = ""


@dataclass(frozen=True)
class Historia:
    """Los sucesos en el orden en que se publicaron; si no la hay, `motivo` dice por qué."""

    sucesos: tuple[Suceso, ...] = ()
    motivo: str = ""

    @property
    def disponible(self) -> bool:
        return not self.motivo


def leer(archivo: Path | None) -> Historia:
    """La historia de ese archivo. Nunca falla: sin archivo, o si no se entiende, dice que no está."""
    if archivo is None:
        return Historia(motivo=NO_SE_PIDIO)
    try:
        return _de_json(json.loads(archivo.read_text(encoding="utf-8")))
    except OSError:
        return Historia(motivo="no está el archivo de historia")
    except (ValueError, KeyError, TypeError):
        return Historia(motivo="el archivo de historia no se entiende")


def escribir(historia: Historia, archivo: Path) -> None:
    """Guarda el archivo de una vez: siempre los mismos bytes para la misma historia."""
    contenido = {
        "version": VERSION,
        "motivo": historia.motivo,
        "sucesos": [_llano(s) for s in historia.sucesos],
    }
    archivo.parent.mkdir(parents=True, exist_ok=True)
    provisorio = archivo.with_name(f".{archivo.name}.nuevo")
    provisorio.write_text(json.dumps(contenido, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    provisorio.replace(archivo)


def _llano(suceso: Suceso) -> dict[str, Any]:
    momento = suceso.momento.astimezone(UTC).strftime(FORMATO) if suceso.momento else None
    return {**asdict(suceso), "momento": momento}


def _de_json(contenido: Any) -> Historia:
    if contenido["version"] != VERSION:
        raise ValueError("versión desconocida")
    return Historia(tuple(_suceso(s) for s in contenido["sucesos"]), str(contenido["motivo"]))


def _suceso(crudo: dict[str, Any]) -> Suceso:
    momento = crudo["momento"]
    leido = datetime.strptime(momento, FORMATO).replace(tzinfo=UTC) if momento is not None else None
    textos = {c: crudo[c] for c in ("tabla", "de", "parte", "accion", "campo", "antes", "despues")}
    if textos["accion"] not in ACCIONES or not all(isinstance(t, str) for t in textos.values()):
        raise ValueError("suceso desconocido")
    return Suceso(leido, **textos)
