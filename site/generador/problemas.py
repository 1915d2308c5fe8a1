"""Un error de los datos, dicho como lo necesita quien edita: dónde, qué está mal y cómo escribirlo."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problema:
    """Un error con su lugar; la fila es la de la planilla, donde el encabezado es la 1."""

    archivo: str
    fila: int = 0
    columna: str = ""
    que: str = ""
    como: str = ""

    def __str__(self) -> str:
        lugar = ":".join(str(parte) for parte in (self.archivo, self.fila, self.columna) if parte)
        return f"{lugar}  {self.que} · {self.como}"


class DatosConProblemas(Exception):
    """Los datos no se pueden usar; lleva los problemas que lo explican."""

    def __init__(self, problemas: list[Problema]) -> None:
        super().__init__("\n".join(map(str, problemas)))
        self.problemas = problemas
