"""Las pruebas. Este archivo existe porque una biblioteca trae otro paquete llamado «tests»."""
