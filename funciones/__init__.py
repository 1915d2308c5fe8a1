"""Lo que responde en la nube. Cada archivo de esta carpeta es una función; lo que comparten vive en sus salas."""
