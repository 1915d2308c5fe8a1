"""Los valores de una vitrina, mirados con desconfianza: textos sin código, contacto que sirve, precio en pesos."""

from typing import Any

from funciones.dominio.texto_publico import Tropiezo, contacto_sirve, en_una_linea, tropiezo

RAZONES = {Tropiezo.ETIQUETA: "un texto lleva código", Tropiezo.RUT: "un texto lleva un RUT"}
LARGOS = {"nombre": 90, "descripcion": 600, "unidad": 60, "foto_alt": 200, "variantes": 200}


class NoSePublica(ValueError):
    """Algo de una ficha no calza; lleva qué, sin los datos de la persona."""


def exigir(bien: object, razon: str) -> None:
    if not bien:
        raise NoSePublica(razon)


def texto(fila: dict[str, Any], columna: str, falta: bool = False) -> str:
    valor = limpio(fila.get(columna) or "", LARGOS[columna])
    exigir(falta or valor, f"le falta {columna}")
    return valor


def limpio(valor: Any, largo: int) -> str:
    """Una línea de texto sin código; los saltos y espacios de más se juntan."""
    exigir(isinstance(valor, str), "un texto no es texto")
    junto = en_una_linea(valor)
    exigir(len(junto) <= largo, "un texto es demasiado largo")
    mal = tropiezo(junto)
    exigir(mal is None, RAZONES[mal] if mal else "")
    return junto


def contacto(valor: Any) -> str | None:
    if not valor:
        return None
    exigir(isinstance(valor, str) and contacto_sirve(valor), "su contacto no sirve")
    return str(valor)


def precio(valor: Any) -> int | None:
    exigir(valor is None or (type(valor) is int and 0 < valor < 1_000_000_000), "un precio no es un número entero")
    return valor


def si_o_no(valor: Any) -> bool:
    exigir(isinstance(valor, bool), "no dice si es demostración")
    return bool(valor)
