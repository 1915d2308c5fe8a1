"""El folio: ocho caracteres que se dictan por teléfono sin confundirse, y que solos no muestran nada."""

from __future__ import annotations

# Sin I, L, O, U, 0 ni 1: se confunden al oído o a la vista, y sin la U no salen palabras por azar.
ALFABETO = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LARGO = 8


def derivar(digesto: bytes) -> str:
    """Ocho caracteres a partir de una huella con clave: el reintento de la misma solicitud da el mismo folio.

    `digesto` tiene al menos 16 bytes; el sesgo del módulo es menor que 2⁻⁸⁰.
    """
    if len(digesto) < 16:
        raise ValueError("el folio se deriva de al menos 16 bytes")
    numero = int.from_bytes(digesto, "big")
    letras = []
    for _ in range(LARGO):
        numero, resto = divmod(numero, len(ALFABETO))
        letras.append(ALFABETO[resto])
    return "".join(letras)


def normalizar(escrito: str) -> str | None:
    """Lo que alguien escribe (minúsculas, espacios, guiones) → folio canónico; None si no puede ser un folio."""
    limpio = "".join(letra for letra in escrito.upper() if letra not in " -–.")
    if len(limpio) != LARGO or any(letra not in ALFABETO for letra in limpio):
        return None
    return limpio


def mostrar(folio: str) -> str:
    """`K7M4PR9X` → `K7M4 PR9X`."""
    return f"{folio[:4]} {folio[4:]}"
