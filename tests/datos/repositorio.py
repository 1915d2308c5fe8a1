"""Un repositorio de git de juguete con una copia de los datos, para guardarle versiones con fecha."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.datos.copia import Copia, copiar

IDENTIDAD = ("-c", "user.name=Pruebas", "-c", "user.email=pruebas@ejemplo.invalid", "-c", "commit.gpgsign=false")


@dataclass(frozen=True)
class Repositorio:
    raiz: Path

    @property
    def copia(self) -> Copia:
        return Copia(self.raiz / "datos")

    def guardar(self, momento: str) -> None:
        """Guarda lo que hay en disco como si fuera ese momento, por ejemplo `2026-11-24T12:00:00Z`."""
        self.git("add", "-A", ".")
        self.git("commit", "-q", "--allow-empty", "-m", "cambio", momento=momento)

    def git(self, *orden: str, momento: str = "2026-11-01T12:00:00Z") -> str:
        fechas = {"GIT_AUTHOR_DATE": momento, "GIT_COMMITTER_DATE": momento, "GIT_CONFIG_NOSYSTEM": "1"}
        ambiente = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | fechas
        corrida = subprocess.run(
            ["git", "-C", str(self.raiz), *IDENTIDAD, *orden], env=ambiente, capture_output=True, text=True, check=True
        )
        return corrida.stdout


def crear(raiz: Path, momento: str = "2026-10-01T12:00:00Z") -> Repositorio:
    """Con los datos del proyecto ya guardados una vez."""
    raiz.mkdir()
    copiar(raiz / "datos")
    repositorio = Repositorio(raiz)
    repositorio.git("init", "-q", "-b", "main")
    repositorio.guardar(momento)
    return repositorio
