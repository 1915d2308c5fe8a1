"""Dónde un texto dice de quién es: nombres, RUT, teléfono y correo, aunque vengan a medias o escritos de otra forma."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

Tramo = tuple[int, int]

LARGO_MINIMO = 3
# Desde este largo se reconoce dentro de otra palabra: «@tiendalosaromos».
LARGO_EVIDENTE = 8
CIFRAS_MINIMAS, CIFRAS_SIN_ZONA = 6, 7
# Lo que la gente pone entre las cifras de un RUT o de un teléfono.
ENTRE_CIFRAS = r"[^a-z0-9]{0,3}"
# Con más que esto entre medio, ya no es el mismo nombre.
ENTRE_PALABRAS = 2
# Lo que toda razón social lleva y no distingue a ninguna.
_VACIAS = """
    a al con de del e el en la las lo los o para por un una y
    acciones anonima cia coop cooperativa eirl empresa empresas hermanos hijos individual limitada ltda responsabilidad
    sa sociedad spa
"""
# Palabras de cualquier texto sobre un negocio: solas no dicen de quién es; dos seguidas, como en el nombre, sí.
_CORRIENTES = """
    aceites agricola agro alimentos arte artesana artesanal artesanales artesanas artesania artesanias artesano
    artesanos bebidas cafe cafeteria campo casa centro cerveceria cervezas chile chilena chilenos chocolates cocina
    comercial comercializadora comida confecciones conservas consultora correo cosmetica cosmeticos creaciones cuero
    delicias diseno disenos distribuidora dulces ejemplo elaboracion emprendimiento emprendimientos fabrica ferreteria
    flores frutas frutos gourmet hola huerta importadora industrial info inversiones jabones joyas joyeria lana lanas
    local madera maderas mail manualidades mermeladas miel mieles moda muebles mujeres natural naturales organica
    organico organicos pan panaderia panes pasteleria pasteles pescados pizzeria plantas postres produccion productora
    productos quesos regional reposteria representante restaurante ropa sabores servicios sur norte taller tejidos
    textil textiles tienda tradicional tradiciones transportes turismo vende vender venta ventas verduras vinos vivero
    contacto contactos gerencia administracion pedidos pyme mipe
    antartica antofagasta araucania arica atacama aysen biobio coquimbo higgins lagos libertador magallanes maule
    metropolitana nuble parinacota rios santiago tarapaca valparaiso
"""
# Quien presta el correo a cualquiera: su dominio no dice nada.
_DE_CUALQUIERA = "entel gmail gmx hotmail icloud live mail msn outlook proton protonmail vtr yahoo"
VACIAS, CORRIENTES, DE_CUALQUIERA = (frozenset(t.split()) for t in (_VACIAS, _CORRIENTES, _DE_CUALQUIERA))


@dataclass(frozen=True, slots=True)
class Plano:
    """Un texto sin tildes, mayúsculas ni marcas invisibles, y de qué letra del original sale cada una de las suyas."""

    letras: str
    origen: tuple[int, ...]

    def en_el_original(self, desde: int, hasta: int) -> Tramo:
        """El tramo del original que se aplanó en ese."""
        final = self.origen[hasta] if hasta < len(self.origen) else self.origen[-1]
        return self.origen[desde], final


def aplanar(texto: str) -> Plano:
    """`«PÉREZ»` → `«perez»`. La última posición de `origen` es el largo del texto."""
    pares = [(letra, lugar) for lugar, cruda in enumerate(texto) for letra in _letras(cruda)]
    return Plano("".join(letra for letra, _ in pares), (*(lugar for _, lugar in pares), len(texto)))


def _letras(cruda: str) -> str:
    if cruda.isspace():
        return " "
    if cruda.isdecimal():
        return str(unicodedata.decimal(cruda))
    sueltas = unicodedata.normalize("NFKD", cruda.casefold())
    return "".join(letra for letra in sueltas if unicodedata.category(letra)[0] != "M" and letra.isprintable())


def de_nombre(plano: Plano, nombre: str) -> Iterable[Tramo]:
    """Cada aparición del nombre, de dos palabras seguidas suyas, o de una sola que lo distinga."""
    propias = _palabras(aplanar(nombre).letras)
    juntas, evidentes = _formas([letras for _, _, letras in propias])
    palabras = _palabras(plano.letras)
    for primera, (desde, hasta, letras) in enumerate(palabras):
        if any(evidente in letras for evidente in evidentes):
            yield desde, hasta
        for ultima in range(primera, min(primera + len(propias) + ENTRE_PALABRAS, len(palabras))):
            seguidas = palabras[primera : ultima + 1]
            if "".join(letras for _, _, letras in seguidas) in juntas and _van_juntas(plano, seguidas):
                yield desde, palabras[ultima][1]


def _palabras(plano: str) -> list[tuple[int, int, str]]:
    return [(hallada.start(), hallada.end(), hallada.group()) for hallada in re.finditer(r"[a-z0-9]+", plano)]


def _van_juntas(plano: Plano, palabras: list[tuple[int, int, str]]) -> bool:
    huecos = (plano.letras[a[1] : b[0]] for a, b in pairwise(palabras))
    return all(len(hueco.strip()) <= ENTRE_PALABRAS for hueco in huecos)


def _formas(palabras: list[str]) -> tuple[set[str], set[str]]:
    """Los pedazos del nombre que lo delatan, escritos sin espacios, y los que se reconocen dentro de otra palabra."""
    juntas, evidentes = {"".join(palabras)}, set[str]()
    for desde in range(len(palabras)):
        for hasta in range(desde + 1, len(palabras) + 1):
            if _delata(palabras[desde:hasta]):
                juntas.add("".join(palabras[desde:hasta]))
    if _delata(palabras):
        evidentes = {junta for junta in juntas if len(junta) >= LARGO_EVIDENTE}
    return {junta for junta in juntas if len(junta) >= LARGO_MINIMO}, evidentes


def _delata(pedazo: list[str]) -> bool:
    con_peso = [p for p in pedazo if len(p) >= LARGO_MINIMO and p not in VACIAS]
    return len(con_peso) > 1 or any(not p.isdecimal() and p not in CORRIENTES for p in con_peso)


def de_rut(plano: Plano, canonico: str) -> Iterable[Tramo]:
    """El RUT con o sin dígito verificador, y con lo que sea entre sus cifras."""
    cuerpo, _, digito = canonico.lower().partition("-")
    verificador = f"(?:{ENTRE_CIFRAS}{re.escape(digito)}(?![a-z0-9]))?" if digito else ""
    return _cifras(plano, cuerpo, f"0*{_separadas(cuerpo)}{verificador}")


def de_telefono(plano: Plano, telefono: str) -> Iterable[Tramo]:
    """El teléfono con o sin código de país y de zona."""
    cifras = "".join(c for c in telefono.removeprefix("+56") if c.isdecimal())
    zona = max(min(len(cifras) - CIFRAS_SIN_ZONA, 2), 0)
    de_zona = "".join(f"(?:{c}{ENTRE_CIFRAS})?" for c in cifras[:zona])
    pais = _separadas("".join(c for c in telefono if c.isdecimal())[:2])
    patron = rf"(?:\+?(?:00)?{pais}{ENTRE_CIFRAS})?(?:\((?=[0-9]))?0?{de_zona}{_separadas(cifras[zona:])}"
    return _cifras(plano, cifras, patron)


def _separadas(cifras: str) -> str:
    return ENTRE_CIFRAS.join(cifras)


def _cifras(plano: Plano, cifras: str, patron: str) -> Iterable[Tramo]:
    if len(cifras) < CIFRAS_MINIMAS or not cifras.isdecimal():
        return ()
    return _hallados(rf"(?<![0-9]){patron}(?![0-9])", plano)


def de_correo(plano: Plano, correo: str) -> Iterable[Tramo]:
    """La dirección, su dominio si es propio, y lo que va antes de la arroba si distingue a alguien."""
    usuario, arroba, dominio = aplanar(correo).letras.partition("@")
    if not (usuario and arroba and dominio):
        return
    dominio_escrito = r"\s*\.\s*".join(re.escape(parte) for parte in dominio.split("."))
    yield from _hallados(rf"(?<![a-z0-9]){re.escape(usuario)}\s*@\s*{dominio_escrito}(?![a-z0-9])", plano)
    propios = [usuario]
    if dominio.split(".")[0] not in DE_CUALQUIERA:
        yield from _hallados(rf"(?<![a-z0-9])(?:www\.)?{dominio_escrito}(?![a-z0-9])", plano)
        propios.append(dominio.rpartition(".")[0])
    for propio in propios:
        if "".join(re.findall(r"[a-z0-9]+", propio)) not in CORRIENTES:
            yield from de_nombre(plano, propio)


def _hallados(patron: str, plano: Plano) -> Iterable[Tramo]:
    return (hallado.span() for hallado in re.finditer(patron, plano.letras))
