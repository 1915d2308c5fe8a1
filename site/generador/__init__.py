"""Convierte los datos y las páginas escritas a mano en el portal publicado."""
