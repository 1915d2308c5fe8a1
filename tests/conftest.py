"""Lo común a todas las pruebas: que den lo mismo cada vez y en cualquier máquina."""

from hypothesis import settings

# Sin plazo por ejemplo: en una máquina ocupada solo daría fallas falsas.
settings.register_profile("proyecto", deadline=None, derandomize=True)
settings.load_profile("proyecto")
