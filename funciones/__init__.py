"""Lo que responde en la nube: recibe formularios, decide con el dominio y guarda."""
