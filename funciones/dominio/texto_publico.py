"""Qué texto puede salir en el catálogo: la misma regla para quien escribe, para la mesa y para quien lo publica."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum

from funciones.dominio import rut
from funciones.dominio.vitrina import Contenido

LARGO_CONTACTO = 300
_INVISIBLES = frozenset({"Cc", "Cf", "Cs"})
# Las páginas escapan todo lo escrito: solo se devuelve lo que a la vista es código. «a<b» o «{{ 2x1 }}» son texto.
_ETIQUETA = re.compile(r"<\s*/?\s*script|</?[a-zA-Z][^<>]*>|<!--", re.IGNORECASE)
_CONTACTO = re.compile(r"https://[^\s<>\"']+|mailto:[^\s<>\"'@?]+@[^\s<>\"'?]+|tel:\+?[0-9]{6,15}")
# Con guion se ve que es un RUT, aunque su dígito esté mal copiado.
_RUT_CON_GUION = re.compile(r"(?<![\d.])\d{1,2}[. ]?\d{3}[. ]?\d{3} ?- ?[\dkK](?!\w)")
# Sin guion podría ser otro número: cuenta si su dígito verificador calza.
_RUT_SUELTO = re.compile(r"(?<![\d.])(\d{1,2})([. ]?)(\d{3})([. ]?)(\d{3})( ?)([\dkK])(?!\w)")
_CORREO = re.compile(r"[^\s@|<>()]+@[^\s@|<>()]+\.[a-zA-Z]{2,}")
_TELEFONO = re.compile(r"(?<![\d-])(?:\+?56[ -]?)?(?:9[ -]?\d{4}[ -]?\d{4}|\(?\d{2}\)?[ -]\d{3}[ -]?\d{4})(?![\d-])")


class Tropiezo(StrEnum):
    """Por qué un texto no se publica."""

    ETIQUETA = "etiqueta"
    RUT = "rut"


class Aviso(StrEnum):
    """Lo que se publica solo si una persona lo ve bien."""

    CORREO = "correo"
    TELEFONO = "telefono"


def en_una_linea(escrito: str) -> str:
    """El texto sin caracteres invisibles, y con los saltos y espacios de más juntos."""
    junto = " ".join(unicodedata.normalize("NFC", escrito).split())
    visible = "".join(letra for letra in junto if unicodedata.category(letra) not in _INVISIBLES)
    return " ".join(visible.split())


def tropiezo(texto: str) -> Tropiezo | None:
    """Lo que impide publicar ese texto, o None."""
    if _ETIQUETA.search(texto):
        return Tropiezo.ETIQUETA
    return Tropiezo.RUT if _lleva_rut(texto) else None


def contacto_sirve(direccion: str) -> bool:
    """Si la dirección es https, de correo o de teléfono, cabe y no lleva un RUT."""
    if len(direccion) > LARGO_CONTACTO or not _CONTACTO.fullmatch(direccion):
        return False
    return not _lleva_rut(_sin_escapes(direccion))


def _sin_escapes(direccion: str) -> str:
    """Lo que dice la dirección con sus «%2D» leídos: un RUT escrito así es el mismo RUT."""
    leida = re.sub(rb"%([0-9A-Fa-f]{2})", lambda par: bytes.fromhex(par[1].decode()), direccion.encode())
    return leida.decode("utf-8", "replace")


def avisos(texto: str) -> tuple[Aviso, ...]:
    """Lo que parece un dato de contacto en medio del texto."""
    plano = _plano(texto)
    vistos = ((Aviso.CORREO, _CORREO), (Aviso.TELEFONO, _TELEFONO))
    return tuple(aviso for aviso, patron in vistos if patron.search(plano))


def textos(contenido: Contenido) -> Iterator[tuple[str, str]]:
    """Cada texto que se publica de una ficha, con dónde está, en palabras."""
    yield "su nombre", contenido.nombre
    yield "qué hace", contenido.descripcion
    for producto in contenido.productos:
        partes: Mapping[str, str] = {
            "el nombre": producto.nombre,
            "la descripción": producto.descripcion,
            "la unidad": producto.unidad,
            "la descripción de la foto": producto.foto_alt,
        }
        for parte, texto in (*partes.items(), *(("las variantes", v) for v in producto.variantes)):
            yield f"{parte} de «{producto.nombre}»", texto


def no_se_publica(contenido: Contenido) -> tuple[str, ...]:
    """Dónde están los textos de la ficha que no se pueden publicar."""
    malos = [donde for donde, texto in textos(contenido) if tropiezo(texto) is not None]
    if contenido.contacto and not contacto_sirve(contenido.contacto):
        malos.append("su contacto")
    return tuple(dict.fromkeys(malos))


def _lleva_rut(texto: str) -> bool:
    plano = _plano(texto)
    return bool(_RUT_CON_GUION.search(plano)) or any(_es_rut(h) for h in _RUT_SUELTO.finditer(plano))


def _es_rut(hallado: re.Match[str]) -> bool:
    millones, *_, digito = hallado.groups()
    cuerpo = millones + hallado[3] + hallado[5]
    if re.fullmatch(r"9\d{8}", hallado[0]):
        # Nueve cifras seguidas que parten en 9 son un celular.
        return False
    return int(cuerpo) >= rut.MINIMO and rut.digito(int(cuerpo)) == digito.upper()


def _plano(texto: str) -> str:
    """Con cifras, guiones y espacios de los corrientes; lo invisible no cuenta."""
    letras = (_corriente(letra) for letra in unicodedata.normalize("NFKC", texto))
    return re.sub(r" +", " ", "".join(letras))


def _corriente(letra: str) -> str:
    clase = unicodedata.category(letra)
    if letra.isdecimal():
        return str(unicodedata.decimal(letra))
    if clase == "Pd" or letra in "\u2212\u00ad":
        return "-"
    if letra.isspace() or clase[0] == "Z":
        return " "
    return "" if clase in _INVISIBLES else letra
