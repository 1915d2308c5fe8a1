"""Lo que se puede elegir al encender el servidor local, y dónde vive cada cosa."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]
CLIENTE_OIDC = "mesa-local"


@dataclass(frozen=True)
class Ajustes:
    """Las decisiones de una corrida; todo lo demás se deduce de aquí."""

    raiz: Path = RAIZ
    puerto: int = 8000
    datos: Path = Path("datos")
    salida: Path = Path(".salida")
    estado: Path = Path(".local")
    plantilla: Path = RAIZ / "template.yaml"
    vigilar: bool = True
    construir: bool = True
    desfase: int = 0

    @property
    def url(self) -> str:
        return f"http://localhost:{self.puerto}"

    @property
    def emisor(self) -> str:
        return f"{self.url}/oidc"

    @property
    def obra(self) -> Path:
        """La misma carpeta de trabajo que elige el generador para esa salida."""
        return Path(".obra") if self.salida == Path(".salida") else Path(f"{self.salida}.obra")

    @property
    def horneado(self) -> Path:
        return self.obra / "horneado.json"

    @property
    def documentos(self) -> Path:
        return self.estado / "documentos"

    @property
    def exposicion(self) -> Path:
        """Donde quedan las fichas del catálogo que se publican: de aquí las lee el generador."""
        return self.documentos / "exposicion"

    @property
    def correo(self) -> Path:
        return self.estado / "correo"

    @property
    def claves(self) -> Path:
        return self.estado / "claves"


def leer(argumentos: Sequence[str] | None = None) -> Ajustes:
    """Los ajustes que pide la línea de órdenes."""
    p = argparse.ArgumentParser(
        prog="python -m servidor",
        description="Construye el portal y lo sirve en esta máquina, con las funciones, el correo y los documentos.",
        add_help=False,
    )
    p.add_argument("-h", "--help", "--ayuda", action="help", help="muestra esta ayuda y termina")
    p.add_argument("--puerto", type=int, default=8000, help="puerto donde escucha (8000)")
    p.add_argument("--datos", type=Path, default=Path("datos"), help="carpeta con los paquetes de datos")
    p.add_argument("--salida", type=Path, default=Path(".salida"), help="carpeta del portal construido")
    p.add_argument("--estado", type=Path, default=Path(".local"), help="carpeta con postulaciones, correo y claves")
    p.add_argument("--plantilla", type=Path, default=RAIZ / "template.yaml", help="plantilla con rutas y funciones")
    p.add_argument("--sin-vigilar", action="store_true", help="no reconstruye cuando cambian los archivos")
    p.add_argument("--sin-construir", action="store_true", help="sirve el portal que ya está construido")
    p.add_argument("--desfase", type=int, default=0, metavar="SEGUNDOS", help="adelanta el reloj, para demostraciones")
    d = p.parse_args(argumentos)
    return Ajustes(
        puerto=d.puerto,
        datos=d.datos,
        salida=d.salida,
        estado=d.estado,
        plantilla=d.plantilla,
        vigilar=not d.sin_vigilar,
        construir=not d.sin_construir,
        desfase=d.desfase,
    )
