"""Lo común a todas las pruebas: que den lo mismo cada vez y en cualquier máquina."""

import pytest
from hypothesis import settings
from playwright.sync_api import expect

# Sin plazo por ejemplo: en una máquina ocupada solo daría fallas falsas.
settings.register_profile("proyecto", deadline=None, derandomize=True)
settings.load_profile("proyecto")
# Lo más que se espera a que algo se vea; en una máquina ocupada cinco segundos no alcanzan.
expect.set_options(timeout=20_000)

# Los archivos que más tardan empiezan primero: si uno queda para el final, corre solo mientras los demás esperan.
LARGOS = (
    "test_almacen_apertura.py",
    "test_ruta_entera.py",
    "test_mesa_accesible.py",
    "test_navegador.py",
    "test_accesible.py",
    "test_prechequeo.py",
    "test_lista_de_espera.py",
    "test_mensajes.py",
    "test_cortes.py",
    "test_mesa_entre_varias.py",
    "test_mesa_de_verdad.py",
    "test_corregir_y_recurrir.py",
    "test_solo_con_teclado.py",
    "test_almacen_lista_de_espera.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Ordena por archivo, los largos primero; dentro de cada uno, como están escritas."""
    orden = {nombre: lugar for lugar, nombre in enumerate(LARGOS)}
    items.sort(key=lambda prueba: orden.get(prueba.path.name, len(LARGOS)))
