"""Una noticia en palabras: qué convocatoria es, hasta cuándo se postula y qué cambió."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from funciones.adaptadores.horneado import Horneado
from funciones.dominio.convocatoria import Convocatoria, Situacion
from funciones.dominio.fechas import fecha_hora_larga, fecha_larga, rango
from funciones.dominio.novedad import Enmienda, Noticia
from funciones.dominio.plazo import CHILE

_TIPOS: Mapping[str, str] = {
    "feria": "Feria",
    "evento": "Evento",
    "catalogo_en_linea": "Catálogo en línea",
    "encuentro_empresarial": "Encuentro empresarial",
    "rueda_de_negocios": "Rueda de negocios",
}
# Lo que cambia de una vez y se dice sin antes ni después.
_SITUACIONES: Mapping[str, str] = {
    "vigente": "Sigue adelante.",
    "suspendida": "Está detenida por ahora.",
    "cancelada": "Se canceló.",
    # Las de un evento.
    "programado": "Sigue adelante.",
    "pospuesto": "Cambia de fecha; la nueva se avisa.",
    "trasladado": "Cambia de lugar; el nuevo se avisa.",
    "cancelado": "Se canceló.",
}
# Las columnas que más se enmiendan; las demás se nombran por su columna.
_CAMPOS: Mapping[str, str] = {
    "apertura": "Abre en otra fecha",
    "cierre": "Cierra en otra fecha",
    "resultados": "Los resultados salen otro día",
    "actividad_inicio": "La actividad empieza otro día",
    "actividad_termino": "La actividad termina otro día",
    "publicacion": "Se publica otro día",
    "encuesta_cierre": "La encuesta cierra otro día",
    "cupos": "Hay otro número de cupos",
    "espera_maxima": "La lista de espera tiene otro largo",
    "postulaciones_maximas": "Se recibe otro número de postulaciones",
    "comuna": "Se hace en otra comuna",
    "region": "Se hace en otra región",
    "modalidad": "Se hace de otra forma",
    "nombre": "Tiene otro nombre",
    # Las de un evento.
    "inicio": "Empieza en otra fecha u hora",
    "termino": "Termina en otra fecha u hora",
    "sede": "Se hace en otro lugar",
}


def de_noticia(noticia: Noticia, publicado: Horneado, portal: str, ahora: datetime) -> dict[str, object]:
    """Lo que muestra el correo de una noticia; `cambios` vacío si es una convocatoria nueva."""
    convocatoria = noticia.publicada.convocatoria
    return {
        "convocatoria": convocatoria.nombre,
        "tipo": _TIPOS.get(convocatoria.tipo_actividad, "Convocatoria"),
        "region_nombre": publicado.region(convocatoria.region),
        "resumen": convocatoria.resumen,
        "plazo": plazo(convocatoria, ahora),
        "actividad_texto": _actividad(convocatoria),
        "enlace": enlace(convocatoria, portal),
        "demostracion": convocatoria.demostracion,
        "es_nueva": noticia.es_nueva,
        "cambios": [cambio(e, publicado) for e in noticia.cambios],
    }


def titulo(noticias: tuple[Noticia, ...]) -> str:
    """De qué es el resumen: el asunto del correo."""
    if len(noticias) == 1:
        return f"{'Nueva' if noticias[0].es_nueva else 'Cambió'}: {noticias[0].publicada.convocatoria.nombre}"
    nuevas = sum(n.es_nueva for n in noticias)
    cambiadas = len(noticias) - nuevas
    if not cambiadas:
        return f"{nuevas} convocatorias nuevas"
    if not nuevas:
        return f"{cambiadas} convocatorias con cambios"
    primera = "Una convocatoria nueva" if nuevas == 1 else f"{nuevas} convocatorias nuevas"
    return f"{primera} y {'una' if cambiadas == 1 else cambiadas} con cambios"


def enlace(convocatoria: Convocatoria, portal: str) -> str:
    """La página de la convocatoria."""
    return f"{portal}/convocatorias/{convocatoria.id}/"


def plazo(convocatoria: Convocatoria, ahora: datetime) -> str:
    """Una frase sobre cuándo se postula; vacía si ya no recibe."""
    if convocatoria.recibe(ahora):
        return f"Postula hasta el {fecha_hora_larga(convocatoria.cierre)}."
    if ahora < convocatoria.apertura:
        return f"Postula desde el {fecha_hora_larga(convocatoria.apertura)}."
    return ""


def _actividad(convocatoria: Convocatoria) -> str:
    """Cuándo es; vacío si está detenida o se canceló: ese día ya no vale."""
    if convocatoria.situacion is not Situacion.VIGENTE:
        return ""
    return rango(convocatoria.actividad_inicio, convocatoria.actividad_termino)


def cambio(enmienda: Enmienda, publicado: Horneado) -> dict[str, str]:
    """`que` pasó y, si se puede comparar, `antes` y `ahora`; con su `motivo`."""
    if enmienda.campo == "situacion":
        que = _SITUACIONES.get(enmienda.despues, "Cambió su situación.")
        return {"que": que, "antes": "", "ahora": "", "motivo": enmienda.motivo}
    if enmienda.campo == "bases":
        return {"que": "Cambiaron sus bases.", "antes": "", "ahora": "", "motivo": enmienda.motivo}
    if enmienda.campo == "programa":
        return {"que": "Cambió su programa.", "antes": "", "ahora": "", "motivo": enmienda.motivo}
    que = _CAMPOS.get(enmienda.campo, f"Cambió: {enmienda.campo.replace('_', ' ')}")
    antes, despues = (_valor(valor, enmienda.campo, publicado) for valor in (enmienda.antes, enmienda.despues))
    return {"que": f"{que}.", "antes": antes, "ahora": despues, "motivo": enmienda.motivo}


def _valor(escrito: str, campo: str, publicado: Horneado) -> str:
    """Una celda en palabras: fechas, lugares y comunas con su nombre; una lista, separada por comas."""
    if campo == "region":
        return publicado.region(escrito)
    if campo == "sede":
        return publicado.sede(escrito)
    if escrito in publicado.comunas:
        return publicado.comunas[escrito]["nombre"]
    try:
        if "T" in escrito:
            return fecha_hora_larga(datetime.fromisoformat(escrito).replace(tzinfo=CHILE))
        return fecha_larga(date.fromisoformat(escrito))
    except ValueError:
        return ", ".join(escrito.replace("_", " ").split("|")) or "nada"
