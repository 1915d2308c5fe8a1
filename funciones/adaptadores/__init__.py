"""Las ventanas de las funciones hacia afuera: almacén, correo, archivos y plantillas."""
