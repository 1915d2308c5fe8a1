"""R2 sobre cada almacén: la misma vida al azar, guardada de verdad."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.adaptadores.conftest import abrir_sqlite
from tests.adaptadores.libreta import fallas_sin_mirar_el_rut
from tests.lista_de_espera import vivir


@pytest.mark.parametrize(("tienda", "ejemplos", "pasos"), [("sqlite", 100, 30), ("moto", 5, 20), ("ministack", 10, 20)])
def test_el_puesto_es_de_quien_va_antes_y_nadie_espera_de_mas(
    request: pytest.FixtureRequest, tmp_path: Path, tienda: str, ejemplos: int, pasos: int
) -> None:
    bodega = request.getfixturevalue(f"bodega_{tienda}")
    vivir(lambda: bodega.almacen, ejemplos, pasos)
    if bodega.es("sqlite"):
        # Después de todas esas vidas, el libro de cada una calza con lo guardado.
        vividas = [fila[0] for fila in abrir_sqlite(tmp_path).execute("SELECT convocatoria FROM cupos")]
        assert vividas
        assert [falla for vivida in vividas for falla in fallas_sin_mirar_el_rut(bodega.almacen, vivida)] == []
