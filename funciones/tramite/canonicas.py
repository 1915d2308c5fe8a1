"""De lo que la gente escribe a su forma canónica, por tipo de pregunta; si no sirve, dice cómo escribirlo."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from stdnum.cl import rut as stdnum_rut
from stdnum.exceptions import InvalidLength, ValidationError

from funciones.adaptadores.casos import NINGUNA
from funciones.adaptadores.correo import DireccionRechazada, direccion
from funciones.adaptadores.horneado import Horneado
from funciones.dominio import rut
from funciones.dominio.fechas import MESES
from funciones.tramite.preguntas import Pregunta


class RespuestaMala(Exception):
    """Lo escrito no sirve; el mensaje dice cómo escribirlo."""


CIFRAS_DE_UN_ENTERO = 7
PRIMER_ANIO = 1900
AUN_NO_LLEGA = "Esa fecha aún no llega: revisa el año."
RUT_IMPOSIBLE = "Ese RUT no existe: revisa el número completo en tu cédula o en el SII."


# El guion del teclado y los que ponen los teléfonos y los procesadores de texto.
_RAYAS = r"\-‐‑‒–—−"


def _texto(pregunta: Pregunta, limpio: str, publicado: Horneado) -> str:
    if any(unicodedata.category(c) == "Cc" and c not in "\n\r\t" for c in limpio):
        raise RespuestaMala(pregunta.error_formato)
    if pregunta.tipo == "texto":
        return " ".join(limpio.split())
    return limpio.replace("\r\n", "\n")


def _rut(pregunta: Pregunta, limpio: str, publicado: Horneado) -> str:
    junto = re.sub(rf"[\s.,{_RAYAS}]", "", limpio).upper()
    try:
        compacto = stdnum_rut.validate(junto)
    except InvalidLength as error:
        corto = re.fullmatch(r"\d{4,6}[\dK]", junto)
        raise RespuestaMala(RUT_IMPOSIBLE if corto else pregunta.error_formato) from error
    except ValidationError as error:
        raise RespuestaMala(pregunta.error_formato) from error
    canonico = f"{int(compacto[:-1])}-{compacto[-1]}"
    if not rut.posible(canonico):
        raise RespuestaMala(RUT_IMPOSIBLE)
    return canonico


def _correo(pregunta: Pregunta, limpio: str, publicado: Horneado) -> str:
    if not re.fullmatch(r"[^@\s,;<>\"()\[\]\\]{1,64}@[a-z0-9.-]{1,180}\.[a-z]{2,24}", limpio, re.IGNORECASE):
        raise RespuestaMala(pregunta.error_formato)
    cuenta, dominio = limpio.rsplit("@", 1)
    if ".." in limpio or cuenta.startswith(".") or cuenta.endswith(".") or dominio.startswith(("-", ".")):
        raise RespuestaMala(pregunta.error_formato)
    canonica = f"{cuenta}@{dominio.lower()}"
    try:
        # Lo que no se podrá enviar se dice ahora, mientras la persona lo puede corregir.
        direccion(canonica)
    except DireccionRechazada as error:
        raise RespuestaMala(pregunta.error_formato) from error
    return canonica


def _telefono(pregunta: Pregunta, limpio: str, publicado: Horneado) -> str:
    # «+56 9…», «0056 9…» y «09…» son el mismo teléfono.
    cifras = re.sub(rf"[\s().+/{_RAYAS}]", "", limpio).lstrip("0")
    if cifras.startswith("56") and len(cifras) == 11:
        cifras = cifras[2:]
    if not re.fullmatch(r"[2-9]\d{8}", cifras):
        raise RespuestaMala(pregunta.error_formato)
    return f"+56{cifras}"


def _comuna(pregunta: Pregunta, limpio: str, publicado: Horneado) -> str:
    """El código, o el nombre con su región o sin ella: «Talca», «talca, maule» o «Talca (Maule)»."""
    if limpio in publicado.comunas:
        return limpio
    nombre, _, region = re.sub(r"[()]", ",", limpio).strip(" ,.").partition(",")
    nombre, region = _sin_apostrofo(nombre), _sin_apostrofo(region.strip(" ,."))
    por_nombre = _comunas_por_nombre(publicado)
    halladas = por_nombre.get(nombre, ())
    if not halladas and not region:
        # Sin la coma: «talca maule» también dice cuál es.
        halladas = [c for n, cs in por_nombre.items() for c in cs if nombre == f"{n} {_region_de(c, publicado)}"]
    de_esa = [codigo for codigo in halladas if not region or _es_la_region(region, _region_de(codigo, publicado))]
    if len(de_esa) != 1:
        raise RespuestaMala(_que_comuna(pregunta, nombre, halladas, publicado))
    return de_esa[0]


def _sin_apostrofo(texto: str) -> str:
    """`O’Higgins ` → `ohiggins`: el apóstrofo se escribe de muchas formas, o no se escribe."""
    return re.sub(r"['’´`]", "", sin_tildes(texto))


def _comunas_por_nombre(publicado: Horneado) -> dict[str, list[str]]:
    codigos: dict[str, list[str]] = {}
    for codigo, comuna in publicado.comunas.items():
        codigos.setdefault(_sin_apostrofo(comuna["nombre"]), []).append(codigo)
    return codigos


def _region_de(codigo: str, publicado: Horneado) -> str:
    return _sin_apostrofo(publicado.region(publicado.comunas[codigo]["region"]))


def _es_la_region(escrita: str, region: str) -> bool:
    """«región del maule» y «maule» son la misma; una parte del nombre también sirve."""
    corta = re.sub(r"^region (de la |del |de los |de las |de )?", "", escrita)
    return bool(corta) and (corta in region or region in corta)


def _que_comuna(pregunta: Pregunta, nombre: str, halladas: Sequence[str], publicado: Horneado) -> str:
    """Cuál pudo querer escribir: las que se llaman así o, si ninguna, las que se parecen."""
    por_nombre = _comunas_por_nombre(publicado)
    parecidas = [c for n in get_close_matches(nombre, por_nombre, n=3, cutoff=0.75) for c in por_nombre[n]]
    dichas = [pregunta.mostrar(codigo, publicado) for codigo in halladas or parecidas]
    return f"Elige una comuna de la lista. ¿Es {' o '.join(dichas)}?" if dichas else pregunta.error_formato


def _actividad(pregunta: Pregunta, limpio: str, publicado: Horneado) -> str:
    codigo = re.sub(r"[\s.\-]", "", limpio)
    if not re.fullmatch(r"\d{5,6}", codigo) or codigo.zfill(6) not in publicado.actividades:
        raise RespuestaMala(pregunta.error_formato)
    return codigo.zfill(6)


def _actividades(pregunta: Pregunta, limpio: str, publicado: Horneado) -> str:
    """Códigos separados por comas, sin repetir; «ninguna» dice que no hay más que la principal."""
    if sin_tildes(limpio).rstrip(".") in _NO_HAY_MAS:
        return NINGUNA
    escritos = [codigo for trozo in re.split(r"[,;|\n]|\sy\s", limpio) for codigo in _por_espacios(trozo)]
    codigos = [_actividad(pregunta, escrito, publicado) for escrito in escritos]
    if not codigos:
        raise RespuestaMala(pregunta.error_formato)
    return ", ".join(dict.fromkeys(codigos))


_NO_HAY_MAS = frozenset({NINGUNA, "ninguno", "no", "no tengo", "no tengo mas", "0"})


def _por_espacios(trozo: str) -> list[str]:
    """`107100 561000` son dos códigos; `107 100`, uno."""
    partes = trozo.split()
    return partes if all(re.fullmatch(r"\d{5,6}", parte) for parte in partes) else [trozo]


def _fecha(pregunta: Pregunta, limpio: str, publicado: Horneado) -> str:
    """Año, mes y día en ese orden, o día, mes y año, con el mes en cifras o en palabras → `2020-03-02`."""
    dia = _dia(limpio)
    if dia is None or dia.year < PRIMER_ANIO:
        raise RespuestaMala(pregunta.error_formato)
    if pregunta.hasta is not None and dia > pregunta.hasta:
        raise RespuestaMala(AUN_NO_LLEGA)
    return dia.isoformat()


_AL_DERECHO = re.compile(r"(\d{1,2})(?:[-/. ]| de )(\d{1,2}|[a-z]{4,10})(?:[-/. ]| de | del )(\d{4})")
_AL_REVES = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMERO_DEL_MES = {mes: numero for numero, mes in enumerate(MESES, 1)} | {"setiembre": 9}


def dia_escrito(texto: str) -> date | None:
    """El día que quiso escribir una persona, con las formas que acepta el formulario; None si no se entiende."""
    return _dia(texto.strip())


def _dia(limpio: str) -> date | None:
    llano = sin_tildes(limpio)
    calce = _AL_DERECHO.fullmatch(llano) or _AL_REVES.fullmatch(llano)
    if calce is None:
        return None
    dia, mes, anio = calce.groups() if calce.re is _AL_DERECHO else reversed(calce.groups())
    try:
        return date(int(anio), _NUMERO_DEL_MES.get(mes) or int(mes), int(dia))
    except ValueError:
        return None


def _plata(pregunta: Pregunta, limpio: str, publicado: Horneado) -> str:
    """Pesos con puntos, comas o espacios de miles; también «24,5 millones» y «800 mil»."""
    llano = _ADORNOS.sub("", sin_tildes(limpio)).strip()
    en_palabras = _EN_PALABRAS.fullmatch(llano)
    cifras = re.sub(r"\s", "", llano)
    if en_palabras:
        cifras = _multiplicar(*en_palabras.groups())
    elif re.fullmatch(r"\d{1,3}(,\d{3}){2,4}", cifras):
        # Con dos comas o más no puede ser un decimal.
        cifras = cifras.replace(",", "")
    if not re.fullmatch(r"\d{1,15}|\d{1,3}(\.\d{3}){1,4}", cifras):
        raise RespuestaMala(pregunta.error_formato)
    return str(int(cifras.replace(".", "")))


_ADORNOS = re.compile(r"\$|\bclp\b|\bpesos\b|(?:,0{1,2})?(?:\.?-)?$")
_EN_PALABRAS = re.compile(r"(\d{1,3}(?:\.\d{3})*|\d{1,6})(?:[.,](\d{1,2}))? ?(mil|millon(?:es)?)(?: de)?")
_CEROS = {"mil": 3, "millon": 6, "millones": 6}


def _multiplicar(enteros: str, decimales: str | None, palabra: str) -> str:
    """`24`, `5`, `millones` → `24500000`, corriendo la coma: sin números con coma flotante."""
    fraccion = (decimales or "").ljust(_CEROS[palabra], "0")
    return str(int(enteros.replace(".", "") + fraccion))


def _entero(pregunta: Pregunta, limpio: str, publicado: Horneado) -> str:
    cifras = limpio.replace(".", "")
    # El punto solo separa miles: «2.5» no es 25.
    if not re.fullmatch(r"\d+|\d{1,3}(\.\d{3})+", limpio) or len(cifras) > CIFRAS_DE_UN_ENTERO:
        raise RespuestaMala(pregunta.error_formato)
    return str(int(cifras))


def _una_de(valores: Callable[[Pregunta], tuple[str, ...]]) -> Callable[[Pregunta, str, Horneado], str]:
    def elegir(pregunta: Pregunta, limpio: str, publicado: Horneado) -> str:
        if limpio not in valores(pregunta):
            raise RespuestaMala(pregunta.error_formato)
        return limpio

    return elegir


def _casilla(pregunta: Pregunta, limpio: str, publicado: Horneado) -> str:
    if limpio not in {"si", "no"} or (pregunta.obligatoria and limpio == "no"):
        raise RespuestaMala(pregunta.error_falta)
    return limpio


CANONIZADORES: Mapping[str, Callable[[Pregunta, str, Horneado], str]] = {
    "texto": _texto,
    "texto_largo": _texto,
    "rut": _rut,
    "correo": _correo,
    "telefono": _telefono,
    "comuna": _comuna,
    "actividad": _actividad,
    "actividades": _actividades,
    "fecha": _fecha,
    "plata": _plata,
    "entero": _entero,
    "casilla": _casilla,
    "si_no": _una_de(lambda pregunta: ("si", "no")),
    "opcion": _una_de(lambda pregunta: tuple(valor for valor, _ in pregunta.opciones)),
    "tipo_persona": _una_de(lambda pregunta: tuple(valor for valor, _ in pregunta.opciones)),
}


def sin_tildes(texto: str) -> str:
    """Minúsculas, sin tildes y con un solo espacio: `  Ñuñoa ` → `nunoa`."""
    plano = unicodedata.normalize("NFD", texto.casefold())
    return " ".join("".join(c for c in plano if not unicodedata.combining(c)).split())
