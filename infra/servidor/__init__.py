"""Sirve en la máquina propia el portal y las funciones, sin nube."""
