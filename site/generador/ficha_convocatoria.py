"""Una convocatoria con todo lo que muestra su página, ya con nombres y palabras."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from funciones.adaptadores.textos import requisitos
from funciones.dominio.admisibilidad import Reglamento
from funciones.dominio.convocatoria import Convocatoria, EstadoConvocatoria
from funciones.dominio.plazo import fin_del_dia, inicio_del_dia
from generador.ficha_de_fila import FichaDeFila
from generador.filtros import fecha, fecha_hora
from generador.graficos import Calendario, calendario
from generador.paquetes import Fila
from generador.prosa import en_html
from generador.valores import convertir

if TYPE_CHECKING:
    pass

PLANTILLAS = Path(__file__).resolve().parents[2] / "plantillas"
TIPOS = {
    "feria": "Feria",
    "evento": "Evento",
    "catalogo_en_linea": "Catálogo en línea",
    "encuentro_empresarial": "Encuentro empresarial",
    "rueda_de_negocios": "Rueda de negocios",
}
OBJETIVOS = {
    "vender_al_publico": "Vender al público",
    "conocer_compradores": "Conocer compradores",
    "conocer_proveedores": "Conocer proveedores",
    "intercambiar_experiencias": "Intercambiar experiencias",
}
MODALIDADES = {"presencial": "Presencial", "virtual": "Por internet", "mixta": "Presencial y por internet"}

FINANCIAMIENTOS = {
    "sercotec": "La financia Sercotec en un 100 %.",
    "cofinanciado": "La financia Sercotec, con un aporte de tu empresa.",
    "fndr": "Se financia con el Fondo Nacional de Desarrollo Regional, por convenio.",
}
# Palabra y forma de cada estado: la forma la da la clase, para que nunca sea solo el color.
ESTADOS = {
    EstadoConvocatoria.PROXIMA: ("Próxima", "proxima"),
    EstadoConvocatoria.ABIERTA: ("Abierta", "abierta"),
    EstadoConvocatoria.CON_LISTA_DE_ESPERA: ("Cupos completos, con lista de espera", "espera"),
    EstadoConvocatoria.SUSPENDIDA: ("Suspendida", "suspendida"),
    EstadoConvocatoria.EN_EVALUACION: ("En evaluación", "evaluacion"),
    EstadoConvocatoria.RESULTADOS: ("Con resultados", "resultados"),
    EstadoConvocatoria.CERRADA: ("Cerrada", "cerrada"),
    EstadoConvocatoria.CANCELADA: ("Cancelada", "no"),
}
CAMPOS_SITUACION = {"vigente": "Vigente", "suspendida": "Suspendida", "cancelada": "Cancelada"}
PREGUNTAS_BREVES = ("tipo_persona", "inicio_actividades", "ventas")


@dataclass(frozen=True)
class FichaConvocatoria(FichaDeFila):
    """Una convocatoria con todo lo que muestra su página."""

    @property
    def ruta(self) -> str:
        return f"/convocatorias/{self.fila['id']}/"

    @property
    def clase(self) -> str:
        return f"c{self.fila['componente']}"

    @cached_property
    def dominio(self) -> Convocatoria:
        convocatoria = self.fichas.publicado.convocatoria(self.fila["id"])
        assert convocatoria is not None
        return convocatoria

    @cached_property
    def estado(self) -> EstadoConvocatoria:
        """Según las fechas; los cupos se preguntan al mirar, no al construir."""
        return self.dominio.estado(self.fichas.ahora)

    @property
    def estado_palabra(self) -> str:
        return ESTADOS[self.estado][0]

    @property
    def estado_clase(self) -> str:
        return ESTADOS[self.estado][1]

    @property
    def region_nombre(self) -> str:
        return str(self.fichas.region[self.fila["region"]]["nombre"])

    @property
    def objetivo_palabra(self) -> str:
        """Para qué es: quien ya participó con el mismo objetivo no puede repetir."""
        return OBJETIVOS[self.fila["objetivo"]]

    @property
    def tipo(self) -> str:
        return TIPOS[self.fila["tipo_actividad"]]

    @property
    def modalidad_palabra(self) -> str:
        return MODALIDADES[self.fila["modalidad"]]

    @property
    def financiamiento_frase(self) -> str:
        return FINANCIAMIENTOS[self.fila["financiamiento"]]

    @property
    def oficina_ficha(self) -> Fila:
        return self.fichas.oficina[self.fila["oficina"]]

    @property
    def admitidas(self) -> list[str]:
        """Nombres de las regiones admitidas; vacía, todo el país."""
        return [r["nombre"] for r in self.fichas.regiones if r["region"] in self.fila["regiones_admitidas"]]

    @property
    def codigos_region(self) -> list[str]:
        """Donde aparece al buscar por región: la suya y las que admite; por internet y sin límite, en todas."""
        if self.fila["modalidad"] == "virtual" and not self.fila["regiones_admitidas"]:
            return sorted(self.fichas.region)
        return sorted({self.fila["region"], *self.fila["regiones_admitidas"]})

    @property
    def resultados_desde(self) -> datetime:
        return inicio_del_dia(self.fila["resultados"])

    @property
    def termina(self) -> datetime:
        return fin_del_dia(self.fila["encuesta_cierre"])

    @property
    def documentos(self) -> list[Fila]:
        return sorted(self.fichas.hijas("documentos", self.fila["id"]), key=lambda d: (d["orden"], d["documento"]))

    @property
    def criterios(self) -> list[Fila]:
        return self.fichas.hijas("criterios", self.fila["id"])

    @property
    def desempate(self) -> list[Fila]:
        return sorted(self.criterios, key=lambda c: c["desempate"])

    @property
    def hitos(self) -> list[Fila]:
        return sorted(self.fichas.hijas("hitos", self.fila["id"]), key=lambda h: (h["inicio"], h["termino"]))

    @property
    def calendario(self) -> Calendario | None:
        return calendario(self.hitos) if self.hitos else None

    @property
    def enmiendas(self) -> list[dict[str, Any]]:
        """Los cambios, del más nuevo al más antiguo, con el campo y los valores en palabras."""
        campos = self.fichas.datos.esquemas["convocatorias"].recursos["convocatorias"].campos
        filas = sorted(self.fichas.hijas("enmiendas", self.fila["id"]), key=lambda e: -e["numero"])
        return [
            {
                **e,
                "titulo": campos[e["campo"]].descriptor["title"] if e["campo"] in campos else e["campo"],
                "de": _en_palabras(e["antes"], campos.get(e["campo"])),
                "a": _en_palabras(e["despues"], campos.get(e["campo"])),
            }
            for e in filas
        ]

    @property
    def evento_ficha(self) -> Fila | None:
        return self.fichas.eventos_por_id.get(self.fila["evento"])

    @cached_property
    def reglamento(self) -> Reglamento:
        return self.fichas.publicado.reglamento(self.dominio)

    def pesos(self, uf: Decimal) -> Decimal:
        """Cuánto es en pesos, con la UF que declara la convocatoria."""
        return uf * self.reglamento.uf_clp

    def parametro(self, clave: str) -> str:
        return self.fichas.publicado.parametro(clave, self.fila["publicacion"])

    @cached_property
    def reglas(self) -> Mapping[str, Mapping[str, str]]:
        """Los textos de cada regla, los mismos que muestran las funciones, con los números que rigen."""
        return requisitos(self.dominio, self.fichas.publicado, PLANTILLAS)

    @property
    def bases_html(self) -> str:
        return en_html(self.fichas.datos.bases[self.fila["id"]])

    @property
    def preguntas(self) -> list[Mapping[str, Any]]:
        """Las del formulario que bastan para una primera revisión."""
        return [p for p in self.fichas.publicado.preguntas("postulacion") if p["clave"] in PREGUNTAS_BREVES]


def _en_palabras(texto: str | None, campo: Any) -> str:
    if not texto:
        return "sin dato"
    if campo is None:
        return texto
    valor = convertir(texto, campo)
    escribir: Callable[[Any], str] = {"date": fecha, "datetime": fecha_hora}.get(campo.tipo, lambda v: str(texto))
    return CAMPOS_SITUACION.get(texto, escribir(valor))
