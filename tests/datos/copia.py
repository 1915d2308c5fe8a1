"""Una copia de los datos del proyecto, para equivocarse en ella."""

import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

DATOS = Path(__file__).parents[2] / "datos"


@dataclass(frozen=True)
class Copia:
    """Los datos en una carpeta de prueba; las filas se nombran por el valor de su primera columna, o por varias."""

    carpeta: Path

    def ruta(self, archivo: str) -> Path:
        return self.carpeta / archivo

    def tabla(self, archivo: str) -> list[list[str]]:
        return list(csv.reader(io.StringIO(self.ruta(archivo).read_text(encoding="utf-8"))))

    def numero(self, archivo: str, *clave: str) -> int:
        """El número en la planilla de la fila que empieza con esa clave; el encabezado es la 1."""
        return next(n for n, fila in enumerate(self.tabla(archivo), 1) if fila[: len(clave)] == list(clave))

    def celda(self, archivo: str, clave: str, columna: str, valor: str) -> int:
        """Cambia una celda y dice en qué fila quedó; la clave lleva «/» entre sus partes."""
        numero = self.numero(archivo, *clave.split("/"))
        filas = self.tabla(archivo)
        filas[numero - 1][filas[0].index(columna)] = valor
        self.escribir(archivo, filas)
        return numero

    def agregar(self, archivo: str, **valores: str) -> int:
        """Repite la última fila con otros valores y dice en qué fila quedó."""
        filas = self.tabla(archivo)
        nueva = {**dict(zip(filas[0], filas[-1], strict=True)), **valores}
        self.escribir(archivo, [*filas, [nueva[c] for c in filas[0]]])
        return len(filas) + 1

    def quitar(self, archivo: str, columna: str, *valores: str) -> None:
        """Borra las filas con esos valores en esa columna."""
        filas = self.tabla(archivo)
        lugar = filas[0].index(columna)
        self.escribir(archivo, [f for f in filas if f[lugar] not in valores])

    def escribir(self, archivo: str, filas: list[list[str]]) -> None:
        salida = io.StringIO()
        csv.writer(salida, lineterminator="\n").writerows(filas)
        self.ruta(archivo).write_text(salida.getvalue(), encoding="utf-8")

    def reescribir(self, archivo: str, cambio: Callable[[str], bytes | str]) -> None:
        """Cambia el archivo entero; `cambio` recibe su texto."""
        nuevo = cambio(self.ruta(archivo).read_text(encoding="utf-8"))
        self.ruta(archivo).write_bytes(nuevo.encode() if isinstance(nuevo, str) else nuevo)


def copiar(carpeta: Path) -> Copia:
    shutil.copytree(DATOS, carpeta)
    return Copia(carpeta)
