"""Un cambio ya publicado, en palabras."""

from dataclasses import dataclass
from datetime import date

# Así se anota, y así se lee, una celda vacía.
VACIO = "sin dato"
# Desde aquí, tachar y reescribir asusta más de lo que explica.
LARGO = 160
PALABRA = {"mayor": "Cambio mayor", "menor": "Cambio menor"}


@dataclass(frozen=True)
class Cambio:
    """Qué cambió y cuándo. `numero` es el de su fila anotada; None si solo está en la historia.

    `quitadas` y `agregadas` son las frases de un texto largo que ya no están y las nuevas.
    """

    fecha: date
    campo: str
    titulo: str
    antes: str
    despues: str
    alcance: str
    motivo: str = ""
    numero: int | None = None
    quitadas: tuple[str, ...] = ()
    agregadas: tuple[str, ...] = ()

    @property
    def alcance_palabra(self) -> str:
        return PALABRA[self.alcance]

    @property
    def se_dobla(self) -> bool:
        """Si lo que decía y lo que dice es tan largo que se muestra solo a quien lo pide."""
        return bool(self.antes) and len(self.antes) + len(self.despues) > LARGO

    @property
    def punto(self) -> str:
        """El que cierra la frase, si lo que dice ahora no trae el suyo."""
        return "" if self.despues.endswith((".", "?", "!")) else "."

    @property
    def cuantas_frases(self) -> str:
        """`2 frases nuevas y 1 quitada`; vacío si no es un texto que cambió por frases."""
        nuevas, quitadas = len(self.agregadas), len(self.quitadas)
        partes = [f"{nuevas} {'frase nueva' if nuevas == 1 else 'frases nuevas'}"] if nuevas else []
        if quitadas:
            frase = "" if nuevas else ("frase " if quitadas == 1 else "frases ")
            partes.append(f"{quitadas} {frase}{'quitada' if quitadas == 1 else 'quitadas'}")
        return " y ".join(partes)

    @property
    def mayor(self) -> bool:
        return self.alcance == "mayor"
