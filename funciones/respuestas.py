"""Las respuestas de un formulario: de lo que la gente escribe a su forma canónica, con palabras para lo que falta."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from stdnum.cl import rut as stdnum_rut
from stdnum.exceptions import InvalidLength, ValidationError

from funciones.adaptadores.correo import DireccionRechazada, direccion
from funciones.adaptadores.horneado import Horneado
from funciones.dominio import rut
from funciones.dominio.admisibilidad import Declaracion, TipoPersona


class RespuestaMala(Exception):
    """Lo escrito no sirve; el mensaje dice cómo escribirlo."""


@dataclass(frozen=True, slots=True)
class Pregunta:
    """Una pregunta, tal como la escribió un editor en los datos."""

    clave: str
    titulo: str
    tipo: str
    bloque: str
    ayuda: str
    opciones: tuple[tuple[str, str], ...]
    obligatoria: bool
    largo_maximo: int
    tipos_persona: tuple[str, ...]
    componentes: tuple[str, ...]
    error_falta: str
    error_formato: str

    def rige_para(self, tipo_persona: str, componente: int) -> bool:
        """Si se le hace a este tipo de persona en este componente. Sin tipo aún, solo las que son para todas."""
        return (not self.tipos_persona or tipo_persona in self.tipos_persona) and (
            not self.componentes or str(componente) in self.componentes
        )

    def mostrar(self, canonica: str, publicado: Horneado) -> str:
        """La respuesta canónica como se le muestra a una persona."""
        if not canonica:
            return "Sin respuesta"
        if self.tipo == "rut":
            return rut.mostrar(canonica)
        if self.tipo == "plata":
            return "$" + f"{int(canonica):,}".replace(",", ".")
        if self.tipo == "comuna":
            comuna = publicado.comunas[canonica]
            return f"{comuna['nombre']}, {publicado.region(comuna['region'])}"
        if self.tipo in {"si_no", "casilla"}:
            return {"si": "Sí", "no": "No"}[canonica]
        return dict(self.opciones).get(canonica, canonica)


LARGO_POR_OMISION = 200
CIFRAS_DE_UN_ENTERO = 7
RUT_IMPOSIBLE = "Ese RUT no existe: revisa el número completo en tu cédula o en el SII."


def pregunta_de(fila: Mapping[str, Any], anio_ventas: int | None = None) -> Pregunta:
    """Fila del horneado → Pregunta, con el año de ventas de la convocatoria en su hueco."""
    return Pregunta(
        clave=fila["clave"],
        titulo=fila["titulo"].replace("{anio_ventas}", str(anio_ventas or "")),
        tipo=fila["tipo"],
        bloque=fila.get("bloque") or "",
        ayuda=fila.get("ayuda") or "",
        opciones=tuple((opcion["valor"], opcion["texto"]) for opcion in fila.get("opciones") or ()),
        obligatoria=bool(fila["obligatoria"]),
        largo_maximo=int(fila.get("largo_maximo") or LARGO_POR_OMISION),
        tipos_persona=tuple(fila.get("tipos_persona") or ()),
        componentes=tuple(str(c) for c in fila.get("componentes") or ()),
        error_falta=fila.get("error_falta") or f"Responde: {fila['titulo']}",
        error_formato=fila.get("error_formato") or f"Revisa lo que escribiste en: {fila['titulo']}",
    )


def preguntas_de(publicado: Horneado, formulario: str, anio_ventas: int | None = None) -> tuple[Pregunta, ...]:
    """Todas las preguntas del formulario, en orden."""
    return tuple(pregunta_de(fila, anio_ventas) for fila in publicado.preguntas(formulario))


def por_bloque(preguntas: tuple[Pregunta, ...]) -> list[tuple[str, list[Pregunta]]]:
    """Las preguntas juntas por bloque, en el orden en que aparecen."""
    bloques: dict[str, list[Pregunta]] = {}
    for pregunta in preguntas:
        bloques.setdefault(pregunta.bloque, []).append(pregunta)
    return list(bloques.items())


def canonizar(pregunta: Pregunta, escrito: str, publicado: Horneado) -> str:
    """Lo escrito → forma canónica; vacío si no es obligatoria y no vino. Errores: RespuestaMala."""
    limpio = unicodedata.normalize("NFC", escrito).strip()
    if not limpio:
        if pregunta.obligatoria:
            raise RespuestaMala(pregunta.error_falta)
        return ""
    if len(limpio) > pregunta.largo_maximo:
        raise RespuestaMala(f"Acórtalo: tiene {len(limpio)} caracteres y caben {pregunta.largo_maximo}.")
    return _CANONIZADORES[pregunta.tipo](pregunta, limpio, publicado)


def revisar(
    preguntas: tuple[Pregunta, ...], escritas: Mapping[str, Any], publicado: Horneado
) -> tuple[dict[str, str], dict[str, str]]:
    """Todas las respuestas a la vez: (canónicas, errores por clave)."""
    canonicas, errores = {}, {}
    for pregunta in preguntas:
        escrito = escritas.get(pregunta.clave, "")
        try:
            canonicas[pregunta.clave] = canonizar(pregunta, _como_texto(pregunta, escrito), publicado)
        except RespuestaMala as mala:
            errores[pregunta.clave] = str(mala)
    return canonicas, errores


def _como_texto(pregunta: Pregunta, escrito: Any) -> str:
    """Por JSON pueden llegar números y booleanos; listas y objetos no son respuesta de nada."""
    if isinstance(escrito, bool):
        return "si" if escrito else "no"
    if isinstance(escrito, str | int):
        return str(escrito)
    raise RespuestaMala(pregunta.error_formato)


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


_CANONIZADORES: Mapping[str, Callable[[Pregunta, str, Horneado], str]] = {
    "texto": _texto,
    "texto_largo": _texto,
    "rut": _rut,
    "correo": _correo,
    "telefono": _telefono,
    "comuna": _comuna,
    "actividad": _actividad,
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


def declaracion_de(canonicas: Mapping[str, str], publicado: Horneado) -> Declaracion:
    """Las respuestas canónicas → lo que miran las reglas; None donde no hay respuesta."""
    comuna = canonicas.get("comuna")
    return Declaracion(
        tipo_persona=TipoPersona(canonicas["tipo_persona"]) if canonicas.get("tipo_persona") else None,
        inicio=canonicas.get("inicio_actividades") or None,
        actividad=canonicas.get("actividad") or None,
        ventas_clp=_numero(canonicas.get("ventas")),
        asociados=_numero(canonicas.get("asociados")),
        region=publicado.comunas[comuna]["region"] if comuna else None,
        deudas=_si_o_no(canonicas.get("deudas")),
        condena_antisindical=_si_o_no(canonicas.get("condena_antisindical")),
        rendiciones_pendientes=_si_o_no(canonicas.get("rendiciones_pendientes")),
        deuda_alimentos=_si_o_no(canonicas.get("deuda_alimentos")),
    )


def _numero(canonica: str | None) -> int | None:
    return int(canonica) if canonica else None


def _si_o_no(canonica: str | None) -> bool | None:
    return {"si": True, "no": False}.get(canonica or "")
