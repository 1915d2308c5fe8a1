"""De lo que se escribe en una vitrina a sus valores; lo que no sirve dice, campo por campo, cómo escribirlo."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from funciones.dominio import texto_publico
from funciones.dominio.actor import se_ve
from funciones.dominio.texto_publico import Tropiezo
from funciones.dominio.vitrina import Contenido, Producto

DE_LA_FICHA = ("nombre", "rubro", "descripcion", "contacto")
DEL_PRODUCTO = ("nombre", "descripcion", "rubro", "precio", "unidad", "variantes")
# Los mismos largos que aceptan los paquetes de datos del catálogo.
LARGOS: Mapping[str, int] = {
    "nombre": 90,
    "descripcion": 300,
    "descripcion_producto": 400,
    "contacto": 200,
    "unidad": 40,
    "variantes": 200,
    "foto_alt": 160,
}
ALT_MINIMO = 10
PRECIO_MAXIMO = 999_999_999
A_CONVENIR = frozenset({"", "a convenir", "convenir"})
COMO_SE_ARREGLA: Mapping[Tropiezo, str] = {
    Tropiezo.RUT: "Quita el RUT: esta ficha la ve cualquiera.",
    Tropiezo.ETIQUETA: "Quita lo que va entre «<» y «>»: escribe solo texto.",
}
_DOMINIO = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}", re.IGNORECASE)

Errores = dict[str, str]


def de_la_ficha(antes: Contenido, escrito: Callable[[str], str], rubros: Collection[str]) -> tuple[Contenido, Errores]:
    """Quién es, con lo escrito; los productos no se tocan."""
    errores: Errores = {}
    contenido = replace(
        antes,
        nombre=_linea("nombre", escrito("nombre"), errores, falta="Escribe el nombre que verán quienes compran."),
        rubro=_rubro(escrito("rubro"), rubros, errores),
        descripcion=_linea(
            "descripcion", escrito("descripcion"), errores, falta="Cuenta en una o dos frases qué haces."
        ),
        contacto=_contacto(escrito("contacto"), errores),
    )
    return contenido, errores


def del_producto(antes: Producto, escrito: Callable[[str], str], rubros: Collection[str]) -> tuple[Producto, Errores]:
    """El producto con lo escrito; su foto no se toca."""
    errores: Errores = {}
    producto = replace(
        antes,
        nombre=_linea("nombre", escrito("nombre"), errores, falta="Escribe el nombre del producto."),
        descripcion=_linea(
            "descripcion",
            escrito("descripcion"),
            errores,
            falta="Cuenta en una o dos frases cómo es.",
            largo=LARGOS["descripcion_producto"],
        ),
        rubro=_rubro(escrito("rubro"), rubros, errores),
        precio_clp=_precio(escrito("precio"), errores),
        unidad=_linea("unidad", escrito("unidad"), errores) or "cada uno",
        variantes=_variantes(escrito("variantes"), errores),
    )
    return producto, errores


def alt(escrito: str) -> tuple[str, Errores]:
    """Lo que se ve en la foto, para quien no puede verla."""
    errores: Errores = {}
    texto = _linea("foto_alt", escrito, errores, falta="Cuenta qué se ve en la foto, para quien no puede verla.")
    if not errores and len(texto) < ALT_MINIMO:
        errores["foto_alt"] = f"Cuenta un poco más: al menos {ALT_MINIMO} letras, como «Un frasco de miel abierto»."
    return texto, errores


def _linea(campo: str, escrito: str, errores: Errores, *, falta: str = "", largo: int | None = None) -> str:
    texto = texto_publico.en_una_linea(escrito)
    tope = LARGOS[campo] if largo is None else largo
    if not se_ve(texto):
        if falta:
            errores[campo] = falta
        return ""
    if len(texto) > tope:
        errores[campo] = f"Acórtalo: tiene {len(texto)} caracteres y caben {tope}."
    elif (mal := texto_publico.tropiezo(texto)) is not None:
        errores[campo] = COMO_SE_ARREGLA[mal]
    return texto


def _rubro(escrito: str, rubros: Collection[str], errores: Errores) -> str:
    if escrito not in rubros:
        errores["rubro"] = "Elige un rubro de la lista."
        return ""
    return escrito


def _precio(escrito: str, errores: Errores) -> int | None:
    limpio = escrito.strip().lower()
    if limpio in A_CONVENIR:
        return None
    cifras = re.sub(r"[\s.$]", "", limpio)
    if not re.fullmatch(r"[0-9]{1,12}", cifras) or not 1 <= int(cifras) <= PRECIO_MAXIMO:
        errores["precio"] = (
            "Escribe el precio en pesos, solo con números, como 4.500. Si es a convenir, déjalo en blanco."
        )
        return None
    return int(cifras)


def _variantes(escrito: str, errores: Errores) -> tuple[str, ...]:
    trozos = (_linea("variantes", trozo, errores) for trozo in re.split(r"[|;,\n]", escrito))
    variantes = tuple(dict.fromkeys(trozo for trozo in trozos if trozo))
    if len("|".join(variantes)) > LARGOS["variantes"]:
        errores["variantes"] = f"Acorta la lista: entre todas caben {LARGOS['variantes']} letras."
    return variantes


def _contacto(escrito: str, errores: Errores) -> str:
    """Una dirección https; un celular se convierte en su enlace de WhatsApp."""
    limpio = escrito.strip()
    if not limpio:
        return ""
    if celular := _celular(limpio):
        return f"https://wa.me/56{celular}"
    direccion = _direccion(limpio)
    if direccion is None or len(direccion) > LARGOS["contacto"]:
        errores["contacto"] = (
            "Escribe una página, como instagram.com/tu-nombre, o un celular, como 9 8765 4321. O déjalo en blanco."
        )
        return limpio
    if not texto_publico.contacto_sirve(direccion):
        errores["contacto"] = COMO_SE_ARREGLA[Tropiezo.RUT]
        return limpio
    return direccion


def _celular(escrito: str) -> str | None:
    if not re.fullmatch(r"[\d\s().+\-]+", escrito):
        return None
    cifras = re.sub(r"\D", "", escrito).removeprefix("56")
    return cifras if re.fullmatch(r"9\d{8}", cifras) else None


def _direccion(escrito: str) -> str | None:
    """Siempre https, sin usuario ni puerto raros, y con un dominio que parezca uno."""
    completa = re.sub(r"^https?://", "https://", escrito, flags=re.IGNORECASE)
    completa = completa if "://" in completa else f"https://{completa}"
    if re.search(r"[\s<>\"'\\^`{|}]", completa) or not completa.isascii():
        return None
    try:
        partes = urlsplit(completa)
    except ValueError:
        return None
    return completa if partes.scheme == "https" and _DOMINIO.fullmatch(partes.netloc) else None


def como_escrito(valores: Contenido | Producto) -> dict[str, str]:
    """Lo guardado como se muestra en los campos de su formulario."""
    if isinstance(valores, Contenido):
        return {campo: getattr(valores, campo) for campo in DE_LA_FICHA}
    textos: dict[str, Any] = {campo: getattr(valores, campo) for campo in ("nombre", "descripcion", "rubro", "unidad")}
    precio = "" if valores.precio_clp is None else f"{valores.precio_clp:,}".replace(",", ".")
    return textos | {"precio": precio, "variantes": ", ".join(valores.variantes)}
