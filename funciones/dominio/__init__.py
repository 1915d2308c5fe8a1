"""Las reglas del programa, sin reloj, archivos, red ni números de coma flotante."""
