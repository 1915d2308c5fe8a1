"""La ficha de catálogo que cada empresa arma, y la foto de cada producto."""
