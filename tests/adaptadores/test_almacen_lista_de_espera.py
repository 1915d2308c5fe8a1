"""R2 sobre cada almacén: la misma vida al azar, guardada de verdad."""

from __future__ import annotations

import pytest

from tests.lista_de_espera import vivir


@pytest.mark.parametrize(
    ("tienda", "ejemplos", "pasos"), [("sqlite", 100, 30), ("moto", 10, 20), ("ministack", 10, 20)]
)
def test_el_puesto_es_de_quien_va_antes_y_nadie_espera_de_mas(
    request: pytest.FixtureRequest, tienda: str, ejemplos: int, pasos: int
) -> None:
    bodega = request.getfixturevalue(f"bodega_{tienda}")
    vivir(lambda: bodega.almacen, ejemplos, pasos)
