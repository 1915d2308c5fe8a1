"""De lo que la gente escribe a su forma canónica, por tipo de pregunta; si no sirve, dice cómo escribirlo."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from stdnum.cl import rut as stdnum_rut
from stdnum.exceptions import InvalidLength, ValidationError

from funciones.adaptadores.casos import NINGUNA
from funciones.adaptadores.correo import DireccionRechazada, direccion
from funciones.adaptadores.horneado import Horneado
from funciones.dominio import rut
from funciones.dominio.fechas import MESES
from funciones.preguntas import Pregunta


class RespuestaMala(Exception):
    """Lo escrito no sirve; el mensaje dice cómo escribirlo."""


CIFRAS_DE_UN_ENTERO = 7
PRIMER_ANIO = 1900
AUN_NO_LLEGA = "Esa fecha aún no llega: revisa el año."
RUT_IMPOSIBLE = "Ese RUT no existe: revisa el número completo en tu cédula o en el SII."


def _texto(pregunta: Pregunta, limpio: str, publicado: Horneado) -> str:
    if any(unicodedata.category(c) == "Cc" and c not in "\n\r\t" for c in limpio):
        raise RespuestaMala(pregunta.error_formato)
    if pregunta.tipo == "texto":
        return " ".join(limpio.split())
    return limpio.replace("\r\n", "\n")


def _rut(pregunta: Pregunta, limpio: str, publicado: Horneado) -> str:
    junto = re.sub(r"[\s.\-–]", "", limpio).upper()
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
    cifras = re.sub(r"[\s().+\-]", "", limpio)
    if cifras.startswith("56") and len(cifras) == 11:
        cifras = cifras[2:]
    if not re.fullmatch(r"[2-9]\d{8}", cifras):
        raise RespuestaMala(pregunta.error_formato)
    return f"+56{cifras}"


def _comuna(pregunta: Pregunta, limpio: str, publicado: Horneado) -> str:
    if limpio in publicado.comunas:
        return limpio
    buscada = sin_tildes(limpio.split(",")[0])
    halladas = [codigo for codigo, comuna in publicado.comunas.items() if sin_tildes(comuna["nombre"]) == buscada]
    if len(halladas) != 1:
        raise RespuestaMala(pregunta.error_formato)
    return halladas[0]


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
    cifras = re.sub(r"[\s$]", "", limpio)
    if not re.fullmatch(r"\d{1,15}|\d{1,3}(\.\d{3}){1,4}", cifras):
        raise RespuestaMala(pregunta.error_formato)
    return str(int(cifras.replace(".", "")))


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
