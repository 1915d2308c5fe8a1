"""Los derechos de una persona sobre sus datos: pedirlos, llevárselos, y el plazo en que se le responde."""
