"""Las preguntas de un formulario, tal como las escribió un editor, y cuáles hace cada convocatoria."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from funciones.adaptadores.horneado import Horneado
from funciones.dominio import rut
from funciones.dominio.convocatoria import Convocatoria, Grupo
from funciones.dominio.declaracion import ADMITE
from funciones.dominio.fechas import rango
from funciones.dominio.plazo import fecha_en_chile

LARGO_POR_OMISION = 200


@dataclass(frozen=True, slots=True)
class Pregunta:
    """Una pregunta. `rasgo` vacío: la hacen todas las convocatorias. `hasta`: la última fecha que se le acepta."""

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
    rasgo: str = ""
    hasta: date | None = None

    def rige_para(self, tipo_persona: str, componente: int) -> bool:
        """Si se le hace a este tipo de persona en este componente. Sin tipo aún, solo las que son para todas."""
        return (not self.tipos_persona or tipo_persona in self.tipos_persona) and self._es_del(componente)

    def la_hace(self, convocatoria: Convocatoria) -> bool:
        """Si la convocatoria la usa: es de su componente y mira lo que la respuesta dice."""
        return self._es_del(convocatoria.componente) and (not self.rasgo or self.rasgo in rasgos_de(convocatoria))

    def _es_del(self, componente: int) -> bool:
        return not self.componentes or str(componente) in self.componentes

    def en_su_campo(self, canonica: str, publicado: Horneado) -> str:
        """La respuesta canónica como se escribe de nuevo: la comuna con su nombre, la plata con sus puntos."""
        escrita = canonica and self.tipo in {"comuna", "plata"}
        return self.mostrar(canonica, publicado).removeprefix("$") if escrita else canonica

    def mostrar(self, canonica: str, publicado: Horneado) -> str:
        """La respuesta canónica como se le muestra a una persona."""
        if not canonica:
            return "Sin respuesta"
        if self.tipo == "rut":
            return rut.mostrar(canonica)
        if self.tipo == "plata":
            return "$" + f"{int(canonica):,}".replace(",", ".")
        if self.tipo == "fecha":
            return rango(date.fromisoformat(canonica), date.fromisoformat(canonica))
        if self.tipo == "comuna":
            comuna = publicado.comunas[canonica]
            return f"{comuna['nombre']}, {publicado.region(comuna['region'])}"
        if self.tipo in {"si_no", "casilla"}:
            return {"si": "Sí", "no": "No"}[canonica]
        if self.tipo in {"actividad", "actividades"}:
            return _con_su_grupo(canonica, publicado)
        return dict(self.opciones).get(canonica, canonica)


def _con_su_grupo(canonica: str, publicado: Horneado) -> str:
    """Cada código con el grupo al que pertenece, para reconocerlo; «ninguna», o un código que no está, quedan solos."""
    codigos = canonica.split(", ")
    if not all(codigo in publicado.actividades for codigo in codigos):
        return canonica.capitalize()
    return "; ".join(f"{codigo}, {publicado.grupo(codigo[:2])}" for codigo in codigos)


def rasgos_de(convocatoria: Convocatoria) -> frozenset[str]:
    """Lo que esta convocatoria mira y no todas: «antiguedad», «perfil» y «otras_actividades»."""
    usa = {
        "antiguedad": (convocatoria.antiguedad_minima_anios, convocatoria.antiguedad_maxima_anios) != (None, None),
        "perfil": bool(convocatoria.perfil)
        or any(reserva.grupo is Grupo.LIDERADA_POR_MUJERES for reserva in convocatoria.reservas),
        "otras_actividades": convocatoria.giro == "alguno",
    }
    return frozenset(rasgo for rasgo, lo_usa in usa.items() if lo_usa)


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
        rasgo=fila.get("rasgo") or "",
    )


def preguntas_de(
    publicado: Horneado, formulario: str, convocatoria: Convocatoria | None = None
) -> tuple[Pregunta, ...]:
    """Todas las preguntas del formulario, en orden, las haga o no la convocatoria: para mostrar lo respondido.

    Con `convocatoria`, también las que solo ella hace, cada una tras la pregunta común que dice su fila.
    """
    anio_ventas = None if convocatoria is None else convocatoria.anio_ventas
    comunes = tuple(pregunta_de(fila, anio_ventas) for fila in publicado.preguntas(formulario))
    if convocatoria is None or formulario != "postulacion":
        return comunes
    propias = publicado.preguntas_propias(convocatoria.id)
    return tuple(
        pregunta
        for comun in comunes
        for pregunta in (
            comun,
            *(
                pregunta_de({**f, "bloque": comun.bloque}, anio_ventas)
                for f in propias
                if f["despues_de"] == comun.clave
            ),
        )
    )


def claves_de_postulacion(publicado: Horneado) -> tuple[str, ...]:
    """Los nombres de todas las respuestas que puede traer una postulación, de cualquier convocatoria."""
    comunes = (p.clave for p in preguntas_de(publicado, "postulacion"))
    propias = (fila["clave"] for una in publicado.ids() for fila in publicado.preguntas_propias(una))
    return tuple(dict.fromkeys((*comunes, *propias)))


def preguntas_para(convocatoria: Convocatoria, publicado: Horneado) -> tuple[Pregunta, ...]:
    """Las que hace esta convocatoria a quien postula, en orden; a qué tipo de persona, lo dice cada una."""
    todas = preguntas_de(publicado, "postulacion", convocatoria)
    cierre = fecha_en_chile(convocatoria.cierre)
    return tuple(replace(p, hasta=cierre) for p in todas if p.la_hace(convocatoria))


def preguntas_del_formulario(convocatoria: Convocatoria, publicado: Horneado) -> tuple[Pregunta, ...]:
    """Las de `preguntas_para`, y de las formas de postular solo las que su componente admite.

    La revisión de requisitos sí las muestra todas: ahí se explica por qué alguna no sirve.
    """
    admite = ADMITE[convocatoria.componente]
    return tuple(
        replace(p, opciones=tuple(o for o in p.opciones if o[0] in admite)) if p.tipo == "tipo_persona" else p
        for p in preguntas_para(convocatoria, publicado)
    )


def por_bloque(preguntas: tuple[Pregunta, ...]) -> list[tuple[str, list[Pregunta]]]:
    """Las preguntas juntas por bloque, en el orden en que aparecen."""
    bloques: dict[str, list[Pregunta]] = {}
    for pregunta in preguntas:
        bloques.setdefault(pregunta.bloque, []).append(pregunta)
    return list(bloques.items())
