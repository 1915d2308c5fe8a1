"""La copia de los datos que cada prueba puede estropear."""

from pathlib import Path

import pytest

from tests.datos.copia import Copia, copiar


@pytest.fixture
def copia(tmp_path: Path) -> Copia:
    return copiar(tmp_path / "datos")
