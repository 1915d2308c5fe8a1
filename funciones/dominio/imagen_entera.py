"""Si una imagen JPG o PNG está completa, mirada tramo por tramo: sin dibujarla y sin llenar la memoria."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from funciones.dominio.foto_limpia import limpiar
from funciones.dominio.medida_de_foto import PIXELES_MAXIMOS, medida

_PNG = b"\x89PNG\r\n\x1a\n"
# Muestras por píxel de cada tipo de color de PNG.
_MUESTRAS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PROFUNDIDADES = frozenset({1, 2, 4, 8, 16})
# Las siete pasadas de un PNG entrelazado: dónde empieza cada una y cada cuánto, a lo ancho y a lo alto.
_PASADAS = ((0, 8, 0, 8), (4, 8, 0, 8), (0, 4, 4, 8), (2, 4, 0, 4), (0, 2, 2, 4), (1, 2, 0, 2), (0, 1, 1, 2))
_TROZO = 64 * 1024


def entera(datos: bytes) -> bool:
    """Si está completa y se puede abrir. La de más de cincuenta millones de píxeles no se abre en cualquier equipo."""
    lados = medida(datos)
    if lados is None or lados[0] * lados[1] > PIXELES_MAXIMOS:
        return False
    return _png_entero(datos) if datos.startswith(_PNG) else limpiar(datos) is not None


def _png_entero(datos: bytes) -> bool:
    """Cada trozo con su suma, y la imagen con todas sus filas."""
    trozos = list(_trozos(datos))
    if not trozos or trozos[0][0] != b"IHDR" or trozos[-1][0] != b"IEND":
        return False
    if any(zlib.crc32(tipo + cuerpo) != suma for tipo, cuerpo, suma in trozos):
        return False
    filas = _bytes_de_filas(bytes(trozos[0][1]))
    return filas is not None and _descomprime(b"".join(c for tipo, c, _ in trozos if tipo == b"IDAT"), filas)


def _trozos(datos: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """Tipo, contenido y suma de cada trozo entero, hasta el final o hasta donde está cortado."""
    lugar = len(_PNG)
    while lugar + 12 <= len(datos):
        termina = lugar + 12 + int.from_bytes(datos[lugar : lugar + 4])
        if termina > len(datos):
            return
        tipo = datos[lugar + 4 : lugar + 8]
        yield tipo, datos[lugar + 8 : termina - 4], int.from_bytes(datos[termina - 4 : termina])
        if tipo == b"IEND":
            return
        lugar = termina


def _bytes_de_filas(cabecera: bytes) -> int | None:
    """Cuánto mide la imagen sin comprimir; None si la cabecera dice algo que no existe."""
    if len(cabecera) != 13:
        return None
    ancho, alto = int.from_bytes(cabecera[:4]), int.from_bytes(cabecera[4:8])
    profundidad, muestras, entrelazada = cabecera[8], _MUESTRAS.get(cabecera[9]), cabecera[12]
    if muestras is None or profundidad not in _PROFUNDIDADES or entrelazada > 1:
        return None
    pasadas = _PASADAS if entrelazada else ((0, 1, 0, 1),)
    total = 0
    for x, cada_x, y, cada_y in pasadas:
        columnas, filas = -(-(ancho - x) // cada_x), -(-(alto - y) // cada_y)
        if columnas > 0 and filas > 0:
            # Cada fila lleva delante un byte que dice cómo se filtró.
            total += filas * (1 + -(-columnas * profundidad * muestras // 8))
    return total


def _descomprime(comprimido: bytes, largo: int) -> bool:
    """Si de ahí salen al menos esos bytes. De a trozos, y sin pasar del largo: una bomba no llena la memoria."""
    inflador, salidos = zlib.decompressobj(), 0
    try:
        for desde in range(0, len(comprimido), _TROZO):
            # También lo comprimido entra de a trozos: lo que sobra se copia en cada vuelta.
            pendiente = comprimido[desde : desde + _TROZO]
            while pendiente and salidos < largo and not inflador.eof:
                salidos += len(inflador.decompress(pendiente, _TROZO))
                pendiente = inflador.unconsumed_tail
            if salidos >= largo or inflador.eof:
                break
        # Puede quedar adentro lo que no cupo en la última salida.
        while salidos < largo and not inflador.eof and (salida := inflador.decompress(b"", _TROZO)):
            salidos += len(salida)
    except zlib.error:
        return False
    return salidos >= largo
