"""Revisa las preguntas de los formularios: que estén las que usan las reglas y que cada una se pueda responder."""

import re
from collections.abc import Iterator, Mapping

from funciones.dominio.declaracion import ADMITE
from generador.problemas import Problema
from generador.vista import Renglon, Vista

CON_OPCIONES = frozenset({"opcion", "tipo_persona"})
CON_LARGO = frozenset({"texto", "texto_largo", "correo", "actividades"})
# Las respuestas que leen las reglas de admisibilidad, los avisos y el indicador.
NECESARIAS = {
    "postulacion": (
        "tipo_persona",
        "rut",
        "nombre",
        "comuna",
        "inicio_actividades",
        "inicio_fecha",
        "actividad",
        "otras_actividades",
        "ventas",
        "asociados",
        "liderada_por_mujeres",
        "deudas",
        "condena_antisindical",
        "rendiciones_pendientes",
        "deuda_alimentos",
        "lleva",
        "correo",
        "declaracion",
    ),
    "encuesta": ("vinculacion",),
}
# Los valores que las reglas entienden; el texto que se muestra es libre.
VALORES = {
    ("postulacion", "tipo_persona"): ["natural", "juridica", "cooperativa", "emprendedor"],
    ("postulacion", "inicio_actividades"): ["primera", "segunda", "no"],
    ("encuesta", "vinculacion"): ["si", "no", "aun_no_se"],
}
# El tipo con que las reglas leen cada respuesta; las demás se responden como diga quien edita.
TIPOS = {
    "tipo_persona": "tipo_persona",
    "rut": "rut",
    "comuna": "comuna",
    "inicio_actividades": "opcion",
    "inicio_fecha": "fecha",
    "actividad": "actividad",
    "otras_actividades": "actividades",
    "ventas": "plata",
    "asociados": "entero",
    "liderada_por_mujeres": "si_no",
    "deudas": "si_no",
    "condena_antisindical": "si_no",
    "rendiciones_pendientes": "si_no",
    "deuda_alimentos": "si_no",
    "correo": "correo",
    "declaracion": "casilla",
}
# Las que se hacen solo si la convocatoria mira ese rasgo.
RASGOS = {
    "inicio_fecha": "antiguedad",
    "otras_actividades": "otras_actividades",
    "liderada_por_mujeres": "perfil",
}
# La pregunta del indicador se hace con estas palabras y no otras.
PREGUNTA_DEL_INDICADOR = "¿Mejoró tu capacidad de vinculación comercial?"
HUECO = re.compile(r"\{([^}]*)\}?")
HUECOS_CONOCIDOS = frozenset({"anio_ventas"})
COLUMNAS_CON_HUECO = ("titulo", "ayuda", "error_falta", "error_formato")
ARCHIVO = "convocatorias/preguntas.csv"
# Los campos que las páginas del trámite mandan junto a las respuestas.
RESERVADAS = frozenset(
    {"accion", "archivo", "clave", "codigo", "convocatoria", "documento", "documentos", "folio", "formulario"}
    | {"nota", "paso", "respuestas", "version", "vuelve"}
)


def preguntas(vista: Vista) -> Iterator[Problema]:
    for fila in vista.filas("convocatorias", "preguntas"):
        yield from _opciones(fila)
        yield from _mensajes(fila)
        yield from _huecos(fila)
        yield from _tipo_y_rasgo(fila)
    if vista.completa("convocatorias", "preguntas"):
        for formulario, filas in vista.grupos("convocatorias", "preguntas", "formulario").items():
            yield from _formulario(formulario, filas)


def propias(vista: Vista) -> Iterator[Problema]:
    """Las de una convocatoria: no pisan una común, van tras una que existe y cada una se puede responder."""
    comunes = {f["clave"]: f for f in vista.filas("convocatorias", "preguntas") if f["formulario"] == "postulacion"}
    ordenes: dict[tuple[str, int], int] = {}
    for fila in vista.filas("convocatorias", "preguntas_propias"):
        yield from _opciones(fila)
        yield from _mensajes(fila)
        yield from _huecos(fila)
        yield from _lugar(fila, comunes)
        yield from _a_quienes(vista, fila)
        lugar = (fila["convocatoria"], fila["orden"])
        if lugar in ordenes:
            que = f"el orden {fila['orden']} de esta convocatoria ya está en la fila {ordenes[lugar]}"
            yield fila.mal("orden", que, "escribe otro número")
        ordenes.setdefault(lugar, fila.fila)


def _lugar(fila: Renglon, comunes: Mapping[str, Renglon]) -> Iterator[Problema]:
    if fila["clave"] in comunes:
        yield fila.mal("clave", f"«{fila['clave']}» ya es una pregunta del formulario común", "escribe otro nombre")
    elif fila["clave"] in RESERVADAS:
        yield fila.mal("clave", f"«{fila['clave']}» es un nombre que usa el formulario", "escribe otro nombre")
    anterior = comunes.get(fila["despues_de"])
    if anterior is None or anterior["tipo"] == "casilla":
        que = f"«{fila['despues_de']}» no es una pregunta de la postulación que tenga su página"
        yield fila.mal("despues_de", que, "escribe la clave de una, como «lleva»")


def _a_quienes(vista: Vista, fila: Renglon) -> Iterator[Problema]:
    convocatoria = vista.uno("convocatorias", "convocatorias", "id", fila["convocatoria"])
    admite = ADMITE[convocatoria["componente"]] if convocatoria else ()
    for tipo in fila["tipos_persona"] or ():
        if convocatoria and tipo not in admite:
            que = f"el componente {convocatoria['componente']} no admite «{tipo}»"
            yield fila.mal("tipos_persona", que, f"usa solo: {', '.join(admite)}")


def _formulario(formulario: str, filas: list[Renglon]) -> Iterator[Problema]:
    claves = {fila["clave"] for fila in filas}
    for falta in [c for c in NECESARIAS[formulario] if c not in claves]:
        que = f"al formulario «{formulario}» le falta la pregunta «{falta}»"
        yield Problema(ARCHIVO, 0, "clave", que, "vuelve a agregarla: las reglas la usan")
    vistos: dict[int, int] = {}
    for fila in filas:
        if fila["version"] != filas[0]["version"]:
            que = f"la versión es {fila['version']} y en la fila {filas[0].fila} es {filas[0]['version']}"
            yield fila.mal("version", que, "todas las preguntas de un formulario llevan la misma")
        if fila["orden"] in vistos:
            yield fila.mal(
                "orden", f"el orden {fila['orden']} ya está en la fila {vistos[fila['orden']]}", "escribe otro número"
            )
        vistos[fila["orden"]] = fila.fila


def _tipo_y_rasgo(fila: Renglon) -> Iterator[Problema]:
    """Las reglas esperan la respuesta de cierta forma, y cada rasgo tiene su pregunta."""
    de_postulacion = fila["formulario"] == "postulacion"
    tipo = TIPOS.get(fila["clave"], fila["tipo"]) if de_postulacion else fila["tipo"]
    rasgo = RASGOS.get(fila["clave"]) if de_postulacion else None
    if fila["tipo"] != tipo:
        yield fila.mal("tipo", f"las reglas no leen una respuesta de tipo «{fila['tipo']}»", f"escribe «{tipo}»")
    if fila["rasgo"] != rasgo:
        que = f"«{fila['clave']}» {'se hace siempre' if rasgo is None else f'depende de «{rasgo}»'}"
        yield fila.mal("rasgo", que, f"escribe «{rasgo}»" if rasgo else "deja la celda vacía")


def _opciones(fila: Renglon) -> Iterator[Problema]:
    valores = [o["valor"] for o in fila["opciones"]]
    esperados = VALORES.get((fila.valores.get("formulario"), fila["clave"]), valores)
    if fila["tipo"] in CON_OPCIONES and not valores:
        yield fila.mal("opciones", "la pregunta es para elegir y no tiene opciones", "escríbelas como si=Sí|no=No")
    elif fila["tipo"] not in CON_OPCIONES and valores:
        yield fila.mal("opciones", f"una pregunta de tipo «{fila['tipo']}» no lleva opciones", "deja la celda vacía")
    elif len(valores) != len(set(valores)):
        yield fila.mal("opciones", "hay un valor repetido", "cada opción lleva un valor distinto antes del «=»")
    elif sorted(valores) != sorted(esperados):
        yield fila.mal("opciones", "las reglas no entienden esos valores", f"antes del «=» van: {', '.join(esperados)}")


def _mensajes(fila: Renglon) -> Iterator[Problema]:
    if fila["obligatoria"] and not fila["error_falta"]:
        yield fila.mal(
            "error_falta", "la pregunta es obligatoria y falta su mensaje", "di qué escribir, como «Escribe el RUT.»"
        )
    if not fila["error_formato"]:
        yield fila.mal(
            "error_formato", "falta qué decir si la respuesta no se entiende", "di cómo escribirla, con un ejemplo"
        )
    if fila["tipo"] in CON_LARGO and not fila["largo_maximo"]:
        yield fila.mal("largo_maximo", "falta cuántas letras caben", "escribe un número, como 600")
    if fila["clave"] == "vinculacion" and fila["titulo"] != PREGUNTA_DEL_INDICADOR:
        yield fila.mal("titulo", "cambió la pregunta del indicador", f"escribe «{PREGUNTA_DEL_INDICADOR}»")


def _huecos(fila: Renglon) -> Iterator[Problema]:
    for columna in COLUMNAS_CON_HUECO:
        for hueco in HUECO.findall(fila[columna] or ""):
            if hueco not in HUECOS_CONOCIDOS:
                yield fila.mal(columna, f"«{{{hueco}}}» no se puede llenar", "usa solo {anio_ventas}")
