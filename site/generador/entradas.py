"""Lo que entra a una construcción además de los paquetes de datos; todo puede faltar y el portal se construye igual."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Entradas:
    """`historia`: archivo sacado de git (generador.historia). `vitrinas`: carpeta con las fichas de catálogo que
    las personas mantienen por enlace; nunca está en git. `sitio`: dirección pública, sin barra final. `datos`: de
    donde salen las fotos. `obra`: donde se guarda lo que cuesta volver a hacer.
    """

    historia: Path | None = None
    vitrinas: Path | None = None
    sitio: str = "https://ferias-y-redes.example"
    datos: Path = Path("datos")
    obra: Path = Path(".obra")
