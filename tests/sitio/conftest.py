"""Un portal construido una vez por proceso, en una carpeta que se borra sola."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generador.hornear import escribir, hornear
from generador.paquetes import leer
from generador.portal import construir

RAIZ = Path(__file__).resolve().parents[2]
DATOS = RAIZ / "datos"
AHORA = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

Construir = Callable[..., Path]


def construir_en(carpeta: Path, datos: Path = DATOS, ahora: datetime = AHORA) -> Path:
    salida = carpeta / "salida"
    horneado = carpeta / "horneado.json"
    escribir(hornear(leer(datos), ahora), horneado)
    construir(datos, salida, ahora, horneado)
    return salida


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return construir_en(tmp_path_factory.mktemp("portal"))


@pytest.fixture
def construido(tmp_path: Path) -> Construir:
    """Construye otro portal, con otros datos o en otro momento."""

    def en(nombre: str, **opciones: object) -> Path:
        carpeta = tmp_path / nombre
        carpeta.mkdir(exist_ok=True)
        return construir_en(carpeta, **opciones)  # type: ignore[arg-type]

    return en


@pytest.fixture(scope="session")
def paginas(portal: Path) -> dict[str, str]:
    """Dirección → HTML de todas las páginas."""
    return {
        _direccion(portal, archivo): archivo.read_text(encoding="utf-8") for archivo in sorted(portal.rglob("*.html"))
    }


def _direccion(portal: Path, archivo: Path) -> str:
    ruta = "/" + archivo.relative_to(portal).as_posix()
    return ruta.removesuffix("index.html")
