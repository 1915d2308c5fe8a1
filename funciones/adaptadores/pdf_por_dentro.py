"""El programa aparte que abre un PDF: lo lee por la entrada y contesta una palabra. Lo llama `pdf.mirar`.

Corre solo, sin credenciales y con poca memoria y poco tiempo: un PDF hecho para hacer daño solo lo agota a él.
"""

from __future__ import annotations

import io
import logging
import sys
from contextlib import suppress

from pypdf import PasswordType, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject

SEGUNDOS = 5
MEMORIA = 256 * 1024 * 1024
# Con un documento más largo basta mirar el principio: un corte deja perdidas también sus primeras referencias.
PAGINAS = 300


def veredicto(datos: bytes) -> str:
    """`bien`, `danado` o `con_contrasena`."""
    lector = None
    try:
        lector = PdfReader(io.BytesIO(datos), strict=False)
        if lector.is_encrypted and lector.decrypt("") == PasswordType.NOT_DECRYPTED:
            return "con_contrasena"
        return "bien" if _se_lee(lector) else "danado"
    except Exception:
        # Protegido de una forma que no sabemos abrir: para la persona es lo mismo que una contraseña.
        with suppress(Exception):
            if lector is not None and lector.is_encrypted:
                return "con_contrasena"
        return "danado"


def _se_lee(lector: PdfReader) -> bool:
    """Si tiene páginas y está lo que muestra cada una."""
    cuantas = len(lector.pages)
    return cuantas > 0 and all(_entera(lector.pages[numero]) for numero in range(min(cuantas, PAGINAS)))


def _entera(pagina: DictionaryObject) -> bool:
    if "/Contents" not in pagina:
        return True
    contenido = _de(pagina.raw_get("/Contents"))
    partes = [_de(parte) for parte in contenido] if isinstance(contenido, ArrayObject) else [contenido]
    return all(isinstance(parte, StreamObject) for parte in partes)


def _de(objeto: PdfObject) -> PdfObject | None:
    return objeto.get_object()


def _limitarse() -> None:
    # Fuera de Unix no hay estos topes; queda el tiempo que le da quien lo llama.
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (SEGUNDOS, SEGUNDOS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORIA, MEMORIA))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _limitarse()
    # pypdf cuenta cada rareza que encuentra, y ahí puede ir texto del documento.
    logging.disable(logging.CRITICAL)
    sys.stdout.write(veredicto(sys.stdin.buffer.read()))
