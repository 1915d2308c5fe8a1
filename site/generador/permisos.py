"""Quita de los datos a quien no dio su permiso o ya lo retiró, antes de que nada más los mire."""

import csv
import io
from dataclasses import replace
from datetime import date

from generador.paquetes import Fila, Paquetes

# Las tablas que nombran a una empresa del catálogo, y en qué columna.
QUE_LA_NOMBRAN = (
    ("catalogos", "empresas", "id"),
    ("catalogos", "productos", "empresa"),
    ("eventos", "participantes", "empresa"),
)


def con_permiso(datos: Paquetes, hoy: date) -> Paquetes:
    """Los mismos paquetes sin las empresas cuyo permiso no rige ese día: ni en páginas, ni en copias, ni en fotos."""
    fuera = {e["id"] for e in datos["catalogos"]["empresas"] if not rige(e, hoy)}
    if not fuera:
        return datos
    filas = {paquete: dict(tablas) for paquete, tablas in datos.filas.items()}
    textos = dict(datos.textos)
    for paquete, tabla, columna in QUE_LA_NOMBRAN:
        quedan = [f[columna] not in fuera for f in filas[paquete][tabla]]
        filas[paquete][tabla] = [f for f, queda in zip(filas[paquete][tabla], quedan, strict=True) if queda]
        textos[paquete, tabla] = _solo(textos[paquete, tabla], quedan)
    return replace(datos, filas=filas, textos=textos)


def rige(empresa: Fila, hoy: date) -> bool:
    """Si el permiso ya empezó y no se ha retirado; el día del retiro ya no rige."""
    empezo = empresa["consentimiento"] is not None and empresa["consentimiento"] <= hoy
    return empezo and (empresa["retiro"] is None or hoy < empresa["retiro"])


def _solo(texto: str, quedan: list[bool]) -> str:
    """El mismo CSV con su encabezado y las filas que quedan."""
    encabezado, *celdas = csv.reader(io.StringIO(texto))
    salida = io.StringIO()
    escritor = csv.writer(salida, lineterminator="\n")
    escritor.writerow(encabezado)
    escritor.writerows(c for c, queda in zip(celdas, quedan, strict=True) if queda)
    return salida.getvalue()
