"""Lee un CSV como venga de una planilla (con «;», con BOM o en Windows-1252) y entrega sus celdas limpias."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from generador.problemas import DatosConProblemas, Problema

# Hoja de cálculo, documento o imagen guardados con el nombre cambiado.
FIRMAS = {
    b"PK\x03\x04": "una planilla de Excel",
    b"\xd0\xcf\x11\xe0": "una planilla de Excel antigua",
    b"%PDF": "un PDF",
}
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# UTF-8 leído como Windows-1252: «Ã±» por «ñ», «â€œ» por una comilla.
LETRAS_ROTAS = re.compile("Ã[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¡-¿]|Â[¡-¿]|â€|\ufffd")
BLANCOS = " \t\r\n\u00a0\u200b\ufeff"


@dataclass(frozen=True)
class Tabla:
    """Las celdas de un archivo; cada fila lleva su número en la planilla."""

    columnas: list[str]
    filas: list[tuple[int, list[str]]]


def leer_tabla(datos: Path, archivo: str) -> Tabla:
    """La tabla de ese archivo, o DatosConProblemas si no se puede leer."""
    return tabla_de(leer_texto(datos, archivo), archivo)


def tabla_de(texto: str, archivo: str) -> Tabla:
    """Las celdas de ese texto; `archivo` es el nombre que llevan los problemas."""
    renglones = _separar(texto, archivo)
    if not renglones or not any(renglones[0]):
        raise detener(archivo, 1, "", "el archivo está vacío", "debe tener al menos la fila de encabezado")
    columnas = _sin_cola_vacia(renglones[0], renglones[1:])
    filas = [(n, _recortar(celdas, len(columnas))) for n, celdas in enumerate(renglones[1:], 2) if any(celdas)]
    return Tabla(columnas, filas)


def leer_texto(datos: Path, archivo: str) -> str:
    """El texto de un archivo en UTF-8 o, si no lo es, en el Windows-1252 que guarda Excel en Chile."""
    try:
        crudo = (datos / archivo).read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        raise detener(archivo, 0, "", "falta el archivo", "súbelo con ese mismo nombre y en esa carpeta") from None
    return texto_de(crudo, archivo)


def texto_de(crudo: bytes, archivo: str) -> str:
    """El texto de esos bytes, o DatosConProblemas si no son texto o tienen las letras rotas."""
    for firma, que_es in FIRMAS.items():
        if crudo.startswith(firma):
            raise detener(archivo, 0, "", f"es {que_es}, no un texto", "guárdalo como «CSV UTF-8» y súbelo de nuevo")
    texto = _decodificar(crudo)
    if texto is None or CONTROL.search(texto):
        raise detener(archivo, 0, "", "el archivo está dañado: no es texto", "vuelve a guardarlo como «CSV UTF-8»")
    rota = LETRAS_ROTAS.search(texto)
    if rota:
        fila = texto.count("\n", 0, rota.start()) + 1
        raise detener(
            archivo,
            fila,
            "",
            f"tiene letras rotas («{rota.group()}»)",
            "vuelve a escribir las tildes y eñes y guárdalo como «CSV UTF-8»",
        )
    return texto.replace("\r\n", "\n").replace("\r", "\n")


def detener(archivo: str, fila: int, columna: str, que: str, como: str) -> DatosConProblemas:
    return DatosConProblemas([Problema(archivo, fila, columna, que, como)])


def _decodificar(crudo: bytes) -> str | None:
    for codificacion in ("utf-8-sig", "cp1252"):
        try:
            return crudo.decode(codificacion)
        except UnicodeDecodeError:
            continue
    return None


def _separar(texto: str, archivo: str) -> list[list[str]]:
    encabezado = texto.split("\n", 1)[0]
    separador = max(",;\t", key=encabezado.count)
    renglones: list[list[str]] = []
    try:
        for celdas in csv.reader(io.StringIO(texto, newline=""), delimiter=separador, strict=True):
            renglones.append([celda.strip(BLANCOS) for celda in celdas])
    except csv.Error:
        raise detener(
            archivo,
            len(renglones) + 1,
            "",
            "hay comillas que se abren y no se cierran bien",
            'escribe "" donde quieras una comilla dentro de una celda',
        ) from None
    return renglones


def _sin_cola_vacia(encabezado: list[str], filas: list[list[str]]) -> list[str]:
    """El encabezado sin las columnas vacías que las planillas agregan al final."""
    largo = len(encabezado)
    while largo and not encabezado[largo - 1] and not any(len(f) >= largo and f[largo - 1] for f in filas):
        largo -= 1
    return encabezado[:largo]


def _recortar(celdas: list[str], largo: int) -> list[str]:
    """Quita las celdas vacías que sobran al final; las que traen algo se quedan, para avisar."""
    while len(celdas) > largo and not celdas[-1]:
        celdas = celdas[:-1]
    return celdas
